package app_test

import (
	"maps"
	"net/http"
	"time"

	"fivestar/server/app/apptest"
)

func (s *stage) newTask(at *place, changes fields) fields {
	task := fields{
		"region_id": at.ID, "star": star, "title": s.title("扫一扫楼道"), "description": "从一楼扫到六楼", "place": "样板院3号楼",
		"points": 10, "capacity": 50, "claim_until": s.in48Hours(), "due_at": s.in48Hours().Add(24 * time.Hour),
	}
	maps.Copy(task, changes)
	return task
}

func aNewTask(s *stage, at *place) subject { return subject{body: s.newTask(at, nil)} }

func tasksOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func draftsOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at) + "&state=draft"}
}

func (s *stage) draftTask(at *place, changes fields) string {
	s.Helper()
	return create(at.secretary, "/tasks", s.newTask(at, changes))
}

func (s *stage) task(at *place, changes fields) string {
	s.Helper()
	id := s.draftTask(at, changes)
	at.secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func aDraftTask(s *stage, at *place) subject { return subject{ids: []string{s.draftTask(at, nil)}} }

func aTask(s *stage, at *place) subject { return subject{ids: []string{s.task(at, nil)}} }

func aChangeOfADraftTask(s *stage, at *place) subject {
	return subject{ids: []string{s.draftTask(at, nil)}, body: fields{"title": "擦一擦宣传栏", "capacity": 60}}
}

func aClaimToScan(s *stage, at *place) subject {
	s.Helper()
	claimer := s.person(at)
	task := s.task(at, fields{"verify": "scan"})
	create(claimer, "/tasks/"+task+"/claims", nil)
	return subject{ids: []string{task}, owner: claimer, body: fields{"token": codeOf(claimer)}}
}

// codeOf is the text of somebody's personal code.
func codeOf(person *apptest.Client) string {
	return person.Get("/me/code").Want(http.StatusOK).Get("text").String()
}

func (s *stage) claim(at *place, claimer *apptest.Client) subject {
	s.Helper()
	return subject{ids: []string{create(claimer, "/tasks/"+s.task(at, nil)+"/claims", nil)}, owner: claimer}
}

func aClaim(s *stage, at *place) subject { return s.claim(at, s.person(at)) }

func aClaimToSubmit(s *stage, at *place) subject {
	s.Helper()
	claim := aClaim(s, at)
	claim.body = fields{"text": "扫完了"}
	return claim
}

func aDrawnCard(s *stage, at *place) subject {
	s.Helper()
	claimer := s.person(at)
	station := aStationWithACard(s, at).ids[0]
	return subject{ids: []string{create(claimer, "/stations/"+station+"/draws", nil)}, owner: claimer}
}

func (s *stage) submission(at *place, claimer *apptest.Client) subject {
	s.Helper()
	claim := s.claim(at, claimer)
	claimer.Put("/claims/"+claim.ids[0]+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	claim.body = fields{"verdict": "approve"}
	return claim
}

func aSubmission(s *stage, at *place) subject { return s.submission(at, s.person(at)) }

func aSubmissionOfASecretary(s *stage, at *place) subject {
	return s.submission(at, s.newSecretary(at))
}

// aSubmissionThroughTheSecretarysHands is an elder's, who has a card.
func aSubmissionThroughTheSecretarysHands(s *stage, at *place) subject {
	s.Helper()
	elder := create(at.secretary, "/regions/"+at.grid.ID+"/people", fields{"name": s.title("样例老人")})
	card := at.secretary.Post("/people/"+elder+"/cards", nil).Want(http.StatusCreated).Get("token").String()
	return s.submission(at, at.secretary.ByCard(card))
}

// rejection is a submission that somebody turned down.
func (s *stage) rejection(at *place, by *apptest.Client) subject {
	s.Helper()
	claim := aSubmission(s, at)
	by.Post("/claims/"+claim.ids[0]+"/review", fields{"verdict": "reject", "reason": "没有扫到六楼"}).Want(http.StatusOK)
	claim.body = fields{"text": "六楼的门当时锁着"}
	return claim
}

func aRejection(s *stage, at *place) subject { return s.rejection(at, at.secretary) }

func (s *stage) appeal(at *place, against *apptest.Client) subject {
	s.Helper()
	claim := s.rejection(at, against)
	claim.owner.Post("/claims/"+claim.ids[0]+"/appeal", claim.body).Want(http.StatusOK)
	claim.body = fields{"verdict": "overturn", "reason": "门确实锁着"}
	return claim
}

func anAppeal(s *stage, at *place) subject { return s.appeal(at, at.secretary) }

func anAppealAgainstTheStreet(s *stage, at *place) subject { return s.appeal(at, s.Login("street")) }

func (s *stage) newStation(at *place) fields {
	return fields{"region_id": at.ID, "name": s.title("认领区"), "place": "样板理发店进门左手边"}
}

func aNewStation(s *stage, at *place) subject { return subject{body: s.newStation(at)} }

func stationsOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func aStation(s *stage, at *place) subject {
	s.Helper()
	return subject{ids: []string{create(at.secretary, "/stations", s.newStation(at))}}
}

func aStationWithACard(s *stage, at *place) subject {
	s.Helper()
	station := aStation(s, at)
	s.task(at, fields{"station_id": station.ids[0]})
	return station
}

func aChangeOfAStation(s *stage, at *place) subject {
	s.Helper()
	station := aStation(s, at)
	station.body = fields{"place": "样板理发店进门右手边"}
	return station
}
