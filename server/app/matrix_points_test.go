package app_test

import (
	"net/http"

	"fivestar/server/app/apptest"
)

func adjustmentsOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at)}
}

// adjustment is one point for somebody, by hand.
func adjustment(at *place, personID string) fields {
	return fields{"person_id": personID, "region_id": at.ID, "amount": 1, "reason": "补登上月的服务"}
}

// propose gives the id of an adjustment that waits for another officer.
func propose(at *place, proposer *apptest.Client, personID string) string {
	return create(proposer, "/points/adjustments", adjustment(at, personID))
}

// withPoints gives somebody a point.
func withPoints(at *place, person *apptest.Client) subject {
	id := propose(at, at.secretary, person.PersonID)
	at.second.Post("/points/adjustments/"+id+"/approve", nil).Want(http.StatusOK)
	return of(person)
}

func someoneWithPoints(s *stage, at *place) subject {
	s.Helper()
	return withPoints(at, s.person(at))
}

// entryOf is somebody's only entry.
func entryOf(at *place, person *apptest.Client) subject {
	withPoints(at, person)
	id := person.Get("/me/points/entries").Want(http.StatusOK).Get("items.0.id").String()
	return subject{ids: []string{id}, owner: person, body: fields{"reason": "重复登记了"}}
}

func anEntry(s *stage, at *place) subject {
	s.Helper()
	return entryOf(at, s.person(at))
}

func anEntryOfASecretary(s *stage, at *place) subject {
	s.Helper()
	return entryOf(at, s.newSecretary(at))
}

func aNewAdjustment(s *stage, at *place) subject {
	return subject{body: adjustment(at, s.person(at).PersonID)}
}

func anAdjustmentForOneself(_ *stage, at *place) subject {
	return subject{bodyOf: func(caller *apptest.Client) any { return adjustment(at, caller.PersonID) }}
}

func anAdjustmentOfItsProposer(s *stage, at *place) subject {
	s.Helper()
	proposer := s.newSecretary(at)
	return subject{ids: []string{propose(at, proposer, s.person(at).PersonID)}, owner: proposer}
}

func anAdjustmentForASecretary(s *stage, at *place) subject {
	s.Helper()
	secretary := s.newSecretary(at)
	return subject{ids: []string{propose(at, s.newSecretary(at), secretary.PersonID)}, owner: secretary}
}

func aCommunityWithALeaderboard(s *stage, at *place) subject {
	s.Helper()
	s.set(at, fields{"leaderboard": true})
	return theCommunity(s, at)
}
