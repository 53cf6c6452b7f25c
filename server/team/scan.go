package team

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/web"
)

// ScanKind tells a scan on the way in from one on the way out.
type ScanKind string

const (
	ScanIn  ScanKind = "in"
	ScanOut ScanKind = "out"
)

// Outcome is what became of a scan.
type Outcome string

const (
	Recorded Outcome = "recorded"
	// Duplicate is a scan that was uploaded before, or of somebody who is in, or out, already.
	Duplicate Outcome = "duplicate"
	Declined  Outcome = "refused"
)

// NewScan is one scan as a leader's phone sends it. Its fields are checked one scan at a time, so that a bad
// one is refused and the others are not.
type NewScan struct {
	ScanID string   `json:"scan_id" required:"false" doc:"Made on the phone, at most 64 letters, digits, - or _; the same however often it is sent"`
	Token  string   `json:"token" required:"false" doc:"A card's, or a personal code"`
	Kind   ScanKind `json:"kind" required:"false" doc:"in or out"`
	At     string   `json:"at" required:"false" doc:"The phone's time of the scan, RFC 3339"`
}

// ScanResult is what became of one scan of an upload.
type ScanResult struct {
	ScanID       string  `json:"scan_id"`
	Outcome      Outcome `json:"outcome" enum:"recorded,duplicate,refused"`
	FirstOutcome Outcome `json:"first_outcome,omitempty" enum:"recorded,duplicate,refused" doc:"What the first upload of this scan came to"`
	Code         string  `json:"code,omitempty" doc:"Why it is refused, or was the first time"`
	Detail       string  `json:"detail,omitempty" doc:"The same for people"`
	PersonName   string  `json:"person_name,omitempty"`
}

// Scan is a scan as it is kept, for the leader to look at.
type Scan struct {
	ScanID     string         `json:"scan_id"`
	Kind       ScanKind       `json:"kind" enum:"in,out"`
	Person     person.Summary `json:"person,omitzero" doc:"Absent when it was nobody's"`
	Outcome    Outcome        `json:"outcome" enum:"recorded,duplicate,refused"`
	Code       string         `json:"code,omitempty" doc:"Why it was refused"`
	Offline    bool           `json:"offline"`
	ScannedAt  time.Time      `json:"scanned_at" doc:"The phone's time"`
	UploadedAt time.Time      `json:"uploaded_at"`

	ActivityID string `json:"-"`
	PersonID   string `json:"-"`
	ScannedBy  string `json:"-"`
}

const (
	maxScans = 500
	// scansAtOnce are taken in one transaction, which keeps others from the activity meanwhile.
	scansAtOnce = 50
	maxToken    = 500

	uploadWithin   = 72 * time.Hour
	clockTolerance = 2 * time.Minute
)

var plainScanID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

var (
	errScanUnreadable = fault.New(fault.Invalid, "scan.unreadable", "这次扫码的内容不完整，请重新扫一次")
	errScanTooOld     = fault.New(fault.Conflict, "scan.too_old", "离线扫码要在72小时内上传，请改用补登")
	errScanInFuture   = fault.New(fault.Conflict, "scan.in_future", "手机的时间不对，请校准后重新扫码")
)

// reading is a scan as far as it can be read without the activity.
type reading struct {
	NewScan
	at       time.Time
	personID string
	method   Method
	refusal  error
	result   *ScanResult
}

// Scans takes what a leader's phone has scanned, each on its own: results are in the order of the scans.
// 422 input.invalid for more than 500.
func (s *Service) Scans(ctx context.Context, caller web.Caller, activityID string, scans []NewScan) ([]ScanResult, error) {
	activity, _, err := s.requireActivity(ctx, caller, region.LeadActivities, activityID)
	if err != nil {
		return nil, err
	}
	if len(scans) > maxScans {
		return nil, fault.InvalidField("scans", "一次最多上传500条，请分批上传")
	}
	results := make([]ScanResult, len(scans))
	readings := make([]reading, len(scans))
	for i, scan := range scans {
		readings[i], err = s.read(ctx, scan)
		if err != nil {
			return nil, err
		}
		readings[i].result = &results[i]
	}
	slices.SortStableFunc(readings, func(a, b reading) int { return a.at.Compare(b.at) })
	for some := range slices.Chunk(readings, scansAtOnce) {
		err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.takeScans(ctx, caller, activity.ID, some) })
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// read finds out when and whose a scan is. The error is a failure of the server only.
func (s *Service) read(ctx context.Context, scan NewScan) (reading, error) {
	read := reading{NewScan: scan}
	at, err := time.Parse(time.RFC3339, scan.At)
	read.at = stored(at)
	isKind := scan.Kind == ScanIn || scan.Kind == ScanOut
	if err != nil || !isKind || len(scan.Token) > maxToken || !plainScanID.MatchString(scan.ScanID) {
		read.refusal = errScanUnreadable
		return read, nil
	}
	if read.refusal = checkAge(read.at, s.DB.Now()); read.refusal != nil {
		return read, nil
	}
	personID, method, err := s.People.Scanned(ctx, scan.Token, read.at)
	if isFault(err) {
		read.refusal = err
		return read, nil
	}
	read.personID, read.method = personID, Method(method)
	return read, err
}

// isFault tells what a person can be told of from a failure of the server, or one that passes.
func isFault(err error) bool {
	var known *fault.Error
	return errors.As(err, &known) && known.Kind != fault.Unavailable && known.Kind != fault.TooMany
}

// checkAge refuses a scan from more than 72 hours ago, and one from the future but for what clocks differ.
func checkAge(at, now time.Time) error {
	if now.Sub(at) > uploadWithin {
		return errScanTooOld
	}
	if at.Sub(now) > clockTolerance {
		return errScanInFuture
	}
	return nil
}

// takeScans takes some scans in the transaction of ctx. The activity is held, so that what a scan finds
// still holds when it is written, and a refusal leaves nothing to undo.
func (s *Service) takeScans(ctx context.Context, caller web.Caller, activityID string, readings []reading) error {
	activity, err := s.store().hold(ctx, activityID)
	if err != nil {
		return err
	}
	known, guests, err := s.lookUp(ctx, activityID, readings)
	if err != nil {
		return err
	}
	for _, read := range readings {
		if first, again := known[read.ScanID]; again {
			*read.result = repeated(first, guests[first.PersonID].name)
			continue
		}
		taken, err := s.takeScan(ctx, caller, activity, guests[read.personID], read)
		if err != nil {
			return err
		}
		if errors.Is(read.refusal, errScanUnreadable) {
			continue // there is nothing to keep it by
		}
		known[read.ScanID] = taken
		if err := s.store().insertScan(ctx, taken); err != nil {
			return err
		}
	}
	return nil
}

// lookUp finds those of the scans that were uploaded before, and the people they are of.
func (s *Service) lookUp(ctx context.Context, activityID string, readings []reading) (map[string]Scan, map[string]guest, error) {
	var scanIDs, people []string
	for _, read := range readings {
		if errors.Is(read.refusal, errScanUnreadable) {
			continue
		}
		scanIDs = append(scanIDs, read.ScanID)
		people = append(people, read.personID)
	}
	known, err := s.store().scansByID(ctx, activityID, scanIDs)
	if err != nil {
		return nil, nil, err
	}
	for _, scan := range known {
		people = append(people, scan.PersonID)
	}
	guests, err := s.store().guests(ctx, people)
	return known, guests, err
}

// repeated is the result of a scan that was uploaded before.
func repeated(first Scan, name string) ScanResult {
	return ScanResult{ScanID: first.ScanID, Outcome: Duplicate, FirstOutcome: first.Outcome, Code: first.Code, PersonName: name}
}

// takeScan takes one scan and sets its result. The error is a failure of the server only.
func (s *Service) takeScan(ctx context.Context, caller web.Caller, activity Activity, person guest, read reading) (Scan, error) {
	now := s.DB.Now()
	taken := Scan{ActivityID: activity.ID, ScanID: read.ScanID, Kind: read.Kind, PersonID: read.personID,
		Offline: now.Sub(read.at) > clockTolerance, ScannedAt: read.at, ScannedBy: caller.PersonID, UploadedAt: now}
	made, refusal := false, read.refusal
	if refusal == nil {
		made, refusal = s.pass(ctx, activity, person, taken, read.method)
	}
	if refusal != nil && !isFault(refusal) {
		return Scan{}, refusal
	}
	*read.result = ScanResult{ScanID: read.ScanID, PersonName: person.name}
	var known *fault.Error
	switch {
	case errors.As(refusal, &known):
		taken.Outcome, taken.Code, read.result.Detail = Declined, known.Code, known.Detail
	case made:
		taken.Outcome = Recorded
	default:
		taken.Outcome = Duplicate
	}
	read.result.Outcome, read.result.Code = taken.Outcome, taken.Code
	return taken, nil
}

// pass lets a scanned person in or out; made tells whether that is new. A phone's clock that runs ahead a
// little counts as now.
func (s *Service) pass(ctx context.Context, activity Activity, person guest, scan Scan, method Method) (made bool, err error) {
	at := earlier(scan.ScannedAt, s.DB.Now())
	if activity.State != Published && activity.State != Closed {
		return false, errNotOpen
	}
	if scan.Kind == ScanOut {
		return s.passOut(ctx, activity, scan, at)
	}
	if !activity.takesCheckIn(at) {
		return false, errOutOfWindow
	}
	arriving := Attendance{ID: db.NewID(), PersonID: scan.PersonID, Method: method, EnteredBy: scan.ScannedBy, CheckedInAt: at, Offline: scan.Offline}
	_, made, err = s.admit(ctx, activity.ID, person.homePath, arriving, Closed)
	return made, err
}

func (s *Service) passOut(ctx context.Context, activity Activity, scan Scan, at time.Time) (made bool, err error) {
	presence, came, err := s.store().attendance(ctx, activity.ID, scan.PersonID)
	if err != nil {
		return false, err
	}
	switch {
	case !came:
		return false, errNotCheckedIn
	case !presence.CheckedOutAt.IsZero():
		return false, nil
	case !activity.takesCheckOut(at):
		return false, errOutOfWindow
	case at.Before(presence.CheckedInAt):
		return false, errOutBeforeIn
	}
	presence.CheckedOutAt, presence.CheckedOutBy, presence.Offline = at, scan.ScannedBy, presence.Offline || scan.Offline
	_, made, err = s.depart(ctx, presence)
	return made, err
}

const scansByID = "scans"

// ListScans lists what was scanned, also what was refused, for the leader and the desk.
func (s *Service) ListScans(ctx context.Context, caller web.Caller, activityID string, query web.PageQuery) (web.Page[Scan], error) {
	activity, err := s.requireDesk(ctx, caller, activityID)
	if err != nil {
		return web.Page[Scan]{}, err
	}
	after, err := query.AfterID(scansByID)
	if err != nil {
		return web.Page[Scan]{}, err
	}
	scans, err := s.store().scans(ctx, activity.ID, after, query.Limit+1)
	if err != nil {
		return web.Page[Scan]{}, err
	}
	page := web.NewPage(scansByID, scans, query.Limit, func(s Scan) []string { return []string{s.ScanID} })
	var ids []string
	for _, scan := range page.Items {
		if scan.PersonID != "" {
			ids = append(ids, scan.PersonID)
		}
	}
	people, err := s.summariesFor(ctx, false, ids)
	for i := range page.Items {
		page.Items[i].Person = people[page.Items[i].PersonID]
	}
	return page, err
}
