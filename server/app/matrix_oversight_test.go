package app_test

import (
	"context"
	"net/http"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
)

// credited gives somebody points for a claim that a secretary of the place confirmed.
func (s *stage) credited(at *place, person *apptest.Client, amount int64) {
	s.Helper()
	_, err := s.App.Points.Credit(context.Background(), points.Posting{PersonID: person.PersonID, CommunityID: at.ID, Amount: amount,
		Kind: points.KindClaim, SourceID: s.next("claim"), Memo: "扫楼道", Hands: []string{person.PersonID}, Witness: at.secretary.PersonID})
	if err != nil {
		s.Fatal(err)
	}
}

// drawn is a spot check of the only act of a month that no other preparation draws.
func (s *stage) drawn(at *place, person *apptest.Client) subject {
	s.Helper()
	now := s.Clock.Now()
	defer s.Clock.Set(now)
	s.next("month")
	month := time.Date(now.Year(), now.Month()+time.Month(s.made), 2, 12, 0, 0, 0, time.UTC)
	s.Clock.Set(month)
	s.credited(at, person, 1)
	s.Clock.Set(month.AddDate(0, 1, 0))
	for _, job := range []func(context.Context) error{s.App.Points.Seal, s.App.Oversight.DrawSpotChecks} {
		if err := job(context.Background()); err != nil {
			s.Fatal(err)
		}
	}
	var id string
	for _, row := range s.rows("SELECT id FROM spot_check WHERE person_id = '" + person.PersonID + "'") {
		id = row
	}
	return subject{ids: []string{id}, owner: person, query: "?month=" + month.Format("2006-01"), body: fields{"outcome": "confirmed"}}
}

func aSpotCheck(s *stage, at *place) subject {
	s.Helper()
	check := s.drawn(at, s.person(at))
	check.query = ""
	return check
}

// aSpotCheckOfAnOfficer is of somebody who is an officer of the street.
func aSpotCheckOfAnOfficer(s *stage, at *place) subject {
	s.Helper()
	officer := s.person(at)
	s.grant(fields{"person_id": officer.PersonID, "role": "street_officer", "region_id": s.World.Street.ID})
	check := s.drawn(at, officer)
	check.query = ""
	return check
}

func aDrawnMonth(s *stage, at *place) subject {
	s.Helper()
	check := s.drawn(at, s.person(at))
	return subject{ids: []string{at.ID}, query: check.query}
}

// odd is a case that names somebody: far more points in a day than ever before.
func (s *stage) odd(at *place, person *apptest.Client) subject {
	s.Helper()
	s.credited(at, person, 150)
	if err := s.App.Oversight.FindOddCases(context.Background()); err != nil {
		s.Fatal(err)
	}
	list := s.Login("street").Get("/regions/" + at.ID + "/odd-cases?kind=points_jump").Want(http.StatusOK)
	id := list.Get(`items.#(people.0.id=="` + person.PersonID + `").id`).String()
	return subject{ids: []string{id}, owner: person, body: fields{"verdict": "dismiss", "note": "一次补登了三个月的服务"}}
}

func anOddCase(s *stage, at *place) subject { return s.odd(at, s.person(at)) }

func anOddCaseOfASecretary(s *stage, at *place) subject { return s.odd(at, s.newSecretary(at)) }
