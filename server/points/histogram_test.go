package points

import (
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The histogram of people whose points are in a plain list counts as the list does, through every move.
func TestHistogramCountsAsAListDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		highest := rapid.Int64Range(0, 300).Draw(t, "highest")
		h := newHistogram(highest)
		value := rapid.Int64Range(0, highest)
		people := rapid.SliceOf(value).Draw(t, "people")
		for _, earned := range people {
			h.add(earned, 1)
		}
		for range rapid.IntRange(0, 20).Draw(t, "moves") {
			if len(people) == 0 {
				break
			}
			who, to := rapid.IntRange(0, len(people)-1).Draw(t, "who"), value.Draw(t, "to")
			h.add(people[who], -1)
			h.add(to, 1)
			people[who] = to
		}
		for at := int64(-1); at <= highest+1; at++ {
			above := int64(0)
			for _, earned := range people {
				if earned > max(at, 0) {
					above++
				}
			}
			if got := h.above(at); got != above {
				t.Fatalf("%d people stand above %d of %v, not %d", above, at, people, got)
			}
		}
		if h.people != int64(len(people)) {
			t.Fatalf("%d people, not %d", len(people), h.people)
		}
	})
}

func TestAHistogramStaysWithinItsBound(t *testing.T) {
	h := newHistogram(1 << 40)
	if size := 4 * len(h.nodes); size > 1<<20+4 {
		t.Errorf("%d bytes", size)
	}
	h.add(1<<40, 1)
	h.add(mostValues-2, 1)
	if above := h.above(mostValues - 2); above != 1 {
		t.Errorf("%d stand above the last value but one, want 1", above)
	}
	if !h.holds(1<<50) || newHistogram(5).holds(8) || !newHistogram(5).holds(7) {
		t.Error("a histogram does not know which values it holds")
	}
}

// A move that a reading may have seen or not has the ranking read again; one that it cannot have seen counts.
func TestMovesBesideAReading(t *testing.T) {
	read := func(r *ranking, while func()) {
		r.begin()
		while()
		people := newHistogram(20)
		people.add(10, 1)
		r.set(people, time.Hour)
	}
	nothing := func() {}

	r := &ranking{}
	read(r, nothing)
	r.move(10, 15, time.Now())
	if !r.isFresh() || r.rank(12) != 2 || r.rank(15) != 1 || r.count() != 1 {
		t.Errorf("a move after the reading: fresh %t, rank %d", r.isFresh(), r.rank(12))
	}
	r.move(0, 3, time.Now())
	r.move(3, 0, time.Now())
	if r.count() != 1 {
		t.Errorf("somebody came and went: %d people", r.count())
	}
	r.move(15, 1000, time.Now())
	if r.isFresh() {
		t.Error("a move out of the histogram is taken for one in it")
	}

	r = &ranking{}
	posted := time.Now()
	read(r, nothing)
	r.move(10, 15, posted)
	if r.isFresh() || r.rank(12) != 1 {
		t.Errorf("a reading between the posting and its commit: fresh %t, rank %d", r.isFresh(), r.rank(12))
	}

	r = &ranking{}
	read(r, func() { r.move(10, 15, time.Now()) })
	if r.rank(12) != 1 || r.goodFor != doubtfulGoodFor {
		t.Errorf("a commit during the reading: rank %d, good for %s", r.rank(12), r.goodFor)
	}
}

// BenchmarkRankAmongFiveMillion is the rank of one person; make bench shows it beside its aim of a millisecond and
// a mebibyte.
func BenchmarkRankAmongFiveMillion(b *testing.B) {
	people := newHistogram(mostValues)
	for range 5_000_000 {
		people.add(rand.Int64N(20_000), 1)
	}
	for value := int64(0); b.Loop(); value++ {
		if people.above(value%20_000) > people.people {
			b.Fatal("more people stand above a value than there are")
		}
	}
	b.ReportMetric(float64(4*len(people.nodes))/(1<<20), "MiB")
}
