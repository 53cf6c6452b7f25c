package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

const (
	ifNoneMatchHeader = "If-None-Match"
	etagHeader        = "ETag"
)

// conditional gives answers to GET an ETag, and answers 304 to who has that answer already (RFC 9110, 13.1.2).
// The answer is made all the same, so it is as fresh and as guarded as any other: what is spared is the way
// to the phone. An answer that a route keeps from being stored, an export, goes out as it is.
func (s *Server) conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Method != http.MethodGet || !s.answersJSON[c.Path()] {
			return next(c)
		}
		held, err := hold(c, next)
		if err != nil || held.status == 0 {
			return err
		}
		if held.status == http.StatusOK && held.header.Get(echo.HeaderCacheControl) == "" {
			held.markForReuse()
			if etagMatches(c.Request().Header.Get(ifNoneMatchHeader), held.header.Get(etagHeader)) {
				held.header.Del(echo.HeaderContentType)
				held.status, held.body = http.StatusNotModified, bytes.Buffer{}
			}
		}
		return held.send(c)
	}
}

// hold runs the rest of the chain and holds its answer back.
func hold(c echo.Context, next echo.HandlerFunc) (*answer, error) {
	response := c.Response()
	defer c.SetResponse(response) // also for who recovers from a panic
	held := &answer{header: response.Header()}
	c.SetResponse(echo.NewResponse(held, c.Echo()))
	return held, next(c)
}

// markForReuse lets the person's own phone, and nobody between, keep an answer that it asks about each time.
func (a *answer) markForReuse() {
	digest := sha256.Sum256(a.body.Bytes())
	a.header.Set(etagHeader, `W/"`+base64.RawURLEncoding.EncodeToString(digest[:16])+`"`)
	a.header.Set(echo.HeaderCacheControl, "private, no-cache")
	a.header.Add(echo.HeaderVary, echo.HeaderAuthorization+", "+cardHeader)
}

// etagMatches compares as weak tags are compared: by what stands between the quotes.
func etagMatches(asked, etag string) bool {
	for one := range strings.SplitSeq(asked, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

// compressedFrom is the size in bytes that an answer is compressed from.
const compressedFrom = 1024

// compress compresses JSON for who takes gzip. Photos and workbooks are compressed already.
func (s *Server) compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{
		Level: gzip.BestSpeed, MinLength: compressedFrom,
		Skipper: func(c echo.Context) bool { return !s.answersJSON[c.Path()] },
	})
}
