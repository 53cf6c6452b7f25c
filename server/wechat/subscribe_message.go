package wechat

import (
	"context"

	"github.com/silenceper/wechat/v2/miniprogram/subscribe"
	"github.com/silenceper/wechat/v2/util"
)

// Errcodes: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
var messageMeanings = meanings{
	43101: ErrNoConsent,
	40003: ErrMessageRefused, 40037: ErrMessageRefused, 41030: ErrMessageRefused, 47003: ErrMessageRefused,
}

// SendSubscribeMessage sends one subscribe message (订阅消息), which uses up one consent of the person's. data is
// the template's values by their keys ("thing1": at most 20 characters, and so on by the key's kind); page opens
// when the message is tapped, and may be empty.
//
// Errors: ErrNoConsent, ErrMessageRefused, ErrTooMany, ErrUnavailable.
func (c *Client) SendSubscribeMessage(ctx context.Context, openID, templateID, page string, data map[string]string) error {
	items := make(map[string]*subscribe.DataItem, len(data))
	for key, value := range data {
		items[key] = &subscribe.DataItem{Value: value}
	}
	message := subscribe.Message{
		ToUser: openID, TemplateID: templateID, Page: page, Data: items,
		MiniprogramState: "formal", Lang: "zh_CN",
	}
	err := c.withToken(ctx, func(ctx context.Context, token string) error {
		// The library's own method takes no context, so its parts are used instead.
		answer, err := util.PostJSONContext(ctx, defaultBaseURL+PathSubscribeMessage+"?access_token="+token, message)
		if err != nil {
			return err
		}
		return util.DecodeWithCommonError(answer, "subscribeMessage.send")
	})
	return explain(err, messageMeanings)
}
