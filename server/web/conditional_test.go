package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// told is what GET /told answers, and export a file that is not to be kept.
func (f *fixture) mountTold(told *string) {
	web.Handle(f.Server, web.Route{ID: "told", Method: http.MethodGet, Path: "/told/{id}"},
		func(context.Context, web.Caller, *struct {
			ID string `path:"id"`
		}) (thing, error) {
			if *told == "" {
				return thing{}, fault.ErrNotFound
			}
			return thing{Name: *told}, nil
		})
	type file struct {
		ContentType string `header:"Content-Type"`
		Body        []byte
	}
	web.HandleRaw(f.Server, web.Route{ID: "export", Method: http.MethodGet, Path: "/told/{id}/file"},
		func(context.Context, web.Caller, *struct {
			ID string `path:"id"`
		}) (*file, error) {
			return &file{ContentType: "image/jpeg", Body: []byte(*told)}, nil
		})
}

func TestAnswersThatHaveNotChangedAreNotSentAgain(t *testing.T) {
	f := start(t, generous)
	told := "楼道的灯修好了"
	f.mountTold(&told)
	first := f.call("GET", "/told/1", "", "Authorization", asOne)
	etag := first.header.Get("ETag")
	if first.status != 200 || !strings.HasPrefix(etag, `W/"`) {
		t.Fatalf("%d %v", first.status, first.header)
	}
	for name, want := range map[string]string{"Cache-Control": "private, no-cache", "Vary": "Authorization, X-Card"} {
		if got := strings.Join(first.header.Values(name), ", "); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, asked := range []string{etag, strings.TrimPrefix(etag, "W/"), `"other", ` + etag, "*"} {
		again := f.call("GET", "/told/1", "", "Authorization", asOne, "If-None-Match", asked)
		if again.status != 304 || again.body != "" || again.header.Get("ETag") != etag || again.header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s: %d %q %v", asked, again.status, again.body, again.header)
		}
	}
	told = "又坏了"
	changed := f.call("GET", "/told/1", "", "Authorization", asOne, "If-None-Match", etag)
	if changed.status != 200 || changed.get("name") != told || changed.header.Get("ETag") == etag {
		t.Errorf("%d %s %v", changed.status, changed.body, changed.header)
	}
}

func TestWhatIsRefusedOrNoJSONHasNoETag(t *testing.T) {
	f := start(t, generous)
	told := ""
	f.mountTold(&told)
	missing := f.call("GET", "/told/1", "", "Authorization", asOne, "If-None-Match", "*")
	if missing.status != 404 || missing.get("code") != "not_found" || missing.header.Get("ETag") != "" {
		t.Errorf("a missing thing: %d %s %v", missing.status, missing.body, missing.header)
	}
	if stranger := f.call("GET", "/told/1", "", "If-None-Match", "*"); stranger.status != 401 || stranger.get("code") != "auth.required" {
		t.Errorf("a stranger: %d %s", stranger.status, stranger.body)
	}
	if broken := f.call("GET", "/panic", "", "If-None-Match", "*"); broken.status != 500 || broken.get("code") != "internal" {
		t.Errorf("a panic: %d %s", broken.status, broken.body)
	}
	told = "a picture"
	file := f.call("GET", "/told/1/file", "", "Authorization", asOne)
	if file.status != 200 || file.body != told || file.header.Get("ETag") != "" {
		t.Errorf("a file: %d %s %v", file.status, file.body, file.header)
	}
	if posted := f.call("POST", "/things", `{"name": "a"}`, "Authorization", asOne); posted.status != 201 || posted.header.Get("ETag") != "" {
		t.Errorf("a POST: %d %v", posted.status, posted.header)
	}
}

func TestLongAnswersAreCompressed(t *testing.T) {
	f := start(t, generous)
	told := ""
	f.mountTold(&told)
	get := func(path string) answer {
		return f.call("GET", path, "", "Authorization", asOne, "Accept-Encoding", "gzip")
	}
	told = "短"
	if short := get("/told/1"); short.header.Get("Content-Encoding") != "" || short.get("name") != told {
		t.Errorf("a short answer: %v %s", short.header, short.body)
	}
	told = strings.Repeat("楼道的灯修好了", 200)
	long := get("/told/1")
	if long.header.Get("Content-Encoding") != "gzip" || len(long.body) > len(told)/10 {
		t.Fatalf("a long answer of %d bytes: %v", len(long.body), long.header)
	}
	reader, err := gzip.NewReader(bytes.NewReader([]byte(long.body)))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil || (answer{body: string(plain)}).get("name") != told {
		t.Errorf("not the answer: %v %s", err, plain)
	}
	if plainly := f.call("GET", "/told/1", "", "Authorization", asOne, "Accept-Encoding", "identity"); plainly.get("name") != told {
		t.Errorf("to who takes no gzip: %v", plainly.header)
	}
	unchanged := f.call("GET", "/told/1", "", "Authorization", asOne, "Accept-Encoding", "gzip", "If-None-Match", long.header.Get("ETag"))
	if unchanged.status != 304 || unchanged.body != "" || unchanged.header.Get("Content-Encoding") != "" {
		t.Errorf("unchanged: %d %v", unchanged.status, unchanged.header)
	}
	if file := get("/told/1/file"); file.header.Get("Content-Encoding") != "" || file.body != told {
		t.Errorf("a file: %v", file.header)
	}
}
