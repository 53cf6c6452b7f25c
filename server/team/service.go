package team

import (
	"context"
	"slices"
	"strconv"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// Service is the team room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Points  *points.Service
	Content *content.Service
	Notices *notice.Service
	Key     secret.Key
	// Guess runs a check of a code from outside and counts the wrong ones; see web.Server.Guess.
	Guess func(ctx context.Context, caller web.Caller, check func() error) error

	signups  *db.Group[Signup, Signup]
	arrivals *db.Group[arrival, Attendance]
}

// Open makes what the service keeps in memory. It must be called before the first request.
func (s *Service) Open() {
	s.signups = db.NewGroup(s.DB, "sign-ups", s.signUpTogether, s.signUpAlone)
	s.arrivals = db.NewGroup(s.DB, "check-ins", s.arriveTogether, s.arriveAlone)
}

func (s *Service) store() store { return store{s.DB} }

// RegionOf tells which community a team belongs to; fault.ErrNotFound.
func (s *Service) RegionOf(ctx context.Context, teamID string) (string, error) {
	team, err := s.store().team(ctx, teamID)
	return team.RegionID, err
}

// MembersOf gives a team's community and the people in it, leaders included; fault.ErrNotFound.
func (s *Service) MembersOf(ctx context.Context, teamID string) (communityID string, ids []string, err error) {
	team, err := s.store().team(ctx, teamID)
	if err != nil {
		return "", nil, err
	}
	ids, err = s.belonging(ctx, teamID)
	return team.RegionID, ids, err
}

// belonging gives the people of a team, each once: admitted, or leading it.
func (s *Service) belonging(ctx context.Context, teamID string) ([]string, error) {
	people, err := s.store().admitted(ctx, teamID)
	if err != nil {
		return nil, err
	}
	leaders, err := s.store().leaders(ctx, []string{teamID})
	if err != nil {
		return nil, err
	}
	people = append(people, leaders[teamID]...)
	slices.Sort(people)
	return slices.Compact(people), nil
}

// requireTeam gives a team when the caller may do permission in it.
func (s *Service) requireTeam(ctx context.Context, caller web.Caller, permission region.Permission, teamID string) (Team, region.Scope, error) {
	team, err := s.store().team(ctx, teamID)
	if err != nil {
		return Team{}, region.Scope{}, err
	}
	community, err := s.Regions.Get(ctx, team.RegionID)
	if err != nil {
		return Team{}, region.Scope{}, err
	}
	scope := region.Scope{Region: community, TeamID: team.ID}
	return team, scope, region.Require(caller, permission, scope)
}

// NewTeam is what a team is made from.
type NewTeam struct {
	RegionID string `json:"region_id" maxLength:"26"`
	Name     string `json:"name"`
	Kind     Kind   `json:"kind" enum:"party_members,merchants,emergency,company,neighbours,other"`
}

// Create makes a team in a community.
func (s *Service) Create(ctx context.Context, caller web.Caller, input NewTeam) (Team, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ManageTeams, input.RegionID)
	if err != nil {
		return Team{}, err
	}
	var check fault.Check
	check.Text("name", "队名", &input.Name, 2, 60)
	if err := check.Err(); err != nil {
		return Team{}, err
	}
	made := Team{ID: db.NewID(), RegionID: community.ID, Name: input.Name, Kind: input.Kind, Leaders: []person.Summary{}}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertTeam(ctx, made, caller.PersonID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "team.created", SubjectKind: "team",
			SubjectID: made.ID, RegionID: community.ID, After: made})
	})
	return made, err
}

// Get gives a team as the caller sees it; fault.ErrNotFound.
func (s *Service) Get(ctx context.Context, caller web.Caller, teamID string) (Team, error) {
	team, err := s.store().team(ctx, teamID)
	if err != nil {
		return Team{}, err
	}
	teams, err := s.fillTeams(ctx, caller, []Team{team})
	if err != nil {
		return Team{}, err
	}
	return teams[0], nil
}

const teamsByID = "teams"

// List gives the teams of a community.
func (s *Service) List(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[Team], error) {
	after, err := query.AfterID(teamsByID)
	if err != nil {
		return web.Page[Team]{}, err
	}
	teams, err := s.store().teams(ctx, regionID, after, query.Limit+1)
	if err != nil {
		return web.Page[Team]{}, err
	}
	page := web.NewPage(teamsByID, teams, query.Limit, func(t Team) []string { return []string{t.ID} })
	page.Items, err = s.fillTeams(ctx, caller, page.Items)
	return page, err
}

// fillTeams adds who leads each team, how many belong to it, and what the caller is to it.
func (s *Service) fillTeams(ctx context.Context, caller web.Caller, teams []Team) ([]Team, error) {
	ids := make([]string, len(teams))
	for i, team := range teams {
		ids[i] = team.ID
	}
	leaders, err := s.store().leaders(ctx, ids)
	if err != nil {
		return nil, err
	}
	admitted, err := s.store().countAdmitted(ctx, ids)
	if err != nil {
		return nil, err
	}
	mine, err := s.store().membershipsOf(ctx, caller.PersonID)
	if err != nil {
		return nil, err
	}
	names, err := s.People.Names(ctx, flatten(leaders))
	if err != nil {
		return nil, err
	}
	for i := range teams {
		team := &teams[i]
		team.Leaders = summaries(leaders[team.ID], names)
		team.Members = len(leaders[team.ID]) + admitted[team.ID]
		team.Mine = standing(team.ID, caller.PersonID, leaders[team.ID], mine)
	}
	return teams, nil
}

func flatten(byKey map[string][]string) []string {
	var all []string
	for _, some := range byKey {
		all = append(all, some...)
	}
	return all
}

func summaries(ids []string, names map[string]string) []person.Summary {
	people := make([]person.Summary, len(ids))
	for i, id := range ids {
		people[i] = person.Summary{ID: id, Name: names[id]}
	}
	return people
}

func standing(teamID, personID string, leaders []string, memberships []Member) MemberState {
	if slices.Contains(leaders, personID) {
		return Admitted
	}
	for _, member := range memberships {
		if member.TeamID == teamID {
			return member.State
		}
	}
	return ""
}

// Join asks to join a team of the caller's community. Who asked before gets what became of it, and who was
// refused has asked anew; made tells whether there is something new to decide.
func (s *Service) Join(ctx context.Context, caller web.Caller, teamID string) (member Member, made bool, err error) {
	team, _, err := s.requireTeam(ctx, caller, region.LiveHere, teamID)
	if err != nil {
		return Member{}, false, err
	}
	leaders, err := s.store().leaders(ctx, []string{team.ID})
	if err != nil {
		return Member{}, false, err
	}
	if slices.Contains(leaders[team.ID], caller.PersonID) {
		return Member{TeamID: team.ID, PersonID: caller.PersonID, State: Admitted, Leader: true}, false, nil
	}
	asked := Member{TeamID: team.ID, PersonID: caller.PersonID, HelperID: caller.HelperID, State: Pending, AskedAt: s.DB.Now()}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		member, made, err = s.ask(ctx, asked)
		return err
	})
	return member, made, err
}

func (s *Service) ask(ctx context.Context, asked Member) (Member, bool, error) {
	held, known, err := s.store().member(ctx, asked.TeamID, asked.PersonID)
	if err != nil {
		return Member{}, false, err
	}
	if known && held.State == Refused {
		return asked, true, s.store().changeMember(ctx, asked, Refused)
	}
	if known {
		return held, false, nil
	}
	err = s.store().insertMember(ctx, asked)
	if db.IsUnique(err) { // the same person asked at the same moment
		held, _, err = s.store().member(ctx, asked.TeamID, asked.PersonID)
		return held, false, err
	}
	return asked, true, err
}

// DecideMember admits or refuses somebody who asked to join.
func (s *Service) DecideMember(ctx context.Context, caller web.Caller, teamID, personID string, verdict Verdict) (Member, error) {
	team, _, err := s.requireTeam(ctx, caller, region.DecideMembers, teamID)
	if err != nil {
		return Member{}, err
	}
	if slices.Contains(caller.Hands(), personID) {
		return Member{}, errOwnWork
	}
	var decided Member
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		before, known, err := s.store().member(ctx, team.ID, personID)
		if err != nil {
			return err
		}
		if !known {
			return fault.ErrNotFound
		}
		decided = before
		if before.State == outcomeOf[verdict] {
			return nil
		}
		decided.State, decided.DecidedBy, decided.DecidedAt = outcomeOf[verdict], caller.PersonID, s.DB.Now()
		if err := s.store().changeMember(ctx, decided, before.State); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "team.member_decided", SubjectKind: "person",
			SubjectID: personID, RegionID: team.RegionID, Before: before, After: decided})
	})
	return decided, err
}

// LeaveTeam takes the caller out of a team. Who is not in it has left already; who leads it is held by the role.
func (s *Service) LeaveTeam(ctx context.Context, caller web.Caller, teamID string) error {
	team, err := s.store().team(ctx, teamID)
	if err != nil {
		return err
	}
	leaders, err := s.store().leaders(ctx, []string{team.ID})
	if err != nil {
		return err
	}
	if slices.Contains(leaders[team.ID], caller.PersonID) {
		return errLeads
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().deleteMember(ctx, team.ID, caller.PersonID) })
}

const membersByState = "members"

// Members lists who belongs to a team, who asked to, and who was refused, for its leader and the desk.
func (s *Service) Members(ctx context.Context, caller web.Caller, teamID string, query web.PageQuery) (web.Page[Member], error) {
	team, scope, err := s.requireTeam(ctx, caller, region.DecideMembers, teamID)
	seesPeople := region.May(caller, region.SeePeople, scope)
	if err != nil && !seesPeople {
		return web.Page[Member]{}, err
	}
	part, after, err := memberAfter(query)
	if err != nil {
		return web.Page[Member]{}, err
	}
	members, err := s.membersFrom(ctx, team.ID, part, after, query.Limit+1)
	if err != nil {
		return web.Page[Member]{}, err
	}
	page := web.NewPage(membersByState, members, query.Limit, Member.keys)
	ids := make([]string, len(page.Items))
	for i, member := range page.Items {
		ids[i] = member.PersonID
	}
	people, err := s.summariesFor(ctx, seesPeople, ids)
	for i := range page.Items {
		page.Items[i].Person = people[page.Items[i].PersonID]
	}
	return page, err
}

// summariesFor names people: with the masked phone for those who may see it.
func (s *Service) summariesFor(ctx context.Context, withPhone bool, ids []string) (map[string]person.Summary, error) {
	if withPhone {
		return s.People.Summaries(ctx, ids)
	}
	names, err := s.People.Names(ctx, ids)
	people := make(map[string]person.Summary, len(ids))
	for _, id := range ids {
		people[id] = person.Summary{ID: id, Name: names[id]}
	}
	return people, err
}

// memberPart is a part of a team's list of members, in order of when they asked.
type memberPart struct {
	state   MemberState
	leading bool
}

// memberParts put first what waits for a word. Leaders, who never asked, come before the others admitted.
var memberParts = []memberPart{{Pending, false}, {Admitted, true}, {Admitted, false}, {Refused, false}}

// keys say where a list of members goes on: in which part, and where in it.
func (m Member) keys() []string {
	part := slices.Index(memberParts, memberPart{m.State, m.Leader})
	return append([]string{strconv.Itoa(part)}, web.Place{Number: db.Millis(m.AskedAt), ID: m.PersonID}.Keys()...)
}

func memberAfter(query web.PageQuery) (part int, after web.Place, err error) {
	keys, err := query.After(membersByState, 3)
	if err != nil || keys == nil {
		return 0, web.Place{}, err
	}
	part, err = strconv.Atoi(keys[0])
	if err != nil || part < 0 || part >= len(memberParts) {
		return 0, web.Place{}, web.ErrCursor
	}
	after, err = web.ParsePlace(keys[1:])
	return part, after, err
}

// membersFrom gives at most limit members after a place in a part of the list, and from the parts behind it.
func (s *Service) membersFrom(ctx context.Context, teamID string, part int, after web.Place, limit int) ([]Member, error) {
	var members []Member
	for ; part < len(memberParts) && len(members) < limit; part++ {
		next, err := s.store().members(ctx, teamID, memberParts[part], after, limit-len(members))
		if err != nil {
			return nil, err
		}
		members, after = append(members, next...), web.Place{}
	}
	return members, nil
}
