package app_test

import (
	"maps"
	"net/http"
	"time"

	"fivestar/server/app/apptest"
)

func teamsOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func aNewTeam(s *stage, at *place) subject {
	return subject{body: fields{"region_id": at.ID, "name": s.title("服务队"), "kind": "emergency"}}
}

// theTeam is the one that the place's leader leads; anotherTeam has no leader.
func theTeam(_ *stage, at *place) subject { return subject{ids: []string{at.teamID}} }

func anotherTeam(s *stage, at *place) subject { return subject{ids: []string{s.team(at)}} }

// wishToJoin is somebody who waits for a word.
func wishToJoin(person *apptest.Client, teamID string) subject {
	person.Post("/teams/"+teamID+"/members", nil).Want(http.StatusCreated)
	return subject{ids: []string{teamID, person.PersonID}, owner: person, body: fields{"verdict": "admit"}}
}

func aWishToJoin(s *stage, at *place) subject { return wishToJoin(s.person(at), at.teamID) }

func aWishToJoinAnotherTeam(s *stage, at *place) subject { return wishToJoin(s.person(at), s.team(at)) }

func aSecretarysWishToJoin(s *stage, at *place) subject {
	return wishToJoin(s.newSecretary(at), at.teamID)
}

func aMembership(s *stage, at *place) subject {
	s.Helper()
	member := s.person(at)
	wish := wishToJoin(member, at.teamID)
	at.leader.Post("/teams/"+at.teamID+"/members/"+member.PersonID+"/decision", wish.body).Want(http.StatusOK)
	return subject{ids: []string{at.teamID}, owner: member}
}

func activitiesOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

// newActivity begins now.
func (s *stage) newActivity(teamID string, changes fields) fields {
	activity := fields{
		"team_id": teamID, "title": s.title("清扫院子"), "star": star, "place": fields{"name": "南门"},
		"starts_at": s.Clock.Now(), "ends_at": s.Clock.Now().Add(2 * time.Hour), "capacity": 50, "walk_in": true, "points_per_hour": 20,
	}
	maps.Copy(activity, changes)
	return activity
}

func aNewActivity(s *stage, at *place) subject { return subject{body: s.newActivity(at.teamID, nil)} }

func aNewActivityOfAnotherTeam(s *stage, at *place) subject {
	return subject{body: s.newActivity(s.team(at), nil)}
}

func aNewWhistle(s *stage, at *place) subject {
	return subject{body: fields{"region_id": at.ID, "title": s.title("请来铲雪"), "needed": 5, "place": fields{"name": "东门"},
		"until": s.Clock.Now().Add(2 * time.Hour), "points_per_hour": 20}}
}

func (s *stage) draftActivity(at *place, teamID string, changes fields) string {
	s.Helper()
	return create(at.secretary, "/activities", s.newActivity(teamID, changes))
}

func (s *stage) activity(at *place, changes fields) string {
	s.Helper()
	id := s.draftActivity(at, at.teamID, changes)
	at.secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func aDraftActivity(s *stage, at *place) subject {
	s.Helper()
	s.set(at, fields{"leaders_publish": false})
	return subject{ids: []string{s.draftActivity(at, at.teamID, nil)}}
}

func anActivity(s *stage, at *place) subject { return subject{ids: []string{s.activity(at, nil)}} }

// trustingLeaders is a draft in a community that lets leaders publish theirs.
func (s *stage) trustingLeaders(at *place, teamID string) subject {
	s.Helper()
	s.set(at, fields{"leaders_publish": true})
	return subject{ids: []string{s.draftActivity(at, teamID, nil)}}
}

func aDraftWhereLeadersAreTrusted(s *stage, at *place) subject {
	return s.trustingLeaders(at, at.teamID)
}

func aDraftOfAnotherTeamWhereLeadersAreTrusted(s *stage, at *place) subject {
	return s.trustingLeaders(at, s.team(at))
}

func anActivityToCancel(s *stage, at *place) subject {
	return subject{ids: []string{s.activity(at, nil)}, body: fields{"reason": "下大雨了"}}
}

// closed is an activity that somebody came to and somebody closed.
func (s *stage) closed(at *place, attendant, closer *apptest.Client) string {
	s.Helper()
	id := s.activity(at, nil)
	at.leader.Post("/activities/"+id+"/attendance", fields{"person_id": attendant.PersonID, "reason": "手机没电了"}).Want(http.StatusCreated)
	closer.Post("/activities/"+id+"/close", nil).Want(http.StatusOK)
	return id
}

func aClosedActivityToReopen(s *stage, at *place) subject {
	s.Helper()
	attendant := s.person(at)
	return subject{ids: []string{s.closed(at, attendant, at.leader)}, owner: attendant, body: fields{"reason": "请核对时长"}}
}

func anActivityThatASecretaryCameTo(s *stage, at *place) subject {
	s.Helper()
	attendant := s.newSecretary(at)
	return subject{ids: []string{s.closed(at, attendant, at.leader)}, owner: attendant}
}

func anActivityThatASecretaryClosed(s *stage, at *place) subject {
	s.Helper()
	closer := s.newSecretary(at)
	return subject{ids: []string{s.closed(at, s.person(at), closer)}, owner: closer}
}

func (s *stage) signup(at *place, changes fields) subject {
	s.Helper()
	person := s.person(at)
	id := s.activity(at, changes)
	person.Post("/activities/"+id+"/signups", nil).Want(http.StatusCreated)
	return subject{ids: []string{id}, owner: person}
}

func aSignup(s *stage, at *place) subject { return s.signup(at, nil) }

// code is what the leader's phone shows at an activity.
func code(at *place, activityID string) fields {
	text := at.leader.Get("/activities/" + activityID + "/checkin-code").Want(http.StatusOK).Get("text").String()
	return fields{"code": text}
}

func aWalkInCheckIn(s *stage, at *place) subject {
	s.Helper()
	activity := anActivity(s, at)
	activity.body = code(at, activity.ids[0])
	return activity
}

func aCheckInOfWhoSignedUp(s *stage, at *place) subject {
	s.Helper()
	signup := s.signup(at, fields{"walk_in": false})
	signup.body = code(at, signup.ids[0])
	return signup
}

func aCheckOut(s *stage, at *place) subject {
	s.Helper()
	signup := aSignup(s, at)
	signup.body = code(at, signup.ids[0])
	signup.owner.Post("/activities/"+signup.ids[0]+"/checkins", signup.body).Want(http.StatusCreated)
	return signup
}

func aScan(s *stage, at *place) subject {
	s.Helper()
	signup := aSignup(s, at)
	signup.body = fields{"scans": []fields{{"scan_id": s.next("scan"), "token": codeOf(signup.owner), "kind": "in", "at": s.Clock.Now()}}}
	return signup
}

func aWord(s *stage, at *place) subject {
	s.Helper()
	signup := aSignup(s, at)
	signup.body = fields{"person_id": signup.owner.PersonID, "reason": "手机没电了"}
	return signup
}
