// Package wechat speaks with WeChat's servers (Client) and plays them where there is no WeChat (Simulator).
//
// Everything goes over HTTP through the same Client: to api.weixin.qq.com in production, to a Simulator on
// loopback in the demo and in tests. The errors that a person can be told of are in faults.go.
package wechat

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/redis/go-redis/v9"
	mpconfig "github.com/silenceper/wechat/v2/miniprogram/config"
	mpcontext "github.com/silenceper/wechat/v2/miniprogram/context"
)

const (
	defaultBaseURL = "https://" + apiHost
	defaultTimeout = 5 * time.Second
)

// Config is what a Client needs to know. The mini-program's pages at mp.weixin.qq.com show all of it.
type Config struct {
	AppID     string
	AppSecret string

	// BaseURL is where WeChat's API is found; empty means https://api.weixin.qq.com.
	BaseURL string

	// CallbackToken signs the events that WeChat pushes (消息推送). While it is empty every event is refused.
	CallbackToken string

	// CallbackAESKey, 43 characters, is set when pushed events are encrypted (安全模式); plain ones are then refused.
	CallbackAESKey string

	// Timeout bounds one call with its retry; 0 means 5 seconds.
	Timeout time.Duration
}

// Client calls WeChat for one mini-program. It may be used by many goroutines at once.
type Client struct {
	config  Config
	base    *url.URL
	library *mpconfig.Config
	tokens  *tokenSource
	log     *slog.Logger
}

// New makes a Client whose access token is shared, through redis, with every other server of the same AppID.
// It makes no call yet. The error is a sentence about the setting that is wrong.
func New(config Config, redis redis.UniversalClient, log *slog.Logger) (*Client, error) {
	if config.BaseURL == "" {
		config.BaseURL = defaultBaseURL
	}
	if config.Timeout == 0 {
		config.Timeout = defaultTimeout
	}
	base, err := url.Parse(config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("wechat: base URL: %w", err)
	}
	if err := config.check(base); err != nil {
		return nil, fmt.Errorf("wechat: %w", err)
	}
	passThroughGate()
	return &Client{
		config:  config,
		base:    base,
		library: &mpconfig.Config{AppID: config.AppID, AppSecret: config.AppSecret},
		tokens:  newTokenSource(config, base.Host, redis, log),
		log:     log,
	}, nil
}

func (c Config) check(base *url.URL) error {
	switch {
	case c.AppID == "" || c.AppSecret == "":
		return errors.New("app id and app secret must both be set")
	case base.Scheme != "http" && base.Scheme != "https" || base.Host == "":
		return fmt.Errorf("base URL %q is not an http or https address", base.Redacted())
	case c.Timeout < 0:
		return errors.New("timeout must not be negative")
	case c.CallbackAESKey == "":
		return nil
	case c.CallbackToken == "":
		return errors.New("a callback AES key needs a callback token beside it")
	}
	if key, err := base64.StdEncoding.DecodeString(c.CallbackAESKey + "="); err != nil || len(key) != 32 {
		return errors.New("callback AES key must be the 43 characters that WeChat shows")
	}
	return nil
}

// begin bounds a call and marks it as this Client's, by which the gate knows where to send it.
func (c *Client) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithValue(ctx, clientKey{}, c), c.config.Timeout)
}

// withToken makes a call that needs an access token. A token that WeChat refuses has done nothing, so the call
// is made once more with a renewed one.
func (c *Client) withToken(ctx context.Context, call func(ctx context.Context, token string) error) error {
	ctx, cancel := c.begin(ctx)
	defer cancel()

	token, err := c.tokens.current(ctx, "")
	if err != nil {
		return err
	}
	if err = call(ctx, token); !isTokenRefusal(err) {
		return err
	}
	c.log.InfoContext(ctx, "wechat refused the access token, renewing it", "cause", withoutURL(err))
	if token, err = c.tokens.current(ctx, token); err != nil {
		return err
	}
	return call(ctx, token)
}

// libraryWith is what the library's types are made from: the mini-program and one access token.
func (c *Client) libraryWith(token string) *mpcontext.Context {
	return &mpcontext.Context{Config: c.library, AccessTokenContextHandle: fixedToken(token)}
}

// fixedToken hands the library a token that withToken has chosen, so that the library fetches and keeps none.
type fixedToken string

func (t fixedToken) GetAccessToken() (string, error)                       { return string(t), nil }
func (t fixedToken) GetAccessTokenContext(context.Context) (string, error) { return string(t), nil }
