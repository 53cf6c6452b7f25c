package oversight_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/audit"
	"fivestar/server/points"
	"fivestar/server/web"
)

type fields = map[string]any

const (
	ok        = http.StatusOK
	created   = http.StatusCreated
	forbidden = http.StatusForbidden
	conflict  = http.StatusConflict
	invalid   = http.StatusUnprocessableEntity
)

// desk is a server with what the tests of this room keep asking it.
type desk struct {
	*apptest.Harness
	secretary, secretary2, leader, street, resident *apptest.Client
	made                                            int
}

func start(t testing.TB) *desk {
	h := apptest.Start(t)
	return &desk{Harness: h, secretary: h.Login("secretary"), secretary2: h.Login("secretary2"), leader: h.Login("leader"),
		street: h.Login("street"), resident: h.Login("resident")}
}

// credit gives a person points of a kind, on the word of a witness.
func (d *desk) credit(personID, witnessID string, kind points.Kind, amount int64) string {
	d.Helper()
	d.made++
	entry, err := d.App.Points.Credit(context.Background(), points.Posting{PersonID: personID, CommunityID: d.World.Community.ID, Amount: amount, Kind: kind,
		SourceID: fmt.Sprintf("source-%d", d.made), Memo: "扫楼道", Hands: []string{personID, d.leader.PersonID}, Witness: witnessID})
	if err != nil {
		d.Fatal(err)
	}
	return entry.ID
}

func (d *desk) serve(personID, witnessID, source string, minutes int64) {
	d.Helper()
	err := d.App.Points.RecordService(context.Background(), points.ServiceRecord{PersonID: personID, CommunityID: d.World.Community.ID, Minutes: minutes,
		SourceID: source, At: d.Clock.Now(), Hands: []string{personID}, Witness: witnessID})
	if err != nil {
		d.Fatal(err)
	}
}

// endOfMonth moves the clock to when November 2026 is drawn, and draws it. Sessions last that long.
func (d *desk) endOfMonth() {
	d.Helper()
	d.Clock.Set(time.Date(2026, 12, 1, 16, 0, 0, 0, time.UTC)) // midnight in Shanghai
	d.Tick()
}

func (d *desk) checks(query string) *apptest.Answer {
	d.Helper()
	return d.street.Get("/regions/" + d.World.Street.ID + "/spot-checks" + query).Want(ok)
}

// wantActs checks from how many acts the community's month was drawn.
func (d *desk) wantActs(month string, want int64) {
	d.Helper()
	var acts int64
	row := d.App.DB.Querier(d.Context()).QueryRowContext(d.Context(), "SELECT acts FROM spot_check_draw WHERE month = ? AND community_id = ?", month, d.World.Community.ID)
	if err := row.Scan(&acts); err != nil || acts != want {
		d.Errorf("%d acts in %s, want %d: %v", acts, month, want, err)
	}
}

func TestOneInFiftyOfAMonthsActsIsDrawnOnce(t *testing.T) {
	d := start(t)
	kinds := []points.Kind{points.KindClaim, points.KindCheckin, points.KindTicket, points.KindAdjustment}
	for i := range 99 {
		d.credit(d.resident.PersonID, d.secretary.PersonID, kinds[i%len(kinds)], 1)
	}
	d.serve(d.resident.PersonID, d.secretary.PersonID, "presence-without-points", 60)
	d.serve(d.resident.PersonID, d.secretary.PersonID, "source-2", 60) // the hours of a check-in that gave points: the same act
	for _, kind := range []points.Kind{points.KindRedemption, points.KindAdjustment} {
		_, err := d.App.Points.Debit(t.Context(), points.Posting{PersonID: d.resident.PersonID, CommunityID: d.World.Community.ID, Amount: 5, Kind: kind,
			SourceID: "taken-for-" + string(kind), Memo: "更正", Hands: []string{d.leader.PersonID}, Witness: d.secretary.PersonID})
		if err != nil {
			t.Fatal(err)
		}
	}
	d.Clock.Set(time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)) // December in Shanghai
	d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 1)
	d.Tick()
	if early := d.checks("?state=open"); early.Get("items.#").Int() != 0 {
		t.Fatalf("drawn before the month's records are all there: %s", early)
	}

	d.Clock.Set(time.Date(2026, 12, 1, 16, 0, 0, 0, time.UTC))
	if err := d.App.Points.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	var runners sync.WaitGroup
	for range 8 {
		runners.Go(func() {
			if err := d.App.Oversight.DrawSpotChecks(context.Background()); err != nil {
				t.Errorf("draw: %v", err)
			}
		})
	}
	runners.Wait()
	d.Tick()

	list := d.checks("")
	if list.Get("items.#").Int() != 2 || list.Get("items.0.month").String() != "2026-11" {
		t.Fatalf("of 100 acts: %s", list)
	}
	path := "/regions/" + d.World.Community.ID + "/spot-checks"
	draw := d.street.Get(path + "/draw?month=2026-11").Want(ok)
	if draw.Get("acts").Int() != 100 || !draw.Get("same").Bool() || draw.Get("picked").Raw != list.Get("items.#.about.record_id").Raw || draw.Get("picked").Raw != draw.Get("repeated").Raw {
		t.Errorf("%s", draw)
	}
	if figures := d.street.Get(path + "/figures").Want(ok); figures.Get("acts").Int() != 100 || figures.Get("checks").Int() != 2 || figures.Get("percent").Exists() {
		t.Errorf("%s", figures)
	}
	for _, what := range []string{"", "/figures", "/draw?month=2026-11"} { // a community is not told what is checked
		d.secretary.Get(path+what).WantCode(forbidden, "auth.forbidden")
	}
	// Nobody could choose the seed: it hangs on the last seal, and so on the whole ledger.
	var hash string
	row := d.App.DB.Querier(t.Context()).QueryRowContext(t.Context(), `SELECT seal.hash FROM spot_check_draw draw
		JOIN points_seal seal ON seal.community_id = draw.community_id AND seal.number = draw.last_seal WHERE draw.month = '2026-11'`)
	if err := row.Scan(&hash); err != nil {
		t.Fatal(err)
	}
	seed := d.App.Oversight.Key.MAC("spot check draw", d.World.Community.ID, "2026-11", "100", hash)
	if draw.Get("seed").String() != hex.EncodeToString(seed) || hash == "" {
		t.Errorf("the seed is not that of the last seal: %s", draw)
	}
	d.street.Get(path+"/draw?month=2026-07").WantCode(http.StatusNotFound, "not_found")
	d.street.Get("/regions/"+d.World.Street.ID+"/spot-checks/draw?month=2026-11").WantCode(invalid, "input.invalid")
	d.street.Get(path+"/figures?month=2026-13").WantCode(invalid, "input.invalid")

	// December's one act is December's, whatever was seen of it when November was drawn.
	d.Clock.Set(time.Date(2027, 1, 1, 16, 0, 0, 0, time.UTC))
	d.Tick()
	d.wantActs("2026-12", 1)

	// When nothing was drawn for long, what is older than the months drawn is not drawn with them.
	d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 1)
	d.Clock.Set(time.Date(2027, 5, 1, 16, 0, 0, 0, time.UTC))
	d.Tick()
	d.wantActs("2027-03", 0)
}

func TestTheStreetRingsAndRecordsTheAnswer(t *testing.T) {
	d := start(t)
	entry := d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 7)
	d.endOfMonth()
	one := d.checks("?state=open").Get("items.0")
	id := one.Get("id").String()
	if one.Get("person.id").String() != d.resident.PersonID || one.Get("about.record_id").String() != entry || one.Get("about.points").Int() != 7 ||
		one.Get("about.memo").String() != "扫楼道" || one.Get("about.confirmed_by").String() == "" || !one.Get("may_answer").Bool() {
		t.Errorf("%s", one)
	}
	path := "/spot-checks/" + id + "/answer"
	d.secretary.Post(path, fields{"outcome": "confirmed"}).WantCode(forbidden, "auth.forbidden")
	d.street.Post(path, fields{"outcome": "not_confirmed"}).WantCode(invalid, "input.invalid")
	d.street.Post(path, fields{"outcome": "open"}).Want(invalid)
	d.street.Post(path, fields{"outcome": "not_reached", "note": "关机"}).Want(ok)
	again := d.street.Post(path, fields{"outcome": "not_confirmed", "note": "说那天在外地"}).Want(ok)
	if again.Get("state").String() != "not_confirmed" || again.Get("calls.#").Int() != 2 || again.Get("calls.0.note").String() != "关机" || again.Get("may_answer").Bool() {
		t.Errorf("%s", again)
	}
	d.street.Post(path, fields{"outcome": "confirmed"}).WantCode(conflict, "spot_check.answered")
	d.WantHistory(d.App.Oversight.HistoryAmong, []string{d.street.PersonID}, []string{d.resident.PersonID, d.secretary.PersonID})
	if balance := d.resident.Get("/me/points").Want(ok).Get("balance").Int(); balance != 7 {
		t.Errorf("a machine took points: %d are left of 7", balance)
	}
	d.street.Post("/points/entries/"+entry+"/reversal", fields{"reason": "本人说没有做"}).Want(ok)

	figures := d.street.Get("/regions/" + d.World.Street.ID + "/spot-checks/figures").Want(ok)
	village := "/regions/" + d.World.Village.ID + "/spot-checks"
	if list, figures := d.street.Get(village).Want(ok), d.street.Get(village+"/figures").Want(ok); list.Get("items.0").Exists() || figures.Get("checks").Int() != 0 || figures.Get("acts").Int() != 0 {
		t.Errorf("in the village: %s %s", list, figures)
	}
	if figures.Get("not_confirmed").Int() != 1 || figures.Get("percent").Int() != 0 || !figures.Get("percent").Exists() {
		t.Errorf("%s", figures)
	}
	if log := d.street.Get("/regions/" + d.World.Community.ID + "/audit").Want(ok); log.Get(`items.#(act=="spot_check.answered")#|#`).Int() != 2 {
		t.Errorf("%s", log)
	}
}

// One call of many at once is the answer.
func TestOneAnswerOfManyAtOnce(t *testing.T) {
	d := start(t)
	d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 7)
	d.endOfMonth()
	path := "/spot-checks/" + d.checks("?state=open").Get("items.0.id").String() + "/answer"
	var calls sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		calls.Go(func() { statuses[i] = d.street.Post(path, fields{"outcome": "confirmed"}).Status })
	}
	calls.Wait()
	slices.Sort(statuses)
	if statuses[0] != ok || statuses[1] != conflict || statuses[7] != conflict {
		t.Errorf("%v", statuses)
	}
}

func TestWhoConfirmedAnActDoesNotCheckIt(t *testing.T) {
	for name, confirm := range map[string]func(d *desk){
		"points": func(d *desk) { d.credit(d.resident.PersonID, d.street.PersonID, points.KindClaim, 7) },
		"hours":  func(d *desk) { d.serve(d.resident.PersonID, d.street.PersonID, "presence-without-points", 60) },
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t)
			confirm(d)
			d.endOfMonth()
			one := d.checks("?state=open").Get("items.0")
			if one.Get("may_answer").Bool() {
				t.Errorf("%s", one)
			}
			path := "/spot-checks/" + one.Get("id").String() + "/answer"
			d.street.Post(path, fields{"outcome": "confirmed"}).WantCode(forbidden, "review.own_work")
			d.Login("district").Post(path, fields{"outcome": "confirmed"}).Want(ok)
		})
	}
}

func TestWhoLeavesIsNoLongerRungAndNothingIsSaidOfThem(t *testing.T) {
	d := start(t)
	leaver := d.Resident("leaver")
	d.credit(leaver.PersonID, d.secretary.PersonID, points.KindClaim, 120)
	d.endOfMonth()
	id := d.checks("?state=open").Get("items.0.id").String()
	d.street.Post("/spot-checks/"+id+"/answer", fields{"outcome": "not_reached", "note": "家里人说住院了"}).Want(ok)
	oddID := d.odd("points_jump").Get("items.0.id").String()
	d.secretary.Post("/odd-cases/"+oddID+"/decision", fields{"verdict": "dismiss", "note": "他病了，一次补登的"}).Want(ok)
	kept := leaver.Get("/me/export").Want(ok).Get("rooms.oversight")
	if kept.Get("spot_checks.0.state").String() != "not_reached" || kept.Get("odd_cases.0.kind").String() != "points_jump" {
		t.Errorf("%s", kept)
	}
	if kept := d.street.Get("/me/export").Want(ok).Get("rooms.oversight"); kept.Get("calls.0.outcome").String() != "not_reached" {
		t.Errorf("%s", kept)
	}
	leaver.Delete("/me").Want(http.StatusNoContent)
	gone := d.checks("?state=withdrawn")
	if gone.Get("items.0.id").String() != id || gone.Get("items.0.calls.0.note").String() != "" || gone.Get("items.0.may_answer").Bool() {
		t.Errorf("%s", gone)
	}
	if dismissed := d.street.Get("/regions/" + d.World.Community.ID + "/odd-cases?state=dismissed").Want(ok); dismissed.Get("items.0.note").String() != "" {
		t.Errorf("%s", dismissed)
	}
	log := d.secretary.Get("/regions/" + d.World.Community.ID + "/audit").Want(ok)
	if log.Get(`items.#(act=="odd_case.dismissed").subject_id`).String() != oddID || strings.Contains(string(log.Body), "他病了") {
		t.Errorf("the audit log: %s", log)
	}
}

// odd finds, and gives the open cases of a kind.
func (d *desk) odd(kind string) *apptest.Answer {
	d.Helper()
	if err := d.App.Oversight.FindOddCases(context.Background()); err != nil {
		d.Fatal(err)
	}
	return d.street.Get("/regions/" + d.World.Community.ID + "/odd-cases?kind=" + kind).Want(ok)
}

// wantOne checks that exactly one case of a kind is found, however often the rules look, and that it names these.
func (d *desk) wantOne(kind string, people ...string) *apptest.Answer {
	d.Helper()
	d.odd(kind)
	list := d.odd(kind)
	if list.Get("items.#").Int() != 1 || list.Get("items.0.reasons.#").Int() == 0 {
		d.Fatalf("%s: %s", kind, list)
	}
	var named []string
	for _, id := range list.Get("items.0.people.#.id").Array() {
		named = append(named, id.String())
	}
	slices.Sort(named)
	slices.Sort(people)
	if !slices.Equal(named, people) {
		d.Errorf("%s names %v, want %v", kind, named, people)
	}
	return list
}

func (d *desk) wantNone(kind string) {
	d.Helper()
	if list := d.odd(kind); list.Get("items.#").Int() != 0 {
		d.Errorf("%s: %s", kind, list)
	}
}

// running makes an activity that begins now and that people walk in to.
func (d *desk) running(title string) string {
	d.Helper()
	id := d.secretary.Post("/activities", fields{"team_id": d.World.TeamID, "title": title, "star": "harmony", "place": fields{"name": "南门"},
		"starts_at": d.Clock.Now(), "ends_at": d.Clock.Now().Add(2 * time.Hour), "capacity": 50, "walk_in": true, "points_per_hour": 10}).Want(created).Get("id").String()
	d.secretary.Post("/activities/"+id+"/publish", nil).Want(ok)
	return id
}

func (d *desk) checkIn(who *apptest.Client, activity, device string) {
	d.Helper()
	text := d.leader.Get("/activities/" + activity + "/checkin-code").Want(ok).Get("text").String()
	who.With("X-Device", device).Post("/activities/"+activity+"/checkins", fields{"code": text}).Want(created)
}

func TestManyCheckInsFromOnePhone(t *testing.T) {
	d := start(t)
	id := d.running("清扫院子")
	var people []string
	for i := range 3 {
		who := d.Resident(fmt.Sprintf("sharer%d", i))
		people = append(people, who.PersonID)
		d.checkIn(who, id, "one phone")
	}
	d.checkIn(d.Resident("husband"), id, "another phone")
	d.checkIn(d.Resident("wife"), id, "another phone")
	for i := range 3 { // elders whose cards one helper holds up share no phone
		elder, card := d.Elder(fmt.Sprintf("样例老人%d", i))
		helped := d.leader.ByCard(card)
		helped.PersonID = elder
		d.checkIn(helped, id, "the helper's phone")
	}
	d.wantNone("shared_phone") // the activity goes on
	d.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	found := d.wantOne("shared_phone", people...)
	if found.Get("items.0.reasons.0.subject_id").String() != id {
		t.Errorf("%s", found)
	}
}

func TestHoursThatOverlap(t *testing.T) {
	d := start(t)
	both, next := d.Resident("both"), d.Resident("next")
	first, second := d.running("清扫院子"), d.running("扫雪")
	for _, who := range []*apptest.Client{both, next, d.Resident("one")} {
		d.checkIn(who, first, "")
	}
	d.Clock.Advance(105 * time.Minute) // a quarter of an hour before the end of both
	d.checkIn(both, second, "")
	d.Clock.Advance(time.Minute)
	d.checkIn(next, second, "") // from one to the next door
	d.leader.Post("/activities/"+first+"/close", nil).Want(ok)
	d.leader.Post("/activities/"+second+"/close", nil).Want(ok)
	d.wantOne("overlap", both.PersonID)
}

// submitted is a claim on a new task, handed in.
func (d *desk) submitted(who *apptest.Client, photoIDs ...string) string {
	d.Helper()
	task := d.secretary.Post("/tasks", fields{"region_id": d.World.Community.ID, "star": "livable_ecology", "title": "扫一扫楼道", "points": 1, "capacity": 3,
		"claim_until": d.Clock.Now().Add(48 * time.Hour), "due_at": d.Clock.Now().Add(72 * time.Hour)}).Want(created).Get("id").String()
	d.secretary.Post("/tasks/"+task+"/publish", nil).Want(ok)
	claim := who.Post("/tasks/"+task+"/claims", nil).Want(created).Get("id").String()
	who.Put("/claims/"+claim+"/submission", fields{"text": "扫完了", "photo_ids": photoIDs}).Want(ok)
	return claim
}

func TestApprovalsFasterThanAPersonCanRead(t *testing.T) {
	d := start(t)
	claims := make([]string, 12)
	for i := range claims {
		claims[i] = d.submitted(d.Resident(fmt.Sprintf("worker%d", i)))
	}
	for i, claim := range claims {
		d.Clock.Advance(time.Second)
		if i == 11 {
			d.wantNone("mutual_approval")
		}
		d.secretary.Post("/claims/"+claim+"/review", fields{"verdict": "approve"}).Want(ok)
	}
	found := d.wantOne("quick_approvals", d.secretary.PersonID)
	id := found.Get("items.0.id").String()
	path := "/odd-cases/" + id + "/decision"
	d.secretary.Post(path, fields{"verdict": "dismiss", "note": "我看过了"}).WantCode(forbidden, "review.own_work")
	if d.secretary.Get("/regions/" + d.World.Community.ID + "/odd-cases").Want(ok).Get("items.0.may_decide").Bool() {
		t.Error("who is named may decide")
	}
	d.Login("outsider").Post(path, fields{"verdict": "dismiss", "note": "我看过了"}).WantCode(forbidden, "auth.forbidden")
	d.secretary2.Post(path, fields{"verdict": "dismiss"}).Want(invalid)
	d.secretary2.Post(path, fields{"verdict": "take_up", "note": "一份一份再看一遍"}).Want(ok)
	d.street.Post(path, fields{"verdict": "dismiss", "note": "算了"}).WantCode(conflict, "odd_case.decided")
	d.WantHistory(d.App.Oversight.HistoryAmong, []string{d.secretary2.PersonID}, []string{d.secretary.PersonID, d.street.PersonID})
	d.wantNone("quick_approvals") // and what was decided is not found again
	taken := d.street.Get("/regions/" + d.World.Street.ID + "/odd-cases?state=taken_up").Want(ok)
	if taken.Get("items.0.note").String() != "一份一份再看一遍" || taken.Get("items.0.decided_by").String() == "" {
		t.Errorf("%s", taken)
	}
	if log := d.street.Get("/regions/" + d.World.Community.ID + "/audit").Want(ok); !log.Get(`items.#(act=="odd_case.taken_up")`).Exists() {
		t.Errorf("%s", log)
	}
}

func TestApprovalsThatWereRead(t *testing.T) {
	d := start(t)
	for i := range 11 {
		claim := d.submitted(d.Resident(fmt.Sprintf("worker%d", i)))
		d.Clock.Advance(6 * time.Second)
		d.secretary.Post("/claims/"+claim+"/review", fields{"verdict": "approve"}).Want(ok)
	}
	d.wantNone("quick_approvals")
}

// picture is a photo of something, the same for the same seed, stored as well as quality says.
func picture(seed, quality int) []byte {
	photo := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for y := range 200 {
		for x := range 300 {
			light := uint8((x*x/(seed+7) + y*(seed+3) + (x/40)*(y/50)*seed*13) / 8)
			photo.SetRGBA(x, y, color.RGBA{light / 2, 255 - light, uint8(x), 255})
		}
	}
	for y := 20 * seed; y < 20*seed+60; y++ {
		for x := 40 * seed; x < 40*seed+90; x++ {
			photo.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, photo, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	return file.Bytes()
}

func TestTheSamePhotoTwice(t *testing.T) {
	d := start(t)
	photo := func(who *apptest.Client, seed, quality int) string {
		return who.Upload("/files", "photo.jpg", picture(seed, quality)).Want(created).Get("id").String()
	}
	first, second := d.Resident("first"), d.Resident("second")
	original := d.submitted(first, photo(first, 1, 95), photo(first, 1, 80), photo(first, 2, 95))
	d.submitted(d.Resident("third"), photo(d.Login("third"), 4, 95))
	d.wantNone("same_photo") // two photos of one claim are no case, and another photo is none
	again := d.submitted(second, photo(second, 1, 60))
	found := d.wantOne("same_photo", first.PersonID, second.PersonID)
	if found.Get("items.0.reasons.#.subject_id").Raw != fmt.Sprintf(`["%s","%s"]`, again, original) {
		t.Errorf("%s", found)
	}
}

func TestPairsWhoApproveEachOther(t *testing.T) {
	d := start(t)
	one, other, third := d.Resident("one").PersonID, d.Resident("other").PersonID, d.Resident("third").PersonID
	once, now, asked, busy := d.Resident("once").PersonID, d.Resident("now").PersonID, d.Resident("asked").PersonID, d.Resident("busy").PersonID
	d.Clock.Advance(-91 * 24 * time.Hour)
	for range 5 {
		d.credit(once, now, points.KindClaim, 1) // too long ago
	}
	d.Clock.Advance(91 * 24 * time.Hour)
	for range 5 {
		d.credit(one, other, points.KindClaim, 1)
		d.credit(third, other, points.KindClaim, 1) // a witness of many is none of them
	}
	d.wantNone("mutual_approval")
	for range 5 {
		d.credit(other, one, points.KindClaim, 1)
		d.credit(now, once, points.KindClaim, 1)
		d.credit(asked, busy, points.KindClaim, 1) // and who is confirmed by others as well is in no pair
		d.credit(busy, asked, points.KindClaim, 1)
		d.credit(busy, third, points.KindClaim, 1)
	}
	d.wantOne("mutual_approval", one, other)
}

func TestAnUnusualJumpOfPoints(t *testing.T) {
	d := start(t)
	usual, jumper := d.Resident("usual").PersonID, d.Resident("jumper").PersonID
	d.credit(usual, d.secretary.PersonID, points.KindClaim, 60)
	d.credit(jumper, d.secretary.PersonID, points.KindClaim, 10)
	d.Clock.Advance(24 * time.Hour)
	d.credit(usual, d.secretary.PersonID, points.KindClaim, 150)
	d.credit(jumper, d.secretary.PersonID, points.KindClaim, 60)
	d.wantNone("points_jump")
	d.credit(jumper, d.secretary.PersonID, points.KindClaim, 40)
	d.wantOne("points_jump", jumper)
}

func TestAJumpIsSeenAgainstThirtyDays(t *testing.T) {
	d := start(t)
	before, within := d.Resident("before").PersonID, d.Resident("within").PersonID
	d.Clock.Advance(-31 * 24 * time.Hour)
	d.credit(before, d.secretary.PersonID, points.KindClaim, 60)
	d.Clock.Advance(24 * time.Hour)
	d.credit(within, d.secretary.PersonID, points.KindClaim, 60)
	d.Clock.Advance(30 * 24 * time.Hour)
	d.credit(before, d.secretary.PersonID, points.KindClaim, 150)
	d.credit(within, d.secretary.PersonID, points.KindClaim, 150)
	d.wantOne("points_jump", before)
}

// A row whose transaction ended after a later row was looked at is found in the next run.
func TestASlowTransactionIsNotMissed(t *testing.T) {
	d := start(t)
	late, witness := d.Resident("late").PersonID, d.secretary.PersonID
	for range 3 {
		d.credit(d.resident.PersonID, witness, points.KindClaim, 1)
	}
	entry := d.credit(late, witness, points.KindClaim, 130)
	write := func(query string, arguments ...any) {
		d.Helper()
		err := d.App.DB.InTx(t.Context(), func(ctx context.Context) error {
			_, err := d.App.DB.Querier(ctx).ExecContext(ctx, query, arguments...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write("UPDATE points_entry SET person_id = 'hidden' WHERE id = ?", entry)
	d.credit(d.resident.PersonID, witness, points.KindClaim, 1)
	d.wantNone("points_jump")
	write("UPDATE points_entry SET person_id = ? WHERE id = ?", late, entry)
	if next := d.odd("points_jump"); next.Get("items.#").Int() != 1 {
		t.Errorf("not in the next run: %s", next)
	}
	d.wantOne("points_jump", late)
}

// An activity that cannot be looked at is told of, and keeps no other case waiting: not of its own source, not of
// another, and not of a later run.
func TestOneBadRowHoldsUpNoOtherCase(t *testing.T) {
	d := start(t)
	closed := audit.Act{Name: "activity.closed", SubjectKind: "activity", SubjectID: "not there", RegionID: d.World.Community.ID}
	if err := d.App.Audit.Record(t.Context(), web.Caller{PersonID: d.leader.PersonID}, closed); err != nil {
		t.Fatal(err)
	}
	id := d.running("清扫院子")
	for i := range 3 {
		d.checkIn(d.Resident(fmt.Sprintf("sharer%d", i)), id, "one phone")
	}
	d.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 130)
	if err := d.App.Oversight.FindOddCases(t.Context()); err == nil {
		t.Error("nothing is said of the activity that is not there")
	}
	for _, kind := range []string{"shared_phone", "points_jump"} {
		if found := d.street.Get("/regions/" + d.World.Community.ID + "/odd-cases?kind=" + kind).Want(ok); found.Get("items.#").Int() != 1 {
			t.Errorf("%s beside the activity that is not there: %s", kind, found)
		}
	}
	if err := d.App.Oversight.FindOddCases(t.Context()); err == nil {
		t.Error("the activity that is not there was not looked at again")
	}
	d.wantOne("shared_phone", d.Login("sharer0").PersonID, d.Login("sharer1").PersonID, d.Login("sharer2").PersonID)
}

func TestCasesAreSeenWhereTheyAre(t *testing.T) {
	d := start(t)
	d.credit(d.resident.PersonID, d.secretary.PersonID, points.KindClaim, 130)
	d.wantOne("points_jump", d.resident.PersonID)
	for _, path := range []string{"/regions/" + d.World.Village.ID, "/regions/" + d.World.Street.ID} {
		list := d.street.Get(path + "/odd-cases").Want(ok)
		if want := path == "/regions/"+d.World.Street.ID; list.Get("items.0").Exists() != want {
			t.Errorf("%s", list)
		}
	}
	d.secretary.Get("/regions/"+d.World.Street.ID+"/odd-cases").WantCode(forbidden, "auth.forbidden")
	d.secretary.Get("/regions/" + d.World.Community.ID + "/odd-cases?state=nonsense").Want(invalid)
	var body map[string]any
	if err := json.Unmarshal(d.secretary.Get("/regions/"+d.World.Community.ID+"/odd-cases?state=dismissed").Want(ok).Body, &body); err != nil || len(body["items"].([]any)) != 0 {
		t.Errorf("%v", body)
	}
}
