package apptest

import (
	"net/http"
	"strconv"
	"strings"

	"fivestar/server/web"
)

// Statements is how many statements call sent to the database, which is one call of method and route, a path
// with its :parameters. It is what the server's own metrics say.
func (h *Harness) Statements(method, route string, call func()) int {
	h.Helper()
	before := h.statements(method, route)
	call()
	return h.statements(method, route) - before
}

func (h *Harness) statements(method, route string) int {
	h.Helper()
	metrics := h.Anonymous().Get(strings.TrimSuffix(h.URL, web.BasePath) + "/metrics").Want(http.StatusOK)
	series := `fivestar_http_request_statements_sum{method="` + method + `",route="` + web.BasePath + route + `"} `
	for line := range strings.Lines(string(metrics.Body)) {
		if value, found := strings.CutPrefix(line, series); found {
			sum, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				h.Fatalf("%s: %v", line, err)
			}
			return int(sum)
		}
	}
	return 0
}
