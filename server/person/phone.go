package person

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/person/internal/persondb"
	"fivestar/server/web"
)

// BindPhone gives the caller the phone number that WeChat tells for code. When the number is that of a person
// who came by roster or card and has no WeChat, and nothing hangs on the caller yet, the caller becomes that
// person: the WeChat account and its sessions go over, and what they were before is erased. 409 phone.taken
// when the number is somebody else's otherwise; errors of wechat.Client.PhoneNumber.
func (s *Service) BindPhone(ctx context.Context, caller web.Caller, code string) (Person, error) {
	if err := RequireOwnPhone(caller); err != nil {
		return Person{}, err
	}
	phone, err := s.WeChat.PhoneNumber(ctx, code)
	if err != nil {
		return Person{}, err
	}
	var personID string
	err = s.again(ctx, func(ctx context.Context) (err error) {
		personID, err = s.bindPhone(ctx, caller, phone)
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("bind a phone: %w", err)
	}
	return s.Get(ctx, personID)
}

// bindPhone gives the id of the person whom the caller is from now on.
func (s *Service) bindPhone(ctx context.Context, caller web.Caller, phone string) (string, error) {
	if err := s.Require(ctx, caller.PersonID); err != nil {
		return "", err
	}
	ownerID, err := s.store().ownerOf(ctx, phoneIdentity, phone)
	if err != nil {
		return "", err
	}
	switch ownerID {
	case caller.PersonID:
		return ownerID, nil
	case "":
		return caller.PersonID, s.store().replacePhone(ctx, caller.PersonID, phone)
	}
	return ownerID, s.join(ctx, caller, ownerID)
}

// join makes the caller, on whom nothing hangs, the person who has been waiting for their WeChat.
func (s *Service) join(ctx context.Context, caller web.Caller, ownerID string) error {
	owner, err := s.store().person(ctx, ownerID)
	if err != nil {
		return err
	}
	taken, err := s.hasHistory(ctx, caller)
	if err != nil {
		return err
	}
	if owner.HasWeChat || taken {
		return errPhoneTaken
	}
	if err := s.store().moveWeChat(ctx, caller.PersonID, ownerID); err != nil {
		return err
	}
	if err := s.store().moveSessions(ctx, caller.PersonID, ownerID); err != nil {
		return err
	}
	if err := s.erase(ctx, caller.PersonID); err != nil {
		return err
	}
	return s.Audit.Record(ctx, caller, audit.Act{Name: "person.joined", SubjectKind: "person", SubjectID: ownerID,
		RegionID: owner.communityID(), Before: map[string]string{"person_id": caller.PersonID}})
}

// hasHistory tells whether anything hangs on the caller that would be lost with them.
func (s *Service) hasHistory(ctx context.Context, caller web.Caller) (bool, error) {
	grants, err := s.Regions.GrantsOf(ctx, caller.PersonID)
	if err != nil || len(grants) > 0 {
		return true, err
	}
	cards, err := s.store().cards(ctx, caller.PersonID, "", 1)
	if err != nil || len(cards) > 0 {
		return true, err
	}
	for _, historyAmong := range s.HistoryAmong {
		if found, err := historyAmong(ctx, []string{caller.PersonID}); err != nil || len(found) > 0 {
			return true, err
		}
	}
	return false, nil
}

func (s store) moveSessions(ctx context.Context, fromID, toID string) error {
	return s.queries(ctx).MoveSessions(ctx, persondb.MoveSessionsParams{ToPersonID: toID, FromPersonID: fromID})
}

// PhoneView is one look at a person's whole phone number.
type PhoneView struct {
	ID       string    `json:"id"`
	ByID     string    `json:"by_id"`
	ByName   string    `json:"by_name"`
	Reason   string    `json:"reason,omitempty"`
	ViewedAt time.Time `json:"viewed_at"`
}

const newestViews = "phone views"

// PhoneViews tells the caller who has seen their whole phone number, when and why, newest first.
func (s *Service) PhoneViews(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[PhoneView], error) {
	if err := RequireOwnPhone(caller); err != nil {
		return web.Page[PhoneView]{}, err
	}
	before, err := query.BeforeID(newestViews)
	if err != nil {
		return web.Page[PhoneView]{}, err
	}
	rows, err := s.store().queries(ctx).PhoneViews(ctx, persondb.PhoneViewsParams{
		SubjectID: caller.PersonID, ID: before, Limit: int32(query.Limit + 1),
	})
	if err != nil {
		return web.Page[PhoneView]{}, fmt.Errorf("list phone views: %w", err)
	}
	views := make([]PhoneView, len(rows))
	for i, row := range rows {
		views[i] = PhoneView{ID: row.ID, ByID: row.ActorID, ByName: row.Name, Reason: row.Reason, ViewedAt: db.Time(row.At)}
	}
	return web.NewPage(newestViews, views, query.Limit, func(v PhoneView) []string { return []string{v.ID} }), nil
}
