package roster

import (
	"context"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/roster/internal/rosterdb"
	"fivestar/server/web"
)

// kept is a person before or after an import, as an undo needs it.
type kept struct {
	Person    person.Listed `json:"person"`
	Household place         `json:"household,omitzero"`
	Relation  string        `json:"relation,omitempty"`
}

func (k kept) same(other kept) bool {
	return k.Person.Same(other.Person) && k.Household.key() == other.Household.key() && k.Relation == other.Relation
}

// personChange is a row of what an import did to people. Before is zero for somebody new.
type personChange struct {
	row           int
	before, after kept
}

func (c personChange) isNew() bool { return c.before.Person.ID == "" }

// writing is an import on its way into the database.
type writing struct {
	known
	importID   string
	by         string
	now        time.Time
	paths      map[string]string // of the community and its grids
	households map[place]string  // ids by key
	byRow      map[int]string    // ids of people who are new
	changes    []personChange
}

// apply does what the steps say, in the transaction of ctx. Faulty ones are passed over.
func (s *Service) apply(ctx context.Context, caller web.Caller, k known, steps []step, fileName string) (Import, error) {
	w := &writing{known: k, importID: db.NewID(), by: caller.PersonID, now: s.DB.Now(), paths: map[string]string{k.community.ID: k.community.Path},
		households: map[place]string{}, byRow: map[int]string{}}
	for _, grid := range k.grids {
		w.paths[grid.ID] = grid.Path
	}
	for at, household := range k.households {
		w.households[at] = household.id
	}
	for _, one := range steps {
		if one.Outcome == Created || one.Outcome == Updated && one.Before != one.After {
			w.changes = append(w.changes, w.change(one))
		}
	}
	fresh := newPlaces(steps, k.households)
	if err := s.store().insertHouseholds(ctx, w, fresh); err != nil {
		return Import{}, err
	}
	if err := s.writePeople(ctx, w); err != nil {
		return Import{}, err
	}
	made := Import{ID: w.importID, RegionID: k.community.ID, FileName: fileName, ImportedBy: w.by, ImportedAt: w.now, Counts: countSteps(steps)}
	if err := s.store().insertImport(ctx, made, w.changes); err != nil {
		return Import{}, err
	}
	if err := s.writeContacts(ctx, w, steps, fresh); err != nil {
		return Import{}, err
	}
	return made, s.Audit.Record(ctx, caller, audit.Act{Name: "roster.imported", SubjectKind: "roster_import", SubjectID: made.ID,
		RegionID: made.RegionID, After: map[string]any{"file_name": fileName, "counts": made.Counts}})
}

// change is what a step does to its person.
func (w *writing) change(one step) personChange {
	before, after := kept{}, one.After
	if one.PersonID != "" {
		found := w.people[one.PersonID]
		before = kept{Person: found.Listed, Household: found.household, Relation: found.relation}
	}
	to := person.Listed{ID: one.PersonID, Name: after.Name, Phone: after.Phone, HomeID: after.HomeID, HomePath: w.paths[after.HomeID],
		VerifiedBy: before.Person.VerifiedBy, VerifiedAt: before.Person.VerifiedAt, PartyMember: after.PartyMember}
	if to.ID == "" {
		to.ID = db.NewID()
		w.byRow[one.Row.Number] = to.ID
	}
	if after.Verified && before.Person.VerifiedAt.IsZero() {
		to.VerifiedBy, to.VerifiedAt = w.by, w.now
	}
	return personChange{one.Row.Number, before, kept{Person: to, Household: after.Household, Relation: after.Relation}}
}

func (s *Service) writePeople(ctx context.Context, w *writing) error {
	var added []person.Listed
	var changed []person.ListedChange
	for _, one := range w.changes {
		if one.isNew() {
			added = append(added, one.after.Person)
		} else {
			changed = append(changed, person.ListedChange{Before: one.before.Person, After: one.after.Person})
		}
	}
	if err := s.People.AddListed(ctx, added, w.by); err != nil {
		return err
	}
	if err := s.People.ChangeListed(ctx, changed); err != nil {
		return err
	}
	return s.store().moveMembers(ctx, w.households, w.changes)
}

// writeContacts sets the Party members who are to keep in touch with households, and notes that and which households
// are new.
func (s *Service) writeContacts(ctx context.Context, w *writing, steps []step, fresh []place) error {
	changes := map[string]*rosterdb.RosterHouseholdChange{}
	changeOf := func(at place) *rosterdb.RosterHouseholdChange {
		id := w.households[at.key()]
		if changes[id] == nil {
			changes[id] = &rosterdb.RosterHouseholdChange{ImportID: w.importID, HouseholdID: id}
		}
		return changes[id]
	}
	for _, at := range fresh {
		changeOf(at).IsNew = true
	}
	var ended []string
	var set []rosterdb.HouseholdContact
	for _, one := range steps {
		if one.Contact == nil || one.Outcome == Faulty {
			continue
		}
		change := changeOf(one.After.Household)
		change.ContactID, change.FormerContactID = db.NewID(), one.Contact.FormerID
		if one.Contact.FormerID != "" {
			ended = append(ended, one.Contact.FormerID)
		}
		personID := one.Contact.PersonID
		if personID == "" {
			personID = w.byRow[one.Contact.Row]
		}
		set = append(set, rosterdb.HouseholdContact{ID: change.ContactID, HouseholdID: change.HouseholdID, PersonID: personID,
			FromAt: db.Millis(w.now), SetBy: w.by})
	}
	return s.store().writeContacts(ctx, w, ended, set, changes)
}

// pathOf is where a household lies.
func (w *writing) pathOf(at place) string {
	if at.GridID == "" {
		return w.community.Path
	}
	return w.paths[at.GridID]
}

// member is a row of household_member.
type member struct{ personID, householdID, relation string }

// rowsOf are the rows of household_member that people have after a change.
func rowsOf(households map[place]string, changes []personChange) (leaving []string, members []member) {
	for _, one := range changes {
		if one.before.Household.key() == one.after.Household.key() && one.before.Relation == one.after.Relation {
			continue
		}
		leaving = append(leaving, one.after.Person.ID)
		if one.after.Household != (place{}) {
			members = append(members, member{one.after.Person.ID, households[one.after.Household.key()], one.after.Relation})
		}
	}
	return leaving, members
}

// inCommunity tells whether a person's home is still in the community.
func inCommunity(one person.Listed, communityID string) bool {
	return region.CommunityOf(one.HomePath) == communityID
}

func chunks(ids []string, act func(ids []string) error) error {
	for some := range slices.Chunk(ids, db.RowsAtOnce) {
		if err := act(some); err != nil {
			return err
		}
	}
	return nil
}
