package task

import (
	"context"
	"fmt"

	"fivestar/server/db"
	"fivestar/server/notice"
	"fivestar/server/task/internal/taskdb"
)

// kindOfAct is what a claimer is told of a decision.
var kindOfAct = map[Act]notice.Kind{
	actApprove: notice.ClaimApproved, actScan: notice.ClaimApproved, actOverturn: notice.ClaimApproved,
	actReturn: notice.ClaimReturned, actReject: notice.ClaimRejected, actUphold: notice.ClaimRejected,
}

// tellVerdict tells the claimer what was decided, in the transaction that decides it.
func (s *Service) tellVerdict(ctx context.Context, task Task, claim Claim, act Act, reason string) error {
	text := map[Act]string{
		actApprove:  fmt.Sprintf("「%s」通过了审核，%d积分记到您名下了。", task.Title, task.Points),
		actScan:     fmt.Sprintf("「%s」扫码完成，%d积分记到您名下了。", task.Title, task.Points),
		actOverturn: fmt.Sprintf("「%s」的申诉成立，%d积分记到您名下了。", task.Title, task.Points),
		actReturn:   fmt.Sprintf("「%s」退回了：%s。请在%s前改好再交。", task.Title, reason, notice.Clock(claim.DueAt)),
		actReject:   fmt.Sprintf("「%s」没有通过：%s。不同意的话，可以向街道申诉一次。", task.Title, reason),
		actUphold:   fmt.Sprintf("「%s」的申诉，街道维持原来的决定：%s。", task.Title, reason),
	}[act]
	return s.Notices.Tell(ctx, notice.Notice{
		Kind: kindOfAct[act], Subject: notice.Subject{Kind: claimKind, ID: claim.ID}, Occasion: db.Millis(claim.DecidedAt),
		RegionID: claim.RegionID, What: task.Title, Text: text, Place: task.Place, At: claim.DecidedAt,
	}, claim.PersonID)
}

// Remind tells people of claims that run out: a day before, or when half of a shorter time is over.
func (s *Service) Remind(ctx context.Context) error {
	for {
		now := s.DB.Now()
		rows, err := s.store().queries(ctx).ClaimsRunningOut(ctx, taskdb.ClaimsRunningOutParams{
			Now: db.Millis(now), Until: db.Millis(now.AddDate(0, 0, 1)), Limit: batch})
		if err != nil {
			return fmt.Errorf("claims that run out: %w", err)
		}
		err = s.DB.InTx(ctx, func(ctx context.Context) error {
			return s.Notices.Together(ctx, func(ctx context.Context) error { return s.tellRunningOut(ctx, rows) })
		})
		if err != nil || len(rows) < batch {
			return err
		}
	}
}

func (s *Service) tellRunningOut(ctx context.Context, rows []taskdb.ClaimsRunningOutRow) error {
	for _, row := range rows {
		due := db.Time(row.DueAt)
		err := s.Notices.Tell(ctx, notice.Notice{
			Kind: notice.ClaimRunningOut, Subject: notice.Subject{Kind: claimKind, ID: row.ID}, Occasion: row.DueAt, RegionID: row.RegionID,
			What: row.Title, Text: fmt.Sprintf("「%s」%s到期，做好了请记得交。做不了也可以放弃，名额留给别人。", row.Title, notice.Clock(due)),
			Place: row.Place, At: due, Until: due,
		}, row.PersonID)
		if err != nil {
			return err
		}
	}
	return nil
}
