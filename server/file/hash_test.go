package file

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/bits"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// scene is a picture with a few soft spots of light, the same for the same seed.
func scene(seed uint64, width, height int) *image.RGBA {
	random := rand.New(rand.NewPCG(seed, 1))
	type spot struct{ x, y, size, light float64 }
	spots := make([]spot, 12)
	for i := range spots {
		spots[i] = spot{random.Float64(), random.Float64(), 0.05 + random.Float64()/4, random.Float64()*300 - 150}
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			light := 128.0
			for _, s := range spots {
				dx, dy := float64(x)/float64(width)-s.x, float64(y)/float64(height)-s.y
				light += s.light / (1 + (dx*dx+dy*dy)/(s.size*s.size))
			}
			value := uint8(min(255, max(0, light)))
			picture.SetRGBA(x, y, color.RGBA{value, value, value / 2, 255})
		}
	}
	return picture
}

func readJPEG(t *testing.T, picture image.Image, quality int) Picture {
	t.Helper()
	var buffer bytes.Buffer
	if err := jpeg.Encode(&buffer, picture, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	made, err := ReadPicture(t.Context(), &buffer)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestThePhotoIsKnownAgain(t *testing.T) {
	for seed := range uint64(8) {
		first := readJPEG(t, scene(seed, 450, 300), 95)
		for name, again := range map[string]Picture{
			"the same":         readJPEG(t, scene(seed, 450, 300), 95),
			"stored worse":     readJPEG(t, scene(seed, 450, 300), 40),
			"sent on, smaller": readJPEG(t, scene(seed, 300, 200), 70),
			"another photo":    readJPEG(t, scene(seed+100, 450, 300), 95),
			"the next one":     readJPEG(t, scene(seed+1, 450, 300), 95),
		} {
			apart := bits.OnesCount64(first.Hash ^ again.Hash)
			isOther := name == "another photo" || name == "the next one"
			if (apart > SamePhoto) != isOther {
				t.Errorf("photo %d, %s: %d bits apart", seed, name, apart)
			}
		}
	}
	if wall := readJPEG(t, blank(600, 400), 90); wall.Hash != 0 {
		t.Errorf("a blank wall has the hash %x", wall.Hash)
	}
}

func blank(width, height int) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(200 + i%7)
	}
	return picture
}

// What is near enough shares a band, so that it is found by its bands.
func TestNearHashesShareABand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hash, near := rapid.Uint64().Draw(t, "hash"), uint64(0)
		near = hash
		for range SamePhoto {
			near ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
		}
		a, b := Bands(hash), Bands(near)
		for i := range a {
			if a[i] == b[i] {
				return
			}
		}
		t.Errorf("%x and %x share no band", hash, near)
	})
}
