package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fivestar/server/app/apptest"
	"fivestar/server/web"
)

// visit asks for a page outside the contract, and tells where it leads ("" for nowhere).
func visit(h *apptest.Harness, path string) (status int, location string) {
	h.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(strings.TrimSuffix(h.URL, web.BasePath) + path)
	if err != nil {
		h.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode, response.Header.Get("Location")
}

func TestVisitorsAreLedToThePreview(t *testing.T) {
	h := apptest.StartEmpty(t)
	h.App.Config.Preview = t.TempDir()
	if _, got := visit(h, "/"); got != "/api/docs" {
		t.Errorf("without a preview / leads to %q", got)
	}
	if got, _ := visit(h, "/preview/"); got != http.StatusNotFound {
		t.Errorf("without a preview /preview/ answers %d", got)
	}

	page := []byte("<!doctype html><title>预览</title>")
	if err := os.WriteFile(filepath.Join(h.App.Config.Preview, "index.html"), page, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, got := visit(h, "/"); got != "/preview/" {
		t.Errorf("/ leads to %q", got)
	}
	if got, _ := visit(h, "/preview/"); got != http.StatusOK {
		t.Errorf("the preview answers %d", got)
	}
	if _, got := visit(h, "/tickets/T1&as=admin"); got != "/preview/#/pages/ticket/detail/index?id=T1%26as%3Dadmin" {
		t.Errorf("a printed ticket leads to %q", got)
	}
}

func TestWithAWeChatAccountThereIsNoPreview(t *testing.T) {
	h := apptest.StartEmpty(t)
	h.App.Config.WeChat.AppID = "wx0000000000000000"
	if _, got := visit(h, "/"); got != "/api/docs" {
		t.Errorf("/ leads to %q", got)
	}
	if got, _ := visit(h, "/tickets/T1"); got != http.StatusOK {
		t.Errorf("a printed ticket answers %d", got)
	}
}
