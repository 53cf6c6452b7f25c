package content

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"fivestar/server/audit"
	"fivestar/server/content/internal/contentdb"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

var (
	errDecided = fault.New(fault.Conflict, "content.decided", "这条内容已经审核过了")
	errOwnWork = fault.New(fault.Forbidden, "review.own_work", "不能审核自己参与的，请让另一位同志来审核")
)

// Service is the content room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	WeChat  *wechat.Client
	Log     *slog.Logger
	// Decided hears of every verdict, in the transaction that stores it, by the subject's kind.
	Decided map[string]func(ctx context.Context, subjectID string, state State) error
	// PictureURL gives a link by which WeChat may fetch a picture for a short time.
	PictureURL func(fileID string) string

	asks asks
}

// CheckText has a text checked, in the transaction of ctx. It replaces a check of an earlier text of the
// same subject that is not decided yet: its verdict no longer counts. WeChat is asked right after the commit.
func (s *Service) CheckText(ctx context.Context, caller web.Caller, subject Subject, body string) error {
	return s.queue(ctx, caller, text, subject, body)
}

// CheckPicture has a stored picture checked, in the transaction of ctx. The subject's ID is the file's.
func (s *Service) CheckPicture(ctx context.Context, caller web.Caller, subject Subject) error {
	return s.queue(ctx, caller, picture, subject, "")
}

func (s *Service) queue(ctx context.Context, caller web.Caller, kind medium, subject Subject, body string) error {
	id, now := db.NewID(), db.Millis(s.DB.Now())
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		queries := s.queries(ctx)
		err := queries.ReplaceChecks(ctx, contentdb.ReplaceChecksParams{SubjectKind: subject.Kind, SubjectID: subject.ID, Medium: string(kind)})
		if err != nil {
			return fmt.Errorf("replace an earlier check: %w", err)
		}
		err = queries.InsertCheck(ctx, contentdb.InsertCheckParams{
			ID: id, Medium: string(kind), SubjectKind: subject.Kind, SubjectID: subject.ID, RegionID: subject.RegionID,
			PersonID: caller.PersonID, HelperID: caller.HelperID, Content: body, State: string(waiting), DueAt: now, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("queue a check: %w", err)
		}
		s.DB.AfterCommit(ctx, func() { s.askSoon(id) })
		return nil
	})
}

// ForReview lists what waits for a person's decision in a region, oldest first.
func (s *Service) ForReview(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[Check], error) {
	const list = "content"
	place, err := s.Regions.Require(ctx, caller, region.CheckContent, regionID)
	if err != nil {
		return web.Page[Check]{}, err
	}
	after, err := query.AfterID(list)
	if err != nil {
		return web.Page[Check]{}, err
	}
	rows, err := s.queries(ctx).ListReviews(ctx, contentdb.ListReviewsParams{RegionID: place.ID, ID: after, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Check]{}, fmt.Errorf("list checks: %w", err)
	}
	checks := make([]Check, len(rows))
	for i, row := range rows {
		checks[i] = checkOf(row)
	}
	return web.NewPage(list, checks, query.Limit, func(c Check) []string { return []string{c.ID} }), nil
}

// Decide is a person's decision where WeChat's is missing. Nobody decides on what went through their own
// hands.
func (s *Service) Decide(ctx context.Context, caller web.Caller, id string, pass bool, reason string) error {
	row, err := s.queries(ctx).GetCheck(ctx, id)
	if err != nil {
		return fmt.Errorf("check %q: %w", id, db.Found(err))
	}
	check := checkOf(row)
	if _, err := s.Regions.Require(ctx, caller, region.CheckContent, check.RegionID); err != nil {
		return err
	}
	if caller.PersonID == check.PersonID || caller.PersonID == check.HelperID {
		return errOwnWork
	}
	var input fault.Check
	input.Text("reason", "理由", &reason, 0, 500)
	if err := input.Err(); err != nil {
		return err
	}
	outcome := refused
	if pass {
		outcome = passed
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store(ctx, check, outcome, caller.PersonID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "content." + string(outcome), SubjectKind: check.SubjectKind,
			SubjectID: check.SubjectID, RegionID: check.RegionID, Reason: reason})
	})
}

// store keeps the outcome and tells the room, once.
func (s *Service) store(ctx context.Context, check Check, outcome progress, by string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		affected, err := s.queries(ctx).Decide(ctx, contentdb.DecideParams{
			State: string(outcome), DecidedBy: by, DecidedAt: db.Millis(s.DB.Now()), ID: check.ID,
		})
		if err := db.One(affected, err, errDecided); err != nil {
			return err
		}
		decided, known := s.Decided[check.SubjectKind]
		if !known {
			return fmt.Errorf("content: nobody hears of the verdict on a %q", check.SubjectKind)
		}
		state := Refused
		if outcome == passed {
			state = Passed
		}
		return decided(ctx, check.SubjectID, state)
	})
}

// Export gives the checks of what a person wrote or photographed.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	rows, err := s.queries(ctx).ListChecksOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("checks of a person: %w", err)
	}
	checks := make([]Check, len(rows))
	for i, row := range rows {
		checks[i] = checkOf(row)
	}
	return checks, nil
}

// Drop ends the check of a text that is there no more, in the transaction of ctx.
func (s *Service) Drop(ctx context.Context, subjectKind, subjectID string) error {
	err := s.queries(ctx).ReplaceChecks(ctx, contentdb.ReplaceChecksParams{SubjectKind: subjectKind, SubjectID: subjectID, Medium: string(text)})
	if err != nil {
		return fmt.Errorf("drop the check of %s %q: %w", subjectKind, subjectID, err)
	}
	return nil
}

// outliving are the kinds of things that others go on with when their author leaves. The words of all others,
// and every photo, are gone with the person.
var outliving = []string{"ticket", "activity"}

// Erase forgets the checks of a person who leaves, in the transaction of ctx. What outlives them still needs a
// verdict, or nobody would ever see it: its check goes on without the person, and so, for want of an openid, to
// the desk.
func (s *Service) Erase(ctx context.Context, personID string) error {
	queries := s.queries(ctx)
	err := queries.EraseChecksOfPerson(ctx, contentdb.EraseChecksOfPersonParams{PersonID: personID, Outliving: outliving})
	if err != nil {
		return fmt.Errorf("erase the checks of a person: %w", err)
	}
	if err := queries.DisownChecks(ctx, personID); err != nil {
		return fmt.Errorf("take a person's name off their checks: %w", err)
	}
	return nil
}

func checkOf(row contentdb.ContentCheck) Check {
	return Check{
		ID: row.ID, Medium: medium(row.Medium), SubjectKind: row.SubjectKind, SubjectID: row.SubjectID, RegionID: row.RegionID,
		PersonID: row.PersonID, HelperID: row.HelperID, Content: row.Content, CreatedAt: db.Time(row.CreatedAt),
		state: progress(row.State), tries: row.Tries, dueAt: row.DueAt, traceID: row.TraceID,
	}
}

func (s *Service) queries(ctx context.Context) *contentdb.Queries {
	return contentdb.New(s.DB.Querier(ctx))
}

// logFailure notes what went wrong with a check that will be tried again.
func (s *Service) logFailure(ctx context.Context, check Check, err error) {
	if errors.Is(err, errDecided) {
		return
	}
	s.Log.WarnContext(ctx, "content check not decided yet", "check", check.ID, "tries", check.tries, "cause", err)
}
