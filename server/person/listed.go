package person

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/person/internal/persondb"
	"fivestar/server/region"
)

// Listed is a person as a community's roster knows and changes them.
type Listed struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"` // whole; empty without one
	// HomeID is the home's region, a community or a grid; HomePath is its path. Both are empty without a home.
	HomeID      string    `json:"home_id,omitempty"`
	HomePath    string    `json:"home_path,omitempty"`
	VerifiedBy  string    `json:"verified_by,omitempty"`
	VerifiedAt  time.Time `json:"verified_at,omitzero"`
	PartyMember bool      `json:"party_member,omitempty"`
}

// Same tells whether nothing about a person has changed.
func (l Listed) Same(other Listed) bool {
	sameTime := l.VerifiedAt.Equal(other.VerifiedAt)
	l.VerifiedAt, other.VerifiedAt = time.Time{}, time.Time{}
	return sameTime && l == other
}

// ListedChange is what is to become of a person; ErrListMoved when they are not as Before any more.
type ListedChange struct{ Before, After Listed }

// ErrListMoved says that the people of a roster were changed meanwhile by somebody else. Nothing was stored.
var ErrListMoved = errors.New("people of a roster were changed meanwhile")

func listedOf(row persondb.ListedInCommunityRow) Listed {
	return Listed{ID: row.ID, Name: row.Name, Phone: row.Phone, HomeID: row.HomeRegionID, HomePath: row.HomePath,
		VerifiedBy: row.HomeVerifiedBy, VerifiedAt: db.Time(row.HomeVerifiedAt), PartyMember: row.PartyMember}
}

// ListedIn gives everybody whose home is in a community, by one statement. The caller of this method has checked
// that they may be seen.
func (s *Service) ListedIn(ctx context.Context, communityID string) ([]Listed, error) {
	rows, err := s.store().queries(ctx).ListedInCommunity(ctx, communityID)
	if err != nil {
		return nil, fmt.Errorf("people of a roster: %w", err)
	}
	people := make([]Listed, len(rows))
	for i, row := range rows {
		people[i] = listedOf(row)
	}
	return people, nil
}

// ListedByPhone gives whoever has one of the phone numbers, wherever they live: what becomes of that is the caller's
// to keep from who may not know.
func (s *Service) ListedByPhone(ctx context.Context, phones []string) ([]Listed, error) {
	return inChunks(phones, func(phones []string) ([]Listed, error) {
		rows, err := s.store().queries(ctx).ListedByPhone(ctx, phones)
		if err != nil {
			return nil, fmt.Errorf("owners of phones: %w", err)
		}
		people := make([]Listed, len(rows))
		for i, row := range rows {
			people[i] = listedOf(persondb.ListedInCommunityRow(row))
		}
		return people, nil
	})
}

// ListedByID gives those of the people who have not left, in no order.
func (s *Service) ListedByID(ctx context.Context, ids []string) ([]Listed, error) {
	return inChunks(ids, func(ids []string) ([]Listed, error) {
		rows, err := s.store().queries(ctx).ListedByID(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("people of a roster: %w", err)
		}
		people := make([]Listed, len(rows))
		for i, row := range rows {
			people[i] = listedOf(persondb.ListedInCommunityRow(row))
		}
		return people, nil
	})
}

// AddListed stores people who are new, in the transaction of ctx; ErrListMoved when a phone is somebody's by now.
func (s *Service) AddListed(ctx context.Context, people []Listed, createdBy string) error {
	now := db.Millis(s.DB.Now())
	const table = "person (id, name, search_name, home_region_id, home_community_id, home_path, home_changed_at, home_verified_by, " +
		"home_verified_at, leaderboard_consent, party_member, created_by, created_at, erased_at)"
	err := db.InsertRows(ctx, s.DB, table, people, func(one Listed) []any {
		return []any{one.ID, one.Name, SearchName(one.Name), one.HomeID, region.CommunityOf(one.HomePath), one.HomePath, 0, one.VerifiedBy,
			db.Millis(one.VerifiedAt), false, one.PartyMember, createdBy, now, 0}
	})
	if err != nil {
		return err
	}
	return s.store().insertPhones(ctx, people)
}

func (s store) insertPhones(ctx context.Context, people []Listed) error {
	withPhone := slices.DeleteFunc(slices.Clone(people), func(one Listed) bool { return one.Phone == "" })
	now := db.Millis(s.db.Now())
	err := db.InsertRows(ctx, s.db, "person_identity (kind, value, person_id, created_at)", withPhone, func(one Listed) []any {
		return []any{phoneIdentity, one.Phone, one.ID, now}
	})
	if db.IsUnique(err) {
		return ErrListMoved
	}
	return err
}

// move is what is the same in the changes of many people, so that they are written together.
type move struct{ from, to Listed }

// groupable is a person without what is theirs alone, fit to be compared.
func groupable(one Listed) Listed {
	one.ID, one.Name, one.Phone, one.VerifiedAt = "", "", "", db.Time(db.Millis(one.VerifiedAt))
	return one
}

// ChangeListed stores changes of names, homes and Party membership, and phones where there was none or will be none,
// in the transaction of ctx. ErrListMoved.
func (s *Service) ChangeListed(ctx context.Context, changes []ListedChange) error {
	moves := map[move][]string{}
	var withPhone []Listed
	var withoutPhone []string
	for _, one := range changes {
		from, to := one.Before, one.After
		if from.Name != to.Name {
			if err := s.store().renameListed(ctx, from, to); err != nil {
				return err
			}
		}
		switch {
		case from.Phone == "" && to.Phone != "":
			withPhone = append(withPhone, to)
		case from.Phone != "" && to.Phone == "":
			withoutPhone = append(withoutPhone, to.ID)
		}
		if same := (move{groupable(from), groupable(to)}); same.from != same.to {
			moves[same] = append(moves[same], to.ID)
		}
	}
	for one, ids := range moves {
		if err := s.store().changeListed(ctx, one, ids); err != nil {
			return err
		}
	}
	if err := s.store().deletePhones(ctx, withoutPhone); err != nil {
		return err
	}
	return s.store().insertPhones(ctx, withPhone)
}

func (s store) renameListed(ctx context.Context, from, to Listed) error {
	affected, err := s.queries(ctx).RenameListed(ctx, persondb.RenameListedParams{
		Name: to.Name, SearchName: SearchName(to.Name), ID: to.ID, FromName: from.Name,
	})
	return db.One(affected, err, ErrListMoved)
}

func (s store) changeListed(ctx context.Context, m move, ids []string) error {
	for some := range slices.Chunk(ids, idsPerQuery) {
		affected, err := s.queries(ctx).ChangeListed(ctx, persondb.ChangeListedParams{
			HomeRegionID: m.to.HomeID, HomeCommunityID: region.CommunityOf(m.to.HomePath), HomePath: m.to.HomePath,
			HomeVerifiedBy: m.to.VerifiedBy, HomeVerifiedAt: db.Millis(m.to.VerifiedAt), PartyMember: m.to.PartyMember,
			Ids: some, FromRegionID: m.from.HomeID, FromVerifiedAt: db.Millis(m.from.VerifiedAt), FromPartyMember: m.from.PartyMember,
		})
		if err := all(affected, err, some); err != nil {
			return err
		}
	}
	return nil
}

func (s store) deletePhones(ctx context.Context, ids []string) error {
	for some := range slices.Chunk(ids, idsPerQuery) {
		affected, err := s.queries(ctx).DeletePhonesOf(ctx, some)
		if err := all(affected, err, some); err != nil {
			return err
		}
	}
	return nil
}

// all is ErrListMoved unless every one of ids was affected.
func all(affected int64, err error, ids []string) error {
	if err != nil {
		return err
	}
	if affected != int64(len(ids)) {
		return ErrListMoved
	}
	return nil
}

// Tie is what holds a person who was listed, so that taking them off the roster would lose something.
type Tie string

const (
	TieWeChat  Tie = "logged_in"
	TieCard    Tie = "card"
	TieRole    Tie = "role"
	TieHistory Tie = "history" // in one of the other rooms
)

// Ties gives those of the people who have one, with the one that weighs most.
func (s *Service) Ties(ctx context.Context, ids []string) (map[string]Tie, error) {
	queries := s.store().queries(ctx)
	ties := map[string]Tie{}
	add := func(tie Tie, query func(ctx context.Context, ids []string) ([]string, error)) error {
		found, err := inChunks(ids, func(ids []string) ([]string, error) { return query(ctx, ids) })
		if err != nil {
			return fmt.Errorf("ties of people: %w", err)
		}
		for _, id := range found {
			ties[id] = tie
		}
		return nil
	}
	err := errors.Join(add(TieRole, queries.PeopleWithGrants), add(TieCard, queries.PeopleWithCards), add(TieWeChat, queries.PeopleWithWeChat))
	for _, historyAmong := range s.HistoryAmong {
		err = errors.Join(err, add(TieHistory, historyAmong))
	}
	return ties, err
}

// RemoveListed takes people off who were only ever listed, in the transaction of ctx: their rows and phones go.
// ErrListMoved when one of them has left meanwhile.
func (s *Service) RemoveListed(ctx context.Context, people []Listed) error {
	var withPhone []string
	ids := make(map[string]bool, len(people))
	for _, one := range people {
		ids[one.ID] = true
		if one.Phone != "" {
			withPhone = append(withPhone, one.ID)
		}
	}
	if err := s.store().deletePhones(ctx, withPhone); err != nil {
		return err
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(ids)), idsPerQuery) {
		affected, err := s.store().queries(ctx).DeletePeople(ctx, some)
		if err := all(affected, err, some); err != nil {
			return err
		}
	}
	return nil
}
