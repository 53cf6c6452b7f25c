package wechat

import (
	"cmp"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/skip2/go-qrcode"
)

var (
	simulatedLogin = regexp.MustCompile(`^sim:([a-z0-9_-]{1,40})$`)
	simulatedPhone = regexp.MustCompile(`^sim:(1[0-9]{10})$`)
)

// object is a piece of WeChat's JSON.
type object map[string]any

func (s *Simulator) code2Session(call apiCall) any {
	query := call.request.URL.Query()
	if errCode := checkApp(query.Get("appid"), query.Get("secret")); errCode != 0 {
		return apiError(errCode)
	}
	code := query.Get("js_code")
	if code == "" {
		return apiError(41008)
	}
	name := simulatedLogin.FindStringSubmatch(code)
	if name == nil {
		return apiError(40029)
	}
	return object{"openid": "sim-" + name[1], "session_key": randomHex(16)}
}

func (s *Simulator) phoneNumber(call apiCall) any {
	var asked struct {
		Code string `json:"code"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	number := simulatedPhone.FindStringSubmatch(asked.Code)
	if number == nil {
		return apiError(40029)
	}
	return object{"errcode": 0, "errmsg": "ok", "phone_info": object{
		"phoneNumber":     number[1],
		"purePhoneNumber": number[1],
		"countryCode":     "86",
		"watermark":       object{"timestamp": time.Now().Unix(), "appid": call.appID},
	}}
}

// miniProgramCode draws the scene as an ordinary QR code: only WeChat can draw the round ones.
func (s *Simulator) miniProgramCode(call apiCall) any {
	var asked struct {
		Scene string `json:"scene"`
		Page  string `json:"page"`
		Width int    `json:"width"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	switch {
	case !scenePattern.MatchString(asked.Scene):
		return apiError(40169)
	case strings.HasPrefix(asked.Page, "/"):
		return apiError(41030)
	}
	const defaultWidth = 430
	width := min(max(cmp.Or(asked.Width, defaultWidth), minCodeWidth), maxCodeWidth)
	drawn, err := qrcode.Encode(asked.Scene, qrcode.Medium, width)
	if err != nil {
		return apiError(-1)
	}
	return picture(drawn)
}

func (s *Simulator) checkText(call apiCall) any {
	var asked struct {
		OpenID  string `json:"openid"`
		Scene   int    `json:"scene"`
		Content string `json:"content"`
		Version int    `json:"version"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	switch {
	case asked.Version != mediaVersion:
		return apiError(47001)
	case asked.OpenID == "":
		return apiError(40003)
	case asked.Scene < 1 || asked.Scene > 4:
		return apiError(40129)
	case asked.Content == "":
		return apiError(44002)
	case utf8.RuneCountInString(asked.Content) > textLimit:
		return apiError(45002)
	}
	result := resultOf(cmp.Or(call.verdict, opinionOn(asked.Content)))
	return object{
		"errcode": 0, "errmsg": "ok", "trace_id": randomHex(12), "result": result,
		"detail": []object{{"strategy": "content_model", "errcode": 0, "suggest": result["suggest"], "label": result["label"], "prob": 90}},
	}
}

func opinionOn(text string) Verdict {
	switch {
	case strings.Contains(text, "违禁"):
		return Risky
	case strings.Contains(text, "待复核"):
		return Review
	}
	return Pass
}

// resultOf is a verdict as WeChat writes it: 100 normal, 20001 politics, 21000 other.
func resultOf(verdict Verdict) object {
	labels := map[Verdict]int{Pass: 100, Review: 21000, Risky: 20001}
	return object{"suggest": verdict.String(), "label": labels[verdict]}
}

func (s *Simulator) checkMedia(call apiCall) any {
	var asked struct {
		MediaURL  string `json:"media_url"`
		MediaType int    `json:"media_type"`
		OpenID    string `json:"openid"`
		Scene     int    `json:"scene"`
		Version   int    `json:"version"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	switch {
	case asked.Version != mediaVersion:
		return apiError(47001)
	case asked.OpenID == "":
		return apiError(40003)
	case asked.MediaType != 1 && asked.MediaType != mediaTypePicture:
		return apiError(40004)
	case asked.Scene < 1 || asked.Scene > 4:
		return apiError(40129)
	case !strings.HasPrefix(asked.MediaURL, "http://") && !strings.HasPrefix(asked.MediaURL, "https://"):
		return apiError(40066)
	}
	traceID := randomHex(12)
	s.pushVerdict(call.appID, traceID, cmp.Or(call.verdict, Pass))
	return object{"errcode": 0, "errmsg": "ok", "trace_id": traceID}
}

func (s *Simulator) subscribeMessage(call apiCall) any {
	var asked struct {
		ToUser     string `json:"touser"`
		TemplateID string `json:"template_id"`
		Page       string `json:"page"`
		Data       map[string]struct {
			Value string `json:"value"`
		} `json:"data"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	switch {
	case asked.ToUser == "":
		return apiError(40003)
	case asked.TemplateID == "":
		return apiError(40037)
	case len(asked.Data) == 0:
		return apiError(47003)
	}
	data := make(map[string]string, len(asked.Data))
	for key, item := range asked.Data {
		if !takesField(key, item.Value) {
			return apiError(47003)
		}
		data[key] = item.Value
	}
	s.keep(SentMessage{OpenID: asked.ToUser, TemplateID: asked.TemplateID, Page: asked.Page, Data: data, At: time.Now()})
	return object{"errcode": 0, "errmsg": "ok", "msgid": time.Now().UnixNano()}
}

// servers answers with an address that is nobody's (RFC 5737).
func (s *Simulator) servers(apiCall) any { return object{"ip_list": []string{"192.0.2.1"}} }

func (s *Simulator) keep(message SentMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.messages) == messagesKept {
		s.messages = s.messages[1:]
	}
	s.messages = append(s.messages, message)
}
