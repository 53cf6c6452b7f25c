package app_test

import (
	"context"
	"maps"
	"net/http"

	"fivestar/server/app/apptest"
	"fivestar/server/db"
	"fivestar/server/points"
)

func (s *stage) newReward(at *place, changes fields) fields {
	reward := fields{
		"region_id": at.ID, "organisation_id": at.organisationID, "kind": "service", "title": s.title("理发"), "place": "样板理发店",
		"price": 1, "stock": 50, "per_person_limit": 10, "redeem_until": s.in48Hours(), "fetch_days": 7,
	}
	maps.Copy(reward, changes)
	return reward
}

func aNewReward(s *stage, at *place) subject { return subject{body: s.newReward(at, nil)} }

func rewardsOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func draftRewardsOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at) + "&state=draft"}
}

func (s *stage) reward(at *place, changes fields) string {
	s.Helper()
	return create(at.secretary, "/rewards", s.newReward(at, changes))
}

func aReward(s *stage, at *place) subject { return subject{ids: []string{s.reward(at, nil)}} }

func aDraftReward(s *stage, at *place) subject {
	return subject{ids: []string{s.reward(at, fields{"draft": true})}}
}

func aChangeOfADraftReward(s *stage, at *place) subject {
	return subject{ids: []string{s.reward(at, fields{"draft": true})}, body: fields{"title": "理发和刮脸", "stock": 60}}
}

// credit gives somebody a point by the word of another.
func (s *stage) credit(at *place, person *apptest.Client) {
	s.Helper()
	witness := at.secretary.PersonID
	if person.PersonID == witness {
		witness = at.second.PersonID
	}
	_, err := s.App.Points.Credit(context.Background(), points.Posting{PersonID: person.PersonID, CommunityID: at.ID, Amount: 1,
		Kind: points.KindClaim, SourceID: db.NewID(), Hands: []string{person.PersonID}, Witness: witness})
	if err != nil {
		s.Fatal(err)
	}
}

// aRewardThatAllCanPay is one that everybody who lives there has the point for.
func aRewardThatAllCanPay(s *stage, at *place) subject {
	s.Helper()
	owner := s.person(at)
	s.credit(at, owner)
	for _, actor := range actors {
		if actor != theOwner && actor != anonymous && residents.holds(at.name, actor) {
			s.credit(at, s.client(actor, subject{}))
		}
	}
	return subject{ids: []string{s.reward(at, nil)}, owner: owner}
}

// redeemed gives the redemption's id and code.
func (s *stage) redeemed(at *place, by *apptest.Client, changes fields) (id, code string) {
	s.Helper()
	s.credit(at, by)
	made := by.Post("/rewards/"+s.reward(at, changes)+"/redemptions", nil).Want(http.StatusCreated)
	return made.Get("id").String(), made.Get("code").String()
}

func aRedemption(s *stage, at *place) subject {
	s.Helper()
	owner := s.person(at)
	id, _ := s.redeemed(at, owner, nil)
	return subject{ids: []string{id}, owner: owner}
}

func (s *stage) codeToFulfil(at *place, owner *apptest.Client) subject {
	s.Helper()
	_, code := s.redeemed(at, owner, nil)
	return subject{owner: owner, body: fields{"code": code}}
}

func aCodeToFulfil(s *stage, at *place) subject { return s.codeToFulfil(at, s.person(at)) }

func aCodeOfASecretary(s *stage, at *place) subject { return s.codeToFulfil(at, s.newSecretary(at)) }

// aCodeThroughTheSecretarysHands is of an elder whose card the secretary held.
func aCodeThroughTheSecretarysHands(s *stage, at *place) subject {
	s.Helper()
	path := "/regions/" + at.grid.ID + "/people"
	elderID := create(at.secretary, path, fields{"name": s.title("样例老人")})
	card := at.secretary.Post("/people/"+elderID+"/cards", nil).Want(http.StatusCreated).Get("token").String()
	elder := at.secretary.ByCard(card)
	elder.PersonID = elderID
	thing := s.codeToFulfil(at, elder)
	thing.owner = nil
	return thing
}

// aCodeForANeighboursService is to be fulfilled by the neighbour, who is its owner here.
func aCodeForANeighboursService(s *stage, at *place) subject {
	s.Helper()
	neighbour := s.person(at)
	_, code := s.redeemed(at, s.person(at), fields{"organisation_id": "", "provider_id": neighbour.PersonID})
	return subject{owner: neighbour, body: fields{"code": code}}
}
