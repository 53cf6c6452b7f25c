package app

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener := listen(t, "127.0.0.1:0")
	defer listener.Close()
	return listener.Addr().String()
}

func listen(t *testing.T, addr string) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// A running server shows its profiles on debug.addr, never where everybody calls, and nowhere when it is empty.
func TestProfilesAreServedOnTheirOwnAddressOnly(t *testing.T) {
	config, err := LoadConfig("", nil, map[string]any{"data": t.TempDir(), "debug.addr": freeAddr(t)})
	if err != nil {
		t.Fatal(err)
	}
	server, err := New(t.Context(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	public, ended := listen(t, "127.0.0.1:0"), make(chan error, 1)
	go func() { ended <- server.Serve(ctx, public) }()

	if status, _ := get(t, "http://"+public.Addr().String()+"/healthz"); status != http.StatusOK {
		t.Fatalf("the server does not answer: %d", status)
	}
	if status, body := get(t, "http://"+config.Debug.Addr+"/debug/pprof/goroutine?debug=1"); status != http.StatusOK || !strings.Contains(body, "goroutine profile") {
		t.Errorf("profiles: %d %.100s", status, body)
	}
	if status, _ := get(t, "http://"+public.Addr().String()+"/debug/pprof/"); status != http.StatusNotFound {
		t.Errorf("profiles where everybody calls: %d", status)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if connection, err := net.DialTimeout("tcp", config.Debug.Addr, time.Second); err == nil {
		connection.Close()
		t.Error("profiles are served after the server has stopped")
	}
}

func TestNoProfilesUnlessAsked(t *testing.T) {
	served, err := startProfiles("", slog.New(slog.DiscardHandler))
	if err != nil || served != nil {
		t.Errorf("%v, %v", served, err)
	}
}
