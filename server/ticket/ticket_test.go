package ticket

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fivestar/server/fault"
	"fivestar/server/region"
)

// expected is the machine as domain.md tells it, written down a second time: "act: from>to".
var expected = []string{
	"withdraw: raised>withdrawn",
	"dispatch: raised>dispatched",
	"recall: dispatched>raised", "recall: accepted>raised",
	"reject: raised>rejected",
	"merge: raised>merged",
	"absorb: raised>raised", "absorb: dispatched>dispatched", "absorb: accepted>accepted",
	"whistle: raised>raised",
	"accept: dispatched>accepted",
	"decline: dispatched>dispatched", "decline: dispatched>raised",
	"lapse: dispatched>raised",
	"progress: accepted>accepted",
	"complete: accepted>completed",
	"review: completed>closed", "review: completed>raised",
	"backer_review: completed>completed", "backer_review: closed>closed",
	"unrated: completed>closed",
	"vote: raised>raised", "vote: dispatched>dispatched", "vote: accepted>accepted",
}

func TestMovesAreThoseOfTheDomain(t *testing.T) {
	var got []string
	for act, from := range moves {
		for stage, to := range from {
			for _, next := range to {
				got = append(got, fmt.Sprintf("%s: %s>%s", act, stage, next))
			}
		}
	}
	slices.Sort(got)
	want := slices.Sorted(slices.Values(expected))
	if !slices.Equal(got, want) {
		t.Errorf("the machine goes\n%v\nwant\n%v", got, want)
	}
}

func TestNothingLeavesAnEnd(t *testing.T) {
	for act := range moves {
		for _, stage := range allStages {
			if !stage.ended() {
				continue
			}
			if err := stage.require(act); err == nil && act != ActBackerReview {
				t.Errorf("%s may be done to a ticket that is %s", act, stage)
			}
			for _, next := range allStages {
				if next != stage && leads(act, stage, next) {
					t.Errorf("%s leads from %s to %s", act, stage, next)
				}
			}
		}
	}
}

func TestOnlyReviewAndSilenceClose(t *testing.T) {
	for act, from := range moves {
		for stage, to := range from {
			closes := stage != Closed && slices.Contains(to, Closed)
			if closes && (stage != Completed || act != ActReview && act != ActUnrated) {
				t.Errorf("%s closes a ticket that is %s", act, stage)
			}
		}
	}
}

func TestEveryActHasAPartAndAName(t *testing.T) {
	for act := range moves {
		if act == actVote {
			continue
		}
		if part := partOf[act]; part < 1 || part > 4 {
			t.Errorf("%s is on part %d", act, part)
		}
	}
	for act := range partOf {
		if actNames[act] == "" {
			t.Errorf("%s has no name on the form", act)
		}
	}
	for _, stage := range allStages {
		if stageNames[stage] == "" {
			t.Errorf("%s has no name", stage)
		}
	}
}

func TestDecide(t *testing.T) {
	for _, test := range []struct {
		score, rework int64
		want          verdict
	}{
		{5, 0, verdict{Closed, ClosedReviewed, 0}},
		{3, 0, verdict{Closed, ClosedReviewed, 0}},
		{2, 0, verdict{Raised, "", 1}},
		{1, 1, verdict{Raised, "", 2}},
		{2, 2, verdict{Closed, ClosedUnsolved, 2}},
		{4, 2, verdict{Closed, ClosedReviewed, 2}},
	} {
		if got := decide(test.score, test.rework); got != test.want {
			t.Errorf("score %d after %d reworks: %+v, want %+v", test.score, test.rework, got, test.want)
		}
	}
}

func TestScoreAndOutcomeFit(t *testing.T) {
	refused := map[string]bool{"1 solved": true, "2 solved": true, "4 unsolved": true, "5 unsolved": true,
		"0 partly": true, "6 partly": true}
	for score := int64(0); score <= 6; score++ {
		for _, outcome := range []Outcome{Unsolved, Partly, Solved, "fine"} {
			if (score < 1 || score > 5) && outcome != Partly {
				continue
			}
			var check fault.Check
			checkReview(&check, score, outcome)
			want := refused[fmt.Sprintf("%d %s", score, outcome)] || outcome == "fine"
			if got := check.Err() != nil; got != want {
				t.Errorf("%d %s: refused %t, want %t", score, outcome, got, want)
			}
		}
	}
}

func TestClocks(t *testing.T) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	hour := func(hours int) time.Time { return now.Add(time.Duration(hours) * time.Hour) }
	settings := region.Settings{DispatchHours: 10, AcceptHours: 20, ReviewDays: 7}
	for _, test := range []struct {
		name   string
		ticket Ticket
		want   clocks
	}{
		{"raised", Ticket{Stage: Raised}, clocks{overdue: hour(10), escalate: hour(20)}},
		{"whistled", Ticket{Stage: Raised, Whistled: true}, clocks{overdue: hour(10), escalate: hour(10)}},
		{"dispatched", Ticket{Stage: Dispatched, DueAt: hour(100)}, clocks{timeout: hour(20), overdue: hour(20), escalate: hour(40)}},
		{"dispatched, due before the answer is", Ticket{Stage: Dispatched, DueAt: hour(5)},
			clocks{timeout: hour(20), overdue: hour(5), escalate: hour(10)}},
		{"accepted", Ticket{Stage: Accepted, dispatchedAt: hour(-10), DueAt: hour(50)}, clocks{overdue: hour(50), escalate: hour(110)}},
		{"completed", Ticket{Stage: Completed, DueAt: hour(50)}, clocks{timeout: hour(7 * 24)}},
		{"closed", Ticket{Stage: Closed, DueAt: hour(50)}, clocks{}},
	} {
		if got := clocksOf(test.ticket, settings, now); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestOverdue(t *testing.T) {
	since := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	running := clocks{overdue: since, escalate: since.Add(time.Hour)}
	for _, above := range []bool{false, true} {
		shows := since
		if above {
			shows = running.escalate
		}
		waiting := Ticket{Stage: Raised, clocks: running}
		if got := waiting.overdueAt(shows.Add(-time.Millisecond), above); got != nil {
			t.Errorf("above %t: overdue before its time: %v", above, got)
		}
		if got := waiting.overdueAt(shows, above); got == nil || !got.Since.Equal(since) {
			t.Errorf("above %t: %v, want overdue since %v", above, got, since)
		}
	}
	for stage, part := range map[Stage]int64{Raised: 2, Dispatched: 3, Accepted: 3} {
		got := Ticket{Stage: stage, clocks: running}.overdueAt(since, false)
		if got == nil || *got != (Overdue{Part: part, Since: since}) {
			t.Errorf("%s: %v, want part %d since %v", stage, got, part, since)
		}
	}
	if got := (Ticket{Stage: Closed}).overdueAt(since, false); got != nil {
		t.Errorf("a closed ticket is overdue: %v", got)
	}
}

func TestNumbersAreOfTheDayInShanghai(t *testing.T) {
	beforeMidnight := time.Date(2026, 11, 22, 15, 59, 59, 0, time.UTC)
	if got := numberOf(dayOf(beforeMidnight), 7); got != "20261122-0007" {
		t.Error(got)
	}
	if got := numberOf(dayOf(beforeMidnight.Add(time.Second)), 12345); got != "20261123-12345" {
		t.Error(got)
	}
}

func TestHandsOnTheWork(t *testing.T) {
	timeline := []Event{
		{Act: ActAccept, round: 1, personID: "earlier"},
		{Act: ActDispatch, round: 2, personID: "secretary"},
		{Act: ActDecline, round: 2, personID: "unwilling"},
		{Act: ActAccept, round: 2, personID: "worker", helperID: "helper"},
		{Act: ActProgress, round: 2, personID: "colleague"},
		{Act: ActComplete, round: 2, personID: "worker"},
		{Act: ActReview, round: 2, personID: "raiser"},
	}
	if got := handsOn(timeline, 2); !slices.Equal(got, []string{"colleague", "helper", "worker"}) {
		t.Error(got)
	}
}

func TestSimilar(t *testing.T) {
	candidates := []Ticket{
		{ID: "bench", Text: "公交站到服务大厅这一段没地方坐，老人走走就得歇。能不能在半道的大槐树下放两条长椅?"},
		{ID: "bin", Text: "南门垃圾亭这几天馊味大，地上一直有脏水，走过去粘鞋底。桶够用，是没人冲地。"},
		{ID: "light", Text: "2号楼一单元三楼到四楼的灯不亮，晚上摸黑上楼，四楼的老人前天差点踩空。"},
		{ID: "noise", Text: "小广场晚上跳舞的音响太响，孩子写不了作业。"},
	}
	for text, want := range map[string][]string{
		"垃圾亭前面地上老有一滩脏水，早上送孩子得踮着脚走。": {"bin"},
		"2号楼 一单元 三楼的灯 不亮了":          {"light"},
		"2号楼一单元灯不亮":                 {"light"},
		"服务大厅附近想要两条长椅":              {"bench"},
		"家里厨房水龙头关不严":                {},
		"":                          {},
		"灯":                         {},
		"脏水":                        {}, // one pair in common says nothing yet
		"!!!,。":                     {},
	} {
		got := []string{}
		for _, found := range similar(text, candidates) {
			got = append(got, found.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is like %v, want %v", text, got, want)
		}
	}
}

func TestSimilarGivesTheFiveMostAlike(t *testing.T) {
	var candidates []Ticket
	for i := range 10 {
		text := "南门路灯坏了好几天没有人修" + string([]rune("甲乙丙丁戊己庚辛壬癸")[:i])
		candidates = append(candidates, Ticket{ID: fmt.Sprint(i), Text: text})
	}
	candidates = append(candidates, Ticket{ID: "far", Text: "南门的路面有坑，积水好几天了"})
	got := similar("南门路灯坏了好几天没有人修甲乙丙丁", candidates)
	if len(got) != mostSimilar || got[0].ID != "0" && got[0].ID != "4" {
		t.Errorf("got %v", got)
	}
	for _, one := range got {
		if one.ID == "far" {
			t.Error("something less alike was taken")
		}
	}
}

func TestSameAssignees(t *testing.T) {
	offers := []offer{{organisationID: "o"}, {personID: "p"}}
	both := []Assignee{{PersonID: "p"}, {OrganisationID: "o"}}
	if !sameAssignees(offers, both) {
		t.Error("the same two are not the same")
	}
	if sameAssignees(offers, both[:1]) || sameAssignees(offers[:1], both) {
		t.Error("one and two are the same")
	}
	if sameAssignees([]offer{{organisationID: "o"}, {personID: "p", declined: true}}, both) {
		t.Error("one who declined still counts")
	}
}
