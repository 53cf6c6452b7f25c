package roster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/web"
)

var (
	errFaults       = fault.New(fault.Conflict, "roster.has_faults", "名单里还有认不出的行，什么都没有导入。请改好再传，或者选择只导入没有问题的行")
	errChanged      = fault.New(fault.Conflict, "roster.changed", "预览以后，名单里的人或户又有变动，什么都没有导入，请重新预览")
	errImported     = fault.New(fault.Conflict, "roster.imported", "这份名单已经导入过了")
	errUndone       = fault.New(fault.Conflict, "roster.undone", "这次导入已经撤销过了")
	errUndoLate     = fault.New(fault.Conflict, "roster.undo_late", "导入已经超过24小时，不能再撤销")
	errNotMember    = fault.InvalidField("person_id", "联系党员要是本社区名单上的党员")
	errContactMoved = fault.New(fault.Conflict, "household.contact_changed", "联系党员刚刚被改过，请刷新后再试")
)

// Service is the roster room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
}

func (s *Service) store() store { return store{s.DB} }

// File is a roster as it was sent.
type File struct {
	Name    string
	Content io.Reader
}

const longestFileName = 100

// name is fit to be kept and shown.
func (f File) name() string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, f.Name)
	letters := []rune(strings.TrimSpace(plain))
	if len(letters) == 0 {
		return "名单"
	}
	return string(letters[:min(len(letters), longestFileName)])
}

func (f File) read() (read sheet, rows []Row, found columns, err error) {
	content, err := io.ReadAll(io.LimitReader(f.Content, largestFile+1))
	if err != nil {
		return sheet{}, nil, columns{}, fmt.Errorf("read a roster: %w", err)
	}
	if read, err = readSheet(content); err != nil {
		return sheet{}, nil, columns{}, err
	}
	rows, found, err = parse(read)
	return read, rows, found, err
}

// Preview tells what an import of the file would do, and keeps that for two hours; nothing else is changed. Of one
// person's previews of a community the last one is kept. 413 roster.too_large; 422 for a file that is no roster.
func (s *Service) Preview(ctx context.Context, caller web.Caller, communityID string, file File) (Preview, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ImportRoster, communityID)
	if err != nil {
		return Preview{}, err
	}
	read, rows, found, err := file.read()
	if err != nil {
		return Preview{}, err
	}
	known, err := s.know(ctx, caller, community, rows)
	if err != nil {
		return Preview{}, err
	}
	steps, unknownGrids := plan(rows, known)
	hash, err := hashOf(steps)
	if err != nil {
		return Preview{}, err
	}
	now := s.DB.Now()
	made := Preview{ID: db.NewID(), RegionID: community.ID, CreatedAt: now, ExpiresAt: now.Add(previewKept), planHash: hash,
		Summary: Summary{FileName: file.name(), Encoding: read.encoding, Sheet: read.name, OtherSheets: read.otherSheets, Columns: found.read,
			IgnoredColumns: found.ignored, UnknownGrids: unknownGrids, NewHouseholds: len(newPlaces(steps, known.households)), Counts: countSteps(steps)}}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().replacePreview(ctx, caller, made, steps, known.regionNames()); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "roster.previewed", SubjectKind: "roster_preview", SubjectID: made.ID,
			RegionID: community.ID, After: made.Counts})
	})
	return made, err
}

// know reads what a plan of rows is made by: a handful of statements, and one more for every 500 phones.
func (s *Service) know(ctx context.Context, caller web.Caller, community region.Region, rows []Row) (known, error) {
	k := known{community: community, people: map[string]resident{}, elsewhere: map[string]bool{}, callerID: caller.PersonID}
	var err error
	if k.grids, err = s.grids(ctx, community.ID); err != nil {
		return known{}, err
	}
	listed, err := s.People.ListedIn(ctx, community.ID)
	if err != nil {
		return known{}, err
	}
	isHere := map[string]bool{}
	for _, one := range listed {
		k.people[one.ID] = resident{Listed: one}
		isHere[one.Phone] = true
	}
	var phones []string
	for _, row := range rows {
		if row.Phone != "" && !isHere[row.Phone] {
			isHere[row.Phone] = true
			phones = append(phones, row.Phone)
		}
	}
	owners, err := s.People.ListedByPhone(ctx, phones)
	if err != nil {
		return known{}, err
	}
	for _, one := range owners {
		if one.HomeID == "" {
			k.people[one.ID] = resident{Listed: one}
		} else if region.CommunityOf(one.HomePath) != community.ID {
			k.elsewhere[one.Phone] = true
		}
	}
	return k, s.store().addHouseholds(ctx, &k)
}

// grids are all of a community's.
func (s *Service) grids(ctx context.Context, communityID string) ([]region.Region, error) {
	var grids []region.Region
	query := web.PageQuery{Limit: 100}
	for {
		page, err := s.Regions.List(ctx, communityID, query)
		if err != nil {
			return nil, err
		}
		grids = append(grids, page.Items...)
		if query.Cursor = page.NextCursor; query.Cursor == "" {
			return grids, nil
		}
	}
}

func (k known) regionNames() map[string]string {
	names := map[string]string{k.community.ID: k.community.Name}
	for _, grid := range k.grids {
		names[grid.ID] = grid.Name
	}
	return names
}

// GetPreview gives a preview to who made it; fault.ErrNotFound once its time is over.
func (s *Service) GetPreview(ctx context.Context, caller web.Caller, id string) (Preview, error) {
	preview, err := s.store().preview(ctx, id)
	if err != nil {
		return Preview{}, err
	}
	if _, err := s.Regions.Require(ctx, caller, region.ImportRoster, preview.RegionID); err != nil {
		return Preview{}, err
	}
	if preview.createdBy != caller.PersonID {
		return Preview{}, fault.ErrForbidden
	}
	return preview, nil
}

// PreviewRows lists what would come of the rows, in the order of the file: all, or those of one outcome.
func (s *Service) PreviewRows(ctx context.Context, caller web.Caller, id string, outcome Outcome, query web.PageQuery) (web.Page[Shown], error) {
	if _, err := s.GetPreview(ctx, caller, id); err != nil {
		return web.Page[Shown]{}, err
	}
	return s.store().previewRows(ctx, id, outcome, query)
}

// ImportPreview does what was previewed, all of it or nothing. The faulty rows are passed over only if skipFaults says
// so. 409 roster.has_faults, roster.imported, and roster.changed when people or households are not as they were then.
func (s *Service) ImportPreview(ctx context.Context, caller web.Caller, id string, skipFaults bool) (Import, error) {
	preview, err := s.GetPreview(ctx, caller, id)
	if err != nil {
		return Import{}, err
	}
	if preview.Faults > 0 && !skipFaults {
		return Import{}, errFaults
	}
	community, err := s.Regions.Get(ctx, preview.RegionID)
	if err != nil {
		return Import{}, err
	}
	var imported Import
	err = s.inTurn(ctx, community.ID, func(ctx context.Context) error {
		if err := s.store().markImported(ctx, preview.ID); err != nil {
			return err
		}
		rows, err := s.store().takeRows(ctx, preview.ID)
		if err != nil {
			return err
		}
		known, err := s.know(ctx, caller, community, rows)
		if err != nil {
			return err
		}
		steps, _ := plan(rows, known)
		if hash, err := hashOf(steps); err != nil || hash != preview.planHash {
			return errors.Join(errChanged, err)
		}
		imported, err = s.apply(ctx, caller, known, steps, preview.FileName)
		return err
	})
	if err != nil {
		return Import{}, err
	}
	return s.GetImport(ctx, caller, imported.ID)
}

// inTurn runs fn in a transaction, with no other import of the community beside it.
func (s *Service) inTurn(ctx context.Context, communityID string, fn func(ctx context.Context) error) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().takeTurn(ctx, communityID); err != nil {
			return err
		}
		return fn(ctx)
	})
	if errors.Is(err, person.ErrListMoved) {
		return errChanged
	}
	return err
}

// Result is what came of a file that was brought in at once.
type Result struct {
	ImportID string `json:"import_id,omitempty" doc:"To look at it and to undo it; absent when nothing was imported"`
	Counts
	Errors []RowError `json:"errors" nullable:"false"`
}

// RowError names a row that was not taken.
type RowError struct {
	Row     int    `json:"row" doc:"As a spreadsheet numbers the rows of the file"`
	Message string `json:"message"`
}

// Bring imports a file at once: its good rows, or nothing at all if strict and any is faulty. Errors as of Preview.
func (s *Service) Bring(ctx context.Context, caller web.Caller, communityID string, strict bool, file File) (Result, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ImportRoster, communityID)
	if err != nil {
		return Result{}, err
	}
	_, rows, _, err := file.read()
	if err != nil {
		return Result{}, err
	}
	var result Result
	err = s.inTurn(ctx, community.ID, func(ctx context.Context) error {
		known, err := s.know(ctx, caller, community, rows)
		if err != nil {
			return err
		}
		steps, _ := plan(rows, known)
		result = Result{Counts: countSteps(steps), Errors: []RowError{}}
		for _, one := range steps {
			if one.Outcome == Faulty {
				result.Errors = append(result.Errors, RowError{one.Row.Number, one.Message})
			}
		}
		if strict && result.Faults > 0 {
			result.Created, result.Updated, result.Unchanged = 0, 0, 0
			return nil
		}
		imported, err := s.apply(ctx, caller, known, steps, file.name())
		result.ImportID = imported.ID
		return err
	})
	return result, err
}

// Imports lists what was imported into a community, newest first.
func (s *Service) Imports(ctx context.Context, caller web.Caller, communityID string, query web.PageQuery) (web.Page[Import], error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ImportRoster, communityID)
	if err != nil {
		return web.Page[Import]{}, err
	}
	page, err := s.store().imports(ctx, community.ID, query)
	if err != nil {
		return web.Page[Import]{}, err
	}
	return page, s.nameImporters(ctx, page.Items)
}

// GetImport gives an import to the desk of its community, with what an undo of it left.
func (s *Service) GetImport(ctx context.Context, caller web.Caller, id string) (Import, error) {
	imported, err := s.store().imported(ctx, id)
	if err != nil {
		return Import{}, err
	}
	if _, err := s.Regions.Require(ctx, caller, region.ImportRoster, imported.RegionID); err != nil {
		return Import{}, err
	}
	if imported.Left, err = s.store().left(ctx, id); err != nil {
		return Import{}, err
	}
	named := []Import{imported}
	err = s.nameImporters(ctx, named)
	return named[0], err
}

func (s *Service) nameImporters(ctx context.Context, imports []Import) error {
	var ids []string
	for _, one := range imports {
		ids = append(ids, one.ImportedBy, one.UndoneBy)
	}
	names, err := s.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	for i := range imports {
		imports[i].ImportedByName, imports[i].UndoneByName = names[imports[i].ImportedBy], names[imports[i].UndoneBy]
	}
	return nil
}

// Tick removes the rows of previews whose time is over, and what was kept to undo imports that are past undoing.
func (s *Service) Tick(ctx context.Context) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().forget(ctx) })
}
