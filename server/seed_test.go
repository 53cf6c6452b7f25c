package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/seed"
)

func TestDemoIsLoadedWhereItBelongs(t *testing.T) {
	yes, no := true, false
	realWeChat := func(config *app.Config) { config.WeChat.AppID, config.WeChat.AppSecret = "wx-of-a-test", "secret" }
	for _, test := range []struct {
		name     string
		flag     *bool
		start    func(h *apptest.Harness)
		options  []apptest.Option
		embedded bool // whether only the embedded database gets it
		loaded   bool
		refused  string
	}{
		{name: "nothing said", embedded: true, loaded: true},
		{name: "asked for", flag: &yes, loaded: true},
		{name: "forbidden", flag: &no},
		{name: "real WeChat", options: []apptest.Option{realWeChat}},
		{name: "asked for with real WeChat", flag: &yes, options: []apptest.Option{realWeChat}, refused: "simulated WeChat"},
		{name: "a city is there", start: found},
		{name: "asked for where a city is there", flag: &yes, start: found},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := apptest.StartEmpty(t, test.options...)
			want := test.loaded && (h.App.DB.Embedded() || !test.embedded)
			if test.start != nil {
				test.start(h)
			}
			command := serveCommand{Demo: test.flag}
			var log bytes.Buffer
			err := command.loadDemo(t.Context(), h.App, slog.New(slog.NewTextHandler(&log, nil)))
			if test.refused == "" && err != nil || test.refused != "" && (err == nil || !strings.Contains(err.Error(), test.refused)) {
				t.Fatalf("error %v, want %q", err, test.refused)
			}
			if _, err := os.Stat(filepath.Join(h.App.Config.Data, seed.CardsFileName)); (err == nil) != want {
				t.Errorf("loaded: %v, want %v", err == nil, want)
			}
			if strings.Contains(log.String(), "FS1:C:") {
				t.Error("the log holds a card's token")
			}
			wantWord := want || test.flag != nil && *test.flag && test.refused == ""
			if (log.Len() > 0) != wantWord {
				t.Errorf("the log says %q", log.String())
			}
		})
	}
}

func found(h *apptest.Harness) {
	h.Helper()
	if _, err := h.App.Regions.FoundCity(h.Context(), "样板市"); err != nil {
		h.Fatal(err)
	}
}

func TestSeedCommandMakesASoundLedger(t *testing.T) {
	folder := t.TempDir()
	command := func(arguments ...string) (out, logs string, err error) {
		var outBuffer, logBuffer bytes.Buffer
		err = run(t.Context(), append([]string{"--data", folder}, arguments...), &outBuffer, &logBuffer)
		return outBuffer.String(), logBuffer.String(), err
	}
	out, logs, err := command("seed", "--people", "40", "--entries", "500", "--communities", "2")
	if err != nil {
		t.Fatalf("%v\n%s", err, logs)
	}
	if !strings.Contains(out, "2 communities, 40 people and 500 entries") || !strings.Contains(logs, "community 1 of 2") {
		t.Errorf("out %q\nlogs %q", out, logs)
	}
	if out, _, err := command("ledger", "verify"); err != nil || !strings.Contains(out, "500 entries in 2 communities") || !strings.Contains(out, " 0 findings") {
		t.Errorf("%v: %s", err, out)
	}
	if _, _, err := command("seed", "--people", "40", "--entries", "500", "--communities", "2"); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("seeded twice: %v", err)
	}
	if _, _, err := command("seed", "--poeple", "40"); err == nil {
		t.Error("a flag that does not exist was taken")
	}
}
