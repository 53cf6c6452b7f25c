package person

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/web"
)

// Export is all that is kept about one person, for that person.
type Export struct {
	ExportedAt time.Time `json:"exported_at"`
	Person     Person    `json:"person"`
	// Phone and OpenID are whole here, and nowhere else.
	Phone     string          `json:"phone"`
	OpenID    string          `json:"open_id"`
	CreatedAt time.Time       `json:"created_at"`
	Sessions  []SessionRecord `json:"sessions" nullable:"false"`
	Cards     []Card          `json:"cards" nullable:"false"`
	// DoneToMe and DoneByMe are the entries of the audit log, such as who saw the whole phone number.
	DoneToMe []audit.Entry  `json:"done_to_me" nullable:"false"`
	DoneByMe []audit.Entry  `json:"done_by_me" nullable:"false"`
	Rooms    map[string]any `json:"rooms" doc:"What every other room keeps, by its name"`
}

// SessionRecord is a session as its person reads of it.
type SessionRecord struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

// Export gathers all that every room keeps about the caller.
func (s *Service) Export(ctx context.Context, caller web.Caller) (Export, error) {
	if err := RequireOwnPhone(caller); err != nil {
		return Export{}, err
	}
	person, err := s.Get(ctx, caller.PersonID)
	if err != nil {
		return Export{}, err
	}
	export := Export{ExportedAt: s.DB.Now(), Person: person, Phone: person.phone, OpenID: person.openID,
		CreatedAt: person.createdAt, Rooms: map[string]any{}}
	if export.Sessions, err = s.store().sessions(ctx, person.ID); err != nil {
		return Export{}, err
	}
	export.Cards, err = everyPage(func(query web.PageQuery) (web.Page[Card], error) {
		return s.Cards(ctx, caller, person.ID, query)
	})
	if err != nil {
		return Export{}, err
	}
	if err := s.addAudit(ctx, &export); err != nil {
		return Export{}, err
	}
	for room, exporter := range s.Exporters {
		if export.Rooms[room], err = exporter(ctx, person.ID); err != nil {
			return Export{}, fmt.Errorf("export from %s: %w", room, err)
		}
	}
	return export, nil
}

func (s *Service) addAudit(ctx context.Context, export *Export) (err error) {
	export.DoneToMe, err = everyPage(func(query web.PageQuery) (web.Page[audit.Entry], error) {
		return s.Audit.OfSubject(ctx, "person", export.Person.ID, query)
	})
	if err != nil {
		return err
	}
	for i := range export.DoneToMe { // where others sat when they did it is theirs
		if entry := &export.DoneToMe[i]; entry.ActorID != export.Person.ID {
			entry.ClientAddress, entry.RequestID = "", ""
		}
	}
	export.DoneByMe, err = everyPage(func(query web.PageQuery) (web.Page[audit.Entry], error) {
		return s.Audit.OfActor(ctx, export.Person.ID, query)
	})
	return err
}

func everyPage[T any](list func(query web.PageQuery) (web.Page[T], error)) ([]T, error) {
	items := []T{}
	query := web.PageQuery{Limit: 100}
	for {
		page, err := list(query)
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
		if page.NextCursor == "" {
			return items, nil
		}
		query.Cursor = page.NextCursor
	}
}

// Leave erases the caller: identity, name, phone, home, sessions, cards and roles go; the ledger keeps the id
// as a pseudonym. 409 admin.last for the last admin.
func (s *Service) Leave(ctx context.Context, caller web.Caller) error {
	if err := RequireOwnPhone(caller); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.Hold(ctx, caller.PersonID); err != nil {
			return err
		}
		if err := s.requireAnotherAdmin(ctx, caller.PersonID); err != nil {
			return err
		}
		person, err := s.store().person(ctx, caller.PersonID)
		if err != nil {
			return err
		}
		// Recorded first, so that where this was done from is erased with the rest.
		err = s.Audit.Record(ctx, caller, audit.Act{Name: "person.erased", SubjectKind: "person", SubjectID: person.ID,
			RegionID: person.communityID()})
		if err != nil {
			return err
		}
		return s.erase(ctx, person.ID)
	})
}

// requireAnotherAdmin is errLastAdmin when a city would be left without an admin.
func (s *Service) requireAnotherAdmin(ctx context.Context, personID string) error {
	grants, err := s.Regions.GrantsOf(ctx, personID)
	if err != nil {
		return err
	}
	for _, grant := range grants {
		if grant.Role != web.Admin {
			continue
		}
		admins, err := s.Regions.HoldAdmins(ctx, grant.RegionID)
		if err != nil {
			return err
		}
		if slices.Equal(admins, []string{personID}) {
			return errLastAdmin
		}
	}
	return nil
}

// erase leaves of a person the id alone, in every room, in the transaction of ctx.
func (s *Service) erase(ctx context.Context, personID string) error {
	for _, erase := range s.Erasers {
		if err := erase(ctx, personID); err != nil {
			return err
		}
	}
	if err := s.Regions.RevokeAllOf(ctx, personID); err != nil {
		return err
	}
	if err := s.RevokeSessions(ctx, personID); err != nil {
		return err
	}
	return s.store().erase(ctx, personID)
}

func (s store) sessions(ctx context.Context, personID string) ([]SessionRecord, error) {
	rows, err := s.queries(ctx).SessionsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("sessions of a person: %w", err)
	}
	sessions := make([]SessionRecord, len(rows))
	for i, row := range rows {
		sessions[i] = SessionRecord{ID: row.ID, CreatedAt: db.Time(row.CreatedAt), ExpiresAt: db.Time(row.ExpiresAt), RevokedAt: db.Time(row.RevokedAt)}
	}
	return sessions, nil
}
