package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/oversight/internal/oversightdb"
)

// The sources are tables whose rows are only ever added, each looked through by its ids.
const (
	sourceActs    = "audit_entry"
	sourceClaims  = "claim_event"
	sourceEntries = "points_entry"
)

const (
	// rowsAtOnce are looked at in one run, of each source. Half of them are new.
	rowsAtOnce = 4000
	// candidates is how many photos a photo is compared with at most.
	candidates = 300
	// approvalsBack is how many of a person's approvals are looked at.
	approvalsBack = 300
	idsAtOnce     = 200
)

// FindOddCases looks through what is new since the last run. What it finds again it leaves as it is.
func (s *Service) FindOddCases(ctx context.Context) error {
	return errors.Join(
		s.search(ctx, sourceActs, s.amongActs),
		s.search(ctx, sourceClaims, s.amongClaims),
		s.search(ctx, sourceEntries, s.amongEntries),
	)
}

// search has look at the rows after an id, which gives the last id it has seen. Two runs see each row: a row whose
// transaction ended after a later row was seen is found by the second. What fails at one row keeps no other waiting:
// it is told, and looked at again by the second run. While the database is away nothing is passed over.
func (s *Service) search(ctx context.Context, source string, look func(ctx context.Context, after string) (last string, err error)) error {
	at, err := s.searched(ctx, source)
	if err != nil {
		return fmt.Errorf("search %s: %w", source, err)
	}
	last, failed := look(ctx, at.LookedTwice)
	if failed != nil {
		failed = fmt.Errorf("search %s: %w", source, failed)
	}
	if db.IsAway(failed) || ctx.Err() != nil {
		return failed
	}
	if last = max(last, at.LookedTwice); last == at.LookedOnce && last == at.LookedTwice {
		return failed
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.queries(ctx).MoveSearch(ctx, oversightdb.MoveSearchParams{Source: source, LookedOnce: last,
			LookedTwice: min(at.LookedOnce, last), FromOnce: at.LookedOnce, FromTwice: at.LookedTwice})
	})
	return errors.Join(failed, err)
}

// searched tells how far a source has been looked through.
func (s *Service) searched(ctx context.Context, source string) (oversightdb.OddCaseSearch, error) {
	rows, err := s.queries(ctx).GetSearch(ctx, source)
	if err != nil || len(rows) > 0 {
		return append(rows, oversightdb.OddCaseSearch{})[0], err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.queries(ctx).InsertSearch(ctx, oversightdb.InsertSearchParams{Source: source})
	})
	if db.IsUnique(err) {
		err = nil
	}
	return oversightdb.OddCaseSearch{Source: source}, err
}

// keep stores a case that was found; one that is known stays as it is.
func (s *Service) keep(ctx context.Context, one found) error {
	reasons, err := json.Marshal(one.reasons)
	if err != nil {
		return err
	}
	people := slices.Compact(slices.Sorted(slices.Values(one.people)))
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		id := db.NewID()
		err := s.queries(ctx).InsertOddCase(ctx, oversightdb.InsertOddCaseParams{ID: id, CommunityID: one.communityID, Kind: string(one.kind),
			SubjectKey: one.key, Reasons: string(reasons), FoundAt: db.Millis(s.DB.Now())})
		if err != nil {
			return err
		}
		for _, personID := range people {
			if err := s.queries(ctx).InsertOddCasePerson(ctx, oversightdb.InsertOddCasePersonParams{CaseID: id, PersonID: personID}); err != nil {
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

// amongActs looks at the activities that were closed.
func (s *Service) amongActs(ctx context.Context, after string) (last string, err error) {
	rows, err := s.queries(ctx).ActsAfter(ctx, oversightdb.ActsAfterParams{ID: after, Limit: rowsAtOnce})
	if err != nil {
		return "", err
	}
	seen := map[string]bool{}
	var failed []error
	for _, row := range rows {
		last = row.ID
		if row.Act != "activity.closed" || seen[row.SubjectID] {
			continue
		}
		seen[row.SubjectID] = true
		failed = append(failed, s.lookAtActivity(ctx, row.SubjectID))
	}
	return last, errors.Join(failed...)
}

func (s *Service) lookAtActivity(ctx context.Context, id string) error {
	activity, err := s.queries(ctx).ClosedActivity(ctx, id)
	if err != nil {
		return err
	}
	rows, err := s.queries(ctx).PhonesOf(ctx, id)
	if err != nil {
		return err
	}
	checkIns := make([]checkIn, len(rows))
	for i, row := range rows {
		checkIns[i] = checkIn{row.ID, row.PersonID, row.DeviceDigest}
	}
	for _, phone := range sharedPhones(checkIns) {
		people := peopleOf(phone)
		err := s.keep(ctx, found{kind: SharedPhone, communityID: activity.RegionID, key: id + ":" + phone[0].id, people: people[:min(len(people), mostNamed)],
			reasons: []Reason{{fmt.Sprintf("活动「%s」里，%d个人用同一部手机签到", activity.Title, len(people)), "activity", id}}})
		if err != nil {
			return err
		}
	}
	return s.lookForOverlaps(ctx, activity)
}

func (s *Service) lookForOverlaps(ctx context.Context, activity oversightdb.ClosedActivityRow) error {
	rows, err := s.queries(ctx).StaysBeside(ctx, oversightdb.StaysBesideParams{ActivityID: activity.ID, EndsAt: activity.EndsAt, StartsAt: activity.StartsAt})
	if err != nil {
		return err
	}
	for _, row := range rows {
		mine := stayOf(db.Time(row.MineIn), db.Time(row.MineOut), db.Time(activity.EndsAt))
		other := stayOf(db.Time(row.OtherIn), db.Time(row.OtherOut), db.Time(row.EndsAt))
		both := together(mine, other)
		if both < leastOverlap {
			continue
		}
		err := s.keep(ctx, found{kind: Overlap, communityID: activity.RegionID, key: min(row.MineID, row.OtherID) + ":" + max(row.MineID, row.OtherID),
			people: []string{row.PersonID}, reasons: []Reason{
				{fmt.Sprintf("%s，活动「%s」的时长", dayText(mine.from), activity.Title), "activity", activity.ID},
				{fmt.Sprintf("和活动「%s」的时长，有%s重在一起", row.Title, durationText(both)), "activity", row.OtherActivityID},
			}})
		if err != nil {
			return err
		}
	}
	return nil
}

// amongClaims looks at who approved, and at the photos handed in.
func (s *Service) amongClaims(ctx context.Context, after string) (last string, err error) {
	rows, err := s.queries(ctx).ClaimEventsAfter(ctx, oversightdb.ClaimEventsAfterParams{ID: after, Limit: rowsAtOnce})
	if err != nil {
		return "", err
	}
	type desk struct{ reviewer, community string }
	first := map[desk]int64{}
	var failed []error
	for _, row := range rows {
		last = row.ID
		switch row.Act {
		case "submitted":
			failed = append(failed, s.lookAtPhotos(ctx, row))
		case "approved":
			at := desk{row.PersonID, row.RegionID}
			if known, ok := first[at]; !ok || row.At < known {
				first[at] = row.At
			}
		}
	}
	for at, since := range first {
		failed = append(failed, s.lookAtApprovals(ctx, at.reviewer, at.community, db.Time(since)))
	}
	return last, errors.Join(failed...)
}

// lookAtApprovals looks at somebody's approvals in a community since a time, with what led up to it. There is one
// case of a person, a community and a day.
func (s *Service) lookAtApprovals(ctx context.Context, reviewer, communityID string, since time.Time) error {
	rows, err := s.queries(ctx).ApprovalsBy(ctx, oversightdb.ApprovalsByParams{PersonID: reviewer, RegionID: communityID,
		At: db.Millis(since.Add(-leastQuick * readingTime)), Limit: approvalsBack})
	if err != nil {
		return err
	}
	byDay := map[string][]time.Time{}
	for _, row := range slices.Backward(rows) {
		at := db.Time(row.At)
		day := at.In(db.Shanghai).Format(dayForm)
		byDay[day] = append(byDay[day], at)
	}
	for day, times := range byDay {
		count, took := quickRun(times)
		if count == 0 {
			continue
		}
		err := s.keep(ctx, found{kind: QuickApprovals, communityID: communityID, key: reviewer + ":" + communityID + ":" + day, people: []string{reviewer},
			reasons: []Reason{{fmt.Sprintf("%s，%s里一连通过了%d份提交，来不及细看", dayText(times[0]), durationText(max(took, time.Second)), count), "person", reviewer}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// lookAtPhotos looks for the photos of a submission among those that were handed in with other claims before.
func (s *Service) lookAtPhotos(ctx context.Context, event oversightdb.ClaimEventsAfterRow) error {
	var photos []struct{ ID string }
	if event.Photos == "" || json.Unmarshal([]byte(event.Photos), &photos) != nil || len(photos) == 0 {
		return nil
	}
	ids := make([]string, len(photos))
	for i, photo := range photos {
		ids[i] = photo.ID
	}
	hashes, err := s.queries(ctx).HashesOf(ctx, ids)
	if err != nil {
		return err
	}
	repeated := found{kind: SamePhoto, communityID: event.RegionID, key: event.ClaimID, people: []string{event.ClaimantID}}
	for _, hash := range hashes {
		rows, err := s.queries(ctx).PhotosLike(ctx, oversightdb.PhotosLikeParams{Band1: hash.Band1, Band2: hash.Band2, Band3: hash.Band3, Band4: hash.Band4,
			RegionID: event.RegionID, ClaimID: event.ClaimID, FileID: hash.FileID, Limit: candidates})
		if err != nil {
			return err
		}
		for _, row := range rows {
			known := slices.ContainsFunc(repeated.reasons, func(r Reason) bool { return r.SubjectID == row.SubjectID })
			if known || !samePhoto(hash.Hash, row.Hash) || len(repeated.reasons) == mostCompanion {
				continue
			}
			repeated.people = append(repeated.people, row.PersonID)
			repeated.reasons = append(repeated.reasons, Reason{fmt.Sprintf("%s认领的「%s」，交过几乎一样的照片", dayText(db.Time(row.ClaimedAt)), row.Title), "claim", row.SubjectID})
		}
	}
	if len(repeated.reasons) == 0 {
		return nil
	}
	repeated.reasons = append([]Reason{{fmt.Sprintf("%s提交的照片", dayText(db.Time(event.At))), "claim", event.ClaimID}}, repeated.reasons...)
	return s.keep(ctx, repeated)
}

// amongEntries looks at who confirmed points for whom, and at days with many points.
func (s *Service) amongEntries(ctx context.Context, after string) (last string, err error) {
	rows, err := s.queries(ctx).EntriesAfter(ctx, oversightdb.EntriesAfterParams{ID: after, Limit: rowsAtOnce})
	if err != nil {
		return "", err
	}
	pairs := map[pair]oversightdb.EntriesAfterRow{}
	days := map[string]map[string]bool{}
	for _, row := range rows {
		last = row.ID
		day := db.Time(row.At).In(db.Shanghai).Format(dayForm)
		if days[day] == nil {
			days[day] = map[string]bool{}
		}
		days[day][row.PersonID] = true
		if row.WitnessID != "" {
			pairs[pair{row.PersonID, row.WitnessID}] = row
		}
	}
	failed := []error{s.lookForMutualApproval(ctx, pairs)}
	for day, people := range days {
		failed = append(failed, s.lookForJumps(ctx, day, slices.Collect(maps.Keys(people))))
	}
	return last, errors.Join(failed...)
}

func (s *Service) lookForJumps(ctx context.Context, day string, people []string) error {
	for some := range slices.Chunk(people, idsAtOnce) {
		full, err := s.queries(ctx).FullDays(ctx, oversightdb.FullDaysParams{People: some, Day: day, Least: leastJump})
		if err != nil {
			return err
		}
		for _, row := range full {
			if err := s.lookAtDay(ctx, day, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) lookAtDay(ctx context.Context, day string, full oversightdb.FullDaysRow) error {
	at, err := time.ParseInLocation(dayForm, day, db.Shanghai)
	if err != nil {
		return err
	}
	rows, err := s.queries(ctx).DaysOf(ctx, oversightdb.DaysOfParams{PersonID: full.PersonID, CommunityID: full.CommunityID,
		FromDay: at.AddDate(0, 0, -jumpCompared).Format(dayForm), ToDay: day})
	if err != nil {
		return err
	}
	var others []int64
	var best, entries int64
	for _, row := range rows {
		switch {
		case row.Period == day:
			entries = row.Entries
		case len(row.Period) == len(dayForm): // months and quarters sort among the days
			others = append(others, row.Earned)
			best = max(best, row.Earned)
		}
	}
	if !jumped(full.Earned, others) {
		return nil
	}
	return s.keep(ctx, found{kind: PointsJump, communityID: full.CommunityID, key: full.PersonID + ":" + full.CommunityID + ":" + day,
		people: []string{full.PersonID}, reasons: []Reason{{fmt.Sprintf("%s一天得了%d分（%d笔）。前%d天里，最多的一天%d分", dayText(at), full.Earned, entries, jumpCompared, best), "person", full.PersonID}}})
}

// pair is somebody whose points somebody else confirmed.
type pair struct{ person, witness string }

// lookForMutualApproval looks for witnesses whose own points are confirmed by those whom they confirm. Few witnesses
// earn points themselves, so that little is left to be counted.
func (s *Service) lookForMutualApproval(ctx context.Context, pairs map[pair]oversightdb.EntriesAfterRow) error {
	witnesses := map[string]bool{}
	for one := range pairs {
		witnesses[one.witness] = true
	}
	ofWitnesses, err := s.witnessedOf(ctx, slices.Collect(maps.Keys(witnesses)))
	if err != nil {
		return err
	}
	people := map[string]bool{}
	for one := range pairs {
		if ofWitnesses[one.witness].mostlyBy(one.person) {
			people[one.person] = true
		}
	}
	ofPeople, err := s.witnessedOf(ctx, slices.Collect(maps.Keys(people)))
	if err != nil {
		return err
	}
	for one, row := range pairs {
		mine, theirs := ofPeople[one.person], ofWitnesses[one.witness]
		if !mine.mostlyBy(one.witness) || !theirs.mostlyBy(one.person) {
			continue
		}
		first, second := one.person, one.witness
		ofFirst, ofSecond := mine, theirs
		if second < first {
			first, second, ofFirst, ofSecond = second, first, theirs, mine
		}
		err := s.keep(ctx, found{kind: MutualApproval, communityID: row.CommunityID, key: first + ":" + second + ":" + quarterOf(db.Time(row.At)), people: []string{first, second},
			reasons: []Reason{
				{fmt.Sprintf("最近90天，其中一位的%d笔积分里，%d笔由另一位确认", ofFirst.all(), ofFirst[second]), "person", first},
				{fmt.Sprintf("反过来，另一位的%d笔积分里，%d笔由这一位确认", ofSecond.all(), ofSecond[first]), "person", second},
			}})
		if err != nil {
			return err
		}
	}
	return nil
}

// witnessedOf counts who confirmed people's points lately.
func (s *Service) witnessedOf(ctx context.Context, people []string) (map[string]witnessed, error) {
	counts := map[string]witnessed{}
	from := db.Millis(s.DB.Now().Add(-mutualWithin))
	for some := range slices.Chunk(people, idsAtOnce) {
		rows, err := s.queries(ctx).WitnessedOf(ctx, oversightdb.WitnessedOfParams{People: some, FromTime: from})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if counts[row.PersonID] == nil {
				counts[row.PersonID] = witnessed{}
			}
			counts[row.PersonID][row.WitnessID] = row.Entries
		}
	}
	return counts, nil
}
