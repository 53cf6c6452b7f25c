package app_test

import (
	"context"
	"net/http"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
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

func anEntryToDispute(s *stage, at *place) subject {
	s.Helper()
	entry := anEntry(s, at)
	entry.body = fields{"text": "那天做了两个小时，只记了一个小时"}
	return entry
}

// minutesToDispute are those of a presence that the secretary confirmed.
func minutesToDispute(s *stage, at *place) subject {
	s.Helper()
	person, source := s.person(at), s.next("presence")
	err := s.App.Points.RecordService(context.Background(), points.ServiceRecord{PersonID: person.PersonID, CommunityID: at.ID, Minutes: 60,
		SourceID: source, At: s.Clock.Now(), Hands: []string{person.PersonID}, Witness: at.secretary.PersonID})
	if err != nil {
		s.Fatal(err)
	}
	return subject{ids: []string{source}, owner: person, body: fields{"text": "那天做了两个小时，只记了一个小时"}}
}

func somethingMissing(_ *stage, at *place) subject {
	return subject{body: fields{"region_id": at.ID, "text": "周一扫雪没有记"}}
}

// missed is a dispute of somebody who misses something.
func (s *stage) missed(at *place, person *apptest.Client) subject {
	s.Helper()
	id := create(person, "/me/points/disputes", somethingMissing(s, at).body)
	return subject{ids: []string{id}, owner: person, body: fields{"verdict": "upheld", "text": "签到表上没有"}}
}

func aDispute(s *stage, at *place) subject { return s.missed(at, s.person(at)) }

func aDisputeOfASecretary(s *stage, at *place) subject { return s.missed(at, s.newSecretary(at)) }

// aDisputeThroughTheDesksHands is of points that one secretary proposed and the other approved.
func aDisputeThroughTheDesksHands(s *stage, at *place) subject {
	s.Helper()
	entry := anEntryToDispute(s, at)
	id := create(entry.owner, "/points/entries/"+entry.ids[0]+"/dispute", entry.body)
	return subject{ids: []string{id}, owner: entry.owner, body: fields{"verdict": "upheld", "text": "核对过，没有错"}}
}

func (s *stage) answered(at *place, by *apptest.Client) subject {
	s.Helper()
	dispute := aDispute(s, at)
	by.Post("/points/disputes/"+dispute.ids[0]+"/answer", dispute.body).Want(http.StatusOK)
	dispute.body = fields{"text": "邻居可以作证"}
	return dispute
}

func anAnsweredDispute(s *stage, at *place) subject { return s.answered(at, at.secretary) }

func (s *stage) appealedDispute(at *place, against *apptest.Client) subject {
	s.Helper()
	dispute := s.answered(at, against)
	dispute.owner.Post("/points/disputes/"+dispute.ids[0]+"/appeal", dispute.body).Want(http.StatusOK)
	dispute.body = fields{"verdict": "upheld", "text": "街道核对过，没有错"}
	return dispute
}

func anAppealedDispute(s *stage, at *place) subject { return s.appealedDispute(at, at.secretary) }

func anAppealAgainstTheStreetsAnswer(s *stage, at *place) subject {
	s.Helper()
	return s.appealedDispute(at, s.Login("street"))
}

func aCommunityWithALeaderboard(s *stage, at *place) subject {
	s.Helper()
	s.set(at, fields{"leaderboard": true})
	return theCommunity(s, at)
}
