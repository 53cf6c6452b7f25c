package file

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/bep/imagemeta"

	"fivestar/server/fault"
)

func TestReadPictureTakesEachFormat(t *testing.T) {
	plain := paint(image.NewNRGBA(image.Rect(0, 0, 30, 20)))
	for name, upload := range map[string][]byte{
		"JPEG":                    jpegOf(plain),
		"JPEG in grey":            jpegOf(paint(image.NewGray(plain.Bounds()))),
		"PNG":                     pngOf(plain),
		"PNG in grey":             pngOf(paint(image.NewGray(plain.Bounds()))),
		"PNG of 16 bits":          pngOf(paint(image.NewNRGBA64(plain.Bounds()))),
		"PNG with a palette":      pngOf(paint(image.NewPaletted(plain.Bounds(), color.Palette{color.Transparent, color.Black}))),
		"WebP, lossy":             webpLossy,
		"WebP, lossless":          webpLossless(30, 20, color.NRGBA{200, 100, 50, 255}),
		"WebP, lossy, with alpha": webpAlpha,
	} {
		t.Run(name, func(t *testing.T) {
			picture := mustRead(t, upload)
			checkPicture(t, picture)
			if again := mustRead(t, upload); again.SHA256 != picture.SHA256 {
				t.Error("the same upload made another picture")
			}
		})
	}
}

func TestReadPictureRefuses(t *testing.T) {
	photo := paint(image.NewNRGBA(image.Rect(0, 0, 300, 200)))
	photoJPEG, photoPNG := jpegOf(photo), pngOf(photo)
	photoWebP := webpLossless(300, 200, color.NRGBA{1, 2, 3, 255})

	for name, test := range map[string]struct {
		upload []byte
		want   *fault.Error
	}{
		"empty":                           {nil, ErrNotAPicture},
		"text":                            {[]byte("三湾街社区"), ErrNotAPicture},
		"HTML":                            {[]byte("<html><script>alert(1)</script></html>"), ErrNotAPicture},
		"SVG":                             {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrNotAPicture},
		"zip":                             {zipOf(photoJPEG), ErrNotAPicture},
		"GIF":                             {gifOf(photo), ErrNotAPicture},
		"BMP":                             {[]byte("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"), ErrNotAPicture},
		"HEIC":                            {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), ErrNotAPicture},
		"magic of JPEG alone":             {photoJPEG[:3], ErrNotAPicture},
		"magic of PNG alone":              {photoPNG[:8], ErrNotAPicture},
		"magic of WebP alone":             {photoWebP[:14], ErrNotAPicture},
		"JPEG cut short":                  {photoJPEG[:len(photoJPEG)/2], ErrNotAPicture},
		"PNG cut short":                   {photoPNG[:len(photoPNG)/2], ErrNotAPicture},
		"WebP cut short":                  {photoWebP[:len(photoWebP)-4], ErrNotAPicture},
		"PNG with a byte changed":         {changed(photoPNG, len(photoPNG)/2), ErrNotAPicture},
		"WebP, animated":                  {webpAnimated, ErrNotAPicture},
		"JPEG without pixels":             {jpegThatClaims(0, 10), ErrNotAPicture},
		"PNG without pixels":              {pngThatClaims(0, 10), ErrNotAPicture},
		"40 megapixels, none there":       {pngThatClaims(8000, 5000), ErrNotAPicture},
		"12,000 a side, none there":       {pngThatClaims(12_000, 3), ErrNotAPicture},
		"over 40 megapixels":              {pngThatClaims(8000, 5001), ErrTooManyPixels},
		"over 12,000 wide":                {pngThatClaims(12_001, 1), ErrTooManyPixels},
		"over 12,000 high":                {pngThatClaims(1, 12_001), ErrTooManyPixels},
		"JPEG over 40 megapixels":         {jpegThatClaims(8000, 5001), ErrTooManyPixels},
		"WebP over 40 megapixels":         {webpLossless(8000, 5001, color.NRGBA{A: 255}), ErrTooManyPixels},
		"WebP, extended, over 40 million": {webpThatClaims(8000, 5001), ErrTooManyPixels},
		"more than 10 MiB":                {append(bytes.Clone(photoJPEG), make([]byte, maxBytes)...), ErrTooLarge},
		"more than 10 MiB of nothing":     {make([]byte, maxBytes+1), ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, test.upload)
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestReadPictureTakesTenMebibytesAndNoByteMore(t *testing.T) {
	photo := jpegOf(paint(image.NewNRGBA(image.Rect(0, 0, 30, 20))))
	full := append(photo, make([]byte, maxBytes-len(photo))...)
	mustRead(t, full)

	source := bytes.NewReader(make([]byte, 3*maxBytes))
	if _, err := ReadPicture(t.Context(), source); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want %v", err, ErrTooLarge)
	}
	if read := 3*maxBytes - source.Len(); read > maxBytes+1 {
		t.Errorf("read %d bytes of an upload that is too large", read)
	}
}

func TestReadPictureTellsOfABrokenUpload(t *testing.T) {
	broken := errors.New("connection reset")
	_, err := ReadPicture(t.Context(), iotest.ErrReader(broken))
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want it to wrap %v", err, broken)
	}
	if isFault(err) {
		t.Errorf("the upload is blamed for %v", err)
	}
}

// A small file may ask for much memory; nothing may be given before the claim is checked.
func TestReadPictureAllocatesLittleForLittle(t *testing.T) {
	const limit = 64 << 20
	small := pngOf(image.NewNRGBA(image.Rect(0, 0, 10, 10)))
	bomb := deflated(72 << 20)
	for name, test := range map[string]struct {
		upload []byte
		want   error
	}{
		"PNG of 60,000 x 60,000":              {pngThatClaims(60_000, 60_000), ErrTooManyPixels},
		"JPEG of 60,000 x 60,000":             {jpegThatClaims(60_000, 60_000), ErrTooManyPixels},
		"WebP of 40,000 x 40,000":             {webpThatClaims(40_000, 40_000), ErrTooManyPixels},
		"WebP of 16,000 x 16,000":             {webpLossless(16_000, 16_000, color.NRGBA{A: 255}), ErrTooManyPixels},
		"WebP that claims 100 MiB":            {webpThatClaimsBytes(100 << 20), ErrNotAPicture},
		"PNG with more pixels than it has":    {pngWithData(10, 10, bomb), ErrNotAPicture},
		"PNG with a colour profile of 9 MiB":  {withPNGChunk(small, "iCCP", make([]byte, 9<<20)), nil},
		"PNG with a text that inflates a lot": {withPNGChunk(small, "zTXt", append([]byte("a\x00\x00"), bomb...)), nil},
		"PNG with EXIF of 9 MiB":              {withPNGChunk(small, "eXIf", make([]byte, 9<<20)), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := read(t, test.upload)
			runtime.ReadMemStats(&after)

			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated >= limit {
				t.Errorf("allocated %d MiB", allocated>>20)
			}
		})
	}
}

func TestReadPictureScalesDown(t *testing.T) {
	for _, test := range []struct{ width, height, wantWidth, wantHeight, thumbWidth, thumbHeight int }{
		{1, 1, 1, 1, 1, 1},
		{480, 300, 480, 300, 480, 300},
		{300, 481, 300, 481, 299, 480},
		{2560, 100, 2560, 100, 480, 19},
		{2561, 300, 2560, 300, 480, 56},
		{200, 2600, 197, 2560, 37, 480},
		{12_000, 1, 2560, 1, 480, 1},
		{1, 12_000, 1, 2560, 1, 480},
	} {
		t.Run(fmt.Sprintf("%dx%d", test.width, test.height), func(t *testing.T) {
			picture := mustRead(t, webpLossless(test.width, test.height, color.NRGBA{200, 100, 50, 255}))
			checkPicture(t, picture)
			if picture.Width != test.wantWidth || picture.Height != test.wantHeight {
				t.Errorf("picture is %dx%d, want %dx%d", picture.Width, picture.Height, test.wantWidth, test.wantHeight)
			}
			thumbnail := decodeJPEG(t, picture.Thumbnail)
			if got := thumbnail.Bounds().Size(); got != image.Pt(test.thumbWidth, test.thumbHeight) {
				t.Errorf("thumbnail is %v, want %dx%d", got, test.thumbWidth, test.thumbHeight)
			}
			for _, img := range []image.Image{decodeJPEG(t, picture.JPEG), thumbnail} {
				last := img.Bounds().Max.Sub(image.Pt(1, 1))
				for _, at := range []image.Point{{}, {last.X, 0}, {0, last.Y}, last, last.Div(2)} {
					if got := img.At(at.X, at.Y); !near(got, color.NRGBA{200, 100, 50, 255}) {
						t.Errorf("pixel %v of %v is %v", at, last, got)
					}
				}
			}
		})
	}
}

// The strips in which fit scales must not show.
func TestFitKeepsASlopeSmooth(t *testing.T) {
	const left, top = 30, 50
	whole := image.NewGray(image.Rect(0, 0, left+1000, top+700))
	for y := range 700 {
		for x := range 1000 {
			whole.SetGray(left+x, top+y, color.Gray{uint8((x + y) * 255 / 1700)})
		}
	}
	slope := whole.SubImage(image.Rect(left, top, left+1000, top+700))

	if got := fit(slope, 1000).RGBAAt(999, 699).R; got != 254 {
		t.Errorf("last pixel became %d without scaling", got)
	}
	small := fit(slope, 500)
	for y := range 350 {
		for x := range 500 {
			want := (2*x + 2*y + 1) * 255 / 1700
			if got := int(small.RGBAAt(x, y).R); got < want-2 || got > want+2 {
				t.Fatalf("pixel %d,%d is %d, want about %d", x, y, got, want)
			}
		}
	}
}

func TestReadPictureLaysTransparencyOnWhite(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 3000, 40))
	for i := range clear.Pix {
		if i%4 != 3 {
			clear.Pix[i] = 50
		}
	}
	for name, img := range map[string]image.Image{"scaled down": clear, "as it is": clear.SubImage(image.Rect(0, 0, 40, 40))} {
		picture := decodeJPEG(t, mustRead(t, pngOf(img)).JPEG)
		if got := picture.At(20, 20); !near(got, color.White) {
			t.Errorf("%s: transparent became %v", name, got)
		}
	}
}

// The corners of the stored picture are, by rows: red, green, blue, black.
func TestReadPictureAppliesOrientation(t *testing.T) {
	const red, green, blue, black = "red", "green", "blue", "black"
	upright := map[uint16][4]string{
		0: {red, green, blue, black},
		1: {red, green, blue, black},
		2: {green, red, black, blue},
		3: {black, blue, green, red},
		4: {blue, black, red, green},
		5: {red, blue, green, black},
		6: {blue, red, black, green},
		7: {black, green, blue, red},
		8: {green, black, red, blue},
		9: {red, green, blue, black},
	}
	colours := map[string]color.Color{
		red:   color.NRGBA{255, 0, 0, 255},
		green: color.NRGBA{0, 255, 0, 255},
		blue:  color.NRGBA{0, 0, 255, 255},
		black: color.NRGBA{0, 0, 0, 255},
	}
	stored := image.NewNRGBA(image.Rect(0, 0, 96, 64))
	for y := range 64 {
		for x := range 96 {
			stored.Set(x, y, colours[upright[1][y/32*2+x/48]])
		}
	}

	for orientation, corners := range upright {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			for name, upload := range map[string][]byte{
				"JPEG": withEXIF(jpegOf(stored), exif(order, orientation)),
				"PNG":  withPNGChunk(pngOf(stored), "eXIf", exif(order, orientation)),
			} {
				t.Run(fmt.Sprintf("%d, %s, %v", orientation, name, order), func(t *testing.T) {
					picture := mustRead(t, upload)
					checkPicture(t, picture)
					for _, encoded := range [][]byte{picture.JPEG, picture.Thumbnail} {
						img := decodeJPEG(t, encoded)
						w, h := img.Bounds().Dx(), img.Bounds().Dy()
						if turned := orientation >= 5 && orientation <= 8; turned != (w < h) {
							t.Fatalf("picture is %dx%d", w, h)
						}
						for i, want := range corners {
							x, y := w/4+i%2*w/2, h/4+i/2*h/2
							if got := img.At(x, y); !near(got, colours[want]) {
								t.Errorf("pixel %d,%d is %v, want %s", x, y, got, want)
							}
						}
					}
				})
			}
		}
	}
}

func TestReadPictureAppliesOrientationOfWebP(t *testing.T) {
	extended := webpChunk("VP8X", []byte{1 << 3, 0, 0, 0, 29, 0, 0, 19, 0, 0})
	pixels := webpLossless(30, 20, color.NRGBA{A: 255})[12:]
	upload := riff(extended, pixels, webpChunk("EXIF", exif(binary.LittleEndian, 6)))

	if picture := mustRead(t, upload); picture.Width != 20 || picture.Height != 30 {
		t.Errorf("picture is %dx%d, want 20x30", picture.Width, picture.Height)
	}
}

func TestReadPictureKeepsNothingButPixels(t *testing.T) {
	photo := paint(image.NewNRGBA(image.Rect(0, 0, 60, 40)))
	block := exif(binary.BigEndian, 6)
	if !bytes.Contains(block, []byte(secretPlace)) {
		t.Fatal("the test's EXIF block has no place in it")
	}

	upload := withEXIF(jpegOf(photo), block)
	upload = withSegment(upload, 0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secretPlace)
	upload = withSegment(upload, 0xe2, "ICC_PROFILE\x00\x01\x01"+secretPlace)
	upload = withSegment(upload, 0xed, "Photoshop 3.0\x00"+secretPlace)
	upload = withSegment(upload, 0xfe, secretPlace)
	upload = append(upload, zipOf([]byte(secretPlace))...)
	for name, upload := range map[string][]byte{
		"JPEG": upload,
		"PNG": append(withPNGChunk(withPNGChunk(pngOf(photo),
			"eXIf", block), "tEXt", []byte("Comment\x00"+secretPlace)), secretPlace...),
	} {
		t.Run(name, func(t *testing.T) {
			picture := mustRead(t, upload)
			checkPicture(t, picture)
			if picture.Width != 40 || picture.Height != 60 {
				t.Errorf("picture is %dx%d: its EXIF was not read", picture.Width, picture.Height)
			}
			for _, encoded := range [][]byte{picture.JPEG, picture.Thumbnail} {
				for _, trace := range []string{"Exif", secretPlace, "adobe", "ICC_PROFILE", "Photoshop", "PK\x03\x04"} {
					if bytes.Contains(encoded, []byte(trace)) {
						t.Errorf("%q is left", trace)
					}
				}
			}
		})
	}
}

func TestReadPictureTakesAPhotoWithBrokenEXIF(t *testing.T) {
	photo := jpegOf(paint(image.NewNRGBA(image.Rect(0, 0, 60, 40))))
	whole := exif(binary.BigEndian, 6)
	// The orientation's value ends at 20.
	for cut := range 20 {
		picture := mustRead(t, withEXIF(photo, whole[:cut]))
		if picture.Width != 60 {
			t.Errorf("turned by an EXIF block of %d bytes", cut)
		}
	}
	unknownType := changed(whole, 13)
	if picture := mustRead(t, withEXIF(photo, unknownType)); picture.Width != 60 {
		t.Error("turned by an orientation of no known type")
	}
	thumbnailOnly := bytes.Replace(whole, []byte{0x01, 0x12, 0, 3}, []byte{0x01, 0x13, 0, 3}, 1)
	if picture := mustRead(t, withEXIF(photo, thumbnailOnly)); picture.Width != 60 {
		t.Error("turned by another tag")
	}
}

// A list of directories all of one place makes a small block as long as one likes to walk through.
func TestOrientationWalksThroughNoListOfDirectories(t *testing.T) {
	const directories = 2500
	upload := withEXIF(jpegOf(image.NewGray(image.Rect(0, 0, 2, 2))), exifWithDirectories(directories))
	allocations := testing.AllocsPerRun(1, func() {
		if got := orientation(upload, imagemeta.JPEG); got != 6 {
			t.Errorf("orientation is %d, want 6", got)
		}
	})
	if allocations > directories/10 {
		t.Errorf("%v allocations: the directories were walked through", allocations)
	}
}

func TestReadPictureContainsAPanic(t *testing.T) {
	sound := formats["image/png"]
	t.Cleanup(func() { formats["image/png"] = sound })
	upload := pngOf(image.NewGray(image.Rect(0, 0, 2, 2)))

	inConfig := sound
	inConfig.decodeConfig = func(io.Reader) (image.Config, error) { panic("index out of range") }
	inPixels := sound
	inPixels.decode = func(io.Reader) (image.Image, error) { panic("index out of range") }
	for name, broken := range map[string]format{"config": inConfig, "pixels": inPixels} {
		formats["image/png"] = broken
		_, err := read(t, upload)
		if !errors.Is(err, ErrNotAPicture) || !strings.Contains(err.Error(), "index out of range") {
			t.Errorf("%s: got %v, want %v with its cause", name, err, ErrNotAPicture)
		}
	}
	checkNothingHeld(t)
}

func TestReadPictureWaitsForMemory(t *testing.T) {
	upload := pngOf(image.NewGray(image.Rect(0, 0, 2, 2)))
	readWhileHeld := func(ctx context.Context, held int64) error {
		if !decoding.TryAcquire(held) {
			t.Fatal("another test holds memory")
		}
		defer decoding.Release(held)
		_, err := ReadPicture(ctx, bytes.NewReader(upload))
		return err
	}

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err := readWhileHeld(ctx, maxPixels-leastDecodingCost+1)
	if !errors.Is(err, ErrBusy) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v for its deadline", err, ErrBusy)
	}
	if err := readWhileHeld(t.Context(), maxPixels-leastDecodingCost); err != nil {
		t.Errorf("memory enough, and yet %v", err)
	}
	checkNothingHeld(t)
}

func TestReadPictureHoldsNoMemoryWhileItReads(t *testing.T) {
	r, w := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := ReadPicture(context.Background(), r)
		done <- err
	}()
	upload := pngOf(image.NewGray(image.Rect(0, 0, 2, 2)))
	if _, err := w.Write(upload[:len(upload)-1]); err != nil {
		t.Fatal(err)
	}
	checkNothingHeld(t)
	if _, err := w.Write(upload[len(upload)-1:]); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestDecodingCost(t *testing.T) {
	for _, test := range []struct {
		width, height int
		cost          int64
		err           error
	}{
		{1, 1, 10_000_000, nil},
		{3000, 3000, 10_000_000, nil},
		{4000, 3000, 12_000_000, nil},
		{8000, 5000, 40_000_000, nil},
		{12_000, 3333, 39_996_000, nil},
		{8000, 5001, 0, ErrTooManyPixels},
		{12_001, 1, 0, ErrTooManyPixels},
		{1, 12_001, 0, ErrTooManyPixels},
		{1<<31 - 1, 1<<31 - 1, 0, ErrTooManyPixels},
		{0, 1, 0, ErrNotAPicture},
		{1, 0, 0, ErrNotAPicture},
		{-1, -1, 0, ErrNotAPicture},
	} {
		cost, err := decodingCost(test.width, test.height)
		if cost != test.cost || !errors.Is(err, test.err) {
			t.Errorf("%dx%d: got %d, %v", test.width, test.height, cost, err)
		}
	}
}

func FuzzReadPicture(f *testing.F) {
	photo := paint(image.NewNRGBA(image.Rect(0, 0, 30, 20)))
	photoJPEG, photoPNG := jpegOf(photo), pngOf(photo)
	for _, seed := range [][]byte{
		photoJPEG, photoJPEG[:len(photoJPEG)/2],
		photoPNG, photoPNG[:len(photoPNG)/2],
		withEXIF(photoJPEG, exif(binary.BigEndian, 6)),
		withPNGChunk(photoPNG, "eXIf", exif(binary.LittleEndian, 8)),
		webpLossy, webpAlpha, webpAnimated, webpLossy[:len(webpLossy)/2],
		webpLossless(30, 20, color.NRGBA{200, 100, 50, 255}),
		jpegThatClaims(60_000, 60_000), pngThatClaims(60_000, 60_000), webpThatClaims(40_000, 40_000),
		zipOf(photoJPEG), gifOf(photo), {},
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, upload []byte) {
		picture, err := read(t, upload)
		if err == nil {
			checkPicture(t, picture)
		} else if !isFault(err) {
			t.Errorf("a failure of the server: %v", err)
		}
	})
}

// read gives up rather than wait for memory that is never given back.
func read(t *testing.T, upload []byte) (Picture, error) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	return ReadPicture(ctx, bytes.NewReader(upload))
}

func mustRead(t *testing.T, upload []byte) Picture {
	t.Helper()
	picture, err := read(t, upload)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// checkPicture checks what holds for every picture, whatever it was made from.
func checkPicture(t *testing.T, picture Picture) {
	t.Helper()
	if got := decodeJPEG(t, picture.JPEG).Bounds().Size(); got != image.Pt(picture.Width, picture.Height) {
		t.Errorf("picture is %v, said to be %dx%d", got, picture.Width, picture.Height)
	}
	if max(picture.Width, picture.Height) > 2560 {
		t.Errorf("picture is %dx%d", picture.Width, picture.Height)
	}
	if got := decodeJPEG(t, picture.Thumbnail).Bounds().Size(); max(got.X, got.Y) > 480 {
		t.Errorf("thumbnail is %v", got)
	}
	if want := fmt.Sprintf("%x", sha256.Sum256(picture.JPEG)); picture.SHA256 != want {
		t.Errorf("SHA-256 is %q, want %q", picture.SHA256, want)
	}
	checkPixelsOnly(t, picture.JPEG)
	checkPixelsOnly(t, picture.Thumbnail)
}

// checkPixelsOnly walks the segments before the scan: tables, frame and scan headers are all there may be,
// no application data and no comment.
func checkPixelsOnly(t *testing.T, encoded []byte) {
	t.Helper()
	const quantisation, baseline, huffman, scan = 0xdb, 0xc0, 0xc4, 0xda
	for at := 2; ; {
		marker := encoded[at+1]
		switch marker {
		case quantisation, baseline, huffman:
			at += 2 + int(binary.BigEndian.Uint16(encoded[at+2:]))
		case scan:
			if end := bytes.Index(encoded, []byte{0xff, 0xd9}); end != len(encoded)-2 {
				t.Errorf("%d bytes after the end", len(encoded)-2-end)
			}
			return
		default:
			t.Fatalf("segment %x at %d", marker, at)
		}
	}
}

func checkNothingHeld(t *testing.T) {
	t.Helper()
	if !decoding.TryAcquire(maxPixels) {
		t.Fatal("memory is held")
	}
	decoding.Release(maxPixels)
}

func isFault(err error) bool {
	var f *fault.Error
	return errors.As(err, &f)
}

func near(got, want color.Color) bool {
	const tolerance = 12 << 8
	r1, g1, b1, _ := got.RGBA()
	r2, g2, b2, _ := want.RGBA()
	far := func(a, b uint32) bool { return max(a, b)-min(a, b) > tolerance }
	return !far(r1, r2) && !far(g1, g2) && !far(b1, b2)
}

func decodeJPEG(t *testing.T, encoded []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return img
}
