package notice

import (
	"context"
	"slices"

	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/web"
)

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
