package app_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/redis"
	"fivestar/server/web"
)

// operate asks what those who run the server ask, as somebody at address ("" for this machine).
func operate(h *apptest.Harness, path, address string) (status int, body string) {
	h.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, strings.TrimSuffix(h.URL, web.BasePath)+path, nil)
	if err != nil {
		h.Fatal(err)
	}
	if address != "" {
		request.Header.Set("X-Forwarded-For", address)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		h.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func TestHealthTellsThatWeChatIsSimulated(t *testing.T) {
	if status, body := operate(apptest.StartEmpty(t), "/healthz", ""); status != http.StatusOK || !strings.Contains(body, `"wechat":"simulated"`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestReadinessTellsWhatDoesNotAnswer(t *testing.T) {
	h := apptest.StartEmpty(t)
	if status, body := operate(h, "/readyz", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	gone, err := redis.Open(t.Context(), redis.Config{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	answering := h.App.Redis
	h.App.Redis = gone
	t.Cleanup(func() { h.App.Redis = answering })
	status, body := operate(h, "/readyz", "")
	if status != http.StatusOK || !strings.Contains(body, `"database":"ok"`) || !strings.Contains(body, `"redis":"no answer"`) {
		t.Errorf("without Redis, which it can do without: %d %s", status, body)
	}
	if err := h.App.DB.Close(); err != nil {
		t.Fatal(err)
	}
	status, body = operate(h, "/readyz", "")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, `"database":"no answer"`) {
		t.Errorf("without the database: %d %s", status, body)
	}
}

func TestMetricsAreNotForStrangers(t *testing.T) {
	h := apptest.StartEmpty(t)
	operate(h, "/healthz", "") // something to count
	for address, want := range map[string]int{"": 200, "10.1.2.3": 200, "203.0.113.7": 404} {
		status, body := operate(h, "/metrics", address)
		if status != want || (status == 200) != strings.Contains(body, "fivestar_http_request_duration_seconds") {
			t.Errorf("from %q: %d %.200s", address, status, body)
		}
	}
	// Behind a proxy whose word does not count, its own private address tells nothing of who asks.
	request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	request.RemoteAddr = "10.0.0.9:4711"
	request.Header.Set("X-Forwarded-For", "203.0.113.7")
	answer := httptest.NewRecorder()
	h.App.Web.Echo.ServeHTTP(answer, request)
	if answer.Code != http.StatusNotFound {
		t.Errorf("through a proxy that is not trusted: %d", answer.Code)
	}
}

// A server that is told to stop says so to those who ask whether it is ready, goes on answering for a while,
// each answer the last of its connection, and ends when the requests have.
func TestStopInOrder(t *testing.T) {
	h := apptest.StartEmpty(t)
	h.App.Config.Drain = 5 * time.Second
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.App.Serve(ctx, listener) }()
	ask := func(path string) (status int, lastOfConnection bool, body string) {
		t.Helper()
		response, err := http.Get("http://" + listener.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		content, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, response.Close, string(content)
	}
	if status, last, body := ask("/readyz"); status != http.StatusOK || last {
		t.Errorf("before the stop: %d %s, last of its connection: %v", status, body, last)
	}
	stop()
	for end := time.Now().Add(30 * time.Second); !h.App.Web.Stopping(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the server does not stop")
		}
	}
	if status, _, body := ask("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "stopping") {
		t.Errorf("while it stops: %d %s", status, body)
	}
	if status, last, _ := ask("/healthz"); status != http.StatusOK || !last {
		t.Errorf("another request while it stops: %d, last of its connection: %v", status, last)
	}
	if err := <-ended; err != nil {
		t.Errorf("the stop: %v", err)
	}
	if connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", listener.Addr().String()); err == nil {
		connection.Close()
		t.Error("a server that has stopped takes connections")
	}
}
