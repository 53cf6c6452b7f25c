package points

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Standing is what one person has done in a community in a period.
type Standing struct {
	Person         person.Summary        `json:"person"`
	Earned         int64                 `json:"earned" doc:"In the period, and under the star if one was asked for"`
	Balance        int64                 `json:"balance" doc:"Now, in this community"`
	ByStar         map[region.Star]int64 `json:"by_star"`
	ServiceMinutes int64                 `json:"service_minutes"`
}

// Order is what a list of standings is sorted by.
type Order string

const (
	MostEarned Order = "-earned"
	ByName     Order = "name"
)

// ListQuery narrows a list of standings.
type ListQuery struct {
	Period string      `query:"period" maxLength:"10" doc:"2026-11, 2026-Q4, 2026, 2026-11-22 or all; the current month when left out"`
	Sort   Order       `query:"sort" enum:"-earned,name" default:"-earned"`
	Q      string      `query:"q" maxLength:"60" doc:"Part of a name"`
	TeamID string      `query:"team_id" maxLength:"26"`
	Star   region.Star `query:"star" maxLength:"20"`
}

// listing is a ListQuery that has been checked.
type listing struct {
	region    region.Region // as asked for: a community, or a grid of it
	community region.Region
	period    Period
	star      region.Star
	order     Order
	pattern   string   // of the searched name
	everybody bool     // or only the people of a team
	team      []string // whose members are asked for
}

// List gives the standings of a community's people: everybody who lives there, and who has moved away but
// earned or served there in the period. Of a grid: who lives in it. 422 for a region above a community, which
// Summary is for.
func (s *Service) List(ctx context.Context, caller web.Caller, regionID string, query ListQuery, page web.PageQuery) (web.Page[Standing], error) {
	wanted, err := s.listing(ctx, caller, regionID, query)
	if err != nil {
		return web.Page[Standing]{}, err
	}
	keys, err := page.After(wanted.cursorName(), placeKeys)
	if err != nil {
		return web.Page[Standing]{}, err
	}
	after, err := parsePlace(keys)
	if err != nil {
		return web.Page[Standing]{}, err
	}
	found, err := s.next(ctx, wanted, after, page.Limit+1)
	if err != nil {
		return web.Page[Standing]{}, err
	}
	places := web.NewPage(wanted.cursorName(), found, page.Limit, place.keys)
	standings, err := s.standings(ctx, wanted, places.Items)
	return web.Page[Standing]{Items: standings, NextCursor: places.NextCursor}, err
}

func (s *Service) listing(ctx context.Context, caller web.Caller, regionID string, query ListQuery) (listing, error) {
	asked, err := s.Regions.Require(ctx, caller, region.SeePoints, regionID)
	if err != nil {
		return listing{}, err
	}
	community := asked
	if asked.Kind == region.Grid {
		if community, err = s.Regions.Get(ctx, asked.ParentID); err != nil {
			return listing{}, err
		}
	}
	if community.Kind != region.Community {
		return listing{}, fault.InvalidField("region_id", "名单请选择一个社区查看，街道以上请看汇总")
	}
	wanted := listing{region: asked, community: community, star: query.Star, order: query.Sort, pattern: searchPattern(query.Q)}
	if wanted.period, err = ParsePeriod(query.Period, s.DB.Now()); err != nil {
		return listing{}, err
	}
	if query.Star != allStars {
		if err := community.CheckStar(query.Star); err != nil {
			return listing{}, err
		}
	}
	wanted.team, err = s.team(ctx, query.TeamID, community)
	wanted.everybody = query.TeamID == ""
	return wanted, err
}

func (s *Service) team(ctx context.Context, teamID string, community region.Region) ([]string, error) {
	if teamID == "" {
		return nil, nil
	}
	communityID, members, err := s.TeamMembers(ctx, teamID)
	if err != nil {
		return nil, err
	}
	if communityID != community.ID {
		return nil, fault.InvalidField("team_id", "这支队伍不在本社区")
	}
	return members, nil
}

// searchPattern makes what was typed the pattern of person.search_name.
func searchPattern(typed string) string {
	plain := person.SearchName(typed)
	if plain == "" && strings.TrimSpace(typed) != "" {
		return "-" // a sign that no search name has: signs alone find nobody
	}
	return db.Contains(plain)
}

// cursorName keeps a cursor from going on in a list of another period or order.
func (l listing) cursorName() string {
	return strings.Join([]string{"points", string(l.order), string(l.period), string(l.star)}, " ")
}

// bounds are the homes of those whose figures are listed: any for a community, because who moved away stays.
func (l listing) bounds() (from, to string) {
	if l.region.Kind == region.Grid {
		return region.PathRange(l.region.Path)
	}
	return "", "~"
}

// phase is a part of the list by points: the people of one part come from one query.
type phase int

const (
	earnedPhase phase = iota // figures of zero and above, most first
	nonePhase                // no figures at all, which is zero: by name
	belowPhase               // figures below zero, by corrections of earlier periods
	endPhase
)

// place is where one person stands in a list.
type place struct {
	phase  phase
	earned int64
	name   string
	id     string
	away   bool // lives in another community by now, or in none; not part of the place
}

const placeKeys = 4

func (p place) keys() []string {
	return []string{strconv.Itoa(int(p.phase)), decimal(p.earned), p.name, p.id}
}

func parsePlace(keys []string) (place, error) {
	if keys == nil {
		return startOfPhase(earnedPhase), nil
	}
	at, err := strconv.Atoi(keys[0])
	earned, earnedErr := strconv.ParseInt(keys[1], 10, 64)
	if err != nil || earnedErr != nil || at < 0 || at >= int(endPhase) {
		return place{}, web.ErrCursor
	}
	return place{phase: phase(at), earned: earned, name: keys[2], id: keys[3]}, nil
}

func startOfPhase(at phase) place {
	if at == earnedPhase {
		return place{phase: at, earned: math.MaxInt64}
	}
	return place{phase: at}
}

// next gives at most limit people after a place, in order.
func (s *Service) next(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	if wanted.order == ByName {
		return s.nextByName(ctx, wanted, after, limit)
	}
	var found []place
	for at := after; at.phase < endPhase && len(found) < limit; at = startOfPhase(at.phase + 1) {
		more, err := s.nextInPhase(ctx, wanted, at, limit-len(found))
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

func (s *Service) nextInPhase(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	switch after.phase {
	case earnedPhase:
		return s.store().nextEarned(ctx, wanted, after, 0, limit)
	case nonePhase:
		return s.store().nextWithoutTotal(ctx, wanted, after, limit)
	}
	return s.store().nextEarned(ctx, wanted, after, math.MinInt64, limit)
}

// nextByName merges those who live in the region with those who have moved out of the community.
func (s *Service) nextByName(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	found, err := s.store().nextAtHome(ctx, wanted, after, limit)
	if err != nil {
		return nil, err
	}
	if wanted.region.Kind == region.Community {
		elsewhere, err := s.store().nextElsewhere(ctx, wanted, after, limit)
		if err != nil {
			return nil, err
		}
		found = append(found, elsewhere...)
	}
	slices.SortFunc(found, func(a, b place) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.id, b.id))
	})
	return found[:min(len(found), limit)], nil
}

// standings fills in what is known of the people of one page, in a fixed number of queries.
func (s *Service) standings(ctx context.Context, wanted listing, places []place) ([]Standing, error) {
	standings := make([]Standing, len(places))
	if len(places) == 0 {
		return standings, nil
	}
	ids := make([]string, len(places))
	for i, place := range places {
		ids[i] = place.id
	}
	people, err := s.People.Summaries(ctx, ids)
	if err != nil {
		return nil, err
	}
	balances, err := s.store().balances(ctx, wanted.community.ID, ids)
	if err != nil {
		return nil, err
	}
	index := make(map[string]*Standing, len(ids))
	for i, id := range ids {
		standings[i] = Standing{Person: people[id], Balance: balances[id], ByStar: noPoints(wanted.community)}
		if places[i].away {
			standings[i].Person.PhoneMasked = "" // another community's resident by now
		}
		index[id] = &standings[i]
	}
	return standings, s.addFigures(ctx, wanted, ids, index)
}

func noPoints(community region.Region) map[region.Star]int64 {
	byStar := make(map[region.Star]int64, len(community.Stars))
	for _, named := range community.Stars {
		byStar[named.Star] = 0
	}
	return byStar
}

func (s *Service) addFigures(ctx context.Context, wanted listing, ids []string, standings map[string]*Standing) error {
	rows, err := s.store().queries(ctx).TotalsOfPeople(ctx, pointsdb.TotalsOfPeopleParams{
		CommunityID: wanted.community.ID, Period: string(wanted.period), People: ids})
	if err != nil {
		return fmt.Errorf("totals of people: %w", err)
	}
	for _, row := range rows {
		standing, star := standings[row.PersonID], region.Star(row.Star)
		if star == wanted.star {
			standing.Earned, standing.ServiceMinutes = row.Earned, row.Minutes
		}
		if star != allStars {
			standing.ByStar[star] = row.Earned
		}
	}
	return nil
}

// nextEarned gives the people with figures after a place and not below least, most earned first.
func (s store) nextEarned(ctx context.Context, wanted listing, after place, least int64, limit int) ([]place, error) {
	from, to := wanted.bounds()
	var found []place
	if after.id != "" {
		rows, err := s.queries(ctx).ListEarnedSame(ctx, pointsdb.ListEarnedSameParams{
			CommunityID: wanted.community.ID, Period: string(wanted.period), Star: string(wanted.star), Earned: after.earned,
			BeforeID: after.id, FromPath: from, ToPath: to, Pattern: wanted.pattern,
			Everybody: wanted.everybody, People: wanted.team, Limit: int32(limit)})
		if err != nil {
			return nil, fmt.Errorf("list people by points: %w", err)
		}
		for _, row := range rows {
			found = append(found, place{after.phase, row.Earned, row.Name, row.PersonID, row.HomeCommunityID != wanted.community.ID})
		}
	}
	if len(found) == limit {
		return found, nil
	}
	rows, err := s.queries(ctx).ListEarnedBelow(ctx, pointsdb.ListEarnedBelowParams{
		CommunityID: wanted.community.ID, Period: string(wanted.period), Star: string(wanted.star), Below: after.earned, Least: least,
		FromPath: from, ToPath: to, Pattern: wanted.pattern,
		Everybody: wanted.everybody, People: wanted.team, Limit: int32(limit - len(found))})
	if err != nil {
		return nil, fmt.Errorf("list people by points: %w", err)
	}
	for _, row := range rows {
		found = append(found, place{after.phase, row.Earned, row.Name, row.PersonID, row.HomeCommunityID != wanted.community.ID})
	}
	return found, nil
}

func (s store) nextWithoutTotal(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	from, to := region.PathRange(wanted.region.Path)
	rows, err := s.queries(ctx).ListWithoutTotal(ctx, pointsdb.ListWithoutTotalParams{
		CommunityID: wanted.community.ID, FromPath: from, ToPath: to, AfterName: after.name, AfterID: after.id, Pattern: wanted.pattern,
		Period: string(wanted.period), Star: string(wanted.star),
		Everybody: wanted.everybody, People: wanted.team, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list people without points: %w", err)
	}
	found := make([]place, len(rows))
	for i, row := range rows {
		found[i] = place{phase: nonePhase, name: row.Name, id: row.ID}
	}
	return found, nil
}

func (s store) nextAtHome(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	from, to := region.PathRange(wanted.region.Path)
	rows, err := s.queries(ctx).ListAtHome(ctx, pointsdb.ListAtHomeParams{
		CommunityID: wanted.community.ID, FromPath: from, ToPath: to, AfterName: after.name, AfterID: after.id, Pattern: wanted.pattern,
		Everybody: wanted.everybody, People: wanted.team, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list people by name: %w", err)
	}
	found := make([]place, len(rows))
	for i, row := range rows {
		found[i] = place{name: row.Name, id: row.ID}
	}
	return found, nil
}

func (s store) nextElsewhere(ctx context.Context, wanted listing, after place, limit int) ([]place, error) {
	rows, err := s.queries(ctx).ListElsewhere(ctx, pointsdb.ListElsewhereParams{
		CommunityID: wanted.community.ID, Period: string(wanted.period), Star: string(wanted.star),
		AfterName: after.name, AfterID: after.id, Pattern: wanted.pattern,
		Everybody: wanted.everybody, People: wanted.team, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list people who moved away: %w", err)
	}
	found := make([]place, len(rows))
	for i, row := range rows {
		found[i] = place{name: row.Name, id: row.ID, away: true}
	}
	return found, nil
}
