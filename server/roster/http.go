package roster

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "importRoster", Method: http.MethodPost, Path: "/regions/{id}/roster", Summary: "导入名单", MaxBody: largestForm}, s.handleBring)
	web.Handle(server, web.Route{ID: "previewRoster", Method: http.MethodPost, Path: "/regions/{id}/roster/previews", Summary: "预览名单", Status: http.StatusCreated, MaxBody: largestForm}, s.handlePreview)
	web.Handle(server, web.Route{ID: "getRosterPreview", Method: http.MethodGet, Path: "/roster/previews/{id}", Summary: "一次预览"}, s.handleGetPreview)
	web.Handle(server, web.Route{ID: "listRosterPreviewRows", Method: http.MethodGet, Path: "/roster/previews/{id}/rows", Summary: "预览的各行"}, s.handlePreviewRows)
	web.Handle(server, web.Route{ID: "importRosterPreview", Method: http.MethodPost, Path: "/roster/previews/{id}/import", Summary: "按预览导入", Status: http.StatusCreated}, s.handleImportPreview)
	web.Handle(server, web.Route{ID: "listRosterImports", Method: http.MethodGet, Path: "/regions/{id}/roster/imports", Summary: "导入记录"}, s.handleImports)
	web.Handle(server, web.Route{ID: "getRosterImport", Method: http.MethodGet, Path: "/roster/imports/{id}", Summary: "一次导入"}, s.handleGetImport)
	web.Handle(server, web.Route{ID: "undoRosterImport", Method: http.MethodPost, Path: "/roster/imports/{id}/undo", Summary: "撤销导入"}, s.handleUndo)
	web.Handle(server, web.Route{ID: "listHouseholds", Method: http.MethodGet, Path: "/regions/{id}/households", Summary: "住户名单"}, s.handleHouseholds)
	web.Handle(server, web.Route{ID: "getHousehold", Method: http.MethodGet, Path: "/households/{id}", Summary: "一户"}, s.handleHousehold)
	web.Handle(server, web.Route{ID: "setHouseholdContact", Method: http.MethodPut, Path: "/households/{id}/contact", Summary: "安排联系党员"}, s.handleSetContact)
	web.HandleEmpty(server, web.Route{ID: "endHouseholdContact", Method: http.MethodDelete, Path: "/households/{id}/contact", Summary: "取消联系党员"}, s.handleEndContact)
	web.Handle(server, web.Route{ID: "listMyHouseholds", Method: http.MethodGet, Path: "/me/households", Summary: "我联系的户"}, s.handleMyHouseholds)
}

type oneThing struct {
	ID string `path:"id" maxLength:"26"`
}

// rosterForm is a roster as it is uploaded. What it is, its content tells and not its name or type.
type rosterForm = huma.MultipartFormFiles[struct {
	File huma.FormFile `form:"file" required:"true"`
}]

// NamedFile is for WeChat, whose uploads bear the name of a temporary file.
type NamedFile struct {
	FileName string `query:"file_name" maxLength:"200" doc:"What the file is called, if the upload does not tell"`
}

func (s *Service) handleBring(ctx context.Context, caller web.Caller, in *struct {
	NamedFile
	ID      string `path:"id" maxLength:"26"`
	Strict  bool   `query:"strict" doc:"All rows or none; otherwise the good rows are taken"`
	RawBody rosterForm
}) (Result, error) {
	upload := in.RawBody.Data().File
	defer upload.Close()
	return s.Bring(ctx, caller, in.ID, in.Strict, File{cmp.Or(in.FileName, upload.Filename), upload})
}

func (s *Service) handlePreview(ctx context.Context, caller web.Caller, in *struct {
	NamedFile
	ID      string `path:"id" maxLength:"26"`
	RawBody rosterForm
}) (Preview, error) {
	upload := in.RawBody.Data().File
	defer upload.Close()
	return s.Preview(ctx, caller, in.ID, File{cmp.Or(in.FileName, upload.Filename), upload})
}

func (s *Service) handleGetPreview(ctx context.Context, caller web.Caller, in *oneThing) (Preview, error) {
	return s.GetPreview(ctx, caller, in.ID)
}

func (s *Service) handlePreviewRows(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID      string  `path:"id" maxLength:"26"`
	Outcome Outcome `query:"outcome" enum:"created,updated,unchanged,fault" doc:"All rows when left out"`
}) (web.Page[Shown], error) {
	return s.PreviewRows(ctx, caller, in.ID, in.Outcome, in.PageQuery)
}

func (s *Service) handleImportPreview(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body *struct {
		SkipFaults bool `json:"skip_faults,omitempty" doc:"Pass over the faulty rows; otherwise there must be none"`
	} `required:"false"`
}) (Import, error) {
	return s.ImportPreview(ctx, caller, in.ID, in.Body != nil && in.Body.SkipFaults)
}

func (s *Service) handleImports(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}) (web.Page[Import], error) {
	return s.Imports(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleGetImport(ctx context.Context, caller web.Caller, in *oneThing) (Import, error) {
	return s.GetImport(ctx, caller, in.ID)
}

func (s *Service) handleUndo(ctx context.Context, caller web.Caller, in *oneThing) (Import, error) {
	return s.Undo(ctx, caller, in.ID)
}

func (s *Service) handleHouseholds(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID      string `path:"id" maxLength:"26"`
	Typed   string `query:"q" maxLength:"60" doc:"Part of a number, or of a member's name"`
	Contact string `query:"contact" enum:"yes,no" doc:"With or without a Party member in touch; all when left out"`
}) (web.Page[Household], error) {
	return s.Households(ctx, caller, in.ID, in.Typed, in.Contact, in.PageQuery)
}

func (s *Service) handleHousehold(ctx context.Context, caller web.Caller, in *oneThing) (Household, error) {
	return s.Household(ctx, caller, in.ID)
}

func (s *Service) handleSetContact(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		PersonID string `json:"person_id" maxLength:"26" doc:"A Party member of the community"`
	}
}) (Household, error) {
	return s.SetContact(ctx, caller, in.ID, in.Body.PersonID)
}

func (s *Service) handleEndContact(ctx context.Context, caller web.Caller, in *oneThing) error {
	return s.EndContact(ctx, caller, in.ID)
}

func (s *Service) handleMyHouseholds(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[Household], error) {
	return s.MyHouseholds(ctx, caller, in.PageQuery)
}
