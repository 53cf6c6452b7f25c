package wechat

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/silenceper/wechat/v2/util"
)

const (
	testToken  = "callbacktoken"
	testAESKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	testAppID  = "wx-callback"
)

func callbackClient(t testing.TB, token, aesKey string) *Client {
	t.Helper()
	client, err := New(Config{AppID: testAppID, AppSecret: testSecret, CallbackToken: token, CallbackAESKey: aesKey},
		redis.NewClient(&redis.Options{Addr: "127.0.0.1:1"}), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// event is what a Simulator pushes with these settings.
func event(t testing.TB, callback Callback, verdict Verdict) *http.Request {
	t.Helper()
	request, err := callback.request(context.Background(), testAppID, "trace-1", verdict)
	if err != nil {
		t.Fatal(err)
	}
	return request
}

// signedEvent is any body, signed as WeChat signs plain events.
func signedEvent(token, body string, at time.Time) *http.Request {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	query := url.Values{"timestamp": {timestamp}, "nonce": {"12345"}, "signature": {util.Signature(token, timestamp, "12345")}}
	return httptest.NewRequest(http.MethodPost, "/callback?"+query.Encode(), strings.NewReader(body))
}

func TestVerdictsArePushed(t *testing.T) {
	for _, aesKey := range []string{"", testAESKey} {
		for _, asXML := range []bool{false, true} {
			for _, verdict := range []Verdict{Pass, Review, Risky} {
				client := callbackClient(t, testToken, aesKey)
				traceID, got, err := client.ParseMediaVerdict(event(t, Callback{Token: testToken, AESKey: aesKey, XML: asXML}, verdict))
				if err != nil || traceID != "trace-1" || got != verdict {
					t.Errorf("key %q, XML %v: %q, %v, %v, want %v", aesKey, asXML, traceID, got, err, verdict)
				}
			}
		}
	}
}

// The event of WeChat's documents, as it comes in XML.
func TestDocumentedEvent(t *testing.T) {
	body := `<?xml version="1.0" encoding="utf-8"?>
<xml>
  <ToUserName><![CDATA[gh_example]]></ToUserName>
  <FromUserName><![CDATA[platform]]></FromUserName>
  <CreateTime>1659967849</CreateTime>
  <MsgType><![CDATA[event]]></MsgType>
  <Event><![CDATA[wxa_media_check]]></Event>
  <appid><![CDATA[` + testAppID + `]]></appid>
  <trace_id><![CDATA[62f11967-2b24d27a-34715985]]></trace_id>
  <version>2</version>
  <detail>
    <strategy><![CDATA[content_model]]></strategy><errcode>0</errcode><suggest><![CDATA[risky]]></suggest>
    <label>20002</label><prob>90</prob>
  </detail>
  <errcode>0</errcode>
  <errmsg><![CDATA[ok]]></errmsg>
  <result><suggest><![CDATA[risky]]></suggest><label>20002</label></result>
</xml>`
	traceID, verdict, err := callbackClient(t, testToken, "").ParseMediaVerdict(signedEvent(testToken, body, time.Now()))
	if err != nil || traceID != "62f11967-2b24d27a-34715985" || verdict != Risky {
		t.Errorf("%q, %v, %v", traceID, verdict, err)
	}
}

func TestEventsThatAreNoVerdict(t *testing.T) {
	client := callbackClient(t, testToken, "")
	for name, test := range map[string]struct {
		body    string
		verdict Verdict
		err     error
	}{
		"could not be fetched": {`{"Event":"wxa_media_check","appid":"wx-callback","trace_id":"1","errcode":-1008,"result":{"suggest":"pass"}}`, Review, nil},
		"unknown suggestion":   {`{"Event":"wxa_media_check","appid":"wx-callback","trace_id":"1","errcode":0,"result":{"suggest":"fine"}}`, Review, nil},
		"no result":            {`{"Event":"wxa_media_check","appid":"wx-callback","trace_id":"1"}`, Review, nil},
		"no trace id":          {`{"Event":"wxa_media_check","appid":"wx-callback","result":{"suggest":"pass"}}`, 0, ErrUnreadableCallback},
		"another mini-program": {`{"Event":"wxa_media_check","appid":"wx-other","trace_id":"1","result":{"suggest":"pass"}}`, 0, ErrForgedCallback},
		"another event":        {`{"MsgType":"event","Event":"user_enter_tempsession"}`, 0, ErrOtherEvent},
		"a message":            {`<xml><MsgType>text</MsgType><Content>你好</Content></xml>`, 0, ErrOtherEvent},
		"empty":                {"", 0, ErrUnreadableCallback},
		"no JSON":              {"hello", 0, ErrUnreadableCallback},
		"half an XML":          {"<xml><Event>wxa_media_check</Event>", 0, ErrUnreadableCallback},
		"too long":             {strings.Repeat(" ", callbackLimit) + `{"Event":"wxa_media_check","appid":"wx-callback","trace_id":"1"}`, 0, ErrUnreadableCallback},
	} {
		_, verdict, err := client.ParseMediaVerdict(signedEvent(testToken, test.body, time.Now()))
		if verdict != test.verdict || !errors.Is(err, test.err) || (test.err == nil) != (err == nil) {
			t.Errorf("%s: %v, %v, want %v, %v", name, verdict, err, test.verdict, test.err)
		}
	}
}

func TestForgedEventsAreRefused(t *testing.T) {
	plain := Callback{Token: testToken}
	encrypted := Callback{Token: testToken, AESKey: testAESKey}
	change := func(key, value string) func(*http.Request) {
		return func(r *http.Request) {
			query := r.URL.Query()
			query.Set(key, value)
			r.URL.RawQuery = query.Encode()
		}
	}
	body := func(text string) func(*http.Request) {
		return func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(text)) }
	}
	nothing := func(*http.Request) {}

	for name, test := range map[string]struct {
		token, key string
		pushed     Callback
		change     func(*http.Request)
	}{
		"another token":                       {testToken, "", Callback{Token: "guessed"}, nothing},
		"no token is set":                     {"", "", Callback{}, nothing},
		"no signature":                        {testToken, "", plain, change("signature", "")},
		"another signature":                   {testToken, "", plain, change("signature", strings.Repeat("0", 40))},
		"another nonce":                       {testToken, "", plain, change("nonce", "1")},
		"another time":                        {testToken, "", plain, change("timestamp", "1")},
		"plain, though it must be encrypted":  {testToken, testAESKey, plain, nothing},
		"plain and calling itself encrypted":  {testToken, testAESKey, plain, change("encrypt_type", "aes")},
		"encrypted, without msg_signature":    {testToken, testAESKey, encrypted, change("msg_signature", "")},
		"encrypted, with the other signature": {testToken, testAESKey, encrypted, func(r *http.Request) { change("msg_signature", r.URL.Query().Get("signature"))(r) }},
		"encrypted, another body":             {testToken, testAESKey, encrypted, body(`{"Encrypt":"QUJD"}`)},
		"encrypted, an empty body's Encrypt":  {testToken, testAESKey, encrypted, body(`{}`)},
		"encrypted under another token":       {testToken, testAESKey, Callback{Token: "guessed", AESKey: testAESKey}, nothing},
	} {
		request := event(t, test.pushed, Pass)
		test.change(request)
		traceID, verdict, err := callbackClient(t, test.token, test.key).ParseMediaVerdict(request)
		if !errors.Is(err, ErrForgedCallback) || traceID != "" || verdict != 0 {
			t.Errorf("%s: %q, %v, %v, want %v", name, traceID, verdict, err, ErrForgedCallback)
		}
	}
}

func TestEventUnderAnotherKey(t *testing.T) {
	other := strings.Repeat("A", 43)
	_, _, err := callbackClient(t, testToken, testAESKey).ParseMediaVerdict(event(t, Callback{Token: testToken, AESKey: other}, Pass))
	if !errors.Is(err, ErrUnreadableCallback) {
		t.Errorf("%v, want %v", err, ErrUnreadableCallback)
	}
}

// A signature seen in some log must not serve for ever.
func TestOldEventsAreRefused(t *testing.T) {
	client := callbackClient(t, testToken, "")
	const body = `{"Event":"wxa_media_check","appid":"wx-callback","trace_id":"1","result":{"suggest":"pass"}}`
	for age, want := range map[time.Duration]error{
		0: nil, callbackAge - time.Minute: nil, time.Minute - callbackAge: nil,
		callbackAge + time.Minute: ErrForgedCallback, -callbackAge - time.Minute: ErrForgedCallback,
	} {
		if _, _, err := client.ParseMediaVerdict(signedEvent(testToken, body, time.Now().Add(-age))); !errors.Is(err, want) {
			t.Errorf("%v old: %v, want %v", age, err, want)
		}
	}
}

func TestVerifyCallback(t *testing.T) {
	client := callbackClient(t, testToken, "")
	request := signedEvent(testToken, "", time.Now())
	request.Method = http.MethodGet
	request.URL.RawQuery += "&echostr=7391"
	if echo, err := client.VerifyCallback(request); err != nil || echo != "7391" {
		t.Errorf("%q, %v", echo, err)
	}
	forged := signedEvent("guessed", "", time.Now())
	forged.URL.RawQuery += "&echostr=7391"
	if echo, err := client.VerifyCallback(forged); !errors.Is(err, ErrForgedCallback) || echo != "" {
		t.Errorf("%q, %v, want %v", echo, err, ErrForgedCallback)
	}
}

// Whatever a genuine signature covers: no panic, and either a whole verdict or an error with a meaning.
func FuzzParseMediaVerdict(f *testing.F) {
	for _, asXML := range []bool{false, true} {
		body, err := Callback{XML: asXML}.encode(mediaEvent(testAppID, "trace-1", Risky))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, false)
		f.Add(body, true)
	}
	f.Add([]byte(`{"Encrypt":"`+strings.Repeat("A", 128)+`"}`), true)
	f.Add([]byte("<xml>"), false)
	plain, encrypted := callbackClient(f, testToken, ""), callbackClient(f, testToken, testAESKey)
	f.Fuzz(func(t *testing.T, body []byte, asCipher bool) {
		client, request := plain, signedEvent(testToken, string(body), time.Now())
		if asCipher { // the body is what is inside the envelope
			cipher, err := util.EncryptMsg([]byte("0123456789abcdef"), body, testAppID, testAESKey)
			if err != nil {
				t.Fatal(err)
			}
			client, request = encrypted, envelopeOf(t, string(cipher))
		}
		traceID, verdict, err := client.ParseMediaVerdict(request)
		known := errors.Is(err, ErrUnreadableCallback) || errors.Is(err, ErrOtherEvent) || errors.Is(err, ErrForgedCallback)
		if err != nil && (!known || traceID != "" || verdict != 0) {
			t.Fatalf("%q, %v, %v", traceID, verdict, err)
		}
		if err == nil && (traceID == "" || verdict < Pass || verdict > Risky) {
			t.Fatalf("no error, but %q, %v", traceID, verdict)
		}
	})
}

// Whatever is in the envelope under a genuine signature: no panic, and never a verdict.
func FuzzEnvelope(f *testing.F) {
	client := callbackClient(f, testToken, testAESKey)
	f.Add("")
	f.Add("QUJD")
	f.Add(strings.Repeat("A", 128))
	f.Fuzz(func(t *testing.T, cipher string) {
		if _, verdict, err := client.ParseMediaVerdict(envelopeOf(t, cipher)); err == nil || verdict != 0 {
			t.Fatalf("%v, %v", verdict, err)
		}
	})
}

func envelopeOf(t testing.TB, cipher string) *http.Request {
	t.Helper()
	body, err := Callback{}.encode(envelope{Encrypt: cipher})
	if err != nil {
		t.Fatal(err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	query := url.Values{"timestamp": {timestamp}, "nonce": {"1"}, "msg_signature": {util.Signature(testToken, timestamp, "1", cipher)}}
	return httptest.NewRequest(http.MethodPost, "/callback?"+query.Encode(), bytes.NewReader(body))
}

// No query signs itself: without the token nothing is believed.
func FuzzSignature(f *testing.F) {
	f.Add("timestamp=1&nonce=2&signature=3")
	f.Add("signature=da39a3ee5e6b4b0d3255bfef95601890afd80709")
	plain, encrypted := callbackClient(f, testToken, ""), callbackClient(f, testToken, testAESKey)
	f.Fuzz(func(t *testing.T, query string) {
		for _, client := range []*Client{plain, encrypted} {
			request := httptest.NewRequest(http.MethodPost, "/callback", strings.NewReader(`{"Encrypt":"QUJD"}`))
			request.URL.RawQuery = query
			if _, _, err := client.ParseMediaVerdict(request); !errors.Is(err, ErrForgedCallback) {
				t.Fatalf("%v, want %v", err, ErrForgedCallback)
			}
		}
	})
}
