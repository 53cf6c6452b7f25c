package wechat

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"fivestar/server/fault"

	"github.com/skip2/go-qrcode"
)

func TestMiniProgramCode(t *testing.T) {
	client := connect(t, startSimulator(t))
	const scene = "s=!#$&'()*+,/:;=?@-._~aZ09"
	drawn, err := client.MiniProgramCode(t.Context(), scene, "pages/task/station/index", 640)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(drawn))
	if err != nil || decoded.Bounds().Dx() != 640 || decoded.Bounds().Dy() != 640 {
		t.Errorf("%v, want a PNG of 640 pixels", err)
	}
	want, err := qrcode.Encode(scene, qrcode.Medium, 640)
	if err != nil || !bytes.Equal(drawn, want) {
		t.Errorf("the picture does not hold the scene (%v)", err)
	}
}

func TestMiniProgramCodeInput(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for _, test := range []struct {
		scene, page string
		width       int
		field       string
	}{
		{"a", "", 280, ""},
		{strings.Repeat("a", 32), "pages/home/index", 1280, ""},
		{"", "", 430, "scene"},
		{strings.Repeat("a", 33), "", 430, "scene"},
		{"a b", "", 430, "scene"},
		{"a%b", "", 430, "scene"},
		{"站", "", 430, "scene"},
		{"a\n", "", 430, "scene"},
		{"a", "/pages/home/index", 430, "page"},
		{"a", "pages/home/index?x=1", 430, "page"},
		{"a", "", 279, "width"},
		{"a", "", 1281, "width"},
	} {
		before := simulator.Calls(PathMiniProgramCode)
		_, err := client.MiniProgramCode(t.Context(), test.scene, test.page, test.width)
		if test.field == "" {
			if err != nil {
				t.Errorf("%+v: %v", test, err)
			}
			continue
		}
		var refused *fault.Error
		if !errors.As(err, &refused) || refused.Kind != fault.Invalid || refused.Fields[0].Field != test.field {
			t.Errorf("%+v: %v, want its field refused", test, err)
		}
		if simulator.Calls(PathMiniProgramCode) != before {
			t.Errorf("%+v was sent", test)
		}
	}
}

// WeChat draws JPEG; the promise is a PNG.
func TestMiniProgramCodeAsJPEG(t *testing.T) {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 430, 430)), nil); err != nil {
		t.Fatal(err)
	}
	drawn, err := answering(t, "image/jpeg", picture.String()).MiniProgramCode(t.Context(), "a", "", 430)
	if err != nil {
		t.Fatal(err)
	}
	if decoded, err := png.Decode(bytes.NewReader(drawn)); err != nil || decoded.Bounds().Dx() != 430 {
		t.Errorf("%v, want a PNG of 430 pixels", err)
	}
}
