package figures_test

import (
	"net/http"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
	"fivestar/server/wechat"
)

func (s *scene) calendar(by *apptest.Client, month string) *apptest.Answer {
	s.Helper()
	return by.Get("/regions/" + s.World.Community.ID + "/calendar?month=" + month).Want(http.StatusOK)
}

func TestCalendarShowsWhatIsOnAndWhatIsMissing(t *testing.T) {
	s := newScene(t)
	empty := s.calendar(s.resident, "2026-11")
	if len(empty.Get("days").Array()) != 30 || len(empty.Get("missing").Array()) != 4 {
		t.Errorf("a month without anything is %s", empty)
	}
	for rhythm, title := range map[string]string{"每周二下午": "磨剪刀", "随约随到": "上门理发"} {
		create(s.secretary, "/services", fields{"organisation_id": s.World.OrganisationID, "title": title, "star": region.Harmony, "text": "为老人服务", "rhythm": rhythm})
	}
	s.task(region.Harmony) // until tomorrow
	company := create(s.secretary, "/teams", fields{"region_id": s.World.Community.ID, "name": "社企共建队", "kind": "company"})
	starts := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC)
	activity := create(s.secretary, "/activities", fields{"team_id": company, "title": "一起种树", "star": region.LivableEcology, "place": fields{"name": "河边"},
		"starts_at": starts, "ends_at": starts.Add(time.Hour), "capacity": 5, "walk_in": true, "points_per_hour": 6})
	if draft := s.calendar(s.resident, "2026-11"); len(draft.Get("days.24.activities").Array()) != 0 {
		t.Errorf("a draft is shown: %s", draft.Get("days.24"))
	}
	s.secretary.Post("/activities/"+activity+"/publish", nil).Want(http.StatusOK)

	month := s.calendar(s.resident, "")
	if month.Get("days.23.services.0.title").String() != "磨剪刀" || month.Get("days.22.services.#").Int() != 0 || month.Get("by_appointment.0.title").String() != "上门理发" {
		t.Errorf("the services are not on their days: %s", month)
	}
	on := month.Get("days.24.activities.0")
	if on.Get("id").String() != activity || !on.Get("co_building").Bool() || month.Get("co_building.activities").Int() != 1 {
		t.Errorf("the activity is not there: %s", month.Get("days.24"))
	}
	if month.Get("days.22.tasks.#").Int() != 1 {
		t.Errorf("the task is not on its last day: %s", month.Get("days.22"))
	}
	// The last week has the activity, the other five have none.
	if month.Get("weeks.#").Int() != 6 || month.Get("weeks.4.activities").Int() != 1 || month.Get("missing.#").Int() != 3 {
		t.Errorf("the weeks are %s, missing is %s", month.Get("weeks"), month.Get("missing"))
	}
}

func TestCalendarTellsTheHonoursOfTheYear(t *testing.T) {
	s := newScene(t)
	for range 5 { // 5 times 20 hours
		s.Clock.Advance(24 * time.Hour)
		s.serve(20*60, s.resident)
	}
	s.resident.Post("/me/certificates", nil).Want(http.StatusCreated)
	revoked := s.resident.Post("/me/certificates", fields{"full_name": true}).Want(http.StatusCreated).Get("number").String()
	s.resident.Delete("/me/certificates/" + revoked).Want(http.StatusNoContent)
	honours := s.calendar(s.neighbour, "2026-11").Get("honours")
	if honours.Raw != `{"year":"2026","grades":[{"grade":1,"people":1}],"certificates":1}` {
		t.Errorf("the honours are %s", honours.Raw)
	}
	if before := s.calendar(s.neighbour, "2025-11").Get("honours"); before.Get("grades.#").Int() != 0 || before.Get("certificates").Int() != 0 {
		t.Errorf("the year before has %s", before.Raw)
	}
}

func TestCalendarHidesWhatTheContentCheckHasNotPassed(t *testing.T) {
	s := newScene(t)
	s.App.Simulator.Tell(wechat.PathCheckText, wechat.Behaviour{ErrCode: -1}) // it is busy: nothing is decided
	starts := s.Clock.Now().Add(time.Hour)
	settings := s.secretary.Get("/regions/" + s.World.Community.ID + "/settings").Want(http.StatusOK)
	var body fields
	settings.Into(&body)
	body["leaders_publish"], body["reason"] = true, "测试需要"
	s.secretary.Put("/regions/"+s.World.Community.ID+"/settings", body).Want(http.StatusOK)
	activity := create(s.leader, "/activities", fields{"team_id": s.World.TeamID, "title": "清扫院子", "star": region.Harmony, "place": fields{"name": "南门"},
		"starts_at": starts, "ends_at": starts.Add(time.Hour), "capacity": 5, "walk_in": true, "points_per_hour": 6})
	s.leader.Post("/activities/"+activity+"/publish", nil).Want(http.StatusOK)
	if title := s.calendar(s.resident, "2026-11").Get("days.21.activities.0.title").String(); title != "(内容审核中)" {
		t.Errorf("neighbours read %s", title)
	}
}

func TestWrongMonthsAreRefused(t *testing.T) {
	s := newScene(t)
	for _, month := range []string{"2026", "2026-13", "2026-Q4", "2026-W47", "x"} {
		answer := s.resident.Get("/regions/" + s.World.Community.ID + "/calendar?month=" + month)
		answer.Want(http.StatusUnprocessableEntity)
	}
	s.resident.Get("/regions/" + s.World.Street.ID + "/calendar").Want(http.StatusUnprocessableEntity)
}
