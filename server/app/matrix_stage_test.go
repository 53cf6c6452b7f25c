package app_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
	"fivestar/server/wechat"
)

type fields = map[string]any

// stage is a running server with the two places of the matrix.
type stage struct {
	*apptest.Harness
	places []*place
	elder  *apptest.Client // see byCard
	made   int
}

// place is a community with the people who prepare things there. Only some of them are actors.
type place struct {
	name string
	region.Region
	grid                                region.Region
	secretary, second, leader, assignee *apptest.Client
	teamID, organisationID              string
}

// subject is what a call is made on.
type subject struct {
	ids   []string // for the parameters of the path, in order
	query string   // with its question mark
	body  any
	// bodyOf makes a body that depends on who calls; it goes before body.
	bodyOf func(caller *apptest.Client) any
	// owner is whom the thing belongs to; nil for a thing that is nobody's.
	owner *apptest.Client
	// as gives somebody who stands in for the actor, when the call would end the actor's session or life.
	as func(actor string) *apptest.Client
}

// upload is a body that is sent as a file.
type upload struct {
	name    string
	content []byte
}

// preparation makes a fresh subject in a place. What must be unique is made anew by each.
type preparation func(s *stage, at *place) subject

// name is the preparation's own.
func (p preparation) name() string {
	whole := runtime.FuncForPC(reflect.ValueOf(p).Pointer()).Name()
	return whole[strings.LastIndex(whole, ".")+1:]
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{Harness: apptest.Start(t)}
	// WeChat pushes its verdicts on photos when it likes to. Here it leaves them to people at once.
	s.App.Simulator.Tell(wechat.PathCheckMedia, wechat.Behaviour{ErrCode: 61010})
	elderID, card := s.Elder("样例老人")
	s.elder = s.Login("secretary").ByCard(card)
	s.elder.PersonID = elderID
	s.Login(newcomer)

	own := &place{name: ownPlace, Region: s.World.Community, grid: s.World.Grid, teamID: s.World.TeamID, organisationID: s.World.OrganisationID,
		secretary: s.Login("secretary"), second: s.Login("secretary2"), leader: s.Login("leader"), assignee: s.Login("assignee")}
	village := &place{name: foreignPlace, Region: s.World.Village, grid: s.World.VillageGrid, secretary: s.Login("outsider")}
	village.second = s.newSecretary(village)
	village.teamID = s.team(village)
	village.leader = s.person(village)
	s.grant(fields{"person_id": village.leader.PersonID, "role": "leader", "team_id": village.teamID})
	village.organisationID = s.organisation(village)
	village.assignee = s.person(village)
	s.grant(fields{"person_id": village.assignee.PersonID, "role": "assignee", "organisation_id": village.organisationID})

	s.places = []*place{own, village}
	for _, at := range s.places { // so that nobody reaches a limit by trying everything
		s.set(at, fields{"open_claims": 100, "daily_adjust_points": 10_000})
	}
	return s
}

// in runs one part of a test as a subtest, to which everything that fails meanwhile belongs.
func (s *stage) in(t *testing.T, name string, run func()) {
	t.Run(name, func(t *testing.T) {
		whole := s.TB
		s.TB = t
		defer func() { s.TB = whole }()
		run()
	})
}

// next makes a name that nothing else has.
func (s *stage) next(kind string) string {
	s.made++
	return fmt.Sprintf("%s%d", kind, s.made)
}

// title is next for what Chinese people read.
func (s *stage) title(kind string) string { return s.next(kind) + "号" }

// set changes some of a community's settings.
func (s *stage) set(at *place, changes fields) {
	s.Helper()
	body := s.settings(at)
	maps.Copy(body, changes)
	at.secretary.Put("/regions/"+at.ID+"/settings", body).Want(http.StatusOK)
}

func (s *stage) settings(at *place) fields {
	s.Helper()
	var settings fields
	at.secretary.Get("/regions/" + at.ID + "/settings").Want(http.StatusOK).Into(&settings)
	settings["reason"] = "测试需要"
	return settings
}

// create posts a body and gives the new thing's id.
func create(by *apptest.Client, path string, body any) string {
	return by.Post(path, body).Want(http.StatusCreated).Get("id").String()
}

func (s *stage) team(at *place) string {
	s.Helper()
	return create(at.secretary, "/teams", fields{"region_id": at.ID, "name": s.title("服务队"), "kind": "neighbours"})
}

func (s *stage) organisation(at *place) string {
	s.Helper()
	return create(at.secretary, "/organisations", fields{"region_id": at.ID, "name": s.title("单位"), "kind": "partner"})
}

func (s *stage) in48Hours() time.Time { return s.Clock.Now().Add(48 * time.Hour) }

// settle waits until nothing is under way any more that would write by itself.
func (s *stage) settle() {
	s.Helper()
	s.Tick()
}

// texts waits until WeChat has decided on every text so far.
func (s *stage) texts() {
	s.Helper()
	if err := s.App.Content.Tick(context.Background()); err != nil {
		s.Fatal(err)
	}
}

func nothing(*stage, *place) subject { return subject{} }

func theCommunity(_ *stage, at *place) subject { return subject{ids: []string{at.ID}} }

func theGrid(_ *stage, at *place) subject { return subject{ids: []string{at.grid.ID}} }

// ofTheCommunity is the query of a list of a community's things.
func ofTheCommunity(at *place) string { return "?region_id=" + at.ID }

// isChinese tells whether a text holds a Chinese character.
func isChinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// stored is all that is kept: the rows of every table, and the names of all files.
func (s *stage) stored() map[string][]string {
	s.Helper()
	stored := map[string][]string{"photos": s.photosKept()}
	for _, table := range s.tables() {
		stored[table] = s.rows("SELECT * FROM " + table)
	}
	return stored
}

func (s *stage) tables() []string {
	if s.App.DB.Embedded() {
		return s.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
	}
	return s.rows("SHOW TABLES")
}

// rows are the rows of a query as text, in an order of their own.
func (s *stage) rows(query string) []string {
	s.Helper()
	found, err := s.App.DB.Querier(context.Background()).QueryContext(context.Background(), query)
	if err != nil {
		s.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		s.Fatal(err)
	}
	var rows []string
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			s.Fatal(err)
		}
		rows = append(rows, rowText(values))
	}
	if err := found.Err(); err != nil {
		s.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

func rowText(values []any) string {
	var text strings.Builder
	for i, value := range values {
		if i > 0 {
			text.WriteByte('|')
		}
		if bytes, ok := value.([]byte); ok {
			value = string(bytes)
		}
		fmt.Fprint(&text, value)
	}
	return text.String()
}

// wantUnchanged checks that everything is as it was stored before.
func (s *stage) wantUnchanged(before map[string][]string, by string) {
	s.Helper()
	for table, rows := range s.stored() {
		if slices.Equal(rows, before[table]) {
			continue
		}
		for _, row := range rows {
			if _, known := slices.BinarySearch(before[table], row); !known {
				s.Errorf("%s was changed %s; now there is %.300q", table, by, row)
			}
		}
		for _, row := range before[table] {
			if _, kept := slices.BinarySearch(rows, row); !kept {
				s.Errorf("%s was changed %s; gone is %.300q", table, by, row)
			}
		}
	}
}
