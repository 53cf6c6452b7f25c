package region_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
)

func TestTheTreeGrowsLevelByLevel(t *testing.T) {
	h := apptest.Start(t)
	admin, w := h.Login("admin"), h.World
	for _, test := range []struct {
		name string
		body map[string]any
		want int
	}{
		{"a community below a district", map[string]any{"parent_id": w.District.ID, "kind": "community", "community_kind": "urban", "name": "越级社区"}, 422},
		{"a community without its kind", map[string]any{"parent_id": w.Street.ID, "kind": "community", "name": "无类社区"}, 422},
		{"a grid with a kind", map[string]any{"parent_id": w.Community.ID, "kind": "grid", "community_kind": "urban", "name": "第二网格"}, 422},
		{"a name that is there already", map[string]any{"parent_id": w.Community.ID, "kind": "grid", "name": "第一网格"}, 409},
		{"below nothing", map[string]any{"parent_id": "NOTHING", "kind": "grid", "name": "第二网格"}, 404},
		{"a blank name", map[string]any{"parent_id": w.Community.ID, "kind": "grid", "name": "   "}, 422},
		{"as it should be", map[string]any{"parent_id": w.Community.ID, "kind": "grid", "name": " 第二网格 "}, 201},
	} {
		if got := admin.Post("/regions", test.body); got.Status != test.want {
			t.Errorf("%s: %s, want %d", test.name, got, test.want)
		}
	}
	grids := admin.Get("/regions?parent_id=" + w.Community.ID).Want(http.StatusOK)
	if grids.Get("items.#").Int() != 2 || grids.Get("items.1.name").String() != "第二网格" {
		t.Errorf("%s", grids)
	}
	stars := admin.Get("/regions/" + w.Village.ID).Want(http.StatusOK).Get("stars.1.star").String()
	if stars != "thriving_industry" {
		t.Errorf("the village's second star is %q", stars)
	}
}

func TestListsPageThrough(t *testing.T) {
	h := apptest.Start(t)
	secretary := h.Login("secretary")
	for n := range 7 {
		body := map[string]any{"region_id": h.World.Community.ID, "name": fmt.Sprintf("第%d家", n), "kind": "social"}
		secretary.Post("/organisations", body).Want(http.StatusCreated)
	}
	seen, cursor := map[string]bool{}, ""
	for {
		page := secretary.Get("/organisations?limit=3&region_id=" + h.World.Community.ID + "&cursor=" + cursor).Want(http.StatusOK)
		for _, id := range page.Get("items.#.id").Array() {
			if seen[id.String()] {
				t.Fatalf("%s is there twice", id)
			}
			seen[id.String()] = true
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if len(seen) != 9 { // seven, and the World's two
		t.Errorf("%d organisations, want 9", len(seen))
	}
}

func TestRolesAreGivenAndTakenWithinBounds(t *testing.T) {
	h := apptest.Start(t)
	w, secretary, resident := h.World, h.Login("secretary"), h.Login("resident")
	grant := func(client *apptest.Client, person, role, place, id string) *apptest.Answer {
		return client.Post("/role-grants", map[string]any{"person_id": person, "role": role, place: id})
	}
	grant(resident, h.Login("someone").PersonID, "grid_worker", "region_id", w.Grid.ID).WantCode(403, "auth.forbidden")
	grant(secretary, secretary.PersonID, "grid_worker", "region_id", w.Grid.ID).WantCode(403, "auth.forbidden")
	grant(secretary, resident.PersonID, "street_officer", "region_id", w.Street.ID).WantCode(403, "auth.forbidden")
	grant(secretary, resident.PersonID, "grid_worker", "region_id", w.VillageGrid.ID).WantCode(403, "auth.forbidden")
	grant(secretary, resident.PersonID, "secretary", "region_id", w.Grid.ID).WantCode(422, "input.invalid")
	grant(secretary, resident.PersonID, "assignee", "region_id", w.Community.ID).WantCode(422, "input.invalid")
	grant(secretary, "NOBODY", "grid_worker", "region_id", w.Grid.ID).WantCode(404, "not_found")

	given := grant(secretary, resident.PersonID, "grid_worker", "region_id", w.Grid.ID).Want(http.StatusCreated)
	grant(secretary, resident.PersonID, "grid_worker", "region_id", w.Grid.ID).WantCode(409, "role.held")
	if roles := resident.Get("/me").Want(200).Get("roles.#").Int(); roles != 1 {
		t.Errorf("%d roles right after the grant, want 1", roles)
	}
	resident.Patch("/me", map[string]any{"name": "张样例"}).Want(http.StatusOK)
	holders := secretary.Get("/regions/" + w.Grid.ID + "/role-grants").Want(http.StatusOK)
	name := holders.Get(`items.#(person_id=="` + resident.PersonID + `").person_name`).String()
	if name != "张样例" {
		t.Errorf("the list of roles says %q, want 张样例", name)
	}
	path := "/role-grants/" + given.Get("id").String()
	h.Login("outsider").Delete(path).WantCode(403, "auth.forbidden")
	resident.Delete(path).WantCode(403, "auth.forbidden")
	secretary.Delete(path).Want(http.StatusNoContent)
	secretary.Delete(path).WantCode(404, "not_found")
	if roles := resident.Get("/me").Want(200).Get("roles.#").Int(); roles != 0 {
		t.Errorf("%d roles right after it was taken, want 0", roles)
	}
	grant(secretary, resident.PersonID, "grid_worker", "region_id", w.Grid.ID).Want(http.StatusCreated)

	log := secretary.Get("/regions/" + w.Grid.ID + "/audit").Want(200)
	if acts := log.Get("items.#.act").String(); acts != `["role.granted","role.revoked","role.granted","role.granted"]` {
		t.Errorf("the audit log holds %s", acts)
	}
	h.Login("outsider").Get("/regions/"+w.Grid.ID+"/audit").WantCode(403, "auth.forbidden")
}

func TestSettingsAreHumaneUntilChanged(t *testing.T) {
	h := apptest.Start(t)
	path := "/regions/" + h.World.Community.ID + "/settings"
	settings := map[string]any{}
	h.Login("resident").Get(path).Want(200).Into(&settings)
	for name, value := range settings {
		if value == true && name != "walk_ins" { // which welcomes people
			t.Errorf("the switch %s is on from the start", name)
		}
	}
	settings["verified_home_for_votes"], settings["accept_hours"] = true, 48
	change := func(client *apptest.Client, reason string) *apptest.Answer {
		body := map[string]any{"reason": reason}
		for name, value := range settings {
			body[name] = value
		}
		return client.Put(path, body)
	}
	change(h.Login("resident"), "我想改").WantCode(403, "auth.forbidden")
	change(h.Login("outsider"), "我想改").WantCode(403, "auth.forbidden")
	change(h.Login("secretary"), "").WantCode(422, "input.invalid")
	change(h.Login("secretary"), "居民大会的决定").Want(200)
	if got := h.Login("resident").Get(path).Want(200); !got.Get("verified_home_for_votes").Bool() || got.Get("accept_hours").Int() != 48 {
		t.Errorf("%s", got)
	}
	settings["accept_hours"] = 0
	change(h.Login("secretary"), "太急了").WantCode(422, "input.invalid")
	log := h.Login("secretary").Get("/regions/" + h.World.Community.ID + "/audit").Want(200)
	if log.Get("items.0.act").String() != "settings.changed" || log.Get("items.0.reason").String() != "居民大会的决定" {
		t.Errorf("%s", log)
	}
}

func TestChangesOfSettingsAreTold(t *testing.T) {
	h := apptest.Start(t)
	secretary := h.Login("secretary")
	path := "/regions/" + h.World.Community.ID + "/settings"
	change := func(reason string, changes map[string]any) {
		settings := map[string]any{}
		secretary.Get(path).Want(200).Into(&settings)
		maps.Copy(settings, changes)
		settings["reason"] = reason
		secretary.Put(path, settings).Want(200)
	}
	change("居民会议同意", map[string]any{"photos_demanded": true, "review_days": 10})
	change("再点一次", nil) // changes nothing, and is no change
	change("大家觉得麻烦", map[string]any{"photos_demanded": false})

	for _, name := range []string{"resident", "leader", "grid", "outsider"} {
		h.Login(name).Get(path+"/changes").WantCode(403, "auth.forbidden")
	}
	changes := h.Login("street").Get(path + "/changes").Want(200)
	if changes.Get("items.#").Int() != 2 || changes.Get("items.0.reason").String() != "大家觉得麻烦" || changes.Get("items.0.actor_id").String() != secretary.PersonID ||
		changes.Get("items.0.actor_name").String() == "" || changes.Get("items.0.values").Raw != `[{"name":"photos_demanded","before":true,"after":false}]` {
		t.Errorf("%s", changes)
	}
	if got := changes.Get("items.1.values").Raw; got != `[{"name":"photos_demanded","before":false,"after":true},{"name":"review_days","before":7,"after":10}]` {
		t.Errorf("%s", got)
	}
	next := h.Login("street").Get(path + "/changes?limit=1").Want(200).Get("next_cursor").String()
	if older := h.Login("street").Get(path + "/changes?limit=1&cursor=" + next).Want(200); older.Get("items.0.reason").String() != "居民会议同意" {
		t.Errorf("%s", older)
	}
}

// Admins who revoke each other at the same moment do so one after the other, and the one who has lost the role takes
// none.
func TestACityKeepsAnAdmin(t *testing.T) {
	h := apptest.Start(t)
	admins := []*apptest.Client{h.Login("admin"), h.Login("admin2")}
	grantTo := func(n int) string {
		body := map[string]any{"person_id": admins[n].PersonID, "role": "admin", "region_id": h.World.City.ID}
		return admins[1-n].Post("/role-grants", body).Want(http.StatusCreated).Get("id").String()
	}
	held := []string{h.Login("admin").Get("/me").Want(http.StatusOK).Get("roles.0.id").String(), grantTo(1)}
	for range 10 {
		h.Clock.Advance(time.Second)
		var answers [2]*apptest.Answer
		var done sync.WaitGroup
		for n := range admins {
			done.Go(func() { answers[n] = admins[n].Delete("/role-grants/" + held[1-n]) })
		}
		done.Wait()
		left := slices.IndexFunc(answers[:], func(a *apptest.Answer) bool { return a.Status == http.StatusNoContent })
		if left < 0 || answers[1-left].Status == http.StatusNoContent {
			t.Fatalf("two admins revoke each other: %s, %s", answers[0], answers[1])
		}
		held[1-left] = grantTo(1 - left)
	}
}
