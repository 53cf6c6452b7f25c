package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fivestar/server/fault"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/silenceper/wechat/v2/util"
)

const (
	testSecret = "the-app-secret"
	testOpenID = "sim-resident"
)

func startSimulator(t *testing.T) *Simulator {
	t.Helper()
	simulator, err := StartSimulator("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = simulator.Close() })
	return simulator
}

func connectRedis(t *testing.T, addr string) *redis.Client {
	t.Helper()
	connection := redis.NewClient(&redis.Options{Addr: addr, ContextTimeoutEnabled: true}) // as the server has it
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

func newClient(t *testing.T, config Config, redis *redis.Client, log io.Writer) *Client {
	t.Helper()
	if config.AppID == "" {
		config.AppID = "wx-" + t.Name()
	}
	if config.Timeout == 0 {
		config.Timeout = time.Minute // the machine that tests may be busy
	}
	config.AppSecret = testSecret
	client, err := New(config, redis, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// logBuffer can be read while a search for a token, which outlives its callers, still writes to it.
type logBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// connect makes a Client of a simulator, with a Redis of its own.
func connect(t *testing.T, simulator *Simulator) *Client {
	t.Helper()
	return newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
}

// operations are all calls of a Client, with arguments that a Simulator accepts.
var operations = []struct {
	path string
	call func(context.Context, *Client) error
}{
	{PathCode2Session, func(ctx context.Context, c *Client) error {
		_, err := c.Login(ctx, "sim:resident")
		return err
	}},
	{PathPhoneNumber, func(ctx context.Context, c *Client) error {
		_, err := c.PhoneNumber(ctx, "sim:13800000000")
		return err
	}},
	{PathMiniProgramCode, func(ctx context.Context, c *Client) error {
		_, err := c.MiniProgramCode(ctx, "s=station1", "pages/task/station/index", 430)
		return err
	}},
	{PathCheckText, func(ctx context.Context, c *Client) error {
		_, err := c.CheckText(ctx, testOpenID, "楼道灯坏了")
		return err
	}},
	{PathCheckMedia, func(ctx context.Context, c *Client) error {
		_, err := c.CheckMedia(ctx, testOpenID, "https://files.example/1.jpg")
		return err
	}},
	{PathSubscribeMessage, func(ctx context.Context, c *Client) error {
		return c.SendSubscribeMessage(ctx, testOpenID, "template1", "pages/home/index", map[string]string{"thing1": "有新任务"})
	}},
	{PathServers, func(ctx context.Context, c *Client) error { return c.Answers(ctx) }},
}

func TestEveryCallSucceeds(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for _, operation := range operations {
		if err := operation.call(t.Context(), client); err != nil {
			t.Errorf("%s: %v", operation.path, err)
		}
		if calls := simulator.Calls(operation.path); calls != 1 {
			t.Errorf("%s was called %d times, want 1", operation.path, calls)
		}
	}
}

// Every documented errcode, and what it means to a person. What a call does not list means ErrUnavailable.
func TestErrcodes(t *testing.T) {
	special := map[string]meanings{
		PathCode2Session:     {40029: ErrBadLoginCode, 40163: ErrBadLoginCode, 41008: ErrBadLoginCode, 40226: ErrRiskyUser},
		PathPhoneNumber:      {40029: ErrBadPhoneCode, 40163: ErrBadPhoneCode, 41008: ErrBadPhoneCode},
		PathMiniProgramCode:  {41030: ErrPageUnpublished},
		PathCheckText:        {61010: ErrCannotCheck, 40003: ErrCannotCheck, 43104: ErrCannotCheck},
		PathCheckMedia:       {61010: ErrCannotCheck, 40003: ErrCannotCheck, 43104: ErrCannotCheck},
		PathSubscribeMessage: {43101: ErrNoConsent, 40003: ErrMessageRefused, 40037: ErrMessageRefused, 41030: ErrMessageRefused, 47003: ErrMessageRefused},
	}
	everywhere := meanings{45009: ErrTooMany, 45011: ErrTooMany, 44991: ErrTooMany, 87020: ErrTooMany}
	codes := []int64{99999}
	for code := range errorWords {
		codes = append(codes, int64(code))
	}

	simulator := startSimulator(t)
	client := connect(t, simulator)
	for _, operation := range operations {
		for _, code := range codes {
			want := ErrUnavailable
			for _, table := range []meanings{everywhere, special[operation.path]} {
				if found, ok := table[code]; ok {
					want = found
				}
			}
			simulator.Tell(operation.path, Behaviour{ErrCode: int(code)})
			err := operation.call(t.Context(), client)
			var got *fault.Error
			if !errors.As(err, &got) || got != want {
				t.Errorf("%s, errcode %d: %v, want %v", operation.path, code, err, want)
				continue
			}
			if !strings.Contains(err.Error(), fmt.Sprintf("%s: errcode %d (rid ", operation.path, code)) {
				t.Errorf("%s, errcode %d: the log would not tell: %v", operation.path, code, err)
			}
		}
		simulator.Forget(operation.path)
	}
}

func TestFaultsTellWhatToDo(t *testing.T) {
	for _, want := range []struct {
		fault      *fault.Error
		kind       fault.Kind
		code       string
		detail     string
		retryAfter bool
	}{
		{ErrBadLoginCode, fault.Invalid, "wechat.bad_code", "登录凭证无效或已过期，请重新打开小程序", false},
		{ErrRiskyUser, fault.Forbidden, "wechat.risky_user", ErrRiskyUser.Detail, false},
		{ErrTooMany, fault.TooMany, "wechat.too_many", ErrTooMany.Detail, true},
		{ErrUnavailable, fault.Unavailable, "wechat.unavailable", "微信暂时没有回应，请稍后再试", true},
	} {
		if want.fault.Kind != want.kind || want.fault.Code != want.code || want.fault.Detail != want.detail || (want.fault.RetryAfter > 0) != want.retryAfter {
			t.Errorf("%+v, want %+v", want.fault, want)
		}
	}
}

func TestWeChatDown(t *testing.T) {
	for name, behaviour := range map[string]Behaviour{
		"dropped":       {Drop: true},
		"status 500":    {HTTPStatus: 500},
		"status 502":    {HTTPStatus: 502},
		"redirected":    {HTTPStatus: 302},
		"system busy":   {ErrCode: -1},
		"hanging":       {Hang: true},
		"only too late": {Delay: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			simulator := startSimulator(t)
			simulator.Tell(EveryPath, behaviour)
			client := newClient(t, Config{BaseURL: simulator.URL(), Timeout: 50 * time.Millisecond},
				connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
			for _, operation := range operations {
				if err := operation.call(t.Context(), client); !errors.Is(err, ErrUnavailable) {
					t.Errorf("%s: %v, want %v", operation.path, err, ErrUnavailable)
				}
			}
			simulator.Forget(EveryPath)
			client = newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
			for _, operation := range operations {
				if err := operation.call(t.Context(), client); err != nil {
					t.Errorf("%s, when WeChat is back: %v", operation.path, err)
				}
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	if err := simulator.Close(); err != nil {
		t.Fatal(err)
	}
	for _, operation := range operations {
		if err := operation.call(t.Context(), client); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v, want %v", operation.path, err, ErrUnavailable)
		}
	}
}

// With an hour's timeout only the caller's own context can end these calls.
func TestCallerStopsWaiting(t *testing.T) {
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL(), Timeout: time.Hour}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
	check := func(name string, hasToken bool) {
		for _, operation := range operations {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			err := operation.call(ctx, client)
			cancel()
			want := ErrUnavailable
			if operation.path == PathSubscribeMessage && hasToken {
				want = ErrOutcomeUnknown // it was on its way
			}
			if !errors.Is(err, want) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s, %s, deadline: %v", name, operation.path, err)
			}
			ctx, cancel = context.WithCancel(t.Context())
			cancel()
			if err := operation.call(ctx, client); !errors.Is(err, ErrUnavailable) || !errors.Is(err, context.Canceled) {
				t.Errorf("%s, %s, cancelled: %v", name, operation.path, err)
			}
		}
	}
	simulator.Tell(EveryPath, Behaviour{Hang: true})
	check("everything hangs", false)
	simulator.Forget(EveryPath)

	client = newClient(t, Config{BaseURL: simulator.URL(), Timeout: time.Hour}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
	if _, err := client.CheckText(t.Context(), testOpenID, "先取得令牌"); err != nil {
		t.Fatal(err)
	}
	simulator.Tell(EveryPath, Behaviour{Hang: true})
	check("the token is at hand", true)
}

// The library has one HTTP client for the process; each Client must still reach its own WeChat only.
func TestClientsDoNotMix(t *testing.T) {
	var wait sync.WaitGroup
	store := miniredis.RunT(t)
	var simulators []*Simulator
	for _, verdict := range []Verdict{Pass, Review, Risky} {
		simulator := startSimulator(t)
		simulators = append(simulators, simulator)
		simulator.Tell(PathCheckText, Behaviour{Verdict: verdict})
		client := newClient(t, Config{AppID: "wx-same", BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), io.Discard)
		for range 5 {
			wait.Go(func() {
				for _, operation := range operations {
					if err := operation.call(t.Context(), client); err != nil {
						t.Errorf("%s: %v", operation.path, err)
					}
				}
				if got, err := client.CheckText(t.Context(), testOpenID, "你好"); err != nil || got != verdict {
					t.Errorf("verdict %v, %v, want %v", got, err, verdict)
				}
			})
		}
	}
	wait.Wait()
	for _, simulator := range simulators {
		wantTokenCalls(t, simulator, 1)
	}
}

func TestGateRefusesOtherCalls(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	ctx, cancel := client.begin(t.Context())
	defer cancel()
	for name, call := range map[string]func() error{
		"no Client began it": func() error {
			_, err := util.HTTPGetContext(t.Context(), "https://api.weixin.qq.com/sns/jscode2session")
			return err
		},
		"another host": func() error {
			_, err := util.HTTPGetContext(ctx, simulator.URL()+PathCode2Session)
			return err
		},
		"another host, with a body": func() error {
			_, err := util.PostJSONContext(ctx, "https://api.mch.weixin.qq.com/pay", map[string]string{})
			return err
		},
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), "are let through") {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	if calls := simulator.Calls(PathCode2Session); calls != 0 {
		t.Errorf("%d calls came through the gate", calls)
	}
}

// playing is a Client of a WeChat that issues a token and otherwise answers with handler.
func playing(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == PathStableToken {
			_, _ = io.WriteString(w, `{"access_token":"token","expires_in":7200}`)
			return
		}
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return newClient(t, Config{BaseURL: server.URL}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
}

// answering is a Client of a WeChat that answers every call with the same body.
func answering(t *testing.T, contentType, body string) *Client {
	t.Helper()
	return playing(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, body)
	})
}

func TestAnswersThatMakeNoSense(t *testing.T) {
	for name, body := range map[string]string{
		"empty":    "",
		"HTML":     "<html>请先登录无线网</html>",
		"an array": "[]",
		"too long": `{"openid":"` + strings.Repeat("x", answerLimit) + `"}`,
		"nothing":  `{}`,
	} {
		client := answering(t, "application/json", body)
		for _, operation := range operations {
			if name == "nothing" && slices.Contains([]string{PathCheckText, PathSubscribeMessage, PathServers}, operation.path) {
				continue // no suggestion is a Review, and a message that was sent, and a WeChat that is there, have nothing more to say
			}
			want := ErrUnavailable
			if operation.path == PathSubscribeMessage {
				want = ErrOutcomeUnknown // it was on its way
			}
			if err := operation.call(t.Context(), client); !errors.Is(err, want) {
				t.Errorf("%s, %s: %v, want %v", name, operation.path, err, want)
			}
		}
	}
}

func TestEndlessAnswer(t *testing.T) {
	client := playing(t, func(w http.ResponseWriter, _ *http.Request) {
		for more := make([]byte, 64<<10); ; {
			if _, err := w.Write(more); err != nil {
				return
			}
		}
	})
	if _, err := client.CheckText(t.Context(), testOpenID, "你好"); !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("%v, want it broken off", err)
	}
}

func TestTokenAnswersThatMakeNoSense(t *testing.T) {
	for _, body := range []string{"", "{}", "[]", `{"access_token":"","expires_in":7200}`, "<html></html>"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != PathStableToken {
				t.Errorf("%q: %s was called without a token", body, r.URL.Path)
			}
			_, _ = io.WriteString(w, body)
		}))
		defer server.Close()
		client := newClient(t, Config{BaseURL: server.URL}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
		if _, err := client.PhoneNumber(t.Context(), "sim:13800000000"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%q: %v, want %v", body, err, ErrUnavailable)
		}
	}
}

// A gateway before WeChat may have a path of its own.
func TestBaseURLWithPath(t *testing.T) {
	for _, suffix := range []string{"/wechat", "/wechat/"} {
		simulator := startSimulator(t)
		server := httptest.NewServer(http.StripPrefix("/wechat", simulator))
		defer server.Close()
		client := newClient(t, Config{BaseURL: server.URL + suffix}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
		checkText(t, client)
	}
}

// Neither the log nor an error may hold a secret, a token, a code, an openid or a phone number, whatever fails.
func TestNothingPersonalIsTold(t *testing.T) {
	var log logBuffer
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), &log)
	impatient := newClient(t, Config{BaseURL: simulator.URL(), Timeout: 50 * time.Millisecond}, connectRedis(t, store.Addr()), &log)

	told := ""
	for _, behaviour := range []Behaviour{{}, {ErrCode: 40001}, {ErrCode: 40029}, {ErrCode: -1}, {HTTPStatus: 500}, {Drop: true}} {
		simulator.Tell(EveryPath, behaviour)
		for _, operation := range operations {
			told += fmt.Sprintf("%v\n%+v\n", operation.call(t.Context(), client), operation.call(t.Context(), client))
		}
	}
	simulator.Tell(EveryPath, Behaviour{Hang: true})
	for _, operation := range operations {
		told += fmt.Sprintf("%v\n", operation.call(t.Context(), impatient))
	}
	simulator.Forget(EveryPath)
	for _, code := range []string{"sim:resident%zz\x00&secret=1", "sim:13800000000 "} {
		_, err := client.Login(t.Context(), code)
		_, phoneErr := client.PhoneNumber(t.Context(), code)
		told += fmt.Sprintf("%v\n%v\n", err, phoneErr)
	}
	store.Close()
	for _, operation := range operations {
		told += fmt.Sprintf("%v\n", operation.call(t.Context(), client))
	}
	told += log.String()

	token := simulator.issue(tokenOwner{appID: client.config.AppID, stable: true}, false).AccessToken
	for _, secret := range []string{testSecret, token, "simulated_", "sim:", "sim%3A", "sim-", "resident", "13800000000", "session_key"} {
		if strings.Contains(told, secret) {
			t.Errorf("%q is told:\n%s", secret, told)
		}
	}
	if !strings.Contains(told, "errcode 40029") || !strings.Contains(log.String(), "renew") {
		t.Errorf("the cause is not told:\n%s", told)
	}
}

func TestNewRefusesWrongSettings(t *testing.T) {
	good := Config{AppID: "wx1", AppSecret: testSecret, CallbackToken: "token", CallbackAESKey: testAESKey}
	for name, change := range map[string]func(*Config){
		"":                              func(*Config) {},
		"app id and app secret":         func(c *Config) { c.AppID = "" },
		"app secret must both be set":   func(c *Config) { c.AppSecret = "" },
		"not an http or https address":  func(c *Config) { c.BaseURL = "ftp://127.0.0.1" },
		"is not an http":                func(c *Config) { c.BaseURL = "127.0.0.1" },
		"base URL":                      func(c *Config) { c.BaseURL = "http://127.0.0.1:port" },
		"timeout":                       func(c *Config) { c.Timeout = -1 },
		"needs a callback token":        func(c *Config) { c.CallbackToken = "" },
		"the 43 characters that WeChat": func(c *Config) { c.CallbackAESKey = "short" },
		"that WeChat shows":             func(c *Config) { c.CallbackAESKey = "QUJ" },
		"callback AES key must be":      func(c *Config) { c.CallbackAESKey = strings.Repeat("!", 43) },
	} {
		config := good
		change(&config)
		client, err := New(config, connectRedis(t, "127.0.0.1:1"), slog.New(slog.DiscardHandler))
		if name == "" && (err != nil || client.config.Timeout != 5*time.Second || client.base.String() != "https://api.weixin.qq.com") {
			t.Errorf("good settings are refused, or the defaults are others: %v", err)
		}
		if name != "" && (err == nil || !strings.Contains(err.Error(), name)) {
			t.Errorf("%v, want it to say %q", err, name)
		}
		if err != nil && strings.Contains(err.Error(), testSecret) {
			t.Errorf("the secret is told: %v", err)
		}
	}
}
