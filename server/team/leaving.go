package team

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/web"
)

// Kept is all that the room keeps about a person.
type Kept struct {
	Teams      []KeptMembership `json:"teams"`
	Signups    []Signup         `json:"signups"`
	Attendance []KeptPresence   `json:"attendance"`
	Scans      []Scan           `json:"scans"`
}

// KeptMembership is a membership with what nobody but the person is shown.
type KeptMembership struct {
	Member
	HelperID  string `json:"helper_id,omitempty"`
	DecidedBy string `json:"decided_by,omitempty"`
}

// KeptPresence is a presence with what nobody but the person is shown.
type KeptPresence struct {
	Attendance
	HelperID       string    `json:"helper_id,omitempty"`
	EnteredBy      string    `json:"entered_by,omitempty"`
	CheckedOutBy   string    `json:"checked_out_by,omitempty"`
	RecordedAt     time.Time `json:"recorded_at"`
	InsideFence    bool      `json:"inside_fence,omitempty"`
	DistanceMetres int64     `json:"distance_metres,omitempty"`
	HasDevice      bool      `json:"device_digest_kept,omitempty"`
	TracesUntil    time.Time `json:"traces_until,omitzero"`
}

// keptSignups bounds nothing real: nobody signs up for more.
const keptSignups = 100_000

// Export gives all that the room keeps about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	memberships, err := s.store().membershipsOf(ctx, personID)
	if err != nil {
		return nil, err
	}
	kept := Kept{}
	for _, member := range memberships {
		kept.Teams = append(kept.Teams, KeptMembership{member, member.HelperID, member.DecidedBy})
	}
	if kept.Signups, err = s.store().signupsOfPerson(ctx, personID, web.LastID, keptSignups); err != nil {
		return nil, err
	}
	if kept.Attendance, err = s.keptPresences(ctx, personID); err != nil {
		return nil, err
	}
	kept.Scans, err = s.store().scansOfPerson(ctx, personID)
	return kept, err
}

func (s *Service) keptPresences(ctx context.Context, personID string) ([]KeptPresence, error) {
	presences, err := s.store().attendancesOfPerson(ctx, personID)
	if err != nil {
		return nil, err
	}
	kept := make([]KeptPresence, len(presences))
	for i, presence := range presences {
		activity, err := s.store().activity(ctx, presence.ActivityID)
		if err != nil {
			return nil, err
		}
		corrections, err := s.store().corrections(ctx, []string{presence.ID})
		if err != nil {
			return nil, err
		}
		presence.Minutes, presence.Corrections = activity.minutesOf(presence), corrections[presence.ID]
		kept[i] = KeptPresence{Attendance: presence, HelperID: presence.HelperID, EnteredBy: presence.EnteredBy,
			CheckedOutBy: presence.CheckedOutBy, RecordedAt: presence.RecordedAt, InsideFence: presence.InsideFence,
			DistanceMetres: presence.DistanceMetres, HasDevice: presence.DeviceDigest != "", TracesUntil: presence.TracesUntil}
	}
	return kept, nil
}

// HistoryAmong gives those of at most a few hundred people who have to do with a team or an activity.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}

// Erase takes a person who leaves out of teams and queues, and wipes traces and reasons, in the transaction of
// ctx. Presences stay under the id, as the ledger does.
func (s *Service) Erase(ctx context.Context, personID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		queries := s.store().queries(ctx)
		open, err := queries.OpenSignupsOf(ctx, personID)
		if err != nil {
			return fmt.Errorf("open sign-ups: %w", err)
		}
		for _, activityID := range open {
			if err := s.withdraw(ctx, activityID, personID); err != nil {
				return err
			}
		}
		wipes := []func(context.Context, string) error{
			queries.DeleteMembershipsOf, queries.WipeTracesOf, queries.WipeReasonsGivenBy,
			queries.WipeCorrectionsOf, queries.WipeCorrectionsBy,
		}
		for _, wipe := range wipes {
			if err := wipe(ctx, personID); err != nil {
				return fmt.Errorf("erase from activities: %w", err)
			}
		}
		return nil
	})
}
