package task

import (
	"errors"
	"slices"
	"testing"
	"time"
)

var claimStates = []ClaimState{Claimed, Submitted, Approved, Returned, Rejected, Abandoned, Expired}

var acts = []Act{actSubmit, actApprove, actScan, actReturn, actReject, actAbandon, actPutBack, actExpire, actAppeal, actUphold, actOverturn}

// TestWhatMayFollowWhat writes the domain's rules down a second time: all that is not here is refused.
func TestWhatMayFollowWhat(t *testing.T) {
	now := shanghaiTime(t, "2026-11-22 10:00:00")
	type move struct {
		from   ClaimState
		appeal Appeal
		act    Act
	}
	allowed := map[move]standing{
		{Claimed, NoAppeal, actSubmit}:    {Submitted, NoAppeal},
		{Claimed, NoAppeal, actScan}:      {Approved, NoAppeal},
		{Claimed, NoAppeal, actAbandon}:   {Abandoned, NoAppeal},
		{Claimed, NoAppeal, actPutBack}:   {Abandoned, NoAppeal},
		{Claimed, NoAppeal, actExpire}:    {Expired, NoAppeal},
		{Submitted, NoAppeal, actApprove}: {Approved, NoAppeal},
		{Submitted, NoAppeal, actReturn}:  {Returned, NoAppeal},
		{Submitted, NoAppeal, actReject}:  {Rejected, NoAppeal},
		{Returned, NoAppeal, actSubmit}:   {Submitted, NoAppeal},
		{Returned, NoAppeal, actExpire}:   {Expired, NoAppeal},
		{Rejected, NoAppeal, actAppeal}:   {Rejected, Pending},
		{Rejected, Pending, actUphold}:    {Rejected, Upheld},
		{Rejected, Pending, actOverturn}:  {Approved, Overturned},
	}
	for _, from := range claimStates {
		for _, appeal := range []Appeal{NoAppeal, Pending, Upheld, Overturned} {
			for _, act := range acts {
				claim := Claim{ID: "CLAIM", PersonID: "PERSON", State: from, Appeal: appeal, DueAt: now.Add(time.Hour)}
				if act == actExpire {
					claim.DueAt = now
				}
				after, err := claim.after(act, now)
				want, isAllowed := allowed[move{from, appeal, act}]
				if !isAllowed {
					if !errors.Is(err, errClaimMoved) {
						t.Errorf("%s %s, %s: %v, want refused", from, appeal, act, err)
					}
					continue
				}
				if err != nil || after.State != want.State || after.Appeal != want.Appeal {
					t.Errorf("%s %s, %s: %s %s, %v, want %v", from, appeal, act, after.State, after.Appeal, err, want)
				}
			}
		}
	}
}

func TestDeadline(t *testing.T) {
	due := shanghaiTime(t, "2026-11-30 18:00:00")
	tests := []struct {
		from ClaimState
		act  Act
		at   time.Time
		want error
	}{
		{Claimed, actSubmit, due.Add(-time.Millisecond), nil},
		{Claimed, actSubmit, due, errTooLate},
		{Returned, actSubmit, due.Add(-time.Millisecond), nil},
		{Returned, actSubmit, due, errTooLate},
		{Claimed, actScan, due, errTooLate},
		{Claimed, actExpire, due.Add(-time.Millisecond), errClaimMoved},
		{Claimed, actExpire, due, nil},
		{Returned, actExpire, due, nil},
		{Submitted, actExpire, due.AddDate(1, 0, 0), errClaimMoved},
		{Submitted, actApprove, due.AddDate(0, 1, 0), nil},
		{Submitted, actReject, due.AddDate(0, 1, 0), nil},
		{Submitted, actReturn, due.Add(-time.Millisecond), nil},
		{Submitted, actReturn, due, errTooLate},
	}
	for _, test := range tests {
		_, err := Claim{State: test.from, DueAt: due}.after(test.act, test.at)
		if !errors.Is(err, test.want) {
			t.Errorf("%s, %s at %s: %v, want %v", test.from, test.act, test.at, err, test.want)
		}
	}
}

func TestKeysBindAsLongAsTheyShould(t *testing.T) {
	now := shanghaiTime(t, "2026-11-22 10:00:00")
	task := Task{ID: "TASK", Repeat: Weekly, DueAt: now.Add(time.Hour)}
	drawn := newClaim("CLAIM", task, "PERSON", "", "STATION", now)
	if want := (keys{"PERSON", "PERSON:2026-W47", "PERSON", "CLAIM"}); drawn.keys != want {
		t.Fatalf("drawn: %+v, want %+v", drawn.keys, want)
	}
	if taken := newClaim("CLAIM", task, "PERSON", "", "", now); taken.keys.station != "CLAIM" {
		t.Errorf("a claim that was not drawn is held to a station: %+v", taken.keys)
	}
	turn, day := "PERSON:2026-W47", "PERSON:2026-11-22"
	tests := []struct {
		path []Act
		want keys
	}{
		{[]Act{actSubmit}, keys{"PERSON", turn, "PERSON", "CLAIM"}},
		{[]Act{actSubmit, actReturn}, keys{"PERSON", turn, "PERSON", "CLAIM"}},
		{[]Act{actSubmit, actApprove}, keys{"CLAIM", turn, "CLAIM", "CLAIM"}},
		{[]Act{actSubmit, actReject}, keys{"CLAIM", turn, "CLAIM", "CLAIM"}},
		{[]Act{actSubmit, actReject, actAppeal, actOverturn}, keys{"CLAIM", turn, "CLAIM", "CLAIM"}},
		{[]Act{actAbandon}, keys{"CLAIM", "CLAIM", "CLAIM", "CLAIM"}},
		{[]Act{actPutBack}, keys{"CLAIM", "CLAIM", "CLAIM", day}},
	}
	for _, test := range tests {
		claim := drawn
		for _, act := range test.path {
			var err error
			if claim, err = claim.after(act, now); err != nil {
				t.Fatal(err)
			}
		}
		if claim.keys != test.want {
			t.Errorf("%v: %+v, want %+v", test.path, claim.keys, test.want)
		}
	}
}

func TestWhatHoldsAPlace(t *testing.T) {
	for _, state := range claimStates {
		want := state != Abandoned && state != Expired
		if state.holdsPlace() != want {
			t.Errorf("%s holds a place: %v", state, !want)
		}
	}
}

func TestTwoWitnesses(t *testing.T) {
	claim := Claim{PersonID: "ELDER"}
	timeline := []Event{
		{Act: actClaim, PersonID: "ELDER", HelperID: "GRID"},
		{Act: actSubmit, PersonID: "ELDER", HelperID: "LEADER"},
		{Act: actReturn, PersonID: "SECRETARY"},
		{Act: actSubmit, PersonID: "ELDER"},
		{Act: actReject, PersonID: "STREET"},
		{Act: actAppeal, PersonID: "ELDER", HelperID: "NEIGHBOUR"},
	}
	if got := hands(claim, timeline); !slices.Equal(got, []string{"ELDER", "GRID", "LEADER", "NEIGHBOUR"}) {
		t.Errorf("hands %v", got)
	}
	tests := []struct {
		person string
		act    Act
		want   error
	}{
		{"ELDER", actApprove, errOwnWork},
		{"GRID", actApprove, errOwnWork},
		{"LEADER", actReject, errOwnWork},
		{"NEIGHBOUR", actOverturn, errOwnWork},
		{"SECRETARY", actApprove, nil},
		{"SECRETARY", actOverturn, nil},
		{"STREET", actOverturn, errOwnDecision},
		{"STREET", actUphold, errOwnDecision},
		{"STREET2", actUphold, nil},
	}
	for _, test := range tests {
		if err := mayDecide(test.person, test.act, claim, timeline); !errors.Is(err, test.want) {
			t.Errorf("%s, %s: %v, want %v", test.person, test.act, err, test.want)
		}
	}
}

func TestEvidence(t *testing.T) {
	const (
		none   = labelNone
		before = labelBefore
		after  = labelAfter
	)
	tests := []struct {
		name     string
		evidence Evidence
		text     string
		photos   []string
		field    string
	}{
		{"nothing asked, nothing given", Evidence{}, "", nil, ""},
		{"text asked and given", Evidence{Text: true}, "扫完了", nil, ""},
		{"text asked, photos given", Evidence{Text: true}, "", []string{none, before}, "text"},
		{"photo before, labelled", Evidence{PhotosBefore: true}, "", []string{before}, ""},
		{"photo before, not labelled", Evidence{PhotosBefore: true}, "", []string{none}, ""},
		{"photo before, another given", Evidence{PhotosBefore: true}, "", []string{after}, "photo_ids_before"},
		{"photo after, another given", Evidence{PhotosAfter: true}, "", []string{before}, "photo_ids_after"},
		{"both, one without label", Evidence{PhotosBefore: true, PhotosAfter: true}, "", []string{none}, "photo_ids_after"},
		{"both, two without label", Evidence{PhotosBefore: true, PhotosAfter: true}, "", []string{none, none}, ""},
		{"both, one of each", Evidence{PhotosBefore: true, PhotosAfter: true}, "", []string{after, none}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var photos []handedInPhoto
			for i, label := range test.photos {
				photos = append(photos, handedInPhoto{ID: string(rune('A' + i)), Label: label})
			}
			wantField(t, test.evidence.missing(test.text, photos), test.field)
		})
	}
}

func TestSameSubmissionAgain(t *testing.T) {
	there := []handedInPhoto{{"A", labelBefore}, {"B", labelNone}}
	last := Event{Text: "扫完了"}
	tests := []struct {
		name       string
		submission Submission
		want       bool
	}{
		{"word for word", Submission{Text: "扫完了", PhotoIDs: []string{"B"}, PhotoIDsBefore: []string{"A"}}, true},
		{"without the photos that are there", Submission{Text: "扫完了"}, true},
		{"another text", Submission{Text: "没扫完", PhotoIDs: []string{"B"}}, false},
		{"one more photo", Submission{Text: "扫完了", PhotoIDs: []string{"B", "C"}}, false},
		{"a photo under another label", Submission{Text: "扫完了", PhotoIDs: []string{"A"}}, false},
	}
	for _, test := range tests {
		if got := test.submission.sameAs(last, there); got != test.want {
			t.Errorf("%s: same %v", test.name, got)
		}
	}
}
