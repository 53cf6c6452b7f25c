package region

import (
	"slices"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// Permission is one thing that a person may or may not do at a place in the tree.
type Permission string

const (
	// LiveHere is what residents do: take tasks, sign up, raise and back tickets.
	LiveHere Permission = "live_here"
	// HelpByCard is acting for a person by their card.
	HelpByCard Permission = "help_by_card"

	SeePeople    Permission = "see_people"
	ManagePeople Permission = "manage_people"
	UnmaskPhone  Permission = "unmask_phone"
	GrantRoles   Permission = "grant_roles"
	SeeAudit     Permission = "see_audit"
	// ImportRoster is bringing in the list of a community's people, and undoing that.
	ImportRoster Permission = "import_roster"
	// LinkHouseholds is saying which Party member keeps in touch with a household.
	LinkHouseholds Permission = "link_households"
	// CheckContent is deciding what may be shown where WeChat's check cannot.
	CheckContent Permission = "check_content"

	ManageGrids         Permission = "manage_grids"
	ManageCommunities   Permission = "manage_communities"
	ManageStreets       Permission = "manage_streets"
	ManageDistricts     Permission = "manage_districts"
	ManageOrganisations Permission = "manage_organisations"
	ManageSettings      Permission = "manage_settings"

	ManageTasks  Permission = "manage_tasks"
	SeeClaims    Permission = "see_claims"
	ReviewClaims Permission = "review_claims"
	DecideAppeal Permission = "decide_appeal"

	ManageTeams       Permission = "manage_teams"
	DecideMembers     Permission = "decide_members"
	LeadActivities    Permission = "lead_activities"
	PublishActivities Permission = "publish_activities"
	ConfirmActivities Permission = "confirm_activities"
	Whistle           Permission = "whistle"

	SeeTickets      Permission = "see_tickets"
	DispatchTickets Permission = "dispatch_tickets"
	// DispatchWhistled is dispatching what a community has whistled up to the street.
	DispatchWhistled Permission = "dispatch_whistled"
	HandleTickets    Permission = "handle_tickets"

	SeePoints         Permission = "see_points"
	SeeLeaderboard    Permission = "see_leaderboard"
	AdjustPoints      Permission = "adjust_points"
	ApproveAdjustment Permission = "approve_adjustment"
	ReversePoints     Permission = "reverse_points"
	AnswerDisputes    Permission = "answer_disputes"

	// SeeFigures is reading the bulletin of a place, and the lists that its figures were counted from.
	SeeFigures Permission = "see_figures"
	// DecideOddCases is seeing odd cases, and taking them up or dismissing them.
	DecideOddCases Permission = "decide_odd_cases"
	// AnswerSpotChecks is the street's: a community is not told which of its acts are being checked.
	AnswerSpotChecks Permission = "answer_spot_checks"
	ManageRewards    Permission = "manage_rewards"
	// SeeRedemptions is seeing who redeemed what, and what the community owes for it.
	SeeRedemptions Permission = "see_redemptions"
	// FulfilRedemptions is handing out what a code stands for.
	FulfilRedemptions Permission = "fulfil_redemptions"
	// ManageNotices is seeing to the messages that WeChat would not take.
	ManageNotices Permission = "manage_notices"
)

// resident stands in the table below for everybody whose home is in the region; it is never granted.
const resident web.Role = "resident"

var (
	officers  = []web.Role{web.StreetOfficer, web.DistrictOfficer, web.CityOfficer, web.Admin}
	deskOnly  = []web.Role{web.Secretary, web.Admin}
	deskAndUp = append([]web.Role{web.Secretary}, officers...)
)

// allowed is the whole of who may do what. Where a role reaches is Scope's matter.
var allowed = map[Permission][]web.Role{
	LiveHere:   {resident},
	HelpByCard: {web.Leader, web.GridWorker, web.Secretary},

	SeePeople:    append([]web.Role{web.GridWorker}, deskAndUp...),
	ManagePeople: {web.GridWorker, web.Secretary, web.Admin},
	UnmaskPhone:  {web.GridWorker, web.Secretary, web.StreetOfficer},
	GrantRoles:   deskAndUp,
	SeeAudit:     deskAndUp,
	CheckContent: deskAndUp,

	ImportRoster:   deskAndUp,
	LinkHouseholds: deskOnly,

	ManageGrids:         deskAndUp,
	ManageCommunities:   officers,
	ManageStreets:       {web.DistrictOfficer, web.CityOfficer, web.Admin},
	ManageDistricts:     {web.CityOfficer, web.Admin},
	ManageOrganisations: deskAndUp,
	ManageSettings:      deskOnly,

	ManageTasks:  deskOnly,
	SeeClaims:    append([]web.Role{web.Leader}, deskAndUp...),
	ReviewClaims: append([]web.Role{web.Leader}, deskAndUp...),
	DecideAppeal: officers,

	ManageTeams:       deskOnly,
	DecideMembers:     {web.Leader, web.Secretary, web.Admin},
	LeadActivities:    {web.Leader, web.Secretary, web.Admin},
	PublishActivities: deskOnly,
	ConfirmActivities: deskAndUp,
	Whistle:           deskOnly,

	SeeTickets:       append([]web.Role{resident, web.GridWorker}, deskAndUp...),
	DispatchTickets:  deskOnly,
	DispatchWhistled: officers,
	HandleTickets:    {web.Assignee},

	SeePoints:         deskAndUp,
	SeeLeaderboard:    append([]web.Role{resident}, deskAndUp...),
	AdjustPoints:      deskOnly,
	ApproveAdjustment: deskAndUp,
	ReversePoints:     deskAndUp,
	AnswerDisputes:    deskAndUp,

	SeeFigures:        deskAndUp,
	DecideOddCases:    deskAndUp,
	AnswerSpotChecks:  officers,
	ManageRewards:     deskOnly,
	SeeRedemptions:    append([]web.Role{web.Assignee}, deskAndUp...),
	FulfilRedemptions: append([]web.Role{web.Assignee}, deskOnly...),
	ManageNotices:     {web.CityOfficer, web.Admin},
}

// Scope is where something is to be done. Team and Organisation are set when the thing belongs to one: a
// leader reaches their own team's things, an assignee their own organisation's. A thing without a team is
// within the reach of every leader of a team of that very community.
type Scope struct {
	Region         Region
	TeamID         string
	OrganisationID string
}

// In is the scope of a thing that belongs to a region only.
func In(region Region) Scope { return Scope{Region: region} }

// Require is the one permission check: fault.ErrForbidden unless the caller may do permission at scope.
func Require(caller web.Caller, permission Permission, scope Scope) error {
	if May(caller, permission, scope) {
		return nil
	}
	return fault.ErrForbidden
}

// May tells whether the caller may do permission at scope. A caller acting by a card has no grants, and
// so may do only what the card's person may do as a resident.
func May(caller web.Caller, permission Permission, scope Scope) bool {
	roles := allowed[permission]
	if slices.Contains(roles, resident) && livesIn(caller, scope.Region) {
		return true
	}
	for _, grant := range caller.Grants {
		if slices.Contains(roles, grant.Role) && reaches(grant, scope) {
			return true
		}
	}
	return false
}

// livesIn tells whether the caller's home is in the community that the region is, or is part of.
func livesIn(caller web.Caller, region Region) bool {
	community := CommunityOf(region.Path)
	return community != "" && CommunityOf(caller.HomePath) == community
}

func reaches(grant web.RoleGrant, scope Scope) bool {
	switch grant.Role {
	case web.Leader:
		if scope.TeamID != "" {
			return grant.TeamID == scope.TeamID
		}
		return scope.Region.Within(grant.RegionID)
	case web.Assignee:
		return scope.OrganisationID != "" && grant.OrganisationID == scope.OrganisationID
	}
	return scope.Region.Within(grant.RegionID)
}

// rank orders roles for granting: nobody grants a role above their own.
var rank = map[web.Role]int{
	web.Leader: 1, web.Assignee: 1, web.GridWorker: 2, web.Secretary: 3,
	web.StreetOfficer: 4, web.DistrictOfficer: 5, web.CityOfficer: 6, web.Admin: 7,
}

// mayGrant tells whether the caller holds, over scope, a role that may grant and is not below role.
func mayGrant(caller web.Caller, role web.Role, scope Scope) bool {
	for _, grant := range caller.Grants {
		if slices.Contains(allowed[GrantRoles], grant.Role) && rank[grant.Role] >= rank[role] && reaches(grant, scope) {
			return true
		}
	}
	return false
}

// kindOf is the kind of region that each role with a reach over the tree is granted on.
var kindOf = map[web.Role]Kind{
	web.Secretary: Community, web.StreetOfficer: Street, web.DistrictOfficer: District,
	web.CityOfficer: City, web.Admin: City,
}
