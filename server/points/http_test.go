package points_test

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
	"github.com/xuri/excelize/v2"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
	"fivestar/server/region"
)

// desk is a running server and short ways to fill its ledger.
type desk struct {
	*apptest.Harness
	sources int
}

func startDesk(t *testing.T) *desk { return &desk{Harness: apptest.Start(t)} }

// give posts points for work of a new source, confirmed by the secretary.
func (d *desk) give(personID string, amount int64, star region.Star) points.Entry {
	d.Helper()
	return d.giveIn(d.World.Community, personID, amount, star)
}

func (d *desk) giveIn(community region.Region, personID string, amount int64, star region.Star) points.Entry {
	d.Helper()
	d.sources++
	entry, err := d.App.Points.Credit(context.Background(), points.Posting{PersonID: personID, CommunityID: community.ID, Amount: amount,
		Kind: points.KindCheckin, SourceID: fmt.Sprintf("attendance-%d", d.sources), Star: star, Memo: "打扫楼道",
		Hands: []string{personID}, Witness: d.Login("street").PersonID})
	must(d, err)
	return entry
}

// serve records minutes for the presence that an entry was posted for.
func (d *desk) serve(entry points.Entry, minutes int64) {
	d.Helper()
	must(d, d.App.Points.RecordService(context.Background(), points.ServiceRecord{PersonID: entry.PersonID, CommunityID: entry.RegionID, Star: entry.Star,
		Minutes: minutes, SourceID: entry.SourceID, At: d.Clock.Now(), Hands: []string{entry.PersonID}, Witness: d.Login("street").PersonID}))
}

func (d *desk) spend(personID string, amount int64) {
	d.Helper()
	d.sources++
	_, err := d.App.Points.Debit(context.Background(), points.Posting{PersonID: personID, CommunityID: d.World.Community.ID, Amount: amount,
		Kind: points.KindRedemption, SourceID: fmt.Sprintf("redemption-%d", d.sources), Memo: "理发", Hands: []string{personID}})
	must(d, err)
}

func (d *desk) wantSound() {
	d.Helper()
	must(d, d.App.Points.Seal(context.Background()))
	report, err := d.App.Points.Verify(context.Background(), nil)
	must(d, err)
	for _, finding := range report.Findings {
		d.Errorf("the ledger is not sound: %s", finding)
	}
}

func TestMyPoints(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	d.Anonymous().Get("/me/points").WantCode(http.StatusUnauthorized, "auth.required")
	d.Anonymous().Get("/me/points/entries").WantCode(http.StatusUnauthorized, "auth.required")
	empty := me.Get("/me/points").Want(http.StatusOK)
	if got := empty.Get("balance").Int(); got != 0 || len(empty.Get("by_star").Map()) != 5 || !empty.Get("accounts").IsArray() {
		t.Errorf("before any points: %s", empty)
	}

	d.Clock.Set(time.Date(2026, 2, 3, 2, 0, 0, 0, time.UTC))
	d.give(me.PersonID, 4, region.Harmony)
	d.Clock.Set(time.Date(2026, 10, 3, 2, 0, 0, 0, time.UTC))
	d.give(me.PersonID, 8, region.SafetyLaw)
	d.Clock.Set(time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC))
	d.serve(d.give(me.PersonID, 16, region.Harmony), 100*60)
	d.giveIn(d.World.Village, me.PersonID, 32, "")
	d.spend(me.PersonID, 5)

	mine := me.Get("/me/points").Want(http.StatusOK)
	for path, want := range map[string]int64{
		"balance": 55, "earned.month": 48, "earned.quarter": 56, "earned.year": 60, "by_star.harmony": 20, "by_star.safety_law": 8, "by_star.strong_branch": 0,
		"service_minutes": 6000, "grade": 1, "accounts.#": 2,
	} {
		if got := mine.Get(path); !got.Exists() || got.Int() != want {
			t.Errorf("%s is %s, want %d: %s", path, got, want, mine)
		}
	}
	if got := mine.Get(`accounts.#(region_name=="样板社区").balance`).Int(); got != 23 {
		t.Errorf("%d points in the community, want 23: %s", got, mine)
	}
	d.wantSound()
}

func TestPointsByCard(t *testing.T) {
	d := startDesk(t)
	elder, card := d.Elder("样例老人")
	d.give(elder, 7, "")
	if got := d.Login("grid").ByCard(card).Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 7 {
		t.Errorf("by the card: balance %d, want 7", got)
	}
	// By a card nobody has more rights than the elder has, not even a secretary.
	d.Login("secretary").ByCard(card).Get("/regions/"+d.World.Community.ID+"/points").WantCode(http.StatusForbidden, "auth.forbidden")
}

func TestMyEntriesNewestFirst(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	var want []string
	for i := range 7 {
		want = append(want, d.give(me.PersonID, int64(i+1), region.Harmony).ID)
	}
	d.give(d.Login("leader").PersonID, 99, region.Harmony)
	slices.Reverse(want)
	var got []string
	for cursor := ""; ; {
		page := me.Get("/me/points/entries?limit=3&cursor=" + cursor).Want(http.StatusOK)
		for _, entry := range page.Get("items").Array() {
			got = append(got, entry.Get("id").String())
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	newest := me.Get("/me/points/entries?limit=1").Want(http.StatusOK).Get("items.0")
	for path, want := range map[string]string{"amount": "7", "kind": "checkin", "source_id": "attendance-7", "star": "harmony", "region_id": d.World.Community.ID,
		"memo": "打扫楼道", "at": "2026-11-22T02:00:00Z", "reversed": "", "confirmed_by": d.Login("street").Get("/me").Get("name").String()} {
		if got := newest.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	me.Get("/me/points/entries?cursor=nonsense").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	me.Get("/me/points/entries?limit=0").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	me.Get("/me/points/entries?limit=101").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestWhoSeesSomebodysEntries(t *testing.T) {
	d := startDesk(t)
	person := d.Login("resident").PersonID
	path := "/people/" + person + "/points/entries"
	for _, name := range []string{"secretary", "street", "city", "admin", "resident"} { // a resident without points, too
		if got := d.Login(name).Get(path).Want(http.StatusOK).Get("items.#").Int(); got != 0 {
			t.Errorf("%s sees %d entries of a person without points", name, got)
		}
	}
	here := d.give(person, 5, region.Harmony).ID
	there := d.giveIn(d.World.Village, person, 6, "").ID
	for name, want := range map[string][]string{
		"secretary": {here}, "secretary2": {here}, "outsider": {there}, "street": {there, here}, "city": {there, here}, "resident": {there, here},
	} {
		var got []string
		for _, entry := range d.Login(name).Get(path).Want(http.StatusOK).Get("items.#.id").Array() {
			got = append(got, entry.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, name := range []string{"leader", "grid", "assignee", "merchant"} {
		d.Login(name).Get(path).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	d.Login("outsider").Get("/people/" + d.Login("leader").PersonID + "/points/entries").Want(http.StatusForbidden)
	d.Login("secretary").Get("/people/nobody/points/entries").WantCode(http.StatusNotFound, "not_found")
	d.Anonymous().Get(path).WantCode(http.StatusUnauthorized, "auth.required")
}

// walk reads a list to its end and gives "name earned" of each person.
func (d *desk) walk(client *apptest.Client, path string, limit int) []string {
	d.Helper()
	var rows []string
	for cursor := ""; ; {
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		page := client.Get(fmt.Sprintf("%s%slimit=%d&cursor=%s", path, separator, limit, cursor)).Want(http.StatusOK)
		items := page.Get("items").Array()
		for _, item := range items {
			rows = append(rows, fmt.Sprintf("%s %d", strings.TrimPrefix(item.Get("person.name").String(), "样例"), item.Get("earned").Int()))
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			return rows
		}
		if len(items) != limit {
			d.Fatalf("%s: a page of %d that is not the last has %d items", path, limit, len(items))
		}
	}
}

// filledDesk has people with points above, of and below zero, without any, and one who has moved away.
func filledDesk(t *testing.T) (d *desk, path string) {
	t.Helper()
	d = startDesk(t)
	for name, amount := range map[string]int64{"resident": 30, "leader": 20, "grid": 20, "merchant": 5} {
		d.give(d.Login(name).PersonID, amount, region.Harmony)
	}
	d.give(d.Login("resident").PersonID, 3, region.SafetyLaw)
	gone := d.Resident("gone")
	d.give(gone.PersonID, 25, region.Harmony)
	gone.Patch("/me", map[string]string{"home_region_id": d.World.Village.ID}).Want(http.StatusOK)
	moved := d.Resident("moved") // away, and without points here
	moved.Patch("/me", map[string]string{"home_region_id": d.World.Village.ID}).Want(http.StatusOK)

	// Given in October and taken back by hand in November: below zero in November.
	d.Clock.Set(time.Date(2026, 10, 20, 2, 0, 0, 0, time.UTC))
	d.give(d.Login("assignee").PersonID, 10, region.Harmony)
	d.Clock.Set(time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC))
	d.adjust(d.Login("assignee").PersonID, -4)
	// Given and reversed: figures of zero.
	entry := d.give(d.Login("secretary2").PersonID, 6, region.Harmony)
	d.Login("secretary").Post("/points/entries/"+entry.ID+"/reversal", map[string]any{"reason": "登记错了"}).Want(http.StatusOK)
	return d, "/regions/" + d.World.Community.ID + "/points"
}

// adjust has one secretary propose and another approve.
func (d *desk) adjust(personID string, amount int64) {
	d.Helper()
	id := d.Login("secretary").Post("/points/adjustments", map[string]any{"person_id": personID, "region_id": d.World.Community.ID,
		"amount": amount, "reason": "核对后更正"}).Want(http.StatusCreated).Get("id").String()
	d.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).Want(http.StatusOK)
}

func TestListByPoints(t *testing.T) {
	d, path := filledDesk(t)
	tied := []string{"leader 20", "grid 20"}
	if d.Login("grid").PersonID > d.Login("leader").PersonID {
		slices.Reverse(tied)
	}
	want := slices.Concat([]string{"resident 33", "gone 25"}, tied, []string{"merchant 5", "secretary2 0", "secretary 0", "assignee -4"})
	for _, limit := range []int{1, 2, 3, 4, 5, 7, 100} {
		if diff := cmp.Diff(want, d.walk(d.Login("secretary"), path, limit)); diff != "" {
			t.Errorf("pages of %d: %s", limit, diff)
		}
	}
	for query, want := range map[string][]string{
		"?period=2026-10":         {"assignee 10", "grid 0", "leader 0", "merchant 0", "resident 0", "secretary 0", "secretary2 0"},
		"?period=2026&q=assignee": {"assignee 6"}, "?period=2026-Q4&q=ASSIGN": {"assignee 6"}, "?period=all&q=assignee": {"assignee 6"},
		"?period=2026-11-22&q=gone": {"gone 25"}, "?q=样例re": {"resident 33"}, "?q=nobody": nil, "?q=%25": nil,
		"?star=safety_law&q=resident": {"resident 3"}, "?star=safety_law&q=leader": {"leader 0"},
	} {
		if diff := cmp.Diff(want, d.walk(d.Login("street"), path+query, 2)); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	d.wantSound()
}

func TestListByName(t *testing.T) {
	d, path := filledDesk(t)
	want := []string{"assignee -4", "gone 25", "grid 20", "leader 20", "merchant 5", "resident 33", "secretary 0", "secretary2 0"}
	for _, limit := range []int{1, 2, 3, 7, 8, 100} {
		if diff := cmp.Diff(want, d.walk(d.Login("secretary"), path+"?sort=name", limit)); diff != "" {
			t.Errorf("pages of %d: %s", limit, diff)
		}
	}
	if diff := cmp.Diff([]string{"secretary 0", "secretary2 0"}, d.walk(d.Login("secretary"), path+"?sort=name&q=secretary", 1)); diff != "" {
		t.Error(diff)
	}
}

func TestListOfATeam(t *testing.T) {
	d, path := filledDesk(t)
	d.App.Points.TeamMembers = func(_ context.Context, teamID string) (string, []string, error) {
		communities := map[string]string{"ours": d.World.Community.ID, "theirs": d.World.Village.ID, "empty": d.World.Community.ID}
		if teamID == "ours" {
			return communities[teamID], []string{d.Login("leader").PersonID, d.Login("secretary").PersonID, d.Login("gone").PersonID}, nil
		}
		return communities[teamID], nil, nil
	}
	for query, want := range map[string][]string{
		"?team_id=ours": {"gone 25", "leader 20", "secretary 0"}, "?team_id=ours&sort=name": {"gone 25", "leader 20", "secretary 0"},
		"?team_id=empty": nil, "?team_id=empty&sort=name": nil,
	} {
		if diff := cmp.Diff(want, d.walk(d.Login("secretary"), path+query, 2)); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	d.Login("secretary").Get(path+"?team_id=theirs").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestListOfAGridIsWhoLivesThere(t *testing.T) {
	d, _ := filledDesk(t)
	d.Home("other", d.World.Community.ID) // in the community, in no grid
	d.give(d.Login("other").PersonID, 50, region.Harmony)
	rows := d.walk(d.Login("secretary"), "/regions/"+d.World.Grid.ID+"/points", 3)
	for _, row := range rows {
		if strings.HasPrefix(row, "other") || strings.HasPrefix(row, "gone") {
			t.Errorf("%s does not live in the grid: %v", row, rows)
		}
	}
	if len(rows) != 7 {
		t.Errorf("%d people, want the 7 of the grid: %v", len(rows), rows)
	}
	byName := d.walk(d.Login("secretary"), "/regions/"+d.World.Grid.ID+"/points?sort=name", 3)
	if len(byName) != 7 {
		t.Errorf("%d people by name, want 7: %v", len(byName), byName)
	}
}

func TestListShowsWhatEachPersonHas(t *testing.T) {
	d, path := filledDesk(t)
	me := d.Login("resident")
	me.Put("/me/phone", map[string]string{"code": "sim:13800001234"}).Want(http.StatusOK)
	gone := d.Login("gone")
	gone.Put("/me/phone", map[string]string{"code": "sim:13900005678"}).Want(http.StatusOK)
	d.spend(me.PersonID, 13)
	d.serve(d.give(me.PersonID, 1, region.Harmony), 90)
	items := d.Login("secretary").Get(path).Want(http.StatusOK).Get("items").Array()
	first := items[0].Raw
	for path, want := range map[string]string{
		"person.id": me.PersonID, "person.name": "样例resident", "person.phone_masked": "138****1234", "earned": "34", "balance": "21",
		"by_star.harmony": "31", "by_star.safety_law": "3", "by_star.livable_ecology": "0", "service_minutes": "90",
	} {
		if got := gjson.Get(first, path).String(); got != want {
			t.Errorf("%s is %q, want %q: %s", path, got, want, first)
		}
	}
	if got := items[1].Get("person.phone_masked").String(); items[1].Get("person.id").String() != gone.PersonID || got != "" {
		t.Errorf("who has moved away shows the phone %q to the old community", got)
	}
}

func TestListIsRefused(t *testing.T) {
	d, path := filledDesk(t)
	secretary := d.Login("secretary")
	d.Anonymous().Get(path).WantCode(http.StatusUnauthorized, "auth.required")
	for _, name := range []string{"outsider", "resident", "leader", "grid", "assignee", "merchant"} {
		for _, call := range []string{path, path + ".xlsx", path + "/summary", path + "/trend", "/points/adjustments?region_id=" + d.World.Community.ID} {
			d.Login(name).Get(call).WantCode(http.StatusForbidden, "auth.forbidden")
		}
	}
	for _, query := range []string{"?period=2026-13", "?period=2026-Q5", "?period=now", "?sort=phone", "?star=civility", "?star=x", "?cursor=x", "?limit=0"} {
		secretary.Get(path+query).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	cursor := secretary.Get(path + "?limit=1").Want(http.StatusOK).Get("next_cursor").String()
	for _, other := range []string{"?sort=name", "?period=2026-10", "?star=harmony"} {
		secretary.Get(path+other+"&limit=1&cursor="+cursor).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	d.Login("street").Get("/regions/"+d.World.Street.ID+"/points").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	secretary.Get("/regions/nowhere/points").WantCode(http.StatusNotFound, "not_found")
	secretary.Get("/regions/"+d.World.Street.ID+"/points/summary").WantCode(http.StatusForbidden, "auth.forbidden")
}

func TestSummaryAndTrend(t *testing.T) {
	d, path := filledDesk(t)
	d.serve(d.giveIn(d.World.Village, d.Login("outsider").PersonID, 40, region.Civility), 120)
	must(t, d.App.Points.Seal(t.Context()))
	summary := d.Login("street").Get("/regions/" + d.World.Street.ID + "/points/summary").Want(http.StatusOK)
	here := summary.Get(`items.#(region.name=="样板社区")`)
	for path, want := range map[string]int64{
		"earned": 33 + 25 + 20 + 20 + 5 - 4, "people": 5, "entries": 7, "service_minutes": 0, "by_star.harmony": 30 + 25 + 20 + 20 + 5, "by_star.safety_law": 3, "by_star.strong_branch": 0,
	} {
		if got := here.Get(path); !got.Exists() || got.Int() != want {
			t.Errorf("%s is %s, want %d: %s", path, got, want, here)
		}
	}
	there := summary.Get(`items.#(region.name=="样板村")`)
	if there.Get("earned").Int() != 40 || there.Get("service_minutes").Int() != 120 || there.Get("by_star.civility").Int() != 40 {
		t.Errorf("the other community: %s", there)
	}
	own := d.Login("secretary").Get(path + "/summary?period=2026-10").Want(http.StatusOK)
	if own.Get("items.#").Int() != 1 || own.Get("items.0.earned").Int() != 10 || own.Get("items.0.period").String() != "2026-10" {
		t.Errorf("October of one community: %s", own)
	}
	paged := d.Login("street").Get("/regions/" + d.World.Street.ID + "/points/summary?limit=1").Want(http.StatusOK)
	rest := d.Login("street").Get("/regions/" + d.World.Street.ID + "/points/summary?limit=1&cursor=" + paged.Get("next_cursor").String()).Want(http.StatusOK)
	if paged.Get("items.0.region.id").String() == rest.Get("items.0.region.id").String() || rest.Get("next_cursor").Exists() {
		t.Errorf("two pages of one: %s and %s", paged, rest)
	}
	d.Login("street").Get("/regions/"+d.World.Street.ID+"/points/summary?period=2026-00").WantCode(http.StatusUnprocessableEntity, "input.invalid")

	trend := d.Login("street").Get("/regions/" + d.World.Street.ID + "/points/trend").Want(http.StatusOK)
	if got := trend.Get("items.#").Int(); got != 12 || trend.Get("items.0.period").String() != "2025-12" || trend.Get("items.11.period").String() != "2026-11" {
		t.Errorf("the last twelve months: %s", trend)
	}
	if got := trend.Get("items.11.earned").Int(); got != 99+40 {
		t.Errorf("November in the street: %d, want 139", got)
	}
	for _, above := range []region.Region{d.World.District, d.World.City} {
		same := d.Login("city").Get("/regions/" + above.ID + "/points/trend").Want(http.StatusOK)
		if same.Get("items").Raw != trend.Get("items").Raw {
			t.Errorf("of the only street's %s: %s, want %s", above.Kind, same, trend)
		}
	}
	own = d.Login("secretary").Get(path + "/trend?unit=month").Want(http.StatusOK)
	for path, want := range map[string]int64{"items.11.earned": 99, "items.10.earned": 10, "items.9.earned": 0, "items.11.by_star.harmony": 100, "items.0.by_star.harmony": 0} {
		if got := own.Get(path); !got.Exists() || got.Int() != want {
			t.Errorf("%s is %s, want %d", path, got, want)
		}
	}
	if got := d.Login("secretary").Get(path + "/trend?unit=year").Want(http.StatusOK).Get("items.11.earned").Int(); got != 109 {
		t.Errorf("this year: %d, want 109", got)
	}
	d.Login("secretary").Get(path+"/trend?unit=hour").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestATrendOfWeeksSumsTheirDays(t *testing.T) {
	d := startDesk(t)
	resident := d.Login("resident").PersonID
	sundayNight := time.Date(2026, 11, 15, 15, 59, 0, 0, time.UTC) // a minute to Monday in Shanghai
	for at, amount := range map[time.Time]int64{sundayNight: 3, sundayNight.Add(time.Minute): 7, sundayNight.AddDate(0, 0, 5): 5} {
		d.Clock.Set(at)
		d.give(resident, amount, region.Harmony)
	}
	d.Clock.Set(time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC))
	must(t, d.App.Points.Seal(t.Context()))
	trend := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/points/trend?unit=week").Want(http.StatusOK)
	for path, want := range map[string]string{
		"items.#": "12", "items.11.period": "2026-11-16", "items.11.earned": "12", "items.11.entries": "2",
		"items.11.by_star.harmony": "12", "items.10.period": "2026-11-09", "items.10.earned": "3", "items.9.earned": "0",
	} {
		if got := trend.Get(path).String(); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestWorkbookHoldsTheWholeList(t *testing.T) {
	d, path := filledDesk(t)
	formula := "=1+1"
	d.Login("merchant").Patch("/me", map[string]string{"name": formula}).Want(http.StatusOK)
	answer := d.Login("secretary").Get(path + ".xlsx?period=2026-11").Want(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" {
		t.Errorf("content type %q", got)
	}
	_, parameters, err := mime.ParseMediaType(answer.Header.Get("Content-Disposition"))
	if err != nil || parameters["filename"] != "样板社区积分 2026年11月.xlsx" {
		t.Errorf("file name %q, %v, in %q", parameters["filename"], err, answer.Header.Get("Content-Disposition"))
	}
	workbook, err := excelize.OpenReader(bytes.NewReader(answer.Body))
	must(t, err)
	rows, err := workbook.GetRows("积分")
	must(t, err)
	if diff := cmp.Diff([]string{"姓名", "手机号", "2026年11月获得积分", "支部过硬", "宜业兴业", "生态宜居", "平安法治", "幸福和谐", "现有积分", "服务时长(分钟)"}, rows[0]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"样例resident", "", "33", "0", "0", "0", "3", "30", "33", "0"}, rows[1]); diff != "" {
		t.Error(diff)
	}
	if len(rows) != 9 {
		t.Errorf("%d rows, want the header and 8 people", len(rows))
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return row[0] == formula })
	if at < 0 {
		t.Fatalf("no row for %q: %v", formula, rows)
	}
	cell := fmt.Sprintf("A%d", at+1)
	if got, err := workbook.GetCellFormula("积分", cell); err != nil || got != "" {
		t.Errorf("the name became the formula %q, %v", got, err)
	}
	styleID, err := workbook.GetCellStyle("积分", cell)
	must(t, err)
	style, err := workbook.GetStyle(styleID)
	must(t, err)
	if style.NumFmt != 49 {
		t.Errorf("the cell has number format %d, want 49 (text), so that it stays text when it is edited", style.NumFmt)
	}

	entries := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/audit").Want(http.StatusOK)
	if got := entries.Get(`items.#(act=="points.exported").after.people`).Int(); got != 8 {
		t.Errorf("the audit log tells of %d people exported, want 8: %s", got, entries)
	}
	byName := d.Login("secretary").Get(path + ".xlsx?sort=name&star=safety_law&q=" + url.QueryEscape("样例re")).Want(http.StatusOK)
	workbook, err = excelize.OpenReader(bytes.NewReader(byName.Body))
	must(t, err)
	if rows, err = workbook.GetRows("积分"); err != nil || len(rows) != 2 || rows[1][2] != "3" {
		t.Errorf("narrowed: %v, %v", rows, err)
	}
}

// Who took the list of a grid away stands where the secretary looks: in the log of the community.
func TestTheWorkbookOfAGridIsInItsCommunitysLog(t *testing.T) {
	d := startDesk(t)
	d.Login("secretary").Get("/regions/" + d.World.Grid.ID + "/points.xlsx").Want(http.StatusOK)
	log := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/audit").Want(http.StatusOK)
	if got := log.Get(`items.#(act=="points.exported").subject_id`).String(); got != d.World.Grid.ID {
		t.Errorf("the log of the community tells of the list of %q, want that of the grid: %s", got, log)
	}
}

func TestReversal(t *testing.T) {
	d := startDesk(t)
	me, secretary := d.Login("resident"), d.Login("secretary")
	reverse := func(id string) string { return "/points/entries/" + id + "/reversal" }
	reason := map[string]any{"reason": "那天没有来"}
	entry := d.give(me.PersonID, 10, region.Harmony)
	d.serve(entry, 60)
	ownEntry := d.give(secretary.PersonID, 10, region.Harmony)

	for _, name := range []string{"resident", "leader", "grid", "outsider", "assignee"} {
		d.Login(name).Post(reverse(entry.ID), reason).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	d.Anonymous().Post(reverse(entry.ID), reason).WantCode(http.StatusUnauthorized, "auth.required")
	secretary.Post(reverse(ownEntry.ID), reason).WantCode(http.StatusForbidden, "review.own_work")
	secretary.Post(reverse("nothing"), reason).WantCode(http.StatusNotFound, "not_found")
	secretary.Post(reverse(entry.ID), map[string]any{"reason": " "}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	secretary.Post(reverse(entry.ID), map[string]any{"reason": strings.Repeat("长", 501)}).WantCode(http.StatusUnprocessableEntity, "input.invalid")

	done := secretary.Post(reverse(entry.ID), reason).Want(http.StatusOK)
	if done.Get("amount").Int() != -10 || done.Get("kind").String() != "reversal" || done.Get("reverses_id").String() != entry.ID || done.Get("memo").String() != "那天没有来" {
		t.Errorf("the reversal: %s", done)
	}
	d.Login("secretary2").Post(reverse(entry.ID), reason).WantCode(http.StatusConflict, "points.reversed")
	secretary.Post(reverse(done.Get("id").String()), reason).WantCode(http.StatusConflict, "points.not_reversible")
	mine := me.Get("/me/points").Want(http.StatusOK)
	if mine.Get("balance").Int() != 0 || mine.Get("earned.month").Int() != 0 || mine.Get("service_minutes").Int() != 0 {
		t.Errorf("after the reversal: %s", mine)
	}
	history := me.Get("/me/points/entries").Want(http.StatusOK)
	if history.Get("items.#").Int() != 2 || !history.Get("items.1.reversed").Bool() || history.Get("items.0.reversed").Bool() {
		t.Errorf("the history: %s", history)
	}
	log := secretary.Get("/regions/" + d.World.Community.ID + "/audit").Want(http.StatusOK).Get(`items.#(act=="points.reversed")`)
	if log.Get("subject_id").String() != entry.ID || log.Get("reason").String() != "那天没有来" {
		t.Errorf("the audit log: %s", log)
	}

	kept := d.give(me.PersonID, 10, region.Harmony)
	d.serve(kept, 30)
	secretary.Post(reverse(kept.ID), map[string]any{"reason": "分数算错了", "keep_minutes": true}).Want(http.StatusOK)
	if got := me.Get("/me/points").Want(http.StatusOK).Get("service_minutes").Int(); got != 30 {
		t.Errorf("%d minutes, want the 30 that were kept", got)
	}

	spent := d.give(me.PersonID, 10, region.Harmony)
	d.spend(me.PersonID, 3)
	secretary.Post(reverse(spent.ID), reason).WantCode(http.StatusConflict, "points.short")
	if got := me.Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 7 {
		t.Errorf("balance %d after a refused reversal, want 7", got)
	}
	spending := me.Get("/me/points/entries?limit=1").Want(http.StatusOK).Get("items.0.id").String()
	secretary.Post(reverse(spending), reason).WantCode(http.StatusConflict, "points.not_reversible")
	d.wantSound()
}

func TestHundredsReverseAnEntryOnce(t *testing.T) {
	d := startDesk(t)
	entry := d.give(d.Login("resident").PersonID, 10, region.Harmony)
	d.give(d.Login("resident").PersonID, 1000, region.Harmony) // enough to take it many times
	var done, refused atomic.Int64
	var group sync.WaitGroup
	for i := range 100 {
		officer := d.Login([]string{"secretary", "secretary2", "street"}[i%3])
		group.Go(func() {
			switch answer := officer.Post("/points/entries/"+entry.ID+"/reversal", map[string]any{"reason": "登记错了"}); answer.Status {
			case http.StatusOK:
				done.Add(1)
			case http.StatusConflict:
				refused.Add(1)
			default:
				t.Error(answer)
			}
		})
	}
	group.Wait()
	if done.Load() != 1 || refused.Load() != 99 {
		t.Errorf("%d reversed it and %d were refused, want 1 and 99", done.Load(), refused.Load())
	}
	d.wantSound()
}

func TestAdjustmentTakesTwoOfficers(t *testing.T) {
	d := startDesk(t)
	me, first, second := d.Login("resident"), d.Login("secretary"), d.Login("secretary2")
	body := map[string]any{"person_id": me.PersonID, "region_id": d.World.Community.ID, "amount": 15, "reason": "上周活动漏记"}
	proposed := first.Post("/points/adjustments", body).Want(http.StatusCreated)
	for path, want := range map[string]string{"state": "pending", "amount": "15", "person_id": me.PersonID, "person_name": "样例resident", "region_id": d.World.Community.ID,
		"reason": "上周活动漏记", "proposed_by": first.PersonID, "proposed_by_name": "样例secretary", "decided_by": "", "decided_at": ""} {
		if got := proposed.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	approve := "/points/adjustments/" + proposed.Get("id").String() + "/approve"
	if got := me.Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 0 {
		t.Errorf("balance %d before anybody has approved", got)
	}
	first.Post(approve, nil).WantCode(http.StatusForbidden, "review.own_work")
	for _, name := range []string{"resident", "leader", "grid", "outsider", "assignee"} {
		d.Login(name).Post(approve, nil).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	d.Anonymous().Post(approve, nil).WantCode(http.StatusUnauthorized, "auth.required")
	for _, name := range []string{"secretary2", "street", "city"} {
		if got := d.Login(name).Get("/points/adjustments?region_id=" + d.World.Community.ID).Want(http.StatusOK).Get("items.0.id").String(); got != proposed.Get("id").String() {
			t.Errorf("%s does not see what is pending", name)
		}
	}
	if got := d.Login("street").Get("/points/adjustments?region_id=" + d.World.Street.ID).Want(http.StatusOK).Get("items.#").Int(); got != 1 {
		t.Errorf("the street sees %d pending in its communities, want 1", got)
	}
	posted := second.Post(approve, nil).Want(http.StatusOK)
	if posted.Get("state").String() != "posted" || posted.Get("decided_by").String() != second.PersonID || posted.Get("decided_at").String() != "2026-11-22T02:00:00Z" {
		t.Errorf("approved: %s", posted)
	}
	second.Post(approve, nil).Want(http.StatusOK) // the same person asks again, who has not heard the answer
	d.Login("street").Post(approve, nil).WantCode(http.StatusConflict, "adjustment.decided")
	second.Post(strings.Replace(approve, "approve", "reject", 1), nil).WantCode(http.StatusConflict, "adjustment.decided")

	history := me.Get("/me/points/entries").Want(http.StatusOK)
	if history.Get("items.#").Int() != 1 || history.Get("items.0.kind").String() != "adjustment" || history.Get("items.0.amount").Int() != 15 ||
		history.Get("items.0.memo").String() != "上周活动漏记" || history.Get("items.0.confirmed_by").String() != "样例secretary2" {
		t.Errorf("the person's own history: %s", history)
	}
	if got := me.Get("/me/points").Want(http.StatusOK); got.Get("balance").Int() != 15 || got.Get("earned.month").Int() != 15 {
		t.Errorf("the person's points: %s", got)
	}
	log := first.Get("/regions/" + d.World.Community.ID + "/audit").Want(http.StatusOK)
	for act, actor := range map[string]string{"points.adjustment_proposed": first.PersonID, "points.adjustment_posted": second.PersonID} {
		if got := log.Get(`items.#(act=="` + act + `").actor_id`).String(); got != actor {
			t.Errorf("the audit log has %s by %q, want %q", act, got, actor)
		}
	}
	if got := second.Get("/points/adjustments?region_id=" + d.World.Community.ID).Want(http.StatusOK).Get("items.#").Int(); got != 0 {
		t.Errorf("%d still pending", got)
	}
	if got := second.Get("/points/adjustments?state=posted&region_id=" + d.World.Community.ID).Want(http.StatusOK).Get("items.#").Int(); got != 1 {
		t.Errorf("%d posted, want 1", got)
	}
	d.wantSound()
}

func TestAdjustmentIsRefused(t *testing.T) {
	d := startDesk(t)
	me, secretary := d.Login("resident"), d.Login("secretary")
	propose := func(client *apptest.Client, changes map[string]any) *apptest.Answer {
		body := map[string]any{"person_id": me.PersonID, "region_id": d.World.Community.ID, "amount": 15, "reason": "上周活动漏记"}
		for key, value := range changes {
			body[key] = value
		}
		return client.Post("/points/adjustments", body)
	}
	for _, name := range []string{"resident", "leader", "grid", "outsider", "street", "assignee"} {
		propose(d.Login(name), nil).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	propose(d.Anonymous(), nil).WantCode(http.StatusUnauthorized, "auth.required")
	propose(secretary, map[string]any{"person_id": secretary.PersonID}).WantCode(http.StatusForbidden, "review.own_work")
	for _, changes := range []map[string]any{
		{"amount": 0}, {"amount": 10001}, {"amount": -10001}, {"amount": 1.5}, {"reason": ""}, {"reason": "短"}, {"reason": strings.Repeat("长", 501)},
		{"person_id": strings.Repeat("x", 27)}, {"amount": "15"},
	} {
		propose(secretary, changes).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	propose(secretary, map[string]any{"person_id": "nobody"}).WantCode(http.StatusNotFound, "not_found")
	propose(secretary, map[string]any{"person_id": d.Login("outsider").PersonID}).WantCode(http.StatusNotFound, "not_found")
	propose(secretary, map[string]any{"region_id": "nowhere"}).WantCode(http.StatusNotFound, "not_found")
	propose(d.Login("admin"), map[string]any{"region_id": d.World.Street.ID}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	propose(secretary, map[string]any{"amount": -1}).WantCode(http.StatusConflict, "points.short")
	propose(secretary, map[string]any{"amount": 201}).WantCode(http.StatusConflict, "points.daily_limit")
	if got := secretary.Get("/points/adjustments?region_id=" + d.World.Community.ID).Want(http.StatusOK).Get("items.#").Int(); got != 0 {
		t.Errorf("%d refused adjustments are pending", got)
	}
	secretary.Post("/points/adjustments/nothing/approve", nil).WantCode(http.StatusNotFound, "not_found")
	secretary.Post("/points/adjustments/nothing/reject", nil).WantCode(http.StatusNotFound, "not_found")

	// Who it is about decides nothing, not even against it.
	about := propose(secretary, map[string]any{"person_id": d.Login("secretary2").PersonID}).Want(http.StatusCreated).Get("id").String()
	for _, verdict := range []string{"/approve", "/reject"} {
		d.Login("secretary2").Post("/points/adjustments/"+about+verdict, nil).WantCode(http.StatusForbidden, "review.own_work")
	}
}

func TestAdjustmentThatTakesPoints(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	d.give(me.PersonID, 20, region.Harmony)
	propose := map[string]any{"person_id": me.PersonID, "region_id": d.World.Community.ID, "amount": -20, "reason": "活动多记了"}
	id := d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated).Get("id").String()
	d.spend(me.PersonID, 1)
	d.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).WantCode(http.StatusConflict, "points.short")
	still := d.Login("secretary2").Get("/points/adjustments?region_id=" + d.World.Community.ID).Want(http.StatusOK)
	if got := still.Get("items.0.state").String(); got != "pending" {
		t.Errorf("after a refused approval it is %q, want pending", got)
	}
	d.give(me.PersonID, 1, region.Harmony)
	d.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).Want(http.StatusOK)
	if got := me.Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 0 {
		t.Errorf("balance %d, want 0", got)
	}
	d.wantSound()
}

func TestRejectedAdjustmentGivesItsRoomBack(t *testing.T) {
	d := startDesk(t)
	propose := map[string]any{"person_id": d.Login("resident").PersonID, "region_id": d.World.Community.ID, "amount": 150, "reason": "上周活动漏记"}
	id := d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated).Get("id").String()
	d.Login("secretary").Post("/points/adjustments", propose).WantCode(http.StatusConflict, "points.daily_limit")
	rejected := d.Login("secretary2").Post("/points/adjustments/"+id+"/reject", map[string]any{"reason": "没有签到记录"}).Want(http.StatusOK)
	if rejected.Get("state").String() != "rejected" {
		t.Errorf("rejected: %s", rejected)
	}
	d.Login("street").Post("/points/adjustments/"+id+"/approve", nil).WantCode(http.StatusConflict, "adjustment.decided")
	second := d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated).Get("id").String()
	d.Login("secretary").Post("/points/adjustments/"+second+"/reject", nil).Want(http.StatusOK) // thought better of it
	d.Clock.Advance(24 * time.Hour)
	d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated)
	if got := d.Login("resident").Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 0 {
		t.Errorf("balance %d, want 0", got)
	}
}

func TestDailyLimitIsThatOfTheCommunity(t *testing.T) {
	d := startDesk(t)
	settings := map[string]any{}
	d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/settings").Want(http.StatusOK).Into(&settings)
	settings["daily_adjust_points"], settings["reason"] = 10, "今年少用手工调整"
	d.Login("secretary").Put("/regions/"+d.World.Community.ID+"/settings", settings).Want(http.StatusOK)
	propose := map[string]any{"person_id": d.Login("resident").PersonID, "region_id": d.World.Community.ID, "amount": 11, "reason": "上周活动漏记"}
	d.Login("secretary").Post("/points/adjustments", propose).WantCode(http.StatusConflict, "points.daily_limit")
	propose["amount"] = 10
	d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated)
}

func TestHundredsApproveAnAdjustmentOnce(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	propose := map[string]any{"person_id": me.PersonID, "region_id": d.World.Community.ID, "amount": 15, "reason": "上周活动漏记"}
	id := d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated).Get("id").String()
	var group sync.WaitGroup
	for i := range 100 {
		officer := d.Login([]string{"secretary2", "street", "district", "city"}[i%4])
		group.Go(func() {
			answer := officer.Post("/points/adjustments/"+id+"/approve", nil)
			if answer.Status != http.StatusOK && answer.Status != http.StatusConflict {
				t.Error(answer)
			}
		})
	}
	group.Wait()
	if got := me.Get("/me/points").Want(http.StatusOK).Get("balance").Int(); got != 15 {
		t.Errorf("balance %d, want 15", got)
	}
	if got := me.Get("/me/points/entries").Want(http.StatusOK).Get("items.#").Int(); got != 1 {
		t.Errorf("%d entries, want 1", got)
	}
	log := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/audit?limit=100").Want(http.StatusOK)
	if got := log.Get(`items.#(act=="points.adjustment_posted")#|#`).Int(); got != 1 {
		t.Errorf("it was approved %d times, want once", got)
	}
	d.wantSound()
}

func TestDailyLimitHoldsInARace(t *testing.T) {
	d := startDesk(t)
	propose := map[string]any{"person_id": d.Login("resident").PersonID, "region_id": d.World.Community.ID, "amount": 30, "reason": "上周活动漏记"}
	var proposed, refused atomic.Int64
	var group sync.WaitGroup
	for i := range 60 {
		officer := d.Login([]string{"secretary", "secretary2"}[i%2])
		group.Go(func() {
			switch answer := officer.Post("/points/adjustments", propose); answer.Status {
			case http.StatusCreated:
				proposed.Add(1)
			case http.StatusConflict:
				refused.Add(1)
			default:
				t.Error(answer)
			}
		})
	}
	group.Wait()
	if proposed.Load() != 6 || refused.Load() != 54 {
		t.Errorf("%d were proposed and %d refused, want 6 of 30 points each within 200, and 54", proposed.Load(), refused.Load())
	}
}

func TestLeavingEndsWhatIsOpenAndKeepsTheLedger(t *testing.T) {
	d := startDesk(t)
	me := d.Resident("leaver")
	d.serve(d.give(me.PersonID, 10, region.Harmony), 60)
	propose := map[string]any{"person_id": me.PersonID, "region_id": d.World.Community.ID, "amount": 15, "reason": "上周活动漏记"}
	id := d.Login("secretary").Post("/points/adjustments", propose).Want(http.StatusCreated).Get("id").String()
	d.WantHistory(d.App.Points.HistoryAmong, []string{me.PersonID}, []string{d.Login("merchant").PersonID})
	other := map[string]any{"person_id": d.Resident("stays").PersonID, "region_id": d.World.Community.ID, "amount": 200, "reason": "另一位居民的漏记"}
	d.Login("secretary").Post("/points/adjustments", other).WantCode(http.StatusConflict, "points.daily_limit")
	export := me.Get("/me/export").Want(http.StatusOK)
	for path, want := range map[string]string{"entries.0.memo": "打扫楼道", "adjustments.0.reason": "上周活动漏记", "services.0.minutes": "60", "accounts.0.balance": "10"} {
		if got := export.Get("rooms.points." + path).String(); got != want {
			t.Errorf("%s of the export is %q, want %q: %s", path, got, want, export)
		}
	}
	me.Delete("/me").Want(http.StatusNoContent)
	d.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).WantCode(http.StatusConflict, "adjustment.decided")
	d.Login("secretary").Post("/points/adjustments", other).Want(http.StatusCreated)
	row := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/points").Want(http.StatusOK).Get("items.0")
	if row.Get("person.name").String() != "已注销居民" || row.Get("earned").Int() != 10 {
		t.Errorf("the list shows %s", row)
	}
	d.wantSound()
}
