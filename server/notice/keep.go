package notice

import (
	"context"
	"fmt"
	"time"
)

const (
	// readKept is how long a notice that was read stays in the inbox.
	readKept = 180 * 24 * time.Hour
	// forgottenAtOnce go in one transaction.
	forgottenAtOnce = 500
)

// Forget removes notices that were read long ago, and with them their messages.
func (s *Service) Forget(ctx context.Context) error {
	before := s.DB.Now().Add(-readKept)
	for ctx.Err() == nil {
		ids, err := s.store().old(ctx, before, forgottenAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().delete(ctx, ids) }); err != nil {
			return fmt.Errorf("forget old notices: %w", err)
		}
	}
	return ctx.Err()
}

// Kept is all that the room keeps about a person, for their own export.
type Kept struct {
	Notices  []KeptNotice `json:"notices"`
	Consents []Consent    `json:"consents"`
}

// KeptNotice is a notice with what became of its message.
type KeptNotice struct {
	Notice
	Message   string    `json:"message,omitempty" doc:"waiting, sending, sent, unknown, dropped, dead; empty without one"`
	MessageAt time.Time `json:"message_at,omitzero"`
}

const keptBatch = 1000

// Export gives all that the room keeps about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	kept := Kept{Notices: []KeptNotice{}, Consents: []Consent{}}
	for after := ""; ; after = kept.Notices[len(kept.Notices)-1].ID {
		more, err := s.store().ofPerson(ctx, personID, after, keptBatch)
		if err != nil {
			return nil, err
		}
		kept.Notices = append(kept.Notices, more...)
		if len(more) < keptBatch {
			break
		}
	}
	consents, err := s.store().consents(ctx, []string{personID})
	for key, remaining := range consents {
		template, _ := s.Templates.byID(key.templateID)
		kept.Consents = append(kept.Consents, Consent{TemplateID: key.templateID, LongTerm: template.LongTerm, Remaining: remaining})
	}
	return kept, err
}

// Erase removes all that a leaving person was told, in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	queries := s.store().queries(ctx)
	for _, remove := range []func(context.Context, string) error{queries.EraseMessages, queries.EraseNotices, queries.EraseConsents} {
		if err := remove(ctx, personID); err != nil {
			return fmt.Errorf("erase the notices of a person: %w", err)
		}
	}
	return nil
}
