package points

import (
	"context"
	"fmt"

	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Figures are what a community has done in a period, by its sealed records: at most two seconds old.
type Figures struct {
	Earned         int64                 `json:"earned"`
	Entries        int64                 `json:"entries" doc:"Postings behind earned, less those reversed"`
	ServiceMinutes int64                 `json:"service_minutes"`
	ByStar         map[region.Star]int64 `json:"by_star"`
}

// CommunityFigures are one community's row of a summary.
type CommunityFigures struct {
	Region RegionName `json:"region"`
	Period Period     `json:"period"`
	People int64      `json:"people" doc:"Who earned anything"`
	Figures
}

// RegionName is a region as a row is headed.
type RegionName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Summary gives the figures of each community at or below a region.
func (s *Service) Summary(ctx context.Context, caller web.Caller, regionID, period string, query web.PageQuery) (web.Page[CommunityFigures], error) {
	top, err := s.Regions.Require(ctx, caller, region.SeePoints, regionID)
	if err != nil {
		return web.Page[CommunityFigures]{}, err
	}
	wanted, err := ParsePeriod(period, s.DB.Now())
	if err != nil {
		return web.Page[CommunityFigures]{}, err
	}
	communities, err := s.Regions.Communities(ctx, top, query)
	if err != nil {
		return web.Page[CommunityFigures]{}, err
	}
	rows, err := s.figuresOf(ctx, communities.Items, wanted)
	return web.Page[CommunityFigures]{Items: rows, NextCursor: communities.NextCursor}, err
}

func (s *Service) figuresOf(ctx context.Context, communities []region.Region, period Period) ([]CommunityFigures, error) {
	figures := make([]CommunityFigures, len(communities))
	ids := make([]string, len(communities))
	index := make(map[string]*CommunityFigures, len(communities))
	for i, community := range communities {
		ids[i] = community.ID
		figures[i] = CommunityFigures{Region: RegionName{community.ID, community.Name}, Period: period, Figures: Figures{ByStar: noPoints(community)}}
		index[community.ID] = &figures[i]
	}
	if len(ids) == 0 {
		return figures, nil
	}
	totals, err := s.store().queries(ctx).ListCommunityTotals(ctx, pointsdb.ListCommunityTotalsParams{Period: string(period), Communities: ids})
	if err != nil {
		return nil, fmt.Errorf("totals of communities: %w", err)
	}
	for _, row := range totals {
		index[row.CommunityID].add(region.Star(row.Star), row.Earned, row.Entries, row.Minutes)
		index[row.CommunityID].People += row.People
	}
	return figures, nil
}

// add adds one row of totals where it belongs.
func (f *Figures) add(star region.Star, earned, entries, minutes int64) {
	if star != allStars {
		f.ByStar[star] += earned
		return
	}
	f.Earned += earned
	f.Entries += entries
	f.ServiceMinutes += minutes
}

// trendLength is how many periods a trend shows.
const trendLength = 12

// TrendPoint is one period of a trend.
type TrendPoint struct {
	Period Period `json:"period" doc:"A week is named by its Monday"`
	Figures
}

// Trend is the figures of a region over its last periods, oldest first.
type Trend struct {
	Unit  Unit         `json:"unit" enum:"day,week,month,quarter,year"`
	Items []TrendPoint `json:"items" nullable:"false"`
}

// Trend gives the figures of all communities at or below a region together, for the last twelve periods of a
// unit; the last of them holds today.
func (s *Service) Trend(ctx context.Context, caller web.Caller, regionID string, unit Unit) (Trend, error) {
	top, err := s.Regions.Require(ctx, caller, region.SeePoints, regionID)
	if err != nil {
		return Trend{}, err
	}
	trend := Trend{Unit: unit, Items: make([]TrendPoint, trendLength)}
	var periods []string
	index := make(map[string]*TrendPoint)
	for i, period := range lastPeriods(unit, s.DB.Now(), trendLength) {
		trend.Items[i] = TrendPoint{Period: period, Figures: Figures{ByStar: noPoints(top)}}
		for _, kept := range keptOf(unit, period) {
			periods = append(periods, string(kept))
			index[string(kept)] = &trend.Items[i]
		}
	}
	rows, err := s.store().totalsOf(ctx, top, periods)
	if err != nil {
		return Trend{}, err
	}
	for _, row := range rows {
		index[row.Period].add(region.Star(row.Star), row.Earned, row.Entries, row.Minutes)
	}
	return trend, nil
}

// totalsOf gives the kept figures of a community or of a region above one; a grid has none.
func (s store) totalsOf(ctx context.Context, of region.Region, periods []string) ([]pointsdb.PointsAreaTotal, error) {
	if of.Kind != region.Community {
		rows, err := s.queries(ctx).AreaTotalsOf(ctx, pointsdb.AreaTotalsOfParams{RegionID: of.ID, Periods: periods})
		if err != nil {
			return nil, fmt.Errorf("totals of a region: %w", err)
		}
		return rows, nil
	}
	rows, err := s.queries(ctx).CommunityTotalsOf(ctx, pointsdb.CommunityTotalsOfParams{CommunityID: of.ID, Periods: periods})
	if err != nil {
		return nil, fmt.Errorf("totals of a community: %w", err)
	}
	totals := make([]pointsdb.PointsAreaTotal, len(rows))
	for i, row := range rows {
		totals[i] = pointsdb.PointsAreaTotal{RegionID: row.CommunityID, Period: row.Period, Star: row.Star,
			Earned: row.Earned, Entries: row.Entries, Minutes: row.Minutes}
	}
	return totals, nil
}
