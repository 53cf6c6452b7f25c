package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

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
}
