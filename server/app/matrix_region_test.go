package app_test

import "fivestar/server/app/apptest"

func theStreet(s *stage, _ *place) subject { return subject{query: "?parent_id=" + s.World.Street.ID} }

func organisationsOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at)}
}

func servicesOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func theOrganisation(_ *stage, at *place) subject { return subject{ids: []string{at.organisationID}} }

func aNewGrid(s *stage, at *place) subject {
	return subject{body: fields{"parent_id": at.ID, "kind": "grid", "name": s.title("网格")}}
}

func aNewCommunity(s *stage, _ *place) subject {
	return subject{body: fields{"parent_id": s.World.Street.ID, "kind": "community", "community_kind": "urban", "name": s.title("社区")}}
}

func aNewStreet(s *stage, _ *place) subject {
	return subject{body: fields{"parent_id": s.World.District.ID, "kind": "street", "name": s.title("街道")}}
}

func aNewDistrict(s *stage, _ *place) subject {
	return subject{body: fields{"parent_id": s.World.City.ID, "kind": "district", "name": s.title("区")}}
}

func newSettings(s *stage, at *place) subject {
	return subject{ids: []string{at.ID}, body: s.settings(at)}
}

func aNewOrganisation(s *stage, at *place) subject {
	return subject{body: fields{"region_id": at.ID, "name": s.title("单位"), "kind": "social"}}
}

func aNewServiceItem(s *stage, at *place) subject {
	return subject{body: fields{"organisation_id": at.organisationID, "title": s.title("便民服务"), "star": star, "text": "每周三上午磨刀", "rhythm": "每周三"}}
}

// newRole is a role for somebody of the place who has none.
func newRole(role, where, id string) preparation {
	return func(s *stage, at *place) subject {
		s.Helper()
		return subject{body: fields{"person_id": s.person(at).PersonID, "role": role, where: id}}
	}
}

func aNewGridWorker(s *stage, at *place) subject {
	return newRole("grid_worker", "region_id", at.grid.ID)(s, at)
}

func aNewLeader(s *stage, at *place) subject { return newRole("leader", "team_id", at.teamID)(s, at) }

func aNewAssignee(s *stage, at *place) subject {
	return newRole("assignee", "organisation_id", at.organisationID)(s, at)
}

func aNewSecretary(s *stage, at *place) subject {
	return newRole("secretary", "region_id", at.ID)(s, at)
}

func aNewStreetOfficer(s *stage, at *place) subject {
	return newRole("street_officer", "region_id", s.World.Street.ID)(s, at)
}

func aNewDistrictOfficer(s *stage, at *place) subject {
	return newRole("district_officer", "region_id", s.World.District.ID)(s, at)
}

func aNewAdmin(s *stage, at *place) subject {
	return newRole("admin", "region_id", s.World.City.ID)(s, at)
}

func aRoleForOneself(_ *stage, at *place) subject {
	return subject{bodyOf: func(caller *apptest.Client) any {
		return fields{"person_id": caller.PersonID, "role": "grid_worker", "region_id": at.grid.ID}
	}}
}

// heldRole is a role that its owner holds.
func heldRole(s *stage, at *place, role, regionID string) subject {
	s.Helper()
	holder := s.person(at)
	id := s.grant(fields{"person_id": holder.PersonID, "role": role, "region_id": regionID})
	return subject{ids: []string{id}, owner: holder}
}

func aGridWorker(s *stage, at *place) subject { return heldRole(s, at, "grid_worker", at.grid.ID) }

func aSecretary(s *stage, at *place) subject { return heldRole(s, at, "secretary", at.ID) }

func aStreetOfficer(s *stage, at *place) subject {
	return heldRole(s, at, "street_officer", s.World.Street.ID)
}

func anAdmin(s *stage, at *place) subject { return heldRole(s, at, "admin", s.World.City.ID) }

// star is one that villages and urban communities share.
const star = "livable_ecology"
