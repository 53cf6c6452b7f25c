package app

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// mountOperations adds what those who run the server ask: whether it lives, whether it can work, what it
// counts.
func (a *App) mountOperations() {
	a.Web.Echo.GET("/healthz", a.healthz)
	a.Web.Echo.GET("/readyz", a.readyz)
	metrics := echo.WrapHandler(promhttp.HandlerFor(a.metrics, promhttp.HandlerOpts{}))
	a.Web.Echo.GET("/metrics", func(c echo.Context) error {
		if !isInternal(c.RealIP()) || isForwarded(c) {
			return echo.ErrNotFound
		}
		return metrics(c)
	})
}

// isForwarded tells whether a request came through a proxy whose word does not count: then its address is the
// proxy's, and tells nothing of who asks.
func isForwarded(c echo.Context) bool {
	peer, _, err := net.SplitHostPort(c.Request().RemoteAddr)
	return err != nil || c.Request().Header.Get(echo.HeaderXForwardedFor) != "" && c.RealIP() == peer
}

func (a *App) healthz(c echo.Context) error {
	wechat := "real"
	if a.Config.SimulatedWeChat() {
		wechat = "simulated"
	}
	return c.JSON(http.StatusOK, map[string]string{"status": "ok", "wechat": wechat})
}

// readyz says 503 when requests are to go elsewhere: the server stops, or has no database. Without Redis it
// serves, and so do its neighbours no better: that is told, and takes no server away.
func (a *App) readyz(c echo.Context) error {
	if a.Web.Stopping() {
		return c.JSON(http.StatusServiceUnavailable, map[string]string{"server": "stopping"})
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	answer := map[string]string{"database": "ok", "redis": "ok"}
	status := http.StatusOK
	if err := a.DB.Ping(ctx); err != nil {
		a.log.WarnContext(ctx, "not ready", "part", "database", "cause", err)
		answer["database"], status = "no answer", http.StatusServiceUnavailable
	}
	if err := a.Redis.Ping(ctx).Err(); err != nil {
		answer["redis"] = "no answer"
	}
	return c.JSON(status, answer)
}

// isInternal tells whether an address is of this machine or a private network, where scrapers live.
func isInternal(address string) bool {
	ip := net.ParseIP(address)
	return ip != nil && (ip.IsLoopback() || ip.IsPrivate())
}
