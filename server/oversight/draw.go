package oversight

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/oversight/internal/oversightdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

// oneIn is the share of credited acts that are checked: one in fifty, rounded up.
const oneIn = 50

const seedPurpose = "spot check draw"

// pick gives the places, from 0 and rising, of those of count acts that a seed draws: ceil(count/50). It is Knuth's
// selection sampling (The Art of Computer Programming, volume 2, 3.4.2, algorithm S) on ChaCha8 as math/rand/v2 has
// it: act i is taken when a number below count-i is below how many are still to be taken.
func pick(seed [32]byte, count int) []int {
	random := rand.New(rand.NewChaCha8(seed))
	left := (count + oneIn - 1) / oneIn
	picked := make([]int, 0, left)
	for i := 0; left > 0; i++ {
		if random.Uint64N(uint64(count-i)) < uint64(left) {
			picked = append(picked, i)
			left--
		}
	}
	return picked
}

// monthBounds are the first moment of a month and of the next one; 422 input.invalid for what is no month.
func monthBounds(month string) (from, to time.Time, err error) {
	from, err = time.ParseInLocation(monthForm, month, db.Shanghai)
	if err != nil || from.Format(monthForm) != month {
		return time.Time{}, time.Time{}, fault.InvalidField("month", "月份要写成 2026-11 这样")
	}
	return from, from.AddDate(0, 1, 0), nil
}

// lastMonths are the newest months that are over for long enough that all of their records are sealed, oldest first.
func lastMonths(now time.Time, count int) []string {
	local := now.Add(-settled).In(db.Shanghai)
	months := make([]string, count)
	for i := range months {
		months[i] = time.Date(local.Year(), local.Month()-time.Month(count-i), 1, 0, 0, 0, 0, db.Shanghai).Format(monthForm)
	}
	return months
}

const (
	// settled is how long after a month's end it is drawn.
	settled = 24 * time.Hour
	// monthsBack is how many months are drawn when the job has not run for long.
	monthsBack = 2
	// communitiesAtOnce are drawn in one run of the job.
	communitiesAtOnce = 200
	// sealsAtOnce are read in one query.
	sealsAtOnce = 2000
)

// act is something that gave somebody points or hours, in the order of the community's chain.
type act struct {
	seal     int64
	recordID string
	personID string
	kind     string
	at       int64
}

// DrawSpotChecks draws every community's spot checks of the months that are over, once.
func (s *Service) DrawSpotChecks(ctx context.Context) error {
	var failed []error
	for _, month := range lastMonths(s.DB.Now(), monthsBack) {
		if _, done := s.drawn.Load(month); done {
			continue
		}
		ids, err := s.queries(ctx).CommunitiesToDraw(ctx, oversightdb.CommunitiesToDrawParams{Month: month, Limit: communitiesAtOnce})
		if err != nil {
			return fmt.Errorf("communities to draw: %w", err)
		}
		for _, id := range ids {
			if err := s.drawCommunity(ctx, id, month); err != nil {
				failed = append(failed, fmt.Errorf("draw spot checks of %s in %s: %w", id, month, err))
			}
		}
		if len(ids) == 0 {
			s.drawn.Store(month, true)
		}
		if len(ids) == communitiesAtOnce {
			break // a month is drawn before the next one, which begins where it ends
		}
	}
	return errors.Join(failed...)
}

// drawCommunity draws one community's month. When another runner was faster, that draw is the draw.
func (s *Service) drawCommunity(ctx context.Context, communityID, month string) error {
	draw := oversightdb.SpotCheckDraw{ID: db.NewID(), CommunityID: communityID, Month: month}
	before, err := s.queries(ctx).LastDrawBefore(ctx, oversightdb.LastDrawBeforeParams{CommunityID: communityID, Month: month})
	if err != nil {
		return err
	}
	if len(before) > 0 {
		draw.AfterSeal = before[0].NextAfterSeal
	}
	last, err := s.queries(ctx).LastSeal(ctx, communityID)
	if err != nil {
		return err
	}
	if len(last) > 0 {
		draw.LastSeal = last[0]
	}
	acts, next, err := s.actsOf(ctx, draw)
	if err != nil {
		return err
	}
	draw.NextAfterSeal = next
	seed, err := s.seedOf(ctx, draw, len(acts))
	if err != nil {
		return err
	}
	picked := pick(seed, len(acts))
	draw.Seed, draw.Acts, draw.Picked = hex.EncodeToString(seed[:]), int64(len(acts)), int64(len(picked))
	draw.DrawnAt = db.Millis(s.DB.Now())
	return s.keepDraw(ctx, draw, acts, picked)
}

// seedOf is nobody's to choose: it hangs on the whole ledger up to the last seal, and on the servers' key.
func (s *Service) seedOf(ctx context.Context, draw oversightdb.SpotCheckDraw, acts int) (seed [32]byte, err error) {
	hash := ""
	if draw.LastSeal > 0 {
		hash, err = s.queries(ctx).SealHash(ctx, oversightdb.SealHashParams{CommunityID: draw.CommunityID, Number: draw.LastSeal})
		if err != nil {
			return seed, err
		}
	}
	copy(seed[:], s.Key.MAC(seedPurpose, draw.CommunityID, draw.Month, strconv.Itoa(acts), hash))
	return seed, nil
}

func (s *Service) keepDraw(ctx context.Context, draw oversightdb.SpotCheckDraw, acts []act, picked []int) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.queries(ctx).InsertDraw(ctx, oversightdb.InsertDrawParams(draw)); err != nil {
			return err
		}
		for _, place := range picked {
			one := acts[place]
			err := s.queries(ctx).InsertSpotCheck(ctx, oversightdb.InsertSpotCheckParams{ID: db.NewID(), CommunityID: draw.CommunityID,
				Month: draw.Month, RecordID: one.recordID, Kind: one.kind, PersonID: one.personID})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if db.IsUnique(err) {
		return nil
	}
	return err
}

// actsOf gives the acts of a draw's month between its seals, and after which seal the next month begins at the earliest.
func (s *Service) actsOf(ctx context.Context, draw oversightdb.SpotCheckDraw) (acts []act, next int64, err error) {
	from, to, err := monthBounds(draw.Month)
	if err != nil {
		return nil, 0, err
	}
	next = draw.LastSeal
	for after := draw.AfterSeal; after < draw.LastSeal; after += sealsAtOnce {
		some, err := s.sealedActs(ctx, draw.CommunityID, after, min(after+sealsAtOnce, draw.LastSeal), db.Millis(from))
		if err != nil {
			return nil, 0, err
		}
		for _, one := range some {
			if one.at >= db.Millis(to) {
				next = min(next, one.seal-1)
				continue
			}
			acts = append(acts, one)
		}
	}
	return acts, next, nil
}

// serviceKind is what a spot check calls hours that no points were given for.
const serviceKind = "service"

func (s *Service) sealedActs(ctx context.Context, communityID string, after, last, from int64) ([]act, error) {
	entries, err := s.queries(ctx).EntriesSealed(ctx, oversightdb.EntriesSealedParams{CommunityID: communityID, AfterSeal: after, LastSeal: last, FromTime: from})
	if err != nil {
		return nil, err
	}
	services, err := s.queries(ctx).ServicesSealed(ctx, oversightdb.ServicesSealedParams{CommunityID: communityID, AfterSeal: after, LastSeal: last, FromTime: from})
	if err != nil {
		return nil, err
	}
	var acts []act
	for _, row := range entries {
		if gave := strings.HasSuffix(row.ToAccount, ":"+row.PersonID); gave {
			acts = append(acts, act{row.Number, row.ID, row.PersonID, row.Kind, row.At})
		}
	}
	for _, row := range services {
		acts = append(acts, act{row.Number, row.ID, row.PersonID, serviceKind, row.RecordedAt})
	}
	slices.SortFunc(acts, func(a, b act) int { return cmp.Compare(a.seal, b.seal) })
	return acts, nil
}

// Draw is how a month's spot checks of a community were picked, so that anybody who doubts it can do it again.
type Draw struct {
	RegionID string    `json:"region_id"`
	Month    string    `json:"month"`
	Seed     string    `json:"seed" doc:"32 bytes as hexadecimal digits, of ChaCha8"`
	Acts     int64     `json:"acts" doc:"Credited acts of the month, in the order of the community's chain"`
	Picked   []string  `json:"picked" nullable:"false" doc:"Ids of the records picked"`
	DrawnAt  time.Time `json:"drawn_at"`
	// Repeated is the draw done again, now, from the seed and the ledger.
	Repeated []string `json:"repeated" nullable:"false" doc:"What the same draw picks when it is done again now"`
	Same     bool     `json:"same"`
}

// RepeatDraw does a community's draw of a month again, from its seed; fault.ErrNotFound when there was none.
func (s *Service) RepeatDraw(ctx context.Context, caller web.Caller, communityID, month string) (Draw, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.AnswerSpotChecks, communityID)
	if err != nil {
		return Draw{}, err
	}
	if _, _, err := monthBounds(month); err != nil {
		return Draw{}, err
	}
	row, err := s.queries(ctx).GetDraw(ctx, oversightdb.GetDrawParams{CommunityID: community.ID, Month: month})
	if err != nil {
		return Draw{}, fmt.Errorf("draw of %s: %w", month, db.Found(err))
	}
	draw := Draw{RegionID: community.ID, Month: month, Seed: row.Seed, Acts: row.Acts, DrawnAt: db.Time(row.DrawnAt), Repeated: []string{}}
	draw.Picked, err = s.queries(ctx).SpotChecksOfDraw(ctx, oversightdb.SpotChecksOfDrawParams{CommunityID: community.ID, Month: month})
	if err != nil {
		return Draw{}, err
	}
	var seed [32]byte
	if _, err := hex.Decode(seed[:], []byte(row.Seed)); err != nil {
		return Draw{}, fmt.Errorf("seed of draw %s: %w", row.ID, err)
	}
	acts, _, err := s.actsOf(ctx, row)
	if err != nil {
		return Draw{}, err
	}
	for _, place := range pick(seed, len(acts)) {
		draw.Repeated = append(draw.Repeated, acts[place].recordID)
	}
	draw.Picked = append([]string{}, draw.Picked...)
	draw.Same = slices.Equal(draw.Picked, draw.Repeated) && int64(len(acts)) == row.Acts
	return draw, nil
}
