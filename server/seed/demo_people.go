package seed

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/roster"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/web"
)

// atFounding puts down an act of the very beginning.
func (d *demo) atFounding(what string, do func(ctx context.Context) error) { d.at(d.founded, what, do) }

// planPlacesAndPeople founds the city: first its admin, by whom the regions are made and the higher roles given,
// then what the secretaries do.
func (d *demo) planPlacesAndPeople() {
	admin := d.holder(web.Admin, "")
	for _, one := range d.data.People {
		if one.Sim != "" {
			d.atFounding("person "+one.Key, func(ctx context.Context) error { return d.enter(ctx, one) })
		}
	}
	for _, one := range d.data.Regions {
		d.atFounding("region "+one.Key, func(ctx context.Context) error { return d.makeRegion(ctx, admin, one) })
	}
	for _, one := range d.data.People {
		if one.Sim != "" && one.Home != "" {
			d.atFounding("home of "+one.Key, func(ctx context.Context) error { return d.declareHome(ctx, one) })
		}
	}
	d.planRoles(func(role web.Role) bool { return role != web.Admin && !isLocal(role) })
	for _, one := range d.data.Organisations {
		d.atFounding("organisation "+one.Key, func(ctx context.Context) error { return d.makeOrganisation(ctx, one) })
	}
	for _, one := range d.data.Teams {
		d.atFounding("team "+one.Key, func(ctx context.Context) error { return d.makeTeam(ctx, one) })
	}
	d.planRoles(isLocal)
	for _, one := range d.data.People {
		d.planHomeAndCards(one)
	}
	for _, one := range d.data.Stations {
		d.atFounding("station "+one.Key, func(ctx context.Context) error { return d.makeStation(ctx, one) })
	}
	for _, one := range d.data.Services {
		d.atFounding("service "+one.Key, func(ctx context.Context) error { return d.makeService(ctx, one) })
	}
}

// isLocal tells the roles that a community's secretary gives.
func isLocal(role web.Role) bool {
	return role == web.Leader || role == web.Assignee || role == web.GridWorker
}

// enter is somebody's first login: a name, and the phone number that WeChat tells.
func (d *demo) enter(ctx context.Context, one personData) error {
	session, err := d.app.People.Login(ctx, "sim:"+one.Sim)
	if err != nil {
		return err
	}
	d.people[one.Key] = session.Person.ID
	caller, err := d.as(ctx, one.Key)
	if err != nil {
		return err
	}
	if _, err := d.app.People.UpdateMe(ctx, caller, person.Update{Name: &one.Name}); err != nil || one.Phone == "" {
		return err
	}
	_, err = d.app.People.BindPhone(ctx, caller, "sim:"+one.Phone)
	return err
}

// makeRegion makes a region, or founds the city and with it the admin.
func (d *demo) makeRegion(ctx context.Context, admin string, one regionData) error {
	if one.Kind == region.City {
		city, err := d.app.Regions.FoundCity(ctx, one.Name)
		if err != nil {
			return err
		}
		d.regions[one.Key] = city.ID
		return d.app.Regions.FirstAdmin(ctx, d.people[admin], city)
	}
	caller, err := d.as(ctx, admin)
	if err != nil {
		return err
	}
	made, err := d.app.Regions.Create(ctx, caller, region.NewRegion{ParentID: d.regions[one.Parent], Kind: one.Kind, CommunityKind: one.CommunityKind, Name: one.Name})
	d.regions[one.Key] = made.ID
	return err
}

func (d *demo) declareHome(ctx context.Context, one personData) error {
	caller, err := d.as(ctx, one.Key)
	if err != nil {
		return err
	}
	home := d.regions[one.Home]
	_, err = d.app.People.UpdateMe(ctx, caller, person.Update{HomeRegionID: &home})
	return err
}

func (d *demo) planRoles(wanted func(web.Role) bool) {
	for _, one := range d.data.People {
		for _, role := range one.Roles {
			if wanted(role.Role) {
				d.atFounding(fmt.Sprintf("person %s: role %s", one.Key, role.Role), func(ctx context.Context) error { return d.giveRole(ctx, one, role) })
			}
		}
	}
}

func (d *demo) giveRole(ctx context.Context, one personData, role roleData) error {
	granter := d.holder(web.Admin, "")
	if isLocal(role.Role) {
		granter = d.secretaryOf(d.placeOf(role), one.Key)
	}
	caller, err := d.as(ctx, granter)
	if err != nil {
		return err
	}
	_, err = d.app.Regions.Grant(ctx, caller, region.NewGrant{PersonID: d.people[one.Key], Role: role.Role,
		RegionID: d.regions[role.Region], OrganisationID: d.organisations[role.Organisation], TeamID: d.teams[role.Team]})
	return err
}

// placeOf is the key of the region that a role belongs to.
func (d *demo) placeOf(role roleData) string {
	for _, one := range d.data.Organisations {
		if one.Key == role.Organisation {
			return one.Region
		}
	}
	for _, one := range d.data.Teams {
		if one.Key == role.Team {
			return one.Region
		}
	}
	return role.Region
}

func (d *demo) makeOrganisation(ctx context.Context, one organisationData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Regions.CreateOrganisation(ctx, caller, region.NewOrganisation{RegionID: d.regions[one.Region], Name: one.Name, Kind: one.Kind})
	d.organisations[one.Key] = made.ID
	return err
}

func (d *demo) makeTeam(ctx context.Context, one teamData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Teams.Create(ctx, caller, team.NewTeam{RegionID: d.regions[one.Region], Name: one.Name, Kind: one.Kind})
	d.teams[one.Key] = made.ID
	return err
}

func (d *demo) makeStation(ctx context.Context, one stationData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Tasks.CreateStation(ctx, caller, task.NewStation{RegionID: d.regions[one.Region], Name: one.Name, Place: one.Place})
	d.stations[one.Key] = made.ID
	return err
}

func (d *demo) makeService(ctx context.Context, one serviceData) error {
	regionKey := d.placeOf(roleData{Organisation: one.Organisation})
	caller, err := d.as(ctx, d.secretaryOf(regionKey))
	if err != nil {
		return err
	}
	_, err = d.app.Regions.CreateService(ctx, caller, region.NewServiceItem{OrganisationID: d.organisations[one.Organisation],
		Title: one.Title, Star: one.Star, Text: one.Text, Rhythm: one.Rhythm})
	return err
}

// planHomeAndCards enters those who have no WeChat, which verifies their home, has the homes of others verified
// by somebody else, and gives out the cards.
func (d *demo) planHomeAndCards(one personData) {
	if one.Sim == "" {
		d.atFounding("person "+one.Key, func(ctx context.Context) error { return d.register(ctx, one) })
	} else if one.HomeVerified {
		d.atFounding("home of "+one.Key, func(ctx context.Context) error { return d.verifyHome(ctx, one) })
	}
	for _, issued := range one.Cards {
		d.at(d.ago(issued.DaysAgo), "card "+issued.Key, func(ctx context.Context) error { return d.issueCard(ctx, one, issued) })
		if issued.RevokedDaysAgo != nil {
			d.at(d.ago(*issued.RevokedDaysAgo), "card "+issued.Key, func(ctx context.Context) error { return d.revokeCard(ctx, one, issued) })
		}
	}
}

func (d *demo) register(ctx context.Context, one personData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Home))
	if err != nil {
		return err
	}
	made, err := d.app.People.Create(ctx, caller, d.regions[one.Home], person.NewPerson{Name: one.Name, Phone: one.Phone})
	d.people[one.Key] = made.ID
	return err
}

func (d *demo) verifyHome(ctx context.Context, one personData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Home, one.Key))
	if err != nil {
		return err
	}
	_, err = d.app.People.VerifyHome(ctx, caller, d.people[one.Key])
	return err
}

func (d *demo) issueCard(ctx context.Context, one personData, issued cardData) error {
	caller, err := d.as(ctx, issued.IssuedBy)
	if err != nil {
		return err
	}
	made, err := d.app.People.IssueCard(ctx, caller, d.people[one.Key])
	d.cards[issued.Key] = &card{NewCard: made}
	d.living[one.Key] = d.cards[issued.Key]
	return err
}

func (d *demo) revokeCard(ctx context.Context, one personData, issued cardData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Home, one.Key))
	if err != nil {
		return err
	}
	lost := d.cards[issued.Key]
	lost.isRevoked = true
	if d.living[one.Key] == lost {
		delete(d.living, one.Key)
	}
	return d.app.People.RevokeCard(ctx, caller, d.people[one.Key], lost.ID)
}

// When people joined the teams, and when those asked who still wait: the data does not tell.
const (
	joinedDaysAgo = 60
	askedDaysAgo  = 2
)

func (d *demo) planTeams() {
	for _, one := range d.data.Teams {
		for _, member := range one.Members {
			what := fmt.Sprintf("team %s: member %s", one.Key, member)
			d.at(d.ago(joinedDaysAgo), what, func(ctx context.Context) error { return d.askToJoin(ctx, one, member) })
			d.at(d.ago(joinedDaysAgo).Add(5*time.Hour), what, func(ctx context.Context) error { return d.admit(ctx, one, member) })
		}
		for _, asking := range one.Pending {
			d.at(d.ago(askedDaysAgo), fmt.Sprintf("team %s: pending %s", one.Key, asking), func(ctx context.Context) error { return d.askToJoin(ctx, one, asking) })
		}
	}
}

// askToJoin asks by the card, in the leader's hands, for who has one.
func (d *demo) askToJoin(ctx context.Context, one teamData, key string) error {
	helper := ""
	if d.living[key] != nil {
		helper = one.Leader
	}
	caller, err := d.by(ctx, key, helper)
	if err != nil {
		return err
	}
	_, _, err = d.app.Teams.Join(ctx, caller, d.teams[one.Key])
	return err
}

func (d *demo) admit(ctx context.Context, one teamData, key string) error {
	caller, err := d.as(ctx, one.Leader)
	if err != nil {
		return err
	}
	_, err = d.app.Teams.DecideMember(ctx, caller, d.teams[one.Key], d.people[key], team.Admit)
	return err
}

// rosterDaysAgo is late enough that a visitor can still undo it.
const rosterDaysAgo = 0.3

// planRosters has each community's secretary bring in the list of its Party members and households.
func (d *demo) planRosters() {
	for _, one := range d.data.Regions {
		if one.Kind == region.Community {
			d.at(d.ago(rosterDaysAgo), "roster of "+one.Key, func(ctx context.Context) error { return d.bringRoster(ctx, one) })
		}
	}
}

func (d *demo) bringRoster(ctx context.Context, community regionData) error {
	var list strings.Builder
	list.WriteString("姓名,手机号,网格,是否党员,户号,与户主关系,联系党员\n")
	for _, one := range d.data.People {
		if d.communityOf(one.Home) != community.Key || !one.PartyMember && one.Household == "" {
			continue
		}
		membership := ""
		if one.PartyMember {
			membership = "是"
		}
		fmt.Fprintf(&list, "%s,%s,%s,%s,%s,%s,%s\n", one.Name, one.Phone, d.gridName(one.Home), membership, one.Household, one.Relation, d.phoneOf(one.Contact))
	}
	caller, err := d.as(ctx, d.secretaryOf(community.Key))
	if err != nil {
		return err
	}
	result, err := d.app.Roster.Bring(ctx, caller, d.regions[community.Key], true, roster.File{Name: "党员和住户名单.csv", Content: strings.NewReader(list.String())})
	if err == nil && result.Faults > 0 {
		err = fmt.Errorf("row %d: %s", result.Errors[0].Row, result.Errors[0].Message)
	}
	return err
}

// gridName is empty for a community.
func (d *demo) gridName(key string) string {
	for _, one := range d.data.Regions {
		if one.Key == key && one.Kind == region.Grid {
			return one.Name
		}
	}
	return ""
}

func (d *demo) phoneOf(key string) string {
	for _, one := range d.data.People {
		if one.Key == key {
			return one.Phone
		}
	}
	return ""
}
