// Package seed fills an empty database: with the demo data, or with a large honest history for trials. It goes
// through the rooms' own services, as the people who did it would, with the database's clock moved to each act's
// time; every rule holds.
package seed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fivestar/server/app"
	"fivestar/server/db"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/reward"
	"fivestar/server/web"
)

// ErrNotEmpty says that somebody has set up the database already. Nothing was changed.
var ErrNotEmpty = errors.New("the database is not empty")

// CardsFileName is where Demo writes down what the printed cards of the demo's elders hold, in the data folder:
// the database keeps no token.
const CardsFileName = "demo-cards.txt"

// foundedDaysAgo lies before everything that the demo data tells.
const foundedDaysAgo = 100

const day = 24 * time.Hour

// Demo loads the demo data (configs.Demo) into an empty database, all of it or nothing. It needs the simulated
// WeChat, and the database's clock to itself: nothing else may run meanwhile. ErrNotEmpty; any other error says
// which thing of the data it is about.
func Demo(ctx context.Context, a *app.App, files fs.FS) error {
	all, err := read(files)
	if err != nil {
		return err
	}
	return inEmpty(ctx, a, func(ctx context.Context, setClock func(time.Time)) error {
		d := newDemo(a, all, setClock)
		d.plan()
		return d.load(ctx)
	})
}

// inEmpty runs fill in one transaction on an empty database, with the database's clock in fill's hands.
func inEmpty(ctx context.Context, a *app.App, fill func(ctx context.Context, setClock func(time.Time)) error) error {
	return a.DB.InTx(ctx, func(ctx context.Context) error {
		empty, err := a.Regions.IsEmpty(ctx)
		if err != nil {
			return err
		}
		if !empty {
			return ErrNotEmpty
		}
		return backdated(a.DB, func(setClock func(time.Time)) error { return fill(ctx, setClock) })
	})
}

// backdated gives fn the database's clock to set, and puts it right again.
func backdated(d *db.DB, fn func(setClock func(time.Time)) error) error {
	now := d.Now
	defer func() { d.Now = now }()
	return fn(func(at time.Time) { d.Now = func() time.Time { return at } })
}

// act is one thing that somebody did at some time.
type act struct {
	at   time.Time
	what string
	do   func(ctx context.Context) error
}

// demo is one loading of the data. The maps give ids by the data's keys, once the thing is there.
type demo struct {
	app          *app.App
	data         data
	now, founded time.Time
	setClock     func(time.Time)
	acts         []act

	regions, organisations, people, teams, stations, tasks, activities, tickets, rewards map[string]string
	claims                                                                               map[claimKey]string
	redemptions                                                                          map[redemptionKey]reward.Redemption
	cards                                                                                map[string]*card
	living                                                                               map[string]*card // by the person's key
}

type claimKey struct {
	task, person string
	number       int // among the task's claims
}

type card struct {
	person.NewCard
	isRevoked bool
}

func newDemo(a *app.App, all data, setClock func(time.Time)) *demo {
	d := &demo{app: a, data: all, now: a.DB.Now(), setClock: setClock,
		claims: map[claimKey]string{}, redemptions: map[redemptionKey]reward.Redemption{}, cards: map[string]*card{}, living: map[string]*card{}}
	d.founded = d.ago(foundedDaysAgo)
	for _, ids := range []*map[string]string{&d.regions, &d.organisations, &d.people, &d.teams, &d.stations, &d.tasks, &d.activities, &d.tickets, &d.rewards} {
		*ids = map[string]string{}
	}
	return d
}

// ago and ahead count days from the loading, cut to what the database keeps.
func (d *demo) ago(days float64) time.Time { return d.ahead(-days) }

func (d *demo) ahead(days float64) time.Time {
	return d.now.Add(time.Duration(days * float64(day))).Truncate(time.Millisecond)
}

// plan puts down every act of the data. Acts of the same time happen in the order they are put down.
func (d *demo) plan() {
	d.planPlacesAndPeople()
	d.planRosters()
	d.planTeams()
	d.planTasks()
	d.planActivities()
	d.planTickets()
	d.planRewards()
	d.planDesk()
}

// at puts an act down. what tells where in the data it stands.
func (d *demo) at(at time.Time, what string, do func(ctx context.Context) error) {
	d.acts = append(d.acts, act{at, what, do})
}

// load does the acts in order of time, and between them what the timers would have done.
func (d *demo) load(ctx context.Context) error {
	for _, act := range d.acts {
		if act.at.Before(d.founded) || act.at.After(d.now) {
			return fmt.Errorf("%s: %s is not within the last %d days", act.what, act.at.Format(time.RFC3339), foundedDaysAgo)
		}
	}
	slices.SortStableFunc(d.acts, func(a, b act) int { return a.at.Compare(b.at) })
	for _, act := range d.acts {
		d.setClock(act.at)
		if err := act.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", act.what, err)
		}
		if err := d.tick(ctx); err != nil {
			return fmt.Errorf("after %s: %w", act.what, err)
		}
	}
	d.setClock(d.now)
	if err := d.app.Tick(ctx); err != nil {
		return err
	}
	if err := d.issueCertificates(ctx); err != nil {
		return err
	}
	if err := d.check(ctx); err != nil {
		return err
	}
	return d.writeCards()
}

// tick does what is due at the act's time, in the rooms where an act may hang on it.
func (d *demo) tick(ctx context.Context) error {
	return errors.Join(d.app.Content.Tick(ctx), d.app.Tasks.Tick(ctx), d.app.Tickets.Tick(ctx), d.app.Rewards.Tick(ctx))
}

// as is a person of the data as a caller.
func (d *demo) as(ctx context.Context, key string) (web.Caller, error) {
	caller, err := d.app.People.CallerFor(ctx, d.people[key])
	if err != nil {
		return web.Caller{}, fmt.Errorf("person %q: %w", key, err)
	}
	return caller, nil
}

// by is a person as a caller, by their card when there is a helper.
func (d *demo) by(ctx context.Context, key, helper string) (web.Caller, error) {
	if helper == "" {
		return d.as(ctx, key)
	}
	caller, err := d.as(ctx, helper)
	if err != nil {
		return web.Caller{}, err
	}
	token, err := d.cardOf(key)
	if err != nil {
		return web.Caller{}, err
	}
	return d.app.People.ActByCard(ctx, caller, token)
}

func (d *demo) cardOf(key string) (token string, err error) {
	held, ok := d.living[key]
	if !ok {
		return "", fmt.Errorf("person %q has no card", key)
	}
	return held.Token, nil
}

// personalCode is what the person's phone shows now.
func (d *demo) personalCode(ctx context.Context, key string) (string, error) {
	caller, err := d.as(ctx, key)
	if err != nil {
		return "", err
	}
	code, err := d.app.People.PersonalCode(caller)
	return code.Text, err
}

// communityOf climbs from a region's key to that of its community.
func (d *demo) communityOf(key string) string {
	for _, one := range d.data.Regions {
		if one.Key != key {
			continue
		}
		if one.Kind == region.Grid {
			return d.communityOf(one.Parent)
		}
		return key
	}
	return key
}

// holder is the first person of the data who has a role there, and is none of but; the admin if there is none.
func (d *demo) holder(role web.Role, regionKey string, but ...string) string {
	for _, one := range d.data.People {
		holds := slices.ContainsFunc(one.Roles, func(r roleData) bool { return r.Role == role && (r.Region == regionKey || role == web.Admin) })
		if holds && !slices.Contains(but, one.Key) {
			return one.Key
		}
	}
	if role == web.Admin {
		return ""
	}
	return d.holder(web.Admin, "")
}

// secretaryOf is who does at the desk of a region's community what needs a secretary other than but.
func (d *demo) secretaryOf(regionKey string, but ...string) string {
	return d.holder(web.Secretary, d.communityOf(regionKey), but...)
}

// writeCards writes down what the cards hold, for whoever tries the demo: only the owner of the data folder
// can read it.
func (d *demo) writeCards() error {
	var lines strings.Builder
	for _, one := range d.data.People {
		for _, issued := range one.Cards {
			card := d.cards[issued.Key]
			fmt.Fprintf(&lines, "%s\t%s", one.Name, card.QRText)
			if card.isRevoked {
				lines.WriteString("\t已挂失")
			}
			lines.WriteString("\n")
		}
	}
	file := filepath.Join(d.app.Config.Data, CardsFileName)
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		return fmt.Errorf("write down the cards: %w", err)
	}
	return nil
}
