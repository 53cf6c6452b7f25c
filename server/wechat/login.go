package wechat

import (
	"context"
	"errors"
	"net/url"
	"regexp"

	"github.com/silenceper/wechat/v2/miniprogram/auth"
)

// codeLimit is longer than any code that wx.login (32 characters) or getPhoneNumber (64) gives.
const codeLimit = 256

var digitsPattern = regexp.MustCompile(`^[0-9]+$`)

// Errcodes: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
var (
	loginMeanings = meanings{40029: ErrBadLoginCode, 40163: ErrBadLoginCode, 41008: ErrBadLoginCode, 40226: ErrRiskyUser}
	phoneMeanings = meanings{40029: ErrBadPhoneCode, 40163: ErrBadPhoneCode, 41008: ErrBadPhoneCode}
)

// Login changes the code of wx.login for the person's openid (code2Session). A code serves once, for five
// minutes. The session_key that comes with it is dropped.
//
// Errors: ErrBadLoginCode, ErrRiskyUser, ErrTooMany (100 a minute for one person), ErrUnavailable.
func (c *Client) Login(ctx context.Context, code string) (openID string, err error) {
	if code == "" || len(code) > codeLimit {
		return "", ErrBadLoginCode
	}
	ctx, cancel := c.begin(ctx)
	defer cancel()
	// The library puts the code into the URL as it stands.
	session, err := auth.NewAuth(c.libraryWith("")).Code2SessionContext(ctx, url.QueryEscape(code))
	if err == nil && session.OpenID == "" {
		err = errors.New("the answer of jscode2session holds no openid")
	}
	return session.OpenID, explain(err, loginMeanings)
}

// PhoneNumber changes the code of a getPhoneNumber button for the number: the 11 digits of a mainland number;
// of any other, "+", country code and number, so that it is never taken for a mainland one.
//
// Errors: ErrBadPhoneCode, ErrTooMany, ErrUnavailable.
func (c *Client) PhoneNumber(ctx context.Context, code string) (string, error) {
	if code == "" || len(code) > codeLimit {
		return "", ErrBadPhoneCode
	}
	var number string
	err := c.withToken(ctx, func(ctx context.Context, token string) error {
		answer, err := auth.NewAuth(c.libraryWith(token)).GetPhoneNumberContext(ctx, code)
		if err != nil {
			return err
		}
		number, err = readNumber(answer.PhoneInfo)
		return err
	})
	return number, explain(err, phoneMeanings)
}

func readNumber(info auth.PhoneInfo) (string, error) {
	if !digitsPattern.MatchString(info.PurePhoneNumber) || !digitsPattern.MatchString(info.CountryCode) {
		return "", errors.New("the answer of getuserphonenumber holds no number")
	}
	if info.CountryCode != "86" {
		return "+" + info.CountryCode + info.PurePhoneNumber, nil
	}
	if len(info.PurePhoneNumber) != 11 {
		return "", errors.New("the answer of getuserphonenumber holds a mainland number that has not 11 digits")
	}
	return info.PurePhoneNumber, nil
}
