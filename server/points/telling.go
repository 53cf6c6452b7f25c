package points

import (
	"context"
	"fmt"

	"fivestar/server/notice"
)

// tellPosted tells a person that points of theirs came or went, in the transaction that posts them.
func (s *Service) tellPosted(ctx context.Context, entry Entry) error {
	text := fmt.Sprintf("%+d分：%s", entry.Amount, entry.Memo)
	if entry.Kind == KindReversal {
		text = fmt.Sprintf("更正%+d分：%s", entry.Amount, entry.Memo)
	}
	return s.Notices.Tell(ctx, notice.Notice{
		Kind: notice.PointsPosted, Subject: notice.Subject{Kind: "points_entry", ID: entry.ID}, RegionID: entry.RegionID,
		What: entry.Memo, Text: text, At: entry.At,
	}, entry.PersonID)
}

// tellRuling tells whoever raised a dispute what was said to it.
func (s *Service) tellRuling(ctx context.Context, dispute Dispute, event DisputeEvent) error {
	who, occasion := "社区", int64(1)
	if event.Act == ActDecided {
		who, occasion = "街道", 2
	}
	found := "核对过，记得没错"
	if event.Verdict == VerdictCorrected {
		found = "已经更正"
	}
	return s.Notices.Tell(ctx, notice.Notice{
		Kind: notice.DisputeAnswered, Subject: notice.Subject{Kind: disputeSubject, ID: dispute.ID}, Occasion: occasion, RegionID: dispute.RegionID,
		What: "积分疑问", Text: fmt.Sprintf("您的积分疑问，%s答复：%s。%s", who, found, event.Text), At: event.At,
	}, dispute.PersonID)
}
