package roster

import (
	"context"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/person"
	"fivestar/server/roster/internal/rosterdb"
	"fivestar/server/web"
)

// undoing is an undo on its way into the database.
type undoing struct {
	imported   Import
	changes    []personChange
	now        map[string]kept // by person
	households map[place]string
	left       map[LeftReason][]string // people
}

// Undo makes everybody and every household that an import touched what they were before, except where somebody has
// acted on it since: those are left and named. 409 roster.undone, roster.undo_late.
func (s *Service) Undo(ctx context.Context, caller web.Caller, id string) (Import, error) {
	imported, err := s.GetImport(ctx, caller, id)
	if err != nil {
		return Import{}, err
	}
	if !imported.UndoneAt.IsZero() {
		return Import{}, errUndone
	}
	if s.DB.Now().After(imported.UndoUntil) {
		return Import{}, errUndoLate
	}
	err = s.inTurn(ctx, imported.RegionID, func(ctx context.Context) error {
		if err := s.store().markUndone(ctx, id, caller.PersonID); err != nil {
			return err
		}
		undone, left, err := s.undo(ctx, imported)
		if err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "roster.undone", SubjectKind: "roster_import", SubjectID: id,
			RegionID: imported.RegionID, After: map[string]int{"undone": undone, "left": left}})
	})
	if err != nil {
		return Import{}, err
	}
	return s.GetImport(ctx, caller, id)
}

func (s *Service) undo(ctx context.Context, imported Import) (undone, left int, err error) {
	households, leftHouseholds, err := s.undoContacts(ctx, imported)
	if err != nil {
		return 0, 0, err
	}
	u, err := s.readUndoing(ctx, imported)
	if err != nil {
		return 0, 0, err
	}
	back, err := s.sortOut(ctx, u)
	if err != nil {
		return 0, 0, err
	}
	if err := s.takeBack(ctx, u, back); err != nil {
		return 0, 0, err
	}
	if err := s.store().deleteEmptyHouseholds(ctx, households); err != nil {
		return 0, 0, err
	}
	return len(back), len(u.changes) - len(back) + leftHouseholds, s.store().finishUndo(ctx, u, len(back))
}

// undoContacts puts back who kept in touch with households, unless that was changed since; households are those that
// the import made.
func (s *Service) undoContacts(ctx context.Context, imported Import) (households []string, left int, err error) {
	changes, err := s.store().householdChanges(ctx, imported.ID)
	if err != nil {
		return nil, 0, err
	}
	var set []string
	for _, one := range changes {
		if one.IsNew {
			households = append(households, one.HouseholdID)
		}
		if one.ContactID != "" {
			set = append(set, one.ContactID)
		}
	}
	inForce, err := s.store().contactsInForce(ctx, set)
	if err != nil {
		return nil, 0, err
	}
	var gone, back, moved []string
	for _, one := range changes {
		switch {
		case one.ContactID == "":
		case !inForce[one.ContactID]:
			moved = append(moved, one.HouseholdID)
		default:
			gone = append(gone, one.ContactID)
			if one.FormerContactID != "" {
				back = append(back, one.FormerContactID)
			}
		}
	}
	return households, len(moved), s.store().putBackContacts(ctx, imported.ID, gone, back, moved)
}

func (s *Service) readUndoing(ctx context.Context, imported Import) (*undoing, error) {
	u := &undoing{imported: imported, now: map[string]kept{}, left: map[LeftReason][]string{}}
	var err error
	if u.changes, err = s.store().changes(ctx, imported.ID); err != nil {
		return nil, err
	}
	ids := make([]string, len(u.changes))
	for i, one := range u.changes {
		ids[i] = one.after.Person.ID
	}
	people, err := s.People.ListedByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	memberships, err := s.store().memberships(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, one := range people {
		now := kept{Person: one}
		if membership, ok := memberships[one.ID]; ok {
			now.Household, now.Relation = place{membership.GridID, membership.Number}, membership.Relation
		}
		u.now[one.ID] = now
	}
	u.households, err = s.store().householdIDs(ctx, imported.RegionID)
	return u, err
}

// sortOut gives the changes that can be taken back, and notes why the others cannot.
func (s *Service) sortOut(ctx context.Context, u *undoing) (back []personChange, err error) {
	var unchanged []personChange
	var added []string
	for _, one := range u.changes {
		id := one.after.Person.ID
		now, ok := u.now[id]
		switch {
		case !ok || !inCommunity(now.Person, u.imported.RegionID):
			u.leave(LeftGone, id)
		case !now.same(one.after) || !u.isThere(one.before.Household):
			u.leave(LeftChanged, id)
		default:
			unchanged = append(unchanged, one)
			if one.isNew() || one.before.Person.HomeID == "" { // who would not be of the community any more
				added = append(added, id)
			}
		}
	}
	contacts, err := s.store().peopleInContact(ctx, added)
	if err != nil {
		return nil, err
	}
	ties, err := s.People.Ties(ctx, added)
	if err != nil {
		return nil, err
	}
	for _, one := range unchanged {
		id := one.after.Person.ID
		tie := ties[id]
		if !one.isNew() && tie != person.TieHistory { // they had it before
			tie = ""
		}
		switch {
		case contacts[id]:
			u.leave(LeftContact, id)
		case tie != "":
			u.leave(LeftReason(tie), id)
		default:
			back = append(back, one)
		}
	}
	return back, nil
}

// isThere tells whether a household can be gone back to.
func (u *undoing) isThere(at place) bool { return at == (place{}) || u.households[at.key()] != "" }

func (u *undoing) leave(reason LeftReason, personID string) {
	u.left[reason] = append(u.left[reason], personID)
}

// takeBack makes people what they were before.
func (s *Service) takeBack(ctx context.Context, u *undoing, back []personChange) error {
	var removed []person.Listed
	var changed []person.ListedChange
	reversed := make([]personChange, len(back))
	for i, one := range back {
		reversed[i] = personChange{before: one.after, after: one.before}
		if one.isNew() {
			removed = append(removed, one.after.Person)
			reversed[i].after.Person.ID = one.after.Person.ID
			continue
		}
		changed = append(changed, person.ListedChange{Before: one.after.Person, After: one.before.Person})
	}
	if err := s.store().moveMembers(ctx, u.households, reversed); err != nil {
		return err
	}
	if err := s.People.ChangeListed(ctx, changed); err != nil {
		return err
	}
	return s.People.RemoveListed(ctx, removed)
}

func importOf(row rosterdb.RosterImport) Import {
	importedAt := db.Time(row.ImportedAt)
	return Import{ID: row.ID, RegionID: row.CommunityID, FileName: row.FileName, ImportedBy: row.ImportedBy, ImportedAt: importedAt, UndoUntil: importedAt.Add(undoWithin),
		UndoneBy: row.UndoneBy, UndoneAt: db.Time(row.UndoneAt), Undone: int(row.Undone),
		Counts: Counts{Rows: int(row.PeopleCreated + row.PeopleUpdated + row.PeopleUnchanged + row.Faults), Created: int(row.PeopleCreated),
			Updated: int(row.PeopleUpdated), Unchanged: int(row.PeopleUnchanged), Faults: int(row.Faults)}}
}
