package oversight

import (
	"context"
	"encoding/json"
	"fmt"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/oversight/internal/oversightdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

const oldestChecks = "spot checks"

// SpotChecks lists those of the communities at or below a region, oldest first; of all states when state is empty.
func (s *Service) SpotChecks(ctx context.Context, caller web.Caller, regionID string, state CheckState, query web.PageQuery) (web.Page[SpotCheck], error) {
	_, from, to, err := s.above(ctx, caller, region.AnswerSpotChecks, regionID)
	if err != nil {
		return web.Page[SpotCheck]{}, err
	}
	after, err := query.AfterID(oldestChecks)
	if err != nil {
		return web.Page[SpotCheck]{}, err
	}
	rows, err := s.queries(ctx).SpotChecksBelow(ctx, oversightdb.SpotChecksBelowParams{
		FromPath: from, ToPath: to, AnyState: isEmpty(string(state)), State: string(state), AfterID: after, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[SpotCheck]{}, fmt.Errorf("list spot checks: %w", err)
	}
	page := web.NewPage(oldestChecks, checksOf(rows), query.Limit, func(c SpotCheck) []string { return []string{c.ID} })
	return page, s.tellChecks(ctx, caller, page.Items)
}

// isEmpty is how a query is told that it need not look at something.
func isEmpty(text string) int64 {
	if text == "" {
		return 1
	}
	return 0
}

// AnswerSpotCheck keeps what a call came to. Who was not reached may be rung again.
//
// Errors: 403 review.own_work for whom it is about, or through whose hands it went; 409 spot_check.answered.
func (s *Service) AnswerSpotCheck(ctx context.Context, caller web.Caller, id string, answer Answer) (SpotCheck, error) {
	row, err := s.queries(ctx).GetSpotCheck(ctx, id)
	if err != nil {
		return SpotCheck{}, fmt.Errorf("spot check: %w", db.Found(err))
	}
	if _, err := s.Regions.Require(ctx, caller, region.AnswerSpotChecks, row.CommunityID); err != nil {
		return SpotCheck{}, err
	}
	if err := answer.check(); err != nil {
		return SpotCheck{}, err
	}
	one := checksOf([]oversightdb.SpotCheck{row})
	if err := s.tellChecks(ctx, caller, one); err != nil {
		return SpotCheck{}, err
	}
	if err := one[0].mayAnswer(caller.PersonID); err != nil {
		return SpotCheck{}, err
	}
	if !one[0].State.takesAnswer() {
		return SpotCheck{}, errAnswered
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		affected, err := s.queries(ctx).MoveSpotCheck(ctx, oversightdb.MoveSpotCheckParams{State: string(answer.Outcome), ID: id, FromState: row.State})
		if err := db.One(affected, err, errAnswered); err != nil {
			return err
		}
		err = s.queries(ctx).InsertSpotCheckCall(ctx, oversightdb.InsertSpotCheckCallParams{ID: db.NewID(), SpotCheckID: id,
			Outcome: string(answer.Outcome), Note: answer.Note, CalledBy: caller.PersonID, At: db.Millis(s.DB.Now())})
		if err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "spot_check.answered", SubjectKind: "spot_check", SubjectID: id,
			RegionID: row.CommunityID, Before: row.State, After: answer.Outcome})
	})
	if err != nil {
		return SpotCheck{}, err
	}
	row.State = string(answer.Outcome)
	one = checksOf([]oversightdb.SpotCheck{row})
	return one[0], s.tellCheck(ctx, caller, &one[0])
}

func (s *Service) tellCheck(ctx context.Context, caller web.Caller, check *SpotCheck) error {
	one := []SpotCheck{*check}
	err := s.tellChecks(ctx, caller, one)
	*check = one[0]
	return err
}

// SpotCheckFigures counts a region's spot checks of a month; of the last month drawn when month is empty.
func (s *Service) SpotCheckFigures(ctx context.Context, caller web.Caller, regionID, month string) (CheckFigures, error) {
	_, from, to, err := s.above(ctx, caller, region.AnswerSpotChecks, regionID)
	if err != nil {
		return CheckFigures{}, err
	}
	if month == "" {
		month = lastMonths(s.DB.Now(), 1)[0]
	}
	if _, _, err := monthBounds(month); err != nil {
		return CheckFigures{}, err
	}
	figures := CheckFigures{Month: month}
	rows, err := s.queries(ctx).CountSpotChecks(ctx, oversightdb.CountSpotChecksParams{FromPath: from, ToPath: to, Month: month})
	if err != nil {
		return CheckFigures{}, fmt.Errorf("count spot checks: %w", err)
	}
	for _, row := range rows {
		figures.count(CheckState(row.State), row.Checks)
	}
	figures.rate()
	drawn, err := s.queries(ctx).CountActsDrawn(ctx, oversightdb.CountActsDrawnParams{FromPath: from, ToPath: to, Month: month})
	figures.Acts, figures.Drawn = drawn.Acts, drawn.Draws > 0
	return figures, err
}

func checksOf(rows []oversightdb.SpotCheck) []SpotCheck {
	checks := make([]SpotCheck, len(rows))
	for i, row := range rows {
		checks[i] = SpotCheck{ID: row.ID, State: CheckState(row.State), Month: row.Month, RegionID: row.CommunityID,
			About: CheckedAct{RecordID: row.RecordID, Kind: row.Kind}, Calls: []CheckCall{}}
		checks[i].Person.ID = row.PersonID
	}
	return checks
}

// tellChecks adds what does not stand in the rows: what was credited, the calls, and everybody's names.
func (s *Service) tellChecks(ctx context.Context, caller web.Caller, checks []SpotCheck) error {
	if len(checks) == 0 {
		return nil
	}
	if err := s.addActs(ctx, checks); err != nil {
		return err
	}
	if err := s.addCalls(ctx, checks); err != nil {
		return err
	}
	people, regionIDs := []string{}, []string{}
	for _, check := range checks {
		people = append(people, check.Person.ID, check.About.witnessID)
		regionIDs = append(regionIDs, check.RegionID)
		for _, call := range check.Calls {
			people = append(people, call.CalledBy)
		}
	}
	known, err := s.People.Summaries(ctx, people)
	if err != nil {
		return err
	}
	regions, err := s.regionsByID(ctx, regionIDs)
	for i := range checks {
		check := &checks[i]
		if found, ok := known[check.Person.ID]; ok {
			check.Person = found
		}
		check.About.ConfirmedBy, check.RegionName = known[check.About.witnessID].Name, regions[check.RegionID].Name
		for at := range check.Calls {
			check.Calls[at].CallerName = known[check.Calls[at].CalledBy].Name
		}
		check.MayAnswer = check.State.takesAnswer() && check.mayAnswer(caller.PersonID) == nil
	}
	return err
}

func (s *Service) addCalls(ctx context.Context, checks []SpotCheck) error {
	places, ids := map[string]int{}, make([]string, len(checks))
	for i, check := range checks {
		places[check.ID], ids[i] = i, check.ID
	}
	rows, err := s.queries(ctx).SpotCheckCalls(ctx, ids)
	for _, row := range rows {
		check := &checks[places[row.SpotCheckID]]
		check.Calls = append(check.Calls, CheckCall{Outcome: CheckState(row.Outcome), Note: row.Note, CalledBy: row.CalledBy, At: db.Time(row.At)})
	}
	return err
}

// addActs reads what was credited. Its text is the ledger's memo, or the activity's title.
func (s *Service) addActs(ctx context.Context, checks []SpotCheck) error {
	places := map[string]int{}
	var entries, services []string
	for i, check := range checks {
		places[check.About.RecordID] = i
		if check.About.Kind == serviceKind {
			services = append(services, check.About.RecordID)
			continue
		}
		entries = append(entries, check.About.RecordID)
	}
	if len(entries) > 0 {
		rows, err := s.queries(ctx).CheckedEntries(ctx, entries)
		if err != nil {
			return fmt.Errorf("entries of spot checks: %w", err)
		}
		for _, row := range rows {
			about := &checks[places[row.ID]].About
			about.Memo, about.Points, about.At, about.witnessID = row.Memo, row.Amount, db.Time(row.At), row.WitnessID
			about.hands = append(idsOf(row.Hands), row.WitnessID)
		}
	}
	if len(services) == 0 {
		return nil
	}
	return s.addServices(ctx, checks, places, services)
}

func (s *Service) addServices(ctx context.Context, checks []SpotCheck, places map[string]int, ids []string) error {
	rows, err := s.queries(ctx).CheckedServices(ctx, ids)
	if err != nil {
		return fmt.Errorf("services of spot checks: %w", err)
	}
	attendances := make([]string, len(rows))
	for i, row := range rows {
		attendances[i] = row.SourceID
	}
	titles, err := s.queries(ctx).CheckedAttendances(ctx, attendances)
	if err != nil {
		return fmt.Errorf("activities of spot checks: %w", err)
	}
	for _, row := range rows {
		about := &checks[places[row.ID]].About
		about.Minutes, about.At, about.witnessID = row.Minutes, db.Time(row.At), row.WitnessID
		about.hands = append(idsOf(row.Hands), row.WitnessID)
		for _, title := range titles {
			if title.ID == row.SourceID {
				about.Memo = title.Title
			}
		}
	}
	return nil
}

// idsOf reads a JSON list of ids; one that was tampered with reads as none.
func idsOf(text string) []string {
	var ids []string
	if json.Unmarshal([]byte(text), &ids) != nil {
		return nil
	}
	return ids
}
