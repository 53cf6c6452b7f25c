// Package home is the first page that a person opens: what waits for them, from every room, in one call.
package home

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"fivestar/server/db"
	"fivestar/server/home/internal/homedb"
	"fivestar/server/notice"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/ticket"
	"fivestar/server/web"
)

// Service is the room. It has no tables: it reads what concerns the person alone in one statement of its own, and
// asks each other part of the room whose it is, in one statement too.
type Service struct {
	DB      *db.DB
	Tasks   *task.Service
	Teams   *team.Service
	Tickets *ticket.Service
}

// Home is what a person sees first. Without a home there is only who they are.
type Home struct {
	Name      string         `json:"name"`
	Roles     []web.Role     `json:"roles" nullable:"false" doc:"Each once"`
	Unread    int64          `json:"unread_notices" doc:"Up to 100"`
	Community *Community     `json:"community" doc:"null without a home"`
	Points    Points         `json:"points"`
	Claims    Claims         `json:"claims"`
	Activity  *team.Activity `json:"activity" doc:"The next one that the person signed up for; null without one"`
	Tasks     Tasks          `json:"tasks"`
	Tickets   []ticket.Wish  `json:"tickets" nullable:"false" doc:"What neighbours wish for and the person may back, most votes first"`
}

// Community is where the person lives.
type Community struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Points are the person's own, over all communities.
type Points struct {
	Balance     int64 `json:"balance"`
	EarnedMonth int64 `json:"earned_month" doc:"In the month that holds today"`
}

// Claims are those that the person has open: what waits for the person first, and of that what is due first.
type Claims struct {
	Items []task.Claim `json:"items" nullable:"false"`
	More  int          `json:"more" doc:"How many there are besides"`
}

// Tasks are those that the person can take, those with the least time left first.
type Tasks struct {
	Items []task.Task `json:"items" nullable:"false" doc:"A few of each star"`
	Total int         `json:"total"`
	Stars []StarCount `json:"stars" nullable:"false"`
}

// StarCount is how many of the tasks are under a star.
type StarCount struct {
	Star  region.Star `json:"star"`
	Count int         `json:"count"`
}

const (
	shownClaims  = 3
	shownTasks   = 4 // of each star
	shownTickets = 3
	// counted is how many claims and tasks are counted at most.
	counted = 100
)

// Mount adds the room's call.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "getHome", Method: http.MethodGet, Path: "/me/home", Summary: "首页"},
		func(ctx context.Context, caller web.Caller, _ *struct{}) (Home, error) { return s.Home(ctx, caller) })
}

// Home gives the caller's first page.
func (s *Service) Home(ctx context.Context, caller web.Caller) (Home, error) {
	greeting, err := homedb.New(s.DB.Querier(ctx)).Greeting(ctx, homedb.GreetingParams{
		PersonID: caller.PersonID, ReaderID: caller.PersonID, Limit: notice.MostCounted, Month: string(points.PeriodOf(points.Month, s.DB.Now())),
	})
	if err != nil {
		return Home{}, fmt.Errorf("greeting of a person: %w", db.Found(err))
	}
	page := Home{
		Name: greeting.Name, Roles: rolesOf(caller), Unread: greeting.UnreadNotices,
		Points: Points{Balance: greeting.Balance, EarnedMonth: greeting.EarnedMonth},
		Claims: firstOf(nil), Tasks: someOfEachStar(nil), Tickets: []ticket.Wish{},
	}
	communityID := region.CommunityOf(caller.HomePath)
	if communityID == "" {
		return page, nil
	}
	page.Community = &Community{ID: communityID, Name: greeting.CommunityName}
	return page, s.fill(ctx, caller, communityID, &page)
}

func (s *Service) fill(ctx context.Context, caller web.Caller, communityID string, page *Home) (err error) {
	claims, err := s.Tasks.OpenClaims(ctx, caller, counted)
	if err != nil {
		return err
	}
	page.Claims = firstOf(claims)
	if page.Activity, err = s.Teams.NextActivity(ctx, caller); err != nil {
		return err
	}
	tasks, err := s.Tasks.ForTaking(ctx, caller, communityID, counted)
	if err != nil {
		return err
	}
	page.Tasks = someOfEachStar(tasks)
	page.Tickets, err = s.Tickets.ToBack(ctx, caller, communityID, shownTickets)
	return err
}

func rolesOf(caller web.Caller) []web.Role {
	roles := make([]web.Role, len(caller.Grants))
	for i, grant := range caller.Grants {
		roles[i] = grant.Role
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}

func firstOf(claims []task.Claim) Claims {
	shown := min(len(claims), shownClaims)
	return Claims{Items: append([]task.Claim{}, claims[:shown]...), More: len(claims) - shown}
}

// someOfEachStar keeps the first few tasks of each star, and counts them all.
func someOfEachStar(tasks []task.Task) Tasks {
	some := Tasks{Items: []task.Task{}, Total: len(tasks), Stars: []StarCount{}}
	for _, one := range tasks {
		at := slices.IndexFunc(some.Stars, func(c StarCount) bool { return c.Star == one.Star })
		if at < 0 {
			at = len(some.Stars)
			some.Stars = append(some.Stars, StarCount{Star: one.Star})
		}
		if some.Stars[at].Count++; some.Stars[at].Count <= shownTasks {
			some.Items = append(some.Items, one)
		}
	}
	return some
}
