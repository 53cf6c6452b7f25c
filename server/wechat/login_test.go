package wechat

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestLogin(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for range 2 { // a simulated code may be used again
		if openID, err := client.Login(t.Context(), "sim:some_name-2"); err != nil || openID != "sim-some_name-2" {
			t.Errorf("%q, %v", openID, err)
		}
	}
}

func TestBadLoginCodes(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for _, code := range []string{
		"", "real", "sim:", "sim:Name", "sim:张三", "sim:" + strings.Repeat("a", 41), strings.Repeat("x", 10_000),
		"sim:resident\n", "sim:resident\x00", "sim:resident#", " sim:resident",
		"x&js_code=sim:admin", "sim:resident&appid=other", "sim:resident&grant_type=x",
	} {
		before := simulator.Calls(PathCode2Session)
		openID, err := client.Login(t.Context(), code)
		if openID != "" || !errors.Is(err, ErrBadLoginCode) {
			t.Errorf("%q: %q, %v, want %v", code, openID, err, ErrBadLoginCode)
		}
		if sent := simulator.Calls(PathCode2Session) > before; sent == (code == "" || len(code) > codeLimit) {
			t.Errorf("%q: sent %v", code, sent)
		}
	}
}

func TestPhoneNumber(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	if number, err := client.PhoneNumber(t.Context(), "sim:13800000000"); err != nil || number != "13800000000" {
		t.Errorf("%q, %v", number, err)
	}
	for _, code := range []string{"", "13800000000", "sim:1380000000", "sim:138000000000", "sim:23800000000", strings.Repeat("x", 10_000)} {
		before := simulator.Calls(PathPhoneNumber)
		number, err := client.PhoneNumber(t.Context(), code)
		if number != "" || !errors.Is(err, ErrBadPhoneCode) {
			t.Errorf("%q: %q, %v, want %v", code, number, err, ErrBadPhoneCode)
		}
		if sent := simulator.Calls(PathPhoneNumber) > before; sent == (code == "" || len(code) > codeLimit) {
			t.Errorf("%q: sent %v", code, sent)
		}
	}
}

func TestNumbersThatWeChatAnswers(t *testing.T) {
	const unavailable = ""
	for _, test := range []struct{ country, pure, want string }{
		{"86", "13800000000", "13800000000"},
		{"852", "91234567", "+85291234567"},
		{"60", "13800000000", "+6013800000000"}, // never the mainland number of the same digits
		{"86", "1380000000", unavailable},
		{"86", "", unavailable},
		{"", "13800000000", unavailable},
		{"86", "138 0000 000", unavailable},
		{"86", "1380000000x", unavailable},
	} {
		client := answering(t, "application/json", fmt.Sprintf(
			`{"errcode":0,"phone_info":{"phoneNumber":"x","purePhoneNumber":%q,"countryCode":%q}}`, test.pure, test.country))
		number, err := client.PhoneNumber(t.Context(), "code")
		if number != test.want || (test.want == unavailable) != errors.Is(err, ErrUnavailable) {
			t.Errorf("%+v: %q, %v", test, number, err)
		}
	}
}
