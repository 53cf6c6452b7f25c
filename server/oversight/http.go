package oversight

import (
	"context"
	"net/http"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "listSpotChecks", Method: http.MethodGet, Path: "/regions/{id}/spot-checks", Summary: "街道抽查"}, s.handleSpotChecks)
	web.Handle(server, web.Route{ID: "getSpotCheckFigures", Method: http.MethodGet, Path: "/regions/{id}/spot-checks/figures", Summary: "抽查的数字"}, s.handleFigures)
	web.Handle(server, web.Route{ID: "repeatSpotCheckDraw", Method: http.MethodGet, Path: "/regions/{id}/spot-checks/draw", Summary: "把一个月的抽签重做一遍"}, s.handleRepeat)
	web.Handle(server, web.Route{ID: "answerSpotCheck", Method: http.MethodPost, Path: "/spot-checks/{id}/answer", Summary: "记下抽查电话的结果"}, s.handleAnswer)
	web.Handle(server, web.Route{ID: "listOddCases", Method: http.MethodGet, Path: "/regions/{id}/odd-cases", Summary: "值得看一看的异常情况"}, s.handleOddCases)
	web.Handle(server, web.Route{ID: "decideOddCase", Method: http.MethodPost, Path: "/odd-cases/{id}/decision", Summary: "处理一件异常情况"}, s.handleDecide)
}

func (s *Service) handleSpotChecks(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID    string     `path:"id" maxLength:"26"`
	State CheckState `query:"state" enum:"open,confirmed,not_confirmed,not_reached,withdrawn" doc:"Empty: all"`
}) (web.Page[SpotCheck], error) {
	return s.SpotChecks(ctx, caller, in.ID, in.State, in.PageQuery)
}

func (s *Service) handleFigures(ctx context.Context, caller web.Caller, in *struct {
	ID    string `path:"id" maxLength:"26"`
	Month string `query:"month" maxLength:"7" doc:"2026-11; empty: the last one that is over"`
}) (CheckFigures, error) {
	return s.SpotCheckFigures(ctx, caller, in.ID, in.Month)
}

func (s *Service) handleRepeat(ctx context.Context, caller web.Caller, in *struct {
	ID    string `path:"id" maxLength:"26" doc:"A community"`
	Month string `query:"month" required:"true" maxLength:"7"`
}) (Draw, error) {
	return s.RepeatDraw(ctx, caller, in.ID, in.Month)
}

func (s *Service) handleAnswer(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Answer
}) (SpotCheck, error) {
	return s.AnswerSpotCheck(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleOddCases(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID    string    `path:"id" maxLength:"26"`
	State CaseState `query:"state" enum:"open,taken_up,dismissed" default:"open"`
	Kind  CaseKind  `query:"kind" enum:"shared_phone,overlap,quick_approvals,same_photo,mutual_approval,points_jump" doc:"Empty: all"`
}) (web.Page[OddCase], error) {
	return s.OddCases(ctx, caller, in.ID, in.State, in.Kind, in.PageQuery)
}

func (s *Service) handleDecide(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Decision
}) (OddCase, error) {
	return s.DecideOddCase(ctx, caller, in.ID, in.Body)
}
