package wechat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/silenceper/wechat/v2/miniprogram/subscribe"
	"github.com/silenceper/wechat/v2/util"
)

// Errcodes: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
var messageMeanings = meanings{
	43101: ErrNoConsent,
	40003: ErrMessageRefused, 40037: ErrMessageRefused, 41030: ErrMessageRefused, 47003: ErrMessageRefused,
}

// errNoWord says that a call went out and that nobody who knows has said what came of it.
var errNoWord = errors.New("nobody has said what came of the call")

// SendSubscribeMessage sends one subscribe message (订阅消息), which uses up one consent of the person's. data is
// the template's values by their keys, each as FitField makes it; page opens when the message is tapped, and may be
// empty.
//
// Errors: ErrNoConsent, ErrMessageRefused, ErrTooMany, ErrUnavailable, after all of which nothing was sent; and
// ErrOutcomeUnknown, after which nobody knows: WeChat has no way to ask, and sends the same message twice if it is
// told to.
func (c *Client) SendSubscribeMessage(ctx context.Context, openID, templateID, page string, data map[string]string) error {
	items := make(map[string]*subscribe.DataItem, len(data))
	for key, value := range data {
		items[key] = &subscribe.DataItem{Value: value}
	}
	message := subscribe.Message{
		ToUser: openID, TemplateID: templateID, Page: page, Data: items,
		MiniprogramState: "formal", Lang: "zh_CN",
	}
	err := c.withToken(ctx, func(ctx context.Context, token string) error { return sendOnce(ctx, token, message) })
	if errors.Is(err, errNoWord) {
		return fmt.Errorf("%w: %w", ErrOutcomeUnknown, withoutURL(err))
	}
	return explain(err, messageMeanings)
}

// sendOnce tells errNoWord from failures after which nothing was sent.
func sendOnce(ctx context.Context, token string, message subscribe.Message) error {
	var hasBegun atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { hasBegun.Store(true) }})
	// The library's own method takes no context, so its parts are used instead.
	answer, err := util.PostJSONContext(ctx, defaultBaseURL+PathSubscribeMessage+"?access_token="+token, message)
	if err == nil {
		err = util.DecodeWithCommonError(answer, "subscribeMessage.send")
	}
	if err != nil && hasBegun.Load() && !isWord(err) {
		return fmt.Errorf("%w: %w", errNoWord, err)
	}
	return err
}

// isWord tells whether a failure is the word of whoever was to do the call. A gateway that says it got no answer
// does not know either.
func isWord(err error) bool {
	var refused *refusal
	return errors.As(err, &refused) && refused.Status != http.StatusBadGateway && refused.Status != http.StatusGatewayTimeout
}

// Answers asks WeChat for something that changes nothing, and is nil when WeChat answers: before what cannot be
// taken back is sent to nobody.
func (c *Client) Answers(ctx context.Context) error {
	err := c.withToken(ctx, func(ctx context.Context, token string) error {
		answer, err := util.HTTPGetContext(ctx, defaultBaseURL+PathServers+"?access_token="+token)
		if err != nil {
			return err
		}
		return util.DecodeWithCommonError(answer, "get_api_domain_ip")
	})
	return explain(err, nil)
}
