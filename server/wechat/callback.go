package wechat

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/miniprogram/message"
	"github.com/silenceper/wechat/v2/util"
)

const (
	callbackLimit = 64 << 10         // bytes; an event has about one thousand
	callbackAge   = 10 * time.Minute // WeChat repeats an event for 15 seconds; the rest is for clocks
)

// VerifyCallback answers the request by which WeChat tests the callback address when it is entered at
// mp.weixin.qq.com: echo is to be written back as plain text.
//
// Errors: ErrForgedCallback.
func (c *Client) VerifyCallback(r *http.Request) (echo string, err error) {
	query := r.URL.Query()
	if err := c.verify(query, query.Get("signature")); err != nil {
		return "", err
	}
	return query.Get("echostr"), nil
}

// ParseMediaVerdict reads a pushed event: the verdict on the picture that CheckMedia gave this trace id to. An
// event in which WeChat says that it could not check the picture is a Review. WeChat wants 200 "success" within
// 5 seconds, and otherwise pushes the same event three times.
//
// Errors: ErrForgedCallback, ErrUnreadableCallback, ErrOtherEvent.
func (c *Client) ParseMediaVerdict(r *http.Request) (traceID string, verdict Verdict, err error) {
	body, err := c.readCallback(r)
	if err != nil {
		return "", 0, err
	}
	var event message.MediaCheckAsyncData
	if err := decode(body, &event); err != nil {
		return "", 0, fmt.Errorf("%w: %w", ErrUnreadableCallback, err)
	}
	switch {
	case event.Event != message.EventTypeWxaMediaCheck:
		return "", 0, ErrOtherEvent
	case event.Appid != c.config.AppID:
		return "", 0, fmt.Errorf("%w: the event is another mini-program's", ErrForgedCallback)
	case event.TraceID == "":
		return "", 0, fmt.Errorf("%w: the event holds no trace id", ErrUnreadableCallback)
	case event.Errcode != 0:
		return event.TraceID, Review, nil
	}
	return event.TraceID, verdictOf(event.Result.Suggest), nil
}

// readCallback answers with the body of a genuine event, deciphered. The library's receiver is not used: it takes
// a plain body where encryption is set, and leaves msg_signature, which alone covers the body, unchecked.
func (c *Client) readCallback(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, callbackLimit))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadableCallback, err)
	}
	query := r.URL.Query()
	if c.config.CallbackAESKey == "" {
		return body, c.verify(query, query.Get("signature"))
	}
	var envelope message.DataReceived
	if err := decode(body, &envelope); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadableCallback, err)
	}
	if err := c.verify(query, query.Get("msg_signature"), envelope.Encrypt); err != nil {
		return nil, err
	}
	_, body, err = util.DecryptMsg(c.config.AppID, envelope.Encrypt, c.config.CallbackAESKey)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadableCallback, err)
	}
	return body, nil
}

// verify checks a signature over the token, the query's timestamp and nonce, and the parts.
func (c *Client) verify(query url.Values, signature string, parts ...string) error {
	if c.config.CallbackToken == "" {
		return fmt.Errorf("%w: no callback token is set", ErrForgedCallback)
	}
	signed := append([]string{c.config.CallbackToken, query.Get("timestamp"), query.Get("nonce")}, parts...)
	if subtle.ConstantTimeCompare([]byte(util.Signature(signed...)), []byte(signature)) != 1 {
		return fmt.Errorf("%w: the signature does not match", ErrForgedCallback)
	}
	seconds, err := strconv.ParseInt(query.Get("timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > callbackAge {
		return fmt.Errorf("%w: the event is too old, or a clock is wrong", ErrForgedCallback)
	}
	return nil
}

// decode reads XML or JSON, whichever is chosen at mp.weixin.qq.com.
func decode(body []byte, into any) error {
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return errors.New("the body is empty")
	}
	if body[0] == '<' {
		return xml.Unmarshal(body, into)
	}
	return json.Unmarshal(body, into)
}
