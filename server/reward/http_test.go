package reward_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/reward"
)

func TestFromPointsToTheCounter(t *testing.T) {
	s := newScene(t)
	s.earn(25, s.resident)
	made := s.secretary.Post("/rewards", s.newReward(nil)).Want(created)
	id := made.Get("id").String()
	if made.Get("state").String() != "published" || made.Get("stock_left").Int() != 5 || made.Get("organisation_name").String() != "样板理发店" {
		t.Fatalf("made %s", made)
	}
	listed := s.resident.Get("/rewards?region_id=" + s.World.Community.ID).Want(ok)
	if listed.Get("items.#").Int() != 1 || listed.Get("items.0.price").Int() != 10 {
		t.Fatalf("listed %s", listed)
	}
	redeemed := s.resident.Post("/rewards/"+id+"/redemptions", fields{}).Want(created)
	code := redeemed.Get("code").String()
	if len(code) != 10 || redeemed.Get("qr_text").String() != "FS1:R:"+code || redeemed.Get("state").String() != "redeemed" ||
		!redeemed.Get("expires_at").Time().Equal(s.Clock.Now().Add(7*24*time.Hour)) || redeemed.Get("reward.stock_left").Int() != 4 {
		t.Fatalf("redeemed %s", redeemed)
	}
	seen := s.resident.Get("/redemptions/" + redeemed.Get("id").String()).Want(ok)
	if seen.Get("code").String() != code || seen.Get("reward.title").String() != "理发一次" || seen.Get("person_name").String() != "样例resident" {
		t.Errorf("seen again: %s", seen)
	}
	if mine := s.resident.Get("/me/redemptions?state=redeemed").Want(ok); mine.Get("items.0.code").String() != code {
		t.Errorf("mine: %s", mine)
	}
	if shown := s.resident.Get("/rewards/" + id).Want(ok); shown.Get("my_redemptions").Int() != 1 || shown.Get("stock_left").Int() != 4 {
		t.Errorf("the reward after it: %s", shown)
	}
	entry := s.resident.Get("/me/points/entries").Want(ok).Get("items.0")
	if entry.Get("kind").String() != "redemption" || entry.Get("amount").Int() != -10 || entry.Get("memo").String() != "理发一次" {
		t.Errorf("history: %s", entry)
	}
	own := s.resident.Get("/me/points").Want(ok)
	if own.Get("balance").Int() != 15 || own.Get("earned.month").Int() != 25 {
		t.Errorf("points: %s", own)
	}
	s.resident.Post("/rewards/"+id+"/redemptions", nil).WantCode(conflict, "reward.limit")

	s.Clock.Advance(time.Hour)
	done := s.fulfil(s.merchant, "FS1:R:"+code).Want(ok)
	if done.Get("state").String() != "fulfilled" || done.Get("person_name").String() != "样例resident" || done.Get("reward.title").String() != "理发一次" ||
		done.Get("ended_by_name").String() != "样例merchant" || done.Get("code").Exists() {
		t.Errorf("fulfilled: %s", done)
	}
	s.wantAct("redemption.fulfilled", redeemed.Get("id").String())
	s.fulfil(s.merchant, code).WantCode(conflict, "redemption.done")
	s.fulfil(s.secretary, code).WantCode(conflict, "redemption.done")
	s.resident.Delete("/redemptions/"+redeemed.Get("id").String()).WantCode(conflict, "redemption.done")
	if after := s.resident.Get("/redemptions/" + redeemed.Get("id").String()).Want(ok); after.Get("code").Exists() {
		t.Errorf("the code is told after it was used: %s", after)
	}
}

func TestRedeemRefusals(t *testing.T) {
	s := newScene(t)
	neighbour := s.Resident("neighbour")
	s.earn(20, s.resident, neighbour)
	redeem := func(by *apptest.Client, id string) *apptest.Answer {
		return by.Post("/rewards/"+id+"/redemptions", nil)
	}

	redeem(s.resident, s.reward(fields{"price": 21})).WantCode(conflict, "points.short")
	redeem(s.outsider, s.reward(nil)).WantCode(refused, "auth.forbidden")
	redeem(s.resident, "NOWHERE").WantCode(missing, "not_found")
	redeem(s.resident, s.reward(fields{"redeem_from": s.Clock.Now().Add(time.Minute)})).WantCode(conflict, "reward.not_open")
	draft := s.secretary.Post("/rewards", s.newReward(fields{"draft": true})).Want(created).Get("id").String()
	redeem(s.resident, draft).WantCode(refused, "auth.forbidden")

	last := s.reward(fields{"stock": 1})
	s.redeem(s.resident, last)
	redeem(neighbour, last).WantCode(conflict, "reward.out_of_stock")

	closed := s.reward(nil)
	s.secretary.Post("/rewards/"+closed+"/close", nil).Want(ok)
	redeem(neighbour, closed).WantCode(conflict, "reward.not_open")

	ending := s.reward(fields{"redeem_until": s.Clock.Now().Add(time.Hour)})
	s.Clock.Advance(time.Hour)
	redeem(neighbour, ending).WantCode(conflict, "reward.not_open")
	s.Tick()
	if state := s.secretary.Get("/rewards/" + ending).Want(ok).Get("state").String(); state != "closed" {
		t.Errorf("the reward is %s after its window", state)
	}
	if got := s.balance(neighbour); got != 20 {
		t.Errorf("%d points left after nothing was redeemed", got)
	}
}

// Points are spent where they were earned, also by those who have moved away.
func TestWhoMovedAwaySpendsWhatIsThere(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.outsider)
	s.redeem(s.outsider, s.reward(nil))
	s.outsider.Post("/rewards/"+s.reward(nil)+"/redemptions", nil).WantCode(refused, "auth.forbidden")
}

func TestCancelledGivesBothBack(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.resident)
	id := s.reward(fields{"stock": 1})
	redemption, code := s.redeem(s.resident, id)
	if left := s.stockLeft(id); left != 0 {
		t.Fatalf("%d left", left)
	}
	s.merchant.Delete("/redemptions/"+redemption).WantCode(refused, "auth.forbidden")
	s.resident.Post("/rewards/"+id+"/redemptions", nil).WantCode(conflict, "reward.out_of_stock")
	s.resident.Delete("/redemptions/" + redemption).Want(empty)
	s.resident.Delete("/redemptions/" + redemption).Want(empty)
	if s.balance(s.resident) != 10 || s.stockLeft(id) != 1 {
		t.Errorf("%d points, %d pieces", s.balance(s.resident), s.stockLeft(id))
	}
	if mine := s.resident.Get("/rewards/" + id).Want(ok).Get("my_redemptions").Int(); mine != 0 {
		t.Errorf("%d count towards the limit", mine)
	}
	own := s.resident.Get("/me/points").Want(ok)
	if own.Get("earned.month").Int() != 10 {
		t.Errorf("what came back counts as earned: %s", own)
	}
	entry := s.resident.Get("/me/points/entries").Want(ok).Get("items.0")
	if entry.Get("kind").String() != "reversal" || entry.Get("amount").Int() != 10 || entry.Get("memo").String() != "兑换已取消：理发一次" {
		t.Errorf("history: %s", entry)
	}
	s.fulfil(s.merchant, code).WantCode(conflict, "redemption.cancelled")
	s.redeem(s.resident, id) // the turn came back, too

	other, _ := s.redeem(s.resident2(), s.reward(nil))
	s.secretary.Delete("/redemptions/" + other).Want(empty)
	s.wantAct("redemption.cancelled", other)
}

func (s scene) resident2() *apptest.Client {
	s.Helper()
	second := s.Resident("resident2")
	s.earn(10, second)
	return second
}

func TestNotFetchedGivesBothBack(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.resident)
	id := s.reward(fields{"stock": 1, "fetch_days": 3})
	redemption, code := s.redeem(s.resident, id)
	s.Clock.Advance(3*24*time.Hour - time.Millisecond)
	s.Tick()
	if state := s.state(s.resident, redemption); state != "redeemed" {
		t.Fatalf("%s before its time", state)
	}
	s.Clock.Advance(time.Millisecond)
	s.fulfil(s.merchant, code).WantCode(conflict, "redemption.expired")
	s.Tick()
	if s.state(s.resident, redemption) != "expired" || s.balance(s.resident) != 10 || s.stockLeft(id) != 1 {
		t.Errorf("%s, %d points, %d pieces", s.state(s.resident, redemption), s.balance(s.resident), s.stockLeft(id))
	}
	s.fulfil(s.merchant, code).WantCode(conflict, "redemption.expired")
	s.resident.Delete("/redemptions/"+redemption).WantCode(conflict, "redemption.expired")
}

// A redemption that cannot be given back is told of, and keeps no other from it.
func TestABadRedemptionHoldsUpNoOther(t *testing.T) {
	s := newScene(t)
	s.earn(20, s.resident)
	bad, good := s.reward(nil), s.reward(nil)
	first, _ := s.redeem(s.resident, bad)
	second, _ := s.redeem(s.resident, good)
	s.Exec("UPDATE reward SET stock_taken = 0 WHERE id = ?", bad)
	s.Clock.Advance(7 * 24 * time.Hour)
	if err := s.App.Rewards.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), first) {
		t.Errorf("of the bad one the tick tells %v", err)
	}
	if s.state(s.resident, first) != "redeemed" || s.state(s.resident, second) != "expired" {
		t.Errorf("the bad one is %s, the other %s", s.state(s.resident, first), s.state(s.resident, second))
	}
	s.Exec("UPDATE reward SET stock_taken = 1 WHERE id = ?", bad)
	s.Tick()
	if state := s.state(s.resident, first); state != "expired" {
		t.Errorf("once it is mended it is %s", state)
	}
}

func TestTwoWitnesses(t *testing.T) {
	s := newScene(t)
	elder := s.elder("样例老人")
	s.earn(20, s.secretary, s.merchant, elder)
	id := s.reward(nil)

	_, code := s.redeem(s.secretary, id) // who made the reward, too
	s.fulfil(s.secretary, code).WantCode(refused, "review.own_work")
	s.fulfil(s.secretary2, code).Want(ok)

	_, code = s.redeem(s.merchant, id)
	s.fulfil(s.merchant, code).WantCode(refused, "review.own_work")
	s.fulfil(s.secretary, code).Want(ok)

	_, card := s.Elder("样例老伴")
	helped := s.secretary.ByCard(card)
	helped.PersonID = helped.Get("/me").Want(ok).Get("id").String()
	s.earn(20, helped)
	_, code = s.redeem(helped, id)
	s.fulfil(s.secretary, code).WantCode(refused, "review.own_work")
	s.fulfil(helped, code).WantCode(refused, "auth.forbidden")
	s.fulfil(s.merchant, code).Want(ok)
}

func TestByCardForElders(t *testing.T) {
	s := newScene(t)
	elder := s.elder("样例老人")
	s.earn(10, elder)
	id := s.reward(nil)
	redemption, code := s.redeem(elder, id)
	seen := elder.Get("/redemptions/" + redemption).Want(ok)
	if seen.Get("helper_name").String() != "样例leader" || seen.Get("person_name").String() != "样例老人" || seen.Get("code").String() != code {
		t.Errorf("seen %s", seen)
	}
	if mine := elder.Get("/me/redemptions").Want(ok); mine.Get("items.#").Int() != 1 {
		t.Errorf("the elder's: %s", mine)
	}
	if own := s.leader.Get("/me/redemptions").Want(ok); own.Get("items.#").Int() != 0 {
		t.Errorf("the leader's own: %s", own)
	}
	s.WantHistory(s.App.Rewards.HistoryAmong, []string{elder.PersonID, s.leader.PersonID, s.secretary.PersonID}, []string{s.merchant.PersonID, s.resident.PersonID})
	elder.Delete("/redemptions/" + redemption).Want(empty)
	if s.balance(elder) != 10 {
		t.Errorf("%d points", s.balance(elder))
	}
}

func TestWhoFulfils(t *testing.T) {
	s := newScene(t)
	neighbour := s.Resident("neighbour")
	s.earn(100, s.resident)
	codeOf := func(changes fields) string {
		_, code := s.redeem(s.resident, s.reward(changes))
		return code
	}
	byMerchant := codeOf(nil)
	byDesk := codeOf(fields{"organisation_id": "", "owed_fen": 0})
	byNeighbour := codeOf(fields{"organisation_id": "", "owed_fen": 0, "provider_id": neighbour.PersonID, "title": "修一次自行车"})

	elder := s.elder("样例老人")
	s.fulfil(elder, codeOf(fields{"organisation_id": "", "owed_fen": 0, "provider_id": elder.PersonID})).WantCode(refused, "auth.forbidden") // a helper is not who provides it
	for _, stranger := range []*apptest.Client{s.assignee, neighbour, s.leader, s.grid, s.outsider, s.street} {
		s.fulfil(stranger, byMerchant).WantCode(refused, "auth.forbidden")
	}
	s.fulfil(s.merchant, byDesk).WantCode(refused, "auth.forbidden")
	s.fulfil(s.merchant, byNeighbour).WantCode(refused, "auth.forbidden")
	s.fulfil(s.merchant, byMerchant).Want(ok)
	s.fulfil(s.secretary2, byDesk).Want(ok)
	s.fulfil(neighbour, byNeighbour).Want(ok)
	s.WantHistory(s.App.Rewards.HistoryAmong, []string{s.resident.PersonID, neighbour.PersonID, elder.PersonID, s.merchant.PersonID, s.secretary.PersonID, s.secretary2.PersonID},
		[]string{s.assignee.PersonID, s.grid.PersonID})
}

func TestBadCodes(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.resident)
	_, code := s.redeem(s.resident, s.reward(nil))
	wrong := "0" + code[1:]
	if wrong == code {
		wrong = "1" + code[1:]
	}
	for _, text := range []string{"", " ", wrong, code[1:], code + "0", "FS1:R:", "FS1:C:" + code, "FS1:A:" + code, "abcdefghij", "１２３４５６７８９０"} {
		s.fulfil(s.merchant, text).WantCode(refused, "redemption.bad_code")
	}
	s.fulfil(s.merchant, " "+code[:3]+" "+code[3:6]+"-"+code[6:]+"\n").Want(ok)
}

func TestGuessingIsThrottled(t *testing.T) {
	s := newScene(t, func(config *app.Config) { config.Limits.Guesses = 5 })
	s.earn(10, s.resident)
	_, code := s.redeem(s.resident, s.reward(nil))
	for range 5 {
		s.fulfil(s.merchant, "0000000000").WantCode(refused, "redemption.bad_code")
	}
	if answer := s.fulfil(s.merchant, code); answer.Status != 429 {
		t.Errorf("the right code after too many wrong ones: %s", answer)
	}
	s.fulfil(s.secretary, code).Want(ok)
}

// Whoever reads the database finds no code in it.
func TestNoCodeIsStored(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.resident)
	redemption, code := s.redeem(s.resident.With("Idempotency-Key", "one-tap"), s.reward(nil))
	s.rows(`SELECT id, code_hash, turn_key, request_key FROM redemption`, func(read func(...any)) {
		var id, hash, turn, key string
		read(&id, &hash, &turn, &key)
		if strings.Contains(id+" "+hash+" "+turn+" "+key, code) || len(hash) != 64 || key != "one-tap" {
			t.Errorf("stored: %s %s %s %s", id, hash, turn, key)
		}
	})
	if redemption == "" {
		t.Error("no redemption")
	}
	for _, other := range []*apptest.Client{s.secretary, s.merchant} {
		if seen := other.Get("/redemptions/" + redemption).Want(ok); seen.Get("code").Exists() || seen.Get("qr_text").Exists() {
			t.Errorf("the code is told to others: %s", seen)
		}
	}
}

// A request whose answer was lost finds what it has done, whatever has become of the reward since.
func TestARequestComesAgain(t *testing.T) {
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, options...)
			s.earn(100, s.resident)
			last, many := s.reward(fields{"stock": 1, "per_person_limit": 5}), s.reward(fields{"per_person_limit": 5})
			redeem := func(id, key string) (reward.Redemption, error) {
				caller, err := s.App.People.CallerFor(t.Context(), s.resident.PersonID)
				if err != nil {
					t.Fatal(err)
				}
				return s.App.Rewards.Redeem(t.Context(), caller, id, key)
			}
			for _, id := range []string{last, many} {
				first, err := redeem(id, "one-tap")
				if err != nil {
					t.Fatal(err)
				}
				if again, err := redeem(id, "one-tap"); err != nil || again.ID != first.ID || again.Code != first.Code {
					t.Errorf("again: %v, %v", again, err)
				}
				if id == last {
					if _, err := redeem(id, "another"); err == nil {
						t.Error("another request was given what there is none of")
					}
				}
				s.secretary.Post("/rewards/"+id+"/close", nil).Want(ok)
				if again, err := redeem(id, "one-tap"); err != nil || again.ID != first.ID {
					t.Errorf("after the end: %v, %v", again, err)
				}
			}
			if balance := s.balance(s.resident); balance != 80 {
				t.Errorf("balance %d", balance)
			}
			s.resident2().With("Idempotency-Key", "one-tap").Post("/rewards/"+many+"/redemptions", nil).WantCode(conflict, "reward.not_open") // it is somebody else's
		})
	}
}

func TestWritingAReward(t *testing.T) {
	s := newScene(t)
	for _, client := range []*apptest.Client{s.resident, s.leader, s.grid, s.merchant, s.street, s.outsider} {
		client.Post("/rewards", s.newReward(nil)).WantCode(refused, "auth.forbidden")
	}
	other := s.outsider.Post("/organisations", fields{"region_id": s.World.Village.ID, "name": "村口小店", "kind": "merchant"}).Want(created).Get("id").String()
	for field, changes := range map[string]fields{
		"title": {"title": "米"}, "price": {"price": 0}, "stock": {"stock": 0}, "per_person_limit": {"per_person_limit": 101}, "fetch_days": {"fetch_days": 366},
		"redeem_until": {"redeem_until": s.Clock.Now()}, "organisation_id": {"organisation_id": other}, "owed_fen": {"organisation_id": ""},
		"provider_id": {"organisation_id": "", "owed_fen": 0, "provider_id": s.outsider.PersonID},
	} {
		answer := s.secretary.Post("/rewards", s.newReward(changes)).WantCode(invalid, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != field {
			t.Errorf("%s: %s", field, answer)
		}
	}
	id := s.secretary.Post("/rewards", s.newReward(fields{"draft": true, "photo_ids": []string{s.photo(s.secretary)}})).Want(created).Get("id").String()
	s.resident.Get("/rewards/"+id).WantCode(refused, "auth.forbidden")
	s.resident.Get("/rewards?state=draft").WantCode(refused, "auth.forbidden")
	for _, client := range []*apptest.Client{s.resident, s.leader, s.merchant, s.outsider} {
		client.Patch("/rewards/"+id, fields{"price": 1}).WantCode(refused, "auth.forbidden")
		client.Post("/rewards/"+id+"/publish", nil).WantCode(refused, "auth.forbidden")
		client.Post("/rewards/"+id+"/close", nil).WantCode(refused, "auth.forbidden")
	}
	for _, list := range []string{"/rewards", "/rewards?organisation_id=" + s.World.MerchantID} {
		if listed := s.resident.Get(list).Want(ok); listed.Get("items.#").Int() != 0 {
			t.Errorf("a draft is listed: %s", listed)
		}
	}
	if drafts := s.secretary.Get("/rewards?state=draft").Want(ok); drafts.Get("items.0.photos.#").Int() != 1 {
		t.Errorf("drafts: %s", drafts)
	}
	s.secretary.Patch("/rewards/"+id, fields{"price": 8, "per_person_limit": 2}).Want(ok)
	published := s.secretary.Post("/rewards/"+id+"/publish", nil).Want(ok)
	if published.Get("state").String() != "published" || published.Get("price").Int() != 8 {
		t.Errorf("published: %s", published)
	}
	s.secretary.Post("/rewards/"+id+"/publish", nil).WantCode(conflict, "reward.wrong_state")
	s.secretary.Patch("/rewards/"+id, fields{"price": 9}).WantCode(conflict, "reward.published")
	s.earn(100, s.resident)
	s.redeem(s.resident, id)
	s.redeem(s.resident, id)
	s.secretary.Patch("/rewards/"+id, fields{"stock": 1}).WantCode(invalid, "input.invalid")
	if changed := s.secretary.Patch("/rewards/"+id, fields{"stock": 2, "title": "理发和刮脸"}).Want(ok); changed.Get("stock_left").Int() != 0 {
		t.Errorf("changed: %s", changed)
	}
	s.secretary.Post("/rewards/"+id+"/close", nil).Want(ok)
	s.secretary.Patch("/rewards/"+id, fields{"title": "理发"}).WantCode(conflict, "reward.wrong_state")
	if closed := s.resident.Get("/rewards?state=closed").Want(ok); closed.Get("items.#").Int() != 1 {
		t.Errorf("closed: %s", closed)
	}
}

func TestMonthlyStatement(t *testing.T) {
	s := newScene(t)
	people := s.residents(3)
	s.earn(100, people...)
	haircut := s.reward(fields{"fetch_days": 60})
	shave := s.reward(fields{"title": "=1+1刮脸", "price": 5, "owed_fen": 0, "fetch_days": 60})
	for _, person := range people {
		_, code := s.redeem(person, haircut)
		s.fulfil(s.merchant, code).Want(ok)
	}
	_, code := s.redeem(people[0], shave)
	s.fulfil(s.secretary, code).Want(ok)
	s.redeem(people[1], shave) // not fetched yet
	_, code = s.redeem(people[1], s.reward(fields{"organisation_id": "", "owed_fen": 0}))
	s.fulfil(s.secretary, code).Want(ok) // by the desk
	cancelled, _ := s.redeem(people[2], shave)
	s.secretary.Delete("/redemptions/" + cancelled).Want(empty)
	s.Clock.Set(time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC))
	_, code = s.redeem(people[2], shave)
	s.fulfil(s.merchant, code).Want(ok) // December has begun in Shanghai

	path := "/organisations/" + s.World.MerchantID + "/redemptions"
	november := s.merchant.Get(path + "?month=2026-11&limit=3").Want(ok)
	if november.Get("fulfilled").Int() != 4 || november.Get("points").Int() != 35 || november.Get("owed_fen").Int() != 4500 ||
		november.Get("rewards.#").Int() != 2 || november.Get("items.#").Int() != 3 || november.Get("organisation_name").String() != "样板理发店" {
		t.Errorf("november: %s", november)
	}
	rest := s.merchant.Get(path + "?month=2026-11&limit=3&cursor=" + november.Get("next_cursor").String()).Want(ok)
	if rest.Get("items.#").Int() != 1 || rest.Get("items.0.reward.title").String() != "=1+1刮脸" || rest.Get("next_cursor").Exists() {
		t.Errorf("the rest: %s", rest)
	}
	december := s.secretary.Get(path).Want(ok)
	if december.Get("month").String() != "2026-12" || december.Get("fulfilled").Int() != 1 || december.Get("points").Int() != 5 || december.Get("items.#").Int() != 1 {
		t.Errorf("december: %s", december)
	}
	for _, wrong := range []string{"2026", "2026-13", "x", "2026-1"} {
		s.merchant.Get(path+"?month="+wrong).WantCode(invalid, "input.invalid")
	}
	for _, stranger := range []*apptest.Client{s.assignee, s.resident, s.outsider, s.leader} {
		stranger.Get(path).WantCode(refused, "auth.forbidden")
		stranger.Get(path+".xlsx").WantCode(refused, "auth.forbidden")
	}

	file := s.merchant.Get(path + ".xlsx?month=2026-11").Want(ok)
	s.wantAct("redemptions.exported", s.World.MerchantID)
	if name, _ := url.PathUnescape(file.Header.Get("Content-Disposition")); !strings.Contains(name, "样板理发店兑换对账 2026年11月.xlsx") {
		t.Errorf("name: %s", name)
	}
	workbook, err := excelize.OpenReader(bytes.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := workbook.GetRows("兑换对账")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 11 || strings.Join(rows[2], "|") != "理发一次|3|30|45.00" || strings.Join(rows[4], "|") != "合计|4|35|45.00" ||
		rows[7][1] != "理发一次" || rows[7][3] != "样例merchant" {
		t.Errorf("workbook: %d rows %q", len(rows), rows)
	}
	if formula, _ := workbook.GetCellFormula("兑换对账", "A4"); formula != "" {
		t.Errorf("a title became the formula %q", formula)
	}
}

// A merchant of the street is told which community owes what, and each community sees what it owes itself.
func TestStatementOfSeveralCommunities(t *testing.T) {
	s := newScene(t)
	shopID := s.Login("admin").Post("/organisations", fields{"region_id": s.World.Street.ID, "name": "样板粮油店", "kind": "merchant"}).Want(created).Get("id").String()
	shop := s.Login("shopkeeper")
	s.Login("admin").Post("/role-grants", fields{"person_id": shop.PersonID, "role": "assignee", "organisation_id": shopID}).Want(created)
	villager := s.Home("villager", s.World.VillageGrid.ID)
	s.earn(100, s.resident)
	s.earnIn(s.World.Village.ID, 100, villager)
	rice := s.reward(fields{"organisation_id": shopID, "title": "大米一袋", "owed_fen": 2000})
	oil := s.reward(fields{"organisation_id": shopID, "title": "食用油一桶", "owed_fen": 3000})
	villageRice := s.outsider.Post("/rewards", s.newReward(fields{"region_id": s.World.Village.ID, "organisation_id": shopID, "title": "大米一袋", "owed_fen": 1000, "price": 7})).Want(created).Get("id").String()
	for _, redeemed := range []struct {
		by       *apptest.Client
		rewardID string
	}{{s.resident, rice}, {villager, villageRice}, {s.resident, oil}} {
		_, code := s.redeem(redeemed.by, redeemed.rewardID)
		s.fulfil(shop, code).Want(ok)
	}
	path := "/organisations/" + shopID + "/redemptions"
	sums := func(answer *apptest.Answer, list string) map[string]string {
		found := map[string]string{}
		for _, sum := range append(answer.Get(list).Array(), answer.Get("@this")) {
			name := sum.Get("region_name").String() + sum.Get("title").String() + sum.Get("organisation_name").String()
			found[name] = fmt.Sprintf("%d for %d, %d fen", sum.Get("fulfilled").Int(), sum.Get("points").Int(), sum.Get("owed_fen").Int())
		}
		return found
	}
	whole := map[string]string{"样板社区": "2 for 20, 5000 fen", "样板村": "1 for 7, 1000 fen", "样板粮油店": "3 for 27, 6000 fen"}
	for _, may := range []*apptest.Client{shop, s.street} {
		if diff := cmp.Diff(whole, sums(may.Get(path).Want(ok), "communities")); diff != "" {
			t.Error(diff)
		}
	}
	villages := path + "?region_id=" + s.World.Village.ID
	for _, may := range []*apptest.Client{s.outsider, shop, s.street} {
		village := may.Get(villages).Want(ok)
		if diff := cmp.Diff(map[string]string{"大米一袋": "1 for 7, 1000 fen", "样板粮油店": "1 for 7, 1000 fen"}, sums(village, "rewards")); diff != "" {
			t.Error(diff)
		}
		if village.Get("items.#").Int() != 1 || village.Get("items.0.reward.id").String() != villageRice {
			t.Errorf("the village's: %s", village)
		}
	}
	// What another community owes is not for it, and only a community owes anything.
	for _, refusedTo := range []string{path, path + ".xlsx", path + "?region_id=" + s.World.Community.ID, path + ".xlsx?region_id=" + s.World.Community.ID} {
		s.outsider.Get(refusedTo).WantCode(refused, "auth.forbidden")
	}
	s.resident.Get(villages).WantCode(refused, "auth.forbidden")
	s.street.Get(path+"?region_id="+s.World.Street.ID).WantCode(invalid, "input.invalid")
	s.street.Get(path+"?region_id=nowhere").WantCode(missing, "not_found")

	for query, want := range map[string][]string{
		"":                                 {"大米一袋|1|10|20.00", "食用油一桶|1|10|30.00", "大米一袋|1|7|10.00", "样板社区|2|20|50.00", "样板村|1|7|10.00", "合计|3|27|60.00"},
		"?region_id=" + s.World.Village.ID: {"大米一袋|1|7|10.00", "合计|1|7|10.00"},
	} {
		workbook, err := excelize.OpenReader(bytes.NewReader(s.street.Get(path + ".xlsx" + query).Want(ok).Body))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := workbook.GetRows("兑换对账")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range rows[2 : 2+len(want)] {
			got = append(got, strings.Join(row, "|"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
		for _, row := range rows[2+len(want)+2:] {
			if isVillage := row[4] == "7"; isVillage != (row[6] == "样板村") || !isVillage && row[6] != "样板社区" {
				t.Errorf("a single one: %q", row)
			}
		}
	}
}

func TestARewardsRedemptionsAreForThoseWhoFulfil(t *testing.T) {
	s := newScene(t)
	s.earn(20, s.resident)
	id := s.reward(nil)
	redemption, _ := s.redeem(s.resident, id)
	s.redeem(s.resident, s.reward(nil)) // of another reward
	for _, may := range []*apptest.Client{s.secretary, s.merchant, s.street} {
		if seen := may.Get("/rewards/" + id + "/redemptions?state=redeemed").Want(ok); seen.Get("items.#").Int() != 1 || seen.Get("items.0.person_name").String() != "样例resident" {
			t.Errorf("seen: %s", seen)
		}
		may.Get("/redemptions/" + redemption).Want(ok)
	}
	for _, stranger := range []*apptest.Client{s.assignee, s.leader, s.grid, s.outsider, s.resident} {
		stranger.Get("/rewards/"+id+"/redemptions").WantCode(refused, "auth.forbidden")
	}
	s.leader.Get("/redemptions/"+redemption).WantCode(refused, "auth.forbidden")
}

func TestLeavingGivesBackWhatWasNotFetched(t *testing.T) {
	s := newScene(t)
	leaver := s.Resident("leaver")
	s.earn(20, leaver)
	id := s.reward(fields{"stock": 2, "per_person_limit": 2})
	_, code := s.redeem(leaver, id)
	s.fulfil(s.merchant, code).Want(ok)
	s.redeem(leaver, id)
	exported := leaver.Get("/me/export").Want(ok)
	if exported.Get("rooms.rewards.redemptions.#").Int() != 2 {
		t.Errorf("export: %s", exported)
	}
	if fulfilled := s.merchant.Get("/me/export").Want(ok); fulfilled.Get("rooms.rewards.acts_on_redemptions_of_others.#").Int() != 1 {
		t.Errorf("export of who fulfilled: %s", fulfilled)
	}
	leaver.Delete("/me").Want(empty)
	if left := s.stockLeft(id); left != 1 {
		t.Errorf("%d pieces left", left)
	}
}

func TestToldOnceThatTimeRunsOut(t *testing.T) {
	s := newScene(t)
	s.earn(20, s.resident)
	id := s.reward(fields{"per_person_limit": 2})
	redemption, _ := s.redeem(s.resident, id)
	_, code := s.redeem(s.resident, id)
	s.fulfil(s.merchant, code).Want(ok)
	told := func() (about []string) {
		t.Helper()
		if err := s.App.Rewards.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, one := range s.resident.Get("/me/notices").Want(ok).Get("items").Array() {
			if one.Get("kind").String() == "redemption_running_out" {
				about = append(about, one.Get("subject.id").String()+" "+one.Get("page").String()+" "+one.Get("what").String())
			}
		}
		return about
	}
	s.Clock.Advance(5*24*time.Hour - time.Millisecond)
	if early := told(); len(early) != 0 {
		t.Errorf("told too early of %v", early)
	}
	s.Clock.Advance(time.Millisecond)
	want := []string{redemption + " pages/reward/redemption/index?id=" + redemption + " 理发一次"}
	for range 2 {
		if got := told(); !slices.Equal(got, want) {
			t.Errorf("told of %v, want %v", got, want)
		}
	}
}
