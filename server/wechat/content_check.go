package wechat

import (
	"context"
	"errors"
	"fmt"

	"github.com/silenceper/wechat/v2/miniprogram/security"
)

// Verdict is WeChat's opinion of a text or a picture. A higher one is worse; the zero value is none.
type Verdict int

const (
	Pass   Verdict = iota + 1
	Review         // a person must look
	Risky          // must not be shown
)

var verdictNames = map[Verdict]string{Pass: "pass", Review: "review", Risky: "risky"}

func (v Verdict) String() string { return verdictNames[v] }

// MarshalText writes "pass", "review", "risky", or nothing for none.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes, and refuses anything else.
func (v *Verdict) UnmarshalText(text []byte) error {
	for verdict, name := range verdictNames {
		if name == string(text) {
			*v = verdict
			return nil
		}
	}
	return fmt.Errorf("%q is not pass, review or risky", text)
}

// verdictOf reads a suggestion; one that is new to us goes to a person.
func verdictOf(suggest security.CheckSuggest) Verdict {
	switch suggest {
	case security.CheckSuggestPass:
		return Pass
	case security.CheckSuggestRisky:
		return Risky
	}
	return Review
}

const (
	textLimit   = 2500 // characters in one msg_sec_check
	textOverlap = 50   // characters that neighbouring pieces share, so that no word is hidden by a cut

	mediaTypePicture = 2
	mediaVersion     = 2
)

// Errcodes: https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck.html
var checkMeanings = meanings{61010: ErrCannotCheck, 40003: ErrCannotCheck, 43104: ErrCannotCheck}

// CheckText asks for WeChat's opinion of a text that others will see (msg_sec_check). openID is of somebody who
// used the mini-program within the last two hours. A text longer than 2,500 characters is checked in pieces, and
// the worst verdict is answered; an empty one passes.
//
// Errors: ErrCannotCheck, ErrTooMany (4,000 a minute), ErrUnavailable.
func (c *Client) CheckText(ctx context.Context, openID, text string) (Verdict, error) {
	worst := Pass
	for _, piece := range pieces(text) {
		verdict, err := c.checkPiece(ctx, openID, piece)
		if err != nil {
			return 0, explain(err, checkMeanings)
		}
		if worst = max(worst, verdict); worst == Risky {
			break
		}
	}
	return worst, nil
}

func pieces(text string) []string {
	var found []string
	rest := []rune(text)
	for len(rest) > textLimit {
		found = append(found, string(rest[:textLimit]))
		rest = rest[textLimit-textOverlap:]
	}
	if len(rest) > 0 {
		found = append(found, string(rest))
	}
	return found
}

func (c *Client) checkPiece(ctx context.Context, openID, piece string) (verdict Verdict, err error) {
	err = c.withToken(ctx, func(ctx context.Context, token string) error {
		answer, err := security.NewSecurity(c.libraryWith(token)).MsgCheckContext(ctx, &security.MsgCheckRequest{
			OpenID: openID, Scene: security.MsgSceneForum, Content: piece,
		})
		verdict = verdictOf(answer.Result.Suggest)
		return err
	})
	return verdict, err
}

// CheckMedia asks for WeChat's opinion of a picture that it fetches from mediaURL (media_check_async; at most
// 10 MB). The verdict comes within 30 minutes as a pushed event with the same trace id: see ParseMediaVerdict.
//
// Errors: ErrCannotCheck, ErrTooMany, ErrUnavailable.
func (c *Client) CheckMedia(ctx context.Context, openID, mediaURL string) (traceID string, err error) {
	err = c.withToken(ctx, func(ctx context.Context, token string) error {
		traceID, err = security.NewSecurity(c.libraryWith(token)).MediaCheckAsyncContext(ctx, &security.MediaCheckAsyncRequest{
			MediaURL: mediaURL, MediaType: mediaTypePicture, OpenID: openID, Scene: uint8(security.MsgSceneForum),
		})
		if err == nil && traceID == "" {
			err = errors.New("the answer of media_check_async holds no trace id")
		}
		return err
	})
	return traceID, explain(err, checkMeanings)
}
