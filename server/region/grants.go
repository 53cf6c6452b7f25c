package region

import (
	"context"
	"fmt"
	"slices"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region/internal/regiondb"
	"fivestar/server/web"
)

// NewGrant is what a role grant is made from: exactly one of the three places, as the role demands.
type NewGrant struct {
	PersonID       string   `json:"person_id" maxLength:"26"`
	Role           web.Role `json:"role" enum:"leader,assignee,grid_worker,secretary,street_officer,district_officer,city_officer,admin"`
	RegionID       string   `json:"region_id,omitempty" maxLength:"26"`
	OrganisationID string   `json:"organisation_id,omitempty" maxLength:"26"`
	TeamID         string   `json:"team_id,omitempty" maxLength:"26"`
}

// Grant gives a role. Nobody grants a role above their own, outside their own region, or to themselves.
func (s *Service) Grant(ctx context.Context, caller web.Caller, input NewGrant) (Grant, error) {
	scope, err := s.scopeOf(ctx, input)
	if err != nil {
		return Grant{}, err
	}
	if input.PersonID == caller.PersonID || !mayGrant(caller, input.Role, scope) {
		return Grant{}, fault.ErrForbidden
	}
	return s.giveRole(ctx, caller, input, scope.Region.ID)
}

// giveRole is fault.ErrNotFound for a person that nobody knows. Who leaves meanwhile leaves with the role, or before it
// is given.
func (s *Service) giveRole(ctx context.Context, caller web.Caller, input NewGrant, regionID string) (Grant, error) {
	made := Grant{
		RoleGrant: web.RoleGrant{ID: db.NewID(), Role: input.Role, RegionID: regionID,
			OrganisationID: input.OrganisationID, TeamID: input.TeamID},
		PersonID: input.PersonID, GrantedBy: caller.PersonID,
	}
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.HoldPerson(ctx, made.PersonID); err != nil {
			return err
		}
		if err := s.store().insertGrant(ctx, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "role.granted", SubjectKind: "person",
			SubjectID: made.PersonID, RegionID: regionID, After: made})
	})
	return made, err
}

// FirstAdmin gives the first admin of a city that has just been founded. No call of the contract does
// this: the setup command does, and nobody else could.
func (s *Service) FirstAdmin(ctx context.Context, personID string, city Region) error {
	_, err := s.giveRole(ctx, web.Caller{}, NewGrant{PersonID: personID, Role: web.Admin}, city.ID)
	return err
}

// scopeOf finds where a grant would reach from, and refuses one whose place does not fit its role.
func (s *Service) scopeOf(ctx context.Context, input NewGrant) (Scope, error) {
	places := 0
	for _, id := range []string{input.RegionID, input.OrganisationID, input.TeamID} {
		if id != "" {
			places++
		}
	}
	if places != 1 {
		return Scope{}, fault.InvalidField("region_id", "请选择一个区划、一个组织或一支队伍，只选一个")
	}
	switch input.Role {
	case web.Leader:
		return s.teamScope(ctx, input.TeamID)
	case web.Assignee:
		return s.organisationScope(ctx, input.OrganisationID)
	}
	return s.regionScope(ctx, input)
}

func (s *Service) teamScope(ctx context.Context, teamID string) (Scope, error) {
	if teamID == "" {
		return Scope{}, fault.InvalidField("team_id", "队长要指定队伍")
	}
	regionID, err := s.TeamRegion(ctx, teamID)
	if err != nil {
		return Scope{}, err
	}
	region, err := s.Get(ctx, regionID)
	return Scope{Region: region, TeamID: teamID}, err
}

func (s *Service) organisationScope(ctx context.Context, organisationID string) (Scope, error) {
	if organisationID == "" {
		return Scope{}, fault.InvalidField("organisation_id", "承接人要指定组织")
	}
	organisation, err := s.Organisation(ctx, organisationID)
	if err != nil {
		return Scope{}, err
	}
	region, err := s.Get(ctx, organisation.RegionID)
	return Scope{Region: region, OrganisationID: organisationID}, err
}

func (s *Service) regionScope(ctx context.Context, input NewGrant) (Scope, error) {
	if input.RegionID == "" {
		return Scope{}, fault.InvalidField("region_id", "这个角色要指定区划")
	}
	region, err := s.Get(ctx, input.RegionID)
	if err != nil {
		return Scope{}, err
	}
	fits := region.Kind == kindOf[input.Role]
	if input.Role == web.GridWorker {
		fits = region.Kind == Grid || region.Kind == Community
	}
	if !fits {
		return Scope{}, fault.InvalidField("region_id", "这个角色不能授予这一级区划")
	}
	return In(region), nil
}

// Revoke takes a role back. It takes what granting it would take, and nobody revokes a role of their own
// by this way either.
func (s *Service) Revoke(ctx context.Context, caller web.Caller, grantID string) error {
	grant, err := s.store().grant(ctx, grantID)
	if err != nil {
		return err
	}
	region, err := s.Get(ctx, grant.RegionID)
	if err != nil {
		return err
	}
	scope := Scope{Region: region, TeamID: grant.TeamID, OrganisationID: grant.OrganisationID}
	if grant.PersonID == caller.PersonID || !mayGrant(caller, grant.Role, scope) {
		return fault.ErrForbidden
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.requireStillAdmin(ctx, caller, grant); err != nil {
			return err
		}
		if err := s.store().revokeGrant(ctx, grant.ID, caller.PersonID); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "role.revoked", SubjectKind: "person",
			SubjectID: grant.PersonID, RegionID: grant.RegionID, Before: grant})
	})
}

// requireStillAdmin is fault.ErrForbidden when an admin is to lose the role by somebody who has just lost it: two
// admins who revoke each other do not leave their city without one.
func (s *Service) requireStillAdmin(ctx context.Context, caller web.Caller, grant Grant) error {
	if grant.Role != web.Admin {
		return nil
	}
	admins, err := s.HoldAdmins(ctx, grant.RegionID)
	if err != nil {
		return err
	}
	if !slices.Contains(admins, caller.PersonID) {
		return fault.ErrForbidden
	}
	return nil
}

// HoldAdmins gives the people who are admins of a city, and keeps them so until the transaction of ctx ends. Whoever
// takes an admin away, in whichever way, begins with it, and so sees what others have taken before.
func (s *Service) HoldAdmins(ctx context.Context, cityID string) ([]string, error) {
	queries := s.store().queries(ctx)
	if err := queries.HoldAdmins(ctx, cityID); err != nil {
		return nil, fmt.Errorf("hold the admins of a city: %w", err)
	}
	return queries.AdminsOf(ctx, cityID)
}

// GrantsOf gives a person's roles in force.
func (s *Service) GrantsOf(ctx context.Context, personID string) ([]web.RoleGrant, error) {
	rows, err := s.store().queries(ctx).GrantsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("role grants of a person: %w", err)
	}
	grants := make([]web.RoleGrant, len(rows))
	for i, row := range rows {
		grants[i] = grantOf(row).RoleGrant
	}
	return grants, nil
}

// RevokeAllOf takes every role of a person who leaves, in the transaction of ctx.
func (s *Service) RevokeAllOf(ctx context.Context, personID string) error {
	return s.store().queries(ctx).RevokeGrantsOfPerson(ctx, regiondb.RevokeGrantsOfPersonParams{
		RevokedBy: personID, RevokedAt: db.Millis(s.DB.Now()), PersonID: personID,
	})
}

// GrantsIn lists the roles granted on a region, its organisations and its teams.
func (s *Service) GrantsIn(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[Grant], error) {
	region, err := s.Require(ctx, caller, GrantRoles, regionID)
	if err != nil {
		return web.Page[Grant]{}, err
	}
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[Grant]{}, err
	}
	grants, err := s.store().grantsInRegion(ctx, region.ID, after, query.Limit+1)
	if err != nil {
		return web.Page[Grant]{}, err
	}
	page := web.NewPage(byID, grants, query.Limit, func(g Grant) []string { return []string{g.ID} })
	return page, s.nameHolders(ctx, page.Items)
}

// nameHolders says whose the grants are: a holder may live where those who manage the role see nobody.
func (s *Service) nameHolders(ctx context.Context, grants []Grant) error {
	ids := make([]string, len(grants))
	for i, grant := range grants {
		ids[i] = grant.PersonID
	}
	names, err := s.PersonNames(ctx, ids)
	if err != nil {
		return err
	}
	for i := range grants {
		grants[i].PersonName = names[grants[i].PersonID]
	}
	return nil
}

// Assignees are the people who act for an organisation.
func (s *Service) Assignees(ctx context.Context, organisationID string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithOrganisation(ctx, organisationID)
}

// Leaders are the people who lead a team.
func (s *Service) Leaders(ctx context.Context, teamID string) ([]string, error) {
	return s.store().queries(ctx).PeopleLeadingTeam(ctx, teamID)
}

// GridWorkers are the people who look after a grid.
func (s *Service) GridWorkers(ctx context.Context, gridID string) ([]string, error) {
	return s.store().queries(ctx).GridWorkersOf(ctx, gridID)
}
