package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"fivestar/server/app"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/team"
	"fivestar/server/web"
)

// Size is how large a history Large makes.
type Size struct {
	People      int // in all communities together
	Entries     int // of the ledger
	Communities int
}

const (
	// leastPeople a community: those with an office, and as many whom they serve.
	leastPeople = 2 * officersPerCommunity
	// communitiesPerStreet is about what a street has.
	communitiesPerStreet = 10
)

func (s Size) check() error {
	if s.Communities < 1 || s.Entries < 0 || s.People < leastPeople*s.Communities {
		return fmt.Errorf("at least 1 community, %d people in each, and 0 entries are needed", leastPeople)
	}
	return nil
}

// Made tells who is who in what Large has made. The people have no WeChat: whoever logs in and binds one of the
// phones becomes the one that it belongs to.
type Made struct {
	AdminPhone  string
	Communities []MadeCommunity
}

// MadeCommunity is one of the communities, with its two secretaries' phones.
type MadeCommunity struct {
	region.Region
	SecretaryPhones [2]string
}

// Progress hears what is being done, and how many more ledger entries are there.
type Progress func(doing string, entries int)

// Large fills an empty database with a history of 24 months for trials: ErrNotEmpty.
//
// What the last four weeks hold has been through the rooms: tasks taken and approved, activities that people came
// to, tickets in every stage. The months before are in the ledger alone, as books brought in from before the
// program came: entries, service minutes, balances, totals and seals are what the rooms would have made of them,
// but the claims and activities behind them have no rows. Nothing else may run meanwhile. If it is interrupted,
// what is there is sound, but the database has to be thrown away to begin again.
func Large(ctx context.Context, a *app.App, size Size, progress Progress) (Made, error) {
	if err := size.check(); err != nil {
		return Made{}, err
	}
	empty, err := a.Regions.IsEmpty(ctx)
	if err != nil {
		return Made{}, err
	}
	if !empty {
		return Made{}, ErrNotEmpty
	}
	var made Made
	err = backdated(a.DB, func(setClock func(time.Time)) error {
		l := &large{app: a, size: size, progress: progress, setClock: setClock, now: a.DB.Now(), random: rand.New(rand.NewPCG(1, 2))}
		made, err = l.make(ctx)
		return err
	})
	return made, err
}

type large struct {
	app      *app.App
	size     Size
	progress Progress
	setClock func(time.Time)
	now      time.Time
	random   *rand.Rand // always begins the same: two runs of a size make the same, but for ids
	phones   int
	people   int
}

const (
	// historyDays is how far the ledger goes back: 24 months.
	historyDays = 730
	// liveDays are the last days, which the rooms themselves have made.
	liveDays = 28
	// officersPerCommunity are two secretaries, four grid workers, three team leaders and an assignee.
	officersPerCommunity = 2 + gridsPerCommunity + teamsPerCommunity + 1
	gridsPerCommunity    = 4
	teamsPerCommunity    = 3
)

func (l *large) make(ctx context.Context) (Made, error) {
	l.setClock(l.founded())
	made := Made{AdminPhone: l.nextPhone()}
	admin, district, err := l.foundCity(ctx, made.AdminPhone)
	if err != nil {
		return Made{}, err
	}
	var street region.Region
	for number := range l.size.Communities {
		if number%communitiesPerStreet == 0 {
			street, err = l.app.Regions.Create(ctx, admin, region.NewRegion{ParentID: district.ID, Kind: region.Street, Name: fmt.Sprintf("样板街道%02d", number/communitiesPerStreet+1)})
			if err != nil {
				return Made{}, err
			}
		}
		community, err := l.makeCommunity(ctx, admin, street, number)
		if err != nil {
			return Made{}, fmt.Errorf("community %d: %w", number+1, err)
		}
		made.Communities = append(made.Communities, MadeCommunity{community.region, community.phones})
	}
	l.setClock(l.now)
	return made, l.app.Points.Seal(ctx)
}

func (l *large) founded() time.Time { return l.now.Add(-(historyDays + 30) * day) }

// nextPhone is a number that nobody else here has.
func (l *large) nextPhone() string {
	l.phones++
	return fmt.Sprintf("138%08d", l.phones)
}

var (
	surnames   = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许")
	givenNames = []string{"样例", "示范", "演示", "范例", "样本", "举例", "示例", "样板"}
)

// nextName is a plainly made-up name.
func (l *large) nextName() string {
	l.people++
	return fmt.Sprintf("%c%s%d", surnames[l.people%len(surnames)], givenNames[l.people%len(givenNames)], l.people)
}

func (l *large) foundCity(ctx context.Context, phone string) (web.Caller, region.Region, error) {
	name := l.nextName()
	if err := l.app.Setup(ctx, "样板市", name, phone); err != nil {
		return web.Caller{}, region.Region{}, err
	}
	adminID, err := l.app.People.EnsureWithPhone(ctx, name, phone)
	if err != nil {
		return web.Caller{}, region.Region{}, err
	}
	admin, err := l.app.People.CallerFor(ctx, adminID)
	if err != nil {
		return web.Caller{}, region.Region{}, err
	}
	district, err := l.app.Regions.Create(ctx, admin, region.NewRegion{ParentID: admin.Grants[0].RegionID, Kind: region.District, Name: "样板区"})
	return admin, district, err
}

// community is one being made.
type community struct {
	region         region.Region
	phones         [2]string
	secretaries    [2]web.Caller
	grids          []region.Region
	gridWorkers    []web.Caller
	leaders        []web.Caller
	assignee       web.Caller
	teamIDs        []string
	organisationID string
	residents      []string // everybody without an office
	weeks          weeks    // what the last four weeks hold
}

func (l *large) makeCommunity(ctx context.Context, admin web.Caller, street region.Region, number int) (*community, error) {
	c := &community{}
	for _, step := range []struct {
		doing string
		do    func(ctx context.Context) error
	}{
		{"founding", func(ctx context.Context) error { return l.found(ctx, c, admin, street, number) }},
		{"people", func(ctx context.Context) error {
			return l.settle(ctx, c, share(l.size.People, l.size.Communities, number))
		}},
		{"teams", func(ctx context.Context) error { return l.fillTeams(ctx, c) }},
		{"ledger", func(ctx context.Context) error {
			return l.writeHistory(ctx, c, share(l.size.Entries, l.size.Communities, number))
		}},
		{"last weeks", func(ctx context.Context) error { return l.liveWeeks(ctx, c) }},
	} {
		l.progress(fmt.Sprintf("community %d of %d: %s", number+1, l.size.Communities, step.doing), 0)
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", step.doing, err)
		}
	}
	return c, nil
}

// share is the part of total that falls to one of parts.
func share(total, parts, number int) int { return total*(number+1)/parts - total*number/parts }

// found makes the community with its grids, and everybody who has an office in it.
func (l *large) found(ctx context.Context, c *community, admin web.Caller, street region.Region, number int) error {
	l.setClock(l.founded())
	kind, name := region.Urban, "样板社区%03d"
	if number%2 == 1 {
		kind, name = region.Village, "样板村%03d"
	}
	return l.app.DB.InTx(ctx, func(ctx context.Context) (err error) {
		*c = community{}
		c.region, err = l.app.Regions.Create(ctx, admin, region.NewRegion{ParentID: street.ID, Kind: region.Community, CommunityKind: kind, Name: fmt.Sprintf(name, number+1)})
		if err != nil {
			return err
		}
		for i := range c.secretaries {
			c.phones[i] = l.nextPhone()
			grant := region.NewGrant{Role: web.Secretary, RegionID: c.region.ID}
			if c.secretaries[i], err = l.officer(ctx, admin, c.region.ID, c.phones[i], grant); err != nil {
				return err
			}
		}
		if err := l.makeGrids(ctx, c); err != nil {
			return err
		}
		return l.makeTeams(ctx, c)
	})
}

// officer is somebody with a role.
func (l *large) officer(ctx context.Context, by web.Caller, homeID, phone string, grant region.NewGrant) (web.Caller, error) {
	made, err := l.app.People.Create(ctx, by, homeID, person.NewPerson{Name: l.nextName(), Phone: phone})
	if err != nil {
		return web.Caller{}, err
	}
	grant.PersonID = made.ID
	if _, err := l.app.Regions.Grant(ctx, by, grant); err != nil {
		return web.Caller{}, err
	}
	return l.app.People.CallerFor(ctx, made.ID)
}

func (l *large) makeGrids(ctx context.Context, c *community) error {
	for i := range gridsPerCommunity {
		grid, err := l.app.Regions.Create(ctx, c.secretaries[0], region.NewRegion{ParentID: c.region.ID, Kind: region.Grid, Name: fmt.Sprintf("第%d网格", i+1)})
		if err != nil {
			return err
		}
		worker, err := l.officer(ctx, c.secretaries[0], grid.ID, "", region.NewGrant{Role: web.GridWorker, RegionID: grid.ID})
		if err != nil {
			return err
		}
		c.grids, c.gridWorkers = append(c.grids, grid), append(c.gridWorkers, worker)
	}
	return nil
}

var teamKinds = [teamsPerCommunity]team.Kind{team.PartyMembers, team.Neighbours, team.Emergency}

func (l *large) makeTeams(ctx context.Context, c *community) error {
	for i, kind := range teamKinds {
		made, err := l.app.Teams.Create(ctx, c.secretaries[0], team.NewTeam{RegionID: c.region.ID, Name: fmt.Sprintf("志愿服务%d队", i+1), Kind: kind})
		if err != nil {
			return err
		}
		leader, err := l.officer(ctx, c.secretaries[0], c.region.ID, "", region.NewGrant{Role: web.Leader, TeamID: made.ID})
		if err != nil {
			return err
		}
		c.teamIDs, c.leaders = append(c.teamIDs, made.ID), append(c.leaders, leader)
	}
	organisation, err := l.app.Regions.CreateOrganisation(ctx, c.secretaries[0], region.NewOrganisation{RegionID: c.region.ID, Name: "样板联建单位", Kind: region.Partner})
	if err != nil {
		return err
	}
	c.organisationID = organisation.ID
	c.assignee, err = l.officer(ctx, c.secretaries[0], c.region.ID, "", region.NewGrant{Role: web.Assignee, OrganisationID: organisation.ID})
	return err
}

// peopleAtOnce are made in one transaction.
const peopleAtOnce = 250

// settle fills the grids with residents, until the community has as many people as it should.
func (l *large) settle(ctx context.Context, c *community, people int) error {
	for missing := people - officersPerCommunity; len(c.residents) < missing; {
		some := min(peopleAtOnce, missing-len(c.residents))
		var made []string
		err := l.app.DB.InTx(ctx, func(ctx context.Context) error {
			made = made[:0]
			for i := range some {
				grid := i % len(c.grids)
				one, err := l.app.People.Create(ctx, c.gridWorkers[grid], c.grids[grid].ID, person.NewPerson{Name: l.nextName()})
				if err != nil {
					return err
				}
				made = append(made, one.ID)
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.residents = append(c.residents, made...)
	}
	return nil
}

// fillTeams has every tenth resident join a team.
func (l *large) fillTeams(ctx context.Context, c *community) error {
	var joining []string
	for i, id := range c.residents {
		if i%10 == 0 {
			joining = append(joining, id)
		}
	}
	for some := range slices.Chunk(joining, peopleAtOnce) {
		err := l.app.DB.InTx(ctx, func(ctx context.Context) error {
			for i, id := range some {
				if err := l.joinTeam(ctx, c, id, i%teamsPerCommunity); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *large) joinTeam(ctx context.Context, c *community, personID string, number int) error {
	caller, err := l.app.People.CallerFor(ctx, personID)
	if err != nil {
		return err
	}
	if _, _, err := l.app.Teams.Join(ctx, caller, c.teamIDs[number]); err != nil {
		return err
	}
	_, err = l.app.Teams.DecideMember(ctx, c.leaders[number], c.teamIDs[number], personID, team.Admit)
	return err
}

// pick is any one of some.
func pick[T any](l *large, some []T) T { return some[l.random.IntN(len(some))] }

// star is any one of the community's.
func (c *community) star(l *large) region.Star { return pick(l, c.region.Stars).Star }
