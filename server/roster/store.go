package roster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fivestar/server/db"
	"fivestar/server/person"
	"fivestar/server/roster/internal/rosterdb"
	"fivestar/server/web"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *rosterdb.Queries { return rosterdb.New(s.db.Querier(ctx)) }

// takeTurn waits until no other import of the community is under way, in the transaction of ctx.
func (s store) takeTurn(ctx context.Context, communityID string) error {
	now := db.Millis(s.db.Now())
	for range 2 { // somebody else may make the row in between
		affected, err := s.queries(ctx).TakeTurn(ctx, rosterdb.TakeTurnParams{TakenAt: now, CommunityID: communityID})
		if err != nil || affected == 1 {
			return err
		}
		err = s.queries(ctx).InsertTurn(ctx, rosterdb.InsertTurnParams{CommunityID: communityID, TakenAt: now})
		if !db.IsUnique(err) {
			return err
		}
	}
	return db.ErrBusy
}

// addHouseholds completes what is known with the households of the community and who belongs to them.
func (s store) addHouseholds(ctx context.Context, k *known) error {
	households, err := s.queries(ctx).HouseholdsOfCommunity(ctx, k.community.ID)
	if err != nil {
		return fmt.Errorf("households of a community: %w", err)
	}
	k.households = make(map[place]knownHousehold, len(households))
	places := make(map[string]place, len(households))
	for _, row := range households {
		places[row.ID] = place{row.GridID, row.Number}
		k.households[place{row.GridID, row.NumberKey}] = knownHousehold{id: row.ID, number: row.Number,
			contactID: row.ContactID, contactPersonID: row.ContactPersonID}
	}
	members, err := s.queries(ctx).MembersOfCommunity(ctx, k.community.ID)
	if err != nil {
		return fmt.Errorf("members of households: %w", err)
	}
	for _, row := range members {
		if one, ok := k.people[row.PersonID]; ok {
			one.household, one.relation = places[row.HouseholdID], row.Relation
			k.people[row.PersonID] = one
		}
	}
	return nil
}

func (s store) householdIDs(ctx context.Context, communityID string) (map[place]string, error) {
	households, err := s.queries(ctx).HouseholdsOfCommunity(ctx, communityID)
	if err != nil {
		return nil, fmt.Errorf("households of a community: %w", err)
	}
	ids := make(map[place]string, len(households))
	for _, row := range households {
		ids[place{row.GridID, row.NumberKey}] = row.ID
	}
	return ids, nil
}

// replacePreview keeps a preview in the place of its author's earlier ones.
func (s store) replacePreview(ctx context.Context, caller web.Caller, made Preview, steps []step, regions map[string]string) error {
	earlier, err := s.queries(ctx).PreviewsOf(ctx, rosterdb.PreviewsOfParams{CommunityID: made.RegionID, CreatedBy: caller.PersonID})
	if err != nil {
		return fmt.Errorf("earlier previews: %w", err)
	}
	if err := s.deletePreviews(ctx, earlier); err != nil {
		return err
	}
	summary, err := json.Marshal(made.Summary)
	if err != nil {
		return fmt.Errorf("preview as JSON: %w", err)
	}
	err = s.queries(ctx).InsertPreview(ctx, rosterdb.InsertPreviewParams{ID: made.ID, CommunityID: made.RegionID, CreatedBy: caller.PersonID,
		CreatedAt: db.Millis(made.CreatedAt), ExpiresAt: db.Millis(made.ExpiresAt), Summary: string(summary), PlanHash: made.planHash})
	if err != nil {
		return fmt.Errorf("insert preview: %w", err)
	}
	rows := make([]previewRow, len(steps))
	for i, one := range steps {
		content, err := json.Marshal(one.Row)
		if err != nil {
			return fmt.Errorf("row as JSON: %w", err)
		}
		shown, err := json.Marshal(one.shown(regions))
		if err != nil {
			return fmt.Errorf("row as JSON: %w", err)
		}
		rows[i] = previewRow{one, string(content), string(shown)}
	}
	return db.InsertRows(ctx, s.db, "roster_preview_row (preview_id, file_row, outcome, person_id, content, shown)", rows,
		func(r previewRow) []any {
			return []any{made.ID, r.Row.Number, string(r.Outcome), r.PersonID, r.content, r.shownText}
		})
}

// previewRow is a step with its JSON forms.
type previewRow struct {
	step
	content, shownText string
}

func (s store) deletePreviews(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return chunks(ids, func(ids []string) error {
		return errors.Join(s.queries(ctx).DeletePreviewRows(ctx, ids), s.queries(ctx).DeletePreviews(ctx, ids))
	})
}

func (s store) preview(ctx context.Context, id string) (Preview, error) {
	row, err := s.queries(ctx).GetPreview(ctx, rosterdb.GetPreviewParams{ID: id, Now: db.Millis(s.db.Now())})
	if err != nil {
		return Preview{}, fmt.Errorf("preview: %w", db.Found(err))
	}
	found := Preview{ID: row.ID, RegionID: row.CommunityID, CreatedAt: db.Time(row.CreatedAt), ExpiresAt: db.Time(row.ExpiresAt),
		createdBy: row.CreatedBy, planHash: row.PlanHash}
	if err := json.Unmarshal([]byte(row.Summary), &found.Summary); err != nil {
		return Preview{}, fmt.Errorf("summary of a preview: %w", err)
	}
	return found, nil
}

const byRow = "roster rows"

func (s store) previewRows(ctx context.Context, id string, outcome Outcome, query web.PageQuery) (web.Page[Shown], error) {
	after, err := rowAfter(query)
	if err != nil {
		return web.Page[Shown]{}, err
	}
	var texts []string
	if outcome == "" {
		rows, err := s.queries(ctx).ListPreviewRows(ctx, rosterdb.ListPreviewRowsParams{PreviewID: id, After: after, Limit: int32(query.Limit + 1)})
		if err != nil {
			return web.Page[Shown]{}, fmt.Errorf("rows of a preview: %w", err)
		}
		for _, row := range rows {
			texts = append(texts, row.Shown)
		}
	} else {
		rows, err := s.queries(ctx).ListPreviewRowsOf(ctx, rosterdb.ListPreviewRowsOfParams{PreviewID: id, Outcome: string(outcome), After: after, Limit: int32(query.Limit + 1)})
		if err != nil {
			return web.Page[Shown]{}, fmt.Errorf("rows of a preview: %w", err)
		}
		for _, row := range rows {
			texts = append(texts, row.Shown)
		}
	}
	shown := make([]Shown, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &shown[i]); err != nil {
			return web.Page[Shown]{}, fmt.Errorf("row of a preview: %w", err)
		}
	}
	return web.NewPage(byRow, shown, query.Limit, func(one Shown) []string { return []string{strconv.Itoa(one.Row)} }), nil
}

func rowAfter(query web.PageQuery) (int64, error) {
	keys, err := query.After(byRow, 1)
	if err != nil || keys == nil {
		return 0, err
	}
	after, err := strconv.ParseInt(keys[0], 10, 64)
	if err != nil {
		return 0, web.ErrCursor
	}
	return after, nil
}

// markImported is errImported when somebody was faster.
func (s store) markImported(ctx context.Context, id string) error {
	affected, err := s.queries(ctx).MarkPreviewImported(ctx, rosterdb.MarkPreviewImportedParams{ImportedAt: db.Millis(s.db.Now()), ID: id})
	return db.One(affected, err, errImported)
}

// takeRows gives the rows of a previewed file, which are not kept any longer.
func (s store) takeRows(ctx context.Context, id string) ([]Row, error) {
	texts, err := s.queries(ctx).ContentOfPreview(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("rows of a preview: %w", err)
	}
	rows := make([]Row, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &rows[i]); err != nil {
			return nil, fmt.Errorf("row of a preview: %w", err)
		}
	}
	return rows, s.queries(ctx).DeletePreviewRows(ctx, []string{id})
}

func (s store) insertHouseholds(ctx context.Context, w *writing, fresh []place) error {
	for _, at := range fresh {
		w.households[at.key()] = db.NewID()
	}
	now := db.Millis(w.now)
	err := db.InsertRows(ctx, s.db, "household (id, community_id, grid_id, path, number, number_key, created_by, created_at)", fresh, func(at place) []any {
		return []any{w.households[at.key()], w.community.ID, at.GridID, w.pathOf(at), at.Number, at.key().Number, w.by, now}
	})
	if db.IsUnique(err) {
		return errChanged
	}
	return err
}

// moveMembers makes the households of people what they are after the changes.
func (s store) moveMembers(ctx context.Context, households map[place]string, changes []personChange) error {
	leaving, members := rowsOf(households, changes)
	if err := chunks(leaving, func(ids []string) error { return s.queries(ctx).DeleteMemberships(ctx, ids) }); err != nil {
		return fmt.Errorf("leave households: %w", err)
	}
	now := db.Millis(s.db.Now())
	return db.InsertRows(ctx, s.db, "household_member (person_id, household_id, relation, added_at)", members,
		func(m member) []any { return []any{m.personID, m.householdID, m.relation, now} })
}

func (s store) insertImport(ctx context.Context, made Import, changes []personChange) error {
	err := s.queries(ctx).InsertImport(ctx, rosterdb.InsertImportParams{ID: made.ID, CommunityID: made.RegionID, FileName: made.FileName,
		ImportedBy: made.ImportedBy, ImportedAt: db.Millis(made.ImportedAt), PeopleCreated: int64(made.Created), PeopleUpdated: int64(made.Updated),
		PeopleUnchanged: int64(made.Unchanged), Faults: int64(made.Faults)})
	if err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	rows := make([]rosterdb.RosterChange, len(changes))
	for i, one := range changes {
		rows[i] = rosterdb.RosterChange{FileRow: int64(one.row), PersonID: one.after.Person.ID}
		after, err := json.Marshal(one.after)
		if err != nil {
			return fmt.Errorf("change as JSON: %w", err)
		}
		rows[i].AfterJson = string(after)
		if one.isNew() {
			continue
		}
		before, err := json.Marshal(one.before)
		if err != nil {
			return fmt.Errorf("change as JSON: %w", err)
		}
		rows[i].BeforeJson = string(before)
	}
	return db.InsertRows(ctx, s.db, "roster_change (import_id, file_row, person_id, before_json, after_json, left_reason)", rows,
		func(r rosterdb.RosterChange) []any {
			return []any{made.ID, r.FileRow, r.PersonID, r.BeforeJson, r.AfterJson, ""}
		})
}

// writeContacts ends and sets links and notes what was done to households. errChanged when a link that was to be ended
// was ended meanwhile.
func (s store) writeContacts(ctx context.Context, w *writing, ended []string, set []rosterdb.HouseholdContact, changes map[string]*rosterdb.RosterHouseholdChange) error {
	if err := s.endContacts(ctx, ended, w.by); err != nil {
		return err
	}
	err := db.InsertRows(ctx, s.db, "household_contact (id, household_id, person_id, slot, from_at, set_by, until_at, ended_by)", set,
		func(c rosterdb.HouseholdContact) []any {
			return []any{c.ID, c.HouseholdID, c.PersonID, "", c.FromAt, c.SetBy, 0, ""}
		})
	if db.IsUnique(err) {
		return errChanged
	}
	if err != nil {
		return err
	}
	rows := make([]*rosterdb.RosterHouseholdChange, 0, len(changes))
	for _, one := range changes {
		rows = append(rows, one)
	}
	slices.SortFunc(rows, func(a, b *rosterdb.RosterHouseholdChange) int { return strings.Compare(a.HouseholdID, b.HouseholdID) })
	return db.InsertRows(ctx, s.db, "roster_household_change (import_id, household_id, is_new, contact_id, former_contact_id, left_reason)", rows,
		func(r *rosterdb.RosterHouseholdChange) []any {
			return []any{r.ImportID, r.HouseholdID, r.IsNew, r.ContactID, r.FormerContactID, ""}
		})
}

func (s store) endContacts(ctx context.Context, ids []string, by string) error {
	return chunks(ids, func(ids []string) error {
		affected, err := s.queries(ctx).EndContacts(ctx, rosterdb.EndContactsParams{UntilAt: db.Millis(s.db.Now()), EndedBy: by, Ids: ids})
		if err == nil && affected != int64(len(ids)) {
			return errChanged
		}
		return err
	})
}

const newestImports = "roster imports"

func (s store) imports(ctx context.Context, communityID string, query web.PageQuery) (web.Page[Import], error) {
	before, err := query.BeforeID(newestImports)
	if err != nil {
		return web.Page[Import]{}, err
	}
	rows, err := s.queries(ctx).ListImports(ctx, rosterdb.ListImportsParams{CommunityID: communityID, Before: before, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Import]{}, fmt.Errorf("list imports: %w", err)
	}
	imports := make([]Import, len(rows))
	for i, row := range rows {
		imports[i] = importOf(row)
	}
	return web.NewPage(newestImports, imports, query.Limit, func(one Import) []string { return []string{one.ID} }), nil
}

func (s store) imported(ctx context.Context, id string) (Import, error) {
	row, err := s.queries(ctx).GetImport(ctx, id)
	if err != nil {
		return Import{}, fmt.Errorf("import: %w", db.Found(err))
	}
	return importOf(row), nil
}

// left is what an undo left, with the names of those who are still of the community.
func (s store) left(ctx context.Context, importID string) ([]Left, error) {
	people, err := s.queries(ctx).LeftOfImport(ctx, importID)
	if err != nil {
		return nil, fmt.Errorf("what an undo left: %w", err)
	}
	households, err := s.queries(ctx).LeftHouseholdsOfImport(ctx, importID)
	if err != nil {
		return nil, fmt.Errorf("what an undo left: %w", err)
	}
	var left []Left
	for _, row := range people {
		one := Left{Row: int(row.FileRow), Name: row.Name, Reason: LeftReason(row.LeftReason)}
		if row.Name != "" {
			one.PersonID = row.PersonID
		}
		left = append(left, one)
	}
	for _, row := range households {
		left = append(left, Left{HouseholdID: row.ID, Name: row.Number, Reason: LeftReason(row.LeftReason)})
	}
	for i := range left {
		left[i].Message = leftMessages[left[i].Reason]
	}
	return left, nil
}

// markUndone is errUndone when somebody was faster.
func (s store) markUndone(ctx context.Context, id, by string) error {
	affected, err := s.queries(ctx).MarkImportUndone(ctx, rosterdb.MarkImportUndoneParams{UndoneBy: by, UndoneAt: db.Millis(s.db.Now()), ID: id})
	return db.One(affected, err, errUndone)
}

func (s store) householdChanges(ctx context.Context, importID string) ([]rosterdb.RosterHouseholdChange, error) {
	return s.queries(ctx).HouseholdChangesOfImport(ctx, importID)
}

func (s store) contactsInForce(ctx context.Context, ids []string) (map[string]bool, error) {
	return s.setOf(ids, func(ids []string) ([]string, error) { return s.queries(ctx).ContactsInForce(ctx, ids) })
}

func (s store) peopleInContact(ctx context.Context, ids []string) (map[string]bool, error) {
	return s.setOf(ids, func(ids []string) ([]string, error) { return s.queries(ctx).PeopleInContact(ctx, ids) })
}

func (s store) setOf(ids []string, query func(ids []string) ([]string, error)) (map[string]bool, error) {
	found := map[string]bool{}
	err := chunks(ids, func(ids []string) error {
		some, err := query(ids)
		for _, id := range some {
			found[id] = true
		}
		return err
	})
	return found, err
}

// putBackContacts removes links, has earlier ones hold again, and notes the households whose link was changed since.
func (s store) putBackContacts(ctx context.Context, importID string, gone, back, moved []string) error {
	if err := chunks(gone, func(ids []string) error { return s.queries(ctx).DeleteContacts(ctx, ids) }); err != nil {
		return fmt.Errorf("undo contacts: %w", err)
	}
	err := chunks(back, func(ids []string) error {
		_, err := s.queries(ctx).RestoreContacts(ctx, ids) // one whose person has left is gone for good
		return err
	})
	if err != nil {
		return fmt.Errorf("restore contacts: %w", err)
	}
	return chunks(moved, func(ids []string) error {
		return s.queries(ctx).MarkHouseholdChangesLeft(ctx, rosterdb.MarkHouseholdChangesLeftParams{
			LeftReason: string(LeftChanged), ImportID: importID, HouseholdIds: ids})
	})
}

// changes are what an import did to people who have not left since.
func (s store) changes(ctx context.Context, importID string) ([]personChange, error) {
	rows, err := s.queries(ctx).ChangesOfImport(ctx, importID)
	if err != nil {
		return nil, fmt.Errorf("changes of an import: %w", err)
	}
	changes := make([]personChange, len(rows))
	for i, row := range rows {
		changes[i].row = int(row.FileRow)
		if err := json.Unmarshal([]byte(row.AfterJson), &changes[i].after); err != nil {
			return nil, fmt.Errorf("change of an import: %w", err)
		}
		if row.BeforeJson == "" {
			continue
		}
		if err := json.Unmarshal([]byte(row.BeforeJson), &changes[i].before); err != nil {
			return nil, fmt.Errorf("change of an import: %w", err)
		}
	}
	return changes, nil
}

func (s store) memberships(ctx context.Context, personIDs []string) (map[string]rosterdb.MembershipsOfRow, error) {
	found := map[string]rosterdb.MembershipsOfRow{}
	err := chunks(personIDs, func(ids []string) error {
		rows, err := s.queries(ctx).MembershipsOf(ctx, ids)
		for _, row := range rows {
			found[row.PersonID] = row
		}
		return err
	})
	return found, err
}

func (s store) deleteEmptyHouseholds(ctx context.Context, ids []string) error {
	return chunks(ids, func(ids []string) error { return s.queries(ctx).DeleteEmptyHouseholds(ctx, ids) })
}

// finishUndo notes who was left, and forgets what everybody was before and after.
func (s store) finishUndo(ctx context.Context, u *undoing, undone int) error {
	for reason, ids := range u.left {
		err := chunks(ids, func(ids []string) error {
			return s.queries(ctx).MarkChangesLeft(ctx, rosterdb.MarkChangesLeftParams{LeftReason: string(reason), ImportID: u.imported.ID, PersonIds: ids})
		})
		if err != nil {
			return fmt.Errorf("note who was left: %w", err)
		}
	}
	if err := s.queries(ctx).BlankChangesOfImport(ctx, u.imported.ID); err != nil {
		return fmt.Errorf("forget an import's changes: %w", err)
	}
	return s.queries(ctx).CountUndone(ctx, rosterdb.CountUndoneParams{Undone: int64(undone), ID: u.imported.ID})
}

// forget removes previews whose time is over, and what was kept to undo imports that are past undoing.
func (s store) forget(ctx context.Context) error {
	now := s.db.Now()
	expired, err := s.queries(ctx).ExpiredPreviews(ctx, db.Millis(now))
	if err != nil {
		return fmt.Errorf("expired previews: %w", err)
	}
	if err := s.deletePreviews(ctx, expired); err != nil {
		return err
	}
	return s.queries(ctx).BlankOldChanges(ctx, db.Millis(now.Add(-undoWithin)))
}

// personState is a person for their own export.
func personState(text string) *person.Listed {
	if text == "" {
		return nil
	}
	var was kept
	if json.Unmarshal([]byte(text), &was) != nil {
		return nil
	}
	return &was.Person
}
