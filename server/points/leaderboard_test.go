package points_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/secret"
)

func (d *desk) turnOnLeaderboard() {
	d.Helper()
	path := "/regions/" + d.World.Community.ID + "/settings"
	settings := map[string]any{}
	d.Login("secretary").Get(path).Want(http.StatusOK).Into(&settings)
	maps.Copy(settings, map[string]any{"leaderboard": true, "reason": "居民会议同意"})
	d.Login("secretary").Put(path, settings).Want(http.StatusOK)
}

func (d *desk) leaderboard(of *apptest.Client, query string) *apptest.Answer {
	d.Helper()
	return of.Get("/regions/" + d.World.Community.ID + "/leaderboard" + query)
}

func (d *desk) wantRank(of *apptest.Client, rank, people int64) {
	d.Helper()
	answer := of.Get("/me/points/rank").Want(http.StatusOK)
	if answer.Get("rank").Int() != rank || answer.Get("people").Int() != people {
		d.Fatalf("want rank %d of %d: %s", rank, people, answer)
	}
}

func TestNobodyIsRankedUnlessTheCommunityWantsIt(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	d.give(me.PersonID, 10, region.Harmony)
	d.leaderboard(me, "").WantCode(http.StatusConflict, "leaderboard.off")
	d.leaderboard(d.Login("secretary"), "").WantCode(http.StatusConflict, "leaderboard.off")
	me.Get("/me/points/rank").WantCode(http.StatusConflict, "leaderboard.off")
	d.turnOnLeaderboard()
	d.leaderboard(me, "").Want(http.StatusOK)
	d.leaderboard(d.Login("street"), "").Want(http.StatusOK)
	d.leaderboard(d.Login("outsider"), "").WantCode(http.StatusForbidden, "auth.forbidden")
	d.Login("outsider").Get("/me/points/rank").WantCode(http.StatusConflict, "leaderboard.off")
	d.Login("newcomer").Get("/me/points/rank").WantCode(http.StatusConflict, "leaderboard.off")
	me.Get("/me/points/rank?period=soon").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestALeaderboardNamesOnlyWhoAgreed(t *testing.T) {
	d := startDesk(t)
	d.turnOnLeaderboard()
	me, named := d.Login("resident"), d.Resident("named")
	named.Patch("/me", map[string]any{"leaderboard_consent": true}).Want(http.StatusOK)
	d.give(d.Resident("best").PersonID, 30, region.Harmony)
	d.give(named.PersonID, 20, region.Harmony)
	d.give(me.PersonID, 20, region.SafetyLaw)
	d.give(d.Resident("last").PersonID, 5, region.Harmony)
	gone := d.give(d.Resident("gone").PersonID, 5, region.Harmony)
	_, err := d.App.Points.Reverse(context.Background(), gone.ID, "重复登记", []string{d.Login("secretary").PersonID})
	must(d, err)

	var lines []string
	for cursor := ""; ; {
		page := d.leaderboard(me, "?limit=2&cursor="+cursor).Want(http.StatusOK)
		for _, line := range page.Get("items").Array() {
			lines = append(lines, fmt.Sprintf("%s%s%s%s", line.Get("rank"), line.Get("name"), line.Get("earned"), line.Get("mine")))
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	// Of two who earned as much, the later comer stands first in the list; their rank is the same.
	want := []string{"1一位居民30", "2样例named20", "2一位居民20true", "4一位居民5"}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("the leaderboard is %v, want %v", lines, want)
	}
	earlier := d.leaderboard(me, "?period=2026-10").Want(http.StatusOK)
	if len(earlier.Get("items").Array()) != 0 {
		t.Errorf("of another month: %s", earlier)
	}
	d.leaderboard(me, "?period=2026-10&cursor="+d.leaderboard(me, "?limit=1").Get("next_cursor").String()).WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

// A page may end with somebody who is not named: its cursor names nobody either, and nobody puts an id of their own into it.
func TestALeaderboardsCursorNamesNobody(t *testing.T) {
	d := startDesk(t)
	d.turnOnLeaderboard()
	me, best := d.Login("resident"), d.Resident("best").PersonID
	d.give(best, 30, region.Harmony)
	d.give(me.PersonID, 20, region.Harmony)
	text, err := base64.RawURLEncoding.DecodeString(d.leaderboard(me, "?limit=1").Want(http.StatusOK).Get("next_cursor").String())
	must(t, err)
	var keys []string
	must(t, json.Unmarshal(text, &keys))
	sealed := keys[len(keys)-1]
	plain, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || strings.Contains(string(text), best) || strings.Contains(string(plain), best) {
		t.Errorf("the cursor %s shows who ends the page: %v", text, err)
	}
	goOn := func(id string) *apptest.Answer {
		keys[len(keys)-1] = id
		made, err := json.Marshal(keys)
		must(t, err)
		return d.leaderboard(me, "?limit=1&cursor="+base64.RawURLEncoding.EncodeToString(made))
	}
	if next := goOn(sealed).Want(http.StatusOK); !next.Get("items.0.mine").Bool() {
		t.Errorf("the second page: %s", next)
	}
	for name, id := range map[string]string{
		"not sealed":                 best,
		"sealed for something else":  d.App.Key.Encrypt("kept answers", []byte(best)),
		"sealed with another's key":  secret.Key("a key of somebody else, which is as long").Encrypt("leaderboard cursor", []byte(best)),
		"sealed, and then cut short": sealed[:8],
	} {
		t.Run(name, func(t *testing.T) { goOn(id).WantCode(http.StatusUnprocessableEntity, "input.invalid") })
	}
}

func TestRankFollowsThePostings(t *testing.T) {
	d := startDesk(t)
	d.turnOnLeaderboard()
	me, other := d.Login("resident"), d.Resident("other")
	d.wantRank(me, 0, 0)
	entry := d.give(me.PersonID, 10, region.Harmony)
	d.wantRank(me, 1, 1)
	d.give(other.PersonID, 11, region.Harmony)
	d.wantRank(me, 2, 2)
	d.wantRank(other, 1, 2)
	d.give(me.PersonID, 1, region.Harmony)
	d.wantRank(me, 1, 2)
	d.wantRank(other, 1, 2)
	d.give(me.PersonID, 5000, region.SafetyLaw) // far above all that was there when it was read
	d.wantRank(me, 1, 2)
	d.wantRank(other, 2, 2)
	_, err := d.App.Points.Reverse(context.Background(), entry.ID, "重复登记", nil)
	must(d, err)
	d.spend(me.PersonID, 1000) // what is spent was earned all the same
	d.wantRank(me, 1, 2)
	d.giveIn(d.World.Village, me.PersonID, 10_000, region.SafetyLaw) // earned elsewhere
	d.give(other.PersonID, 6000, region.Harmony)
	d.wantRank(me, 2, 2)
}

// What a server does not do itself, because another did, it finds by reading again.
func TestRankFollowsOtherServers(t *testing.T) {
	d := startDesk(t)
	d.turnOnLeaderboard()
	me := d.Login("resident")
	d.give(me.PersonID, 10, region.Harmony)
	d.wantRank(me, 1, 1)
	must(d, d.App.DB.InTx(context.Background(), func(ctx context.Context) error {
		_, err := d.App.DB.Querier(ctx).ExecContext(ctx, "INSERT INTO points_total (person_id, community_id, period, star, earned, entries, minutes) "+
			"VALUES (?, ?, '2026-11', '', 20, 1, 0)", db.NewID(), d.World.Community.ID)
		return err
	}))
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		answer := me.Get("/me/points/rank").Want(http.StatusOK)
		if answer.Get("rank").Int() == 2 && answer.Get("people").Int() == 2 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the ranking was never read again: %s", answer)
		}
	}
}
