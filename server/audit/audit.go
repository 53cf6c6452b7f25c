// Package audit keeps who did what privileged thing, on what, when and from where, with what was there
// before and after. Entries are only ever added; of somebody who leaves, the texts about them and the places they
// acted from are blanked.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fivestar/server/audit/internal/auditdb"
	"fivestar/server/db"
	"fivestar/server/web"
)

// Act is one privileged act to be recorded. Before and After are stored as JSON and must hold no secret
// and no unmasked phone; nil for none.
type Act struct {
	Name        string // dotted: role.granted
	SubjectKind string // person, task, ticket ...
	SubjectID   string
	RegionID    string
	Reason      string
	Before      any
	After       any
}

// Entry is a recorded act.
type Entry struct {
	ID            string          `json:"id"`
	ActorID       string          `json:"actor_id"`
	HelperID      string          `json:"helper_id,omitempty"`
	Act           string          `json:"act"`
	SubjectKind   string          `json:"subject_kind"`
	SubjectID     string          `json:"subject_id"`
	RegionID      string          `json:"region_id,omitempty"`
	Reason        string          `json:"reason,omitempty"`
	Before        json.RawMessage `json:"before,omitempty"`
	After         json.RawMessage `json:"after,omitempty"`
	ClientAddress string          `json:"client_address,omitempty"`
	RequestID     string          `json:"request_id,omitempty"`
	At            time.Time       `json:"at"`
}

// Service records and lists.
type Service struct {
	DB *db.DB
}

// Record stores the act in the transaction of ctx, so that there is no act without its entry.
func (s *Service) Record(ctx context.Context, caller web.Caller, act Act) error {
	before, err := asJSON(act.Before)
	if err != nil {
		return err
	}
	after, err := asJSON(act.After)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		err := s.queries(ctx).InsertEntry(ctx, auditdb.InsertEntryParams{
			ID: db.NewID(), ActorID: caller.PersonID, HelperID: caller.HelperID, Act: act.Name,
			SubjectKind: act.SubjectKind, SubjectID: act.SubjectID, RegionID: act.RegionID, Reason: act.Reason,
			BeforeJson: before, AfterJson: after, ClientAddress: web.ClientAddress(ctx),
			RequestID: web.RequestID(ctx), At: db.Millis(s.DB.Now()),
		})
		if err != nil {
			return fmt.Errorf("record %s: %w", act.Name, err)
		}
		return nil
	})
}

func asJSON(value any) (string, error) {
	if value == nil {
		return "", nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("audit entry as JSON: %w", err)
	}
	return string(text), nil
}

// Erase blanks what entries about a person who leaves say, and where the person acted from, in the transaction of
// ctx. Who did what, to what and when stays.
func (s *Service) Erase(ctx context.Context, personID string) error {
	if err := s.Blank(ctx, "person", []string{personID}); err != nil {
		return err
	}
	if err := s.queries(ctx).BlankAddressesOf(ctx, personID); err != nil {
		return fmt.Errorf("blank where a person acted from: %w", err)
	}
	return nil
}

// Blank removes the reasons and what was there before and after from the entries about things of one kind, in the
// transaction of ctx: for the rooms whose things held the words of somebody who leaves, or about them.
func (s *Service) Blank(ctx context.Context, subjectKind string, subjectIDs []string) error {
	for some := range slices.Chunk(subjectIDs, db.RowsAtOnce) {
		err := s.queries(ctx).BlankSubjects(ctx, auditdb.BlankSubjectsParams{SubjectKind: subjectKind, SubjectIds: some})
		if err != nil {
			return fmt.Errorf("blank entries about a %s: %w", subjectKind, err)
		}
	}
	return nil
}

const newestFirst = "audit"

// OfRegion lists what was done in a region, newest first. The caller of this method has checked that it
// may be seen.
func (s *Service) OfRegion(ctx context.Context, regionID string, query web.PageQuery) (web.Page[Entry], error) {
	before, err := query.BeforeID(newestFirst)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	rows, err := s.queries(ctx).ListRegionEntries(ctx, auditdb.ListRegionEntriesParams{
		RegionID: regionID, ID: before, Limit: int32(query.Limit + 1),
	})
	return pageOf(rows, err, query.Limit)
}

// OfSubject lists what was done to one thing, newest first. The caller of this method has checked that it
// may be seen.
func (s *Service) OfSubject(ctx context.Context, kind, id string, query web.PageQuery) (web.Page[Entry], error) {
	before, err := query.BeforeID(newestFirst)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	rows, err := s.queries(ctx).ListSubjectEntries(ctx, auditdb.ListSubjectEntriesParams{
		SubjectKind: kind, SubjectID: id, ID: before, Limit: int32(query.Limit + 1),
	})
	return pageOf(rows, err, query.Limit)
}

// OfAct is OfSubject for one act alone.
func (s *Service) OfAct(ctx context.Context, act, kind, id string, query web.PageQuery) (web.Page[Entry], error) {
	before, err := query.BeforeID(newestFirst)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	rows, err := s.queries(ctx).ListActEntries(ctx, auditdb.ListActEntriesParams{
		SubjectKind: kind, SubjectID: id, Act: act, ID: before, Limit: int32(query.Limit + 1),
	})
	return pageOf(rows, err, query.Limit)
}

// OfActor lists what one person did, newest first, for that person's own export.
func (s *Service) OfActor(ctx context.Context, personID string, query web.PageQuery) (web.Page[Entry], error) {
	before, err := query.BeforeID(newestFirst)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	rows, err := s.queries(ctx).ListActorEntries(ctx, auditdb.ListActorEntriesParams{
		ActorID: personID, ID: before, Limit: int32(query.Limit + 1),
	})
	return pageOf(rows, err, query.Limit)
}

func pageOf(rows []auditdb.AuditEntry, err error, limit int) (web.Page[Entry], error) {
	if err != nil {
		return web.Page[Entry]{}, fmt.Errorf("list audit entries: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		entries[i] = Entry{
			ID: row.ID, ActorID: row.ActorID, HelperID: row.HelperID, Act: row.Act, SubjectKind: row.SubjectKind,
			SubjectID: row.SubjectID, RegionID: row.RegionID, Reason: row.Reason,
			Before: json.RawMessage(row.BeforeJson), After: json.RawMessage(row.AfterJson),
			ClientAddress: row.ClientAddress, RequestID: row.RequestID, At: db.Time(row.At),
		}
	}
	return web.NewPage(newestFirst, entries, limit, func(e Entry) []string { return []string{e.ID} }), nil
}

func (s *Service) queries(ctx context.Context) *auditdb.Queries {
	return auditdb.New(s.DB.Querier(ctx))
}
