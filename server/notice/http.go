package notice

import (
	"context"
	"net/http"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "listMyNotices", Method: http.MethodGet, Path: "/me/notices", Summary: "我的消息"}, s.handleList)
	web.Handle(server, web.Route{ID: "countMyNotices", Method: http.MethodGet, Path: "/me/notices/count", Summary: "还没看的消息有几条"}, s.handleCount)
	web.HandleEmpty(server, web.Route{ID: "readNotice", Method: http.MethodPut, Path: "/me/notices/{id}/read", Summary: "看过一条消息"}, s.handleRead)
	web.Handle(server, web.Route{ID: "readNotices", Method: http.MethodPost, Path: "/me/notices/read", Summary: "一条消息和它以前的都看过了"}, s.handleReadUpTo)
	web.Handle(server, web.Route{ID: "listNoticeTemplates", Method: http.MethodGet, Path: "/me/notice-templates", Summary: "可以请求订阅的消息模板"}, s.handleAsking)
	web.Handle(server, web.Route{ID: "agreeToNotices", Method: http.MethodPost, Path: "/me/notice-consents", Summary: "同意接收订阅消息"}, s.handleAgree)
	web.Handle(server, web.Route{ID: "listDeadNotices", Method: http.MethodGet, Path: "/notices/dead", Summary: "没有发出去的消息"}, s.handleDead)
	web.HandleEmpty(server, web.Route{ID: "resendNotice", Method: http.MethodPost, Path: "/notices/{id}/resend", Summary: "重新发送一条消息"}, s.handleResend)
}

// Unseen is how many notices a person has not read.
type Unseen struct {
	Unread int64 `json:"unread" doc:"Up to 100"`
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	Unread Which `query:"unread" enum:"true,false" doc:"Only those that are unread, or only those that were read"`
}) (web.Page[Notice], error) {
	return s.List(ctx, caller, in.Unread, in.PageQuery)
}

func (s *Service) handleCount(ctx context.Context, caller web.Caller, _ *struct{}) (Unseen, error) {
	count, err := s.CountUnread(ctx, caller)
	return Unseen{Unread: count}, err
}

type oneNotice struct {
	ID string `path:"id" maxLength:"26"`
}

func (s *Service) handleRead(ctx context.Context, caller web.Caller, in *oneNotice) error {
	return s.MarkRead(ctx, caller, in.ID)
}

func (s *Service) handleReadUpTo(ctx context.Context, caller web.Caller, in *struct {
	Body struct {
		UpTo string `json:"up_to" maxLength:"26" doc:"Id of the newest notice that was on the page"`
	}
}) (Unseen, error) {
	left, err := s.MarkReadUpTo(ctx, caller, in.Body.UpTo)
	return Unseen{Unread: left}, err
}

func (s *Service) handleAsking(ctx context.Context, caller web.Caller, _ *struct{}) (Asking, error) {
	return s.Asking(ctx, caller)
}

func (s *Service) handleAgree(ctx context.Context, caller web.Caller, in *struct {
	Body struct {
		Accepted []string `json:"accepted" maxItems:"3" nullable:"false" doc:"Ids of the templates that the person agreed to, of one question"`
	}
}) (Asking, error) {
	return s.Agree(ctx, caller, in.Body.Accepted)
}

func (s *Service) handleDead(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
}) (web.Page[DeadLetter], error) {
	return s.DeadLetters(ctx, caller, in.RegionID, in.PageQuery)
}

func (s *Service) handleResend(ctx context.Context, caller web.Caller, in *oneNotice) error {
	return s.Resend(ctx, caller, in.ID)
}
