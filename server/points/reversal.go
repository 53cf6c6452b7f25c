package points

import (
	"context"
	"errors"
	"slices"

	"fivestar/server/audit"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// errSpent is points.short in the words of somebody who takes points back.
var errSpent = fault.New(fault.Conflict, "points.short", "这个人的余额已不够扣回这笔积分，请先核对积分用在了哪里")

// ReverseEntry takes back points that were given by mistake, and with a check-in its service minutes. It is
// done at most once to an entry, and by nobody whom the entry is about.
func (s *Service) ReverseEntry(ctx context.Context, caller web.Caller, entryID string, input Reversal) (reversal Entry, err error) {
	entry, err := s.store().entry(ctx, entryID)
	if err != nil {
		return Entry{}, err
	}
	community, err := s.Regions.Require(ctx, caller, region.ReversePoints, entry.RegionID)
	if err != nil {
		return Entry{}, err
	}
	if slices.Contains(caller.Hands(), entry.PersonID) {
		return Entry{}, errOwnWork
	}
	var check fault.Check
	check.Text("reason", "撤销原因", &input.Reason, 2, maxReason)
	if err := check.Err(); err != nil {
		return Entry{}, err
	}
	if err := reversible(entry); err != nil {
		return Entry{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		reversal, err = s.takeBack(ctx, caller, entry, input)
		if err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "points.reversed", SubjectKind: "points_entry",
			SubjectID: entry.ID, RegionID: community.ID, Reason: input.Reason, Before: entry, After: reversal})
	})
	return reversal, err
}

func (s *Service) takeBack(ctx context.Context, caller web.Caller, entry Entry, input Reversal) (Entry, error) {
	reversal, err := s.reverse(ctx, entry, input.Reason, caller.Hands())
	switch {
	case errors.Is(err, errPosted):
		return Entry{}, errReversed
	case errors.Is(err, errShort):
		return Entry{}, errSpent
	case err != nil:
		return Entry{}, err
	}
	if entry.Kind != KindCheckin || input.KeepMinutes {
		return reversal, nil
	}
	return reversal, s.takeBackService(ctx, entry.SourceID, caller.Hands())
}
