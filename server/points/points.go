// Package points keeps the ledger: who was given how many points for what, by whose word, and what is left
// of them. Nothing in it is ever changed or removed; a mistake is answered by a posting that reverses it.
package points

import (
	"slices"
	"time"
	"unicode/utf8"

	"fivestar/server/fault"
	"fivestar/server/region"
)

// Kind is what a posting comes from.
type Kind string

const (
	KindClaim      Kind = "claim"
	KindCheckin    Kind = "checkin"
	KindTicket     Kind = "ticket"
	KindRedemption Kind = "redemption"
	KindAdjustment Kind = "adjustment"
	KindReversal   Kind = "reversal"
)

var (
	errOwnWork = fault.New(fault.Forbidden, "review.own_work", "不能审核自己参与的，请让另一位同志来审核")
	errShort   = fault.New(fault.Conflict, "points.short", "积分不够")

	errReversed      = fault.New(fault.Conflict, "points.reversed", "这笔积分已经撤销过了")
	errNotReversible = fault.New(fault.Conflict, "points.not_reversible", "这一笔不能这样撤销。兑换请在兑换里取消，撤销或扣减错了请另提一次调整")
)

// Posting asks for points to be moved between a person and a community.
type Posting struct {
	PersonID    string
	CommunityID string
	// Amount is above zero; Credit gives it to the person, Debit takes it.
	Amount int64
	Kind   Kind
	// SourceID names, within its kind, the one thing that the points are for: at most 60 bytes.
	SourceID string
	// Star is empty for points that belong to none of the five.
	Star region.Star
	// Memo is what the person reads in their history: at most 500 characters.
	Memo string
	// Hands are the people who did it or entered it.
	Hands []string
	// Witness is who confirmed it: none of Hands, and not the person.
	Witness string
}

// Entry is one posting as it stands in the ledger, seen from the person's side.
type Entry struct {
	ID string `json:"id"`
	// Amount is what the person gained, or below zero, lost.
	Amount     int64       `json:"amount"`
	Kind       Kind        `json:"kind" enum:"claim,checkin,ticket,redemption,adjustment,reversal"`
	SourceID   string      `json:"source_id"`
	Star       region.Star `json:"star,omitempty"`
	RegionID   string      `json:"region_id"`
	At         time.Time   `json:"at"`
	Memo       string      `json:"memo"`
	ReversesID string      `json:"reverses_id,omitempty" doc:"The entry that this one reverses"`
	Reversed   bool        `json:"reversed,omitempty" doc:"Another entry has reversed this one"`
	// ConfirmedBy is empty where nobody had to confirm: what a person spends.
	ConfirmedBy string   `json:"confirmed_by,omitempty" doc:"The name of who confirmed it"`
	Dispute     *Dispute `json:"dispute,omitempty" doc:"What the person said against it, and what was answered"`

	PersonID  string   `json:"-"`
	Hands     []string `json:"-"`
	WitnessID string   `json:"-"`
	// CountedAt is the time whose periods the entry counts in as earned: for a reversal that of the entry it
	// reverses. It is zero for points that were spent, or given back, which count as earned nowhere.
	CountedAt time.Time `json:"-"`
}

// ServiceRecord asks for service minutes to be counted.
type ServiceRecord struct {
	PersonID    string `json:"person_id"`
	CommunityID string `json:"region_id"`
	// Star is empty for a service that belongs to none of the five.
	Star    region.Star `json:"star,omitempty"`
	Minutes int64       `json:"minutes"`
	// SourceID names the one presence that the minutes are for, and is the SourceID of the points posted for
	// it: at most 60 bytes.
	SourceID string `json:"source_id"`
	// At is when the service was done; it decides the periods that the minutes count in.
	At      time.Time `json:"at"`
	Hands   []string  `json:"-"`
	Witness string    `json:"-"`
}

const (
	maxSource = 60
	maxMemo   = 500
	// maxAmount bounds one posting, far above what any rule gives and far below what an account can hold.
	maxAmount = 1_000_000
)

// twoWitnesses is 403 review.own_work unless somebody other than the person, and than those who did or
// entered the thing, has confirmed it.
func twoWitnesses(personID string, hands []string, witness string) error {
	if witness == "" || witness == personID || slices.Contains(hands, witness) {
		return errOwnWork
	}
	return nil
}

// creditKinds and debitKinds are what a room may post. A reversal is posted by Reverse only.
var (
	creditKinds = []Kind{KindClaim, KindCheckin, KindTicket, KindAdjustment}
	debitKinds  = []Kind{KindRedemption, KindAdjustment}
)

// counted is the time whose periods a posting of kind made at at counts in. What is spent is not taken
// from what was earned.
func counted(kind Kind, at time.Time) time.Time {
	if kind == KindRedemption {
		return time.Time{}
	}
	return at
}

// reversible is nil for an entry that an officer may reverse: one that gave points. What took them is put
// right by the room that took them, or by an adjustment, which again needs two people.
func reversible(entry Entry) error {
	if entry.Kind == KindReversal || entry.Amount < 0 {
		return errNotReversible
	}
	return nil
}

// gradeHours are the service hours that each of the five grades takes.
var gradeHours = [...]int64{100, 300, 600, 1000, 1500}

// Grade is a volunteer's grade by service minutes: 1 to 5, and 0 below the first.
func Grade(minutes int64) int {
	grade := 0
	for grade < len(gradeHours) && minutes >= gradeHours[grade]*60 {
		grade++
	}
	return grade
}

// cut shortens text to most characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}
