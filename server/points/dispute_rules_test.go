package points

import (
	"errors"
	"testing"

	"fivestar/server/fault"
)

func TestWhatMayFollowInADispute(t *testing.T) {
	allowed := map[DisputeState]map[DisputeAct]DisputeState{
		DisputeOpen:      {ActAnswered: DisputeAnswered},
		DisputeAnswered:  {ActAppealed: DisputeAppealed},
		DisputeAppealed:  {ActDecided: DisputeDecided},
		DisputeDecided:   {},
		DisputeWithdrawn: {},
	}
	for from, moves := range allowed {
		for _, act := range []DisputeAct{ActRaised, ActAnswered, ActAppealed, ActDecided, "undone"} {
			got, err := Dispute{State: from}.after(act)
			want, may := moves[act]
			if may && (err != nil || got.State != want) {
				t.Errorf("%s after %s: %s, %v; want %s", act, from, got.State, err, want)
			}
			if !may && (!errors.Is(err, errDisputeMoved) || got.State != from) {
				t.Errorf("%s after %s: %s, %v; want dispute.wrong_state", act, from, got.State, err)
			}
		}
	}
}

func TestAnAnswerMakesRoomForAnotherMissingThing(t *testing.T) {
	missing := Dispute{ID: "d1", Kind: DisputedMissing, State: DisputeOpen, subjectKey: missingKey("c", "p", "0")}
	if answered, _ := missing.after(ActAnswered); answered.subjectKey == missing.subjectKey {
		t.Error("an answered dispute still takes the place of one that waits")
	}
	entry := Dispute{ID: "d2", Kind: DisputedEntry, State: DisputeOpen, subjectKey: recordKey(DisputedEntry, "e")}
	if answered, _ := entry.after(ActAnswered); answered.subjectKey != entry.subjectKey {
		t.Error("an entry can be disputed a second time")
	}
}

func TestWhoMayRuleOnADispute(t *testing.T) {
	dispute := Dispute{PersonID: "person", hands: []string{"hand", "witness", ""}, Timeline: []DisputeEvent{
		{Act: ActRaised, PersonID: "person", HelperID: "helper"},
		{Act: ActAnswered, PersonID: "answerer"},
		{Act: ActAppealed, PersonID: "person", HelperID: "second helper"},
	}}
	for _, test := range []struct {
		who    string
		answer error
		decide error
	}{
		{"person", errOwnWork, errOwnWork},
		{"helper", errOwnWork, errOwnWork},
		{"second helper", errOwnWork, errOwnWork},
		{"hand", errOwnWork, errOwnWork},
		{"witness", errOwnWork, errOwnWork},
		{"answerer", nil, errOwnDecision},
		{"somebody else", nil, nil},
	} {
		if got := dispute.mayRule(test.who, ActAnswered); !errors.Is(got, test.answer) {
			t.Errorf("%s answers: %v, want %v", test.who, got, test.answer)
		}
		if got := dispute.mayRule(test.who, ActDecided); !errors.Is(got, test.decide) {
			t.Errorf("%s decides: %v, want %v", test.who, got, test.decide)
		}
	}
}

func TestWhatCanPutADisputeRight(t *testing.T) {
	dispute := Dispute{PersonID: "p", RegionID: "r", RecordID: "e"}
	for _, test := range []struct {
		name  string
		entry Entry
		want  bool
	}{
		{"a reversal", Entry{ID: "x", Kind: KindReversal, PersonID: "p", RegionID: "r"}, true},
		{"an adjustment", Entry{ID: "x", Kind: KindAdjustment, PersonID: "p", RegionID: "r"}, true},
		{"the disputed entry itself", Entry{ID: "e", Kind: KindAdjustment, PersonID: "p", RegionID: "r"}, false},
		{"other points", Entry{ID: "x", Kind: KindClaim, PersonID: "p", RegionID: "r"}, false},
		{"somebody else's", Entry{ID: "x", Kind: KindReversal, PersonID: "q", RegionID: "r"}, false},
		{"elsewhere", Entry{ID: "x", Kind: KindReversal, PersonID: "p", RegionID: "s"}, false},
	} {
		if got := test.entry.corrects(dispute); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestWhatARulingMustSay(t *testing.T) {
	for _, test := range []struct {
		name   string
		ruling Ruling
		isGood bool
	}{
		{"upheld", Ruling{Verdict: VerdictUpheld, Text: "签到表上没有"}, true},
		{"corrected", Ruling{Verdict: VerdictCorrected, Text: "已经补上", CorrectionIDs: []string{"e"}}, true},
		{"corrected elsewhere", Ruling{Verdict: VerdictCorrected, Text: "已经补上"}, true},
		{"no verdict", Ruling{Text: "已经补上"}, false},
		{"another verdict", Ruling{Verdict: "approve", Text: "已经补上"}, false},
		{"no reason", Ruling{Verdict: VerdictUpheld, Text: "  "}, false},
		{"upheld, and yet corrected", Ruling{Verdict: VerdictUpheld, Text: "签到表上没有", CorrectionIDs: []string{"e"}}, false},
		{"too many corrections", Ruling{Verdict: VerdictCorrected, Text: "已经补上", CorrectionIDs: make([]string, maxCorrections+1)}, false},
	} {
		err := test.ruling.check()
		var known *fault.Error
		if (err == nil) != test.isGood || err != nil && (!errors.As(err, &known) || known.Kind != fault.Invalid) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
