package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/miniprogram/message"
	"github.com/silenceper/wechat/v2/miniprogram/security"
	"github.com/silenceper/wechat/v2/util"
)

const (
	pushTries   = 3
	pushTimeout = 5 * time.Second
	// pushPause comes before the second try and twice before the third: a server that has not yet noted what
	// it asked for gets the time to.
	pushPause = 500 * time.Millisecond
)

// Callback is where and how a Simulator pushes the verdicts on media: what is entered at mp.weixin.qq.com.
type Callback struct {
	URL    string // empty: nothing is pushed
	Token  string
	AESKey string        // 43 characters; empty: the events are plain
	XML    bool          // XML instead of JSON
	Delay  time.Duration // between media_check_async and the event
}

// SetCallback sets where verdicts are pushed from now on.
func (s *Simulator) SetCallback(callback Callback) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.callback = callback
}

// pushVerdict pushes one verdict after the callback's delay, three times at most until it is answered with 200.
func (s *Simulator) pushVerdict(appID, traceID string, verdict Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	callback := s.callback
	if callback.URL == "" || s.stopped.Err() != nil {
		return
	}
	s.pushing.Go(func() {
		for try := range pushTries {
			select {
			case <-time.After(callback.Delay + time.Duration(try)*pushPause):
			case <-s.stopped.Done():
				return
			}
			if callback.push(s.stopped, appID, traceID, verdict) {
				return
			}
		}
	})
}

// push tells whether the event was taken.
func (c Callback) push(ctx context.Context, appID, traceID string, verdict Verdict) bool {
	ctx, cancel := context.WithTimeout(ctx, pushTimeout)
	defer cancel()
	request, err := c.request(ctx, appID, traceID, verdict)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// request is the event as WeChat pushes it: signed, and in an envelope when there is a key.
func (c Callback) request(ctx context.Context, appID, traceID string, verdict Verdict) (*http.Request, error) {
	body, err := c.encode(mediaEvent(appID, traceID, verdict))
	if err != nil {
		return nil, err
	}
	timestamp, nonce := strconv.FormatInt(time.Now().Unix(), 10), randomHex(5)
	query := url.Values{
		"timestamp": {timestamp}, "nonce": {nonce}, "openid": {"simulated-platform"},
		"signature": {util.Signature(c.Token, timestamp, nonce)},
	}
	if c.AESKey != "" {
		encrypted, err := util.EncryptMsg([]byte(randomHex(8)), body, appID, c.AESKey)
		if err != nil {
			return nil, err
		}
		query.Set("encrypt_type", "aes")
		query.Set("msg_signature", util.Signature(c.Token, timestamp, nonce, string(encrypted)))
		if body, err = c.encode(envelope{ToUserName: "gh_simulated", Encrypt: string(encrypted)}); err != nil {
			return nil, err
		}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"?"+query.Encode(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", c.contentType())
	return request, nil
}

func (c Callback) encode(event any) ([]byte, error) {
	if c.XML {
		return xml.Marshal(event)
	}
	return json.Marshal(event)
}

func (c Callback) contentType() string {
	if c.XML {
		return "text/xml"
	}
	return "application/json"
}

type envelope struct {
	XMLName    xml.Name `json:"-" xml:"xml"`
	ToUserName string   `json:"ToUserName" xml:"ToUserName"`
	Encrypt    string   `json:"Encrypt" xml:"Encrypt"`
}

func mediaEvent(appID, traceID string, verdict Verdict) message.MediaCheckAsyncData {
	suggest, label := security.CheckSuggest(verdict.String()), resultOf(verdict)["label"].(int)
	return message.MediaCheckAsyncData{
		CommonPushData: message.CommonPushData{
			MsgType: message.MsgTypeEvent, Event: message.EventTypeWxaMediaCheck,
			ToUserName: "gh_simulated", FromUserName: "simulated-platform", CreateTime: time.Now().Unix(),
		},
		Appid: appID, TraceID: traceID, Version: mediaVersion, Errmsg: "ok",
		Detail: []*message.MediaCheckDetail{{Strategy: "content_model", Suggest: suggest, Label: label, Prob: 90}},
		Result: message.MediaCheckAsyncResult{Suggest: suggest, Label: security.CheckLabel(label)},
	}
}
