package person

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person/internal/persondb"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// Card is a printed card, without what stands on it.
type Card struct {
	ID        string    `json:"id"`
	IssuedBy  string    `json:"issued_by"`
	IssuedAt  time.Time `json:"issued_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

// NewCard is a card with what is printed on it. Token is told this once.
type NewCard struct {
	Card
	Token  string `json:"token"`
	QRText string `json:"qr_text" doc:"What the printed QR holds"`
}

// PersonalCode is what a person's phone shows for a moment, to be scanned.
type PersonalCode struct {
	Text        string    `json:"text" doc:"What the QR holds"`
	Code        string    `json:"code"`
	StepSeconds int       `json:"step_seconds"`
	ValidUntil  time.Time `json:"valid_until"`
}

// ScanMethod is what was held before the scanner.
type ScanMethod string

const (
	// ScanCard is a printed card.
	ScanCard ScanMethod = "card"
	// ScanCode is the rotating code on the person's own phone.
	ScanCode ScanMethod = "personal_code"
)

// livingCards is how many cards a person may have at once: one to carry, one at home, one with the family.
const livingCards = 3

// What QR codes of people hold: "FS1:C:" and a card's token, or "FS1:P:", a person's id, ":" and a rotating code.
const (
	cardPrefix     = "FS1:C:"
	personalPrefix = "FS1:P:"
)

// personalCode is the purpose of rotating codes of people.
const personalCode = "personal code"

func cardText(token string) string { return cardPrefix + token }

func personalText(personID, code string) string { return personalPrefix + personID + ":" + code }

// scan is a text from a scanner, taken apart: either a card's token or a person's id and code.
type scan struct {
	cardToken      string
	personID, code string
}

var (
	cardTokenShape    = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
	personalCodeShape = regexp.MustCompile(`^([0-9A-Z]{26}):([A-Z2-7]{8})$`)
)

// parseScan takes a text apart; false when it is of neither shape. A card's token may come without the prefix.
func parseScan(text string) (scan, bool) {
	if personal, ok := strings.CutPrefix(text, personalPrefix); ok {
		parts := personalCodeShape.FindStringSubmatch(personal)
		if parts == nil {
			return scan{}, false
		}
		return scan{personID: parts[1], code: parts[2]}, true
	}
	token := strings.TrimPrefix(text, cardPrefix)
	return scan{cardToken: token}, cardTokenShape.MatchString(token)
}

// Scanned tells whose card or personal code was scanned. A personal code must be of the time step that holds
// at, or of the one before; a card must be alive now, whenever it was scanned. 403 card.refused,
// checkin.bad_code.
func (s *Service) Scanned(ctx context.Context, token string, at time.Time) (personID string, method ScanMethod, err error) {
	scanned, ok := parseScan(token)
	if !ok {
		return "", "", errBadCode
	}
	if scanned.cardToken != "" {
		owner, err := s.store().ownerOfCard(ctx, scanned.cardToken)
		return owner.PersonID, ScanCard, err
	}
	if !s.Key.VerifyRotating(scanned.code, personalCode, scanned.personID, at) {
		return "", ScanCode, errBadCode
	}
	if err := s.Require(ctx, scanned.personID); errors.Is(err, fault.ErrNotFound) {
		return "", ScanCode, errBadCode
	} else if err != nil {
		return "", ScanCode, err
	}
	return scanned.personID, ScanCode, nil
}

// PersonalCode is the caller's own rotating code, which only their own phone may show.
func (s *Service) PersonalCode(caller web.Caller) (PersonalCode, error) {
	if err := RequireOwnPhone(caller); err != nil {
		return PersonalCode{}, err
	}
	code, until := s.Key.Rotating(personalCode, caller.PersonID, s.DB.Now())
	return PersonalCode{Text: personalText(caller.PersonID, code), Code: code,
		StepSeconds: int(secret.Step.Seconds()), ValidUntil: until}, nil
}

// ActByCard lets helper act as the person of a living card, whose home must be where the helper helps. The
// Caller has no roles. 403 card.refused whatever is wrong, so that a found card tells nothing.
func (s *Service) ActByCard(ctx context.Context, helper web.Caller, cardToken string) (web.Caller, error) {
	scanned, ok := parseScan(cardToken)
	if !ok || scanned.cardToken == "" {
		return web.Caller{}, errCardRefused
	}
	owner, err := s.store().ownerOfCard(ctx, scanned.cardToken)
	if err != nil {
		return web.Caller{}, err
	}
	home := region.In(region.Region{Path: owner.HomePath})
	if owner.PersonID == helper.PersonID || !region.May(helper, region.HelpByCard, home) {
		return web.Caller{}, errCardRefused
	}
	owner.HelperID, owner.SessionID = helper.PersonID, helper.SessionID
	return owner, nil
}

// IssueCard makes a card for a person of the caller's community.
func (s *Service) IssueCard(ctx context.Context, caller web.Caller, personID string) (NewCard, error) {
	person, err := s.requireOver(ctx, caller, region.ManagePeople, personID)
	if err != nil {
		return NewCard{}, err
	}
	token := secret.NewToken()
	made := NewCard{Card: Card{ID: db.NewID(), IssuedBy: caller.PersonID, IssuedAt: s.DB.Now()}, Token: token, QRText: cardText(token)}
	err = s.again(ctx, func(ctx context.Context) error {
		if err := s.store().insertCard(ctx, personID, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "card.issued", SubjectKind: "person",
			SubjectID: personID, RegionID: person.communityID(), After: made.Card})
	})
	return made, err
}

// RevokeCard makes a card worthless, at once and for good. The card's person may do it on their own phone.
func (s *Service) RevokeCard(ctx context.Context, caller web.Caller, personID, cardID string) error {
	person, err := s.requireCards(ctx, caller, personID)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().revokeCard(ctx, personID, cardID, caller.PersonID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "card.revoked", SubjectKind: "person",
			SubjectID: personID, RegionID: person.communityID(), Before: Card{ID: cardID}})
	})
}

const oldestCards = "cards"

// Cards are the cards of a person, revoked ones too, oldest first, for those who manage them and for the person.
func (s *Service) Cards(ctx context.Context, caller web.Caller, personID string, query web.PageQuery) (web.Page[Card], error) {
	if _, err := s.requireCards(ctx, caller, personID); err != nil {
		return web.Page[Card]{}, err
	}
	after, err := query.AfterID(oldestCards)
	if err != nil {
		return web.Page[Card]{}, err
	}
	cards, err := s.store().cards(ctx, personID, after, query.Limit+1)
	return web.NewPage(oldestCards, cards, query.Limit, func(c Card) []string { return []string{c.ID} }), err
}

func (s *Service) requireCards(ctx context.Context, caller web.Caller, personID string) (Person, error) {
	if caller.PersonID != personID {
		return s.requireOver(ctx, caller, region.ManagePeople, personID)
	}
	if err := RequireOwnPhone(caller); err != nil {
		return Person{}, err
	}
	return s.store().person(ctx, personID)
}

// ownerOfCard is the person of a living card as a caller without roles; errCardRefused.
func (s store) ownerOfCard(ctx context.Context, token string) (web.Caller, error) {
	row, err := s.queries(ctx).PersonOfCard(ctx, secret.Hash(token))
	if errors.Is(err, sql.ErrNoRows) {
		return web.Caller{}, errCardRefused
	}
	if err != nil {
		return web.Caller{}, fmt.Errorf("find a card: %w", err)
	}
	return web.Caller{PersonID: row.ID, HomePath: row.HomePath, HomeVerified: row.HomeVerifiedAt != 0}, nil
}

// cards gives those of a person's cards that come after one of them.
func (s store) cards(ctx context.Context, personID, afterID string, limit int) ([]Card, error) {
	rows, err := s.queries(ctx).ListCards(ctx, persondb.ListCardsParams{PersonID: personID, ID: afterID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("cards of a person: %w", err)
	}
	cards := make([]Card, len(rows))
	for i, row := range rows {
		cards[i] = Card{ID: row.ID, IssuedBy: row.IssuedBy, IssuedAt: db.Time(row.IssuedAt), RevokedAt: db.Time(row.RevokedAt)}
	}
	return cards, nil
}

func freeSlot(taken []string) (string, error) {
	for number := 1; number <= livingCards; number++ {
		if slot := strconv.Itoa(number); !slices.Contains(taken, slot) {
			return slot, nil
		}
	}
	return "", errCardLimit
}

func (s store) insertCard(ctx context.Context, personID string, made NewCard) error {
	taken, err := s.queries(ctx).LivingCards(ctx, personID)
	if err != nil {
		return fmt.Errorf("living cards of a person: %w", err)
	}
	slot, err := freeSlot(taken)
	if err != nil {
		return err
	}
	return s.queries(ctx).InsertCard(ctx, persondb.InsertCardParams{
		ID: made.ID, PersonID: personID, Slot: slot, TokenHash: secret.Hash(made.Token),
		IssuedBy: made.IssuedBy, IssuedAt: db.Millis(made.IssuedAt),
	})
}

func (s store) revokeCard(ctx context.Context, personID, cardID, by string) error {
	affected, err := s.queries(ctx).RevokeCard(ctx, persondb.RevokeCardParams{
		RevokedBy: by, RevokedAt: db.Millis(s.db.Now()), ID: cardID, PersonID: personID,
	})
	return db.One(affected, err, fault.ErrNotFound)
}
