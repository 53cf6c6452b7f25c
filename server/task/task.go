// Package task holds micro-tasks: small pieces of volunteer work that people take, do, hand in and are given
// points for; and the stations where tasks hang as cards to be drawn.
package task

import (
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/region"
	"fivestar/server/web"
)

// State is how far a task has come: draft, published, closed; or withdrawn, while nobody holds a claim.
type State string

const (
	Draft     State = "draft"
	Published State = "published"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// Repeat is how often one person may take a task.
type Repeat string

const (
	Once    Repeat = "once"
	Daily   Repeat = "daily"
	Weekly  Repeat = "weekly"
	Monthly Repeat = "monthly"
)

const dayForm = "2006-01-02"

// period names the stretch of Shanghai time around at in which a person has one turn: "once", a day, an ISO
// week (from Monday) or a month. Names of different repeats never meet.
func (r Repeat) period(at time.Time) string {
	local := at.In(db.Shanghai)
	switch r {
	case Daily:
		return local.Format(dayForm)
	case Weekly:
		year, week := local.ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case Monthly:
		return local.Format("2006-01")
	}
	return string(Once)
}

// Verify is how work is confirmed: by a secretary or a team leader who looks at what was handed in, or by
// somebody at the place who scans the person.
type Verify string

const (
	ByReview Verify = "review"
	ByScan   Verify = "scan"
)

// Evidence is what must be handed in. Nothing is the default.
type Evidence struct {
	Text         bool `json:"text" required:"false"`
	PhotosBefore bool `json:"photos_before" required:"false"`
	PhotosAfter  bool `json:"photos_after" required:"false"`
}

// inForce is what holds of the evidence: photos may be demanded only where the community says so.
func (e Evidence) inForce(settings region.Settings) Evidence {
	if !settings.PhotosDemanded {
		e.PhotosBefore, e.PhotosAfter = false, false
	}
	return e
}

// Task is a micro-task.
type Task struct {
	ID          string      `json:"id"`
	RegionID    string      `json:"region_id"`
	State       State       `json:"state" enum:"draft,published,closed,withdrawn"`
	Star        region.Star `json:"star"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Place       string      `json:"place"`
	Points      int64       `json:"points"`
	Capacity    int64       `json:"capacity"`
	PlacesLeft  int64       `json:"places_left"`
	ClaimUntil  time.Time   `json:"claim_until"`
	DueAt       time.Time   `json:"due_at"`
	Repeat      Repeat      `json:"repeat" enum:"once,daily,weekly,monthly"`
	Evidence    Evidence    `json:"evidence"`
	Verify      Verify      `json:"verify" enum:"review,scan"`
	StationID   string      `json:"station_id,omitempty"`
	DrawWeight  int64       `json:"draw_weight" doc:"How often the card comes up at its station, beside the others"`
	CreatedAt   time.Time   `json:"created_at"`
	PublishedAt time.Time   `json:"published_at,omitzero"`
	ClosedAt    time.Time   `json:"closed_at,omitzero"`
	Photos      []file.Link `json:"photos,omitempty"`
	// MyClaimID is the claim that the caller has open on the task.
	MyClaimID string `json:"my_claim_id,omitempty"`

	version int64
}

var (
	errNotOpen      = fault.New(fault.Conflict, "task.not_open", "这项任务现在不能认领")
	errFull         = fault.New(fault.Conflict, "task.full", "名额已经领完了，看看别的任务吧")
	errTaskMoved    = fault.New(fault.Conflict, "task.wrong_state", "任务现在的状态不能这样操作，请刷新后再看")
	errTaskHeld     = fault.New(fault.Conflict, "task.held", "已经有人认领，不能撤回；可以结束认领")
	errTaskChanged  = fault.New(fault.Conflict, "task.changed", "别人刚刚改过这项任务，请重新打开后再改")
	errTaskPromised = fault.New(fault.Conflict, "task.published", "任务已经发布，只能修改文字、照片、抽卡权重和名额")
)

// admits is nil when somebody may take a place at now, else task.not_open or task.full.
func (t Task) admits(now time.Time) error {
	if t.State != Published || !now.Before(t.ClaimUntil) {
		return errNotOpen
	}
	if t.PlacesLeft <= 0 {
		return errFull
	}
	return nil
}

// turnIsUsed is 409 claim.limit for who has had their turn of the task in this period.
func (t Task) turnIsUsed() error {
	if t.Repeat == Once {
		return errTurnOnce
	}
	return errTurnUsed
}

// isPublic tells whether everybody who is logged in may see the task.
func (t Task) isPublic() bool { return t.State == Published || t.State == Closed }

// NewTask is what a task is made from. What is left out: repeat once, verify by review, no evidence, no
// station, draw weight 1.
type NewTask struct {
	RegionID    string      `json:"region_id" maxLength:"26"`
	Star        region.Star `json:"star"`
	Title       string      `json:"title"`
	Description string      `json:"description,omitempty"`
	Place       string      `json:"place,omitempty"`
	Points      int64       `json:"points"`
	Capacity    int64       `json:"capacity"`
	ClaimUntil  time.Time   `json:"claim_until"`
	DueAt       time.Time   `json:"due_at"`
	Repeat      Repeat      `json:"repeat,omitempty" enum:"once,daily,weekly,monthly" default:"once"`
	Evidence    Evidence    `json:"evidence,omitempty"`
	Verify      Verify      `json:"verify,omitempty" enum:"review,scan" default:"review"`
	StationID   string      `json:"station_id,omitempty" maxLength:"26"`
	DrawWeight  int64       `json:"draw_weight,omitempty" default:"1"`
	PhotoIDs    []string    `json:"photo_ids,omitempty" maxItems:"9"`
	// Reason is why evidence is asked for; it goes into the audit log.
	Reason string `json:"reason,omitempty" doc:"Why evidence is asked for, for the audit log"`
}

// Change is what a PATCH may hold; what is left out stays. PhotoIDs are added to the photos there are.
type Change struct {
	Star        *region.Star `json:"star,omitempty"`
	Title       *string      `json:"title,omitempty"`
	Description *string      `json:"description,omitempty"`
	Place       *string      `json:"place,omitempty"`
	Points      *int64       `json:"points,omitempty"`
	Capacity    *int64       `json:"capacity,omitempty"`
	ClaimUntil  *time.Time   `json:"claim_until,omitempty"`
	DueAt       *time.Time   `json:"due_at,omitempty"`
	Repeat      *Repeat      `json:"repeat,omitempty" enum:"once,daily,weekly,monthly"`
	Evidence    *Evidence    `json:"evidence,omitempty"`
	Verify      *Verify      `json:"verify,omitempty" enum:"review,scan"`
	StationID   *string      `json:"station_id,omitempty" maxLength:"26"`
	DrawWeight  *int64       `json:"draw_weight,omitempty"`
	PhotoIDs    []string     `json:"photo_ids,omitempty" maxItems:"9"`
	Reason      string       `json:"reason,omitempty" doc:"Why, for the audit log"`
}

// changed gives the task as change makes it. A published task keeps its promise to those who have taken it:
// points, star, times, repeat, evidence, verification and station stay (409 task.published); texts, photos,
// draw weight and capacity may change, the capacity never below the places held. A closed or withdrawn task
// does not change (409 task.wrong_state).
func (t Task) changed(change Change) (Task, error) {
	if t.State != Draft && t.State != Published {
		return t, errTaskMoved
	}
	taken := t.Capacity - t.PlacesLeft
	web.Set(&t.Title, change.Title)
	web.Set(&t.Description, change.Description)
	web.Set(&t.Place, change.Place)
	web.Set(&t.DrawWeight, change.DrawWeight)
	web.Set(&t.Capacity, change.Capacity)
	t.PlacesLeft = t.Capacity - taken

	promise := web.Set(&t.Star, change.Star)
	promise = web.Set(&t.Points, change.Points) || promise
	promise = web.Set(&t.Repeat, change.Repeat) || promise
	promise = web.Set(&t.Evidence, change.Evidence) || promise
	promise = web.Set(&t.Verify, change.Verify) || promise
	promise = web.Set(&t.StationID, change.StationID) || promise
	promise = web.SetTime(&t.ClaimUntil, change.ClaimUntil) || promise
	promise = web.SetTime(&t.DueAt, change.DueAt) || promise
	if promise && t.State == Published {
		return t, errTaskPromised
	}
	return t, nil
}

const (
	maxPoints     = 1000
	maxCapacity   = 100_000
	maxDrawWeight = 100
	// maxAhead bounds how far ahead a task may be due: a slip of the year is caught, a year's plan is not.
	maxAhead = 2 * 366 * 24 * time.Hour
)

func (t Task) mostPoints(settings region.Settings) int64 {
	if t.State == Draft {
		return int64(settings.TaskPoints)
	}
	return maxPoints
}

// check trims the texts and checks all that a task must hold, as 422 input.invalid. Times, and what the community
// allows, are looked at while the task is a draft only: later they are a promise that time, or a change of
// settings, has caught up with.
func (t *Task) check(community region.Region, settings region.Settings, now time.Time) error {
	var check fault.Check
	check.Text("title", "标题", &t.Title, 2, 60)
	check.Text("description", "说明", &t.Description, 0, 2000)
	check.Text("place", "地点", &t.Place, 0, 100)
	check.That(community.HasStar(t.Star), "star", "这个社区没有这颗星，请从五颗星里选")
	check.Range("points", "积分", t.Points, 1, t.mostPoints(settings))
	check.Range("capacity", "名额", t.Capacity, 1, maxCapacity)
	check.That(t.PlacesLeft >= 0, "capacity", fmt.Sprintf("已有%d人认领，名额不能更少", t.Capacity-t.PlacesLeft))
	check.Range("draw_weight", "抽卡权重", t.DrawWeight, 1, maxDrawWeight)
	fault.OneOf(&check, "repeat", "可领次数", t.Repeat, Once, Daily, Weekly, Monthly)
	fault.OneOf(&check, "verify", "确认方式", t.Verify, ByReview, ByScan)
	check.That(t.Verify != ByScan || t.Evidence == Evidence{}, "evidence", "现场扫码确认的任务不用交材料")
	if t.State == Draft {
		check.That(t.Evidence == t.Evidence.inForce(settings), "evidence", "本社区没有打开「可以要求拍照」。要打开，请到社区设置里写明原因")
		check.That(t.ClaimUntil.After(now), "claim_until", "认领截止时间要晚于现在")
		check.That(!t.DueAt.Before(t.ClaimUntil), "due_at", "完成期限不能早于认领截止时间")
		check.That(t.DueAt.Before(now.Add(maxAhead)), "due_at", "完成期限不能超过两年")
	}
	return check.Err()
}

// Station is a physical place with a printed QR, where tasks hang and cards are drawn.
type Station struct {
	ID       string `json:"id"`
	RegionID string `json:"region_id"`
	Name     string `json:"name"`
	Place    string `json:"place"`
	// PosterText is printed above the code.
	PosterText string `json:"poster_text"`
}

const defaultPosterText = "扫一扫，抽一张任务卡，把这份好意传下去"

// NewStation is what a station is made from.
type NewStation struct {
	RegionID   string `json:"region_id" maxLength:"26"`
	Name       string `json:"name"`
	Place      string `json:"place"`
	PosterText string `json:"poster_text,omitempty"`
}

// StationChange is what a PATCH of a station may hold; what is left out stays.
type StationChange struct {
	Name       *string `json:"name,omitempty"`
	Place      *string `json:"place,omitempty"`
	PosterText *string `json:"poster_text,omitempty"`
}

func (s *Station) check() error {
	var check fault.Check
	check.Text("name", "名称", &s.Name, 2, 60)
	check.Text("place", "地点", &s.Place, 2, 100)
	check.Text("poster_text", "海报文字", &s.PosterText, 0, 200)
	if s.PosterText == "" {
		s.PosterText = defaultPosterText
	}
	return check.Err()
}

// picked tells which of the weights roll falls on, for 0 <= roll < sum of weights: each as often as it
// weighs.
func picked(weights []int64, roll int64) int {
	i := 0
	for roll >= weights[i] {
		roll -= weights[i]
		i++
	}
	return i
}
