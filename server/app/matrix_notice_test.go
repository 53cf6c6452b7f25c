package app_test

import (
	"context"
	"net/http"

	"fivestar/server/app/apptest"
	"fivestar/server/notice"
	"fivestar/server/wechat"
)

// operators see to what WeChat would not take.
var operators = inBoth("city admin")

// tellSomething tells somebody of a thing that nobody else was told of.
func (s *stage) tellSomething(at *place, person *apptest.Client) string {
	s.Helper()
	err := s.App.Notices.Tell(context.Background(), notice.Notice{Kind: notice.ClaimApproved, RegionID: at.ID, What: "清扫楼道", Text: "通过了",
		Subject: notice.Subject{Kind: "claim", ID: s.next("claim")}}, person.PersonID)
	if err != nil {
		s.Fatal(err)
	}
	return person.Get("/me/notices?limit=1").Want(http.StatusOK).Get("items.0.id").String()
}

func aNotice(s *stage, at *place) subject {
	s.Helper()
	person := s.person(at)
	return subject{ids: []string{s.tellSomething(at, person)}, owner: person}
}

func whatStandsInTheInbox(s *stage, at *place) subject {
	s.Helper()
	told := aNotice(s, at)
	return subject{body: fields{"up_to": told.ids[0]}, owner: told.owner}
}

func aConsent(*stage, *place) subject {
	return subject{body: fields{"accepted": []string{"simulated-review"}}}
}

func messagesOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

// aDeadNotice is one whose message WeChat would not take.
func aDeadNotice(s *stage, at *place) subject {
	s.Helper()
	s.settle()
	person := s.person(at)
	person.Post("/me/notice-consents", aConsent(s, at).body).Want(http.StatusOK)
	s.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 47003, Times: 1})
	id := s.tellSomething(at, person)
	s.settle()
	return subject{ids: []string{id}}
}
