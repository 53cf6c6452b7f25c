package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// requestMetrics is what the server counts.
type requestMetrics struct {
	duration   *prometheus.HistogramVec
	statements *prometheus.HistogramVec
	problems   *prometheus.CounterVec
}

func newRequestMetrics(registerer prometheus.Registerer) *requestMetrics {
	with := promauto.With(registerer)
	return &requestMetrics{
		duration: with.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "fivestar_http_request_duration_seconds",
			Help:    "How long requests took, by route, method and status.",
			Buckets: []float64{.001, .005, .025, .1, .5, 1, 2.5, 10},
		}, []string{"route", "method", "status"}),
		statements: with.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "fivestar_http_request_statements",
			Help:    "How many statements requests sent to the database, by route and method.",
			Buckets: []float64{0, 2, 4, 8, 16, 32, 64},
		}, []string{"route", "method"}),
		problems: with.NewCounterVec(prometheus.CounterOpts{
			Name: "fivestar_http_problems_total",
			Help: "Calls that were answered with a problem, by the contract's operation and the problem's code.",
		}, []string{"operation", "code"}),
	}
}

func (m *requestMetrics) observe(route, method string, status int, took time.Duration, statements int64) {
	m.duration.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
	m.statements.WithLabelValues(route, method).Observe(float64(statements))
}

func (m *requestMetrics) countProblem(operation, code string) {
	m.problems.WithLabelValues(operation, code).Inc()
}
