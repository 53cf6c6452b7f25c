package web

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

//go:embed docs.html
var docsHTML string

var docsTemplate = template.Must(template.New("docs").Funcs(template.FuncMap{"json": indented}).Parse(docsHTML))

type documentedCall struct {
	Method    string
	Path      string
	Operation *huma.Operation
}

// MountDocs adds the page to read the contract at, made from the OpenAPI file when it is first asked for. It
// needs nothing from outside, so it also works on a machine without the internet. Call it when all routes are
// mounted.
func (s *Server) MountDocs() {
	page := sync.OnceValues(func() ([]byte, error) {
		var page bytes.Buffer
		err := docsTemplate.Execute(&page, map[string]any{"Calls": s.documentedCalls(), "Schemas": s.API.OpenAPI().Components.Schemas.Map()})
		return page.Bytes(), err
	})
	s.Echo.GET("/api/docs", func(c echo.Context) error {
		content, err := page()
		if err != nil {
			return fmt.Errorf("make the page of the contract: %w", err)
		}
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		return c.HTMLBlob(http.StatusOK, content)
	})
}

func (s *Server) documentedCalls() []documentedCall {
	var calls []documentedCall
	for path, item := range s.API.OpenAPI().Paths {
		for _, operation := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if operation != nil {
				calls = append(calls, documentedCall{Method: operation.Method, Path: path, Operation: operation})
			}
		}
	}
	slices.SortFunc(calls, func(a, b documentedCall) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return calls
}

func indented(value any) (string, error) {
	text, err := json.MarshalIndent(value, "", "  ")
	return string(text), err
}
