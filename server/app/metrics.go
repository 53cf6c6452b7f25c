package app

import (
	"github.com/prometheus/client_golang/prometheus"

	"fivestar/server/db"
)

// groupMetrics tells how busy the groups are that store hot things together.
type groupMetrics struct {
	db *db.DB
}

var (
	groupQueueDepth = prometheus.NewDesc("fivestar_group_queue_depth", "How many wait to be stored together with others.", []string{"group"}, nil)
	groupRefused    = prometheus.NewDesc("fivestar_group_refused_total", "How many were sent away because too many waited.", []string{"group"}, nil)
	groupRuns       = prometheus.NewDesc("fivestar_group_runs_total", "How many groups were stored.", []string{"group"}, nil)
	groupMembers    = prometheus.NewDesc("fivestar_group_members_total", "How many were stored in groups.", []string{"group"}, nil)
)

// Describe and Collect are what Prometheus asks of a collector.
func (m groupMetrics) Describe(descriptions chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(m, descriptions)
}

func (m groupMetrics) Collect(metrics chan<- prometheus.Metric) {
	for _, group := range m.db.Groups() {
		metrics <- prometheus.MustNewConstMetric(groupQueueDepth, prometheus.GaugeValue, float64(group.Waiting), group.Name)
		metrics <- prometheus.MustNewConstMetric(groupRefused, prometheus.CounterValue, float64(group.Refused), group.Name)
		metrics <- prometheus.MustNewConstMetric(groupRuns, prometheus.CounterValue, float64(group.Runs), group.Name)
		metrics <- prometheus.MustNewConstMetric(groupMembers, prometheus.CounterValue, float64(group.Members), group.Name)
	}
}
