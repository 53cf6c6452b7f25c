package points

import (
	"errors"
	"fmt"
	"strings"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
)

// stream reads rows in order, a batch at a time.
type stream[T any] struct {
	// fetch gives the rows after one, or from the beginning for nil; none at the end.
	fetch func(after *T) ([]T, error)
	rows  []T
	last  *T
	ended bool
}

// head gives the next row without taking it, or nil at the end.
func (s *stream[T]) head() (*T, error) {
	if len(s.rows) > 0 {
		return &s.rows[0], nil
	}
	if s.ended {
		return nil, nil
	}
	rows, err := s.fetch(s.last)
	if err != nil {
		return nil, err
	}
	s.rows, s.ended = rows, len(rows) == 0
	if s.ended {
		return nil, nil
	}
	last := rows[len(rows)-1]
	s.last = &last
	return &s.rows[0], nil
}

func (s *stream[T]) take() { s.rows = s.rows[1:] }

// each hands every row of one person to look, and leaves the stream at the next person.
func each[T any](s *stream[T], personOf func(*T) string, personID string, look func(T) error) error {
	for {
		head, err := s.head()
		if err != nil || head == nil || personOf(head) != personID {
			return err
		}
		row := *head
		s.take()
		if err := look(row); err != nil {
			return err
		}
	}
}

// peopleWalk is the way along everything that is kept by person, all of it in the order of their ids.
type peopleWalk struct {
	*verification
	entries  stream[pointsdb.WalkEntriesRow]
	services stream[pointsdb.WalkServicesRow]
	accounts stream[pointsdb.PointsAccount]
	totals   stream[pointsdb.PointsTotal]
}

func personOfEntry(row *pointsdb.WalkEntriesRow) string    { return row.PointsEntry.PersonID }
func personOfService(row *pointsdb.WalkServicesRow) string { return row.PointsService.PersonID }
func personOfAccount(row *pointsdb.PointsAccount) string   { return row.PersonID }
func personOfTotal(row *pointsdb.PointsTotal) string       { return row.PersonID }

// people checks every record, and every balance and total against the records behind it.
func (v *verification) people() error {
	walk := &peopleWalk{verification: v}
	walk.entries.fetch = func(after *pointsdb.WalkEntriesRow) ([]pointsdb.WalkEntriesRow, error) {
		query := pointsdb.WalkEntriesParams{Limit: verifyBatch}
		if after != nil {
			query.PersonID, query.ID = after.PointsEntry.PersonID, after.PointsEntry.ID
		}
		return v.queries.WalkEntries(v.ctx, query)
	}
	walk.services.fetch = func(after *pointsdb.WalkServicesRow) ([]pointsdb.WalkServicesRow, error) {
		query := pointsdb.WalkServicesParams{Limit: verifyBatch}
		if after != nil {
			query.PersonID, query.ID = after.PointsService.PersonID, after.PointsService.ID
		}
		return v.queries.WalkServices(v.ctx, query)
	}
	walk.accounts.fetch = func(after *pointsdb.PointsAccount) ([]pointsdb.PointsAccount, error) {
		query := pointsdb.WalkAccountsParams{Limit: verifyBatch}
		if after != nil {
			query.PersonID, query.ID = after.PersonID, after.ID
		}
		return v.queries.WalkAccounts(v.ctx, query)
	}
	walk.totals.fetch = walk.totalsAfter
	return walk.run()
}

// totalsAfter gives all totals of the next few people.
func (w *peopleWalk) totalsAfter(after *pointsdb.PointsTotal) ([]pointsdb.PointsTotal, error) {
	const people = 50
	query := pointsdb.PeopleWithTotalsParams{Limit: people}
	if after != nil {
		query.PersonID = after.PersonID
	}
	ids, err := w.queries.PeopleWithTotals(w.ctx, query)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return w.queries.AllTotalsOfPeople(w.ctx, ids)
}

func (w *peopleWalk) run() error {
	issuing, err := w.issuing()
	if err != nil {
		return err
	}
	for {
		personID, ok, err := w.nextPerson()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := w.person(personID); err != nil {
			return err
		}
	}
	for _, id := range sortedKeys(w.issued) {
		if w.issued[id] != issuing[id] {
			w.found(Finding{Problem: fmt.Sprintf("account %s has %d, but its entries make %d", id, issuing[id], w.issued[id])})
		}
		delete(issuing, id)
	}
	for _, id := range sortedKeys(issuing) {
		if issuing[id] != 0 {
			w.found(Finding{Problem: fmt.Sprintf("account %s has %d, but no entries", id, issuing[id])})
		}
	}
	return nil
}

// issuing are the accounts that belong to no person, which come first.
func (w *peopleWalk) issuing() (map[string]int64, error) {
	balances := map[string]int64{}
	err := each(&w.accounts, personOfAccount, "", func(row pointsdb.PointsAccount) error {
		balances[row.ID] = row.Balance
		w.sum += row.Balance
		return nil
	})
	return balances, err
}

// nextPerson is the first in order of those that any of the streams goes on with.
func (w *peopleWalk) nextPerson() (personID string, ok bool, err error) {
	first := func(id string, there bool, headErr error) {
		err = errors.Join(err, headErr)
		if there && (!ok || id < personID) {
			personID, ok = id, true
		}
	}
	first(headOf(&w.entries, personOfEntry))
	first(headOf(&w.services, personOfService))
	first(headOf(&w.accounts, personOfAccount))
	first(headOf(&w.totals, personOfTotal))
	return personID, ok, err
}

func headOf[T any](s *stream[T], personOf func(*T) string) (personID string, there bool, err error) {
	head, err := s.head()
	if err != nil || head == nil {
		return "", false, err
	}
	return personOf(head), true, nil
}

// person checks all that is kept of one person.
func (w *peopleWalk) person(personID string) error {
	held, sums := map[string]int64{}, map[slot]figures{}
	add := func(t total) {
		for _, slot := range t.slots() {
			sums[slot] = sums[slot].plus(t.figures)
		}
	}
	err := each(&w.entries, personOfEntry, personID, func(walked pointsdb.WalkEntriesRow) error {
		row := walked.PointsEntry
		held[row.ToAccount] += row.Amount
		held[row.FromAccount] -= row.Amount
		add(totalOf(entryOf(row)))
		w.report.Entries++
		w.looked(1)
		w.checkSealed(row.ID, row.CommunityID, personID, row.At, walked.SealNumber)
		return w.checkEntry(row)
	})
	if err != nil {
		return err
	}
	err = each(&w.services, personOfService, personID, func(walked pointsdb.WalkServicesRow) error {
		row := walked.PointsService
		add(totalOfService(row))
		w.report.Services++
		w.looked(1)
		w.checkSealed(row.ID, row.CommunityID, personID, row.RecordedAt, walked.SealNumber)
		return w.checkService(row)
	})
	if err != nil {
		return err
	}
	if err := w.checkAccounts(personID, held); err != nil {
		return err
	}
	return w.checkTotals(personID, sums)
}

// checkSealed tells of a record that should have been sealed by now.
func (w *peopleWalk) checkSealed(id, communityID, personID string, at, number int64) {
	if number == 0 && db.Time(at).Before(w.now.Add(-sealWithin)) {
		w.found(Finding{id, communityID, personID, fmt.Sprintf("not sealed within %s", sealWithin)})
	}
}

// checkEntry tells what is wrong with an entry.
func (w *peopleWalk) checkEntry(row pointsdb.PointsEntry) error {
	problems := problemsOf(row)
	if row.Mac != w.s.mac(entryParts(row)) {
		problems = append(problems, "altered, or written without the key")
	}
	if row.Kind == string(KindReversal) {
		reversed, err := w.queries.GetEntries(w.ctx, []string{row.ReversesID})
		if err != nil {
			return fmt.Errorf("entry that was reversed: %w", err)
		}
		if len(reversed) == 0 {
			problems = append(problems, "reverses entry "+row.ReversesID+", which is missing")
		} else if !isOpposite(row, reversed[0]) {
			problems = append(problems, "is not the opposite of entry "+row.ReversesID+", which it reverses")
		}
	}
	for _, problem := range problems {
		w.found(Finding{row.ID, row.CommunityID, row.PersonID, problem})
	}
	return nil
}

// problemsOf are the rules that an entry breaks by itself.
func problemsOf(row pointsdb.PointsEntry) []string {
	entry := entryOf(row)
	asWritten := rowOf(entry)
	var problems []string
	if row.Amount <= 0 {
		problems = append(problems, fmt.Sprintf("moves %d points, and must move one or more", row.Amount))
	}
	if row.FromAccount != asWritten.FromAccount || row.ToAccount != asWritten.ToAccount {
		problems = append(problems, fmt.Sprintf("moves points from %s to %s, which are not the accounts of its person and community", row.FromAccount, row.ToAccount))
	}
	if mustBeWitnessed(entry) && twoWitnesses(entry.PersonID, entry.Hands, entry.WitnessID) != nil {
		problems = append(problems, "was not confirmed by a second person")
	}
	return problems
}

// mustBeWitnessed tells which entries need a second person: all but what people spend, and reversals, which
// put back what was there.
func mustBeWitnessed(entry Entry) bool {
	return entry.Kind != KindRedemption && entry.Kind != KindReversal
}

// isOpposite tells whether a reversal undoes exactly the entry that it names.
func isOpposite(reversal, reversed pointsdb.PointsEntry) bool {
	return reversed.Kind != string(KindReversal) && reversal.SourceID == reversed.ID &&
		reversal.FromAccount == reversed.ToAccount && reversal.ToAccount == reversed.FromAccount && reversal.Amount == reversed.Amount &&
		reversal.Star == reversed.Star && reversal.CountedAt == reversed.CountedAt
}

// checkService tells what is wrong with a service record.
func (w *peopleWalk) checkService(row pointsdb.PointsService) error {
	var problems []string
	if row.Mac != w.s.mac(serviceParts(row)) {
		problems = append(problems, "altered, or written without the key")
	}
	takes, isTakingBack := strings.CutPrefix(row.SourceID, takenBack)
	if !isTakingBack && twoWitnesses(row.PersonID, idsOf(row.Hands), row.WitnessID) != nil {
		problems = append(problems, "was not confirmed by a second person")
	}
	if isTakingBack {
		taken, err := w.queries.GetServices(w.ctx, []string{takes})
		if err != nil {
			return fmt.Errorf("service record that was taken back: %w", err)
		}
		if len(taken) == 0 || taken[0].Minutes != -row.Minutes || taken[0].PersonID != row.PersonID {
			problems = append(problems, "is not the opposite of service record "+takes+", which it takes back")
		}
	}
	for _, problem := range problems {
		w.found(Finding{row.ID, row.CommunityID, row.PersonID, problem})
	}
	return nil
}

// checkAccounts compares a person's balances with the entries, and hands what the entries say of other
// accounts on to the end.
func (w *peopleWalk) checkAccounts(personID string, held map[string]int64) error {
	err := each(&w.accounts, personOfAccount, personID, func(row pointsdb.PointsAccount) error {
		finding := Finding{CommunityID: row.CommunityID, PersonID: personID}
		if row.Balance != held[row.ID] {
			finding.Problem = fmt.Sprintf("account %s has %d, but its entries make %d", row.ID, row.Balance, held[row.ID])
			w.found(finding)
		}
		if row.Balance < 0 {
			finding.Problem = fmt.Sprintf("account %s is below zero: %d", row.ID, row.Balance)
			w.found(finding)
		}
		w.sum += row.Balance
		delete(held, row.ID)
		return nil
	})
	for _, id := range sortedKeys(held) {
		if strings.HasSuffix(id, ":"+personID) {
			w.found(Finding{PersonID: personID, Problem: fmt.Sprintf("account %s is missing, and its entries make %d", id, held[id])})
			continue
		}
		w.issued[id] += held[id]
	}
	return err
}

// checkTotals compares a person's totals with the records.
func (w *peopleWalk) checkTotals(personID string, sums map[slot]figures) error {
	err := each(&w.totals, personOfTotal, personID, func(row pointsdb.PointsTotal) error {
		at := slot{row.CommunityID, row.Period, row.Star}
		w.compare(Finding{CommunityID: row.CommunityID, PersonID: personID}, at, figures{row.Earned, row.Entries, row.Minutes}, sums[at])
		delete(sums, at)
		return nil
	})
	w.compareRest(Finding{PersonID: personID}, sums)
	return err
}
