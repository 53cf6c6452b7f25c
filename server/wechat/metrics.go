package wechat

import (
	"errors"
	"path"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// callMetrics is what the client counts.
type callMetrics struct {
	calls *prometheus.CounterVec
}

func newCallMetrics(registerer prometheus.Registerer) *callMetrics {
	return &callMetrics{calls: promauto.With(registerer).NewCounterVec(prometheus.CounterOpts{
		Name: "fivestar_wechat_calls_total",
		Help: "Calls to WeChat, by call and outcome: ok, an errcode, a status (http_500), no_answer.",
	}, []string{"call", "outcome"})}
}

// count counts one call to the path of WeChat's API, of which the library knows a fixed few.
func (m *callMetrics) count(callPath string, err error) {
	m.calls.WithLabelValues(path.Base(callPath), outcome(err)).Inc()
}

func outcome(err error) string {
	var refused *refusal
	switch {
	case err == nil:
		return "ok"
	case !errors.As(err, &refused):
		return "no_answer"
	case refused.ErrCode == 0:
		return "http_" + strconv.Itoa(refused.Status)
	}
	return strconv.FormatInt(refused.ErrCode, 10)
}
