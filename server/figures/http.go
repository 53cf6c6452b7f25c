package figures

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// Mount adds the room's calls, and beside the contract what needs an address of its own: the check of a
// certificate, pages to print by link, and Open311.
func (s *Service) Mount(server *web.Server) {
	s.Limit, s.Guess = server.LimitOpen, server.GuessFromOutside
	web.Handle(server, web.Route{ID: "getBulletin", Method: http.MethodGet, Path: "/regions/{id}/bulletin", Summary: "周通报、月调度、季观摩"}, s.handleBulletin)
	web.Handle(server, web.Route{ID: "listBulletins", Method: http.MethodGet, Path: "/regions/{id}/bulletins", Summary: "各社区的通报"}, s.handleCommunities)
	web.Handle(server, web.Route{ID: "listBulletinRows", Method: http.MethodGet, Path: "/regions/{id}/bulletin/{figure}", Summary: "一个数字是从哪些数出来的"}, s.handleRows)
	web.HandleRaw(server, web.Route{ID: "exportBulletin", Method: http.MethodGet, Path: "/regions/{id}/bulletin.xlsx", Summary: "导出通报", Limited: true}, s.handleWorkbook)
	web.HandleRaw(server, web.Route{ID: "printBulletin", Method: http.MethodGet, Path: "/regions/{id}/bulletin.html", Summary: "通报打印页"}, s.handlePaper)
	web.Handle(server, web.Route{ID: "getCalendar", Method: http.MethodGet, Path: "/regions/{id}/calendar", Summary: "服务日历"}, s.handleCalendar)

	web.HandleStatus(server, web.Route{ID: "issueCertificate", Method: http.MethodPost, Path: "/me/certificates", Summary: "开志愿服务证书", Status: http.StatusCreated}, s.handleIssue)
	web.Handle(server, web.Route{ID: "listMyCertificates", Method: http.MethodGet, Path: "/me/certificates", Summary: "我的志愿服务证书"}, s.handleMine)
	web.Handle(server, web.Route{ID: "getMyCertificate", Method: http.MethodGet, Path: "/me/certificates/{number}", Summary: "一张志愿服务证书"}, s.handleOwn)
	web.HandleRaw(server, web.Route{ID: "printCertificate", Method: http.MethodGet, Path: "/me/certificates/{number}/page", Summary: "证书打印页"}, s.handleCertificatePaper)
	web.HandleEmpty(server, web.Route{ID: "revokeCertificate", Method: http.MethodDelete, Path: "/me/certificates/{number}", Summary: "收回证书"}, s.handleRevoke)
	web.Handle(server, web.Route{ID: "checkCertificate", Method: http.MethodGet, Path: "/certificates/{number}", Summary: "核对证书", Public: true}, s.handleCheck)

	web.Handle(server, web.Route{ID: "listOpenCommunities", Method: http.MethodGet, Path: "/open/communities", Summary: "开放数据:社区", Public: true}, s.handleOpenCommunities)
	web.HandleRaw(server, web.Route{ID: "exportOpenCommunities", Method: http.MethodGet, Path: "/open/communities.csv", Summary: "开放数据:社区(CSV)", Public: true}, s.handleOpenCommunitiesCSV)
	web.Handle(server, web.Route{ID: "listOpenFigures", Method: http.MethodGet, Path: "/open/figures", Summary: "开放数据:每月数字", Public: true}, s.handleOpenFigures)
	web.HandleRaw(server, web.Route{ID: "exportOpenFigures", Method: http.MethodGet, Path: "/open/figures.csv", Summary: "开放数据:每月数字(CSV)", Public: true}, s.handleOpenFiguresCSV)

	server.Echo.GET("/certificates/:number", s.answerCheckPage)
	server.Echo.GET(bulletinPaperPath, answerPaper(s.linkedBulletin))
	server.Echo.GET(certificatePaperPath, answerPaper(s.linkedCertificate))
	s.mountOpen311(server.Echo)
}

// OfPeriod names a region and a period. It is exported, as the two below, because huma looks into no other.
type OfPeriod struct {
	ID     string `path:"id" maxLength:"26"`
	Period string `query:"period" maxLength:"10" doc:"2026-W47, 2026-11 or 2026-Q4; the week of today when left out"`
}

func (s *Service) handleBulletin(ctx context.Context, caller web.Caller, in *OfPeriod) (Bulletin, error) {
	return s.Bulletin(ctx, caller, in.ID, in.Period)
}

func (s *Service) handleCommunities(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	OfPeriod
}) (web.Page[CommunityBulletin], error) {
	return s.Communities(ctx, caller, in.ID, in.Period, in.PageQuery)
}

func (s *Service) handleRows(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	OfPeriod
	Figure string `path:"figure" maxLength:"40"`
	Part   string `query:"part" maxLength:"26" doc:"One of the figure's parts"`
}) (web.Page[Row], error) {
	return s.Rows(ctx, caller, in.ID, in.Figure, in.Period, in.Part, in.PageQuery)
}

type fileAnswer struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               []byte
}

func (s *Service) handleWorkbook(ctx context.Context, caller web.Caller, in *OfPeriod) (*fileAnswer, error) {
	file, err := s.Workbook(ctx, caller, in.ID, in.Period)
	if err != nil {
		return nil, err
	}
	return &fileAnswer{
		ContentType:        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		ContentDisposition: `attachment; filename="bulletin.xlsx"; filename*=UTF-8''` + url.PathEscape(file.Name),
		CacheControl:       "private, no-store", Body: file.Content,
	}, nil
}

type paperAnswer struct {
	ContentType   string `header:"Content-Type"`
	ContentPolicy string `header:"Content-Security-Policy"`
	CacheControl  string `header:"Cache-Control"`
	Body          []byte
}

const htmlType = "text/html; charset=utf-8"

func paperOf(page []byte, err error) (*paperAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &paperAnswer{ContentType: htmlType, ContentPolicy: paperPolicy, CacheControl: "private, no-store", Body: page}, nil
}

func (s *Service) handlePaper(ctx context.Context, caller web.Caller, in *OfPeriod) (*paperAnswer, error) {
	return paperOf(s.Paper(ctx, caller, in.ID, in.Period))
}

func (s *Service) handleCalendar(ctx context.Context, caller web.Caller, in *struct {
	ID    string `path:"id" maxLength:"26"`
	Month string `query:"month" maxLength:"7" doc:"2026-11; that of today when left out"`
}) (Calendar, error) {
	return s.Calendar(ctx, in.ID, in.Month)
}

type oneCertificate struct {
	Number string `path:"number" maxLength:"40"`
}

func (s *Service) handleIssue(ctx context.Context, caller web.Caller, in *struct {
	Body *NewCertificate
}) (Certificate, int, error) {
	var input NewCertificate
	if in.Body != nil {
		input = *in.Body
	}
	issued, isNew, err := s.Issue(ctx, caller, input)
	if isNew {
		return issued, http.StatusCreated, err
	}
	return issued, http.StatusOK, err
}

func (s *Service) handleMine(ctx context.Context, caller web.Caller, in *struct{ web.PageQuery }) (web.Page[Certificate], error) {
	return s.Mine(ctx, caller, in.PageQuery)
}

func (s *Service) handleOwn(ctx context.Context, caller web.Caller, in *oneCertificate) (Certificate, error) {
	return s.Own(ctx, caller, in.Number)
}

func (s *Service) handleCertificatePaper(ctx context.Context, caller web.Caller, in *oneCertificate) (*paperAnswer, error) {
	return paperOf(s.CertificatePaper(ctx, caller, in.Number))
}

func (s *Service) handleRevoke(ctx context.Context, caller web.Caller, in *oneCertificate) error {
	return s.Revoke(ctx, caller, in.Number)
}

func (s *Service) handleCheck(ctx context.Context, _ web.Caller, in *oneCertificate) (Check, error) {
	return s.Check(ctx, in.Number)
}

func (s *Service) handleOpenCommunities(ctx context.Context, _ web.Caller, in *struct{ web.PageQuery }) (web.Page[OpenCommunity], error) {
	return s.OpenCommunities(ctx, in.PageQuery)
}

type OfMonth struct {
	RegionID string `query:"region_id" required:"true" maxLength:"26" doc:"A community, or a region above: all communities below"`
	Period   string `query:"period" maxLength:"7" doc:"A month that is over, 2026-10; the last one when left out"`
}

func (s *Service) handleOpenFigures(ctx context.Context, _ web.Caller, in *struct {
	web.PageQuery
	OfMonth
}) (web.Page[OpenFigure], error) {
	return s.OpenFigures(ctx, in.RegionID, in.Period, in.PageQuery)
}

// publicCache lets anybody between keep an answer of the open data for an hour.
const publicCache = "public, max-age=3600"

// tableAnswer is a CSV file, or 304 to who has it already.
type tableAnswer struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         []byte
}

type IfNoneMatch struct {
	Known string `header:"If-None-Match" maxLength:"200"`
}

func tableOf(known string, table []byte, err error) (*tableAnswer, error) {
	if err != nil {
		return nil, err
	}
	answer := &tableAnswer{Status: http.StatusOK, ContentType: "text/csv; charset=utf-8", CacheControl: publicCache, ETag: etagOf(table), Body: table}
	if known == answer.ETag {
		answer.Status, answer.Body = http.StatusNotModified, nil
	}
	return answer, nil
}

func etagOf(body []byte) string {
	digest := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(digest[:16]) + `"`
}

func (s *Service) handleOpenCommunitiesCSV(ctx context.Context, _ web.Caller, in *IfNoneMatch) (*tableAnswer, error) {
	table, err := s.OpenCommunitiesCSV(ctx)
	return tableOf(in.Known, table, err)
}

func (s *Service) handleOpenFiguresCSV(ctx context.Context, _ web.Caller, in *struct {
	IfNoneMatch
	OfMonth
}) (*tableAnswer, error) {
	table, err := s.OpenFiguresCSV(ctx, in.RegionID, in.Period)
	return tableOf(in.Known, table, err)
}

// answerCheckPage is where the QR code of a certificate leads, in any browser.
func (s *Service) answerCheckPage(c echo.Context) error {
	page, err := s.CheckPage(c.Request().Context(), c.Param("number"))
	status := http.StatusOK
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		if status = http.StatusNotFound; refusal.Kind == fault.TooMany {
			return err
		}
	} else if err != nil {
		return err
	}
	return writePaper(c, status, page)
}

func answerPaper(page func(ctx context.Context, query url.Values) ([]byte, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		written, err := page(c.Request().Context(), c.QueryParams())
		if err != nil {
			return err
		}
		return writePaper(c, http.StatusOK, written)
	}
}

func writePaper(c echo.Context, status int, page []byte) error {
	c.Response().Header().Set("Content-Security-Policy", paperPolicy)
	c.Response().Header().Set("Cache-Control", "private, no-store")
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return c.Blob(status, htmlType, page)
}
