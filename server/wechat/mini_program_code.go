package wechat

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // what WeChat draws codes as
	"image/png"
	"regexp"
	"strings"

	"fivestar/server/fault"

	"github.com/silenceper/wechat/v2/miniprogram/qrcode"
	"github.com/silenceper/wechat/v2/util"
)

// scenePattern and the widths are those of getwxacodeunlimit:
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
var scenePattern = regexp.MustCompile(`^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$`)

const minCodeWidth, maxCodeWidth = 280, 1280 // pixels

var codeMeanings = meanings{41030: ErrPageUnpublished}

// MiniProgramCode draws the permanent mini-program code (小程序码) that opens page with scene, as a PNG of width
// pixels (280 to 1280). scene is 1 to 32 of WeChat's characters; page is without leading slash and query, and
// published; empty is the home page.
//
// Errors: input.invalid for scene, page or width; ErrPageUnpublished, ErrTooMany (5,000 a minute), ErrUnavailable.
func (c *Client) MiniProgramCode(ctx context.Context, scene, page string, width int) ([]byte, error) {
	switch {
	case !scenePattern.MatchString(scene):
		return nil, fault.InvalidField("scene", "场景值须为1到32个字母、数字或微信允许的符号")
	case strings.HasPrefix(page, "/") || strings.Contains(page, "?"):
		return nil, fault.InvalidField("page", "页面路径不能以斜杠开头，也不能带参数")
	case width < minCodeWidth || width > maxCodeWidth:
		return nil, fault.InvalidField("width", "宽度须在280到1280像素之间")
	}
	var drawn []byte
	err := c.withToken(ctx, func(ctx context.Context, token string) error {
		// The library's own method takes no context, so its parts are used instead.
		answer, err := util.PostJSONContext(ctx, defaultBaseURL+PathMiniProgramCode+"?access_token="+token,
			qrcode.QRCoder{Scene: scene, Page: page, Width: width})
		if err != nil {
			return err
		}
		drawn, err = asPNG(answer)
		return err
	})
	return drawn, explain(err, codeMeanings)
}

func asPNG(picture []byte) ([]byte, error) {
	decoded, format, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("the answer of getwxacodeunlimit is no picture: %w", err)
	}
	if format == "png" {
		return picture, nil
	}
	var buffer bytes.Buffer
	err = png.Encode(&buffer, decoded)
	return buffer.Bytes(), err
}
