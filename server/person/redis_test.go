package person_test

import (
	"net/http"
	"testing"

	"github.com/alicebob/miniredis/v2"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
)

// outsideRedis starts the server on a Redis that the test can end.
func outsideRedis(t *testing.T) (*apptest.Harness, *miniredis.Miniredis) {
	server := miniredis.RunT(t)
	return apptest.StartEmpty(t, func(config *app.Config) { config.Redis.Addr = server.Addr() }), server
}

func TestAnEndedRedisLosesNobodysSession(t *testing.T) {
	h, redis := outsideRedis(t)
	me := h.Login("resident")
	me.Get("/me").Want(http.StatusOK)
	redis.Close()
	me.Get("/me").Want(http.StatusOK)
	h.Anonymous().Post("/sessions", loginCode("other")).Want(http.StatusCreated)
	me.Delete("/sessions/current").Want(http.StatusNoContent)
	me.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
}

func TestAnEmptiedRedisLosesNobodysSession(t *testing.T) {
	h, redis := outsideRedis(t)
	me := h.Login("resident")
	me.Get("/me").Want(http.StatusOK)
	redis.FlushAll()
	me.Get("/me").Want(http.StatusOK)
}
