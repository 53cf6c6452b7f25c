package seed_test

import (
	"testing"
	"time"

	"fivestar/configs"
	"fivestar/server/app/apptest"
	"fivestar/server/seed"
)

func TestQuick(t *testing.T) {
	h := apptest.StartEmpty(t)
	start := time.Now()
	if err := seed.Demo(t.Context(), h.App, configs.Demo); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
}
