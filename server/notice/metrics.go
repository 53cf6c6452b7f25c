package notice

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fivestar/server/db"
	"fivestar/server/notice/internal/noticedb"
)

// outcomes counts what became of messages on this server.
type outcomes struct {
	total *prometheus.CounterVec
}

func (o outcomes) count(end state, number int64) {
	if o.total != nil {
		o.total.WithLabelValues(string(end)).Add(float64(number))
	}
}

// Measure registers what is watched of the outbox: what this server sent, and what the database says of the rest.
func (s *Service) Measure(registerer prometheus.Registerer) {
	s.outcomes.total = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "fivestar_notice_messages_total", Help: "Messages by what became of them: sent, unknown, dropped, dead, or waiting for another try.",
	}, []string{"outcome"})
	for _, end := range []state{sent, unknown, dropped, dead, waiting} {
		s.outcomes.count(end, 0) // there from the start, or the first would not be seen as an increase
	}
	registerer.MustRegister(s.outcomes.total, depth{s})
}

// depth asks the database, so that every server says the same.
type depth struct {
	service *Service
}

var (
	outboxDepth = prometheus.NewDesc("fivestar_notice_outbox_depth", "Messages that wait to be sent or are on their way.", nil, nil)
	outboxAge   = prometheus.NewDesc("fivestar_notice_outbox_age_seconds", "For how long the message has been due that waits longest.", nil, nil)
	outboxDead  = prometheus.NewDesc("fivestar_notice_dead_letters", "Messages that WeChat would not take.", nil, nil)
)

// measuredWithin bounds the question; without an answer there are no figures.
const measuredWithin = 2 * time.Second

// Describe and Collect are what Prometheus asks of a collector.
func (d depth) Describe(descriptions chan<- *prometheus.Desc) {
	descriptions <- outboxDepth
	descriptions <- outboxAge
	descriptions <- outboxDead
}

func (d depth) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), measuredWithin)
	defer cancel()
	rows, err := noticedb.New(d.service.DB.Querier(ctx)).CountMessages(ctx)
	if err != nil {
		d.service.Log.WarnContext(ctx, "the outbox is not measured", "cause", err)
		return
	}
	var queued, late, letters float64
	for _, row := range rows {
		if state(row.State) == dead {
			letters = float64(row.Messages)
			continue
		}
		queued += float64(row.Messages)
		late = max(late, d.service.DB.Now().Sub(db.Time(row.FirstDueAt)).Seconds())
	}
	for desc, value := range map[*prometheus.Desc]float64{outboxDepth: queued, outboxAge: late, outboxDead: letters} {
		metrics <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value)
	}
}
