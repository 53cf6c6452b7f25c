package person_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"fivestar/server/app/apptest"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/web"
)

// The simulated WeChat gives whatever number is asked for.
func phoneCode(phone string) map[string]string { return map[string]string{"code": "sim:" + phone} }

func loginCode(name string) map[string]string { return map[string]string{"code": "sim:" + name} }

// kept is everything that a table holds, as text.
func kept(h *apptest.Harness, table string) string {
	h.Helper()
	rows, err := h.App.DB.Querier(context.Background()).QueryContext(context.Background(), "SELECT * FROM "+table)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.Fatal(err)
	}
	var text strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			h.Fatal(err)
		}
		for i, value := range values {
			held := *value.(*any)
			if bytes, ok := held.([]byte); ok {
				held = string(bytes)
			}
			fmt.Fprintf(&text, "%s=%v ", columns[i], held)
		}
		text.WriteString("\n")
	}
	return text.String()
}

// mustBeNowhere ends the test when one of the secrets stands in one of the tables.
func mustBeNowhere(h *apptest.Harness, tables []string, secrets ...string) {
	h.Helper()
	for _, table := range tables {
		text := kept(h, table)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				h.Errorf("%q stands in table %s:\n%s", secret, table, text)
			}
		}
	}
}

// atOnce runs act on each of n goroutines at the same moment and counts the statuses it gives.
func atOnce(n int, act func(i int) int) map[int]int {
	var start, done sync.WaitGroup
	var mutex sync.Mutex
	statuses := map[int]int{}
	start.Add(1)
	for i := range n {
		done.Add(1)
		go func() {
			defer done.Done()
			start.Wait()
			status := act(i)
			mutex.Lock()
			defer mutex.Unlock()
			statuses[status]++
		}()
	}
	start.Done()
	done.Wait()
	return statuses
}

func ids(answer *apptest.Answer) []string {
	var found []string
	for _, id := range answer.Get("items.#.id").Array() {
		found = append(found, id.String())
	}
	return found
}

func TestNewcomer(t *testing.T) {
	h := apptest.Start(t)
	answer := h.Anonymous().Post("/sessions", loginCode("newcomer")).Want(http.StatusCreated)
	if got := answer.Get("person.name").String(); !strings.HasPrefix(got, "居民") {
		t.Errorf("a newcomer is called %q", got)
	}
	if home := answer.Get("person.home"); home.Type != gjson.Null || !home.Exists() {
		t.Errorf("a newcomer's home is %s, want null", home.Raw)
	}
	if roles := answer.Get("person.roles"); roles.Raw != "[]" {
		t.Errorf("a newcomer's roles are %s", roles.Raw)
	}
	if masked := answer.Get("person.phone_masked"); masked.Raw != `""` {
		t.Errorf("a newcomer's phone is %s", masked.Raw)
	}
	if want := h.Clock.Now().Add(30 * 24 * time.Hour); !answer.Get("expires_at").Time().Equal(want) {
		t.Errorf("the session ends at %s, want %s", answer.Get("expires_at"), want)
	}
	again := h.Anonymous().Post("/sessions", loginCode("newcomer")).Want(http.StatusCreated)
	if again.Get("person.id").String() != answer.Get("person.id").String() {
		t.Error("a second login made a second person")
	}
	if again.Get("token").String() == answer.Get("token").String() {
		t.Error("two logins share a token")
	}
}

func TestLoginRefusals(t *testing.T) {
	h := apptest.StartEmpty(t)
	h.Anonymous().Post("/sessions", map[string]string{"code": "wrong"}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	h.Anonymous().Post("/sessions", map[string]string{"code": ""}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	h.Anonymous().Post("/sessions", map[string]string{}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	h.App.Simulator.Down()
	h.Anonymous().Post("/sessions", loginCode("newcomer")).WantCode(http.StatusServiceUnavailable, "wechat.unavailable")
}

func TestEveryCallNeedsASession(t *testing.T) {
	h := apptest.StartEmpty(t)
	stranger := h.Anonymous()
	forger := *h.Login("resident")
	forger.Token = strings.Repeat("A", 43)
	for _, call := range [][2]string{
		{"DELETE", "/sessions/current"}, {"DELETE", "/sessions"}, {"GET", "/me"}, {"PATCH", "/me"}, {"DELETE", "/me"}, {"PUT", "/me/phone"},
		{"GET", "/me/export"}, {"GET", "/me/phone-views"}, {"GET", "/me/code"}, {"GET", "/regions/R/people"}, {"POST", "/regions/R/people"},
		{"GET", "/people/P"}, {"GET", "/people/P/phone"}, {"POST", "/people/P/home-verification"}, {"DELETE", "/people/P/home-verification"},
		{"GET", "/people/P/cards"}, {"POST", "/people/P/cards"}, {"DELETE", "/people/P/cards/C"},
	} {
		stranger.Do(call[0], call[1], nil).WantCode(http.StatusUnauthorized, "auth.required")
		forger.Do(call[0], call[1], nil).WantCode(http.StatusUnauthorized, "auth.required")
	}
}

func TestTokensAreKeptHashed(t *testing.T) {
	h := apptest.Start(t)
	resident := h.Login("resident")
	_, card := h.Elder("俞演示")
	mustBeNowhere(h, []string{"session", "card", "audit_entry"}, resident.Token, card)
	if !strings.Contains(kept(h, "session"), resident.PersonID) || !strings.Contains(kept(h, "card"), "token_hash") {
		t.Error("looked where nothing is kept")
	}
}

func TestLoginOfOneAtOnceMakesOnePerson(t *testing.T) {
	h := apptest.StartEmpty(t)
	var mutex sync.Mutex
	people := map[string]bool{}
	statuses := atOnce(100, func(int) int {
		answer := h.Anonymous().Post("/sessions", loginCode("eager"))
		mutex.Lock()
		defer mutex.Unlock()
		people[answer.Get("person.id").String()] = true
		return answer.Status
	})
	if statuses[http.StatusCreated] != 100 || len(people) != 1 {
		t.Errorf("100 logins: %v, %d people", statuses, len(people))
	}
	if rows := strings.Count(kept(h, "person"), "\n"); rows != 1 {
		t.Errorf("%d people are stored", rows)
	}
}

func TestLogout(t *testing.T) {
	h := apptest.StartEmpty(t)
	phone, tablet := h.Login("resident"), *h.Login("resident")
	tablet.Token = h.Anonymous().Post("/sessions", loginCode("resident")).Want(http.StatusCreated).Get("token").String()

	phone.Get("/me").Want(http.StatusOK)
	phone.Delete("/sessions/current").Want(http.StatusNoContent)
	phone.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
	tablet.Get("/me").Want(http.StatusOK)

	watch := tablet
	watch.Token = h.Anonymous().Post("/sessions", loginCode("resident")).Want(http.StatusCreated).Get("token").String()
	watch.Get("/me").Want(http.StatusOK)
	tablet.Delete("/sessions").Want(http.StatusNoContent)
	tablet.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
	watch.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
}

func TestSessionLastsWhileItIsUsed(t *testing.T) {
	h := apptest.StartEmpty(t)
	resident, idle := h.Login("resident"), h.Login("idle")
	for range 4 {
		h.Clock.Advance(29 * 24 * time.Hour)
		resident.Get("/me").Want(http.StatusOK)
	}
	idle.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
	h.Clock.Advance(30*24*time.Hour - time.Millisecond)
	resident.Get("/me").Want(http.StatusOK)
	h.Clock.Advance(30 * 24 * time.Hour)
	resident.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
}

func TestEndedSessionsAreForgotten(t *testing.T) {
	h := apptest.StartEmpty(t)
	h.Login("resident")
	h.Clock.Advance(59 * 24 * time.Hour)
	tick(h)
	if kept(h, "session") == "" {
		t.Error("a session that ended a month ago is gone from its person's export")
	}
	h.Clock.Advance(2 * 24 * time.Hour)
	tick(h)
	if rows := kept(h, "session"); rows != "" {
		t.Errorf("still kept: %s", rows)
	}
}

func tick(h *apptest.Harness) {
	h.Helper()
	if err := h.App.People.Tick(context.Background()); err != nil {
		h.Fatal(err)
	}
}

func TestWithoutWeChatSessionsGoOn(t *testing.T) {
	h := apptest.Start(t)
	h.Login("resident")
	h.App.Simulator.Down()
	h.Login("resident").Patch("/me", map[string]string{"name": "张样例"}).Want(http.StatusOK)
}

func TestMe(t *testing.T) {
	h := apptest.Start(t)
	me := h.Login("newcomer")
	answer := me.Patch("/me", map[string]any{"name": "  新样例 ", "home_region_id": h.World.Grid.ID, "leaderboard_consent": true}).Want(http.StatusOK)
	for path, want := range map[string]string{
		"name": "新样例", "home.region_id": h.World.Grid.ID, "home.community_id": h.World.Community.ID, "home.community_name": h.World.Community.Name,
		"home.grid_name": h.World.Grid.Name, "home.verified": "false", "leaderboard_consent": "true",
	} {
		if got := answer.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got := me.Get("/me").Want(http.StatusOK); string(got.Body) != string(answer.Body) {
		t.Errorf("read back %s, want %s", got.Body, answer.Body)
	}
	// What is left out stays.
	after := me.Patch("/me", map[string]any{"leaderboard_consent": false}).Want(http.StatusOK)
	if after.Get("name").String() != "新样例" || after.Get("home.region_id").String() != h.World.Grid.ID || after.Get("leaderboard_consent").Bool() {
		t.Errorf("after taking the consent back: %s", after)
	}
	secretary := h.Login("secretary").Get("/me").Want(http.StatusOK)
	if secretary.Get("roles.0.role").String() != "secretary" || secretary.Get("roles.0.region_id").String() != h.World.Community.ID {
		t.Errorf("the secretary's roles: %s", secretary)
	}
}

func TestMeRefusals(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	before := string(me.Get("/me").Body)
	for _, update := range []map[string]any{
		{"name": ""}, {"name": "   "}, {"name": strings.Repeat("长", 31)}, {"name": "两\n行"}, {"name": "坏\x00"},
		{"home_region_id": ""}, {"home_region_id": "nowhere"}, {"home_region_id": h.World.Street.ID}, {"home_region_id": h.World.City.ID},
		{"name": "好名字", "home_region_id": h.World.Street.ID}, {"phone": "13800000000"}, {"name": 5},
	} {
		me.Patch("/me", update).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	if after := string(me.Get("/me").Body); after != before {
		t.Errorf("a refused change changed something: %s, was %s", after, before)
	}
}

func TestHomeMovesOnceInThirtyDays(t *testing.T) {
	h := apptest.Start(t)
	me := h.Login("mover")
	move := func(to string) *apptest.Answer { return me.Patch("/me", map[string]string{"home_region_id": to}) }
	move(h.World.Community.ID).Want(http.StatusOK)
	move(h.World.Grid.ID).Want(http.StatusOK)
	move(h.World.Village.ID).Want(http.StatusOK)
	h.Clock.Advance(30*24*time.Hour - time.Millisecond)
	move(h.World.VillageGrid.ID).Want(http.StatusOK)
	move(h.World.Grid.ID).WantCode(http.StatusConflict, "home.too_soon")
	if got := me.Get("/me").Get("home.region_id").String(); got != h.World.VillageGrid.ID {
		t.Errorf("the refused move moved the home to %s", got)
	}
	h.Clock.Advance(time.Millisecond)
	move(h.World.Grid.ID).Want(http.StatusOK)
}

// Two taps, or two phones, are one change; the second must not slip through beside the first.
func TestHomeMovesAtOnce(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("mover")
	h.Clock.Advance(31 * 24 * time.Hour)
	me.Token = h.Anonymous().Post("/sessions", loginCode("mover")).Want(http.StatusCreated).Get("token").String()
	places := []string{h.World.Village.ID, h.World.Community.ID}
	atOnce(50, func(i int) int { return me.Patch("/me", map[string]string{"home_region_id": places[i%2]}).Status })
	if got := me.Get("/me").Want(http.StatusOK).Get("home.community_id").String(); got != h.World.Village.ID {
		t.Errorf("after one change to the village the home is in %s", got)
	}
}

// Sessions that are looked up together are each their own: a wrong token among them, an ended one, one with
// several roles.
func TestManySessionsAtOnce(t *testing.T) {
	h := apptest.Start(t)
	ended := h.Login("ended")
	ended.Delete("/sessions/current").Want(http.StatusNoContent)
	residents := make([]*apptest.Client, 20)
	for i := range residents {
		residents[i] = h.Login(fmt.Sprintf("crowd%d", i))
	}
	secretary := h.Login("secretary")
	h.Login("admin").Post("/role-grants", map[string]string{"person_id": secretary.PersonID, "role": "grid_worker", "region_id": h.World.Grid.ID}).Want(http.StatusCreated)
	want := map[string]string{"no token of ours": "", ended.Token: "", secretary.Token: secretary.PersonID}
	for _, resident := range residents {
		want[resident.Token] = resident.PersonID
	}
	var group sync.WaitGroup
	for range 10 {
		for token, personID := range want {
			group.Go(func() {
				caller, err := h.App.People.Authenticate(context.Background(), token)
				if personID == "" {
					if !errors.Is(err, fault.ErrUnauthenticated) {
						t.Errorf("a session that is none: %+v, %v", caller, err)
					}
					return
				}
				roles := map[bool]int{true: 2, false: 0}[token == secretary.Token]
				if err != nil || caller.PersonID != personID || len(caller.Grants) != roles {
					t.Errorf("%+v, %v; want %s with %d roles", caller, err, personID, roles)
				}
			})
		}
	}
	group.Wait()
}

// A role, a home and its verification count from the very next call.
func TestCallerIsNeverStale(t *testing.T) {
	h := apptest.Start(t)
	me, secretary := h.Login("newcomer"), h.Login("secretary")
	caller := func() (homePath string, verified bool) {
		t.Helper()
		got, err := h.App.People.Authenticate(context.Background(), me.Token)
		if err != nil {
			t.Fatal(err)
		}
		return got.HomePath, got.HomeVerified
	}
	if path, _ := caller(); path != "" {
		t.Fatalf("a newcomer lives at %s", path)
	}
	me.Patch("/me", map[string]string{"home_region_id": h.World.Grid.ID}).Want(http.StatusOK)
	if path, verified := caller(); path != h.World.Grid.Path || verified {
		t.Errorf("after declaring: %s, verified %v", path, verified)
	}
	secretary.Post("/people/"+me.PersonID+"/home-verification", nil).Want(http.StatusOK)
	if _, verified := caller(); !verified {
		t.Error("the verification does not count yet")
	}
	secretary.Delete("/people/" + me.PersonID + "/home-verification").Want(http.StatusNoContent)
	if _, verified := caller(); verified {
		t.Error("the verification still counts")
	}
}

func TestHomeVerification(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	path := "/people/" + me.PersonID + "/home-verification"
	verified := func() bool { t.Helper(); return me.Get("/me").Want(http.StatusOK).Get("home.verified").Bool() }

	for _, name := range []string{"resident", "outsider", "leader", "assignee", "newcomer"} {
		h.Login(name).Post(path, nil).WantCode(http.StatusForbidden, "auth.forbidden")
		h.Login(name).Delete(path).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	if verified() {
		t.Fatal("somebody verified the home who may not")
	}
	h.Login("grid").Post(path, nil).Want(http.StatusOK)
	if !verified() {
		t.Error("the grid worker's word does not count")
	}
	h.Login("secretary").Post(path, nil).Want(http.StatusOK) // again is no fault
	me.Patch("/me", map[string]string{"home_region_id": h.World.Grid.ID}).Want(http.StatusOK)
	if !verified() {
		t.Error("naming the same home again lost the verification")
	}
	me.Patch("/me", map[string]string{"home_region_id": h.World.Community.ID}).Want(http.StatusOK)
	if verified() {
		t.Error("another home is verified by the word on the one before")
	}
	secretary := h.Login("secretary")
	secretary.Post("/people/"+secretary.PersonID+"/home-verification", nil).WantCode(http.StatusForbidden, "home.own")
	secretary.Post("/people/unknown/home-verification", nil).WantCode(http.StatusNotFound, "not_found")
	h.Login("secretary2").Post("/people/"+secretary.PersonID+"/home-verification", nil).Want(http.StatusOK)
	if audit := kept(h, "audit_entry"); strings.Count(audit, "act=home.verified") != 2 {
		t.Errorf("two verifications are in the audit log as: %s", audit)
	}
}

func TestBindPhone(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	if got := me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK).Get("phone_masked").String(); got != "138****1234" {
		t.Errorf("masked as %q", got)
	}
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	if got := me.Put("/me/phone", phoneCode("13900005678")).Want(http.StatusOK).Get("phone_masked").String(); got != "139****5678" {
		t.Errorf("after changing the number: %q", got)
	}
	// The number given up is free, the one in use is not.
	other := h.Resident("other")
	other.Put("/me/phone", phoneCode("13900005678")).WantCode(http.StatusConflict, "phone.taken")
	other.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	me.Put("/me/phone", map[string]string{"code": "wrong"}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	h.App.Simulator.Down()
	me.Put("/me/phone", phoneCode("13800000001")).WantCode(http.StatusServiceUnavailable, "wechat.unavailable")
	if got := me.Get("/me").Get("phone_masked").String(); got != "139****5678" {
		t.Errorf("a refused change left %q", got)
	}
}

func TestOnePhoneIsOnePersonAtOnce(t *testing.T) {
	h := apptest.Start(t)
	people := make([]*apptest.Client, 100)
	for i := range people {
		people[i] = h.Login(fmt.Sprintf("rival%d", i))
	}
	statuses := atOnce(len(people), func(i int) int { return people[i].Put("/me/phone", phoneCode("13800000001")).Status })
	if statuses[http.StatusOK] != 1 || statuses[http.StatusConflict] != 99 {
		t.Errorf("100 people bind one number: %v", statuses)
	}
	if held := strings.Count(kept(h, "person_identity"), "13800000001"); held != 1 {
		t.Errorf("the number is held %d times", held)
	}
	// One person's hundred taps all succeed.
	statuses = atOnce(100, func(int) int { return people[0].Put("/me/phone", phoneCode("13800000002")).Status })
	if statuses[http.StatusOK] != 100 {
		t.Errorf("one person binds one number 100 times: %v", statuses)
	}
}

func fromRoster(h *apptest.Harness, name, phone string) (personID string) {
	h.Helper()
	return h.Login("secretary").Post("/regions/"+h.World.Grid.ID+"/people", map[string]string{"name": name, "phone": phone}).
		Want(http.StatusCreated).Get("id").String()
}

func TestPhoneJoinsThePersonOfTheRoster(t *testing.T) {
	h := apptest.Start(t)
	rosterID := fromRoster(h, "唐示范", "13800000151")
	h.Login("admin").Post("/role-grants", map[string]string{"person_id": rosterID, "role": "grid_worker", "region_id": h.World.Grid.ID}).Want(http.StatusCreated)

	me := h.Login("fresh")
	tablet := *me
	tablet.Token = h.Anonymous().Post("/sessions", loginCode("fresh")).Want(http.StatusCreated).Get("token").String()
	tablet.Get("/me").Want(http.StatusOK)
	answer := me.Put("/me/phone", phoneCode("13800000151")).Want(http.StatusOK)
	for path, want := range map[string]string{
		"id": rosterID, "name": "唐示范", "phone_masked": "138****0151", "home.region_id": h.World.Grid.ID,
		"home.verified": "true", "roles.0.role": "grid_worker", "has_wechat": "true",
	} {
		if got := answer.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	// Every session and the next login are of the person of the roster.
	for _, client := range []*apptest.Client{me, &tablet} {
		if got := client.Get("/me").Want(http.StatusOK).Get("id").String(); got != rosterID {
			t.Errorf("the session is of %s, want %s", got, rosterID)
		}
	}
	login := h.Anonymous().Post("/sessions", loginCode("fresh")).Want(http.StatusCreated)
	if got := login.Get("person.id").String(); got != rosterID {
		t.Errorf("the next login is of %s, want %s", got, rosterID)
	}
	if err := h.App.People.Require(context.Background(), me.PersonID); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the one that was before is still there: %v", err)
	}
}

func TestPhoneOfARosterIsNotForEverybody(t *testing.T) {
	h := apptest.Start(t)
	rosterID := fromRoster(h, "唐示范", "13800000151")
	// Somebody with roles would lose them, somebody with a card theirs.
	h.Login("assignee").Put("/me/phone", phoneCode("13800000151")).WantCode(http.StatusConflict, "phone.taken")
	carded := h.Resident("carded")
	h.Login("secretary").Post("/people/"+carded.PersonID+"/cards", nil).Want(http.StatusCreated)
	carded.Put("/me/phone", phoneCode("13800000151")).WantCode(http.StatusConflict, "phone.taken")

	// Somebody with whom another room has something to do too.
	busy := h.Login("busy")
	h.App.People.HistoryAmong = append(h.App.People.HistoryAmong, func(_ context.Context, ids []string) ([]string, error) {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id != busy.PersonID }), nil
	})
	busy.Put("/me/phone", phoneCode("13800000151")).WantCode(http.StatusConflict, "phone.taken")
	if got := busy.Get("/me").Want(http.StatusOK).Get("id").String(); got != busy.PersonID {
		t.Errorf("the refused one is now %s", got)
	}

	h.Login("fresh").Put("/me/phone", phoneCode("13800000151")).Want(http.StatusOK)
	h.Login("late").Put("/me/phone", phoneCode("13800000151")).WantCode(http.StatusConflict, "phone.taken")
	if got := h.Login("fresh").Get("/me").Get("id").String(); got != rosterID {
		t.Errorf("the first is %s, want %s", got, rosterID)
	}
}

func TestRosterPersonIsJoinedOnce(t *testing.T) {
	h := apptest.Start(t)
	rosterID := fromRoster(h, "唐示范", "13800000151")
	people := make([]*apptest.Client, 100)
	for i := range people {
		people[i] = h.Login(fmt.Sprintf("rival%d", i))
	}
	statuses := atOnce(len(people), func(i int) int { return people[i].Put("/me/phone", phoneCode("13800000151")).Status })
	if statuses[http.StatusOK] != 1 || statuses[http.StatusConflict] != 99 {
		t.Errorf("100 people claim one place on the roster: %v", statuses)
	}
	joined := 0
	for _, client := range people {
		if client.Get("/me").Want(http.StatusOK).Get("id").String() == rosterID {
			joined++
		}
	}
	if joined != 1 {
		t.Errorf("%d people are the one of the roster", joined)
	}
}

func TestPeople(t *testing.T) {
	h := apptest.Start(t)
	secretary := h.Login("secretary")
	grid, community := "/regions/"+h.World.Grid.ID+"/people", "/regions/"+h.World.Community.ID+"/people"
	answer := secretary.Post(grid, map[string]string{"name": " 唐示范 ", "phone": "138 0000 0151"}).Want(http.StatusCreated)
	for path, want := range map[string]string{
		"name": "唐示范", "phone_masked": "138****0151", "home.region_id": h.World.Grid.ID, "home.verified": "true", "has_wechat": "false",
	} {
		if got := answer.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	tang := answer.Get("id").String()
	fei := secretary.Post(community, map[string]string{"name": "费·样本"}).Want(http.StatusCreated).Get("id").String()
	secretary.Post(grid, map[string]string{"name": "重复", "phone": "13800000151"}).WantCode(http.StatusConflict, "phone.taken")
	for _, input := range []map[string]string{{"name": ""}, {"name": "甲", "phone": "123"}, {"phone": "13800000152"}, {"name": strings.Repeat("长", 31)}} {
		secretary.Post(grid, input).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	h.Login("admin").Post("/regions/"+h.World.Street.ID+"/people", map[string]string{"name": "某"}).WantCode(http.StatusUnprocessableEntity, "input.invalid")

	find := func(who, path, typed string) []string {
		t.Helper()
		return ids(h.Login(who).Get(path + "?limit=100&q=" + typed).Want(http.StatusOK))
	}
	for typed, want := range map[string][]string{
		"唐": {tang}, "费样": {fei}, "13800000151": {tang}, "0151": {tang}, "0152": nil, "13800000152": nil, "%25": nil, "_": nil, "唐费": nil, "样例secretary2": {h.Login("secretary2").PersonID},
	} {
		if got := find("secretary", community, typed); !slices.Equal(got, want) {
			t.Errorf("q=%s finds %v, want %v", typed, got, want)
		}
	}
	if all := find("secretary", community, ""); !slices.Contains(all, tang) || !slices.Contains(all, fei) || slices.Contains(all, h.Login("outsider").PersonID) {
		t.Errorf("the community's people: %v", all)
	}
	if inGrid := find("grid", grid, ""); !slices.Contains(inGrid, tang) || slices.Contains(inGrid, fei) {
		t.Errorf("the grid's people: %v", inGrid)
	}
	for _, officer := range []string{"street", "district", "city", "admin"} {
		if all := find(officer, "/regions/"+h.World.Street.ID+"/people", ""); !slices.Contains(all, tang) || !slices.Contains(all, h.Login("outsider").PersonID) {
			t.Errorf("%s sees %v", officer, all)
		}
	}
}

func TestPeopleArePaged(t *testing.T) {
	h := apptest.Start(t)
	for i := range 25 {
		h.Elder(fmt.Sprintf("同名%d", i%3))
	}
	h.Login("outsider").Post("/regions/"+h.World.Village.ID+"/people", map[string]string{"name": "村民"}).Want(http.StatusCreated)
	for _, region := range []string{h.World.Grid.ID, h.World.Community.ID, h.World.Street.ID, h.World.City.ID} {
		path := "/regions/" + region + "/people?limit="
		whole := ids(h.Login("city").Get(path + "100").Want(http.StatusOK))
		var paged []string
		cursor := ""
		for {
			page := h.Login("city").Get(path + "4&cursor=" + cursor).Want(http.StatusOK)
			paged = append(paged, ids(page)...)
			if cursor = page.Get("next_cursor").String(); cursor == "" {
				break
			}
		}
		if !slices.Equal(paged, whole) || len(whole) < 25 {
			t.Errorf("paged %d, whole %d:\n%v\n%v", len(paged), len(whole), paged, whole)
		}
	}
	h.Login("city").Get("/regions/"+h.World.City.ID+"/people?cursor=WyJwZW9wbGUiXQ").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestAForeignSecretaryGetsNothing(t *testing.T) {
	h := apptest.Start(t)
	elder := fromRoster(h, "俞演示", "13800000151")
	card := h.Login("secretary").Post("/people/"+elder+"/cards", nil).Want(http.StatusCreated)
	for _, name := range []string{"outsider", "resident", "assignee", "merchant"} {
		client := h.Login(name)
		for _, call := range [][2]string{
			{"GET", "/regions/" + h.World.Community.ID + "/people"}, {"GET", "/regions/" + h.World.Grid.ID + "/people"}, {"GET", "/regions/" + h.World.Street.ID + "/people"},
			{"GET", "/people/" + elder}, {"GET", "/people/" + elder + "/phone"}, {"GET", "/people/" + elder + "/cards"}, {"POST", "/people/" + elder + "/cards"},
			{"DELETE", "/people/" + elder + "/cards/" + card.Get("id").String()}, {"POST", "/people/" + elder + "/home-verification"},
		} {
			client.Do(call[0], call[1], nil).WantCode(http.StatusForbidden, "auth.forbidden")
		}
		client.Post("/regions/"+h.World.Grid.ID+"/people", map[string]string{"name": "某"}).WantCode(http.StatusForbidden, "auth.forbidden")
		client.ByCard(card.Get("token").String()).Get("/me").WantCode(http.StatusForbidden, "card.refused")
	}
	if strings.Contains(kept(h, "audit_entry"), "phone.unmasked") {
		t.Error("a refused look is in the log as a look")
	}
}

func TestGetPerson(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	for _, name := range []string{"newcomer", "secretary", "grid", "street", "district", "city", "admin"} {
		answer := h.Login(name).Get("/people/" + me.PersonID).Want(http.StatusOK)
		if strings.Contains(string(answer.Body), "13800001234") || answer.Get("phone_masked").String() != "138****1234" {
			t.Errorf("%s sees %s", name, answer)
		}
	}
	h.Login("leader").Get("/people/"+me.PersonID).WantCode(http.StatusForbidden, "auth.forbidden")
	h.Login("secretary").Get("/people/unknown").WantCode(http.StatusNotFound, "not_found")
	// Who has no home is nobody's to see.
	h.Login("admin").Get("/people/"+h.Login("homeless").PersonID).WantCode(http.StatusForbidden, "auth.forbidden")
}

func TestUnmaskedPhoneIsWrittenDown(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	path := "/people/" + me.PersonID + "/phone"
	if got := h.Login("secretary").Get(path + "?reason=通知领取物资").Want(http.StatusOK).Get("phone").String(); got != "13800001234" {
		t.Errorf("unmasked as %q", got)
	}
	h.Clock.Advance(time.Minute)
	h.Login("street").Get(path).Want(http.StatusOK)
	for _, name := range []string{"newcomer", "leader", "resident", "outsider", "admin", "city"} {
		h.Login(name).Get(path).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	h.Login("secretary").Get(path+"?reason="+strings.Repeat("长", 201)).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	h.Login("secretary").Get("/people/"+h.Resident("phoneless").PersonID+"/phone").WantCode(http.StatusNotFound, "phone.none")

	views := me.Get("/me/phone-views").Want(http.StatusOK)
	if got := views.Get("items.#").Int(); got != 2 {
		t.Fatalf("%d looks are told: %s", got, views)
	}
	first := h.Clock.Now().Add(-time.Minute)
	for at, want := range map[string]string{
		"items.0.by_id": h.Login("street").PersonID, "items.1.by_id": h.Login("secretary").PersonID, "items.1.by_name": "样例secretary",
		"items.1.reason": "通知领取物资", "items.1.viewed_at": first.Format(time.RFC3339),
	} {
		if got := views.Get(at).String(); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	page := me.Get("/me/phone-views?limit=1").Want(http.StatusOK)
	next := me.Get("/me/phone-views?limit=1&cursor=" + page.Get("next_cursor").String()).Want(http.StatusOK)
	if next.Get("items.0.by_id").String() != h.Login("secretary").PersonID || next.Get("next_cursor").Exists() {
		t.Errorf("the second page: %s", next)
	}
	if others := h.Login("resident").Get("/me/phone-views").Want(http.StatusOK); others.Get("items.#").Int() != 0 {
		t.Errorf("somebody else reads them too: %s", others)
	}
	mustBeNowhere(h, []string{"audit_entry"}, "13800001234")
}

func TestCards(t *testing.T) {
	h := apptest.Start(t)
	elder, token := h.Elder("俞演示")
	path := "/people/" + elder + "/cards"
	grid := h.Login("grid")
	second := grid.Post(path, nil).Want(http.StatusCreated)
	if got, want := second.Get("qr_text").String(), "FS1:C:"+second.Get("token").String(); got != want {
		t.Errorf("the QR holds %q, want %q", got, want)
	}
	third := grid.Post(path, map[string]any{}).Want(http.StatusCreated)
	grid.Post(path, nil).WantCode(http.StatusConflict, "card.limit")
	list := grid.Get(path).Want(http.StatusOK)
	if got := list.Get("items.#").Int(); got != 3 {
		t.Errorf("%d cards are listed", got)
	}
	for _, secret := range []string{token, second.Get("token").String()} {
		if strings.Contains(string(list.Body), secret) {
			t.Error("the list tells a token")
		}
	}

	helped := h.Login("leader").ByCard(third.Get("qr_text").String())
	helped.Get("/me").Want(http.StatusOK)
	remove := path + "/" + third.Get("id").String()
	grid.Delete("/people/"+h.Login("resident").PersonID+"/cards/"+third.Get("id").String()).WantCode(http.StatusNotFound, "not_found")
	grid.Delete(remove).Want(http.StatusNoContent)
	helped.Get("/me").WantCode(http.StatusForbidden, "card.refused")
	grid.Delete(remove).WantCode(http.StatusNotFound, "not_found")
	h.Login("leader").ByCard(second.Get("token").String()).Get("/me").Want(http.StatusOK)

	// A revoked card makes room for another, again and again.
	for range 3 {
		again := grid.Post(path, nil).Want(http.StatusCreated)
		grid.Delete(path + "/" + again.Get("id").String()).Want(http.StatusNoContent)
	}
	var paged []string
	for cursor := ""; ; {
		page := grid.Get(path + "?limit=2&cursor=" + cursor).Want(http.StatusOK)
		for _, item := range page.Get("items").Array() {
			paged = append(paged, item.Get("id").String())
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if len(paged) != 6 || !slices.IsSorted(paged) || len(slices.Compact(paged)) != 6 {
		t.Errorf("two cards a page: %q", paged)
	}
	audit := kept(h, "audit_entry")
	if issued, revoked := strings.Count(audit, "act=card.issued"), strings.Count(audit, "act=card.revoked"); issued != 6 || revoked != 4 {
		t.Errorf("in the audit log are %d cards issued and %d revoked", issued, revoked)
	}
	grid.Post("/people/unknown/cards", nil).WantCode(http.StatusNotFound, "not_found")
}

func TestAPersonRevokesTheirOwnCard(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	path := "/people/" + me.PersonID + "/cards"
	me.Post(path, nil).WantCode(http.StatusForbidden, "auth.forbidden")
	card := h.Login("secretary").Post(path, nil).Want(http.StatusCreated)
	if got := me.Get(path).Want(http.StatusOK).Get("items.0.id").String(); got != card.Get("id").String() {
		t.Errorf("one's own cards: %q", got)
	}
	h.Login("leader").ByCard(card.Get("token").String()).Delete(path+"/"+card.Get("id").String()).WantCode(http.StatusForbidden, "card.own_phone_only")
	me.Delete(path + "/" + card.Get("id").String()).Want(http.StatusNoContent)
	h.Login("leader").ByCard(card.Get("token").String()).Get("/me").WantCode(http.StatusForbidden, "card.refused")
}

func TestThreeCardsAtOnce(t *testing.T) {
	h := apptest.Start(t)
	elder := fromRoster(h, "俞演示", "")
	secretary := h.Login("secretary")
	statuses := atOnce(100, func(int) int { return secretary.Post("/people/"+elder+"/cards", nil).Status })
	if statuses[http.StatusCreated] != 3 || statuses[http.StatusConflict] != 97 {
		t.Errorf("100 cards at once: %v", statuses)
	}
}

func TestActingByCard(t *testing.T) {
	h := apptest.Start(t)
	elder, token := h.Elder("俞演示")
	for _, name := range []string{"leader", "grid", "secretary", "secretary2"} {
		answer := h.Login(name).ByCard(token).Get("/me").Want(http.StatusOK)
		if got := answer.Get("id").String(); got != elder {
			t.Errorf("%s by card is %s, want %s", name, got, elder)
		}
		caller, err := h.App.People.ActByCard(context.Background(), mustAuthenticate(h, name), token)
		if err != nil {
			t.Fatal(err)
		}
		if caller.PersonID != elder || caller.HelperID != h.Login(name).PersonID || len(caller.Grants) != 0 || caller.HomePath != h.World.Grid.Path || !caller.HomeVerified {
			t.Errorf("%s by card is the caller %+v", name, caller)
		}
	}
	for _, name := range []string{"outsider", "resident", "assignee", "merchant", "street", "city", "admin", "homeless"} {
		h.Login(name).ByCard(token).Get("/me").WantCode(http.StatusForbidden, "card.refused")
	}
	for _, wrong := range []string{"x", strings.Repeat("A", 43), "FS1:C:", "FS1:P:" + elder + ":ABCDEFG2", token + "x"} {
		h.Login("leader").ByCard(wrong).Get("/me").WantCode(http.StatusForbidden, "card.refused")
	}
	// A helper's own card is no second person.
	leader := h.Login("leader")
	own := h.Login("secretary").Post("/people/"+leader.PersonID+"/cards", nil).Want(http.StatusCreated).Get("token").String()
	leader.ByCard(own).Get("/me").WantCode(http.StatusForbidden, "card.refused")
	// A card without a session is nobody.
	h.Anonymous().ByCard(token).Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
}

func mustAuthenticate(h *apptest.Harness, name string) (caller web.Caller) {
	h.Helper()
	caller, err := h.App.People.Authenticate(context.Background(), h.Login(name).Token)
	if err != nil {
		h.Fatal(err)
	}
	return caller
}

func TestACardIsNoPhone(t *testing.T) {
	h := apptest.Start(t)
	elder, token := h.Elder("俞演示")
	helped := h.Login("secretary").ByCard(token)
	for _, call := range []struct {
		method, path string
		body         any
	}{
		{"DELETE", "/sessions/current", nil}, {"DELETE", "/sessions", nil}, {"POST", "/sessions", loginCode("thief")},
		{"PATCH", "/me", map[string]any{"name": "别名"}}, {"PATCH", "/me", map[string]any{"leaderboard_consent": true}}, {"DELETE", "/me", nil},
		{"PUT", "/me/phone", phoneCode("13800000001")}, {"GET", "/me/export", nil}, {"GET", "/me/phone-views", nil}, {"GET", "/me/code", nil},
		{"GET", "/people/" + elder + "/cards", nil},
	} {
		helped.Do(call.method, call.path, call.body).WantCode(http.StatusForbidden, "card.own_phone_only")
	}
	// What the helper may do as secretary, they may not do as the elder.
	for _, call := range [][2]string{
		{"POST", "/people/" + elder + "/cards"}, {"GET", "/people/" + elder + "/phone"}, {"GET", "/regions/" + h.World.Community.ID + "/people"},
		{"GET", "/people/" + h.Login("secretary").PersonID},
	} {
		helped.Do(call[0], call[1], nil).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	grant := map[string]string{"person_id": h.Login("resident").PersonID, "role": "grid_worker", "region_id": h.World.Grid.ID}
	helped.Post("/role-grants", grant).WantCode(http.StatusForbidden, "auth.forbidden")
	h.Login("secretary").Get("/me").Want(http.StatusOK)
}

func TestPersonalCode(t *testing.T) {
	h := apptest.Start(t)
	ctx := context.Background()
	me := h.Resident("newcomer")
	answer := me.Get("/me/code").Want(http.StatusOK)
	text, now := answer.Get("text").String(), h.Clock.Now()
	if want := "FS1:P:" + me.PersonID + ":" + answer.Get("code").String(); text != want {
		t.Errorf("the QR holds %q, want %q", text, want)
	}
	if step := answer.Get("step_seconds").Int(); step != 15 {
		t.Errorf("a step takes %d seconds", step)
	}
	until := answer.Get("valid_until").Time()
	if !until.After(now) || until.Sub(now) > 15*time.Second {
		t.Errorf("valid until %s at %s", until, now)
	}
	for at, good := range map[time.Time]bool{
		now: true, until.Add(-time.Millisecond): true, until: true, until.Add(15*time.Second - time.Millisecond): true,
		until.Add(15 * time.Second): false, until.Add(-15*time.Second - time.Millisecond): false,
	} {
		personID, method, err := h.App.People.Scanned(ctx, text, at)
		if good && (err != nil || personID != me.PersonID || method != person.ScanCode) {
			t.Errorf("scanned at %s: %s %s %v", at, personID, method, err)
		}
		if !good && (!hasCode(err, "checkin.bad_code") || personID != "") {
			t.Errorf("scanned at %s, out of its time: %s %v", at, personID, err)
		}
	}
	other := strings.Replace(text, me.PersonID, h.Login("resident").PersonID, 1)
	if _, _, err := h.App.People.Scanned(ctx, other, now); !hasCode(err, "checkin.bad_code") {
		t.Errorf("one person's code passes as another's: %v", err)
	}
	me.Delete("/me").Want(http.StatusNoContent)
	if _, _, err := h.App.People.Scanned(ctx, text, now); !hasCode(err, "checkin.bad_code") {
		t.Errorf("the code of somebody who has left: %v", err)
	}
}

func hasCode(err error, code string) bool {
	var known *fault.Error
	return errors.As(err, &known) && known.Code == code
}

func TestScannedCard(t *testing.T) {
	h := apptest.Start(t)
	ctx, now := context.Background(), h.Clock.Now()
	elder, token := h.Elder("俞演示")
	for _, text := range []string{token, "FS1:C:" + token} {
		personID, method, err := h.App.People.Scanned(ctx, text, now)
		if err != nil || personID != elder || method != person.ScanCard {
			t.Errorf("scanned %s: %s %s %v", text, personID, method, err)
		}
	}
	if _, _, err := h.App.People.Scanned(ctx, strings.Repeat("A", 43), now); !hasCode(err, "card.refused") {
		t.Errorf("an unknown card: %v", err)
	}
	if _, _, err := h.App.People.Scanned(ctx, "hello", now); !hasCode(err, "checkin.bad_code") {
		t.Errorf("no code at all: %v", err)
	}
	cards := "/people/" + elder + "/cards"
	h.Login("secretary").Delete(cards + "/" + h.Login("secretary").Get(cards).Get("items.0.id").String()).Want(http.StatusNoContent)
	// Also when the phone says that it was scanned before: a thief's phone says what the thief wants.
	if _, _, err := h.App.People.Scanned(ctx, token, now.Add(-time.Hour)); !hasCode(err, "card.refused") {
		t.Errorf("a revoked card: %v", err)
	}
}

func TestExport(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("newcomer")
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	h.Login("secretary").With("X-Forwarded-For", "203.0.113.7").Get("/people/" + me.PersonID + "/phone?reason=核对").Want(http.StatusOK)
	h.Login("secretary").Post("/people/"+me.PersonID+"/cards", nil).Want(http.StatusCreated)
	if h.App.People.Exporters == nil {
		h.App.People.Exporters = map[string]func(context.Context, string) (any, error){}
	}
	h.App.People.Exporters["attic"] = func(_ context.Context, personID string) (any, error) {
		return map[string]string{"of": personID}, nil
	}
	export := me.Get("/me/export").Want(http.StatusOK)
	if disposition := export.Header.Get("Content-Disposition"); !strings.HasPrefix(disposition, "attachment") {
		t.Errorf("Content-Disposition %q", disposition)
	}
	for path, want := range map[string]string{
		"person.id": me.PersonID, "person.name": "样例newcomer", "person.home.region_id": h.World.Grid.ID, "phone": "13800001234", "open_id": "sim-newcomer",
		"sessions.#": "1", "cards.#": "1", `done_to_me.#(act=="phone.unmasked").actor_id`: h.Login("secretary").PersonID,
		`done_to_me.#(act=="phone.unmasked").reason`: "核对", "rooms.attic.of": me.PersonID,
	} {
		if got := export.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q in %s", path, got, want, export.Body)
		}
	}
	if strings.Contains(string(export.Body), "203.0.113.7") {
		t.Error("the export tells where the secretary sat")
	}
	if strings.Contains(string(export.Body), me.Token) {
		t.Error("the export holds the token")
	}
	if own := h.Login("secretary").Get("/me/export").Want(http.StatusOK); !own.Get(`done_by_me.#(act=="phone.unmasked")`).Exists() {
		t.Error("the secretary's own export does not say that they looked")
	}
}

func TestLeaving(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("quitter")
	me.Patch("/me", map[string]string{"name": "别离"}).Want(http.StatusOK)
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	h.Login("admin").Post("/role-grants", map[string]string{"person_id": me.PersonID, "role": "grid_worker", "region_id": h.World.Grid.ID}).Want(http.StatusCreated)
	card := h.Login("secretary").Post("/people/"+me.PersonID+"/cards", nil).Want(http.StatusCreated).Get("token").String()
	erased := ""
	h.App.People.Erasers = append(h.App.People.Erasers, func(_ context.Context, personID string) error {
		erased = personID
		return nil
	})
	me.Get("/me").Want(http.StatusOK)

	me.With("X-Forwarded-For", "203.0.113.9").Delete("/me").Want(http.StatusNoContent)
	mustBeNowhere(h, []string{"audit_entry"}, "203.0.113.9")
	me.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
	h.Login("leader").ByCard(card).Get("/me").WantCode(http.StatusForbidden, "card.refused")
	mustBeNowhere(h, []string{"person", "person_identity", "session", "card", "role_grant", "audit_entry"}, "sim-quitter", "13800001234", "别离", "样例quitter")
	mustBeNowhere(h, []string{"person_identity", "session", "card"}, me.PersonID)
	if erased != me.PersonID {
		t.Errorf("the other rooms were told to erase %q", erased)
	}
	if grants, err := h.App.Regions.GrantsOf(context.Background(), me.PersonID); err != nil || len(grants) != 0 {
		t.Errorf("roles left: %v, %v", grants, err)
	}
	if slices.Contains(ids(h.Login("secretary").Get("/regions/"+h.World.Community.ID+"/people?limit=100")), me.PersonID) {
		t.Error("still in the community's list")
	}
	h.Login("secretary").Get("/people/"+me.PersonID).WantCode(http.StatusNotFound, "not_found")
	names, err := h.App.People.Names(context.Background(), []string{me.PersonID, "unknown"})
	if err != nil || len(names) != 1 || names[me.PersonID] != "已注销居民" {
		t.Errorf("called %v, %v", names, err)
	}
	// The number and the WeChat are free, for somebody new.
	back := h.Anonymous().Post("/sessions", loginCode("quitter")).Want(http.StatusCreated)
	if back.Get("person.id").String() == me.PersonID {
		t.Error("somebody erased came back to life")
	}
	h.Login("other").Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
}

func TestLeavingIsAllOrNothing(t *testing.T) {
	h := apptest.Start(t)
	me := h.Resident("quitter")
	h.App.People.Erasers = append(h.App.People.Erasers, func(context.Context, string) error { return errors.New("the disk is full") })
	me.Delete("/me").WantCode(http.StatusInternalServerError, "internal")
	if got := me.Get("/me").Want(http.StatusOK).Get("name").String(); got != "样例quitter" {
		t.Errorf("half erased: %q", got)
	}
}

func TestTheLastAdminStays(t *testing.T) {
	h := apptest.Start(t)
	admin := h.Login("admin")
	admin.Delete("/me").WantCode(http.StatusConflict, "admin.last")
	second := h.Login("admin2")
	admin.Post("/role-grants", map[string]string{"person_id": second.PersonID, "role": "admin", "region_id": h.World.City.ID}).Want(http.StatusCreated)
	admins := []*apptest.Client{admin, second}
	statuses := atOnce(2, func(i int) int { return admins[i].Delete("/me").Status })
	if statuses[http.StatusNoContent] != 1 || statuses[http.StatusConflict] != 1 {
		t.Errorf("two admins leave at once: %v", statuses)
	}
}

// Every city keeps an admin: another one in one city is none for the other.
func TestTheLastAdminOfACityStays(t *testing.T) {
	h := apptest.Start(t)
	ctx := context.Background()
	both, other := h.Login("admin"), h.Login("admin2")
	second, err := h.App.Regions.FoundCity(ctx, "邻市")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.App.Regions.FirstAdmin(ctx, both.PersonID, second); err != nil {
		t.Fatal(err)
	}
	admin := map[string]string{"person_id": other.PersonID, "role": "admin", "region_id": h.World.City.ID}
	both.Post("/role-grants", admin).Want(http.StatusCreated)
	both.Delete("/me").WantCode(http.StatusConflict, "admin.last")
	admin["region_id"] = second.ID
	both.Post("/role-grants", admin).Want(http.StatusCreated)
	both.Delete("/me").Want(http.StatusNoContent)
}

func TestNoRoleStaysWithWhoLeaves(t *testing.T) {
	h := apptest.Start(t)
	secretary := h.Login("secretary")
	for n := range 10 {
		leaver := h.Resident(fmt.Sprintf("leaver%d", n))
		role := map[string]string{"person_id": leaver.PersonID, "role": "grid_worker", "region_id": h.World.Grid.ID}
		atOnce(2, func(i int) int {
			if i == 0 {
				return leaver.Delete("/me").Status
			}
			return secretary.Post("/role-grants", role).Status
		})
		if grants, err := h.App.Regions.GrantsOf(context.Background(), leaver.PersonID); err != nil || len(grants) > 0 {
			t.Errorf("who has left has %v, %v", grants, err)
		}
	}
}

func TestEnsureWithPhone(t *testing.T) {
	h := apptest.StartEmpty(t)
	ctx := context.Background()
	id, err := h.App.People.EnsureWithPhone(ctx, "赵演示", "13800000101")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := h.App.People.EnsureWithPhone(ctx, "别人", "+86 138 0000 0101"); err != nil || again != id {
		t.Errorf("the same number is %s, %v, want %s", again, err, id)
	}
	if _, err := h.App.People.EnsureWithPhone(ctx, "赵演示", "123"); !hasCode(err, "input.invalid") {
		t.Errorf("a number that is none: %v", err)
	}
	// The admin of a new city becomes themselves by their phone.
	if got := h.Login("admin").Put("/me/phone", phoneCode("13800000101")).Want(http.StatusOK).Get("id").String(); got != id {
		t.Errorf("joined to %s, want %s", got, id)
	}
}

func TestWhatOtherRoomsAsk(t *testing.T) {
	h := apptest.Start(t)
	ctx, people := context.Background(), h.App.People
	me := h.Resident("newcomer")
	me.Put("/me/phone", phoneCode("13800001234")).Want(http.StatusOK)
	elder, _ := h.Elder("俞演示")
	many := []string{me.PersonID, elder, "unknown"}
	for i := range 1200 {
		many = append(many, fmt.Sprintf("unknown%d", i))
	}
	summaries, err := people.Summaries(ctx, many)
	if want := (person.Summary{ID: me.PersonID, Name: "样例newcomer", PhoneMasked: "138****1234"}); err != nil || len(summaries) != 2 || summaries[me.PersonID] != want {
		t.Errorf("summaries %v, %v", summaries, err)
	}
	if names, err := people.Names(ctx, many); err != nil || len(names) != 2 || names[elder] != "俞演示" {
		t.Errorf("names %v, %v", names, err)
	}
	for id, want := range map[string]string{me.PersonID: "sim-newcomer", elder: "", "unknown": ""} {
		if got, err := people.OpenID(ctx, id); err != nil || got != want {
			t.Errorf("openid of %s is %q, %v", id, got, err)
		}
	}
	if err := people.Require(ctx, "unknown"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("nobody is somebody: %v", err)
	}
	caller, err := people.CallerFor(ctx, h.Login("secretary").PersonID)
	if err != nil || caller.HomePath != h.World.Grid.Path || len(caller.Grants) != 1 || caller.HelperID != "" {
		t.Errorf("the secretary as a caller: %+v, %v", caller, err)
	}
	if _, err := people.CallerFor(ctx, "unknown"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("nobody as a caller: %v", err)
	}
}
