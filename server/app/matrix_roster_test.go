package app_test

import (
	"fmt"
	"net/http"

	"fivestar/server/app/apptest"
)

// listOf is a roster of a Party member and a household of the grid, both new.
func listOf(s *stage, at *place) upload {
	s.made++
	number := s.made
	return upload{"名单.csv", fmt.Appendf(nil, "姓名,手机,网格,是否党员,户号\n样例党员,%s,%s,是,\n样例户主,%s,%s,,%d号\n",
		s.phone(), at.grid.Name, s.phone(), at.grid.Name, number)}
}

func aRoster(s *stage, at *place) subject {
	return subject{ids: []string{at.ID}, body: listOf(s, at)}
}

func sendRoster(by *apptest.Client, at *place, path string, list upload) *apptest.Answer {
	return by.Upload("/regions/"+at.ID+"/roster"+path, list.name, list.content)
}

func aPreview(s *stage, at *place) subject {
	s.Helper()
	secretary := s.newSecretary(at)
	preview := sendRoster(secretary, at, "/previews", listOf(s, at)).Want(http.StatusCreated)
	return subject{ids: []string{preview.Get("id").String()}, owner: secretary}
}

func anImport(s *stage, at *place) subject {
	s.Helper()
	imported := sendRoster(at.secretary, at, "", listOf(s, at)).Want(http.StatusOK)
	return subject{ids: []string{imported.Get("import_id").String()}}
}

// aHousehold is one with a Party member beside it who may keep in touch.
func aHousehold(s *stage, at *place) subject {
	s.Helper()
	sendRoster(at.secretary, at, "", listOf(s, at)).Want(http.StatusOK)
	imported := fmt.Sprintf("%d号", s.made-2) // before the two phones
	household := at.secretary.Get("/regions/" + at.ID + "/households?q=" + imported).Want(http.StatusOK).Get("items.0.id").String()
	members := at.secretary.Get("/regions/" + at.ID + "/people?q=样例党员").Want(http.StatusOK)
	return subject{ids: []string{household}, body: fields{"person_id": members.Get("items.0.id").String()}}
}

func aHouseholdInTouch(s *stage, at *place) subject {
	s.Helper()
	household := aHousehold(s, at)
	at.secretary.Put("/households/"+household.ids[0]+"/contact", household.body).Want(http.StatusOK)
	household.body = nil
	return household
}
