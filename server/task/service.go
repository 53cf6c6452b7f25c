package task

import (
	"context"
	"errors"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

// Service is the task room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Points  *points.Service
	Files   *file.Service
	Content *content.Service
	Notices *notice.Service
	WeChat  *wechat.Client
	// Guess runs a check of a code from outside and counts wrong ones against the caller (web.Server.Guess).
	Guess func(ctx context.Context, caller web.Caller, check func() error) error

	takers       *db.Group[taking, Claim]
	popularTasks *db.Memory[popularTask]
}

// mostPopular is how many tasks are remembered between those who want a place of them.
const mostPopular = 4096

// Open makes what the service keeps in memory. It must be called before the first request.
func (s *Service) Open() {
	s.takers = db.NewGroup(s.DB, "claims", s.takeTogether, s.takeAlone)
	s.popularTasks = db.NewMemory[popularTask](mostPopular)
}

func (s *Service) store() store { return store{s.DB} }

// Kinds of things that photos and texts hang on.
const (
	claimKind = "claim"
	taskKind  = "task"
)

const byNewest = "newest"

// area gives the region that a list is of: a grid stands for its community.
func (s *Service) area(ctx context.Context, regionID string) (region.Region, error) {
	found, err := s.Regions.Get(ctx, regionID)
	if err != nil || found.Kind != region.Grid {
		return found, err
	}
	return s.Regions.Get(ctx, found.ParentID)
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, caller web.Caller, input NewTask) (Task, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ManageTasks, input.RegionID)
	if err != nil {
		return Task{}, err
	}
	now := s.DB.Now()
	made := draftOf(input, community)
	made.ID, made.CreatedAt = db.NewID(), now
	if err := s.check(ctx, &made, community); err != nil {
		return Task{}, err
	}
	if err := checkReason(&input.Reason); err != nil {
		return Task{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertTask(ctx, made); err != nil {
			return err
		}
		if err := s.attachPhotos(ctx, caller, made, input.PhotoIDs); err != nil {
			return err
		}
		return s.audit(ctx, caller, audit.Act{Name: "task.created", Reason: input.Reason, After: made}, made)
	})
	if err != nil {
		return Task{}, err
	}
	return s.shownAgain(ctx, caller, made.ID)
}

func draftOf(input NewTask, community region.Region) Task {
	draft := Task{
		RegionID: community.ID, State: Draft, Star: input.Star, Title: input.Title, Description: input.Description,
		Place: input.Place, Points: input.Points, Capacity: input.Capacity, PlacesLeft: input.Capacity,
		Repeat: Once, Evidence: input.Evidence, Verify: ByReview, StationID: input.StationID, DrawWeight: 1,
	}
	web.SetTime(&draft.ClaimUntil, &input.ClaimUntil)
	web.SetTime(&draft.DueAt, &input.DueAt)
	if input.Repeat != "" {
		draft.Repeat = input.Repeat
	}
	if input.Verify != "" {
		draft.Verify = input.Verify
	}
	if input.DrawWeight != 0 {
		draft.DrawWeight = input.DrawWeight
	}
	return draft
}

func checkReason(reason *string) error {
	var check fault.Check
	check.Text("reason", "原因", reason, 0, 500)
	return check.Err()
}

// check holds a task to its rules, and its station to its community.
func (s *Service) check(ctx context.Context, task *Task, community region.Region) error {
	settings, err := s.Regions.Settings(ctx, community.ID)
	if err != nil {
		return err
	}
	if err := task.check(community, settings, s.DB.Now()); err != nil {
		return err
	}
	if task.StationID == "" {
		return nil
	}
	station, err := s.store().station(ctx, task.StationID)
	if errors.Is(err, fault.ErrNotFound) || err == nil && station.RegionID != community.ID {
		return fault.InvalidField("station_id", "请选择本社区的认领区")
	}
	return err
}

func (s *Service) attachPhotos(ctx context.Context, caller web.Caller, task Task, photoIDs []string) error {
	subject := file.Subject{Kind: taskKind, ID: task.ID, RegionID: task.RegionID}
	return s.Files.Attach(ctx, caller, subject, labelNone, photoIDs)
}

func (s *Service) audit(ctx context.Context, caller web.Caller, act audit.Act, task Task) error {
	act.SubjectKind, act.SubjectID, act.RegionID = taskKind, task.ID, task.RegionID
	return s.Audit.Record(ctx, caller, act)
}

// managed gives a task that the caller may manage, and its community.
func (s *Service) managed(ctx context.Context, caller web.Caller, id string) (Task, region.Region, error) {
	task, err := s.store().task(ctx, id)
	if err != nil {
		return Task{}, region.Region{}, err
	}
	community, err := s.Regions.Require(ctx, caller, region.ManageTasks, task.RegionID)
	return task, community, err
}

// Change changes a draft, or what may still change of a published task (see Task.changed).
func (s *Service) Change(ctx context.Context, caller web.Caller, id string, change Change) (Task, error) {
	task, community, err := s.managed(ctx, caller, id)
	if err != nil {
		return Task{}, err
	}
	changed, err := task.changed(change)
	if err != nil {
		return Task{}, err
	}
	if err := s.check(ctx, &changed, community); err != nil {
		return Task{}, err
	}
	if err := checkReason(&change.Reason); err != nil {
		return Task{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().updateTask(ctx, changed); err != nil {
			return err
		}
		s.forgetPopular(ctx, task.ID)
		if err := s.attachPhotos(ctx, caller, task, change.PhotoIDs); err != nil {
			return err
		}
		return s.audit(ctx, caller, audit.Act{Name: "task.changed", Reason: change.Reason, Before: task, After: changed}, task)
	})
	if err != nil {
		return Task{}, err
	}
	return s.shownAgain(ctx, caller, id)
}

// Publish opens a draft for claims; 422 input.invalid when its times have passed meanwhile.
func (s *Service) Publish(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, community, err := s.managed(ctx, caller, id)
	if err != nil {
		return Task{}, err
	}
	if task.State != Draft {
		return Task{}, errTaskMoved
	}
	if err := s.check(ctx, &task, community); err != nil {
		return Task{}, err
	}
	return s.moveTask(ctx, caller, task, "task.published", s.store().publish)
}

// Close ends the claiming; what has been claimed goes on.
func (s *Service) Close(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, _, err := s.managed(ctx, caller, id)
	if err != nil {
		return Task{}, err
	}
	return s.moveTask(ctx, caller, task, "task.closed", s.store().close)
}

// Withdraw takes a task back that nobody holds a claim on; 409 task.held, task.wrong_state.
func (s *Service) Withdraw(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, _, err := s.managed(ctx, caller, id)
	if err != nil {
		return Task{}, err
	}
	if task.State != Draft && task.State != Published {
		return Task{}, errTaskMoved
	}
	return s.moveTask(ctx, caller, task, "task.withdrawn", s.store().withdraw)
}

func (s *Service) moveTask(ctx context.Context, caller web.Caller, task Task, act string, move func(ctx context.Context, task Task) error) (Task, error) {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := move(ctx, task); err != nil {
			return err
		}
		s.forgetPopular(ctx, task.ID)
		return s.audit(ctx, caller, audit.Act{Name: act, Before: task.State}, task)
	})
	if err != nil {
		return Task{}, err
	}
	return s.shownAgain(ctx, caller, task.ID)
}

// Get gives a task that the caller may see: a published or closed one, or any of a community whose tasks
// they manage.
func (s *Service) Get(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, err := s.visibleTask(ctx, caller, id)
	if err != nil {
		return Task{}, err
	}
	shown := []Task{task}
	err = s.show(ctx, caller, shown)
	return shown[0], err
}

// MaySeeTask tells whether the caller may see a task and its photos; fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) MaySeeTask(ctx context.Context, caller web.Caller, id string) error {
	_, err := s.visibleTask(ctx, caller, id)
	return err
}

func (s *Service) visibleTask(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, err := s.store().task(ctx, id)
	if err != nil || task.isPublic() {
		return task, err
	}
	_, err = s.Regions.Require(ctx, caller, region.ManageTasks, task.RegionID)
	return task, err
}

// List gives the tasks of a region, newest first: published ones unless another state is asked for. Drafts
// and withdrawn tasks are for those who manage them. An empty regionID is the station's region, or the
// caller's home.
func (s *Service) List(ctx context.Context, caller web.Caller, regionID string, filter Filter, query web.PageQuery) (web.Page[Task], error) {
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Task]{}, err
	}
	area, err := s.areaOfList(ctx, caller, regionID, filter.StationID)
	if err != nil {
		return web.Page[Task]{}, err
	}
	if filter.State == "" {
		filter.State = Published
	}
	if filter.State == Draft || filter.State == Withdrawn {
		if err := region.Require(caller, region.ManageTasks, region.In(area)); err != nil {
			return web.Page[Task]{}, err
		}
	}
	tasks, err := s.store().tasksIn(ctx, area, filter, before, query.Limit+1)
	if err != nil {
		return web.Page[Task]{}, err
	}
	page := web.NewPage(byNewest, tasks, query.Limit, func(t Task) []string { return []string{t.ID} })
	return page, s.show(ctx, caller, page.Items)
}

func (s *Service) areaOfList(ctx context.Context, caller web.Caller, regionID, stationID string) (region.Region, error) {
	if regionID == "" && stationID != "" {
		station, err := s.store().station(ctx, stationID)
		if err != nil {
			return region.Region{}, err
		}
		regionID = station.RegionID
	}
	if regionID == "" {
		regionID = region.CommunityOf(caller.HomePath)
	}
	if regionID == "" {
		return region.Region{}, fault.InvalidField("region_id", "请选择一个社区")
	}
	return s.area(ctx, regionID)
}

// show adds what tasks do not hold themselves: photos, and the caller's own claim.
func (s *Service) show(ctx context.Context, caller web.Caller, tasks []Task) error {
	if len(tasks) == 0 {
		return nil
	}
	ids := make([]string, len(tasks))
	for i, task := range tasks {
		ids[i] = task.ID
	}
	photos, err := s.Files.Of(ctx, caller, taskKind, ids)
	if err != nil {
		return err
	}
	mine, err := s.store().openClaimsAt(ctx, caller.PersonID, ids)
	if err != nil {
		return err
	}
	for i := range tasks {
		tasks[i].Photos, tasks[i].MyClaimID = photos[tasks[i].ID], mine[tasks[i].ID]
	}
	return s.showEvidence(ctx, tasks)
}

// showEvidence leaves of the evidence what is in force.
func (s *Service) showEvidence(ctx context.Context, tasks []Task) error {
	for i := range tasks {
		evidence := &tasks[i].Evidence
		if !evidence.PhotosBefore && !evidence.PhotosAfter {
			continue
		}
		settings, err := s.Regions.Settings(ctx, tasks[i].RegionID)
		if err != nil {
			return err
		}
		*evidence = evidence.inForce(settings)
	}
	return nil
}

// shownAgain reads a task that has just been looked at or changed, as the caller is shown it.
func (s *Service) shownAgain(ctx context.Context, caller web.Caller, id string) (Task, error) {
	task, err := s.store().task(ctx, id)
	if err != nil {
		return Task{}, err
	}
	shown := []Task{task}
	err = s.show(ctx, caller, shown)
	return shown[0], err
}
