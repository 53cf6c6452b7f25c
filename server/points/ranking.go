package points

import (
	"context"
	"fmt"
	"sync"
	"time"

	"fivestar/server/points/internal/pointsdb"
)

const (
	// rankingGoodFor is how long a ranking is used before it is read again, so that postings of other servers
	// show. One that took long to read is used for a hundred times as long as that took.
	rankingGoodFor = 3 * time.Second
	// doubtfulGoodFor is how long one is used that may lack, or hold twice, what was posted while it was read.
	doubtfulGoodFor = 500 * time.Millisecond
	// mostRankings are kept; when there would be more, all are let go, and read again as they are asked for.
	mostRankings = 1000
)

// rankings are how the people of communities stand in periods, by all stars together, kept in memory. Only
// those are kept that somebody has asked for.
type rankings struct {
	mutex sync.Mutex
	kept  map[slot]*ranking
}

// ranking is how the people of one community stand in one period.
type ranking struct {
	reading sync.Mutex // held by who reads it again

	mutex   sync.Mutex
	people  *histogram // nil until it has been read
	readAt  time.Time  // when the last reading ended
	goodFor time.Duration
	isBeing bool // read at this moment
	// isDoubtful says that somebody moved during the reading, which may have seen it or not.
	isDoubtful bool
}

func (r *rankings) of(at slot) *ranking {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if known := r.kept[at]; known != nil {
		return known
	}
	if r.kept == nil || len(r.kept) >= mostRankings {
		r.kept = map[slot]*ranking{}
	}
	made := &ranking{}
	r.kept[at] = made
	return made
}

// keptOf gives those rankings of the slots that are kept.
func (r *rankings) keptOf(slots []slot) map[slot]*ranking {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	kept := map[slot]*ranking{}
	for _, at := range slots {
		if known := r.kept[at]; known != nil {
			kept[at] = known
		}
	}
	return kept
}

// ranking gives how the people of a community stand in a period, at most a few seconds old. While one caller
// reads it again the others get it as it was.
func (s *Service) ranking(ctx context.Context, communityID string, period Period) (*ranking, error) {
	at := slot{communityID, string(period), string(allStars)}
	known := s.rankings.of(at)
	if known.isFresh() {
		return known, nil
	}
	if !known.reading.TryLock() {
		if known.isRead() {
			return known, nil
		}
		known.reading.Lock()
	}
	defer known.reading.Unlock()
	if known.isFresh() {
		return known, nil
	}
	return known, s.readRanking(ctx, at, known)
}

func (s *Service) readRanking(ctx context.Context, at slot, into *ranking) error {
	began := time.Now()
	into.begin()
	rows, err := s.store().queries(ctx).Standings(ctx, pointsdb.StandingsParams{CommunityID: at.communityID, Period: at.period})
	if err != nil {
		into.giveUp()
		return fmt.Errorf("read a ranking: %w", err)
	}
	highest := int64(0)
	for _, row := range rows {
		highest = max(highest, row.Earned)
	}
	people := newHistogram(2 * highest) // room to rise
	for _, row := range rows {
		people.add(row.Earned, row.People)
	}
	into.set(people, max(rankingGoodFor, 100*time.Since(began)))
	return nil
}

func (r *ranking) begin() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.isBeing, r.isDoubtful = true, false
}

func (r *ranking) giveUp() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.isBeing, r.goodFor = false, 0
}

func (r *ranking) set(people *histogram, goodFor time.Duration) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.isDoubtful {
		goodFor = doubtfulGoodFor
	}
	r.people, r.readAt, r.goodFor, r.isBeing = people, time.Now(), goodFor, false
}

func (r *ranking) isRead() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.people != nil
}

func (r *ranking) isFresh() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.people != nil && time.Since(r.readAt) < r.goodFor
}

// rank is the place of who has earned so much, 1 for the first: one more than there are people above. Who has
// earned nothing has none, 0.
func (r *ranking) rank(earned int64) int64 {
	if earned <= 0 {
		return 0
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.people.above(earned) + 1
}

// count is how many people have earned anything.
func (r *ranking) count() int64 {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.people.people
}

// move takes a person from what they had earned to what they have now, by a posting that was made at posted
// and has just been committed. When the ranking was read between the two, it may hold the move or not, and is
// to be read again.
func (r *ranking) move(from, to int64, posted time.Time) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.isBeing {
		r.isDoubtful = true
		return
	}
	if r.people == nil {
		return
	}
	if !r.readAt.Before(posted) || !r.people.holds(to) {
		r.goodFor = 0
		return
	}
	if from > 0 {
		r.people.add(from, -1)
	}
	if to > 0 {
		r.people.add(to, 1)
	}
}

// moveInRankings takes a person up or down in the rankings that are kept, once the transaction of ctx, which
// has added amount to what the person earned, is committed. Where no ranking is kept it costs nothing.
func (s *Service) moveInRankings(ctx context.Context, t total) error {
	kept := s.rankings.keptOf(t.slots())
	if len(kept) == 0 || t.earned == 0 {
		return nil
	}
	posted := time.Now()
	var periods []string
	for at := range kept {
		periods = append(periods, at.period)
	}
	rows, err := s.store().queries(ctx).TotalsOfPerson(ctx, pointsdb.TotalsOfPersonParams{PersonID: t.personID, Periods: periods})
	if err != nil {
		return fmt.Errorf("totals of a person: %w", err)
	}
	s.DB.AfterCommit(ctx, func() {
		for _, row := range rows {
			if known := kept[slot{row.CommunityID, row.Period, row.Star}]; known != nil {
				known.move(row.Earned-t.earned, row.Earned, posted)
			}
		}
	})
	return nil
}
