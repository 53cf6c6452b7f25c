package points

import (
	"time"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
)

// figures are what is counted of a person or a community in a period.
//
// Earned is what the community gave, less what it took back: every posting counts but spending and the undoing
// of spending, so that balance = earned for ever - spent. An adjustment counts in the period it is made in,
// up and down alike, or a pair of them could make up earnings. A reversal counts in the period of what it
// reverses. So a period in which more was corrected downwards than earned stands below zero.
type figures struct {
	earned  int64
	entries int64 // how many postings are behind earned; a reversal takes one away
	minutes int64
}

func (f figures) plus(other figures) figures {
	return figures{f.earned + other.earned, f.entries + other.entries, f.minutes + other.minutes}
}

// total is what one record adds to the figures of a person in a community, at a time and under a star.
type total struct {
	personID, communityID string
	star                  string
	at                    time.Time // zero: it adds nowhere
	figures
}

func totalOf(entry Entry) total {
	made := total{personID: entry.PersonID, communityID: entry.RegionID, star: string(entry.Star), at: entry.CountedAt}
	if entry.CountedAt.IsZero() {
		return made
	}
	made.figures = figures{earned: entry.Amount, entries: 1}
	if entry.Kind == KindReversal {
		made.entries = -1
	}
	return made
}

func totalOfService(row pointsdb.PointsService) total {
	return total{personID: row.PersonID, communityID: row.CommunityID, star: row.Star, at: db.Time(row.At),
		figures: figures{minutes: row.Minutes}}
}

// allStars is the star of the figures of all stars together.
const allStars region.Star = ""

// stars are the stars that a record under star counts in.
func starsOf(star string) []string {
	if star == string(allStars) {
		return []string{string(allStars)}
	}
	return []string{string(allStars), star}
}

// slot is one of the figures that are kept: of a community, in a period, under a star.
type slot struct {
	communityID, period, star string
}

// slots are all that a record adds to.
func (t total) slots() []slot {
	if t.at.IsZero() {
		return nil
	}
	var slots []slot
	for _, period := range periodsOf(t.at) {
		for _, star := range starsOf(t.star) {
			slots = append(slots, slot{t.communityID, period, star})
		}
	}
	return slots
}
