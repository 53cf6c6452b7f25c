// Package team holds volunteer teams and their activities: who belongs to a team, sign-up and its waiting
// list, check-in and check-out in all the ways there are, and what is confirmed in the end.
package team

import (
	"time"

	"fivestar/server/fault"
	"fivestar/server/person"
)

// Kind is who a team is made of.
type Kind string

const (
	PartyMembers Kind = "party_members"
	Merchants    Kind = "merchants"
	Emergency    Kind = "emergency"
	Company      Kind = "company"
	Neighbours   Kind = "neighbours"
	Other        Kind = "other"
)

// Team is a volunteer team of a community.
type Team struct {
	ID       string           `json:"id"`
	RegionID string           `json:"region_id"`
	Name     string           `json:"name"`
	Kind     Kind             `json:"kind" enum:"party_members,merchants,emergency,company,neighbours,other"`
	Leaders  []person.Summary `json:"leaders" nullable:"false"`
	Members  int              `json:"members" doc:"People admitted, leaders included"`
	// Mine is what the caller is to the team; a leader is admitted.
	Mine MemberState `json:"mine,omitempty" enum:"pending,admitted,refused" doc:"Absent for who never asked"`
}

// MemberState is what became of somebody's wish to join.
type MemberState string

const (
	Pending  MemberState = "pending"
	Admitted MemberState = "admitted"
	Refused  MemberState = "refused"
)

// Member is somebody who asked to join a team, or who leads it.
type Member struct {
	TeamID    string         `json:"team_id"`
	Person    person.Summary `json:"person,omitzero" doc:"In lists"`
	State     MemberState    `json:"state" enum:"pending,admitted,refused"`
	Leader    bool           `json:"leader"`
	AskedAt   time.Time      `json:"asked_at,omitzero"`
	DecidedAt time.Time      `json:"decided_at,omitzero"`

	PersonID  string `json:"-"`
	HelperID  string `json:"-"`
	DecidedBy string `json:"-"`
}

// Verdict is the word on somebody who asked to join. It may be given again: who was refused by mistake is
// admitted, and who was admitted can be shown out.
type Verdict string

const (
	Admit  Verdict = "admit"
	Refuse Verdict = "refuse"
)

var outcomeOf = map[Verdict]MemberState{Admit: Admitted, Refuse: Refused}

var (
	errNameTaken = fault.New(fault.Conflict, "name.taken", "这个社区已经有同名的队伍了，请换一个名称")
	errLeads     = fault.New(fault.Conflict, "team.leader", "您是队长，请先请社区换一位队长再退出")
	errOwnWork   = fault.New(fault.Forbidden, "review.own_work", "不能审核自己参与的，请让另一位同志来审核")
)
