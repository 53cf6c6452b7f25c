//go:build cluster

package cluster

import (
	"slices"
	"testing"
	"time"
)

const sealed = `fivestar_job_last_success_timestamp_seconds{job="seal the ledger"}`

// leaders are the servers that run the jobs, of those that answer.
func (s *servers) leaders() (leading []*server) {
	for _, one := range s.all {
		if one.metric("fivestar_jobs_leader") == 1 {
			leading = append(leading, one)
		}
	}
	return leading
}

// wantOneLeader waits until one server runs the jobs and has run the one that comes every second since then.
func (s *servers) wantOneLeader() *server {
	s.Helper()
	since := float64(time.Now().Unix())
	var leading []*server
	eventually(s.T, "one server runs the jobs", func() bool {
		leading = s.leaders()
		return len(leading) == 1 && leading[0].metric(sealed) > since
	})
	return leading[0]
}

// The server that runs the jobs is killed, and the next one stopped: another goes on each time. A killed one's
// jobs stay undone for at most 15 seconds.
func TestJobsAreTakenOver(t *testing.T) {
	s := startServers(t, 3)
	first := s.wantOneLeader()
	if standing := slices.DeleteFunc(slices.Clone(s.all), func(one *server) bool { return one == first }); standing[0].metric(sealed) != -1 || standing[1].metric(sealed) != -1 {
		t.Error("a server runs the jobs that was not elected")
	}
	first.kill()
	killed := time.Now()
	for leading := s.leaders(); len(leading) == 0 || leading[0].metric(sealed) < float64(killed.Unix()); leading = s.leaders() {
		if time.Since(killed) > 15*time.Second {
			t.Fatal("nobody has run a job 15 seconds after their server was killed")
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Logf("taken over after %s", time.Since(killed).Round(100*time.Millisecond))
	second := s.wantOneLeader()
	if second == first {
		t.Fatal("a killed server runs the jobs")
	}
	second.stop()
	third := s.wantOneLeader()
	first.start()
	if s.wantOneLeader() != third {
		t.Error("a server that is started takes the jobs from the one that runs them")
	}
}

// Without Redis nobody can be elected, and what people were promised is done all the same. Redis comes back
// and one server goes on.
func TestJobsAreRunWithoutRedis(t *testing.T) {
	s := startServers(t, 2)
	s.wantOneLeader()
	if err := s.redis.Kill(); err != nil {
		t.Fatal(err)
	}
	since := float64(time.Now().Unix())
	eventually(t, "every server runs the jobs", func() bool {
		return len(s.leaders()) == 2 && s.all[0].metric(sealed) > since && s.all[1].metric(sealed) > since
	})
	for _, one := range s.all {
		if failed := one.metric(`fivestar_job_failures_total{job="seal the ledger"}`); failed > 0 {
			t.Errorf("sealing failed %v times", failed)
		}
	}
	if err := s.redis.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.wantOneLeader()
	s.verifyLedger()
}
