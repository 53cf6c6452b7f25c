package figures

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/region"
	"fivestar/server/ticket"
)

// The shapes below are those of GeoReport v2; each is an XML element and a JSON object, as the standard gives them.

type geoService struct {
	XMLName     xml.Name `xml:"service" json:"-"`
	Code        string   `xml:"service_code" json:"service_code"`
	Name        string   `xml:"service_name" json:"service_name"`
	Description string   `xml:"description" json:"description"`
	Metadata    bool     `xml:"metadata" json:"metadata"`
	Type        string   `xml:"type" json:"type"`
	Keywords    string   `xml:"keywords" json:"keywords"`
	Group       string   `xml:"group" json:"group"`
}

type geoServices struct {
	XMLName  xml.Name `xml:"services"`
	Services []geoService
}

type geoDefinition struct {
	XMLName    xml.Name `xml:"service_definition" json:"-"`
	Code       string   `xml:"service_code" json:"service_code"`
	Attributes []string `xml:"attributes>attribute" json:"attributes"`
}

type geoRequest struct {
	XMLName     xml.Name `xml:"request" json:"-"`
	ID          string   `xml:"service_request_id" json:"service_request_id"`
	Status      string   `xml:"status" json:"status"`
	ServiceName string   `xml:"service_name" json:"service_name"`
	ServiceCode string   `xml:"service_code" json:"service_code"`
	Requested   string   `xml:"requested_datetime" json:"requested_datetime"`
	Updated     string   `xml:"updated_datetime,omitempty" json:"updated_datetime,omitempty"`
	Expected    string   `xml:"expected_datetime,omitempty" json:"expected_datetime,omitempty"`
	Address     string   `xml:"address" json:"address"`
}

type geoRequests struct {
	XMLName  xml.Name `xml:"service_requests"`
	Requests []geoRequest
}

type geoError struct {
	XMLName     xml.Name `xml:"error" json:"-"`
	Code        int      `xml:"code" json:"code"`
	Description string   `xml:"description" json:"description"`
}

type geoErrors struct {
	XMLName xml.Name `xml:"errors"`
	Errors  []geoError
}

type geoDiscovery struct {
	XMLName    xml.Name      `xml:"discovery" json:"-"`
	Changeset  string        `xml:"changeset" json:"changeset"`
	Contact    string        `xml:"contact" json:"contact"`
	KeyService string        `xml:"key_service" json:"key_service"`
	Endpoints  []geoEndpoint `xml:"endpoints>endpoint" json:"endpoints"`
}

type geoEndpoint struct {
	Specification string   `xml:"specification" json:"specification"`
	URL           string   `xml:"url" json:"url"`
	Changeset     string   `xml:"changeset" json:"changeset"`
	Type          string   `xml:"type" json:"type"`
	Formats       []string `xml:"formats>format" json:"formats"`
}

const (
	open311Path   = "/open311/v2"
	specification = "http://wiki.open311.org/GeoReport_v2"
	changeset     = "2026-11-22T00:00:00+08:00"
	// mostRequests and longestSpan bound an answer to GET requests, as the standard asks for.
	mostRequests = 1000
	longestSpan  = 90 * 24 * time.Hour
)

// both holds an answer in the two shapes: in XML lists have an element around them.
type both struct{ asJSON, asXML any }

func same(answer any) both { return both{answer, answer} }

// geoFault is an error as the standard wants it told.
func geoFault(status int, description string) *fault.Error {
	kind := fault.Unreadable
	if status == http.StatusNotFound {
		kind = fault.NotFound
	}
	return fault.New(kind, "open311", description)
}

// mountOpen311 adds GeoReport v2, whose paths and errors are its own and not the contract's.
func (s *Service) mountOpen311(router *echo.Echo) {
	router.GET(open311Path+"/:document", s.geoAnswer(s.geoDocument))
	router.GET(open311Path+"/services/:document", s.geoAnswer(s.geoDefinition))
	router.GET(open311Path+"/requests/:document", s.geoAnswer(s.geoOneRequest))
}

type geoHandler func(ctx context.Context, name string, query url.Values) (both, error)

// geoAnswer answers in the format that the document's ending names.
func (s *Service) geoAnswer(handler geoHandler) echo.HandlerFunc {
	return func(c echo.Context) error {
		name, format, _ := strings.Cut(c.Param("document"), ".")
		if format != "json" && format != "xml" {
			return s.geoRefuse(c, "json", geoFault(http.StatusNotFound, "文件格式请写 .json 或 .xml"))
		}
		ctx := c.Request().Context()
		if err := s.Limit(ctx); err != nil {
			return s.geoRefuse(c, format, err)
		}
		answer, err := handler(ctx, name, c.QueryParams())
		if err != nil {
			return s.geoRefuse(c, format, err)
		}
		return geoWrite(c, http.StatusOK, format, answer)
	}
}

// geoRefuse tells a refusal in the standard's shape; whatever is no refusal goes the way of all faults.
func (s *Service) geoRefuse(c echo.Context, format string, err error) error {
	var refusal *fault.Error
	if !errors.As(err, &refusal) {
		return err
	}
	status := http.StatusBadRequest
	switch refusal.Kind {
	case fault.NotFound:
		status = http.StatusNotFound
	case fault.TooMany:
		return err
	}
	told := []geoError{{Code: status, Description: refusal.Detail}}
	return geoWrite(c, status, format, both{told, geoErrors{Errors: told}})
}

func geoWrite(c echo.Context, status int, format string, answer both) error {
	contentType, body := "application/json; charset=utf-8", []byte(nil)
	var err error
	if format == "xml" {
		contentType = "text/xml; charset=utf-8"
		body, err = xml.Marshal(answer.asXML)
		body = append([]byte(xml.Header), body...)
	} else {
		body, err = json.Marshal(answer.asJSON)
	}
	if err != nil {
		return fmt.Errorf("write an answer of Open311: %w", err)
	}
	if status != http.StatusOK {
		return c.Blob(status, contentType, body)
	}
	etag := etagOf(body)
	c.Response().Header().Set("Cache-Control", publicCache)
	c.Response().Header().Set("ETag", etag)
	if c.Request().Header.Get("If-None-Match") == etag {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(status, contentType, body)
}

func (s *Service) geoDocument(ctx context.Context, name string, query url.Values) (both, error) {
	switch name {
	case "discovery":
		return same(geoDiscovery{Changeset: changeset, Contact: "请联系所在的街道办事处", KeyService: "只读，不需要密钥",
			Endpoints: []geoEndpoint{{Specification: specification, URL: s.PublicURL + open311Path, Changeset: changeset, Type: "production",
				Formats: []string{"application/json", "text/xml"}}}}), nil
	case "services":
		services := make([]geoService, len(ticket.Categories))
		for i, category := range ticket.Categories {
			services[i] = geoService{Code: string(category.Code), Name: category.Name, Description: "居民点单：" + category.Name, Type: "realtime"}
		}
		return both{services, geoServices{Services: services}}, nil
	case "requests":
		requests, err := s.geoRequests(ctx, query)
		return both{requests, geoRequests{Requests: requests}}, err
	}
	return both{}, geoFault(http.StatusNotFound, "没有这个文件")
}

func (s *Service) geoDefinition(_ context.Context, code string, _ url.Values) (both, error) {
	if !isCategory(code) {
		return both{}, geoFault(http.StatusNotFound, "没有这个类别(service_code)")
	}
	return same(geoDefinition{Code: code, Attributes: []string{}}), nil
}

func isCategory(code string) bool {
	return slices.ContainsFunc(ticket.Categories, func(c ticket.NamedCategory) bool { return string(c.Code) == code })
}

func (s *Service) geoOneRequest(ctx context.Context, id string, _ url.Values) (both, error) {
	requests, err := s.geoByID(ctx, []string{id})
	if err != nil {
		return both{}, err
	}
	if len(requests) == 0 {
		return both{}, geoFault(http.StatusNotFound, "没有这张四联单(service_request_id)")
	}
	return both{requests, geoRequests{Requests: requests}}, nil
}

// longestID is that of every id, see db.NewID.
const longestID = 26

func (s *Service) geoByID(ctx context.Context, ids []string) ([]geoRequest, error) {
	if len(ids) > mostRequests || slices.ContainsFunc(ids, func(id string) bool { return len(id) > longestID }) {
		return nil, geoFault(http.StatusBadRequest, "四联单编号(service_request_id)太多或太长")
	}
	rows, err := s.store().queries(ctx).ReportTicketsByID(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("requests of Open311: %w", err)
	}
	requests := make([]geoRequest, len(rows))
	for i, row := range rows {
		requests[i] = geoRequestOf(reportOf(figuresdb.ReportTicketsRow(row)))
	}
	return requests, nil
}

// geoRequests answers GET requests: those named, or those of one community in at most 90 days, newest first.
func (s *Service) geoRequests(ctx context.Context, query url.Values) ([]geoRequest, error) {
	if ids := query.Get("service_request_id"); ids != "" {
		return s.geoByID(ctx, strings.Split(ids, ","))
	}
	community, err := s.jurisdiction(ctx, query.Get("jurisdiction_id"))
	if err != nil {
		return nil, err
	}
	asked := figuresdb.ReportTicketsParams{RegionID: community.ID, Stages: append(slices.Clone(openStages), closedStages...), Limit: mostRequests}
	if asked.FromAt, asked.ToAt, err = s.geoSpan(query); err != nil {
		return nil, err
	}
	switch query.Get("status") {
	case "", "open,closed", "closed,open":
	case "open":
		asked.Stages = openStages
	case "closed":
		asked.Stages = closedStages
	default:
		return nil, geoFault(http.StatusBadRequest, "状态(status)请写 open 或 closed")
	}
	for _, category := range ticket.Categories {
		asked.Categories = append(asked.Categories, string(category.Code))
	}
	if codes := query.Get("service_code"); codes != "" {
		asked.Categories = strings.Split(codes, ",")
		if len(asked.Categories) > len(ticket.Categories) || slices.ContainsFunc(asked.Categories, func(code string) bool { return !isCategory(code) }) {
			return nil, geoFault(http.StatusNotFound, "没有这个类别(service_code)")
		}
	}
	rows, err := s.store().queries(ctx).ReportTickets(ctx, asked)
	if err != nil {
		return nil, fmt.Errorf("requests of Open311: %w", err)
	}
	requests := make([]geoRequest, len(rows))
	for i, row := range rows {
		requests[i] = geoRequestOf(reportOf(row))
	}
	return requests, nil
}

// jurisdiction is the community asked for: one endpoint serves them all.
func (s *Service) jurisdiction(ctx context.Context, id string) (region.Region, error) {
	if id == "" {
		return region.Region{}, geoFault(http.StatusBadRequest, "请写社区的编号(jurisdiction_id)，编号见 /api/v1/open/communities")
	}
	unknown := geoFault(http.StatusNotFound, "没有这个社区(jurisdiction_id)")
	if len(id) > longestID {
		return region.Region{}, unknown
	}
	found, err := s.Regions.Get(ctx, id)
	if errors.Is(err, fault.ErrNotFound) || err == nil && found.Kind != region.Community {
		return region.Region{}, unknown
	}
	return found, err
}

// geoSpan are the days asked for: the last 90 when nothing is said, and never more than 90.
func (s *Service) geoSpan(query url.Values) (from, to int64, err error) {
	until := s.DB.Now().Add(time.Millisecond)
	if text := query.Get("end_date"); text != "" {
		if until, err = time.Parse(time.RFC3339, text); err != nil {
			return 0, 0, geoFault(http.StatusBadRequest, "时间(end_date)请写成 2026-11-22T00:00:00+08:00")
		}
	}
	since := until.Add(-longestSpan)
	if text := query.Get("start_date"); text != "" {
		if since, err = time.Parse(time.RFC3339, text); err != nil {
			return 0, 0, geoFault(http.StatusBadRequest, "时间(start_date)请写成 2026-11-22T00:00:00+08:00")
		}
	}
	if until.Sub(since) > longestSpan {
		return 0, 0, geoFault(http.StatusBadRequest, "一次最多查询90天")
	}
	return db.Millis(since), db.Millis(until), nil
}

func geoRequestOf(of report) geoRequest {
	made := geoRequest{ID: of.id, Status: "open", ServiceCode: of.category, ServiceName: categoryName(of.category),
		Requested: of.raised.Format(time.RFC3339), Address: of.community}
	if of.closed {
		made.Status = "closed"
	}
	if !of.completed.IsZero() {
		made.Updated = of.completed.Format(time.RFC3339)
	}
	if !of.due.IsZero() {
		made.Expected = of.due.Format(time.RFC3339)
	}
	return made
}
