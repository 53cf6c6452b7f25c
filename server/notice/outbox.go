package notice

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"fivestar/server/wechat"
)

const (
	// sentAtOnce messages are on their way at the same time, and so as many at most are in doubt when a server dies.
	sentAtOnce = 16
	// mostPerRun messages go out in one run of the job.
	mostPerRun = 2000
	// wordWithin is how long a sender has to say what came of a message.
	wordWithin = time.Minute
)

// errRaced says that another server was faster.
var errRaced = errors.New("notice: somebody else is at these messages")

// Tick sends the messages that are due, urgent ones first. It ends early when WeChat does not answer: then all waits
// as it is.
func (s *Service) Tick(ctx context.Context) error {
	if err := s.loseSight(ctx); err != nil {
		return err
	}
	doesAnswer := false
	for sent := 0; sent < mostPerRun && ctx.Err() == nil; sent += sentAtOnce {
		due, err := s.store().due(ctx, s.DB.Now(), sentAtOnce)
		if err != nil || len(due) == 0 {
			return err
		}
		if !doesAnswer && !s.weChatAnswers(ctx) {
			return nil
		}
		outcomes, err := s.sendSome(ctx, due)
		if errors.Is(err, errRaced) {
			return nil
		}
		if err != nil || anyIs(outcomes, wechat.ErrTooMany) {
			return err
		}
		doesAnswer = !anyIs(outcomes, wechat.ErrOutcomeUnknown)
	}
	return ctx.Err()
}

// weChatAnswers asks before messages are entrusted to WeChat: one that is on its way when WeChat falls silent may
// never be sent again.
func (s *Service) weChatAnswers(ctx context.Context) bool {
	const tries = 3
	var err error
	for range tries {
		if err = s.WeChat.Answers(ctx); err == nil {
			return true
		}
	}
	s.Log.WarnContext(ctx, "messages wait, WeChat does not answer", "cause", err)
	return false
}

func anyIs(outcomes []error, which error) bool {
	for _, outcome := range outcomes {
		if errors.Is(outcome, which) {
			return true
		}
	}
	return false
}

// loseSight gives up on messages whose sender has not said in time what came of them.
func (s *Service) loseSight(ctx context.Context) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		number, err := s.store().loseSight(ctx, s.DB.Now())
		s.outcomes.count(unknown, number)
		return err
	})
}

// sendSome sends those of the due messages that are to be sent now, and gives what became of each of these. What it
// has begun it ends, also when ctx ends meanwhile: messages in doubt are not sent again.
func (s *Service) sendSome(ctx context.Context, due []message) ([]error, error) {
	chosen, err := s.choose(ctx, due)
	if err != nil || len(chosen) == 0 {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	outcomes := make([]error, len(chosen))
	var underWay sync.WaitGroup
	for i, one := range chosen {
		underWay.Go(func() { outcomes[i] = s.send(ctx, one) })
	}
	underWay.Wait()
	return outcomes, s.DB.InTx(ctx, func(ctx context.Context) error {
		for i, one := range chosen {
			if err := s.settle(ctx, one, outcomes[i]); err != nil {
				return fmt.Errorf("what became of message %q: %w", one.notice.ID, err)
			}
		}
		return nil
	})
}

func (s *Service) send(ctx context.Context, one message) error {
	template, _ := s.Templates.of(one.notice.Kind)
	return s.WeChat.SendSubscribeMessage(ctx, one.openID, template.ID, one.notice.Page, template.data(one.notice))
}

// choose decides what becomes of due messages, and gives those that are to be sent: they are the caller's now, each
// with a consent set aside for it. errRaced, and nothing changed, when another server is at them.
func (s *Service) choose(ctx context.Context, due []message) (chosen []message, err error) {
	now := s.DB.Now()
	people := make([]string, len(due))
	for i, one := range due {
		people[i] = one.notice.personID
	}
	consents, err := s.store().consents(ctx, people)
	if err != nil {
		return nil, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		chosen = nil
		left := make(map[consentKey]int64, len(consents))
		for key, remaining := range consents {
			left[key] = remaining
		}
		for _, one := range due {
			isToGo, err := s.decide(ctx, one, left, now)
			if err != nil {
				return err
			}
			if !isToGo {
				continue
			}
			if err := s.store().beginSending(ctx, one, now); err != nil {
				return err
			}
			one.tries++
			chosen = append(chosen, one)
		}
		return nil
	})
	return chosen, err
}

// decide drops or postpones a due message, or tells that it is to be sent and has its consent.
func (s *Service) decide(ctx context.Context, one message, left map[consentKey]int64, now time.Time) (bool, error) {
	settings, err := s.Regions.Settings(ctx, one.notice.RegionID)
	if err != nil {
		return false, err
	}
	template, hasTemplate := s.Templates.of(one.notice.Kind)
	reason, until := one.fate(now, hasTemplate, settings)
	switch {
	case reason != "":
		return false, s.drop(ctx, one, template, reason, now)
	case !until.IsZero():
		return false, s.store().postpone(ctx, one, until)
	case one.hasConsent:
		return true, nil
	}
	key := consentKey{one.notice.personID, template.ID}
	switch {
	case left[key] == 0:
		return false, s.drop(ctx, one, template, noConsent, now)
	case template.LongTerm:
		return true, nil
	}
	left[key]--
	return true, s.store().takeConsent(ctx, key)
}

func (s *Service) drop(ctx context.Context, one message, template Template, reason string, now time.Time) error {
	if err := s.store().drop(ctx, one, reason, now); err != nil {
		return err
	}
	s.DB.AfterCommit(ctx, func() { s.outcomes.count(dropped, 1) })
	if !one.hasConsent {
		return nil
	}
	return s.giveBack(ctx, one, template)
}

// giveBack returns the consent that was set aside for a message that was not sent.
func (s *Service) giveBack(ctx context.Context, one message, template Template) error {
	if template.LongTerm {
		return nil
	}
	return s.store().giveBackConsent(ctx, consentKey{one.notice.personID, template.ID})
}

// ended is how sending a message ended: where that leaves it, and when it is due again if it waits.
type ended struct {
	state  state
	reason string
	dueAt  time.Time
}

// after follows the outcome of a try. A message is sent again only when WeChat, or the way there, said that it was
// not sent.
func (m message) after(outcome error, now time.Time) ended {
	switch {
	case outcome == nil:
		return ended{state: sent}
	case errors.Is(outcome, wechat.ErrNoConsent):
		return ended{state: dropped, reason: noConsent}
	case errors.Is(outcome, wechat.ErrOutcomeUnknown):
		return ended{state: unknown, reason: outcome.Error()}
	case errors.Is(outcome, wechat.ErrMessageRefused), m.tries >= mostTries:
		return ended{state: dead, reason: outcome.Error()}
	}
	return ended{state: waiting, reason: outcome.Error(), dueAt: now.Add(waitAfter(m.tries))}
}

// settle stores what became of a message.
func (s *Service) settle(ctx context.Context, one message, outcome error) error {
	end := one.after(outcome, s.DB.Now())
	stored, err := s.store().endSending(ctx, one, end, s.DB.Now())
	if err != nil || !stored { // it took so long that somebody has given up on it
		return err
	}
	s.DB.AfterCommit(ctx, func() { s.outcomes.count(end.state, 1) })
	template, _ := s.Templates.of(one.notice.Kind)
	switch {
	case end.state == dead:
		s.Log.WarnContext(ctx, "message not sent", "notice", one.notice.ID, "kind", one.notice.Kind, "tries", one.tries, "cause", outcome)
		return s.giveBack(ctx, one, template)
	case errors.Is(outcome, wechat.ErrNoConsent):
		return s.store().endConsent(ctx, consentKey{one.notice.personID, template.ID}, s.DB.Now())
	}
	return nil
}
