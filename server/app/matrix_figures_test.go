package app_test

import (
	"context"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
)

func aFigureOfTheCommunity(s *stage, at *place) subject {
	return subject{ids: []string{at.ID, "points_given"}, query: "?period=2026-W47"}
}

func theStreetsFigures(s *stage, _ *place) subject { return subject{ids: []string{s.World.Street.ID}} }

// withHours gives somebody two hours of service.
func (s *stage) withHours(at *place, person *apptest.Client) *apptest.Client {
	s.Helper()
	err := s.App.Points.RecordService(context.Background(), points.ServiceRecord{PersonID: person.PersonID, CommunityID: at.ID, Minutes: 120,
		SourceID: s.next("presence"), At: s.Clock.Now(), Hands: []string{person.PersonID}, Witness: at.secretary.PersonID})
	if err != nil {
		s.Fatal(err)
	}
	s.Tick()
	return person
}

func hoursToCertify(s *stage, at *place) subject {
	s.Helper()
	return subject{owner: s.withHours(at, s.person(at)), body: fields{"full_name": true}}
}

// aCertificate is somebody's, known by its number.
func aCertificate(s *stage, at *place) subject {
	s.Helper()
	hours := hoursToCertify(s, at)
	number := hours.owner.Post("/me/certificates", nil).Want(201).Get("number").String()
	return subject{ids: []string{number}, owner: hours.owner}
}

func openFiguresOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at) + "&period=2026-10"}
}
