package web

import (
	"context"

	"fivestar/server/fault"
)

// Role is what a grant makes of a person.
type Role string

// The roles, lowest first. A resident has no grant: a home is enough.
const (
	Leader          Role = "leader"
	Assignee        Role = "assignee"
	GridWorker      Role = "grid_worker"
	Secretary       Role = "secretary"
	StreetOfficer   Role = "street_officer"
	DistrictOfficer Role = "district_officer"
	CityOfficer     Role = "city_officer"
	Admin           Role = "admin"
)

// RoleGrant is one role in force. RegionID is always set: the region the role reaches down from, or the one
// its organisation or team belongs to. An assignee's reach is the organisation, a leader's is the team.
type RoleGrant struct {
	ID             string `json:"id"`
	Role           Role   `json:"role"`
	RegionID       string `json:"region_id,omitempty"`
	OrganisationID string `json:"organisation_id,omitempty"`
	TeamID         string `json:"team_id,omitempty"`
}

// Caller is who makes a request, with all that a permission hangs on, read once a request.
type Caller struct {
	PersonID string
	// HelperID is the person who holds the phone when PersonID acts by a card, else empty.
	HelperID  string
	SessionID string
	// HomePath is the path of the home region (see region.Region), empty without a home.
	HomePath     string
	HomeVerified bool
	Grants       []RoleGrant
}

// Hands are the people whose hands this request goes through: the person, and the helper if there is one.
// None of them may be a witness to it later.
func (c Caller) Hands() []string {
	if c.HelperID == "" {
		return []string{c.PersonID}
	}
	return []string{c.PersonID, c.HelperID}
}

// Session is the person who is logged in on the phone: the helper when there is one.
func (c Caller) Session() string {
	if c.HelperID != "" {
		return c.HelperID
	}
	return c.PersonID
}

type callerKey struct{}

// WithCaller gives ctx a caller. web does it for requests; commands and jobs that act for a person do it too.
func WithCaller(ctx context.Context, caller Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// CallerFrom tells who makes the request. On a route that is not public there always is one.
func CallerFrom(ctx context.Context) (Caller, error) {
	caller, ok := ctx.Value(callerKey{}).(Caller)
	if !ok {
		return Caller{}, fault.ErrUnauthenticated
	}
	return caller, nil
}
