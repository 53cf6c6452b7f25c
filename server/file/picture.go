// Package file takes the photos that people send, and keeps clean copies of them.
package file

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"time"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"

	"fivestar/server/fault"
)

const (
	maxBytes  = 10 << 20
	maxPixels = 40_000_000
	maxSide   = 12_000

	pictureSide      = 2560
	pictureQuality   = 85
	thumbnailSide    = 480
	thumbnailQuality = 80
)

// Faults that ReadPicture returns.
var (
	ErrTooLarge      = fault.New(fault.TooLarge, "file.too_large", "照片不能超过10MB")
	ErrNotAPicture   = fault.New(fault.Invalid, "file.not_a_picture", "请上传 JPG、PNG 或 WebP 格式的照片")
	ErrTooManyPixels = fault.New(fault.Invalid, "file.too_many_pixels", "照片尺寸过大，请缩小后再上传")
	ErrBusy          = &fault.Error{
		Kind:       fault.Unavailable,
		Code:       "file.busy",
		Detail:     "现在上传照片的人较多，请稍后再试",
		RetryAfter: 5 * time.Second,
	}
)

// Picture is an upload made clean: upright, on white where it was transparent, and holding nothing but
// pixels. The same upload always makes the same bytes.
type Picture struct {
	JPEG          []byte // longer side at most 2560 pixels
	Width, Height int    // of JPEG, in pixels
	Thumbnail     []byte // JPEG, longer side at most 480 pixels
	SHA256        string // of JPEG, 64 lower-case hex digits
	Hash          uint64 // see perceptualHash
}

// ReadPicture reads a JPEG, PNG or WebP of at most 10 MiB, 40 megapixels and 12,000 pixels a side. The
// content alone decides what it is. Of an animated PNG the still picture is taken; an animated WebP is
// refused.
//
// It returns ErrTooLarge, ErrTooManyPixels, ErrNotAPicture (also for a picture cut short), or ErrBusy if ctx
// ends before there is memory to decode it. Any other error is one of reading r, wrapped.
func ReadPicture(ctx context.Context, r io.Reader) (Picture, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Picture{}, fmt.Errorf("file: read picture: %w", err)
	}
	if len(data) > maxBytes {
		return Picture{}, ErrTooLarge
	}
	format, ok := formatOf(data)
	if !ok {
		return Picture{}, ErrNotAPicture
	}
	config, err := contained(format.decodeConfig, data)
	if err != nil {
		return Picture{}, err
	}
	cost, err := decodingCost(config.Width, config.Height)
	if err != nil {
		return Picture{}, err
	}

	if err := decoding.Acquire(ctx, cost); err != nil {
		return Picture{}, fmt.Errorf("%w: %w", ErrBusy, err)
	}
	defer decoding.Release(cost)
	decoded, err := contained(format.decode, data)
	if err != nil {
		return Picture{}, err
	}
	return clean(decoded, orientation(data, format.metadata))
}

type format struct {
	decodeConfig func(io.Reader) (image.Config, error)
	decode       func(io.Reader) (image.Image, error)
	metadata     imagemeta.ImageFormat
}

// A table of our own, not package image's register: there any import may add a decoder.
var formats = map[string]format{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	"image/png":  {png.DecodeConfig, png.Decode, imagemeta.PNG},
	"image/webp": {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
}

func formatOf(data []byte) (format, bool) {
	contentType := http.DetectContentType(data)
	if contentType == "image/webp" && !holdsWholeRIFF(data) {
		return format{}, false
	}
	found, ok := formats[contentType]
	return found, ok
}

// holdsWholeRIFF tells whether data is as long as its RIFF header says. The WebP decoder allocates what a
// chunk inside claims to hold, over 100 MiB, before it finds the bytes missing.
func holdsWholeRIFF(data []byte) bool {
	const header = 8
	return len(data) >= header && int64(binary.LittleEndian.Uint32(data[4:header])) <= int64(len(data)-header)
}

// contained runs a decoder on hostile data: whatever goes wrong in it, a panic too, is ErrNotAPicture.
func contained[T any](decode func(io.Reader) (T, error), data []byte) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: decoder panicked: %v", ErrNotAPicture, p)
		}
	}()
	result, err = decode(bytes.NewReader(data))
	if err != nil {
		return result, fmt.Errorf("%w: %w", ErrNotAPicture, err)
	}
	return result, nil
}

// decoding is the pixels that may be decoded at one time in this process. A pixel takes up to 24 bytes
// meanwhile (a progressive JPEG in CMYK), so all of them together take at most 1 GB.
var decoding = semaphore.NewWeighted(maxPixels)

// leastDecodingCost lets at most four pictures in at a time, for the tables inside a small one may be large:
// the Huffman trees of a WebP of 42,000 pixels take 140 MB.
const leastDecodingCost = maxPixels / 4

// decodingCost is what a picture takes of decoding, at most the whole of it. It returns ErrNotAPicture for
// one without pixels and ErrTooManyPixels for one past the limits.
func decodingCost(width, height int) (int64, error) {
	if width < 1 || height < 1 {
		return 0, ErrNotAPicture
	}
	if width > maxSide || height > maxSide || width*height > maxPixels {
		return 0, ErrTooManyPixels
	}
	return int64(max(width*height, leastDecodingCost)), nil
}

// orientation is the tag Orientation of the main image in data's EXIF block, or 0 where there is none that
// can be read: a photo with broken EXIF is still a photo, so imagemeta's error is not looked at.
func orientation(data []byte, in imagemeta.ImageFormat) uint16 {
	var found uint16
	_, _ = imagemeta.Decode(imagemeta.Options{
		R:           bytes.NewReader(data),
		ImageFormat: in,
		Sources:     imagemeta.EXIF,
		// A longer tag may list thousands of directories, each to be walked through.
		LimitTagSize: 4,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool {
			return tag.Namespace == "IFD0" && tag.Tag == "Orientation"
		},
		HandleTag: func(tag imagemeta.TagInfo) error {
			found, _ = tag.Value.(uint16)
			return imagemeta.ErrStopWalking
		},
	})
	return found
}

func clean(decoded image.Image, orientation uint16) (Picture, error) {
	upright := turnUpright(fit(decoded, pictureSide), orientation)
	picture, err := encode(upright, pictureQuality)
	if err != nil {
		return Picture{}, err
	}
	small := fit(upright, thumbnailSide)
	thumbnail, err := encode(small, thumbnailQuality)
	if err != nil {
		return Picture{}, err
	}
	hash, err := perceptualHash(small)
	if err != nil {
		return Picture{}, err
	}
	sum := sha256.Sum256(picture)
	return Picture{
		JPEG:      picture,
		Width:     upright.Rect.Dx(),
		Height:    upright.Rect.Dy(),
		Thumbnail: thumbnail,
		SHA256:    hex.EncodeToString(sum[:]),
		Hash:      hash,
	}, nil
}

// fit lays src on white and scales it down until its longer side is at most side.
//
// It scales the width of one strip of rows after another, then the height of one strip of columns after
// another. Scaled in one go, a photo of 12 megapixels would take 210 MB more.
func fit(src image.Image, side int) *image.RGBA {
	const strip = 64
	from := src.Bounds()
	width, height := fittingSize(from.Dx(), from.Dy(), side)
	if from.Dx() == width && from.Dy() == height {
		return onWhite(src, from)
	}

	narrow := image.NewRGBA(image.Rect(0, 0, width, from.Dy()))
	scaleWidth := draw.CatmullRom.NewScaler(width, strip, from.Dx(), strip)
	for y := 0; y < from.Dy(); y += strip {
		n := min(strip, from.Dy()-y)
		rows := onWhite(src, image.Rect(0, y, from.Dx(), y+n).Add(from.Min))
		scaleWidth.Scale(narrow, image.Rect(0, y, width, y+n), rows, rows.Rect, draw.Src, nil)
	}

	small := image.NewRGBA(image.Rect(0, 0, width, height))
	scaleHeight := draw.CatmullRom.NewScaler(strip, height, strip, from.Dy())
	for x := 0; x < width; x += strip {
		n := min(strip, width-x)
		scaleHeight.Scale(small, image.Rect(x, 0, x+n, height), narrow, image.Rect(x, 0, x+n, from.Dy()), draw.Src, nil)
	}
	return small
}

func onWhite(src image.Image, part image.Rectangle) *image.RGBA {
	opaque := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(opaque, opaque.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(opaque, opaque.Rect, src, part.Min, draw.Over)
	return opaque
}

// fittingSize keeps the proportions of width and height, and each at least 1.
func fittingSize(width, height, side int) (int, int) {
	longer := max(width, height)
	if longer <= side {
		return width, height
	}
	scaled := func(length int) int { return max(1, (length*side+longer/2)/longer) }
	return scaled(width), scaled(height)
}

// uprightTransforms maps each value of the EXIF tag Orientation that asks for a change (TIFF 6.0, tag 274)
// to the transform from a stored picture of width w and height h to the upright one.
var uprightTransforms = map[uint16]func(w, h float64) f64.Aff3{
	2: func(w, h float64) f64.Aff3 { return f64.Aff3{-1, 0, w, 0, 1, 0} },
	3: func(w, h float64) f64.Aff3 { return f64.Aff3{-1, 0, w, 0, -1, h} },
	4: func(w, h float64) f64.Aff3 { return f64.Aff3{1, 0, 0, 0, -1, h} },
	5: func(w, h float64) f64.Aff3 { return f64.Aff3{0, 1, 0, 1, 0, 0} },
	6: func(w, h float64) f64.Aff3 { return f64.Aff3{0, -1, h, 1, 0, 0} },
	7: func(w, h float64) f64.Aff3 { return f64.Aff3{0, -1, h, -1, 0, w} },
	8: func(w, h float64) f64.Aff3 { return f64.Aff3{0, 1, 0, -1, 0, w} },
}

func turnUpright(stored *image.RGBA, orientation uint16) *image.RGBA {
	transform, ok := uprightTransforms[orientation]
	if !ok {
		return stored
	}
	w, h := stored.Rect.Dx(), stored.Rect.Dy()
	upright := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		upright = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	draw.NearestNeighbor.Transform(upright, transform(float64(w), float64(h)), stored, stored.Rect, draw.Src, nil)
	return upright
}

func encode(picture *image.RGBA, quality int) ([]byte, error) {
	var encoded bytes.Buffer
	if err := jpeg.Encode(&encoded, picture, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("file: encode picture: %w", err)
	}
	return encoded.Bytes(), nil
}
