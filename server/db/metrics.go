package db

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Measure registers what an operator sees of the database: the connections of each pool, and how often and how
// long callers waited for one (go_sql_wait_count_total, go_sql_wait_duration_seconds_total).
func (d *DB) Measure(registerer prometheus.Registerer) {
	if d.writer == d.reader {
		registerer.MustRegister(collectors.NewDBStatsCollector(d.writer, "pool"), collectors.NewDBStatsCollector(d.batches, "batches"))
		return
	}
	registerer.MustRegister(collectors.NewDBStatsCollector(d.writer, "writer"), collectors.NewDBStatsCollector(d.reader, "readers"))
}
