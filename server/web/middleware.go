package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"fivestar/server/db"
	"fivestar/server/fault"
)

type requestIDKey struct{}
type clientAddressKey struct{}

var plainRequestID = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

// RequestID is the id of the request that ctx belongs to, empty outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// ClientAddress is where the request came from, as trusted proxies tell it, empty for a direct caller on
// loopback.
func ClientAddress(ctx context.Context) string {
	address, _ := ctx.Value(clientAddressKey{}).(string)
	return address
}

// requestID takes the client's id when it is plain enough to log, and makes one otherwise.
func (s *Server) requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !plainRequestID.MatchString(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		ctx := context.WithValue(c.Request().Context(), requestIDKey{}, id)
		ctx = context.WithValue(ctx, clientAddressKey{}, clientAddress(c))
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

func clientAddress(c echo.Context) string {
	address := c.RealIP()
	if address == "127.0.0.1" || address == "::1" {
		return ""
	}
	return address
}

// observe measures and logs every request: the route's pattern, never the path itself with what it holds.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		ctx, count := db.WithCount(c.Request().Context())
		c.SetRequest(c.Request().WithContext(ctx))
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(start)
		status := c.Response().Status
		method := knownMethod(c.Request().Method)
		s.metrics.observe(c.Path(), method, status, took, count.Statements())
		s.log.DebugContext(c.Request().Context(), "request", "method", method, "route", c.Path(),
			"status", status, "took", took, "statements", count.Statements(), "request_id", RequestID(c.Request().Context()))
		return nil
	}
}

// knownMethod keeps a stranger from filling the metrics with methods of their own making.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "OTHER"
}

const (
	maxBody = 1 << 20
	// maxUpload is the 10 MB a photo may have and room for the form around it.
	maxUpload = 10<<20 + 64<<10
)

// limitBody stops reading a body that is larger than its route takes.
func (s *Server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		limit := int64(maxBody)
		if strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm) {
			limit = maxUpload
		}
		request := c.Request()
		if request.ContentLength > limit {
			return errTooLarge
		}
		request.Body = http.MaxBytesReader(c.Response(), request.Body, limit)
		return next(c)
	}
}

// dropForm deletes what an upload was kept in on disk while it was read. net/http deletes it only for the request
// that it made itself, and the middlewares before this one put copies in its place.
func (s *Server) dropForm(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		defer func() {
			form := c.Request().MultipartForm
			if form == nil {
				return
			}
			if err := form.RemoveAll(); err != nil {
				s.log.WarnContext(c.Request().Context(), "an upload is left in the folder of temporary files", "error", err)
			}
		}()
		return next(c)
	}
}

const cardHeader = "X-Card"

// authenticate puts the caller of a valid session into the request. A request without one goes on: routes
// that need a caller refuse it.
func (s *Server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token, found := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
		if !found {
			return next(c)
		}
		ctx := c.Request().Context()
		caller, err := s.Authenticate(ctx, strings.TrimSpace(token))
		if errors.Is(err, fault.ErrUnauthenticated) {
			return next(c)
		}
		if err != nil {
			return err
		}
		if card := c.Request().Header.Get(cardHeader); card != "" {
			if caller, err = s.ActByCard(ctx, caller, card); err != nil {
				return err
			}
		}
		c.SetRequest(c.Request().WithContext(WithCaller(ctx, caller)))
		return next(c)
	}
}
