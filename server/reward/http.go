package reward

import (
	"context"
	"net/http"
	"net/url"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "createReward", Method: http.MethodPost, Path: "/rewards", Summary: "新建兑换项目", Status: http.StatusCreated}, s.handleCreate)
	web.Handle(server, web.Route{ID: "listRewards", Method: http.MethodGet, Path: "/rewards", Summary: "可以兑换的"}, s.handleList)
	web.Handle(server, web.Route{ID: "getReward", Method: http.MethodGet, Path: "/rewards/{id}", Summary: "一个兑换项目"}, s.handleGet)
	web.Handle(server, web.Route{ID: "changeReward", Method: http.MethodPatch, Path: "/rewards/{id}", Summary: "修改兑换项目"}, s.handleChange)
	web.Handle(server, web.Route{ID: "publishReward", Method: http.MethodPost, Path: "/rewards/{id}/publish", Summary: "发布兑换项目"}, s.handlePublish)
	web.Handle(server, web.Route{ID: "closeReward", Method: http.MethodPost, Path: "/rewards/{id}/close", Summary: "结束兑换"}, s.handleClose)
	web.Handle(server, web.Route{ID: "redeemReward", Method: http.MethodPost, Path: "/rewards/{id}/redemptions", Summary: "兑换", Status: http.StatusCreated}, s.handleRedeem)
	web.Handle(server, web.Route{ID: "listRewardRedemptions", Method: http.MethodGet, Path: "/rewards/{id}/redemptions", Summary: "一个项目的兑换情况"}, s.handleRewardRedemptions)
	web.Handle(server, web.Route{ID: "listMyRedemptions", Method: http.MethodGet, Path: "/me/redemptions", Summary: "我的兑换"}, s.handleMyRedemptions)
	web.Handle(server, web.Route{ID: "fulfilRedemption", Method: http.MethodPost, Path: "/redemptions/fulfil", Summary: "核销兑换码"}, s.handleFulfil)
	web.Handle(server, web.Route{ID: "getRedemption", Method: http.MethodGet, Path: "/redemptions/{id}", Summary: "一次兑换"}, s.handleRedemption)
	web.HandleEmpty(server, web.Route{ID: "cancelRedemption", Method: http.MethodDelete, Path: "/redemptions/{id}", Summary: "取消兑换"}, s.handleCancel)
	web.Handle(server, web.Route{ID: "getStatement", Method: http.MethodGet, Path: "/organisations/{id}/redemptions", Summary: "商户的月度对账"}, s.handleStatement)
	web.HandleRaw(server, web.Route{ID: "exportStatement", Method: http.MethodGet, Path: "/organisations/{id}/redemptions.xlsx", Summary: "导出月度对账", Limited: true}, s.handleWorkbook)
}

type oneThing struct {
	ID string `path:"id" maxLength:"26"`
}

func (s *Service) handleCreate(ctx context.Context, caller web.Caller, in *struct{ Body NewReward }) (Reward, error) {
	return s.Create(ctx, caller, in.Body)
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID       string `query:"region_id" maxLength:"26" doc:"Empty: the caller's home"`
	OrganisationID string `query:"organisation_id" maxLength:"26" doc:"Only what this organisation fulfils"`
	State          State  `query:"state" enum:"draft,published,closed" doc:"Empty: published"`
}) (web.Page[Reward], error) {
	return s.List(ctx, caller, Filter{RegionID: in.RegionID, OrganisationID: in.OrganisationID, State: in.State}, in.PageQuery)
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *oneThing) (Reward, error) {
	return s.Get(ctx, caller, in.ID)
}

func (s *Service) handleChange(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Change
}) (Reward, error) {
	return s.Change(ctx, caller, in.ID, in.Body)
}

func (s *Service) handlePublish(ctx context.Context, caller web.Caller, in *oneThing) (Reward, error) {
	return s.Publish(ctx, caller, in.ID)
}

func (s *Service) handleClose(ctx context.Context, caller web.Caller, in *oneThing) (Reward, error) {
	return s.Close(ctx, caller, in.ID)
}

func (s *Service) handleRedeem(ctx context.Context, caller web.Caller, in *struct {
	ID string `path:"id" maxLength:"26"`
	// RequestKey is every POST's, and so stands in no description of this one.
	RequestKey string `header:"Idempotency-Key" maxLength:"64" hidden:"true"`
}) (Redemption, error) {
	return s.Redeem(ctx, caller, in.ID, in.RequestKey)
}

func (s *Service) handleRewardRedemptions(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID    string          `path:"id" maxLength:"26"`
	State RedemptionState `query:"state" enum:"redeemed,fulfilled,cancelled,expired"`
}) (web.Page[Redemption], error) {
	return s.RedemptionsAt(ctx, caller, in.ID, in.State, in.PageQuery)
}

func (s *Service) handleMyRedemptions(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	State RedemptionState `query:"state" enum:"redeemed,fulfilled,cancelled,expired"`
}) (web.Page[Redemption], error) {
	return s.RedemptionsOf(ctx, caller, in.State, in.PageQuery)
}

func (s *Service) handleFulfil(ctx context.Context, caller web.Caller, in *struct {
	Body struct {
		Code string `json:"code" maxLength:"100" doc:"What the QR holds, or the code alone"`
	}
}) (Redemption, error) {
	return s.Fulfil(ctx, caller, in.Body.Code)
}

func (s *Service) handleRedemption(ctx context.Context, caller web.Caller, in *oneThing) (Redemption, error) {
	return s.Redemption(ctx, caller, in.ID)
}

func (s *Service) handleCancel(ctx context.Context, caller web.Caller, in *oneThing) error {
	return s.Cancel(ctx, caller, in.ID)
}

func (s *Service) handleStatement(ctx context.Context, caller web.Caller, in *struct {
	StatementQuery
	web.PageQuery
}) (Statement, error) {
	return s.StatementOf(ctx, caller, in.StatementQuery, in.PageQuery)
}

type workbookFile struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               []byte
}

func (s *Service) handleWorkbook(ctx context.Context, caller web.Caller, in *StatementQuery) (*workbookFile, error) {
	workbook, err := s.Workbook(ctx, caller, *in)
	if err != nil {
		return nil, err
	}
	return &workbookFile{
		ContentType:        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		ContentDisposition: `attachment; filename="redemptions.xlsx"; filename*=UTF-8''` + url.PathEscape(workbook.Name),
		CacheControl:       "private, no-store",
		Body:               workbook.Content,
	}, nil
}
