package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// requestMetrics is what the server counts.
type requestMetrics struct {
	duration *prometheus.HistogramVec
	problems *prometheus.CounterVec
}

func newRequestMetrics(registerer prometheus.Registerer) *requestMetrics {
	with := promauto.With(registerer)
	return &requestMetrics{
		duration: with.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "fivestar_http_request_duration_seconds",
			Help:    "How long requests took, by route, method and status.",
			Buckets: []float64{.001, .005, .025, .1, .5, 1, 2.5, 10},
		}, []string{"route", "method", "status"}),
		problems: with.NewCounterVec(prometheus.CounterOpts{
			Name: "fivestar_http_problems_total",
			Help: "Calls that their rooms answered with a problem, by the contract's operation and the problem's code.",
		}, []string{"operation", "code"}),
	}
}

func (m *requestMetrics) observe(route, method string, status int, took time.Duration) {
	m.duration.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *requestMetrics) countProblem(operation, code string) {
	m.problems.WithLabelValues(operation, code).Inc()
}
