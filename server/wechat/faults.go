package wechat

import (
	"errors"
	"fmt"
	"time"

	"fivestar/server/fault"
)

// What a call may fail with, for errors.Is. The error that is returned also wraps the cause, fit for the log:
// it names the path and the errcode, never a secret, token, code, openid or phone number.
var (
	// ErrUnavailable: WeChat did not answer, answered that it is busy, or refused for a reason that no person
	// can help. Nothing was done; the same call may be made again.
	ErrUnavailable = &fault.Error{Kind: fault.Unavailable, Code: "wechat.unavailable", Detail: "微信暂时没有回应，请稍后再试", RetryAfter: 5 * time.Second}

	// ErrTooMany: a limit of WeChat's for this person or this mini-program is reached.
	ErrTooMany = &fault.Error{Kind: fault.TooMany, Code: "wechat.too_many", Detail: "操作太频繁，请一分钟后再试", RetryAfter: time.Minute}

	ErrBadLoginCode = fault.New(fault.Invalid, "wechat.bad_code", "登录凭证无效或已过期，请重新打开小程序")
	ErrBadPhoneCode = fault.New(fault.Invalid, "wechat.bad_code", "手机号凭证无效或已过期，请重新点一次授权")

	// ErrRiskyUser: WeChat holds the account for a high risk and lets it log in nowhere.
	ErrRiskyUser = fault.New(fault.Forbidden, "wechat.risky_user", "微信提示这个账号有风险，暂时不能登录")

	// ErrCannotCheck: content cannot be checked under this openid (not active within two hours, or not of this
	// mini-program). The same call fails again until the person comes back: somebody else must look.
	ErrCannotCheck = fault.New(fault.Conflict, "wechat.cannot_check", "微信不能以此人的身份检查内容，需要人工审核")

	// ErrNoConsent: the person has not agreed to this template, or has used up or taken back the consent.
	ErrNoConsent = fault.New(fault.Conflict, "wechat.no_consent", "对方没有同意接收这类消息")

	// ErrMessageRefused: the openid, the template, its data or the page is wrong. The same message fails again.
	ErrMessageRefused = fault.New(fault.Invalid, "wechat.message_refused", "微信不接受这条消息")

	// ErrOutcomeUnknown: the call went out, and WeChat has not said what came of it. It may have been done.
	ErrOutcomeUnknown = fault.New(fault.Unavailable, "wechat.outcome_unknown", "微信没有说消息有没有送到")

	// ErrPageUnpublished: the page is not in the published mini-program.
	ErrPageUnpublished = fault.New(fault.Conflict, "wechat.page_unpublished", "这个页面还没有在小程序里发布，发布后再生成小程序码")

	// ErrForgedCallback: a pushed event whose signature or time is wrong, or which is not encrypted though it must be.
	ErrForgedCallback = fault.New(fault.Forbidden, "wechat.forged_callback", "签名不正确")

	// ErrUnreadableCallback: a signed event that cannot be read.
	ErrUnreadableCallback = fault.New(fault.Unreadable, "wechat.unreadable_callback", "无法读取推送的内容")
)

// ErrOtherEvent is returned for a genuine event that is not wxa_media_check: answer it with 200 "success".
var ErrOtherEvent = errors.New("wechat: the event is not wxa_media_check")

// meanings says what an errcode means to one call; what is not listed is ErrUnavailable.
type meanings map[int64]*fault.Error

// limits mean the same everywhere: 45011 and 44991 calls a minute, 45009 calls a day (a minute for
// getwxacodeunlimit), 87020 the same medium again.
var limits = meanings{45009: ErrTooMany, 45011: ErrTooMany, 44991: ErrTooMany, 87020: ErrTooMany}

// explain turns a failed call into a fault that wraps its cause.
func explain(err error, known meanings) error {
	if err == nil {
		return nil
	}
	err = withoutURL(err)
	meaning := ErrUnavailable
	var refused *refusal
	if errors.As(err, &refused) {
		for _, table := range []meanings{known, limits} {
			if found, ok := table[refused.ErrCode]; ok {
				meaning = found
			}
		}
	}
	return fmt.Errorf("%w: %w", meaning, err)
}
