package task

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/task/internal/taskdb"
	"fivestar/server/web"
)

var errStationName = fault.New(fault.Conflict, "name.taken", "这里已经有同名的认领区了，请换一个名称")

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *taskdb.Queries { return taskdb.New(s.db.Querier(ctx)) }

func stationOf(row taskdb.Station) Station {
	return Station{ID: row.ID, RegionID: row.RegionID, Name: row.Name, Place: row.Place, PosterText: row.PosterText}
}

func (s store) station(ctx context.Context, id string) (Station, error) {
	row, err := s.queries(ctx).GetStation(ctx, id)
	if err != nil {
		return Station{}, fmt.Errorf("station %q: %w", id, db.Found(err))
	}
	return stationOf(row), nil
}

func (s store) stationsIn(ctx context.Context, area region.Region, afterID string, limit int) ([]Station, error) {
	from, to := region.PathRange(area.Path)
	rows, err := s.queries(ctx).ListStations(ctx, taskdb.ListStationsParams{
		FromPath: from, ToPath: to, AfterID: afterID, Limit: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("list stations: %w", err)
	}
	stations := make([]Station, len(rows))
	for i, row := range rows {
		stations[i] = stationOf(row)
	}
	return stations, nil
}

func (s store) insertStation(ctx context.Context, station Station) error {
	err := s.queries(ctx).InsertStation(ctx, taskdb.InsertStationParams{
		ID: station.ID, RegionID: station.RegionID, Name: station.Name, Place: station.Place,
		PosterText: station.PosterText, CreatedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errStationName
	}
	return err
}

func (s store) updateStation(ctx context.Context, station Station) error {
	affected, err := s.queries(ctx).UpdateStation(ctx, taskdb.UpdateStationParams{
		Name: station.Name, Place: station.Place, PosterText: station.PosterText, ID: station.ID,
	})
	if db.IsUnique(err) {
		return errStationName
	}
	return db.One(affected, err, fault.ErrNotFound)
}

// stationCode gives the kept picture, nil when there is none yet.
func (s store) stationCode(ctx context.Context, stationID string) ([]byte, error) {
	picture, err := s.queries(ctx).GetStationCode(ctx, stationID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("code of station %q: %w", stationID, err)
	}
	return picture, nil
}

// keepStationCode keeps a picture; the first one stays.
func (s store) keepStationCode(ctx context.Context, stationID string, picture []byte) error {
	err := s.queries(ctx).InsertStationCode(ctx, taskdb.InsertStationCodeParams{
		StationID: stationID, Picture: picture, DrawnAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return nil
	}
	return err
}

func taskOf(row taskdb.Task) Task {
	return Task{
		ID: row.ID, RegionID: row.RegionID, State: State(row.State), Star: region.Star(row.Star), Title: row.Title,
		Description: row.Description, Place: row.Place, Points: row.Points, Capacity: row.Capacity,
		PlacesLeft: row.Capacity - row.PlacesTaken, ClaimUntil: db.Time(row.ClaimUntil), DueAt: db.Time(row.DueAt),
		Repeat:   Repeat(row.Repeats),
		Evidence: Evidence{Text: row.EvidenceText, PhotosBefore: row.EvidencePhotosBefore, PhotosAfter: row.EvidencePhotosAfter},
		Verify:   Verify(row.Verify), StationID: row.StationID, DrawWeight: row.DrawWeight,
		CreatedAt: db.Time(row.CreatedAt), PublishedAt: db.Time(row.PublishedAt), ClosedAt: db.Time(row.ClosedAt),
		version: row.Version,
	}
}

func tasksOf(rows []taskdb.Task) []Task {
	tasks := make([]Task, len(rows))
	for i, row := range rows {
		tasks[i] = taskOf(row)
	}
	return tasks
}

func (s store) task(ctx context.Context, id string) (Task, error) {
	row, err := s.queries(ctx).GetTask(ctx, id)
	if err != nil {
		return Task{}, fmt.Errorf("task %q: %w", id, db.Found(err))
	}
	return taskOf(row), nil
}

func (s store) tasksByID(ctx context.Context, ids []string) (map[string]*Task, error) {
	rows, err := s.queries(ctx).GetTasks(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("tasks of claims: %w", err)
	}
	tasks := make(map[string]*Task, len(rows))
	for _, task := range tasksOf(rows) {
		tasks[task.ID] = &task
	}
	return tasks, nil
}

// Filter is what a list of tasks is narrowed to; an empty Star or StationID does not narrow it.
type Filter struct {
	State     State
	Star      region.Star
	StationID string
}

func (s store) tasksIn(ctx context.Context, area region.Region, filter Filter, beforeID string, limit int) ([]Task, error) {
	from, to := region.PathRange(area.Path)
	rows, err := s.queries(ctx).ListTasks(ctx, taskdb.ListTasksParams{
		FromPath: from, ToPath: to, State: string(filter.State), Star: string(filter.Star), StationID: filter.StationID,
		BeforeID: beforeID, Limit: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return tasksOf(rows), nil
}

// deck gives the tasks that hang at a station and have a place left at now.
func (s store) deck(ctx context.Context, stationID string, now time.Time) ([]Task, error) {
	rows, err := s.queries(ctx).TasksAtStation(ctx, taskdb.TasksAtStationParams{StationID: stationID, ClaimUntil: db.Millis(now)})
	if err != nil {
		return nil, fmt.Errorf("tasks at station %q: %w", stationID, err)
	}
	return tasksOf(rows), nil
}

func (s store) insertTask(ctx context.Context, task Task) error {
	return s.queries(ctx).InsertTask(ctx, taskdb.InsertTaskParams{
		ID: task.ID, RegionID: task.RegionID, Star: string(task.Star), Title: task.Title, Description: task.Description,
		Place: task.Place, Points: task.Points, Capacity: task.Capacity, ClaimUntil: db.Millis(task.ClaimUntil),
		DueAt: db.Millis(task.DueAt), Repeats: string(task.Repeat), EvidenceText: task.Evidence.Text,
		EvidencePhotosBefore: task.Evidence.PhotosBefore, EvidencePhotosAfter: task.Evidence.PhotosAfter,
		Verify: string(task.Verify), StationID: task.StationID, DrawWeight: task.DrawWeight, CreatedAt: db.Millis(task.CreatedAt),
	})
}

// updateTask stores a changed task over the version it was made from, and over no more places held than it
// has; 409 task.changed when somebody was faster.
func (s store) updateTask(ctx context.Context, task Task) error {
	affected, err := s.queries(ctx).UpdateTask(ctx, taskdb.UpdateTaskParams{
		Star: string(task.Star), Title: task.Title, Description: task.Description, Place: task.Place, Points: task.Points,
		Capacity: task.Capacity, ClaimUntil: db.Millis(task.ClaimUntil), DueAt: db.Millis(task.DueAt),
		Repeats: string(task.Repeat), EvidenceText: task.Evidence.Text, EvidencePhotosBefore: task.Evidence.PhotosBefore,
		EvidencePhotosAfter: task.Evidence.PhotosAfter, Verify: string(task.Verify), StationID: task.StationID,
		DrawWeight: task.DrawWeight, ID: task.ID, State: string(task.State), Version: task.version,
	})
	return db.One(affected, err, errTaskChanged)
}

func (s store) publish(ctx context.Context, task Task) error {
	affected, err := s.queries(ctx).PublishTask(ctx, taskdb.PublishTaskParams{
		PublishedAt: db.Millis(s.db.Now()), ID: task.ID, Version: task.version,
	})
	return db.One(affected, err, errTaskMoved)
}

func (s store) close(ctx context.Context, task Task) error {
	affected, err := s.queries(ctx).CloseTask(ctx, taskdb.CloseTaskParams{ClosedAt: db.Millis(s.db.Now()), ID: task.ID})
	return db.One(affected, err, errTaskMoved)
}

func (s store) withdraw(ctx context.Context, task Task) error {
	affected, err := s.queries(ctx).WithdrawTask(ctx, taskdb.WithdrawTaskParams{ClosedAt: db.Millis(s.db.Now()), ID: task.ID})
	return db.One(affected, err, errTaskHeld)
}

// takePlace takes one of the task's places, if it is open at now and has one left; else it tells which of
// the two is not so, 409 task.not_open or task.full.
func (s store) takePlace(ctx context.Context, taskID string, now time.Time) error {
	affected, err := s.queries(ctx).TakePlace(ctx, taskdb.TakePlaceParams{ID: taskID, ClaimUntil: db.Millis(now)})
	if err != nil {
		return fmt.Errorf("take a place of %q: %w", taskID, err)
	}
	if affected == 1 {
		return nil
	}
	task, err := s.task(ctx, taskID)
	if err != nil {
		return err
	}
	if err := task.admits(now); err != nil {
		return err
	}
	return errFull // freed again since; whoever asks next has it
}

// takePlaces takes places that were seen free; db.ErrPresumed when not all of them are.
func (s store) takePlaces(ctx context.Context, taskID string, count int64, now time.Time) error {
	affected, err := s.queries(ctx).TakePlaces(ctx, taskdb.TakePlacesParams{Count: count, ID: taskID, ClaimUntil: db.Millis(now)})
	return db.One(affected, err, db.ErrPresumed)
}

func (s store) freePlace(ctx context.Context, taskID string) error {
	affected, err := s.queries(ctx).FreePlace(ctx, taskID)
	return db.One(affected, err, fmt.Errorf("task %q has no place to free", taskID))
}

// queueUp makes the claims of one person come one after the other: it waits for another transaction of the
// same person that got here first, and sees what that one did.
func (s store) queueUp(ctx context.Context, personID string) error {
	for {
		affected, err := s.queries(ctx).TouchClaimant(ctx, personID)
		if err != nil {
			return fmt.Errorf("queue up: %w", err)
		}
		if affected == 1 {
			return nil
		}
		err = s.queries(ctx).InsertClaimant(ctx, personID)
		if !db.IsUnique(err) {
			return err
		}
	}
}

// queueUpAsSeen is queueUp for a person of whom nothing may have happened since attempts was read; errClaimMoved
// when something has. attempts is 0 for who has never been here.
func (s store) queueUpAsSeen(ctx context.Context, personID string, attempts int64) error {
	if attempts == 0 {
		return s.queries(ctx).InsertClaimant(ctx, personID)
	}
	affected, err := s.queries(ctx).TouchClaimantAsSeen(ctx, taskdb.TouchClaimantAsSeenParams{PersonID: personID, Attempts: attempts})
	return db.One(affected, err, errClaimMoved)
}

func claimOf(row taskdb.Claim) Claim {
	return Claim{
		ID: row.ID, TaskID: row.TaskID, RegionID: row.RegionID, PersonID: row.PersonID, HelperID: row.HelperID,
		StationID: row.StationID, State: ClaimState(row.State), Appeal: Appeal(row.Appeal), ClaimedAt: db.Time(row.ClaimedAt),
		DueAt: db.Time(row.DueAt), SubmittedAt: db.Time(row.SubmittedAt), DecidedAt: db.Time(row.DecidedAt),
		keys: keys{open: row.OpenKey, turn: row.TurnKey, station: row.StationKey, putBack: row.PutBackKey},
	}
}

func claimsOf(rows []taskdb.Claim, err error) ([]Claim, error) {
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	claims := make([]Claim, len(rows))
	for i, row := range rows {
		claims[i] = claimOf(row)
	}
	return claims, nil
}

func (s store) claim(ctx context.Context, id string) (Claim, error) {
	row, err := s.queries(ctx).GetClaim(ctx, id)
	if err != nil {
		return Claim{}, fmt.Errorf("claim %q: %w", id, db.Found(err))
	}
	return claimOf(row), nil
}

func (s store) claimsByID(ctx context.Context, ids []string) (map[string]Claim, error) {
	claims := make(map[string]Claim, len(ids))
	if len(ids) == 0 {
		return claims, nil
	}
	found, err := claimsOf(s.queries(ctx).GetClaims(ctx, ids))
	for _, claim := range found {
		claims[claim.ID] = claim
	}
	return claims, err
}

// one gives the claim of a row that may be missing.
func one(row taskdb.Claim, err error) (claim Claim, found bool, _ error) {
	if errors.Is(err, sql.ErrNoRows) {
		return Claim{}, false, nil
	}
	if err != nil {
		return Claim{}, false, fmt.Errorf("look for a claim: %w", err)
	}
	return claimOf(row), true, nil
}

func (s store) openClaim(ctx context.Context, taskID, personID string) (claim Claim, found bool, _ error) {
	return one(s.queries(ctx).GetOpenClaim(ctx, taskdb.GetOpenClaimParams{TaskID: taskID, OpenKey: personID}))
}

func (s store) claimOfTurn(ctx context.Context, taskID, turnKey string) (claim Claim, found bool, _ error) {
	return one(s.queries(ctx).GetClaimOfTurn(ctx, taskdb.GetClaimOfTurnParams{TaskID: taskID, TurnKey: turnKey}))
}

func (s store) openCard(ctx context.Context, stationID, personID string) (claim Claim, found bool, _ error) {
	return one(s.queries(ctx).GetOpenCard(ctx, taskdb.GetOpenCardParams{StationID: stationID, StationKey: personID}))
}

func (s store) cardPutBack(ctx context.Context, stationID, putBackKey string) (claim Claim, found bool, _ error) {
	return one(s.queries(ctx).GetCardPutBack(ctx, taskdb.GetCardPutBackParams{StationID: stationID, PutBackKey: putBackKey}))
}

// openClaimsAt gives, by task, the claims that a person has open.
func (s store) openClaimsAt(ctx context.Context, personID string, taskIDs []string) (map[string]string, error) {
	rows, err := s.queries(ctx).OpenClaimsAt(ctx, taskdb.OpenClaimsAtParams{PersonID: personID, TaskIds: taskIDs})
	if err != nil {
		return nil, fmt.Errorf("open claims of a person: %w", err)
	}
	claims := make(map[string]string, len(rows))
	for _, row := range rows {
		claims[row.TaskID] = row.ID
	}
	return claims, nil
}

// turnsAround are the keys of all turns that a person may have had of a task in the periods around now.
func turnsAround(personID string, now time.Time) []string {
	var turns []string
	for _, repeat := range []Repeat{Once, Daily, Weekly, Monthly} {
		turns = append(turns, turnKey(personID, repeat, now))
	}
	return turns
}

func (s store) tasksForTaking(ctx context.Context, personID, communityID string, now time.Time, limit int) ([]Task, error) {
	rows, err := s.queries(ctx).TasksForTaking(ctx, taskdb.TasksForTakingParams{
		RegionID: communityID, Now: db.Millis(now), PersonID: personID, TurnKeys: turnsAround(personID, now), Limit: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("tasks for taking: %w", err)
	}
	return tasksOf(rows), nil
}

// notForTaking gives those of the tasks that a person has open or has had their turn of around now.
func (s store) notForTaking(ctx context.Context, personID string, taskIDs []string, now time.Time) (map[string]bool, error) {
	ids, err := s.queries(ctx).TasksNotForTaking(ctx, taskdb.TasksNotForTakingParams{
		PersonID: personID, TaskIds: taskIDs, TurnKeys: turnsAround(personID, now),
	})
	if err != nil {
		return nil, fmt.Errorf("turns of a person: %w", err)
	}
	tasks := make(map[string]bool, len(ids))
	for _, id := range ids {
		tasks[id] = true
	}
	return tasks, nil
}

func (s store) claimsOfPerson(ctx context.Context, personID string, state ClaimState, beforeID string, limit int) ([]Claim, error) {
	return claimsOf(s.queries(ctx).ListClaimsOfPerson(ctx, taskdb.ListClaimsOfPersonParams{
		PersonID: personID, State: string(state), BeforeID: beforeID, Limit: int32(limit),
	}))
}

func (s store) openClaims(ctx context.Context, personID string, limit int) ([]Claim, error) {
	rows, err := s.queries(ctx).OpenClaimsOf(ctx, taskdb.OpenClaimsOfParams{PersonID: personID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("open claims of a person: %w", err)
	}
	claims := make([]Claim, len(rows))
	for i, row := range rows {
		task := taskOf(row.Task)
		claims[i] = claimOf(row.Claim)
		claims[i].Task, claims[i].Reason = &task, row.Reason
	}
	return claims, nil
}

func (s store) claimsOfTask(ctx context.Context, taskID string, state ClaimState, beforeID string, limit int) ([]Claim, error) {
	return claimsOf(s.queries(ctx).ListClaimsOfTask(ctx, taskdb.ListClaimsOfTaskParams{
		TaskID: taskID, State: string(state), BeforeID: beforeID, Limit: int32(limit),
	}))
}

// claimsIn gives the claims below area after a place, first submitted first.
func (s store) claimsIn(ctx context.Context, area region.Region, state ClaimState, appeal Appeal, after web.Place, limit int) ([]Claim, error) {
	from, to := region.PathRange(area.Path)
	return claimsOf(s.queries(ctx).ListClaimsOfRegion(ctx, taskdb.ListClaimsOfRegionParams{
		FromPath: from, ToPath: to, State: string(state), Appeal: string(appeal),
		AfterSubmittedAt: after.Number, AfterID: after.ID, Limit: int32(limit),
	}))
}

func (s store) claimsPastDue(ctx context.Context, now time.Time, limit int) ([]Claim, error) {
	return claimsOf(s.queries(ctx).ClaimsPastDue(ctx, taskdb.ClaimsPastDueParams{DueAt: db.Millis(now), Limit: int32(limit)}))
}

// insertClaim keeps a new claim; 409 claim.wrong_state when one of its keys is taken.
func (s store) insertClaim(ctx context.Context, claim Claim) error {
	err := s.queries(ctx).InsertClaim(ctx, taskdb.InsertClaimParams{
		ID: claim.ID, TaskID: claim.TaskID, RegionID: claim.RegionID, PersonID: claim.PersonID, HelperID: claim.HelperID,
		StationID: claim.StationID, State: string(claim.State), Appeal: string(claim.Appeal),
		ClaimedAt: db.Millis(claim.ClaimedAt), DueAt: db.Millis(claim.DueAt),
		OpenKey: claim.keys.open, TurnKey: claim.keys.turn, StationKey: claim.keys.station, PutBackKey: claim.keys.putBack,
	})
	if db.IsUnique(err) {
		return errClaimMoved
	}
	return err
}

// move stores what became of a claim; 409 claim.wrong_state when it is no longer as it was.
func (s store) move(ctx context.Context, was, is Claim) error {
	affected, err := s.queries(ctx).MoveClaim(ctx, taskdb.MoveClaimParams{
		State: string(is.State), Appeal: string(is.Appeal), SubmittedAt: db.Millis(is.SubmittedAt), DecidedAt: db.Millis(is.DecidedAt),
		OpenKey: is.keys.open, TurnKey: is.keys.turn, StationKey: is.keys.station, PutBackKey: is.keys.putBack,
		ID: was.ID, FromState: string(was.State), FromAppeal: string(was.Appeal),
	})
	if db.IsUnique(err) {
		return errPutBackUsed // the only key that a move takes anew
	}
	return db.One(affected, err, errClaimMoved)
}

func eventOf(row taskdb.ClaimEvent) (Event, error) {
	event := Event{
		ID: row.ID, ClaimID: row.ClaimID, Act: Act(row.Act), PersonID: row.PersonID, HelperID: row.HelperID, Text: row.Text,
		ContentState: content.State(row.ContentState), At: db.Time(row.At),
	}
	if row.Photos == "" {
		return event, nil
	}
	if err := json.Unmarshal([]byte(row.Photos), &event.photos); err != nil {
		return event, fmt.Errorf("photos of event %q: %w", row.ID, err)
	}
	return event, nil
}

// timelines gives the events of claims, by claim, oldest first.
func (s store) timelines(ctx context.Context, claimIDs []string) (map[string][]Event, error) {
	rows, err := s.queries(ctx).ClaimEvents(ctx, claimIDs)
	if err != nil {
		return nil, fmt.Errorf("timelines of claims: %w", err)
	}
	timelines := make(map[string][]Event, len(claimIDs))
	for _, row := range rows {
		event, err := eventOf(row)
		if err != nil {
			return nil, err
		}
		timelines[row.ClaimID] = append(timelines[row.ClaimID], event)
	}
	return timelines, nil
}

func (s store) timeline(ctx context.Context, claimID string) ([]Event, error) {
	timelines, err := s.timelines(ctx, []string{claimID})
	return timelines[claimID], err
}

// record adds an event to its claim's timeline.
func (s store) record(ctx context.Context, event Event) error {
	photos := ""
	if len(event.photos) > 0 {
		text, err := json.Marshal(event.photos)
		if err != nil {
			return err
		}
		photos = string(text)
	}
	err := s.queries(ctx).InsertClaimEvent(ctx, taskdb.InsertClaimEventParams{
		ID: event.ID, ClaimID: event.ClaimID, Act: string(event.Act), PersonID: event.PersonID, HelperID: event.HelperID,
		Text: event.Text, Photos: photos, ContentState: string(event.ContentState), At: db.Millis(event.At),
	})
	if err != nil {
		return fmt.Errorf("record %s: %w", event.Act, err)
	}
	return nil
}

// eventBy is an event of a caller's doing.
func eventBy(caller web.Caller, claimID string, act Act, text string, now time.Time) Event {
	return Event{ID: db.NewID(), ClaimID: claimID, Act: act, PersonID: caller.PersonID, HelperID: caller.HelperID, Text: text, At: now}
}

func (s store) setContent(ctx context.Context, eventID string, state content.State) error {
	return s.queries(ctx).SetEventContent(ctx, taskdb.SetEventContentParams{ContentState: string(state), ID: eventID})
}
