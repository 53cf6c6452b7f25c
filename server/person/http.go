package person

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"fivestar/server/web"
	"fivestar/server/wechat"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "login", Method: http.MethodPost, Path: "/sessions", Summary: "微信登录", Status: http.StatusCreated, Public: true}, s.handleLogin)
	web.HandleEmpty(server, web.Route{ID: "logout", Method: http.MethodDelete, Path: "/sessions/current", Summary: "退出登录"}, s.handleLogout)
	web.HandleEmpty(server, web.Route{ID: "logoutEverywhere", Method: http.MethodDelete, Path: "/sessions", Summary: "在所有手机上退出登录"}, s.handleLogoutEverywhere)
	web.Handle(server, web.Route{ID: "getMe", Method: http.MethodGet, Path: "/me", Summary: "我的资料"}, s.handleMe)
	web.Handle(server, web.Route{ID: "updateMe", Method: http.MethodPatch, Path: "/me", Summary: "修改我的资料"}, s.handleUpdateMe)
	web.HandleEmpty(server, web.Route{ID: "deleteMe", Method: http.MethodDelete, Path: "/me", Summary: "注销"}, s.handleLeave)
	web.Handle(server, web.Route{ID: "bindPhone", Method: http.MethodPut, Path: "/me/phone", Summary: "绑定手机号"}, s.handleBindPhone)
	web.HandleRaw(server, web.Route{ID: "exportMe", Method: http.MethodGet, Path: "/me/export", Summary: "导出我的全部信息"}, s.handleExport)
	web.Handle(server, web.Route{ID: "listPhoneViews", Method: http.MethodGet, Path: "/me/phone-views", Summary: "谁查看过我的手机号"}, s.handlePhoneViews)
	web.Handle(server, web.Route{ID: "getPersonalCode", Method: http.MethodGet, Path: "/me/code", Summary: "我的个人码"}, s.handlePersonalCode)
	web.Handle(server, web.Route{ID: "listPeople", Method: http.MethodGet, Path: "/regions/{id}/people", Summary: "居民名单"}, s.handlePeople)
	web.Handle(server, web.Route{ID: "createPerson", Method: http.MethodPost, Path: "/regions/{id}/people", Summary: "登记一位居民", Status: http.StatusCreated}, s.handleCreate)
	web.Handle(server, web.Route{ID: "getPerson", Method: http.MethodGet, Path: "/people/{id}", Summary: "一位居民"}, s.handleGet)
	web.Handle(server, web.Route{ID: "getPhone", Method: http.MethodGet, Path: "/people/{id}/phone", Summary: "查看完整手机号(留痕)", Limited: true}, s.handlePhone)
	web.Handle(server, web.Route{ID: "verifyHome", Method: http.MethodPost, Path: "/people/{id}/home-verification", Summary: "核实住址"}, s.handleVerifyHome)
	web.HandleEmpty(server, web.Route{ID: "doubtHome", Method: http.MethodDelete, Path: "/people/{id}/home-verification", Summary: "取消住址核实"}, s.handleDoubtHome)
	web.Handle(server, web.Route{ID: "listCards", Method: http.MethodGet, Path: "/people/{id}/cards", Summary: "一位居民的卡"}, s.handleCards)
	web.Handle(server, web.Route{ID: "issueCard", Method: http.MethodPost, Path: "/people/{id}/cards", Summary: "制卡", Status: http.StatusCreated}, s.handleIssueCard)
	web.HandleEmpty(server, web.Route{ID: "revokeCard", Method: http.MethodDelete, Path: "/people/{id}/cards/{card_id}", Summary: "挂失"}, s.handleRevokeCard)
}

// TransformSchema says that a home may be null, which a pointer to a struct does not say by itself.
func (Person) TransformSchema(_ huma.Registry, schema *huma.Schema) *huma.Schema {
	home := schema.Properties["home"]
	schema.Properties["home"] = &huma.Schema{Description: home.Description, OneOf: []*huma.Schema{{Ref: home.Ref}, {Type: "null"}}}
	return schema
}

type nothing struct{}

type onePerson struct {
	ID string `path:"id" maxLength:"26"`
}

type codeInput struct {
	Body struct {
		Code string `json:"code" maxLength:"256" doc:"What WeChat gave the mini-program"`
	}
}

// loginInput has no code only on WeChat Cloud Run, which says who calls.
type loginInput struct {
	wechat.CloudRunCaller
	Body struct {
		Code *string `json:"code,omitempty" maxLength:"256" doc:"What wx.login gave the mini-program; may be left out on WeChat Cloud Run only"`
	}
}

func (s *Service) handleLogin(ctx context.Context, caller web.Caller, in *loginInput) (NewSession, error) {
	if err := RequireOwnPhone(caller); err != nil {
		return NewSession{}, err
	}
	if in.Body.Code == nil {
		return s.LoginByCloudRun(ctx, in.CloudRunCaller)
	}
	return s.Login(ctx, *in.Body.Code)
}

func (s *Service) handleLogout(ctx context.Context, caller web.Caller, _ *nothing) error {
	return s.Logout(ctx, caller)
}

func (s *Service) handleLogoutEverywhere(ctx context.Context, caller web.Caller, _ *nothing) error {
	return s.LogoutEverywhere(ctx, caller)
}

func (s *Service) handleMe(ctx context.Context, caller web.Caller, _ *nothing) (Person, error) {
	return s.Get(ctx, caller.PersonID)
}

func (s *Service) handleUpdateMe(ctx context.Context, caller web.Caller, in *struct{ Body Update }) (Person, error) {
	return s.UpdateMe(ctx, caller, in.Body)
}

func (s *Service) handleLeave(ctx context.Context, caller web.Caller, _ *nothing) error {
	return s.Leave(ctx, caller)
}

func (s *Service) handleBindPhone(ctx context.Context, caller web.Caller, in *codeInput) (Person, error) {
	return s.BindPhone(ctx, caller, in.Body.Code)
}

// exportFile is an answer that a browser keeps as a file.
type exportFile struct {
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               Export
}

func (s *Service) handleExport(ctx context.Context, caller web.Caller, _ *nothing) (*exportFile, error) {
	export, err := s.Export(ctx, caller)
	return &exportFile{ContentDisposition: `attachment; filename="my-data.json"`, CacheControl: "no-store", Body: export}, err
}

func (s *Service) handlePhoneViews(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[PhoneView], error) {
	return s.PhoneViews(ctx, caller, in.PageQuery)
}

func (s *Service) handlePersonalCode(_ context.Context, caller web.Caller, _ *nothing) (PersonalCode, error) {
	return s.PersonalCode(caller)
}

func (s *Service) handlePeople(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID     string `path:"id" maxLength:"26"`
	Search string `query:"q" maxLength:"60" doc:"Part of a name, a whole phone number, or its last four digits"`
}) (web.Page[Person], error) {
	return s.People(ctx, caller, in.ID, in.Search, in.PageQuery)
}

func (s *Service) handleCreate(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body NewPerson
}) (Person, error) {
	return s.Create(ctx, caller, in.ID, in.Body)
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *onePerson) (Person, error) {
	return s.RequireSeen(ctx, caller, in.ID)
}

// wholePhone is the only answer, but for a person's own export, with a phone number that is not masked.
type wholePhone struct {
	Phone string `json:"phone"`
}

func (s *Service) handlePhone(ctx context.Context, caller web.Caller, in *struct {
	ID     string `path:"id" maxLength:"26"`
	Reason string `query:"reason" doc:"The person reads it"`
}) (wholePhone, error) {
	phone, err := s.UnmaskPhone(ctx, caller, in.ID, in.Reason)
	return wholePhone{phone}, err
}

func (s *Service) handleVerifyHome(ctx context.Context, caller web.Caller, in *onePerson) (Person, error) {
	return s.VerifyHome(ctx, caller, in.ID)
}

func (s *Service) handleDoubtHome(ctx context.Context, caller web.Caller, in *onePerson) error {
	return s.DoubtHome(ctx, caller, in.ID)
}

func (s *Service) handleCards(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}) (web.Page[Card], error) {
	return s.Cards(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleIssueCard(ctx context.Context, caller web.Caller, in *onePerson) (NewCard, error) {
	return s.IssueCard(ctx, caller, in.ID)
}

func (s *Service) handleRevokeCard(ctx context.Context, caller web.Caller, in *struct {
	ID     string `path:"id" maxLength:"26"`
	CardID string `path:"card_id" maxLength:"26"`
}) error {
	return s.RevokeCard(ctx, caller, in.ID, in.CardID)
}
