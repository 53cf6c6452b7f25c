package points

import (
	"context"
	"net/http"
	"net/url"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "getMyPoints", Method: http.MethodGet, Path: "/me/points", Summary: "我的积分"}, s.handleMine)
	web.Handle(server, web.Route{ID: "listMyPointsEntries", Method: http.MethodGet, Path: "/me/points/entries", Summary: "我的积分明细"}, s.handleMyEntries)
	web.Handle(server, web.Route{ID: "getMyRank", Method: http.MethodGet, Path: "/me/points/rank", Summary: "我的名次"}, s.handleMyRank)
	web.Handle(server, web.Route{ID: "listLeaderboard", Method: http.MethodGet, Path: "/regions/{id}/leaderboard", Summary: "社区的积分榜"}, s.handleLeaderboard)
	web.Handle(server, web.Route{ID: "listPointsEntries", Method: http.MethodGet, Path: "/people/{id}/points/entries", Summary: "一个人的积分明细"}, s.handleEntries)
	web.Handle(server, web.Route{ID: "listPoints", Method: http.MethodGet, Path: "/regions/{id}/points", Summary: "社区的积分名单"}, s.handleList)
	web.HandleRaw(server, web.Route{ID: "exportPoints", Method: http.MethodGet, Path: "/regions/{id}/points.xlsx", Summary: "导出积分名单", Limited: true}, s.handleWorkbook)
	web.Handle(server, web.Route{ID: "summarisePoints", Method: http.MethodGet, Path: "/regions/{id}/points/summary", Summary: "各社区的积分汇总"}, s.handleSummary)
	web.Handle(server, web.Route{ID: "getPointsTrend", Method: http.MethodGet, Path: "/regions/{id}/points/trend", Summary: "积分走势"}, s.handleTrend)
	web.Handle(server, web.Route{ID: "reversePointsEntry", Method: http.MethodPost, Path: "/points/entries/{id}/reversal", Summary: "撤销一笔积分"}, s.handleReverse)
	web.Handle(server, web.Route{ID: "listAdjustments", Method: http.MethodGet, Path: "/points/adjustments", Summary: "手工调整列表"}, s.handleAdjustments)
	web.Handle(server, web.Route{ID: "proposeAdjustment", Method: http.MethodPost, Path: "/points/adjustments", Summary: "提出手工调整", Status: http.StatusCreated}, s.handlePropose)
	web.Handle(server, web.Route{ID: "approveAdjustment", Method: http.MethodPost, Path: "/points/adjustments/{id}/approve", Summary: "同意手工调整"}, s.handleApprove)
	web.Handle(server, web.Route{ID: "rejectAdjustment", Method: http.MethodPost, Path: "/points/adjustments/{id}/reject", Summary: "不同意手工调整"}, s.handleReject)
	web.HandleStatus(server, web.Route{ID: "disputeEntry", Method: http.MethodPost, Path: "/points/entries/{id}/dispute", Summary: "对一笔积分提出疑问", Status: http.StatusCreated}, s.handleDisputeEntry)
	web.HandleStatus(server, web.Route{ID: "disputeMinutes", Method: http.MethodPost, Path: "/points/minutes/{source_id}/dispute", Summary: "对一次服务时长提出疑问", Status: http.StatusCreated}, s.handleDisputeMinutes)
	web.Handle(server, web.Route{ID: "disputeMissing", Method: http.MethodPost, Path: "/me/points/disputes", Summary: "反映少记的积分", Status: http.StatusCreated}, s.handleDisputeMissing)
	web.Handle(server, web.Route{ID: "listMyDisputes", Method: http.MethodGet, Path: "/me/points/disputes", Summary: "我提出的疑问"}, s.handleMyDisputes)
	web.Handle(server, web.Route{ID: "listDisputes", Method: http.MethodGet, Path: "/regions/{id}/points/disputes", Summary: "居民对积分的疑问"}, s.handleDisputes)
	web.Handle(server, web.Route{ID: "answerDispute", Method: http.MethodPost, Path: "/points/disputes/{id}/answer", Summary: "答复疑问"}, s.handleAnswer)
	web.Handle(server, web.Route{ID: "appealDispute", Method: http.MethodPost, Path: "/points/disputes/{id}/appeal", Summary: "对答复申诉"}, s.handleAppeal)
	web.Handle(server, web.Route{ID: "decideDispute", Method: http.MethodPost, Path: "/points/disputes/{id}/decision", Summary: "裁决对答复的申诉"}, s.handleDecideDispute)
}

type oneThing struct {
	ID string `path:"id" maxLength:"26"`
}

func (s *Service) handleMine(ctx context.Context, caller web.Caller, _ *struct{}) (Own, error) {
	return s.Mine(ctx, caller)
}

func (s *Service) handleMyEntries(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[Entry], error) {
	return s.MyEntries(ctx, caller, in.PageQuery)
}

func (s *Service) handleEntries(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}) (web.Page[Entry], error) {
	return s.EntriesOf(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ListQuery
	ID string `path:"id" maxLength:"26"`
}) (web.Page[Standing], error) {
	return s.List(ctx, caller, in.ID, in.ListQuery, in.PageQuery)
}

func (s *Service) handleMyRank(ctx context.Context, caller web.Caller, in *struct {
	Period string `query:"period" maxLength:"10" doc:"2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out"`
}) (Rank, error) {
	return s.MyRank(ctx, caller, in.Period)
}

func (s *Service) handleLeaderboard(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID     string `path:"id" maxLength:"26"`
	Period string `query:"period" maxLength:"10" doc:"2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out"`
}) (web.Page[Leader], error) {
	return s.Leaderboard(ctx, caller, in.ID, in.Period, in.PageQuery)
}

type workbookFile struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               []byte
}

func (s *Service) handleWorkbook(ctx context.Context, caller web.Caller, in *struct {
	ListQuery
	ID string `path:"id" maxLength:"26"`
}) (*workbookFile, error) {
	workbook, err := s.Workbook(ctx, caller, in.ID, in.ListQuery)
	if err != nil {
		return nil, err
	}
	return &workbookFile{
		ContentType:        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		ContentDisposition: `attachment; filename="points.xlsx"; filename*=UTF-8''` + url.PathEscape(workbook.Name),
		CacheControl:       "private, no-store",
		Body:               workbook.Content,
	}, nil
}

func (s *Service) handleSummary(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID     string `path:"id" maxLength:"26"`
	Period string `query:"period" maxLength:"10" doc:"2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out"`
}) (web.Page[CommunityFigures], error) {
	return s.Summary(ctx, caller, in.ID, in.Period, in.PageQuery)
}

func (s *Service) handleTrend(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Unit Unit   `query:"unit" enum:"day,week,month,quarter,year" default:"month"`
}) (Trend, error) {
	return s.Trend(ctx, caller, in.ID, in.Unit)
}

func (s *Service) handleReverse(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Reversal
}) (Entry, error) {
	return s.ReverseEntry(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleAdjustments(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string          `query:"region_id" required:"true" maxLength:"26"`
	State    AdjustmentState `query:"state" enum:"pending,posted,rejected" default:"pending"`
}) (web.Page[Adjustment], error) {
	return s.Adjustments(ctx, caller, in.RegionID, in.State, in.PageQuery)
}

func (s *Service) handlePropose(ctx context.Context, caller web.Caller, in *struct{ Body NewAdjustment }) (Adjustment, error) {
	return s.ProposeAdjustment(ctx, caller, in.Body)
}

func (s *Service) handleApprove(ctx context.Context, caller web.Caller, in *oneThing) (Adjustment, error) {
	return s.ApproveAdjustment(ctx, caller, in.ID)
}

func (s *Service) handleReject(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body *struct {
		Reason string `json:"reason,omitempty"`
	}
}) (Adjustment, error) {
	reason := ""
	if in.Body != nil {
		reason = in.Body.Reason
	}
	return s.RejectAdjustment(ctx, caller, in.ID, reason)
}

type said struct {
	Text string `json:"text"`
}

// asNew is 201 for what the call has made, and 200 for what was there.
func asNew(isNew bool) int {
	if isNew {
		return http.StatusCreated
	}
	return http.StatusOK
}

func (s *Service) handleDisputeEntry(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body said
}) (Dispute, int, error) {
	dispute, isNew, err := s.DisputeEntry(ctx, caller, in.ID, in.Body.Text)
	return dispute, asNew(isNew), err
}

func (s *Service) handleDisputeMinutes(ctx context.Context, caller web.Caller, in *struct {
	SourceID string `path:"source_id" maxLength:"60" doc:"What the minutes were counted for: the presence at an activity"`
	Body     said
}) (Dispute, int, error) {
	dispute, isNew, err := s.DisputeMinutes(ctx, caller, in.SourceID, in.Body.Text)
	return dispute, asNew(isNew), err
}

func (s *Service) handleDisputeMissing(ctx context.Context, caller web.Caller, in *struct{ Body MissingEntry }) (Dispute, error) {
	return s.DisputeMissing(ctx, caller, in.Body)
}

func (s *Service) handleMyDisputes(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[Dispute], error) {
	return s.MyDisputes(ctx, caller, in.PageQuery)
}

func (s *Service) handleDisputes(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID    string       `path:"id" maxLength:"26"`
	State DisputeState `query:"state" enum:"open,answered,appealed,decided,withdrawn" default:"open"`
}) (web.Page[Dispute], error) {
	return s.Disputes(ctx, caller, in.ID, in.State, in.PageQuery)
}

func (s *Service) handleAnswer(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Ruling
}) (Dispute, error) {
	return s.AnswerDispute(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleAppeal(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body said
}) (Dispute, error) {
	return s.AppealDispute(ctx, caller, in.ID, in.Body.Text)
}

func (s *Service) handleDecideDispute(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Ruling
}) (Dispute, error) {
	return s.DecideDispute(ctx, caller, in.ID, in.Body)
}
