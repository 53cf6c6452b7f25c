package person

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person/internal/persondb"
	"fivestar/server/region"
	"fivestar/server/web"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *persondb.Queries { return persondb.New(s.db.Querier(ctx)) }

// idsPerQuery keeps a query's list of ids within what every database takes.
const idsPerQuery = 500

// inChunks runs query on ids, some at a time, and gives all that it gave.
func inChunks[T any](ids []string, query func(ids []string) ([]T, error)) ([]T, error) {
	var all []T
	for chunk := range slices.Chunk(ids, idsPerQuery) {
		rows, err := query(chunk)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// people gives those of ids that exist, in their order, also those who have left. Homes have no names and
// people no roles yet.
func (s store) people(ctx context.Context, ids []string) ([]Person, error) {
	queries := s.queries(ctx)
	rows, err := inChunks(ids, func(ids []string) ([]persondb.Person, error) { return queries.GetPeople(ctx, ids) })
	if err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	identities, err := inChunks(ids, func(ids []string) ([]persondb.PersonIdentity, error) { return queries.IdentitiesOfPeople(ctx, ids) })
	if err != nil {
		return nil, fmt.Errorf("identities: %w", err)
	}
	known := make(map[string]*Person, len(rows))
	for _, row := range rows {
		found := personOf(row)
		known[row.ID] = &found
	}
	for _, identity := range identities {
		if found, ok := known[identity.PersonID]; ok {
			found.identify(identity)
		}
	}
	people := make([]Person, 0, len(known))
	for _, id := range ids {
		if found, ok := known[id]; ok {
			people = append(people, *found)
		}
	}
	return people, nil
}

func personOf(row persondb.Person) Person {
	found := Person{
		ID: row.ID, Name: row.Name, LeaderboardConsent: row.LeaderboardConsent, PartyMember: row.PartyMember, HomePath: row.HomePath, Roles: []web.RoleGrant{},
		homeChangedAt: db.Time(row.HomeChangedAt), createdAt: db.Time(row.CreatedAt), erasedAt: db.Time(row.ErasedAt),
	}
	if row.HomeRegionID != "" {
		found.Home = &Home{RegionID: row.HomeRegionID, CommunityID: row.HomeCommunityID, Verified: row.HomeVerifiedAt != 0}
	}
	return found
}

func (p *Person) identify(identity persondb.PersonIdentity) {
	switch identity.Kind {
	case phoneIdentity:
		p.phone, p.PhoneMasked = identity.Value, MaskPhone(identity.Value)
	case wechatIdentity:
		p.openID, p.HasWeChat = identity.Value, true
	}
}

// person gives one who has not left; fault.ErrNotFound.
func (s store) person(ctx context.Context, id string) (Person, error) {
	people, err := s.people(ctx, []string{id})
	if err != nil {
		return Person{}, err
	}
	if len(people) == 0 || !people[0].erasedAt.IsZero() {
		return Person{}, fmt.Errorf("person %q: %w", id, fault.ErrNotFound)
	}
	return people[0], nil
}

func (s store) names(ctx context.Context, ids []string) (map[string]string, error) {
	rows, err := inChunks(ids, func(ids []string) ([]persondb.GetNamesRow, error) { return s.queries(ctx).GetNames(ctx, ids) })
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

func (s store) roles(ctx context.Context, personIDs []string) (map[string][]web.RoleGrant, error) {
	rows, err := s.queries(ctx).GrantsOfPeople(ctx, personIDs)
	if err != nil {
		return nil, fmt.Errorf("roles: %w", err)
	}
	roles := make(map[string][]web.RoleGrant)
	for _, row := range rows {
		roles[row.PersonID] = append(roles[row.PersonID], web.RoleGrant{ID: row.ID, Role: web.Role(row.Role),
			RegionID: row.RegionID, OrganisationID: row.OrganisationID, TeamID: row.TeamID})
	}
	return roles, nil
}

// place is a person's place in a list: after it the next page begins.
type place struct {
	path, name, id string
}

// list gives the ids of people whose home is at or below a region: in a community by name, above one by
// place and then by name, because only those orders have an index.
func (s store) list(ctx context.Context, top region.Region, wanted search, after place, limit int) ([]string, error) {
	from, to := region.PathRange(top.Path)
	if communityID := region.CommunityOf(top.Path); communityID != "" {
		return s.queries(ctx).PeopleOfCommunity(ctx, persondb.PeopleOfCommunityParams{
			CommunityID: communityID, FromPath: from, ToPath: to, AfterName: after.name, AfterID: after.id,
			NamePattern: wanted.name, PhonePattern: wanted.phone, Limit: int32(limit),
		})
	}
	return s.queries(ctx).PeopleBelow(ctx, persondb.PeopleBelowParams{
		FromPath: max(from, after.path), ToPath: to, AfterPath: after.path, AfterName: after.name, AfterID: after.id,
		NamePattern: wanted.name, PhonePattern: wanted.phone, Limit: int32(limit),
	})
}

// newcomer is what a person is stored with at first.
type newcomer struct {
	id, name   string
	home       region.Region // zero for none
	verifiedBy string        // of the home, empty for nobody
	createdBy  string
}

func (s store) insertPerson(ctx context.Context, person newcomer) error {
	now := db.Millis(s.db.Now())
	params := persondb.InsertPersonParams{
		ID: person.id, Name: person.name, SearchName: SearchName(person.name),
		HomeRegionID: person.home.ID, HomeCommunityID: region.CommunityOf(person.home.Path), HomePath: person.home.Path,
		HomeVerifiedBy: person.verifiedBy, CreatedBy: person.createdBy, CreatedAt: now,
	}
	if person.verifiedBy != "" {
		params.HomeVerifiedAt = now
	}
	return s.queries(ctx).InsertPerson(ctx, params)
}

func (s store) rename(ctx context.Context, id, name string) error {
	affected, err := s.queries(ctx).RenamePerson(ctx, persondb.RenamePersonParams{Name: name, SearchName: SearchName(name), ID: id})
	return db.One(affected, err, fault.ErrNotFound)
}

func (s store) setConsent(ctx context.Context, id string, consent bool) error {
	affected, err := s.queries(ctx).SetLeaderboardConsent(ctx, persondb.SetLeaderboardConsentParams{LeaderboardConsent: consent, ID: id})
	return db.One(affected, err, fault.ErrNotFound)
}

// moveHome moves the home from where person has it; errHomeMoved when it has been moved since.
func (s store) moveHome(ctx context.Context, person Person, home region.Region, changedAt time.Time) error {
	affected, err := s.queries(ctx).MoveHome(ctx, persondb.MoveHomeParams{
		HomeRegionID: home.ID, HomeCommunityID: region.CommunityOf(home.Path), HomePath: home.Path, HomeChangedAt: db.Millis(changedAt),
		ID: person.ID, FromPath: person.HomePath, FromChangedAt: db.Millis(person.homeChangedAt),
	})
	return db.One(affected, err, errHomeMoved)
}

// setVerified marks the home that person has; an empty by takes the mark away. errHomeMoved when the home has
// been moved since.
func (s store) setVerified(ctx context.Context, person Person, by string) error {
	params := persondb.SetHomeVerifiedParams{HomeVerifiedBy: by, ID: person.ID, HomePath: person.HomePath}
	if by != "" {
		params.HomeVerifiedAt = db.Millis(s.db.Now())
	}
	affected, err := s.queries(ctx).SetHomeVerified(ctx, params)
	return db.One(affected, err, errHomeMoved)
}

// ownerOf is who is known by an identity, empty for nobody.
func (s store) ownerOf(ctx context.Context, kind, value string) (string, error) {
	id, err := s.queries(ctx).PersonOfIdentity(ctx, persondb.PersonOfIdentityParams{Kind: kind, Value: value})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("owner of a %s identity: %w", kind, err)
	}
	return id, nil
}

// insertIdentity fails as db.IsUnique tells when the identity is somebody's, or the person has one of its kind.
func (s store) insertIdentity(ctx context.Context, kind, value, personID string) error {
	return s.queries(ctx).InsertIdentity(ctx, persondb.InsertIdentityParams{
		Kind: kind, Value: value, PersonID: personID, CreatedAt: db.Millis(s.db.Now()),
	})
}

func (s store) replacePhone(ctx context.Context, personID, phone string) error {
	err := s.queries(ctx).DeleteIdentity(ctx, persondb.DeleteIdentityParams{PersonID: personID, Kind: phoneIdentity})
	if err != nil {
		return fmt.Errorf("take the old phone away: %w", err)
	}
	return s.insertIdentity(ctx, phoneIdentity, phone, personID)
}

// moveWeChat gives one person's WeChat to another who has none; errPhoneTaken if they have one by now.
func (s store) moveWeChat(ctx context.Context, fromID, toID string) error {
	affected, err := s.queries(ctx).MoveIdentity(ctx, persondb.MoveIdentityParams{
		ToPersonID: toID, Kind: wechatIdentity, FromPersonID: fromID,
	})
	if db.IsUnique(err) {
		return errPhoneTaken
	}
	return db.One(affected, err, errPhoneTaken)
}

// erase leaves of a person the id alone; fault.ErrNotFound when there is nobody, or nobody any more.
func (s store) erase(ctx context.Context, id string) error {
	queries := s.queries(ctx)
	affected, err := queries.ErasePerson(ctx, persondb.ErasePersonParams{Name: erasedName, ErasedAt: db.Millis(s.db.Now()), ID: id})
	if err := db.One(affected, err, fault.ErrNotFound); err != nil {
		return err
	}
	for _, remove := range []func(context.Context, string) error{
		queries.DeleteIdentities, queries.DeleteSessionsOfPerson, queries.DeleteCardsOfPerson,
	} {
		if err := remove(ctx, id); err != nil {
			return fmt.Errorf("erase a person: %w", err)
		}
	}
	return nil
}
