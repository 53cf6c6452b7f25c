package points

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"fivestar/server/fault"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

var errNoLeaderboard = fault.New(fault.Conflict, "leaderboard.off", "本社区没有开积分榜")

// Rank is where somebody stands among the people of their community in a period.
type Rank struct {
	RegionID string `json:"region_id"`
	Period   Period `json:"period"`
	Earned   int64  `json:"earned"`
	Rank     int64  `json:"rank" doc:"1 for the first; who earned as much stands at the same place; 0 without points in the period"`
	People   int64  `json:"people" doc:"Who earned anything"`
}

// Leader is one line of a leaderboard.
type Leader struct {
	Rank   int64  `json:"rank"`
	Name   string `json:"name" doc:"Of who agreed to it; nobody's else"`
	Earned int64  `json:"earned"`
	Mine   bool   `json:"mine,omitempty"`
}

// aResident stands on a leaderboard for who did not agree to be named.
const aResident = "一位居民"

// MyRank gives the caller's standing in the community of their home. 409 leaderboard.off where the community
// has not turned its leaderboard on, and without a home.
func (s *Service) MyRank(ctx context.Context, caller web.Caller, period string) (Rank, error) {
	communityID := region.CommunityOf(caller.HomePath)
	wanted, err := s.ranked(ctx, communityID, period)
	if err != nil {
		return Rank{}, err
	}
	standing, err := s.ranking(ctx, communityID, wanted)
	if err != nil {
		return Rank{}, err
	}
	earned, err := s.store().earned(ctx, caller.PersonID, communityID, wanted)
	return Rank{RegionID: communityID, Period: wanted, Earned: earned, Rank: standing.rank(earned), People: standing.count()}, err
}

// ranked gives a period in which people of the community are ranked; 409 leaderboard.off.
func (s *Service) ranked(ctx context.Context, communityID, period string) (Period, error) {
	if communityID == "" {
		return "", errNoLeaderboard
	}
	settings, err := s.Regions.Settings(ctx, communityID)
	if err != nil {
		return "", err
	}
	if !settings.Leaderboard {
		return "", errNoLeaderboard
	}
	return ParsePeriod(period, s.DB.Now())
}

// Leaderboard lists who has earned points in a community in a period, most first, for its residents and those
// who see its points. Only who agreed to it is named. 409 leaderboard.off unless the community has turned it on.
func (s *Service) Leaderboard(ctx context.Context, caller web.Caller, communityID, period string, query web.PageQuery) (web.Page[Leader], error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.SeeLeaderboard, communityID)
	if err != nil {
		return web.Page[Leader]{}, err
	}
	wanted, err := s.ranked(ctx, community.ID, period)
	if err != nil {
		return web.Page[Leader]{}, err
	}
	list := "leaderboard " + string(wanted)
	upTo, beforeID, err := s.leadersFrom(query, list)
	if err != nil {
		return web.Page[Leader]{}, err
	}
	rows, err := s.store().queries(ctx).ListLeaders(ctx, pointsdb.ListLeadersParams{
		CommunityID: community.ID, Period: string(wanted), UpTo: upTo, BeforeID: beforeID, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Leader]{}, fmt.Errorf("list a leaderboard: %w", err)
	}
	page := web.NewPage(list, rows, query.Limit, func(row pointsdb.ListLeadersRow) []string {
		return []string{decimal(row.Earned), s.Key.Encrypt(masked, []byte(row.PersonID))}
	})
	leaders, err := s.leaders(ctx, caller, community.ID, wanted, page.Items)
	return web.Page[Leader]{Items: leaders, NextCursor: page.NextCursor}, err
}

// masked is what the person's id in a cursor is encrypted for: a page may end with somebody who is not named.
const masked = "leaderboard cursor"

func (s *Service) leadersFrom(query web.PageQuery, list string) (upTo int64, beforeID string, err error) {
	keys, err := query.After(list, 2)
	if err != nil || keys == nil {
		return math.MaxInt64, "", err
	}
	upTo, err = strconv.ParseInt(keys[0], 10, 64)
	id, sealErr := s.Key.Decrypt(masked, keys[1])
	if err != nil || sealErr != nil {
		return 0, "", web.ErrCursor
	}
	return upTo, string(id), nil
}

func (s *Service) leaders(ctx context.Context, caller web.Caller, communityID string, period Period, rows []pointsdb.ListLeadersRow) ([]Leader, error) {
	standing, err := s.ranking(ctx, communityID, period)
	if err != nil {
		return nil, err
	}
	leaders := make([]Leader, len(rows))
	for i, row := range rows {
		leaders[i] = Leader{Rank: standing.rank(row.Earned), Name: aResident, Earned: row.Earned, Mine: row.PersonID == caller.PersonID}
		if row.LeaderboardConsent {
			leaders[i].Name = row.Name
		}
	}
	return leaders, nil
}

// earned is what a person has earned in a community in a period.
func (s store) earned(ctx context.Context, personID, communityID string, period Period) (int64, error) {
	rows, err := s.queries(ctx).TotalsOfPeople(ctx, pointsdb.TotalsOfPeopleParams{
		CommunityID: communityID, Period: string(period), People: []string{personID}})
	if err != nil {
		return 0, fmt.Errorf("totals of a person: %w", err)
	}
	for _, row := range rows {
		if region.Star(row.Star) == allStars {
			return row.Earned, nil
		}
	}
	return 0, nil
}
