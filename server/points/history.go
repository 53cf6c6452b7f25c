package points

import (
	"context"
	"fmt"

	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Own is what a person sees of their own points, over all communities.
type Own struct {
	Balance        int64                 `json:"balance"`
	Earned         Earned                `json:"earned"`
	ByStar         map[region.Star]int64 `json:"by_star" doc:"Points ever earned under each star"`
	ServiceMinutes int64                 `json:"service_minutes"`
	Grade          int                   `json:"grade" doc:"Volunteer grade, 0 to 5"`
	Accounts       []Account             `json:"accounts" nullable:"false" doc:"What can be spent in which community"`
}

// Earned are the points of the periods that hold today.
type Earned struct {
	Month   int64 `json:"month"`
	Quarter int64 `json:"quarter"`
	Year    int64 `json:"year"`
}

// Account is what a person has in one community.
type Account struct {
	RegionID   string `json:"region_id"`
	RegionName string `json:"region_name"`
	Balance    int64  `json:"balance"`
}

// Mine gives the caller's own points.
func (s *Service) Mine(ctx context.Context, caller web.Caller) (Own, error) {
	own := Own{ByStar: map[region.Star]int64{}}
	var err error
	if own.Accounts, err = s.accounts(ctx, caller.PersonID); err != nil {
		return Own{}, err
	}
	for _, account := range own.Accounts {
		own.Balance += account.Balance
	}
	if err := s.nameOwnStars(ctx, caller, own.ByStar); err != nil {
		return Own{}, err
	}
	if err := s.addOwnTotals(ctx, caller.PersonID, &own); err != nil {
		return Own{}, err
	}
	own.Grade = Grade(own.ServiceMinutes)
	return own, nil
}

func (s *Service) accounts(ctx context.Context, personID string) ([]Account, error) {
	rows, err := s.store().queries(ctx).AccountsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("accounts of a person: %w", err)
	}
	names, err := s.regionNames(ctx, rows)
	if err != nil {
		return nil, err
	}
	accounts := make([]Account, len(rows))
	for i, row := range rows {
		accounts[i] = Account{RegionID: row.CommunityID, RegionName: names[row.CommunityID], Balance: row.Balance}
	}
	return accounts, nil
}

func (s *Service) regionNames(ctx context.Context, rows []pointsdb.PointsAccount) (map[string]string, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.CommunityID
	}
	regions, err := s.Regions.GetMany(ctx, ids)
	names := make(map[string]string, len(regions))
	for _, one := range regions {
		names[one.ID] = one.Name
	}
	return names, err
}

// BalanceIn is what a person can spend in a community.
func (s *Service) BalanceIn(ctx context.Context, personID, communityID string) (int64, error) {
	balances, err := s.store().balances(ctx, communityID, []string{personID})
	return balances[personID], err
}

// nameOwnStars shows the five stars of the caller's home even where nothing has been earned yet.
func (s *Service) nameOwnStars(ctx context.Context, caller web.Caller, byStar map[region.Star]int64) error {
	communityID := region.CommunityOf(caller.HomePath)
	if communityID == "" {
		return nil
	}
	community, err := s.Regions.Get(ctx, communityID)
	for _, named := range community.Stars {
		byStar[named.Star] = 0
	}
	return err
}

func (s *Service) addOwnTotals(ctx context.Context, personID string, own *Own) error {
	now := s.DB.Now()
	month, quarter, year := PeriodOf(Month, now), PeriodOf(Quarter, now), PeriodOf(Year, now)
	rows, err := s.store().queries(ctx).TotalsOfPerson(ctx, pointsdb.TotalsOfPersonParams{PersonID: personID,
		Periods: []string{string(AllTime), string(month), string(quarter), string(year)}})
	if err != nil {
		return fmt.Errorf("totals of a person: %w", err)
	}
	for _, row := range rows {
		period, star := Period(row.Period), region.Star(row.Star)
		switch {
		case period == AllTime && star == allStars:
			own.ServiceMinutes += row.Minutes
		case period == AllTime:
			own.ByStar[star] += row.Earned
		case star != allStars:
		case period == month:
			own.Earned.Month += row.Earned
		case period == quarter:
			own.Earned.Quarter += row.Earned
		case period == year:
			own.Earned.Year += row.Earned
		}
	}
	return nil
}

// MinutesOf gives a person's service minutes, ever and everywhere.
func (s *Service) MinutesOf(ctx context.Context, personID string) (int64, error) {
	minutes, err := s.store().queries(ctx).MinutesOfPerson(ctx, personID)
	if err != nil {
		return 0, fmt.Errorf("service minutes of a person: %w", err)
	}
	return minutes, nil
}

const newestFirst = "points entries"

// MyEntries lists the caller's own history, newest first.
func (s *Service) MyEntries(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[Entry], error) {
	return s.entries(ctx, caller.PersonID, nil, query)
}

// EntriesOf lists a person's history in the communities whose points the caller may see. 403 for somebody who
// lives and has earned elsewhere.
func (s *Service) EntriesOf(ctx context.Context, caller web.Caller, personID string, query web.PageQuery) (web.Page[Entry], error) {
	if personID == caller.PersonID {
		return s.MyEntries(ctx, caller, query)
	}
	communities, err := s.seenCommunities(ctx, caller, personID)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	if len(communities) == 0 {
		return web.NewPage(newestFirst, []Entry{}, query.Limit, keyOfEntry), s.requireSeenAtHome(ctx, caller, personID)
	}
	return s.entries(ctx, personID, communities, query)
}

// seenCommunities are those where the person has an account and the caller may see points.
func (s *Service) seenCommunities(ctx context.Context, caller web.Caller, personID string) ([]string, error) {
	rows, err := s.store().queries(ctx).AccountsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("accounts of a person: %w", err)
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.CommunityID
	}
	regions, err := s.Regions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var seen []string
	for _, community := range regions {
		if region.May(caller, region.SeePoints, region.In(community)) {
			seen = append(seen, community.ID)
		}
	}
	return seen, nil
}

// requireSeenAtHome checks that the caller may see points where the person lives.
func (s *Service) requireSeenAtHome(ctx context.Context, caller web.Caller, personID string) error {
	person, err := s.People.RequireSeen(ctx, caller, personID)
	if err != nil {
		return err
	}
	return region.Require(caller, region.SeePoints, region.In(region.Region{Path: person.HomePath}))
}

// entries lists a person's entries in some communities, or in all for nil.
func (s *Service) entries(ctx context.Context, personID string, communities []string, query web.PageQuery) (web.Page[Entry], error) {
	before, err := query.BeforeID(newestFirst)
	if err != nil {
		return web.Page[Entry]{}, err
	}
	entries, err := s.store().entriesOfPerson(ctx, personID, communities, before, query.Limit+1)
	if err != nil {
		return web.Page[Entry]{}, fmt.Errorf("entries of a person: %w", err)
	}
	page := web.NewPage(newestFirst, entries, query.Limit, keyOfEntry)
	return page, s.complete(ctx, page.Items)
}

func keyOfEntry(entry Entry) []string { return []string{entry.ID} }

// complete adds to entries what does not stand in their rows: whether they were reversed, by whose word they
// were posted, and what their person said against them.
func (s *Service) complete(ctx context.Context, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	ids, witnesses := make([]string, len(entries)), []string{}
	for i, entry := range entries {
		ids[i] = entry.ID
		if entry.WitnessID != "" {
			witnesses = append(witnesses, entry.WitnessID)
		}
	}
	reversed, err := s.store().reversed(ctx, ids)
	if err != nil {
		return err
	}
	names, err := s.People.Names(ctx, witnesses)
	if err != nil {
		return err
	}
	for i := range entries {
		entries[i].Reversed = reversed[entries[i].ID]
		entries[i].ConfirmedBy = names[entries[i].WitnessID]
	}
	return s.addDisputes(ctx, entries)
}

// Reversal is an officer's wish to take an entry back.
type Reversal struct {
	Reason string `json:"reason"`
	// KeepMinutes leaves the service minutes of the same presence as they are: the person was there, and only
	// the points were wrong.
	KeepMinutes bool `json:"keep_minutes,omitempty" doc:"Leave the service minutes of a check-in as they are"`
}
