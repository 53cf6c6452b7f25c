package file

import (
	"fmt"
	"image"

	"github.com/corona10/goimagehash"
)

// SamePhoto is how many bits the hashes of one photo differ in at most, sent on, shrunk or stored anew between. Two
// hashes that differ in at most three agree in at least one of their four bands, by which they are found.
const SamePhoto = 3

// leastContrast is how far the brightest and the darkest part of a picture are apart at least, of 255, for its hash
// to say something: that of a wall or of a finger before the lens is made of noise.
const leastContrast = 24

// perceptualHash is a picture's pHash: alike for what looks alike. 0 for a picture with too little on it.
func perceptualHash(picture *image.RGBA) (uint64, error) {
	if contrast(picture) < leastContrast {
		return 0, nil
	}
	hash, err := goimagehash.PerceptionHash(picture)
	if err != nil {
		return 0, fmt.Errorf("file: hash a picture: %w", err)
	}
	return hash.GetHash(), nil
}

// contrast looks at a grid of 32 x 32 points.
func contrast(picture *image.RGBA) int {
	const points = 32
	darkest, brightest := 255, 0
	for row := range points {
		for column := range points {
			x := picture.Rect.Min.X + column*picture.Rect.Dx()/points
			y := picture.Rect.Min.Y + row*picture.Rect.Dy()/points
			colour := picture.RGBAAt(x, y)
			brightness := (299*int(colour.R) + 587*int(colour.G) + 114*int(colour.B)) / 1000
			darkest, brightest = min(darkest, brightness), max(brightest, brightness)
		}
	}
	return brightest - darkest
}

// Bands are the four parts of a hash, 16 bits each.
func Bands(hash uint64) [4]int64 {
	return [4]int64{int64(hash >> 48), int64(hash >> 32 & 0xffff), int64(hash >> 16 & 0xffff), int64(hash & 0xffff)}
}
