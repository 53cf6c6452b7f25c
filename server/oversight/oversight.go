// Package oversight is how a community's records are looked over by people: spot checks of credited acts, drawn so
// that nobody can choose them, and odd cases that rules have found. Neither takes anything from anybody: what is
// wrong is put right by a reversal, with its two witnesses.
package oversight

import (
	"context"
	"slices"
	"sync"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/oversight/internal/oversightdb"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// Service is the oversight room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Key     secret.Key

	// drawn are the months in which this process has seen every community's draw.
	drawn sync.Map
}

func (s *Service) queries(ctx context.Context) *oversightdb.Queries {
	return oversightdb.New(s.DB.Querier(ctx))
}

const (
	monthForm = "2006-01"
	dayForm   = "2006-01-02"
)

var errOwnWork = fault.New(fault.Forbidden, "review.own_work", "这件事和您有关，请另一位同志来办")

func (s *Service) regionsByID(ctx context.Context, ids []string) (map[string]region.Region, error) {
	regions, err := s.Regions.GetMany(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	byID := map[string]region.Region{}
	for _, one := range regions {
		byID[one.ID] = one
	}
	return byID, err
}

// Export gives what is kept about a person: that they were drawn, or named in an odd case, and what they
// themselves asked or decided.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	checks, err := s.queries(ctx).SpotChecksOfPerson(ctx, personID)
	if err != nil {
		return nil, err
	}
	calls, err := s.queries(ctx).CallsByPerson(ctx, personID)
	if err != nil {
		return nil, err
	}
	naming, err := s.queries(ctx).OddCasesNaming(ctx, personID)
	if err != nil {
		return nil, err
	}
	decided, err := s.queries(ctx).OddCasesDecidedBy(ctx, personID)
	if err != nil {
		return nil, err
	}
	return exportOf(checks, calls, naming, decided), nil
}

type exported struct {
	SpotChecks   []exportedCheck `json:"spot_checks"`
	Calls        []exportedCall  `json:"calls"`
	OddCases     []exportedCase  `json:"odd_cases"`
	CasesDecided []exportedCase  `json:"odd_cases_decided"`
}

type exportedCheck struct {
	RegionID string     `json:"region_id"`
	Month    string     `json:"month"`
	RecordID string     `json:"record_id"`
	State    CheckState `json:"state"`
}

type exportedCall struct {
	Outcome CheckState `json:"outcome"`
	Note    string     `json:"note,omitempty"`
	At      time.Time  `json:"at"`
}

// exportedCase tells no reasons: they speak of other people too.
type exportedCase struct {
	Kind    CaseKind  `json:"kind"`
	State   CaseState `json:"state"`
	FoundAt time.Time `json:"found_at"`
	Note    string    `json:"note,omitempty"`
}

func exportOf(checks []oversightdb.SpotCheck, calls []oversightdb.SpotCheckCall, naming, decided []oversightdb.OddCase) exported {
	kept := exported{SpotChecks: []exportedCheck{}, Calls: []exportedCall{}, OddCases: []exportedCase{}, CasesDecided: []exportedCase{}}
	for _, row := range checks {
		kept.SpotChecks = append(kept.SpotChecks, exportedCheck{row.CommunityID, row.Month, row.RecordID, CheckState(row.State)})
	}
	for _, row := range calls {
		kept.Calls = append(kept.Calls, exportedCall{CheckState(row.Outcome), row.Note, db.Time(row.At)})
	}
	for _, row := range naming {
		kept.OddCases = append(kept.OddCases, exportedCase{CaseKind(row.Kind), CaseState(row.State), db.Time(row.FoundAt), ""})
	}
	for _, row := range decided {
		kept.CasesDecided = append(kept.CasesDecided, exportedCase{CaseKind(row.Kind), CaseState(row.State), db.Time(row.FoundAt), row.Note})
	}
	return kept
}

// Erase ends what waits for somebody who leaves, and blanks what was written about them, in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	if err := s.queries(ctx).WithdrawSpotChecksOf(ctx, personID); err != nil {
		return err
	}
	if err := s.queries(ctx).BlankNotesOnChecksOf(ctx, personID); err != nil {
		return err
	}
	if err := s.queries(ctx).BlankNotesOnCasesOf(ctx, personID); err != nil {
		return err
	}
	ids, err := s.queries(ctx).OddCaseIDsNaming(ctx, personID)
	if err != nil {
		return err
	}
	return s.Audit.Blank(ctx, auditedCase, ids)
}

// HistoryAmong gives those of at most a few hundred people who have asked or decided anything here; who was only drawn or named has a
// history in the room that it came from.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.queries(ctx).PeopleWithHistory(ctx, ids)
}

// above gives the region when the caller may do permission there, and the bounds of the paths below it.
func (s *Service) above(ctx context.Context, caller web.Caller, permission region.Permission, regionID string) (top region.Region, from, to string, err error) {
	top, err = s.Regions.Require(ctx, caller, permission, regionID)
	if err != nil {
		return region.Region{}, "", "", err
	}
	from, to = region.PathRange(top.Path)
	return top, from, to, nil
}
