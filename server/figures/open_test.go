package figures_test

import (
	"encoding/csv"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

func (s *scene) open311(document string) *apptest.Answer {
	s.Helper()
	return s.Anonymous().Get(s.root() + "/open311/v2/" + document)
}

func TestOpenFiguresNameNobody(t *testing.T) {
	s := newScene(t)
	s.task(region.Harmony)
	for _, category := range []string{"facilities", "facilities", "facilities", "facilities", "facilities", "safety"} {
		s.raise(category)
	}
	s.do(s.resident, s.raise("other"), "withdraw", nil)
	s.approve(s.resident, s.task(region.Harmony))
	s.serve(60, s.resident)
	path := "/open/figures?region_id=" + s.World.Community.ID
	s.Anonymous().Get(path+"&period=2026-11").WantCode(http.StatusUnprocessableEntity, "input.invalid") // not over yet
	s.Clock.Advance(10 * 24 * time.Hour)
	s.Tick()
	answer := s.Anonymous().Get(path).Want(http.StatusOK)
	of := func(measure, part string) string {
		for _, one := range answer.Get("items").Array() {
			if one.Get("measure").String() == measure && one.Get("part").String() == part {
				return one.Get("value").Raw + " " + one.Get("suppressed").Raw
			}
		}
		return ""
	}
	for measure, want := range map[string]string{
		"tasks_published harmony":        "2 false",
		"activities_held ":               "1 false",
		"tickets_by_category safety":     "null true", // one ticket
		"tickets_by_category facilities": "null true", // or the one could be had from those by stage
		"tickets_by_stage raised":        "6 false",
		"tickets_by_category other":      "", // it was withdrawn
		"tickets_by_stage withdrawn":     "",
		"points_given harmony":           "null true", // of one person
		"points_given ":                  "",          // a total would tell the one that is left out
		"service_minutes ":               "null true",
	} {
		name, part, _ := strings.Cut(measure, " ")
		if got := of(name, part); got != want {
			t.Errorf("%s is %q, want %q", measure, got, want)
		}
	}
	table := s.Anonymous().Get("/open/figures.csv?region_id=" + s.World.Street.ID).Want(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(table.Body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != len(answer.Get("items").Array())+1 || table.Header.Get("ETag") == "" || !strings.Contains(table.Header.Get("Cache-Control"), "public") {
		t.Errorf("the table has %d rows, %v, %v", len(rows), err, table.Header)
	}
	s.Anonymous().With("If-None-Match", table.Header.Get("ETag")).Get("/open/figures.csv?region_id=" + s.World.Street.ID).Want(http.StatusNotModified)
	communities := s.Anonymous().Get("/open/communities").Want(http.StatusOK)
	if communities.Get("items.#").Int() != 2 || communities.Get("items.0.street").String() != "样板街道" {
		t.Errorf("the communities are %s", communities)
	}
	if csv := string(s.Anonymous().Get("/open/communities.csv").Want(http.StatusOK).Body); !strings.Contains(csv, "样板村,village,样板街道") {
		t.Errorf("the table of communities is %s", csv)
	}
}

func TestOpenDataIsLimitedByAddress(t *testing.T) {
	s := newScene(t, func(config *app.Config) { config.Limits.Anonymous = 3 })
	reader := s.Anonymous().With("X-Forwarded-For", "203.0.113.7")
	for range 3 {
		reader.Get("/open/communities").Want(http.StatusOK)
	}
	reader.Get("/open/communities.csv").WantCode(http.StatusTooManyRequests, "too_many")
	reader.Get("/open/communities").WantCode(http.StatusTooManyRequests, "too_many")
	for _, document := range []string{"/open/figures", "/open/figures.csv"} {
		reader.Get(document+"?region_id="+s.World.Community.ID).WantCode(http.StatusTooManyRequests, "too_many")
	}
	reader.Get(s.root() + "/open311/v2/services.json").Want(http.StatusTooManyRequests)
	s.Anonymous().With("X-Forwarded-For", "203.0.113.8").Get("/open/communities").Want(http.StatusOK)
}

func TestOpen311(t *testing.T) {
	s := newScene(t)
	open, closed, withdrawn := s.raise("safety"), s.raise("facilities"), s.raise("other")
	hidden := create(s.resident, "/tickets", fields{"region_id": s.World.Community.ID, "category": "other", "text": "这里有违禁的话，请处理"})
	create(s.Login("outsider"), "/tickets", fields{"region_id": s.World.Village.ID, "category": "other", "text": "村口的灯不亮"}) // in no list of the community
	s.Tick()
	s.complete(closed)
	s.review(s.resident, closed, 5).Want(http.StatusOK)
	s.do(s.resident, withdrawn, "withdraw", nil)

	discovery := s.open311("discovery.json").Want(http.StatusOK)
	if discovery.Get("endpoints.0.url").String() != s.root()+"/open311/v2" {
		t.Errorf("the endpoint is %s", discovery)
	}
	if services := s.open311("services.json").Want(http.StatusOK); services.Get("#").Int() != 7 || services.Get("0.service_name").String() != "公共设施" {
		t.Errorf("the services are %s", services)
	}
	s.open311("services/safety.xml").Want(http.StatusOK)
	s.open311("services/nothing.json").Want(http.StatusNotFound)

	list := s.open311("requests.json?jurisdiction_id=" + s.World.Community.ID).Want(http.StatusOK)
	byID := map[string]gjson.Result{}
	for _, one := range gjson.ParseBytes(list.Body).Array() {
		byID[one.Get("service_request_id").String()] = one
	}
	if len(byID) != 2 || byID[open].Get("status").String() != "open" || byID[closed].Get("status").String() != "closed" {
		t.Errorf("not the two that neighbours see: %s", list)
	}
	if got := byID[open].Raw; got != `{"service_request_id":"`+open+`","status":"open","service_name":"安全隐患","service_code":"safety",`+
		`"requested_datetime":"2026-11-22T00:00:00+08:00","address":"样板社区"}` {
		t.Errorf("more or less than that is told: %s", got)
	}
	for filter, want := range map[string]string{"status=open": open, "status=closed": closed, "service_code=safety": open, "service_code=facilities,other": closed} {
		found := s.open311("requests.json?jurisdiction_id=" + s.World.Community.ID + "&" + filter).Want(http.StatusOK)
		if got := found.Get("#").Int(); got != 1 || found.Get("0.service_request_id").String() != want {
			t.Errorf("%s gives %s", filter, found)
		}
	}
	var read struct {
		Requests []struct {
			ID string `xml:"service_request_id"`
		} `xml:"request"`
	}
	one := s.open311("requests/" + closed + ".xml").Want(http.StatusOK)
	if err := xml.Unmarshal(one.Body, &read); err != nil || len(read.Requests) != 1 || read.Requests[0].ID != closed {
		t.Errorf("as XML it is %s, %v", one, err)
	}
	if both := s.open311("requests.json?service_request_id=" + open + "," + hidden).Want(http.StatusOK); both.Get("#").Int() != 1 {
		t.Errorf("by their ids: %s", both)
	}
	for _, id := range []string{hidden, withdrawn, "x", strings.Repeat("A", 200)} {
		if answer := s.open311("requests/" + id + ".json"); answer.Status/100 != 4 || answer.Get("0.code").Int() != int64(answer.Status) {
			t.Errorf("%s is answered %s", id, answer)
		}
	}
}

func TestOpen311RefusesAsTheStandardSays(t *testing.T) {
	s := newScene(t)
	community := "jurisdiction_id=" + s.World.Community.ID
	for document, status := range map[string]int{
		"requests.json": http.StatusBadRequest, "requests.json?jurisdiction_id=x": http.StatusNotFound,
		"requests.json?jurisdiction_id=" + s.World.Street.ID:              http.StatusNotFound,
		"requests.json?" + community + "&start_date=yesterday":            http.StatusBadRequest,
		"requests.json?" + community + "&end_date=x":                      http.StatusBadRequest,
		"requests.json?" + community + "&status=lost":                     http.StatusBadRequest,
		"requests.json?" + community + "&service_code=x":                  http.StatusNotFound,
		"requests.json?" + community + "&start_date=2020-01-01T00:00:00Z": http.StatusBadRequest,
		"requests": http.StatusNotFound, "nothing.json": http.StatusNotFound, "requests.yaml": http.StatusNotFound,
	} {
		answer := s.open311(document)
		if answer.Status != status || answer.Get("0.code").Int() != int64(status) || answer.Get("0.description").String() == "" {
			t.Errorf("%s is answered %s", document, answer)
		}
	}
	request := fields{"jurisdiction_id": s.World.Community.ID, "service_code": "other", "description": "路灯不亮"}
	s.Anonymous().Post(s.root()+"/open311/v2/requests.json", request).WantCode(http.StatusNotFound, "method_not_allowed") // it is read-only
	if xml := string(s.open311("requests.xml").Body); !strings.Contains(xml, "<errors><error><code>400</code>") {
		t.Errorf("as XML: %s", xml)
	}
}
