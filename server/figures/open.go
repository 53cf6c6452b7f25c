package figures

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

// OpenCommunity is a community in the open data.
type OpenCommunity struct {
	ID            string               `json:"id"`
	Name          string               `json:"name"`
	CommunityKind region.CommunityKind `json:"community_kind" enum:"village,urban"`
	Street        string               `json:"street"`
}

// OpenFigure is one number of the open data: what one community had in one month, of one part of a measure. Value is
// left out where so few people or matters are behind it that somebody could be recognised.
type OpenFigure struct {
	RegionID   string `json:"region_id"`
	RegionName string `json:"region_name"`
	Period     string `json:"period" example:"2026-10"`
	Measure    string `json:"measure" enum:"tasks_published,activities_held,tickets_by_category,tickets_by_stage,points_given,service_minutes"`
	Part       string `json:"part" doc:"A star, a category, a stage; empty where the measure has no parts"`
	Value      *int64 `json:"value" nullable:"true" doc:"null where it is suppressed"`
	Suppressed bool   `json:"suppressed"`
}

// fewest is how many people or matters must be behind a number for it to be told.
const fewest = 5

// measured is a number with how many people or matters are behind it.
type measured struct {
	part          string
	value, behind int64
}

// suppressed tells which numbers of one partition are not told: those with somebody behind them but fewer than
// fewest, and when that is one alone, the next smallest too, for else it could be had from a total that is told
// elsewhere.
func suppressed(partition []measured) map[string]bool {
	hidden := map[string]bool{}
	var shown []measured
	for _, one := range partition {
		if one.behind > 0 && one.behind < fewest {
			hidden[one.part] = true
		} else if one.behind > 0 {
			shown = append(shown, one)
		}
	}
	if len(hidden) == 1 && len(shown) > 0 {
		next := slices.MinFunc(shown, func(a, b measured) int { return int(a.behind - b.behind) })
		hidden[next.part] = true
	}
	return hidden
}

// OpenCommunities lists all communities.
func (s *Service) OpenCommunities(ctx context.Context, query web.PageQuery) (web.Page[OpenCommunity], error) {
	if err := s.Limit(ctx); err != nil {
		return web.Page[OpenCommunity]{}, err
	}
	const list = "open communities"
	after, err := query.AfterID(list)
	if err != nil {
		return web.Page[OpenCommunity]{}, err
	}
	rows, err := s.openCommunities(ctx, after, query.Limit+1)
	return web.NewPage(list, rows, query.Limit, func(c OpenCommunity) []string { return []string{c.ID} }), err
}

func (s *Service) openCommunities(ctx context.Context, after string, limit int) ([]OpenCommunity, error) {
	rows, err := s.store().queries(ctx).OpenCommunities(ctx, figuresdb.OpenCommunitiesParams{ID: after, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("communities of the open data: %w", err)
	}
	communities := make([]OpenCommunity, len(rows))
	for i, row := range rows {
		communities[i] = OpenCommunity{ID: row.ID, Name: row.Name, CommunityKind: region.CommunityKind(row.CommunityKind), Street: row.Street}
	}
	return communities, nil
}

// mostCommunitiesInCSV is more than a city has.
const mostCommunitiesInCSV = 10_000

// OpenCommunitiesCSV is OpenCommunities as one table.
func (s *Service) OpenCommunitiesCSV(ctx context.Context) ([]byte, error) {
	if err := s.Limit(ctx); err != nil {
		return nil, err
	}
	rows, err := s.openCommunities(ctx, "", mostCommunitiesInCSV)
	if err != nil {
		return nil, err
	}
	table := [][]string{{"id", "name", "community_kind", "street"}}
	for _, row := range rows {
		table = append(table, []string{row.ID, row.Name, string(row.CommunityKind), row.Street})
	}
	return csvOf(table)
}

// OpenFigures gives the open data of the communities at or below a region in a month that is over.
func (s *Service) OpenFigures(ctx context.Context, regionID, month string, query web.PageQuery) (web.Page[OpenFigure], error) {
	if err := s.Limit(ctx); err != nil {
		return web.Page[OpenFigure]{}, err
	}
	at, in, err := s.openMonth(ctx, regionID, month)
	if err != nil {
		return web.Page[OpenFigure]{}, err
	}
	// A page is one of communities; each brings all its figures.
	communities, err := s.Regions.Communities(ctx, at, query)
	if err != nil {
		return web.Page[OpenFigure]{}, err
	}
	figures, err := s.openFigures(ctx, communities.Items, in)
	return web.Page[OpenFigure]{Items: figures, NextCursor: communities.NextCursor}, err
}

// OpenFiguresCSV is OpenFigures as one table.
func (s *Service) OpenFiguresCSV(ctx context.Context, regionID, month string) ([]byte, error) {
	if err := s.Limit(ctx); err != nil {
		return nil, err
	}
	at, in, err := s.openMonth(ctx, regionID, month)
	if err != nil {
		return nil, err
	}
	table := [][]string{{"region_id", "region_name", "period", "measure", "part", "value", "suppressed"}}
	for query := (web.PageQuery{Limit: communitiesAtOnce}); ; {
		communities, err := s.Regions.Communities(ctx, at, query)
		if err != nil {
			return nil, err
		}
		figures, err := s.openFigures(ctx, communities.Items, in)
		if err != nil {
			return nil, err
		}
		for _, one := range figures {
			value := ""
			if one.Value != nil {
				value = strconv.FormatInt(*one.Value, 10)
			}
			table = append(table, []string{one.RegionID, one.RegionName, one.Period, one.Measure, one.Part, value, strconv.FormatBool(one.Suppressed)})
		}
		if query.Cursor = communities.NextCursor; query.Cursor == "" {
			return csvOf(table)
		}
	}
}

// openMonth checks what is asked for: only months that are over are open, so that nobody follows a single matter
// from day to day. An empty one is the last that is over.
func (s *Service) openMonth(ctx context.Context, regionID, month string) (region.Region, span, error) {
	now := s.DB.Now()
	if month == "" {
		local := now.In(db.Shanghai)
		month = time.Date(local.Year(), local.Month()-1, 1, 0, 0, 0, 0, db.Shanghai).Format("2006-01")
	}
	in, err := parseSpan(month, now)
	if err != nil || in.unit != Month {
		return region.Region{}, span{}, fault.InvalidField("period", "请写一个月份，例如 2026-10")
	}
	if now.Before(in.to) {
		return region.Region{}, span{}, fault.InvalidField("period", "这个月还没有结束，请查看已经结束的月份")
	}
	at, err := s.Regions.Get(ctx, regionID)
	return at, in, err
}

func (s *Service) openFigures(ctx context.Context, communities []region.Region, in span) ([]OpenFigure, error) {
	figures := []OpenFigure{}
	if len(communities) == 0 {
		return figures, nil
	}
	ids := make([]string, len(communities))
	for i, community := range communities {
		ids[i] = community.ID
	}
	measures, err := s.store().measures(ctx, ids, in)
	if err != nil {
		return nil, fmt.Errorf("open data of %s: %w", in.name, err)
	}
	for _, community := range communities {
		for _, measure := range measures {
			partition := measure.of[community.ID]
			hidden := suppressed(partition)
			for _, one := range partition {
				told := OpenFigure{RegionID: community.ID, RegionName: community.Name, Period: in.name, Measure: measure.name, Part: one.part}
				if told.Suppressed = hidden[one.part]; !told.Suppressed {
					told.Value = &one.value
				}
				figures = append(figures, told)
			}
		}
	}
	return figures, nil
}

// measure is a partition of each community's matters.
type measure struct {
	name string
	of   map[string][]measured
}

// always is behind what a community itself does: tasks and activities are announced to everybody.
const always = 1 << 40

func (s store) measures(ctx context.Context, communities []string, in span) ([]measure, error) {
	from, to := in.millis()
	tasks, activities := newMeasure("tasks_published"), newMeasure("activities_held")
	byCategory, byStage := newMeasure("tickets_by_category"), newMeasure("tickets_by_stage")
	earned, hours := newMeasure("points_given"), newMeasure("service_minutes")

	published, err := s.queries(ctx).CountTasks(ctx, figuresdb.CountTasksParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return nil, err
	}
	for _, row := range published {
		tasks.add(row.RegionID, row.Star, row.Tasks, always)
	}
	held, err := s.queries(ctx).CountActivities(ctx, figuresdb.CountActivitiesParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, row := range held {
		if row.State == "closed" || row.State == "confirmed" {
			counts[row.RegionID] += row.Activities
		}
	}
	for _, community := range communities {
		if counts[community] > 0 {
			activities.add(community, "", counts[community], always)
		}
	}
	categories, err := s.queries(ctx).OpenTicketsByCategory(ctx, figuresdb.OpenTicketsByCategoryParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return nil, err
	}
	for _, row := range categories {
		byCategory.add(row.RegionID, row.Part, row.Counted, row.Counted)
	}
	stages, err := s.queries(ctx).OpenTicketsByStage(ctx, figuresdb.OpenTicketsByStageParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return nil, err
	}
	for _, row := range stages {
		byStage.add(row.RegionID, row.Part, row.Counted, row.Counted)
	}
	points, err := s.queries(ctx).OpenEarned(ctx, figuresdb.OpenEarnedParams{Communities: communities, Period: in.name})
	if err != nil {
		return nil, err
	}
	for _, row := range points {
		if row.Star != "" { // the total would give away the one star that is left out
			earned.add(row.CommunityID, row.Star, row.Earned, row.People)
		}
	}
	served, err := s.queries(ctx).OpenHours(ctx, figuresdb.OpenHoursParams{Communities: communities, Period: in.name})
	for _, row := range served {
		hours.add(row.CommunityID, "", row.Minutes, row.People)
	}
	return []measure{tasks, activities, byCategory, byStage, earned, hours}, err
}

func newMeasure(name string) measure { return measure{name: name, of: map[string][]measured{}} }

func (m measure) add(community, part string, value, behind int64) {
	m.of[community] = append(m.of[community], measured{part, value, behind})
}

// byteOrderMark lets Excel see that a table is UTF-8.
const byteOrderMark = "\ufeff"

func csvOf(table [][]string) ([]byte, error) {
	var written bytes.Buffer
	written.WriteString(byteOrderMark)
	err := csv.NewWriter(&written).WriteAll(table)
	return written.Bytes(), err
}

// Reports of Open311 GeoReport v2, https://wiki.open311.org/GeoReport_v2/, read-only: the least of a ticket that
// says what kind of matter there was, when and in which community, and what became of it. No text, no photo, no
// name, no address below the community; days and not moments.

// report is a ticket as the outside sees it.
type report struct {
	id, category, community string
	closed                  bool
	raised, due, completed  time.Time
}

// closedStages are those of tickets on which nothing more happens.
var (
	closedStages = []string{"closed", "rejected", "merged"}
	openStages   = []string{"raised", "dispatched", "accepted", "completed"}
)

func reportOf(row figuresdb.ReportTicketsRow) report {
	return report{id: row.ID, category: row.Category, community: row.Name, closed: slices.Contains(closedStages, row.Stage),
		raised: dayOf(row.RaisedAt), due: dayOf(row.DueAt), completed: dayOf(row.CompletedAt)}
}

// dayOf is the beginning of the day in Shanghai that holds a stored time; zero for none.
func dayOf(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	local := db.Time(millis).In(db.Shanghai)
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, db.Shanghai)
}
