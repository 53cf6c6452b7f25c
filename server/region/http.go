package region

import (
	"context"
	"net/http"

	"fivestar/server/audit"
	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "listRegions", Method: http.MethodGet, Path: "/regions", Summary: "区划列表"}, s.handleList)
	web.Handle(server, web.Route{ID: "createRegion", Method: http.MethodPost, Path: "/regions", Summary: "新建区划", Status: http.StatusCreated}, s.handleCreate)
	web.Handle(server, web.Route{ID: "getRegion", Method: http.MethodGet, Path: "/regions/{id}", Summary: "一个区划"}, s.handleGet)
	web.Handle(server, web.Route{ID: "getSettings", Method: http.MethodGet, Path: "/regions/{id}/settings", Summary: "社区的开关与时限"}, s.handleSettings)
	web.Handle(server, web.Route{ID: "changeSettings", Method: http.MethodPut, Path: "/regions/{id}/settings", Summary: "修改社区的开关与时限"}, s.handleChangeSettings)
	web.Handle(server, web.Route{ID: "listSettings", Method: http.MethodGet, Path: "/settings", Summary: "社区可以设置什么"}, s.handleDescribeSettings)
	web.Handle(server, web.Route{ID: "listSettingsChanges", Method: http.MethodGet, Path: "/regions/{id}/settings/changes", Summary: "设置的修改记录"}, s.handleSettingsChanges)
	web.Handle(server, web.Route{ID: "listAuditEntries", Method: http.MethodGet, Path: "/regions/{id}/audit", Summary: "操作记录"}, s.handleAudit)
	web.Handle(server, web.Route{ID: "listRoleGrants", Method: http.MethodGet, Path: "/regions/{id}/role-grants", Summary: "区划内的角色"}, s.handleGrants)
	web.Handle(server, web.Route{ID: "grantRole", Method: http.MethodPost, Path: "/role-grants", Summary: "授予角色", Status: http.StatusCreated}, s.handleGrant)
	web.HandleEmpty(server, web.Route{ID: "revokeRole", Method: http.MethodDelete, Path: "/role-grants/{id}", Summary: "收回角色"}, s.handleRevoke)
	web.Handle(server, web.Route{ID: "listOrganisations", Method: http.MethodGet, Path: "/organisations", Summary: "组织列表"}, s.handleOrganisations)
	web.Handle(server, web.Route{ID: "createOrganisation", Method: http.MethodPost, Path: "/organisations", Summary: "新建组织", Status: http.StatusCreated}, s.handleCreateOrganisation)
	web.Handle(server, web.Route{ID: "listServices", Method: http.MethodGet, Path: "/services", Summary: "社区里的服务项目"}, s.handleServices)
	web.Handle(server, web.Route{ID: "listServicesOfOrganisation", Method: http.MethodGet, Path: "/organisations/{id}/services", Summary: "一个组织的服务项目"}, s.handleServicesOf)
	web.Handle(server, web.Route{ID: "createService", Method: http.MethodPost, Path: "/services", Summary: "新建服务项目", Status: http.StatusCreated}, s.handleCreateService)
}

type oneRegion struct {
	ID string `path:"id" maxLength:"26"`
}

type regionPage struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ParentID string `query:"parent_id" maxLength:"26" doc:"Empty: the cities"`
}) (web.Page[Region], error) {
	return s.List(ctx, in.ParentID, in.PageQuery)
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *oneRegion) (Region, error) {
	return s.Get(ctx, in.ID)
}

func (s *Service) handleCreate(ctx context.Context, caller web.Caller, in *struct{ Body NewRegion }) (Region, error) {
	return s.Create(ctx, caller, in.Body)
}

func (s *Service) handleSettings(ctx context.Context, caller web.Caller, in *oneRegion) (Settings, error) {
	community, err := s.GetCommunity(ctx, in.ID)
	if err != nil {
		return Settings{}, err
	}
	return s.Settings(ctx, community.ID)
}

func (s *Service) handleChangeSettings(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Settings
		Reason string `json:"reason"`
	}
}) (Settings, error) {
	return s.ChangeSettings(ctx, caller, in.ID, in.Body.Settings, in.Body.Reason)
}

func (s *Service) handleAudit(ctx context.Context, caller web.Caller, in *regionPage) (web.Page[audit.Entry], error) {
	return s.AuditOf(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleGrants(ctx context.Context, caller web.Caller, in *regionPage) (web.Page[Grant], error) {
	return s.GrantsIn(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleGrant(ctx context.Context, caller web.Caller, in *struct{ Body NewGrant }) (Grant, error) {
	return s.Grant(ctx, caller, in.Body)
}

func (s *Service) handleRevoke(ctx context.Context, caller web.Caller, in *oneRegion) error {
	return s.Revoke(ctx, caller, in.ID)
}

func (s *Service) handleOrganisations(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
}) (web.Page[Organisation], error) {
	return s.Organisations(ctx, in.RegionID, in.PageQuery)
}

func (s *Service) handleCreateOrganisation(ctx context.Context, caller web.Caller, in *struct{ Body NewOrganisation }) (Organisation, error) {
	return s.CreateOrganisation(ctx, caller, in.Body)
}
