package app_test

import (
	"net/http"
	"slices"
	"strings"

	"fivestar/server/app/apptest"
)

// The two places of the matrix: the community in which all of apptest's people but the outsider live, and
// the village next door in the same street, whose secretary and resident the outsider is. What is "own" to
// the others is foreign to the outsider, and the other way round.
const (
	ownPlace     = "own"
	foreignPlace = "foreign"
)

// The actors beside those of apptest.World.
const (
	anonymous = "anonymous"
	newcomer  = "newcomer" // logged in, without a home
	theOwner  = "owner"    // whom the thing belongs to, or whose it was: the claimer, the raiser, the member
	// byCard is an elder of the community who acts by a card, in the secretary's hands: a resident's rights,
	// and none of the secretary's.
	byCard = "card"
)

var actors = []string{
	anonymous, newcomer, "resident", theOwner, byCard, "leader", "assignee", "merchant", "grid", "secretary",
	"secretary2", "street", "district", "city", "admin", "outsider",
}

// people are the actors who may do something in each place, by name, separated by spaces.
type people struct{ own, foreign string }

var (
	nobody   = people{}
	everyone = inBoth(strings.Join(actors[1:], " "))
	// ownPhone is what no card is good for: the person's own account.
	ownPhone = everyone.without(byCard)

	owner    = inBoth(theOwner)
	street   = inBoth("street")
	admin    = inBoth("admin")
	officers = inBoth("street district city admin")

	// residents live in the place; neighbours are those of them to whom the thing does not belong.
	residents  = people{"resident owner card leader assignee merchant grid secretary secretary2", "owner outsider"}
	neighbours = residents.without(theOwner)
	// whoHasAHome, wherever it is.
	whoHasAHome = inBoth(residents.own + " outsider")

	leader     = people{own: "leader"}   // of theTeam; in the village it is nobody of the actors
	assignee   = people{own: "assignee"} // of theOrganisation, likewise
	gridWorker = people{own: "grid"}

	secretaries = people{"secretary secretary2", "outsider"}
	// helpers may act for who has a card.
	helpers = secretaries.and(leader, gridWorker)
	// desk is who decides in a community, deskAndUp also those who stand above it.
	desk      = secretaries.and(admin)
	deskAndUp = secretaries.and(officers)
)

func inBoth(names string) people { return people{names, names} }

func (p people) and(others ...people) people {
	for _, other := range others {
		p.own += " " + other.own
		p.foreign += " " + other.foreign
	}
	return p
}

func (p people) without(names string) people {
	left := func(all string) string {
		return strings.Join(slices.DeleteFunc(strings.Fields(all), func(name string) bool {
			return slices.Contains(strings.Fields(names), name)
		}), " ")
	}
	return people{left(p.own), left(p.foreign)}
}

func (p people) holds(place, actor string) bool {
	names := p.foreign
	if place == ownPlace {
		names = p.own
	}
	return slices.Contains(strings.Fields(names), actor)
}

// client is an actor, who may be the owner of the thing.
func (s *stage) client(actor string, thing subject) *apptest.Client {
	s.Helper()
	switch actor {
	case anonymous:
		return s.Anonymous()
	case theOwner:
		return thing.owner
	case byCard:
		return s.elder
	}
	return s.Login(actor)
}

// person is somebody new with a home in the place.
func (s *stage) person(at *place) *apptest.Client {
	s.Helper()
	return s.Home(s.next("person"), at.grid.ID)
}

// double is somebody new with the home and the roles of an actor, for what would end the actor.
func (s *stage) double(actor string) *apptest.Client {
	s.Helper()
	original := s.Login(actor).Get("/me").Want(http.StatusOK)
	double := s.Login(s.next("double"))
	if home := original.Get("home.region_id").String(); home != "" {
		double.Patch("/me", fields{"home_region_id": home}).Want(http.StatusOK)
	}
	for _, role := range original.Get("roles").Array() {
		grant := fields{"person_id": double.PersonID, "role": role.Get("role").String()}
		for _, place := range []string{"team_id", "organisation_id", "region_id"} {
			if id := role.Get(place).String(); id != "" {
				grant[place] = id
				break
			}
		}
		s.grant(grant)
	}
	return double
}

// grant gives a role and the grant's id.
func (s *stage) grant(grant fields) string {
	s.Helper()
	return s.Login("admin").Post("/role-grants", grant).Want(http.StatusCreated).Get("id").String()
}

// newSecretary is one more secretary of the place, who lives there.
func (s *stage) newSecretary(at *place) *apptest.Client {
	s.Helper()
	secretary := s.person(at)
	s.grant(fields{"person_id": secretary.PersonID, "role": "secretary", "region_id": at.ID})
	return secretary
}
