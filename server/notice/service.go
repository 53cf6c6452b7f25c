package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

// Service is the notice room.
type Service struct {
	DB        *db.DB
	Audit     *audit.Service
	Regions   *region.Service
	People    *person.Service
	WeChat    *wechat.Client
	Templates Templates
	Log       *slog.Logger

	outcomes outcomes
}

func (s *Service) store() store { return store{s.DB} }

// Tell tells people something, in the transaction of ctx: each once, whatever is told or tried again. Who has left
// is told nothing.
func (s *Service) Tell(ctx context.Context, told Notice, people ...string) error {
	if _, known := rules[told.Kind]; !known {
		return fmt.Errorf("notice: there is no kind %q", told.Kind)
	}
	if told.Subject.ID == "" || told.RegionID == "" {
		return fmt.Errorf("notice: a %s without a subject or a region", told.Kind)
	}
	told.What, told.Text, told.Place = cut(told.What, maxWhat), cut(told.Text, maxText), cut(told.Place, maxPlace)
	told.CreatedAt = s.DB.Now()
	if told.At.IsZero() {
		told.At = told.CreatedAt
	}
	var all []Notice
	for _, personID := range people {
		told.ID, told.personID = db.NewID(), personID
		all = append(all, told)
	}
	if gathered, isGathering := ctx.Value(gatheringKey{}).(*[]Notice); isGathering {
		*gathered = append(*gathered, all...)
		return nil
	}
	return s.tellAll(ctx, all)
}

type gatheringKey struct{}

// Together runs fn, and stores all that is told with its context in a few statements when it ends without an error.
// It belongs inside the transaction.
func (s *Service) Together(ctx context.Context, fn func(ctx context.Context) error) error {
	var gathered []Notice
	if err := fn(context.WithValue(ctx, gatheringKey{}, &gathered)); err != nil {
		return err
	}
	return s.tellAll(ctx, gathered)
}

// tellAll stores notices, and beside each whose person has WeChat the message that tells it there.
func (s *Service) tellAll(ctx context.Context, all []Notice) error {
	if len(all) == 0 {
		return nil
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		hasWeChat, err := s.store().reachable(ctx, peopleOf(all))
		if err != nil {
			return err
		}
		known := slices.DeleteFunc(all, func(n Notice) bool { _, isThere := hasWeChat[n.personID]; return !isThere })
		stored, err := s.store().insert(ctx, known)
		if err != nil {
			return err
		}
		byMessage := slices.DeleteFunc(stored, func(n Notice) bool {
			_, hasTemplate := s.Templates.of(n.Kind)
			return !hasTemplate || !hasWeChat[n.personID]
		})
		return s.store().insertMessages(ctx, byMessage)
	})
}

func peopleOf(notices []Notice) []string {
	people := make([]string, len(notices))
	for i, one := range notices {
		people[i] = one.personID
	}
	slices.Sort(people)
	return slices.Compact(people)
}

const (
	inbox = "notices"
	// MostCounted is how many unread notices are counted.
	MostCounted = 100
)

// Which notices a list shows.
type Which string

const (
	All    Which = ""
	Unread Which = "true"
	Read   Which = "false"
)

// List gives the caller's notices, newest first.
func (s *Service) List(ctx context.Context, caller web.Caller, which Which, query web.PageQuery) (web.Page[Notice], error) {
	before, err := query.BeforeID(inbox)
	if err != nil {
		return web.Page[Notice]{}, err
	}
	found, err := s.store().inbox(ctx, caller.PersonID, which, before, query.Limit+1)
	if err != nil {
		return web.Page[Notice]{}, err
	}
	return web.NewPage(inbox, found, query.Limit, func(n Notice) []string { return []string{n.ID} }), nil
}

// CountUnread counts the caller's unread notices, up to a hundred.
func (s *Service) CountUnread(ctx context.Context, caller web.Caller) (int64, error) {
	return s.store().countUnread(ctx, caller.PersonID, MostCounted)
}

// MarkRead notes that the caller has read a notice of theirs. fault.ErrForbidden for somebody else's.
func (s *Service) MarkRead(ctx context.Context, caller web.Caller, id string) error {
	found, err := s.own(ctx, caller, id)
	if err != nil || !found.ReadAt.IsZero() {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().markRead(ctx, id, s.DB.Now()) })
}

func (s *Service) own(ctx context.Context, caller web.Caller, id string) (Notice, error) {
	found, err := s.store().notice(ctx, id)
	if err != nil {
		return Notice{}, err
	}
	if found.personID != caller.PersonID {
		return Notice{}, fault.ErrForbidden
	}
	return found, nil
}

// MarkReadUpTo notes that the caller has read a notice of theirs and all that came before it: what came meanwhile
// was not on the page, and stays unread. It gives how many are left.
func (s *Service) MarkReadUpTo(ctx context.Context, caller web.Caller, lastID string) (left int64, err error) {
	_, err = s.own(ctx, caller, lastID)
	if errors.Is(err, fault.ErrNotFound) {
		return 0, fault.InvalidField("up_to", "没有这条消息，请刷新后再看")
	}
	if err != nil {
		return 0, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().markReadUpTo(ctx, caller.PersonID, lastID, s.DB.Now()); err != nil {
			return err
		}
		left, err = s.CountUnread(ctx, caller)
		return err
	})
	return left, err
}
