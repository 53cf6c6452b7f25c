package seed_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/tidwall/gjson"

	"fivestar/configs"
	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/seed"
)

// scene is a server with the demo data.
type scene struct {
	*apptest.Harness
	sanwan, shishu string // the two communities
}

func loadDemo(t *testing.T) *scene {
	t.Helper()
	h := apptest.StartEmpty(t)
	if err := seed.Demo(t.Context(), h.App, configs.Demo); err != nil {
		t.Fatal(err)
	}
	return &scene{Harness: h,
		sanwan: h.Login("secretary").Get("/me").Want(200).Get("home.community_id").String(),
		shishu: h.Login("outsider").Get("/me").Want(200).Get("home.community_id").String()}
}

// all reads every page of a list.
func all(client *apptest.Client, path string) []gjson.Result {
	var items []gjson.Result
	for cursor := ""; ; {
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		page := client.Get(path + separator + "limit=100&cursor=" + cursor).Want(http.StatusOK)
		items = append(items, page.Get("items").Array()...)
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			return items
		}
	}
}

// everywhere reads a list of both communities; %s in the path stands for the community.
func (s *scene) everywhere(path string) []gjson.Result {
	return append(all(s.Login("secretary"), fmt.Sprintf(path, s.sanwan)), all(s.Login("outsider"), fmt.Sprintf(path, s.shishu))...)
}

func countBy(items []gjson.Result, field string) map[string]int {
	counts := map[string]int{}
	for _, item := range items {
		counts[item.Get(field).String()]++
	}
	return counts
}

// TestDemo looks at one loading from all sides: to load takes longer than to look.
func TestDemo(t *testing.T) {
	s := loadDemo(t)
	t.Run("holds what was promised", s.holdsWhatWasPromised)
	t.Run("has a sound ledger", s.hasASoundLedger)
	t.Run("lets its people in", s.letsItsPeopleIn)
	t.Run("has cards that work", s.hasCardsThatWork)
	t.Run("happened when the data says", s.happenedWhenTheDataSays)
	t.Run("shows something in every list", s.showsSomethingInEveryList)
	t.Run("is loaded once", s.isLoadedOnce)
}

func (s *scene) holdsWhatWasPromised(t *testing.T) {
	for _, test := range []struct {
		what string
		got  int
		want int
	}{
		{"teams", len(s.everywhere("/teams?region_id=%s")), 12},
		{"social organisations", countBy(s.everywhere("/organisations?region_id=%s"), "kind")["social"], 11},
		{"services", len(s.everywhere("/services?region_id=%s")), 16},
		{"stations", len(s.everywhere("/stations?region_id=%s")), 3},
		{"activities", countBy(s.everywhere("/activities?region_id=%s"), "kind")["activity"], 9},
		{"whistles", countBy(s.everywhere("/activities?region_id=%s"), "kind")["whistle"], 1},
		{"tickets", len(s.everywhere("/tickets?region_id=%s")), 20},
	} {
		if test.got != test.want {
			t.Errorf("%d %s, want %d", test.got, test.what, test.want)
		}
	}

	stages := countBy(s.everywhere("/tickets?region_id=%s"), "stage")
	for _, stage := range []string{"raised", "dispatched", "accepted", "completed", "closed", "rejected", "merged", "withdrawn"} {
		if stages[stage] == 0 {
			t.Errorf("no ticket is %s", stage)
		}
	}
	tasks := s.everywhere("/tasks?region_id=%s")
	for _, state := range []string{"draft", "closed", "withdrawn"} {
		more := s.everywhere("/tasks?state=" + state + "&region_id=%s")
		if len(more) == 0 {
			t.Errorf("no task is %s", state)
		}
		tasks = append(tasks, more...)
	}
	stars := countBy(tasks, "star")
	if len(tasks) < 40 || len(stars) != 7 { // five of each kind of community, three of them the same
		t.Errorf("%d tasks under the stars %v", len(tasks), stars)
	}
	for star, count := range stars {
		if count < 4 {
			t.Errorf("only %d tasks under %s", count, star)
		}
	}
}

func (s *scene) hasASoundLedger(t *testing.T) {
	if err := s.App.Points.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	report, err := s.App.Points.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range report.Findings {
		t.Error(finding)
	}
	if report.Entries < 40 || report.Services < 10 || report.Communities != 2 {
		t.Errorf("%d entries and %d services in %d communities", report.Entries, report.Services, report.Communities)
	}
}

func (s *scene) letsItsPeopleIn(t *testing.T) {
	for name, want := range map[string]string{
		"admin": "admin", "city": "city_officer", "district": "district_officer", "street": "street_officer",
		"secretary": "secretary", "secretary2": "secretary", "leader": "leader", "grid": "grid_worker",
		"assignee": "assignee", "merchant": "assignee", "resident": "", "outsider": "secretary",
	} {
		me := s.Login(name).Get("/me").Want(http.StatusOK)
		if got := me.Get("roles.0.role").String(); got != want || me.Get("roles.#").Int() > 1 {
			t.Errorf("sim:%s has the roles %s, want %q", name, me.Get("roles"), want)
		}
		if !strings.HasPrefix(me.Get("phone_masked").String(), "138****01") {
			t.Errorf("sim:%s has the phone %q", name, me.Get("phone_masked"))
		}
	}
	for _, name := range []string{"secretary", "secretary2", "leader", "grid", "assignee", "merchant", "resident"} {
		if home := s.Login(name).Get("/me").Get("home"); home.Get("community_name").String() != "三湾街社区" || !home.Get("verified").Bool() {
			t.Errorf("the home of sim:%s is %s", name, home)
		}
	}
	if s.sanwan == s.shishu || s.shishu == "" {
		t.Errorf("the secretary's community is %q, and the outsider's %q", s.sanwan, s.shishu)
	}
	people := all(s.Login("secretary"), "/regions/"+s.sanwan+"/people")
	if verified := countBy(people, "home.verified"); verified["true"] < 20 || verified["false"] == 0 {
		t.Errorf("verified homes: %v", verified)
	}
	if stranger := s.Login("somebody-else").Get("/me").Want(200); stranger.Get("home").Type != gjson.Null {
		t.Errorf("a stranger: %s", stranger)
	}
}

func (s *scene) hasCardsThatWork(t *testing.T) {
	file := filepath.Join(s.App.Config.Data, seed.CardsFileName)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of cards has the mode %v, %v", info.Mode(), err)
	}
	living, lost := 0, 0
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		helper := s.Login("secretary")
		if fields[0] == "柳范例" || fields[0] == "史举例" { // of the village
			helper = s.Login("outsider")
		}
		token := strings.TrimPrefix(fields[1], "FS1:C:")
		if len(fields) == 3 {
			lost++
			helper.ByCard(token).Get("/me").WantCode(403, "card.refused")
			continue
		}
		living++
		if name := helper.ByCard(token).Get("/me").Want(200).Get("name").String(); name != fields[0] {
			t.Errorf("the card of %s is that of %s", fields[0], name)
		}
	}
	if living != 5 || lost != 1 {
		t.Errorf("%d living cards and %d lost ones, want 5 and 1", living, lost)
	}
}

func (s *scene) happenedWhenTheDataSays(t *testing.T) {
	now := s.Clock.Now()
	if got := s.App.DB.Now(); !got.Equal(now) {
		t.Errorf("after loading, the database's clock shows %s, want %s", got, now)
	}
	secretary := s.Login("secretary")
	find := func(items []gjson.Result, field, text string) gjson.Result {
		t.Helper()
		at := slices.IndexFunc(items, func(item gjson.Result) bool { return strings.Contains(item.Get(field).String(), text) })
		if at < 0 {
			t.Fatalf("nothing with %s %q", field, text)
		}
		return items[at]
	}
	tickets := all(secretary, "/tickets?region_id="+s.sanwan)
	unrated := secretary.Get("/tickets/" + find(tickets, "text", "公告栏的玻璃").Get("id").String()).Want(200)
	if unrated.Get("closed_as").String() != "unrated" || unrated.Get(`timeline.#(act=="unrated").at`).Time() != now.Add(-11*24*time.Hour) {
		t.Errorf("%s", unrated)
	}
	bench := find(tickets, "text", "公交站")
	if bench.Get("raised_at").Time() != now.Add(-288*time.Minute) || bench.Get("votes").Int() != 3 || bench.Get("content_state").String() != "passed" {
		t.Errorf("%s", bench)
	}
	if absorbed := find(tickets, "text", "馊味"); absorbed.Get("votes").Int() != 7 { // 5, and of the merged ticket its raiser and one more
		t.Errorf("%d votes where another ticket was merged, want 7", absorbed.Get("votes").Int())
	}
	rework := find(tickets, "text", "灯不亮")
	if rework.Get("stage").String() != "raised" || rework.Get("rework").Int() != 1 {
		t.Errorf("%s", rework)
	}
	if !slices.IsSortedFunc(tickets, func(a, b gjson.Result) int { return b.Get("raised_at").Time().Compare(a.Get("raised_at").Time()) }) {
		t.Error("the newest tickets do not come first")
	}

	activities := all(secretary, "/activities?region_id="+s.sanwan)
	drill := find(activities, "title", "灭火器")
	if drill.Get("waiting").Int() != 2 || drill.Get("places_left").Int() != 0 {
		t.Errorf("%s", drill)
	}
	minutes := map[string]int64{}
	for _, presence := range all(secretary, "/activities/"+find(activities, "title", "义剪日").Get("id").String()+"/attendance") {
		minutes[presence.Get("person.name").String()+" "+presence.Get("method").String()] = presence.Get("minutes").Int()
	}
	for who, want := range map[string]int64{"秦举例 code": 180, "沈示例 code": 172, "曹样本 personal_code": 120, "袁示例 card": 60} {
		if minutes[who] != want {
			t.Errorf("%s: %d minutes, want %d", who, minutes[who], want)
		}
	}
	entries := all(s.Login("resident"), "/me/points/entries")
	oldest, newest := entries[len(entries)-1].Get("at").Time(), entries[0].Get("at").Time()
	if now.Sub(oldest) < 50*24*time.Hour || now.Sub(newest) > 7*24*time.Hour {
		t.Errorf("the resident earned from %s to %s", oldest, newest)
	}
}

func (s *scene) turnLeaderboardOn(secretary *apptest.Client) {
	path := "/regions/" + s.sanwan + "/settings"
	var settings map[string]any
	secretary.Get(path).Want(200).Into(&settings)
	settings["leaderboard"], settings["reason"] = true, "居民会议同意"
	secretary.Put(path, settings).Want(200)
}

// showsSomethingInEveryList goes by the contract: a list that is added is missed here until the demo has something
// for it.
func (s *scene) showsSomethingInEveryList(t *testing.T) {
	secretary, resident := s.Login("secretary"), s.Login("resident")
	first := func(client *apptest.Client, path, field string) string {
		t.Helper()
		return client.Get(path).Want(200).Get(field).String()
	}
	street := first(secretary, "/regions/"+s.sanwan, "parent_id")
	fraudTalk := first(secretary, "/tasks?limit=100&region_id="+s.sanwan, `items.#(title=="讲一小时防诈骗").id`)
	yard := first(secretary, "/activities?region_id="+s.sanwan, `items.#(title=="红马甲扫院子").id`)
	team := first(secretary, "/teams?region_id="+s.sanwan, `items.#(name=="槐荫院邻里互助队").id`)
	barber := first(secretary, "/organisations?limit=100&region_id="+s.sanwan, `items.#(name=="济源路样板理发店").id`)
	haircut := first(secretary, "/rewards?organisation_id="+barber, "items.0.id")
	elder := first(secretary, "/regions/"+s.sanwan+"/people?q=俞演示", "items.0.id")
	preview := secretary.Upload("/regions/"+s.sanwan+"/roster/previews", "名单.csv", []byte("姓名\n样例新人\n")).Want(http.StatusCreated).Get("id").String()
	s.turnLeaderboardOn(secretary) // off until a community wants one, in the demo too
	shown := map[string]map[string][]*apptest.Client{
		"listRegions":                {"/regions": {secretary, resident}, "/regions?parent_id=" + s.sanwan: {secretary, resident}},
		"listAuditEntries":           {"/regions/" + s.sanwan + "/audit": {secretary}},
		"listRoleGrants":             {"/regions/" + s.sanwan + "/role-grants": {secretary}},
		"listOrganisations":          {"/organisations?region_id=" + s.sanwan: {secretary, resident}},
		"listServices":               {"/services?region_id=" + s.sanwan: {secretary, resident}},
		"listServicesOfOrganisation": {"/organisations/" + barber + "/services": {secretary, resident}},
		"listPeople":                 {"/regions/" + s.sanwan + "/people": {secretary}},
		"listCards":                  {"/people/" + elder + "/cards": {secretary}},
		"listPhoneViews":             {"/me/phone-views": {resident}},
		"listContentChecks":          {"/regions/" + s.sanwan + "/content-checks": {secretary}},
		"listRosterImports":          {"/regions/" + s.sanwan + "/roster/imports": {secretary}},
		"listRosterPreviewRows":      {"/roster/previews/" + preview + "/rows": {secretary}}, // which lives too short for the demo to have one
		"listHouseholds":             {"/regions/" + s.sanwan + "/households": {secretary}},
		"listMyHouseholds":           {"/me/households": {s.Login("volunteer1")}},
		"listMyPointsEntries":        {"/me/points/entries": {resident}},
		"listPointsEntries":          {"/people/" + resident.PersonID + "/points/entries": {secretary, resident}},
		"listPoints":                 {"/regions/" + s.sanwan + "/points": {secretary}},
		"summarisePoints":            {"/regions/" + s.sanwan + "/points/summary": {secretary}, "/regions/" + street + "/points/summary": {s.Login("street")}},
		"getPointsTrend":             {"/regions/" + s.sanwan + "/points/trend": {secretary}},
		"listAdjustments":            {"/points/adjustments?region_id=" + s.sanwan: {secretary}, "/points/adjustments?state=posted&region_id=" + s.sanwan: {secretary}},
		"listLeaderboard":            {"/regions/" + s.sanwan + "/leaderboard": {secretary, resident}},
		"listMyDisputes":             {"/me/points/disputes": {resident}},
		"listDisputes": {"/regions/" + s.sanwan + "/points/disputes": {secretary}, "/regions/" + s.sanwan + "/points/disputes?state=answered": {secretary},
			"/regions/" + street + "/points/disputes?state=appealed": {s.Login("street")}},
		"listBulletins":       {"/regions/" + street + "/bulletins": {s.Login("street")}},
		"listBulletinRows":    {"/regions/" + s.sanwan + "/bulletin/claims_taken?period=2026-Q4": {secretary}},
		"listMyCertificates":  {"/me/certificates": {resident}},
		"listOpenCommunities": {"/open/communities": {secretary, resident}},
		"listOpenFigures":     {"/open/figures?region_id=" + s.sanwan: {secretary, resident}},
		"listSettings":        {"/settings": {resident}},
		"listSettingsChanges": {"/regions/" + s.sanwan + "/settings/changes": {secretary, s.Login("street")}},
		"listSpotChecks":      {"/regions/" + street + "/spot-checks?state=open": {s.Login("street")}, "/regions/" + street + "/spot-checks?state=not_reached": {s.Login("street")}},
		"listOddCases": {"/regions/" + s.sanwan + "/odd-cases?kind=overlap": {secretary}, "/regions/" + s.sanwan + "/odd-cases?kind=shared_phone": {secretary},
			"/regions/" + s.sanwan + "/odd-cases?kind=points_jump": {secretary}},
		"listRewards": {"/rewards?region_id=" + s.sanwan: {secretary, resident}, "/rewards?state=draft&region_id=" + s.sanwan: {secretary},
			"/rewards?state=closed&region_id=" + s.sanwan: {secretary, resident}},
		"listRewardRedemptions": {"/rewards/" + haircut + "/redemptions?state=redeemed": {secretary, s.Login("merchant")},
			"/rewards/" + haircut + "/redemptions?state=expired": {secretary}},
		"listMyRedemptions":    {"/me/redemptions?state=redeemed": {resident}, "/me/redemptions?state=fulfilled": {resident}},
		"getStatement":         {"/organisations/" + barber + "/redemptions": {secretary, s.Login("merchant")}},
		"listMyNotices":        {"/me/notices?unread=true": {secretary, resident}, "/me/notices?unread=false": {resident}},
		"listDeadNotices":      {"/notices/dead?region_id=" + s.sanwan: {s.Login("city")}},
		"listTasks":            {"/tasks?region_id=" + s.sanwan: {secretary, resident}},
		"listTaskClaims":       {"/tasks/" + fraudTalk + "/claims": {secretary}},
		"listMyClaims":         {"/me/claims": {resident}},
		"listRegionClaims":     {"/regions/" + s.sanwan + "/claims": {secretary}, "/regions/" + street + "/claims?appeal=pending&state=rejected": {s.Login("street")}},
		"listStations":         {"/stations?region_id=" + s.sanwan: {secretary, resident}},
		"listTeams":            {"/teams?region_id=" + s.sanwan: {secretary, resident}},
		"listMembers":          {"/teams/" + team + "/members": {secretary, s.Login("leader")}},
		"listActivities":       {"/activities?region_id=" + s.sanwan: {secretary, resident}},
		"listMyActivities":     {"/me/activities": {resident}},
		"listSignups":          {"/activities/" + yard + "/signups": {secretary}},
		"listScans":            {"/activities/" + yard + "/scans": {secretary}},
		"listAttendance":       {"/activities/" + yard + "/attendance": {secretary}},
		"listTickets":          {"/tickets?region_id=" + s.sanwan: {secretary, resident}, "/tickets?sort=overdue&region_id=" + s.sanwan: {secretary}},
		"listTicketCategories": {"/tickets/categories": {secretary, resident}},
		"listMyTickets":        {"/tickets/mine": {resident}},
		"listAssignedTickets":  {"/tickets/assigned": {s.Login("assignee")}, "/tickets/assigned?stage=closed": {s.Login("merchant")}},
		"listSimilarTickets":   {"/tickets/similar?region_id=" + s.sanwan + "&text=垃圾亭有脏水": {secretary, resident}},
	}
	for _, id := range listsOfTheContract(t) {
		if len(shown[id]) == 0 {
			t.Errorf("%s: nobody looks whether the demo has something for it", id)
		}
		for path, clients := range shown[id] {
			for _, client := range clients {
				if answer := client.Get(path).Want(http.StatusOK); answer.Get("items.#").Int() == 0 {
					t.Errorf("%s: %s is empty for %s", id, path, client.Get("/me").Get("name"))
				}
			}
		}
	}
}

// listsOfTheContract are the ids of all calls that answer with a list.
func listsOfTheContract(t *testing.T) []string {
	t.Helper()
	text, err := app.Contract()
	if err != nil {
		t.Fatal(err)
	}
	var contract struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Responses   map[string]struct {
				Content map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(text, &contract); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, path := range contract.Paths {
		schema := strings.TrimPrefix(path["get"].Responses["200"].Content["application/json"].Schema.Ref, "#/components/schemas/")
		if _, isList := contract.Components.Schemas[schema].Properties["items"]; isList {
			ids = append(ids, path["get"].OperationID)
		}
	}
	if len(ids) < 25 {
		t.Fatalf("only %d lists found in the contract: %v", len(ids), ids)
	}
	slices.Sort(ids)
	return ids
}

func (s *scene) isLoadedOnce(t *testing.T) {
	before := len(s.everywhere("/tickets?region_id=%s"))
	if err := seed.Demo(t.Context(), s.App, configs.Demo); !errors.Is(err, seed.ErrNotEmpty) {
		t.Fatalf("loaded twice: %v", err)
	}
	if after := len(s.everywhere("/tickets?region_id=%s")); after != before {
		t.Errorf("%d tickets, and after the second try %d", before, after)
	}
}

// small is data that loads in a moment. The last line of each part is there to be spoilt.
const small = `
regions:
  - {key: city, kind: city, name: 样板市}
  - {key: district, parent: city, kind: district, name: 样板区}
  - {key: street, parent: district, kind: street, name: 样板街道}
  - {key: community, parent: street, kind: community, community_kind: urban, name: 样板社区}
people:
  - {key: admin, name: 赵演示, sim: admin, roles: [{role: admin, region: city}]}
  - {key: secretary, name: 李示范, sim: secretary, home: community, roles: [{role: secretary, region: community}]}
  - {key: resident, name: 张样例, sim: resident, home: community}
  - {key: neighbour, name: 陈举例, sim: neighbour, home: community}
tasks:
  - key: patrol
    region: community
    star: harmony
    title: 夜里巡一圈院子
    points: 5
    published_days_ago: 8
    claim_days: 1
    due_days: 2
    verify: review
    state: published
    claims: [{person: resident, state: approved, days_ago: 5, text: 巡完了。, reviewer: secretary}, {person: neighbour, state: claimed, days_ago: 2}]
    capacity: 2
tickets:
  - {key: bench, region: community, raiser: resident, category: other, text: 想在槐树下放条长椅。, days_ago: 3, votes: [neighbour], stage: raised}
`

func TestDemoIsLoadedAsAWholeOrNotAtAll(t *testing.T) {
	h := apptest.StartEmpty(t)
	load := func(data string) error {
		return seed.Demo(t.Context(), h.App, fstest.MapFS{"demo/small.yaml": {Data: []byte(data)}})
	}
	for _, test := range []struct {
		name, from, to string
		says           []string
	}{
		{"an unknown field", "title:", "titel:", []string{"demo/small.yaml", "titel"}},
		{"an unknown person", "raiser: resident", "raiser: nobody", []string{"ticket bench", "nobody"}},
		{"a rule broken: one's own work", "{person: resident", "{person: secretary", []string{"task patrol: claim of secretary", "review.own_work"}},
		{"a rule broken: one's own ticket", "votes: [neighbour]", "votes: [resident]", []string{"ticket bench, by resident", "vote.own_ticket"}},
		{"a rule broken: no place is left", "capacity: 2", "capacity: 1", []string{"task patrol: claim of neighbour", "task.full"}},
		{"a state that the acts do not lead to", "state: claimed", "state: expired", []string{"task patrol: claim of neighbour"}},
		{"a stage that the acts do not lead to", "stage: raised", "stage: closed", []string{"ticket bench", "raised", "closed"}},
		{"a time before everything", "published_days_ago: 8", "published_days_ago: 800", []string{"task patrol"}},
		{"a time to come", "days_ago: 3", "days_ago: -3", []string{"ticket bench"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := load(strings.Replace(small, test.from, test.to, 1))
			if err == nil {
				t.Fatal("it was loaded")
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not tell of %q", err, part)
				}
			}
			if empty, err := h.App.Regions.IsEmpty(t.Context()); err != nil || !empty {
				t.Errorf("the database is empty: %v, %v", empty, err)
			}
			if got := h.App.DB.Now(); !got.Equal(h.Clock.Now()) {
				t.Errorf("the clock was left at %s", got)
			}
		})
	}
	if err := load(small); err != nil {
		t.Fatalf("the unspoilt data: %v", err)
	}
	if entries := h.Login("resident").Get("/me/points/entries").Want(200); entries.Get("items.#").Int() != 1 {
		t.Errorf("%s", entries)
	}
}
