package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"
)

// profiles serves pprof on an address of its own. It shows what is in memory: Config.check lets it listen on
// loopback only.
type profiles struct {
	listener net.Listener
	server   *http.Server
}

// startProfiles serves profiles on addr until stop is called; with an empty addr there is nothing to serve.
func startProfiles(addr string, log *slog.Logger) (*profiles, error) {
	if addr == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for profiles (debug.addr): %w", err)
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /debug/pprof/", pprof.Index)
	routes.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	routes.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	routes.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	p := &profiles{listener, &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second}}
	go func() {
		if err := p.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Warn("profiles are no longer served", "cause", err)
		}
	}()
	log.Info("profiles", "url", "http://"+listener.Addr().String()+"/debug/pprof/")
	return p, nil
}

// stop breaks off a profile that is being taken.
func (p *profiles) stop() error {
	if p == nil {
		return nil
	}
	return p.server.Close()
}
