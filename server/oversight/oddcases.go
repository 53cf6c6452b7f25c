package oversight

import (
	"context"
	"encoding/json"
	"fmt"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/oversight/internal/oversightdb"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/web"
)

const newestCases = "odd cases"

// OddCases lists those of the communities at or below a region in a state, newest first; of all kinds when kind is
// empty.
func (s *Service) OddCases(ctx context.Context, caller web.Caller, regionID string, state CaseState, kind CaseKind, query web.PageQuery) (web.Page[OddCase], error) {
	_, from, to, err := s.above(ctx, caller, region.DecideOddCases, regionID)
	if err != nil {
		return web.Page[OddCase]{}, err
	}
	before, err := query.BeforeID(newestCases)
	if err != nil {
		return web.Page[OddCase]{}, err
	}
	rows, err := s.queries(ctx).OddCasesBelow(ctx, oversightdb.OddCasesBelowParams{FromPath: from, ToPath: to, State: string(state),
		AnyKind: isEmpty(string(kind)), Kind: string(kind), BeforeID: before, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[OddCase]{}, fmt.Errorf("list odd cases: %w", err)
	}
	page := web.NewPage(newestCases, casesOf(rows), query.Limit, func(c OddCase) []string { return []string{c.ID} })
	return page, s.tellCases(ctx, caller, page.Items)
}

// auditedCase is the kind of an odd case in the audit log.
const auditedCase = "odd_case"

// DecideOddCase takes a case up or dismisses it, once.
//
// Errors: 403 review.own_work for who is named in it; 409 odd_case.decided.
func (s *Service) DecideOddCase(ctx context.Context, caller web.Caller, id string, decision Decision) (OddCase, error) {
	row, err := s.queries(ctx).GetOddCase(ctx, id)
	if err != nil {
		return OddCase{}, fmt.Errorf("odd case: %w", db.Found(err))
	}
	if _, err := s.Regions.Require(ctx, caller, region.DecideOddCases, row.CommunityID); err != nil {
		return OddCase{}, err
	}
	if err := decision.check(); err != nil {
		return OddCase{}, err
	}
	one := casesOf([]oversightdb.OddCase{row})
	if err := s.tellCases(ctx, caller, one); err != nil {
		return OddCase{}, err
	}
	if err := one[0].mayDecide(caller.PersonID); err != nil {
		return OddCase{}, err
	}
	state := stateOfVerdict[decision.Verdict]
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		affected, err := s.queries(ctx).DecideOddCase(ctx, oversightdb.DecideOddCaseParams{State: string(state), Note: decision.Note,
			DecidedBy: caller.PersonID, DecidedAt: db.Millis(s.DB.Now()), ID: id})
		if err := db.One(affected, err, errDecided); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "odd_case." + string(state), SubjectKind: auditedCase, SubjectID: id,
			RegionID: row.CommunityID, Reason: decision.Note, Before: CaseOpen, After: state})
	})
	if err != nil {
		return OddCase{}, err
	}
	row.State, row.Note, row.DecidedBy, row.DecidedAt = string(state), decision.Note, caller.PersonID, db.Millis(s.DB.Now())
	decided := casesOf([]oversightdb.OddCase{row})
	err = s.tellCases(ctx, caller, decided)
	return decided[0], err
}

func casesOf(rows []oversightdb.OddCase) []OddCase {
	cases := make([]OddCase, len(rows))
	for i, row := range rows {
		cases[i] = OddCase{ID: row.ID, Kind: CaseKind(row.Kind), State: CaseState(row.State), RegionID: row.CommunityID, People: []person.Summary{},
			Reasons: reasonsOf(row.Reasons), FoundAt: db.Time(row.FoundAt), Note: row.Note, DecidedAt: db.Time(row.DecidedAt), decidedBy: row.DecidedBy}
	}
	return cases
}

func reasonsOf(text string) []Reason {
	reasons := []Reason{}
	if json.Unmarshal([]byte(text), &reasons) != nil {
		return []Reason{}
	}
	return reasons
}

// tellCases adds what does not stand in the rows: who is named, everybody's names, and what the caller may do.
func (s *Service) tellCases(ctx context.Context, caller web.Caller, cases []OddCase) error {
	if len(cases) == 0 {
		return nil
	}
	places, ids := map[string]int{}, make([]string, len(cases))
	var people, regionIDs []string
	for i, one := range cases {
		places[one.ID], ids[i] = i, one.ID
		people, regionIDs = append(people, one.decidedBy), append(regionIDs, one.RegionID)
	}
	named, err := s.queries(ctx).OddCasePeople(ctx, ids)
	if err != nil {
		return fmt.Errorf("people of odd cases: %w", err)
	}
	for _, row := range named {
		people = append(people, row.PersonID)
	}
	names, err := s.People.Names(ctx, people)
	if err != nil {
		return err
	}
	for _, row := range named {
		one := &cases[places[row.CaseID]]
		one.people = append(one.people, row.PersonID)
		one.People = append(one.People, person.Summary{ID: row.PersonID, Name: names[row.PersonID]})
	}
	regions, err := s.regionsByID(ctx, regionIDs)
	for i := range cases {
		one := &cases[i]
		one.RegionName, one.DecidedBy = regions[one.RegionID].Name, names[one.decidedBy]
		one.MayDecide = one.State == CaseOpen && one.mayDecide(caller.PersonID) == nil
	}
	return err
}
