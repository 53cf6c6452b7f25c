package roster

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/roster/internal/rosterdb"
	"fivestar/server/web"
)

// Household is who lives at one number, and who keeps in touch with them.
type Household struct {
	ID       string            `json:"id"`
	RegionID string            `json:"region_id" doc:"The community"`
	GridID   string            `json:"grid_id,omitempty" doc:"Absent where the grid is not known"`
	GridName string            `json:"grid_name,omitempty"`
	Number   string            `json:"number" doc:"Or the address, as the roster has it"`
	Members  []HouseholdMember `json:"members" nullable:"false"`
	Contact  *Contact          `json:"contact,omitempty" doc:"The Party member who keeps in touch with the household"`
	// FormerContacts and GridWorkers are told of one household only.
	FormerContacts []Contact `json:"former_contacts,omitempty"`
	GridWorkers    []string  `json:"grid_workers,omitempty" doc:"Names"`

	path string
}

// HouseholdMember is one of a household.
type HouseholdMember struct {
	Person   person.Summary `json:"person"`
	Relation string         `json:"relation,omitempty" doc:"To the head of the household; 户主 is the head"`
}

// Contact is a Party member's link to a household.
type Contact struct {
	Person person.Summary `json:"person"`
	From   time.Time      `json:"from"`
	Until  time.Time      `json:"until,omitzero"`

	id string
}

func householdOf(row rosterdb.Household) Household {
	return Household{ID: row.ID, RegionID: row.CommunityID, GridID: row.GridID, Number: row.Number, Members: []HouseholdMember{}, path: row.Path}
}

func (h Household) scope() region.Scope { return region.In(region.Region{Path: h.path}) }

const byNumber = "households"

// Households lists a community's or a grid's, by number, for those who may see its people. typed is part of a number
// or of a member's name; linked is "yes" or "no" for those with or without a Party member in touch, or empty.
func (s *Service) Households(ctx context.Context, caller web.Caller, regionID, typed, linked string, query web.PageQuery) (web.Page[Household], error) {
	top, err := s.Regions.Require(ctx, caller, region.SeePeople, regionID)
	if err != nil {
		return web.Page[Household]{}, err
	}
	communityID := region.CommunityOf(top.Path)
	if communityID == "" {
		return web.Page[Household]{}, fault.InvalidField("region_id", "请选择一个社区或网格")
	}
	after, err := householdAfter(query)
	if err != nil {
		return web.Page[Household]{}, err
	}
	from, to := region.PathRange(top.Path)
	numbers, names := "%", "%"
	if key := numberKey(typed); key != "" {
		numbers, names = db.Contains(key), "-" // a sign that no name has
		if name := person.SearchName(typed); name != "" {
			names = db.Contains(name)
		}
	}
	rows, err := s.store().queries(ctx).ListHouseholds(ctx, rosterdb.ListHouseholdsParams{CommunityID: communityID, FromPath: from, ToPath: to,
		AfterKey: after[0], AfterID: after[1], Contacted: linked, NumberPattern: numbers, NamePattern: names, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Household]{}, fmt.Errorf("list households: %w", err)
	}
	return s.householdPage(ctx, rows, query, true)
}

func householdAfter(query web.PageQuery) ([2]string, error) {
	keys, err := query.After(byNumber, 2)
	if err != nil || keys == nil {
		return [2]string{}, err
	}
	return [2]string{keys[0], keys[1]}, nil
}

func (s *Service) householdPage(ctx context.Context, rows []rosterdb.Household, query web.PageQuery, withContacts bool) (web.Page[Household], error) {
	households := make([]Household, len(rows))
	for i, row := range rows {
		households[i] = householdOf(row)
	}
	page := web.NewPage(byNumber, households, query.Limit, func(h Household) []string { return []string{numberKey(h.Number), h.ID} })
	return page, s.complete(ctx, page.Items, withContacts)
}

// complete adds the members, the names of grids, and who keeps in touch. Whoever has moved to another community is
// nobody of the household any more.
func (s *Service) complete(ctx context.Context, households []Household, withContacts bool) error {
	if len(households) == 0 {
		return nil
	}
	ids, gridIDs := make([]string, len(households)), make([]string, 0, len(households))
	at := map[string]*Household{}
	for i := range households {
		ids[i], at[households[i].ID] = households[i].ID, &households[i]
		gridIDs = append(gridIDs, households[i].GridID)
	}
	members, err := s.store().queries(ctx).MembersOfHouseholds(ctx, ids)
	if err != nil {
		return fmt.Errorf("members of households: %w", err)
	}
	var contacts []rosterdb.ContactsOfHouseholdsRow
	if withContacts {
		if contacts, err = s.store().queries(ctx).ContactsOfHouseholds(ctx, ids); err != nil {
			return fmt.Errorf("contacts of households: %w", err)
		}
	}
	personIDs := make([]string, 0, len(members)+len(contacts))
	for _, row := range members {
		personIDs = append(personIDs, row.PersonID)
	}
	for _, row := range contacts {
		personIDs = append(personIDs, row.PersonID)
	}
	people, err := s.People.Summaries(ctx, personIDs)
	if err != nil {
		return err
	}
	for _, row := range members {
		household := at[row.HouseholdID]
		household.Members = append(household.Members, HouseholdMember{people[row.PersonID], row.Relation})
	}
	for _, row := range contacts {
		at[row.HouseholdID].Contact = &Contact{Person: people[row.PersonID], From: db.Time(row.FromAt), id: row.ID}
	}
	return s.nameGrids(ctx, households, gridIDs)
}

func (s *Service) nameGrids(ctx context.Context, households []Household, gridIDs []string) error {
	grids, err := s.Regions.GetMany(ctx, gridIDs)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, grid := range grids {
		names[grid.ID] = grid.Name
	}
	for i := range households {
		households[i].GridName = names[households[i].GridID]
	}
	return nil
}

// Household gives one household to those who may see its people, with who kept in touch before and the grid's workers.
func (s *Service) Household(ctx context.Context, caller web.Caller, id string) (Household, error) {
	household, err := s.requireHousehold(ctx, caller, region.SeePeople, id)
	if err != nil {
		return Household{}, err
	}
	former, err := s.store().queries(ctx).FormerContacts(ctx, id)
	if err != nil {
		return Household{}, fmt.Errorf("former contacts: %w", err)
	}
	var workers []string
	if household.GridID != "" {
		if workers, err = s.Regions.GridWorkers(ctx, household.GridID); err != nil {
			return Household{}, err
		}
	}
	ids := workers
	for _, row := range former {
		ids = append(ids, row.PersonID)
	}
	people, err := s.People.Summaries(ctx, ids)
	if err != nil {
		return Household{}, err
	}
	for _, row := range former {
		household.FormerContacts = append(household.FormerContacts, Contact{Person: people[row.PersonID], From: db.Time(row.FromAt), Until: db.Time(row.UntilAt)})
	}
	for _, worker := range workers {
		household.GridWorkers = append(household.GridWorkers, people[worker].Name)
	}
	one := []Household{household}
	err = s.complete(ctx, one, true)
	return one[0], err
}

func (s *Service) requireHousehold(ctx context.Context, caller web.Caller, permission region.Permission, id string) (Household, error) {
	row, err := s.store().queries(ctx).GetHousehold(ctx, id)
	if err != nil {
		return Household{}, fmt.Errorf("household: %w", db.Found(err))
	}
	household := householdOf(row)
	return household, region.Require(caller, permission, household.scope())
}

// SetContact links a Party member of the community to a household, in the place of whoever was. 422 for somebody who
// is none; 409 household.contact_changed when somebody else was faster.
func (s *Service) SetContact(ctx context.Context, caller web.Caller, id, personID string) (Household, error) {
	household, err := s.requireHousehold(ctx, caller, region.LinkHouseholds, id)
	if err != nil {
		return Household{}, err
	}
	people, err := s.People.ListedByID(ctx, []string{personID})
	if err != nil {
		return Household{}, err
	}
	if len(people) == 0 || !people[0].PartyMember || !inCommunity(people[0], household.RegionID) {
		return Household{}, errNotMember
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		former, err := s.endContact(ctx, caller, id)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return err
		}
		err = s.store().queries(ctx).InsertContact(ctx, rosterdb.InsertContactParams{ID: db.NewID(), HouseholdID: id, PersonID: personID,
			FromAt: db.Millis(s.DB.Now()), SetBy: caller.PersonID})
		if db.IsUnique(err) {
			return errContactMoved
		}
		if err != nil {
			return fmt.Errorf("link a household: %w", err)
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "household.contact_set", SubjectKind: "household", SubjectID: id, RegionID: household.RegionID,
			Before: contactAs(former), After: contactAs(personID)})
	})
	if err != nil {
		return Household{}, err
	}
	return s.Household(ctx, caller, id)
}

// EndContact ends the link of a household to its Party member; fault.ErrNotFound without one.
func (s *Service) EndContact(ctx context.Context, caller web.Caller, id string) error {
	household, err := s.requireHousehold(ctx, caller, region.LinkHouseholds, id)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		former, err := s.endContact(ctx, caller, id)
		if err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "household.contact_ended", SubjectKind: "household", SubjectID: id,
			RegionID: household.RegionID, Before: contactAs(former)})
	})
}

func contactAs(personID string) map[string]string { return map[string]string{"person_id": personID} }

// endContact gives the person whose link it ended.
func (s *Service) endContact(ctx context.Context, caller web.Caller, householdID string) (personID string, err error) {
	now, err := s.store().queries(ctx).ContactInForce(ctx, householdID)
	if err != nil {
		return "", db.Found(err)
	}
	if err := s.store().endContacts(ctx, []string{now.ID}, caller.PersonID); err != nil {
		return "", errors.Join(errContactMoved, err)
	}
	return now.PersonID, nil
}

// MyHouseholds lists those of the caller's community that the caller keeps in touch with, on the caller's own phone.
func (s *Service) MyHouseholds(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[Household], error) {
	if caller.HelperID != "" { // the helper is not who is to know these people
		return web.Page[Household]{}, fault.ErrForbidden
	}
	after, err := householdAfter(query)
	if err != nil {
		return web.Page[Household]{}, err
	}
	rows, err := s.store().queries(ctx).HouseholdsContactedBy(ctx, rosterdb.HouseholdsContactedByParams{
		PersonID: caller.PersonID, AfterKey: after[0], AfterID: after[1], Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Household]{}, fmt.Errorf("households of a Party member: %w", err)
	}
	return s.householdPage(ctx, rows, query, false)
}
