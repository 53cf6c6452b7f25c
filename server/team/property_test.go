package team_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
)

// life is one activity and all that is done to it in any order, with as much of a model as it takes to tell
// what must hold: who was there, whose hands it went through, and what they had before.
type life struct {
	*site
	id       string
	capacity int
	people   []*apptest.Client
	cards    []string // of two more people, who are scanned
	before   map[string]int64

	came   map[string]bool // by person's id
	hands  map[string]bool
	closer string
	points bool // confirmed
	scans  []map[string]any
	steps  int
}

const propertyLength = 90 // minutes

func TestActivityKeepsItsPromises(t *testing.T) {
	s := start(t)
	people := s.residents(5)
	_, first := s.Elder("样例老人")
	_, second := s.Elder("样例老人二")
	begin := s.Clock.Now()
	rapid.Check(t, func(t *rapid.T) {
		s.Clock.Set(begin)
		capacity := rapid.SampledFrom([]int{1, 2, 3, 6}).Draw(t, "capacity")
		l := &life{site: s, capacity: capacity, people: people, cards: []string{first, second},
			before: map[string]int64{}, came: map[string]bool{}, hands: map[string]bool{}}
		starts := begin.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 20}).Draw(t, "starts in")) * time.Minute)
		l.id = s.open(map[string]any{"capacity": capacity, "walk_in": rapid.Bool().Draw(t, "walk in"), "starts_at": starts,
			"ends_at": starts.Add(propertyLength * time.Minute), "points_per_hour": rapid.IntRange(0, 100).Draw(t, "rate")})
		for _, person := range people {
			l.before[person.PersonID], _ = earned(person)
		}
		for _, person := range people[:rapid.SampledFrom([]int{5, 3, 0}).Draw(t, "signed up before")] { // so that there is mostly a queue
			done(t, person.Post(l.path()+"/signups", nil))
		}
		t.Repeat(map[string]func(*rapid.T){
			"": l.check, "wait": l.wait, "sign up": l.signUp, "withdraw": l.withdraw, "check in": l.arrive, "check out": l.depart,
			"scan": l.scanSome, "scan again": l.scanAgain, "word": l.word, "close": l.close, "reopen": l.reopen, "confirm": l.confirm, "cancel": l.cancel,
			"check in again": l.arrive, "close again": l.close, "confirm again": l.confirm,
		})
	})
}

func (l *life) path() string { return "/activities/" + l.id }

func (l *life) person(t *rapid.T) *apptest.Client {
	return rapid.SampledFrom(l.people).Draw(t, "person")
}

// one of two secretaries, who may do all that a leader may.
func (l *life) desk(t *rapid.T) *apptest.Client {
	return rapid.SampledFrom([]*apptest.Client{l.secretary, l.secretary2}).Draw(t, "secretary")
}

func (l *life) lead(t *rapid.T) *apptest.Client {
	return rapid.SampledFrom([]*apptest.Client{l.leader, l.leader, l.secretary}).Draw(t, "leader")
}

// done fails unless the answer is one of the good ones or a refusal that says why; it tells which.
func done(t *rapid.T, answer *apptest.Answer) bool {
	if answer.Status >= 200 && answer.Status < 300 {
		return true
	}
	if answer.Status != forbidden && answer.Status != conflict && answer.Status != invalid || answer.Get("code").String() == "" {
		t.Fatalf("%s", answer)
	}
	return false
}

func (l *life) wait(t *rapid.T) {
	l.Clock.Advance(time.Duration(rapid.IntRange(1, 60).Draw(t, "minutes")) * time.Minute)
}

func (l *life) signUp(t *rapid.T)   { done(t, l.person(t).Post(l.path()+"/signups", nil)) }
func (l *life) withdraw(t *rapid.T) { done(t, l.person(t).Delete(l.path()+"/signups/mine")) }

// codeNow is the right code, empty when there is none to show.
func (l *life) codeNow() string { return l.leader.Get(l.path() + "/checkin-code").Get("code").String() }

func (l *life) arrive(t *rapid.T) {
	person := l.person(t)
	answer := person.Post(l.path()+"/checkins", map[string]any{"code": l.codeNow()})
	if !done(t, answer) {
		return
	}
	if (answer.Status == created) == l.came[person.PersonID] {
		t.Fatalf("came before %v: %s", l.came[person.PersonID], answer)
	}
	l.came[person.PersonID], l.hands[person.PersonID] = true, true
}

func (l *life) depart(t *rapid.T) {
	person := l.person(t)
	if done(t, person.Post(l.path()+"/checkouts", map[string]any{"code": l.codeNow()})) && !l.came[person.PersonID] {
		t.Fatal("left without having come")
	}
}

func (l *life) scanSome(t *rapid.T) {
	who := l.lead(t)
	token := rapid.SampledFrom(l.cards).Draw(t, "card")
	if rapid.Bool().Draw(t, "personal code") {
		token = l.person(t).Get("/me/code").Get("text").String()
	}
	scan := l.scan(fmt.Sprint("scan-", len(l.scans)), token, rapid.SampledFrom([]string{"in", "in", "out"}).Draw(t, "kind"))
	scan["at"] = l.Clock.Now().Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "minutes ago")) * time.Minute).Format(time.RFC3339)
	l.scans = append(l.scans, scan)
	answer := who.Post(l.path()+"/scans", map[string]any{"scans": []any{scan}})
	if !done(t, answer) {
		t.Fatalf("%s", answer)
	}
	if outcomes(answer)[0] == "recorded" {
		l.hands[who.PersonID] = true
		l.noteAttendance()
	}
}

func (l *life) scanAgain(t *rapid.T) {
	if len(l.scans) == 0 {
		t.Skip("nothing scanned")
	}
	answer := l.lead(t).Post(l.path()+"/scans", map[string]any{"scans": l.scans})
	for _, outcome := range outcomes(answer) {
		if outcome != "duplicate" {
			t.Fatalf("%s", answer)
		}
	}
}

// noteAttendance takes over what an answer does not tell: who came by a scan, and whether a correction
// changed anything.
func (l *life) noteAttendance() {
	for _, item := range l.leader.Get(l.path() + "/attendance?limit=100").Get("items").Array() {
		id := item.Get("person.id").String()
		l.came[id], l.hands[id] = true, true
		for _, corrector := range item.Get("corrections.#.corrected_by").Array() {
			l.hands[corrector.String()] = true
		}
	}
}

func (l *life) word(t *rapid.T) {
	who, person := l.lead(t), l.person(t)
	body := map[string]any{"person_id": person.PersonID, "reason": "手机没电"}
	if minutes := rapid.IntRange(0, propertyLength+10).Draw(t, "minutes"); minutes > 0 {
		body["minutes"] = minutes
	}
	if answer := who.Post(l.path()+"/attendance", body); done(t, answer) && answer.Status == created {
		l.came[person.PersonID], l.hands[person.PersonID], l.hands[who.PersonID] = true, true, true
	}
}

func (l *life) close(t *rapid.T) {
	if len(l.came) == 0 && rapid.IntRange(0, 5).Draw(t, "rarely") > 0 {
		t.Skip("an activity that nobody came to has little to tell")
	}
	who := l.lead(t)
	corrections := []map[string]any{}
	ids := slices.Sorted(maps.Keys(l.came))
	if len(ids) > 0 && rapid.Bool().Draw(t, "correct") {
		corrections = append(corrections, map[string]any{"person_id": rapid.SampledFrom(ids).Draw(t, "whose"),
			"minutes": rapid.IntRange(0, 500).Draw(t, "minutes"), "reason": "核对签到表"})
	}
	if done(t, who.Post(l.path()+"/close", map[string]any{"minutes": corrections})) {
		l.closer = who.PersonID
		l.noteAttendance()
	}
}

func (l *life) reopen(t *rapid.T) {
	done(t, l.desk(t).Post(l.path()+"/reopen", map[string]string{"reason": "请再核对"}))
}

func (l *life) confirm(t *rapid.T) {
	who := rapid.SampledFrom([]*apptest.Client{l.secretary, l.secretary2, l.leader, l.Login("street")}).Draw(t, "confirmer")
	answer := who.Post(l.path()+"/confirm", nil)
	if !done(t, answer) {
		return
	}
	if who == l.leader || l.hands[who.PersonID] || l.closer == who.PersonID || l.points {
		t.Fatalf("confirmed by one who may not, or twice: %s", answer)
	}
	l.points = true
}

func (l *life) cancel(t *rapid.T) {
	if rapid.IntRange(0, 5).Draw(t, "rarely") > 0 {
		t.Skip("an activity that is called off has no more to tell")
	}
	if done(t, l.lead(t).Post(l.path()+"/cancel", map[string]string{"reason": "下雨了"})) && len(l.came) > 0 {
		t.Fatal("cancelled with people in it")
	}
}

// check is what holds whatever was done.
func (l *life) check(t *rapid.T) {
	activity := l.leader.Get(l.path()).Want(ok)
	holding, waiting := 0, 0
	for _, state := range l.leader.Get(l.path() + "/signups?limit=100").Want(ok).Get("items.#.state").Array() {
		if state.String() == "confirmed" {
			holding++
		} else {
			waiting++
		}
	}
	left := l.capacity - holding
	if left < 0 || activity.Get("places_left").Int() != int64(left) || activity.Get("waiting").Int() != int64(waiting) {
		t.Fatalf("%d hold a place and %d wait: %s", holding, waiting, activity)
	}
	isOver := !l.Clock.Now().Before(activity.Get("ends_at").Time()) // from then on nobody moves up
	if waiting > 0 && left > 0 && !isOver {
		t.Fatalf("somebody waits while there is a place: %s", activity)
	}
	attendance := l.leader.Get(l.path() + "/attendance?limit=100").Want(ok)
	gained := map[string]int64{}
	for _, item := range attendance.Get("items").Array() {
		id, minutes := item.Get("person.id").String(), item.Get("minutes").Int()
		if _, twice := gained[id]; twice || !l.came[id] {
			t.Fatalf("came twice, or never: %s", attendance)
		}
		if minutes < 0 || minutes > propertyLength {
			t.Fatalf("minutes: %s", item)
		}
		gained[id] = 0
		if l.points {
			gained[id] = minutes * activity.Get("points_per_hour").Int() / 60
		}
		if item.Get("points").Int() != gained[id] {
			t.Fatalf("points, confirmed %v: %s, want %d", l.points, item, gained[id])
		}
	}
	if len(gained) != len(l.came) || activity.Get("checked_in").Int() != int64(len(l.came)) || len(gained) > holding {
		t.Fatalf("%d came: %s, %s", len(l.came), activity, attendance)
	}
	l.steps++
	for i, person := range l.people {
		if !l.points && l.steps%len(l.people) != i {
			continue // before it is confirmed, one person after the other
		}
		if balance, _ := earned(person); balance-l.before[person.PersonID] != gained[person.PersonID] {
			t.Fatalf("%s gained %d points, want %d", person.PersonID, balance-l.before[person.PersonID], gained[person.PersonID])
		}
	}
}
