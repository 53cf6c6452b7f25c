package wechat

import (
	"context"
	"regexp"
)

// CloudRunCaller is what WeChat Cloud Run (微信云托管) says of the person behind a request, in headers that it sets
// itself on calls that come through wx.cloud.callContainer:
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloudrun/src/development/weixin/
type CloudRunCaller struct {
	OpenID string `header:"X-WX-OPENID" hidden:"true"`
	AppID  string `header:"X-WX-APPID" hidden:"true"`
	// Source is there on every call that came through WeChat.
	Source string `header:"X-WX-SOURCE" hidden:"true"`
}

// openIDPattern is wider than the 28 characters that openids have had so far.
var openIDPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{20,64}$`)

// LoginByCloudRun gives the openid that the platform vouches for.
//
// Errors: ErrBadLoginCode, unless Config.CloudRun is set and the headers are whole and of our mini-program.
func (c *Client) LoginByCloudRun(ctx context.Context, caller CloudRunCaller) (openID string, err error) {
	if !c.config.CloudRun {
		return "", ErrBadLoginCode
	}
	if caller.Source == "" || caller.AppID != c.config.AppID || !openIDPattern.MatchString(caller.OpenID) {
		c.log.WarnContext(ctx, "a login without a code does not bear the headers of WeChat Cloud Run",
			"has_source", caller.Source != "", "our_app_id", caller.AppID == c.config.AppID, "has_openid", caller.OpenID != "")
		return "", ErrBadLoginCode
	}
	return caller.OpenID, nil
}
