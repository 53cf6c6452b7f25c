package ticket_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"fivestar/server/app/apptest"
)

// pages reads a list page by page.
func (s scene) pages(by *apptest.Client, query string, limit int) []string {
	s.Helper()
	var all []string
	cursor := ""
	for range 50 {
		answer := by.Get(fmt.Sprintf("/tickets?region_id=%s&%s&limit=%d&cursor=%s", s.World.Community.ID, query, limit, cursor)).Want(http.StatusOK)
		got := ids(answer)
		if len(got) > limit {
			s.Fatalf("a page of %d holds %d", limit, len(got))
		}
		all = append(all, got...)
		if cursor = answer.Get("next_cursor").String(); cursor == "" {
			return all
		}
	}
	s.Fatal("the list never ends")
	return nil
}

func TestListsAreSortedAndPaged(t *testing.T) {
	s := newScene(t)
	people := s.residents(3)
	var made []string
	for i, votes := range []int{1, 3, 0, 3, 2} {
		s.Clock.Advance(time.Hour)
		made = append(made, s.raise(s.resident, nil))
		for _, voter := range people[:votes] {
			s.vote(voter, made[i]).Want(http.StatusOK)
		}
	}
	s.raise(s.outsider, fields{"region_id": s.World.Village.ID})
	pick := func(order ...int) []string {
		picked := make([]string, len(order))
		for i, at := range order {
			picked[i] = made[at]
		}
		return picked
	}
	s.do(s.secretary, made[2], "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.Clock.Advance(21*time.Hour + 30*time.Minute) // 0 to 1 are older than 24 hours
	for _, test := range []struct {
		query string
		want  []string
	}{
		{"", pick(4, 3, 2, 1, 0)},
		{"sort=newest", pick(4, 3, 2, 1, 0)},
		{"sort=age", pick(0, 1, 2, 3, 4)},
		{"sort=votes", pick(3, 1, 4, 0, 2)},
		{"sort=overdue", pick(0, 1)},
		{"sort=age&stage=raised", pick(0, 1, 3, 4)},
		{"sort=votes&stage=dispatched", pick(2)},
		{"sort=overdue&stage=dispatched", nil},
		{"stage=withdrawn", nil},
		{"whistled=true", nil},
		{"open=true&sort=votes", pick(3, 1, 4, 0, 2)},
		{"open=true&stage=dispatched", pick(2)},
		{"open=true&stage=completed", nil},
	} {
		for _, limit := range []int{1, 2, 5, 100} {
			if got := s.pages(s.neighbour, test.query, limit); !slices.Equal(got, test.want) {
				t.Errorf("%q in pages of %d: %v, want %v", test.query, limit, got, test.want)
			}
		}
	}
	path := "/tickets?region_id=" + s.World.Community.ID
	cursor := s.neighbour.Get(path + "&sort=votes&limit=1").Want(http.StatusOK).Get("next_cursor").String()
	forged := base64.RawURLEncoding.EncodeToString([]byte(`["tickets votes","many","x"]`))
	for _, query := range []string{"sort=age&cursor=" + cursor, "sort=votes&cursor=" + forged, "cursor=x", "sort=beauty", "stage=lost", "limit=0", "limit=101"} {
		s.neighbour.Get(path+"&"+query).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	s.neighbour.Get("/tickets").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.neighbour.Get("/tickets?region_id=nowhere").WantCode(http.StatusNotFound, "not_found")
}

func TestEachSeesTheirOwnListOfWithdrawn(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.do(s.resident, id, "withdraw", nil).Want(http.StatusOK)
	if got := s.list(s.neighbour, ""); len(got) != 0 {
		t.Errorf("a neighbour's list holds %v", got)
	}
	if got := s.list(s.secretary, "stage=withdrawn"); !slices.Equal(got, []string{id}) {
		t.Errorf("the desk's list holds %v", got)
	}
	if got := s.list(s.secretary, "open=true"); len(got) != 0 {
		t.Errorf("the desk's list of open tickets holds %v", got)
	}
	mine := s.resident.Get("/tickets/mine").Want(http.StatusOK)
	if got := ids(mine); !slices.Equal(got, []string{id}) || !mine.Get("items.0.mine").Bool() {
		t.Errorf("mine: %s", mine)
	}
	if got := ids(s.neighbour.Get("/tickets/mine").Want(http.StatusOK)); len(got) != 0 {
		t.Errorf("the neighbour's own are %v", got)
	}
}

func TestOwnListsArePaged(t *testing.T) {
	s := newScene(t)
	var made []string
	for range 3 {
		made = append([]string{s.dispatched()}, made...)
	}
	for by, path := range map[*apptest.Client]string{s.resident: "/tickets/mine?limit=2", s.assignee: "/tickets/assigned?limit=2"} {
		first := by.Get(path).Want(http.StatusOK)
		second := by.Get(path + "&cursor=" + first.Get("next_cursor").String()).Want(http.StatusOK)
		if got := append(ids(first), ids(second)...); !slices.Equal(got, made) || second.Get("next_cursor").Exists() {
			t.Errorf("%s: %v, want %v", path, got, made)
		}
		by.Get(path+"&cursor=x").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	done := s.completed()
	if got := ids(s.assignee.Get("/tickets/assigned?stage=completed").Want(http.StatusOK)); !slices.Equal(got, []string{done}) {
		t.Errorf("completed by the assignee: %v", got)
	}
	if got := ids(s.assignee.Get("/tickets/assigned").Want(http.StatusOK)); !slices.Equal(got, made) {
		t.Errorf("what is done is still to be done: %v", got)
	}
}

func TestAnOfficerListsAllCommunitiesBelow(t *testing.T) {
	s := newScene(t)
	here := s.raise(s.resident, nil)
	s.Clock.Advance(time.Minute)
	there := s.raise(s.outsider, fields{"region_id": s.World.Village.ID})
	for _, who := range []string{"street", "district", "city", "admin"} {
		for _, at := range []string{s.World.Street.ID, s.World.District.ID, s.World.City.ID} {
			answer := s.Login(who).Get("/tickets?sort=age&region_id=" + at)
			if who == "street" && at != s.World.Street.ID || who == "district" && at == s.World.City.ID {
				answer.WantCode(http.StatusForbidden, "auth.forbidden")
				continue
			}
			if got := ids(answer.Want(http.StatusOK)); !slices.Equal(got, []string{here, there}) {
				t.Errorf("%s at %s: %v", who, at, got)
			}
		}
	}
	s.secretary.Get("/tickets?region_id="+s.World.Street.ID).WantCode(http.StatusForbidden, "auth.forbidden")
	s.neighbour.Get("/tickets?region_id="+s.World.Street.ID).WantCode(http.StatusForbidden, "auth.forbidden")
}

func TestSimilarTicketsAreOffered(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, fields{"text": "南门垃圾亭这几天馊味大，地上一直有脏水"})
	s.raise(s.resident, fields{"text": "小广场晚上跳舞的音响太响"})
	closed := s.raise(s.resident, fields{"text": "南门垃圾亭馊味大"})
	s.do(s.secretary, closed, "reject", fields{"reason": "同一件事"}).Want(http.StatusOK)
	s.App.Simulator.Down()
	pending := s.raise(s.resident, fields{"text": "南门垃圾亭馊味太大"})
	similar := func(by *apptest.Client, text string) []string {
		t.Helper()
		return ids(by.Get("/tickets/similar?region_id=" + s.World.Community.ID + "&text=" + url.QueryEscape(text)).Want(http.StatusOK))
	}
	if got := similar(s.neighbour, "垃圾亭的馊味"); !slices.Equal(got, []string{id}) {
		t.Errorf("a neighbour is offered %v", got)
	}
	if got := similar(s.resident, "垃圾亭的馊味"); len(got) != 2 || !slices.Contains(got, pending) {
		t.Errorf("the raiser is offered %v", got)
	}
	if got := similar(s.neighbour, "水管漏水了"); len(got) != 0 {
		t.Errorf("something else is offered: %v", got)
	}
	s.street.Get("/tickets/similar?text=x&region_id="+s.World.Street.ID).WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestCategoriesAreFixed(t *testing.T) {
	s := newScene(t)
	answer := s.neighbour.Get("/tickets/categories").Want(http.StatusOK)
	want := []string{"facilities 公共设施", "sanitation 环境卫生", "safety 安全隐患", "elder_care 为老服务", "neighbours 邻里矛盾", "convenience 便民服务", "other 其他"}
	var got []string
	for _, item := range answer.Get("items").Array() {
		got = append(got, item.Get("code").String()+" "+item.Get("name").String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestFiguresCountSilenceAsNoSatisfaction(t *testing.T) {
	s := newScene(t)
	s.closed()
	s.review(s.resident, s.completed(), 3, "partly").Want(http.StatusOK)
	s.completed()
	s.Clock.Advance(7 * 24 * time.Hour)
	s.Tick()
	s.raise(s.resident, nil)
	s.Clock.Advance(25 * time.Hour)
	s.dispatched()
	for _, at := range []string{s.World.Community.ID, s.World.Street.ID, s.World.City.ID} {
		got := s.Login("admin").Get("/regions/" + at + "/tickets/figures").Want(http.StatusOK)
		for path, want := range map[string]int64{"closed": 3, "reviewed": 2, "satisfied": 1, "unrated": 1, "unsolved": 0,
			"stages.raised": 1, "stages.dispatched": 1, "stages.closed": 3, "stages.merged": 0} {
			if !got.Get(path).Exists() || got.Get(path).Int() != want {
				t.Errorf("%s is %s, want %d", path, got.Get(path).Raw, want)
			}
		}
	}
	for by, want := range map[*apptest.Client]int64{s.secretary: 1, s.neighbour: 1, s.street: 0} {
		if got := by.Get("/regions/" + s.World.Community.ID + "/tickets/figures").Want(http.StatusOK).Get("overdue").Int(); got != want {
			t.Errorf("%d overdue, want %d", got, want)
		}
	}
	if got := s.outsider.Get("/regions/" + s.World.Village.ID + "/tickets/figures").Want(http.StatusOK).Get("closed").Int(); got != 0 {
		t.Errorf("the village closed %d", got)
	}
}
