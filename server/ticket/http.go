package ticket

import (
	"context"
	"net/http"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "raiseTicket", Method: http.MethodPost, Path: "/tickets", Summary: "点单", Status: http.StatusCreated}, s.handleRaise)
	web.Handle(server, web.Route{ID: "listTickets", Method: http.MethodGet, Path: "/tickets", Summary: "四联单列表"}, s.handleList)
	web.Handle(server, web.Route{ID: "listTicketCategories", Method: http.MethodGet, Path: "/tickets/categories", Summary: "四联单类别"}, s.handleCategories)
	web.Handle(server, web.Route{ID: "listMyTickets", Method: http.MethodGet, Path: "/tickets/mine", Summary: "我点的单"}, s.handleMine)
	web.Handle(server, web.Route{ID: "listAssignedTickets", Method: http.MethodGet, Path: "/tickets/assigned", Summary: "派给我或我单位的四联单"}, s.handleAssigned)
	web.Handle(server, web.Route{ID: "listSimilarTickets", Method: http.MethodGet, Path: "/tickets/similar", Summary: "相似的四联单"}, s.handleSimilar)
	web.Handle(server, web.Route{ID: "getTicketFigures", Method: http.MethodGet, Path: "/regions/{id}/tickets/figures", Summary: "四联单统计"}, s.handleFigures)
	web.Handle(server, web.Route{ID: "getTicket", Method: http.MethodGet, Path: "/tickets/{id}", Summary: "一张四联单"}, s.handleGet)
	web.HandleRaw(server, web.Route{ID: "printTicket", Method: http.MethodGet, Path: "/tickets/{id}/form", Summary: "四联单打印页"}, s.handleForm)
	web.Handle(server, web.Route{ID: "voteTicket", Method: http.MethodPut, Path: "/tickets/{id}/vote", Summary: "附议"}, s.handleVote)
	web.Handle(server, web.Route{ID: "unvoteTicket", Method: http.MethodDelete, Path: "/tickets/{id}/vote", Summary: "取消附议"}, s.handleUnvote)
	web.Handle(server, web.Route{ID: "withdrawTicket", Method: http.MethodPost, Path: "/tickets/{id}/withdraw", Summary: "撤回"}, s.handleWithdraw)
	web.Handle(server, web.Route{ID: "dispatchTicket", Method: http.MethodPost, Path: "/tickets/{id}/dispatch", Summary: "派单"}, s.handleDispatch)
	web.Handle(server, web.Route{ID: "recallTicket", Method: http.MethodPost, Path: "/tickets/{id}/recall", Summary: "收回已派的单"}, s.handleRecall)
	web.Handle(server, web.Route{ID: "rejectTicket", Method: http.MethodPost, Path: "/tickets/{id}/reject", Summary: "不予受理"}, s.handleReject)
	web.Handle(server, web.Route{ID: "mergeTicket", Method: http.MethodPost, Path: "/tickets/{id}/merge", Summary: "合并到另一件"}, s.handleMerge)
	web.Handle(server, web.Route{ID: "whistleTicket", Method: http.MethodPost, Path: "/tickets/{id}/whistle", Summary: "吹哨到街道"}, s.handleWhistle)
	web.Handle(server, web.Route{ID: "acceptTicket", Method: http.MethodPost, Path: "/tickets/{id}/accept", Summary: "接单"}, s.handleAccept)
	web.Handle(server, web.Route{ID: "declineTicket", Method: http.MethodPost, Path: "/tickets/{id}/decline", Summary: "谢绝"}, s.handleDecline)
	web.Handle(server, web.Route{ID: "reportTicketProgress", Method: http.MethodPost, Path: "/tickets/{id}/progress", Summary: "报进展"}, s.handleProgress)
	web.Handle(server, web.Route{ID: "completeTicket", Method: http.MethodPost, Path: "/tickets/{id}/complete", Summary: "办结"}, s.handleComplete)
	web.Handle(server, web.Route{ID: "reviewTicket", Method: http.MethodPut, Path: "/tickets/{id}/review", Summary: "评单"}, s.handleReview)
}

type oneTicket struct {
	ID string `path:"id" maxLength:"26"`
}

// withBody is one ticket and what is to be done to it.
type withBody[Body any] struct {
	ID   string `path:"id" maxLength:"26"`
	Body Body
}

type reason struct {
	Reason string `json:"reason"`
}

type mergeTarget struct {
	Into string `json:"into" maxLength:"26"`
}

type whistleNote struct {
	Note string `json:"note"`
}

func (s *Service) handleRaise(ctx context.Context, caller web.Caller, in *struct{ Body NewTicket }) (Ticket, error) {
	return s.Raise(ctx, caller, in.Body)
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	Query
}) (web.Page[Ticket], error) {
	return s.List(ctx, caller, in.Query, in.PageQuery)
}

func (s *Service) handleCategories(ctx context.Context, caller web.Caller, in *struct{}) (web.Page[NamedCategory], error) {
	return web.Page[NamedCategory]{Items: Categories}, nil
}

func (s *Service) handleMine(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[Ticket], error) {
	return s.Mine(ctx, caller, in.PageQuery)
}

func (s *Service) handleAssigned(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	Stage Stage `query:"stage" enum:"dispatched,accepted,completed,closed" doc:"None: dispatched and accepted"`
}) (web.Page[Ticket], error) {
	return s.Assigned(ctx, caller, in.Stage, in.PageQuery)
}

func (s *Service) handleSimilar(ctx context.Context, caller web.Caller, in *struct {
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
	Text     string `query:"text" required:"true"`
}) (web.Page[Ticket], error) {
	var check fault.Check
	check.Text("text", "内容", &in.Text, 0, 1000)
	if err := check.Err(); err != nil {
		return web.Page[Ticket]{}, err
	}
	found, err := s.Similar(ctx, caller, in.RegionID, in.Text)
	return web.Page[Ticket]{Items: found}, err
}

func (s *Service) handleFigures(ctx context.Context, caller web.Caller, in *oneTicket) (Figures, error) {
	return s.Figures(ctx, caller, in.ID)
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *oneTicket) (Ticket, error) {
	return s.Get(ctx, caller, in.ID)
}

type formAnswer struct {
	ContentType   string `header:"Content-Type"`
	ContentPolicy string `header:"Content-Security-Policy"`
	CacheControl  string `header:"Cache-Control"`
	Body          []byte
}

func (s *Service) handleForm(ctx context.Context, caller web.Caller, in *oneTicket) (*formAnswer, error) {
	page, err := s.Form(ctx, caller, in.ID)
	if err != nil {
		return nil, err
	}
	return &formAnswer{ContentType: "text/html; charset=utf-8", ContentPolicy: formPolicy, CacheControl: "private, no-store", Body: page}, nil
}

func (s *Service) handleVote(ctx context.Context, caller web.Caller, in *oneTicket) (Voice, error) {
	return s.Vote(ctx, caller, in.ID)
}

func (s *Service) handleUnvote(ctx context.Context, caller web.Caller, in *oneTicket) (Voice, error) {
	return s.Unvote(ctx, caller, in.ID)
}

func (s *Service) handleWithdraw(ctx context.Context, caller web.Caller, in *oneTicket) (Ticket, error) {
	return s.Withdraw(ctx, caller, in.ID)
}

func (s *Service) handleDispatch(ctx context.Context, caller web.Caller, in *withBody[NewDispatch]) (Ticket, error) {
	return s.Dispatch(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleRecall(ctx context.Context, caller web.Caller, in *withBody[reason]) (Ticket, error) {
	return s.Recall(ctx, caller, in.ID, in.Body.Reason)
}

func (s *Service) handleReject(ctx context.Context, caller web.Caller, in *withBody[reason]) (Ticket, error) {
	return s.Reject(ctx, caller, in.ID, in.Body.Reason)
}

func (s *Service) handleMerge(ctx context.Context, caller web.Caller, in *withBody[mergeTarget]) (Ticket, error) {
	return s.Merge(ctx, caller, in.ID, in.Body.Into)
}

func (s *Service) handleWhistle(ctx context.Context, caller web.Caller, in *withBody[whistleNote]) (Ticket, error) {
	return s.Whistle(ctx, caller, in.ID, in.Body.Note)
}

func (s *Service) handleAccept(ctx context.Context, caller web.Caller, in *oneTicket) (Ticket, error) {
	return s.Accept(ctx, caller, in.ID)
}

func (s *Service) handleDecline(ctx context.Context, caller web.Caller, in *withBody[reason]) (Ticket, error) {
	return s.Decline(ctx, caller, in.ID, in.Body.Reason)
}

func (s *Service) handleProgress(ctx context.Context, caller web.Caller, in *withBody[NewProgress]) (Ticket, error) {
	return s.Progress(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleComplete(ctx context.Context, caller web.Caller, in *withBody[NewCompletion]) (Ticket, error) {
	return s.Complete(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleReview(ctx context.Context, caller web.Caller, in *withBody[NewReview]) (Ticket, error) {
	return s.Review(ctx, caller, in.ID, in.Body)
}
