// Package web is the way in: Echo and huma, who calls, limits, idempotency, paging, and the one place where
// errors become HTTP. It knows no room; what it needs of one is a func field that main sets.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"fivestar/server/db"
	"fivestar/server/redis"
)

// BasePath is where the contract's calls live.
const BasePath = "/api/v1"

// Config is what a Server is made of.
type Config struct {
	DB    *db.DB
	Redis redis.Client
	Log   *slog.Logger
	// Metrics is where the server registers what it counts.
	Metrics prometheus.Registerer
	Limits  Limits
	// TrustedProxies are the networks whose word on the client's address counts; loopback always does.
	TrustedProxies []*net.IPNet

	// Encrypt and Decrypt guard the answers that are kept to be given again: some hold a token.
	Encrypt func(plain []byte) string
	Decrypt func(kept string) ([]byte, error)

	// Authenticate tells who a session token belongs to. fault.ErrUnauthenticated when it is unknown,
	// ended or revoked.
	Authenticate func(ctx context.Context, token string) (Caller, error)
	// ActByCard lets helper act as the person of a card: the Caller has the card's person as PersonID, no
	// grants, and the helper as HelperID. 403 card.refused for a revoked or foreign card.
	ActByCard func(ctx context.Context, helper Caller, cardToken string) (Caller, error)
}

// Server is the HTTP server with all that every route shares.
type Server struct {
	Config
	Echo *echo.Echo
	API  huma.API

	log      *slog.Logger
	limiter  *limiter
	metrics  *requestMetrics
	stopping atomic.Bool
	signed   map[string]bool // see MountSigned
	answers  *db.Group[keptAnswer, struct{}]
	// answersJSON are the routes that answer with JSON, and not with a file.
	answersJSON map[string]bool
	// limited are the routes whose reads count as writes do, operations the contract's names of all, by method and
	// route.
	limited    map[string]bool
	operations map[string]string
}

// New makes a server without routes.
func New(config Config) *Server {
	server := &Server{Config: config, Echo: echo.New(), log: config.Log, signed: map[string]bool{}, answersJSON: map[string]bool{},
		limited: map[string]bool{}, operations: map[string]string{}}
	server.answers = db.NewGroup(config.DB, "answers", server.keepTogether, server.keepAlone)
	server.limiter = newLimiter(config.Redis)
	server.metrics = newRequestMetrics(config.Metrics)

	server.Echo.HideBanner, server.Echo.HidePort = true, true
	server.Echo.HTTPErrorHandler = server.handleEchoError
	server.Echo.IPExtractor = echo.ExtractIPFromXFFHeader(trust(config.TrustedProxies)...)
	server.Echo.Pre(middleware.MethodOverrideWithConfig(middleware.MethodOverrideConfig{Getter: patchByPost}))
	server.Echo.Use(server.requestID, server.observe, server.compress(), middleware.Recover(), server.limitBody, server.conditional)
	server.Echo.Use(server.authenticate, server.limitRate, server.idempotent, server.dropForm)

	server.API = humaecho.New(server.Echo, apiConfig())
	return server
}

// patchByPost lets a POST with X-HTTP-Method-Override: PATCH stand for a PATCH, which wx.request cannot send
// (https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html); any other header of
// that name is left aside.
func patchByPost(c echo.Context) string {
	if c.Request().Header.Get(echo.HeaderXHTTPMethodOverride) == http.MethodPatch {
		return http.MethodPatch
	}
	return ""
}

func trust(networks []*net.IPNet) []echo.TrustOption {
	options := []echo.TrustOption{echo.TrustLoopback(true), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, network := range networks {
		options = append(options, echo.TrustIPRange(network))
	}
	return options
}

func apiConfig() huma.Config {
	config := huma.DefaultConfig("fivestar", "1")
	config.CreateHooks = nil // no $schema field in answers
	config.SchemasPath = ""
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath = "" // docs.go serves a page that needs nothing from outside
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Info.Description = "五星微任务、志愿服务、四联单与积分的接口。说明见 server/docs。\n\n" +
		"GET 的 JSON 回答带弱 ETag；再问时带上 If-None-Match，没有变化就回 304，不带内容。" +
		"回答只供本人的手机自己留用(Cache-Control: private, no-cache)。接受 gzip 的，1 KB 以上的 JSON 会压缩。"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "http", Scheme: "bearer", Description: "The token of POST /sessions"},
	}
	return config
}

// Stopping tells whether the server has been told to stop: whoever sends it requests is to turn elsewhere.
func (s *Server) Stopping() bool { return s.stopping.Load() }

// Serve answers on listener until ctx ends. Then it says so to those who ask Stopping, goes on answering for
// drain, each answer the last of its connection, takes no new requests, lets running ones finish within
// grace, and returns. Nothing acknowledged is lost by a stop.
func (s *Server) Serve(ctx context.Context, listener net.Listener, drain, grace time.Duration) error {
	httpServer := &http.Server{
		Handler:           s.Echo,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       90 * time.Second,
		WriteTimeout:      90 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	httpServer.SetKeepAlivesEnabled(false)
	s.stopping.Store(true)
	time.Sleep(drain)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := httpServer.Shutdown(stopping); err != nil {
		return errors.Join(fmt.Errorf("some requests did not finish within %s: %w", grace, err), httpServer.Close())
	}
	return nil
}
