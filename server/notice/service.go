package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

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
	// newest sorts after every id.
	newest = "~"
	// mostCounted is how many unread notices are counted.
	mostCounted = 100
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
	keys, err := query.After(inbox, 1)
	if err != nil {
		return web.Page[Notice]{}, err
	}
	before := newest
	if keys != nil {
		before = keys[0]
	}
	found, err := s.store().inbox(ctx, caller.PersonID, which, before, query.Limit+1)
	if err != nil {
		return web.Page[Notice]{}, err
	}
	return web.NewPage(inbox, found, query.Limit, func(n Notice) []string { return []string{n.ID} }), nil
}

// CountUnread counts the caller's unread notices, up to a hundred.
func (s *Service) CountUnread(ctx context.Context, caller web.Caller) (int64, error) {
	return s.store().countUnread(ctx, caller.PersonID, mostCounted)
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
	if _, err := s.own(ctx, caller, lastID); err != nil {
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

// Asking is what the mini-program may ask a person's consent for.
type Asking struct {
	Templates []Consent           `json:"templates" nullable:"false"`
	Moments   map[Moment][]string `json:"moments" doc:"Ids of the templates to ask for at each moment, three at most: claim_taken, claim_submitted, signed_up, ticket_raised, ticket_backed, dispute_raised, redeemed, volunteering, working"`
}

// Consent is how often a person may still be sent a template.
type Consent struct {
	TemplateID string `json:"template_id"`
	Name       string `json:"name"`
	LongTerm   bool   `json:"long_term" doc:"One consent holds until it is taken back"`
	Remaining  int64  `json:"remaining"`
}

// Asking gives the templates that there are, and how many consents of the caller's are left for each. Somebody who
// acts by a card has no WeChat to be asked in.
func (s *Service) Asking(ctx context.Context, caller web.Caller) (Asking, error) {
	asking := Asking{Templates: []Consent{}, Moments: map[Moment][]string{}}
	if caller.HelperID != "" {
		return asking, nil
	}
	consents, err := s.store().consents(ctx, []string{caller.PersonID})
	if err != nil {
		return Asking{}, err
	}
	for _, name := range namesInOrder {
		template, has := s.Templates[name]
		isThere := slices.ContainsFunc(asking.Templates, func(c Consent) bool { return c.TemplateID == template.ID })
		if has && !isThere {
			asking.Templates = append(asking.Templates, Consent{TemplateID: template.ID, Name: templateNames[name], LongTerm: template.LongTerm,
				Remaining: consents[consentKey{caller.PersonID, template.ID}]})
		}
	}
	for moment, names := range moments {
		for _, name := range names {
			if template, has := s.Templates[name]; has && !slices.Contains(asking.Moments[moment], template.ID) {
				asking.Moments[moment] = append(asking.Moments[moment], template.ID)
			}
		}
	}
	return asking, nil
}

// namesInOrder is the order in which people read of them.
var namesInOrder = []string{
	reviewTemplate, deadlineTemplate, activityTemplate, ticketTemplate, pointsTemplate, answerTemplate, whistleTemplate, workTemplate,
}

// mostConsents of a person for a template are counted.
const mostConsents = 100

// Agree counts one consent more for each of the templates: what a person answered to one question of WeChat's. 422
// for a template that is none of ours; 403 card.own_phone_only.
func (s *Service) Agree(ctx context.Context, caller web.Caller, templateIDs []string) (Asking, error) {
	if err := person.RequireOwnPhone(caller); err != nil {
		return Asking{}, err
	}
	ids := slices.Compact(slices.Sorted(slices.Values(templateIDs)))
	for _, id := range ids {
		if _, known := s.Templates.byID(id); !known {
			return Asking{}, fault.InvalidField("accepted", "没有这个消息模板，请重新打开页面")
		}
	}
	var asking Asking
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if err := s.store().giveConsent(ctx, caller.PersonID, id, s.DB.Now()); err != nil {
				return err
			}
		}
		var err error
		asking, err = s.Asking(ctx, caller)
		return err
	})
	return asking, err
}

// DeadLetter is a message that WeChat would not take. Its person's inbox has the notice; whose it is and what it
// says is not the operator's to read.
type DeadLetter struct {
	ID         string    `json:"id"`
	Kind       Kind      `json:"kind"`
	Title      string    `json:"title"`
	Subject    Subject   `json:"subject"`
	RegionID   string    `json:"region_id"`
	RegionName string    `json:"region_name"`
	Tries      int64     `json:"tries"`
	Reason     string    `json:"reason" doc:"What WeChat said last"`
	CreatedAt  time.Time `json:"created_at"`
	DiedAt     time.Time `json:"died_at"`
}

var errNotDead = fault.New(fault.Conflict, "notice.not_dead", "这条消息已经重新发送，或者不用再发了")

const deadLetters = "dead notices"

// DeadLetters lists the messages of a region, and of all below it, that WeChat would not take, newest first.
func (s *Service) DeadLetters(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[DeadLetter], error) {
	top, err := s.Regions.Require(ctx, caller, region.ManageNotices, regionID)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	keys, err := query.After(deadLetters, 1)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	before := newest
	if keys != nil {
		before = keys[0]
	}
	found, err := s.store().dead(ctx, top, before, query.Limit+1)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	return web.NewPage(deadLetters, found, query.Limit, func(d DeadLetter) []string { return []string{d.ID} }), nil
}

// Resend has a dead letter sent again, as if for the first time. 409 notice.not_dead.
func (s *Service) Resend(ctx context.Context, caller web.Caller, id string) error {
	regionID, err := s.store().regionOfMessage(ctx, id)
	if err != nil {
		return err
	}
	if _, err := s.Regions.Require(ctx, caller, region.ManageNotices, regionID); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().resend(ctx, id, s.DB.Now()); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "notice.resent", SubjectKind: "notice", SubjectID: id, RegionID: regionID})
	})
}

// errRaced says that another server was faster.
var errRaced = errors.New("notice: somebody else is at these messages")
