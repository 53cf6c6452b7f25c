package web

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"

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

// MountDocs adds the page to read the contract at, made from the OpenAPI file. It needs nothing from
// outside, so it also works on a machine without the internet. Call it when all routes are mounted.
func (s *Server) MountDocs() {
	var page bytes.Buffer
	err := docsTemplate.Execute(&page, map[string]any{"Calls": s.documentedCalls(), "Schemas": s.API.OpenAPI().Components.Schemas.Map()})
	if err != nil {
		panic(err) // the template does not fit what it shows: seen at the first start, never later
	}
	s.Echo.GET("/api/docs", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		return c.HTMLBlob(http.StatusOK, page.Bytes())
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
