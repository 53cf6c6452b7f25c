package app_test

import (
	"fmt"
	"net/http"

	"fivestar/server/app/apptest"
)

// phone is a number that nobody has.
func (s *stage) phone() string {
	s.made++
	return fmt.Sprintf("138%08d", s.made)
}

func aLoginCode(s *stage, _ *place) subject {
	return subject{body: fields{"code": "sim:" + s.next("login")}}
}

// aSession is one more of the actor's.
func aSession(s *stage, _ *place) subject {
	return subject{as: func(actor string) *apptest.Client {
		code := fields{"code": "sim:" + actor}
		token := s.Anonymous().Post("/sessions", code).Want(http.StatusCreated).Get("token").String()
		second := s.Login(actor).With("X-Device", "second")
		second.Token = token
		return second
	}}
}

// oneself is the actor, as somebody who may be lost.
func oneself(s *stage, _ *place) subject { return subject{as: s.double} }

func aNewConsent(*stage, *place) subject { return subject{body: fields{"leaderboard_consent": true}} }

func aPhoneCode(s *stage, _ *place) subject {
	return subject{body: fields{"code": "sim:" + s.phone()}}
}

func aNewPerson(s *stage, at *place) subject {
	return subject{ids: []string{at.grid.ID}, body: fields{"name": s.title("样例老人"), "phone": s.phone()}}
}

func of(person *apptest.Client) subject {
	return subject{ids: []string{person.PersonID}, owner: person}
}

func aResident(s *stage, at *place) subject { return of(s.person(at)) }

func someoneWithoutAHome(s *stage, _ *place) subject { return of(s.Login(s.next("person"))) }

func aResidentWithAPhone(s *stage, at *place) subject {
	s.Helper()
	resident := s.person(at)
	resident.Put("/me/phone", fields{"code": "sim:" + s.phone()}).Want(http.StatusOK)
	return of(resident)
}

func aResidentVerified(s *stage, at *place) subject {
	s.Helper()
	resident := s.person(at)
	at.secretary.Post("/people/"+resident.PersonID+"/home-verification", nil).Want(http.StatusOK)
	return of(resident)
}

func aSecretaryAtHome(s *stage, at *place) subject { return of(s.newSecretary(at)) }

func aCardHolder(s *stage, at *place) subject {
	s.Helper()
	return of(aCard(s, at).owner)
}

func aCard(s *stage, at *place) subject {
	s.Helper()
	holder := s.person(at)
	card := create(at.secretary, "/people/"+holder.PersonID+"/cards", nil)
	return subject{ids: []string{holder.PersonID, card}, owner: holder}
}
