package region

import (
	"testing"

	"fivestar/server/web"
)

var (
	city    = Region{ID: "CITY", Kind: City, Path: "/CITY/"}
	street  = Region{ID: "STREET", Kind: Street, Path: "/CITY/DISTRICT/STREET/"}
	ours    = Region{ID: "OURS", Kind: Community, CommunityKind: Urban, Path: "/CITY/DISTRICT/STREET/OURS/"}
	grid    = Region{ID: "GRID", Kind: Grid, Path: "/CITY/DISTRICT/STREET/OURS/GRID/"}
	foreign = Region{ID: "FOREIGN", Kind: Community, CommunityKind: Village, Path: "/CITY/DISTRICT/STREET/FOREIGN/"}
)

func holder(role web.Role, regionID string) web.Caller {
	return web.Caller{PersonID: "P", Grants: []web.RoleGrant{{Role: role, RegionID: regionID}}}
}

func TestMay(t *testing.T) {
	leader := web.Caller{PersonID: "P", Grants: []web.RoleGrant{{Role: web.Leader, RegionID: "OURS", TeamID: "TEAM"}}}
	assignee := web.Caller{PersonID: "P", Grants: []web.RoleGrant{{Role: web.Assignee, RegionID: "OURS", OrganisationID: "ORG"}}}
	neighbour := web.Caller{PersonID: "P", HomePath: grid.Path}
	for _, test := range []struct {
		name       string
		caller     web.Caller
		permission Permission
		scope      Scope
		want       bool
	}{
		{"a secretary in their community", holder(web.Secretary, "OURS"), ManageTasks, In(ours), true},
		{"a secretary in a grid of it", holder(web.Secretary, "OURS"), SeePeople, In(grid), true},
		{"a secretary next door", holder(web.Secretary, "OURS"), ManageTasks, In(foreign), false},
		{"a secretary above", holder(web.Secretary, "OURS"), SeePoints, In(street), false},
		{"a street officer below", holder(web.StreetOfficer, "STREET"), SeePoints, In(foreign), true},
		{"a street officer writes no tasks", holder(web.StreetOfficer, "STREET"), ManageTasks, In(ours), false},
		{"a street officer above", holder(web.StreetOfficer, "STREET"), SeePoints, In(city), false},
		{"an admin lives nowhere", holder(web.Admin, "CITY"), LiveHere, In(ours), false},
		{"a neighbour, home in a grid", neighbour, LiveHere, In(ours), true},
		{"a neighbour elsewhere", neighbour, LiveHere, In(foreign), false},
		{"a neighbour in the street as a whole", neighbour, SeeTickets, In(street), false},
		{"nobody", web.Caller{}, SeeTickets, In(ours), false},
		{"a leader, own team", leader, LeadActivities, Scope{Region: ours, TeamID: "TEAM"}, true},
		{"a leader, another team", leader, LeadActivities, Scope{Region: ours, TeamID: "OTHER"}, false},
		{"a leader, a thing without a team", leader, ReviewClaims, In(ours), true},
		{"a leader, a thing without a team next door", leader, ReviewClaims, In(foreign), false},
		{"an assignee, own organisation", assignee, HandleTickets, Scope{Region: ours, OrganisationID: "ORG"}, true},
		{"an assignee, another organisation", assignee, HandleTickets, Scope{Region: ours, OrganisationID: "OTHER"}, false},
		{"an assignee, no organisation", assignee, HandleTickets, In(ours), false},
		{"a person acting by card has no grants", web.Caller{PersonID: "ELDER", HelperID: "P", HomePath: grid.Path}, ManageTasks, In(ours), false},
	} {
		if got := May(test.caller, test.permission, test.scope); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestNobodyGrantsAboveThemselves(t *testing.T) {
	for _, test := range []struct {
		role    web.Role
		on      string
		granted web.Role
		scope   Scope
		want    bool
	}{
		{web.Secretary, "OURS", web.Secretary, In(ours), true},
		{web.Secretary, "OURS", web.GridWorker, In(grid), true},
		{web.Secretary, "OURS", web.StreetOfficer, In(street), false},
		{web.Secretary, "OURS", web.Secretary, In(foreign), false},
		{web.Secretary, "OURS", web.Admin, In(ours), false},
		{web.StreetOfficer, "STREET", web.Secretary, In(foreign), true},
		{web.StreetOfficer, "STREET", web.DistrictOfficer, In(street), false},
		{web.GridWorker, "GRID", web.GridWorker, In(grid), false},
		{web.Admin, "CITY", web.Admin, In(city), true},
	} {
		if got := mayGrant(holder(test.role, test.on), test.granted, test.scope); got != test.want {
			t.Errorf("%s on %s grants %s on %s: %v, want %v", test.role, test.on, test.granted, test.scope.Region.ID, got, test.want)
		}
	}
}

func TestEveryPermissionIsSomebodys(t *testing.T) {
	for permission, roles := range allowed {
		if len(roles) == 0 {
			t.Errorf("nobody may %s", permission)
		}
	}
}

func TestPaths(t *testing.T) {
	if CommunityOf(grid.Path) != "OURS" || CommunityOf(ours.Path) != "OURS" || CommunityOf(street.Path) != "" || CommunityOf("") != "" {
		t.Error("the community of a path is wrong")
	}
	if StreetOf(grid.Path) != "STREET" || StreetOf(city.Path) != "" {
		t.Error("the street of a path is wrong")
	}
	if PathWithin(ours.Path, "OUR") || PathWithin(ours.Path, "") || !grid.Within("STREET") {
		t.Error("a path leads where it does not")
	}
	from, to := PathRange(street.Path)
	for path, want := range map[string]bool{street.Path: true, grid.Path: true, city.Path: false, "/CITY/DISTRICT/STREET2/": false} {
		if got := from <= path && path < to; got != want {
			t.Errorf("%s in the range of the street: %v, want %v", path, got, want)
		}
	}
}

func TestFiveStarsForEachKind(t *testing.T) {
	for kind, five := range stars {
		seen := map[Star]bool{}
		for _, named := range five {
			seen[named.Star] = named.Name != ""
		}
		if len(seen) != starsPerCommunity {
			t.Errorf("%s has %d stars", kind, len(seen))
		}
	}
	village := Region{Stars: func() []NamedStar { five := stars[Village]; return five[:] }()}
	if village.CheckStar(Harmony) == nil || village.CheckStar(Civility) != nil || (Region{}).CheckStar(Civility) == nil {
		t.Error("a star of the other kind is taken")
	}
}
