package file

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
)

// What follows makes uploads, sound and hostile.

// paint fills a picture with something that does not compress to nothing.
func paint(img interface {
	image.Image
	Set(x, y int, c color.Color)
}) image.Image {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			img.Set(x, y, color.NRGBA{uint8(7 * x), uint8(11 * y), uint8(x * y), uint8(255 - x)})
		}
	}
	return img
}

func jpegOf(img image.Image) []byte {
	return written(func(w io.Writer) error { return jpeg.Encode(w, img, nil) })
}

func pngOf(img image.Image) []byte {
	return written(func(w io.Writer) error { return png.Encode(w, img) })
}

func gifOf(img image.Image) []byte {
	return written(func(w io.Writer) error { return gif.Encode(w, img, nil) })
}

func zipOf(content []byte) []byte {
	return written(func(w io.Writer) error {
		archive := zip.NewWriter(w)
		entry, err := archive.Create("photo.jpg")
		if err != nil {
			return err
		}
		_, err = entry.Write(content)
		return cmp.Or(err, archive.Close())
	})
}

func deflated(zeros int) []byte {
	return written(func(w io.Writer) error {
		z, err := zlib.NewWriterLevel(w, zlib.BestSpeed)
		if err != nil {
			return err
		}
		_, err = io.CopyN(z, zeroReader{}, int64(zeros))
		return cmp.Or(err, z.Close())
	})
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func written(write func(io.Writer) error) []byte {
	var buffer bytes.Buffer
	if err := write(&buffer); err != nil {
		panic(err)
	}
	return buffer.Bytes()
}

func changed(data []byte, at int) []byte {
	data = bytes.Clone(data)
	data[at] ^= 0xff
	return data
}

// secretPlace stands where a camera writes where the photo was taken.
const secretPlace = "34.8021N,113.2987E"

// exif is a TIFF block as EXIF has it: the orientation, a directory for GPS, and a second picture (the
// thumbnail) with an orientation of 8.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	const (
		short, long, ascii = 3, 4, 2

		orientationTag, gpsTag, mapDatumTag = 0x0112, 0x8825, 0x0012

		mainAt, gpsAt, thumbnailAt, placeAt = 8, 38, 56, 74
	)
	var block []byte
	entry := func(tag, kind uint16, count, value uint32) {
		block = order.AppendUint16(block, tag)
		block = order.AppendUint16(block, kind)
		block = order.AppendUint32(block, count)
		if kind == short {
			block = order.AppendUint16(block, uint16(value))
			block = order.AppendUint16(block, 0)
			return
		}
		block = order.AppendUint32(block, value)
	}

	block = append(block, map[bool]string{true: "MM", false: "II"}[order.String() == "BigEndian"]...)
	block = order.AppendUint16(block, 42)
	block = order.AppendUint32(block, mainAt)

	block = order.AppendUint16(block, 2)
	entry(orientationTag, short, 1, uint32(orientation))
	entry(gpsTag, long, 1, gpsAt)
	block = order.AppendUint32(block, thumbnailAt)

	block = order.AppendUint16(block, 1)
	entry(mapDatumTag, ascii, uint32(len(secretPlace)+1), placeAt)
	block = order.AppendUint32(block, 0)

	block = order.AppendUint16(block, 1)
	entry(orientationTag, short, 1, 8)
	block = order.AppendUint32(block, 0)

	return append(block, secretPlace+"\x00"...)
}

// exifWithDirectories is a TIFF block that lists an empty directory so many times before its orientation,
// which is 6.
func exifWithDirectories(n int) []byte {
	const subdirectoriesTag, listAt = 0x014a, 38
	order := binary.BigEndian
	block := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x02")
	block = order.AppendUint16(block, subdirectoriesTag)
	block = append(block, 0, 4)
	block = order.AppendUint32(block, uint32(n))
	block = order.AppendUint32(block, listAt)
	block = append(block, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0)
	block = append(block, 0, 0, 0, 0)
	for range n {
		block = order.AppendUint32(block, uint32(listAt+4*n))
	}
	return append(block, 0, 0)
}

func withEXIF(photo, block []byte) []byte {
	return withSegment(photo, 0xe1, "Exif\x00\x00"+string(block))
}

// withSegment puts a segment right after the start of a JPEG.
func withSegment(photo []byte, marker byte, content string) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(content)))
	return slices.Concat(photo[:2], segment, []byte(content), photo[2:])
}

// jpegThatClaims is a JPEG in grey that says how large it is, begins its scan, and ends there.
func jpegThatClaims(width, height int) []byte {
	frame := []byte{8, 0, 0, 0, 0, 1, 1, 0x11, 0}
	binary.BigEndian.PutUint16(frame[1:], uint16(height))
	binary.BigEndian.PutUint16(frame[3:], uint16(width))
	scan := []byte{1, 1, 0, 0, 63, 0}

	picture := withSegment([]byte{0xff, 0xd8}, 0xda, string(scan))
	picture = withSegment(picture, 0xc0, string(frame))
	return withSegment(picture, 0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")
}

const pngMagic = "\x89PNG\r\n\x1a\n"

func pngChunk(kind string, content []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	chunk = append(append(chunk, kind...), content...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// pngWithData is a PNG in grey with these deflated pixel data.
func pngWithData(width, height int, data []byte) []byte {
	size := binary.BigEndian.AppendUint32(nil, uint32(width))
	size = binary.BigEndian.AppendUint32(size, uint32(height))
	header := pngChunk("IHDR", append(size, 8, 0, 0, 0, 0))
	return slices.Concat([]byte(pngMagic), header, pngChunk("IDAT", data), pngChunk("IEND", nil))
}

// pngThatClaims is a PNG that says how large it is and holds data for 100 pixels.
func pngThatClaims(width, height int) []byte { return pngWithData(width, height, deflated(100)) }

// withPNGChunk puts a chunk right after the header.
func withPNGChunk(picture []byte, kind string, content []byte) []byte {
	const headerEnd = len(pngMagic) + 25
	return slices.Concat(picture[:headerEnd], pngChunk(kind, content), picture[headerEnd:])
}

// Pictures of one pixel, made by an encoder of another's.
var (
	webpLossy    = mustBase64("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	webpAlpha    = mustBase64("UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==")
	webpAnimated = mustBase64("UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA")
)

func mustBase64(text string) []byte {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return data
}

func webpChunk(kind string, content []byte) []byte {
	chunk := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(content)))
	chunk = append(chunk, content...)
	return append(chunk, make([]byte, len(content)%2)...)
}

func riff(chunks ...[]byte) []byte {
	return webpChunk("RIFF", append([]byte("WEBP"), slices.Concat(chunks...)...))
}

// webpLossless is a picture of one colour. Each of its five Huffman codes has one symbol, which takes no
// bits, so there is no pixel data after them.
func webpLossless(width, height int, c color.NRGBA) []byte {
	var stream []byte
	var used int
	put := func(value uint32, bits int) {
		for i := range bits {
			if used%8 == 0 {
				stream = append(stream, 0)
			}
			stream[used/8] |= byte(value>>i&1) << (used % 8)
			used++
		}
	}
	put(0x2f, 8)
	put(uint32(width-1), 14)
	put(uint32(height-1), 14)
	put(1, 1) // alpha is used
	put(0, 3) // version
	put(0, 1) // no transform
	put(0, 1) // no colour cache
	put(0, 1) // one group of codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A} {
		put(1, 1) // simple code
		put(0, 1) // of one symbol
		put(1, 1) // of eight bits
		put(uint32(symbol), 8)
	}
	put(1, 1) // simple code, for distances
	put(0, 1) // of one symbol
	put(0, 1) // of one bit
	put(0, 1)
	return riff(webpChunk("VP8L", stream))
}

// webpThatClaims is an extended WebP that says how large it is and ends there.
func webpThatClaims(width, height int) []byte {
	header := make([]byte, 10)
	put24 := func(at, value int) {
		header[at], header[at+1], header[at+2] = byte(value), byte(value>>8), byte(value>>16)
	}
	put24(4, width-1)
	put24(7, height-1)
	return riff(webpChunk("VP8X", header))
}

// webpThatClaimsBytes is a lossy WebP of 16 x 16 that says it holds so many bytes, in the eight partitions that
// its first partition (of all ones) asks for.
func webpThatClaimsBytes(size uint32) []byte {
	const firstPartition = 64
	frame := []byte{1<<4 | firstPartition<<5&0xff, firstPartition >> 3, 0, 0x9d, 0x01, 0x2a, 16, 0, 16, 0}
	frame = append(frame, bytes.Repeat([]byte{0xff}, firstPartition)...)
	frame = append(frame, bytes.Repeat([]byte{0, 0, byte(size / 8 >> 16)}, 7)...)
	upload := riff(webpChunk("VP8 ", frame))
	binary.LittleEndian.PutUint32(upload[4:], size+12)
	binary.LittleEndian.PutUint32(upload[16:], size)
	return upload
}
