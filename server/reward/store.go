package reward

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/reward/internal/rewarddb"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *rewarddb.Queries { return rewarddb.New(s.db.Querier(ctx)) }

// idsOf gives the ids that items name, each once and without the empty one.
func idsOf[T any](items []T, id func(T) string) []string {
	var ids []string
	for _, item := range items {
		ids = append(ids, id(item))
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

func rewardOfRow(row rewarddb.Reward) Reward {
	return Reward{
		ID: row.ID, RegionID: row.RegionID, OrganisationID: row.OrganisationID, ProviderID: row.ProviderID, State: State(row.State),
		Kind: Kind(row.Kind), Title: row.Title, Description: row.Description, Place: row.Place, Price: row.Price,
		Stock: row.Stock, StockLeft: row.Stock - row.StockTaken, PerPersonLimit: row.PerPersonLimit,
		RedeemFrom: db.Time(row.RedeemFrom), RedeemUntil: db.Time(row.RedeemUntil), FetchDays: row.FetchDays, OwedFen: row.OwedFen,
		CreatedAt: db.Time(row.CreatedAt), PublishedAt: db.Time(row.PublishedAt), ClosedAt: db.Time(row.ClosedAt),
		createdBy: row.CreatedBy, version: row.Version,
	}
}

func rewardsOfRows(rows []rewarddb.Reward) []Reward {
	rewards := make([]Reward, len(rows))
	for i, row := range rows {
		rewards[i] = rewardOfRow(row)
	}
	return rewards
}

func (s store) reward(ctx context.Context, id string) (Reward, error) {
	row, err := s.queries(ctx).GetReward(ctx, id)
	if err != nil {
		return Reward{}, fmt.Errorf("reward %q: %w", id, db.Found(err))
	}
	return rewardOfRow(row), nil
}

func (s store) rewardsByID(ctx context.Context, ids []string) (map[string]*Reward, error) {
	rewards := make(map[string]*Reward, len(ids))
	if len(ids) == 0 {
		return rewards, nil
	}
	rows, err := s.queries(ctx).GetRewards(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("rewards of redemptions: %w", err)
	}
	for _, reward := range rewardsOfRows(rows) {
		rewards[reward.ID] = &reward
	}
	return rewards, nil
}

func (s store) rewards(ctx context.Context, area region.Region, filter Filter, before string, limit int) ([]Reward, error) {
	var rows []rewarddb.Reward
	var err error
	if filter.OrganisationID != "" {
		rows, err = s.queries(ctx).ListRewardsOfOrganisation(ctx, rewarddb.ListRewardsOfOrganisationParams{
			OrganisationID: filter.OrganisationID, State: string(filter.State), BeforeID: before, Limit: int32(limit)})
	} else {
		from, to := region.PathRange(area.Path)
		rows, err = s.queries(ctx).ListRewards(ctx, rewarddb.ListRewardsParams{
			FromPath: from, ToPath: to, State: string(filter.State), BeforeID: before, Limit: int32(limit)})
	}
	if err != nil {
		return nil, fmt.Errorf("list rewards: %w", err)
	}
	return rewardsOfRows(rows), nil
}

// namesOfWhoFulfils gives names by the ids of organisations and neighbours.
func (s store) namesOfWhoFulfils(ctx context.Context, rewards []Reward) (map[string]string, error) {
	organisations := idsOf(rewards, func(r Reward) string { return r.OrganisationID })
	people := idsOf(rewards, func(r Reward) string { return r.ProviderID })
	names := map[string]string{}
	if len(organisations)+len(people) == 0 {
		return names, nil
	}
	rows, err := s.queries(ctx).NamesOfWhoFulfils(ctx, rewarddb.NamesOfWhoFulfilsParams{Organisations: organisations, People: people})
	if err != nil {
		return nil, fmt.Errorf("names of who fulfils: %w", err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

func (s store) insertReward(ctx context.Context, r Reward) error {
	return s.queries(ctx).InsertReward(ctx, rewarddb.InsertRewardParams{
		ID: r.ID, RegionID: r.RegionID, OrganisationID: r.OrganisationID, ProviderID: r.ProviderID, State: string(r.State),
		Kind: string(r.Kind), Title: r.Title, Description: r.Description, Place: r.Place, Price: r.Price, Stock: r.Stock,
		PerPersonLimit: r.PerPersonLimit, RedeemFrom: db.Millis(r.RedeemFrom), RedeemUntil: db.Millis(r.RedeemUntil),
		FetchDays: r.FetchDays, OwedFen: r.OwedFen, CreatedBy: r.createdBy, CreatedAt: db.Millis(r.CreatedAt), PublishedAt: db.Millis(r.PublishedAt),
	})
}

// updateReward stores a change; 409 reward.changed when somebody else has changed it, or too much of the stock was
// taken meanwhile.
func (s store) updateReward(ctx context.Context, r Reward) error {
	affected, err := s.queries(ctx).UpdateReward(ctx, rewarddb.UpdateRewardParams{
		OrganisationID: r.OrganisationID, ProviderID: r.ProviderID, Kind: string(r.Kind), Title: r.Title, Description: r.Description,
		Place: r.Place, Price: r.Price, Stock: r.Stock, PerPersonLimit: r.PerPersonLimit, RedeemFrom: db.Millis(r.RedeemFrom),
		RedeemUntil: db.Millis(r.RedeemUntil), FetchDays: r.FetchDays, OwedFen: r.OwedFen,
		ID: r.ID, State: string(r.State), Version: r.version,
	})
	return db.One(affected, err, errChanged)
}

func (s store) publish(ctx context.Context, r Reward) error {
	affected, err := s.queries(ctx).PublishReward(ctx, rewarddb.PublishRewardParams{PublishedAt: db.Millis(s.db.Now()), ID: r.ID, Version: r.version})
	return db.One(affected, err, errChanged)
}

func (s store) close(ctx context.Context, r Reward) error {
	affected, err := s.queries(ctx).CloseReward(ctx, rewarddb.CloseRewardParams{ClosedAt: db.Millis(s.db.Now()), ID: r.ID})
	return db.One(affected, err, errMoved)
}

// takeStock takes pieces, all or none; reward.out_of_stock, also when the reward is no longer open.
func (s store) takeStock(ctx context.Context, rewardID string, pieces int, now time.Time) error {
	affected, err := s.queries(ctx).TakeStock(ctx, rewarddb.TakeStockParams{Pieces: int64(pieces), ID: rewardID, Now: db.Millis(now)})
	return db.One(affected, err, errOutOfStock)
}

func (s store) freeStock(ctx context.Context, rewardID string) error {
	affected, err := s.queries(ctx).FreeStock(ctx, rewardID)
	return db.One(affected, err, fmt.Errorf("reward %s has no piece taken that could be freed", rewardID))
}

// turnsAt tells how many of each reward a person has that count towards the limit.
func (s store) turnsAt(ctx context.Context, personID string, rewardIDs []string) (map[string]int64, error) {
	rows, err := s.queries(ctx).TurnsAt(ctx, rewarddb.TurnsAtParams{PersonID: personID, RewardIds: rewardIDs})
	if err != nil {
		return nil, fmt.Errorf("redemptions of a person: %w", err)
	}
	turns := make(map[string]int64, len(rows))
	for _, row := range rows {
		turns[row.RewardID] = row.Turns
	}
	return turns, nil
}

func (s store) usedTurns(ctx context.Context, rewardID, personID string) (map[string]bool, error) {
	rows, err := s.queries(ctx).TurnsOfPerson(ctx, rewarddb.TurnsOfPersonParams{RewardID: rewardID, PersonID: personID})
	if err != nil {
		return nil, fmt.Errorf("turns of a person: %w", err)
	}
	used := make(map[string]bool, len(rows))
	for _, turn := range rows {
		used[turn] = true
	}
	return used, nil
}

func redemptionOfRow(row rewarddb.Redemption) Redemption {
	return Redemption{
		ID: row.ID, RewardID: row.RewardID, RegionID: row.RegionID, OrganisationID: row.OrganisationID, PersonID: row.PersonID,
		HelperID: row.HelperID, State: RedemptionState(row.State), Price: row.Price, OwedFen: row.OwedFen,
		RedeemedAt: db.Time(row.RedeemedAt), ExpiresAt: db.Time(row.ExpiresAt), EndedAt: db.Time(row.EndedAt), EndedBy: row.EndedBy,
		turnKey: row.TurnKey, requestKey: row.RequestKey,
	}
}

func redemptionsOfRows(rows []rewarddb.Redemption, err error) ([]Redemption, error) {
	if err != nil {
		return nil, fmt.Errorf("list redemptions: %w", err)
	}
	redemptions := make([]Redemption, len(rows))
	for i, row := range rows {
		redemptions[i] = redemptionOfRow(row)
	}
	return redemptions, nil
}

func (s store) redemption(ctx context.Context, id string) (Redemption, error) {
	row, err := s.queries(ctx).GetRedemption(ctx, id)
	if err != nil {
		return Redemption{}, fmt.Errorf("redemption %q: %w", id, db.Found(err))
	}
	return redemptionOfRow(row), nil
}

// redemptionOfCode finds what a code stands for; fault.ErrNotFound.
func (s store) redemptionOfCode(ctx context.Context, codeHash string) (Redemption, error) {
	row, err := s.queries(ctx).GetRedemptionOfCode(ctx, codeHash)
	if err != nil {
		return Redemption{}, fmt.Errorf("redemption of a code: %w", db.Found(err))
	}
	return redemptionOfRow(row), nil
}

// redemptionOfRequest finds what an earlier request with the same key has made; fault.ErrNotFound.
func (s store) redemptionOfRequest(ctx context.Context, rewardID, personID, requestKey string) (Redemption, error) {
	row, err := s.queries(ctx).GetRedemptionOfRequest(ctx, rewarddb.GetRedemptionOfRequestParams{
		RewardID: rewardID, PersonID: personID, RequestKey: requestKey})
	if err != nil {
		return Redemption{}, fmt.Errorf("redemption of a request: %w", db.Found(err))
	}
	return redemptionOfRow(row), nil
}

// insertRedemption keeps a new redemption. One of its keys being taken shows as db.IsUnique.
func (s store) insertRedemption(ctx context.Context, r Redemption, codeHash string) error {
	return s.queries(ctx).InsertRedemption(ctx, rewarddb.InsertRedemptionParams{
		ID: r.ID, RewardID: r.RewardID, RegionID: r.RegionID, OrganisationID: r.OrganisationID, PersonID: r.PersonID, HelperID: r.HelperID,
		Price: r.Price, OwedFen: r.OwedFen, RedeemedAt: db.Millis(r.RedeemedAt), ExpiresAt: db.Millis(r.ExpiresAt),
		TurnKey: r.turnKey, CodeHash: codeHash, RequestKey: r.requestKey,
	})
}

// end stores how a redemption has ended, if it has not ended yet and had not expired at unexpiredAt, which may be
// zero; else it tells how it ended before.
func (s store) end(ctx context.Context, ended Redemption, unexpiredAt time.Time) error {
	affected, err := s.queries(ctx).EndRedemption(ctx, rewarddb.EndRedemptionParams{
		State: string(ended.State), EndedAt: db.Millis(ended.EndedAt), EndedBy: ended.EndedBy, TurnKey: ended.turnKey,
		ID: ended.ID, UnexpiredAt: db.Millis(unexpiredAt),
	})
	if err != nil || affected == 1 {
		return err
	}
	now, err := s.redemption(ctx, ended.ID)
	if err != nil {
		return err
	}
	if err := now.ended(ended.EndedAt); err != nil {
		return err
	}
	return fmt.Errorf("redemption %s could not be ended", ended.ID)
}

func (s store) redemptionsOfPerson(ctx context.Context, personID string, state RedemptionState, before string, limit int) ([]Redemption, error) {
	return redemptionsOfRows(s.queries(ctx).ListRedemptionsOfPerson(ctx, rewarddb.ListRedemptionsOfPersonParams{
		PersonID: personID, State: string(state), BeforeID: before, Limit: int32(limit)}))
}

func (s store) redemptionsOfReward(ctx context.Context, rewardID string, state RedemptionState, before string, limit int) ([]Redemption, error) {
	return redemptionsOfRows(s.queries(ctx).ListRedemptionsOfReward(ctx, rewarddb.ListRedemptionsOfRewardParams{
		RewardID: rewardID, State: string(state), BeforeID: before, Limit: int32(limit)}))
}

func (s store) pastDue(ctx context.Context, now time.Time, limit int) ([]Redemption, error) {
	return redemptionsOfRows(s.queries(ctx).RedemptionsPastDue(ctx, rewarddb.RedemptionsPastDueParams{ExpiresAt: db.Millis(now), Limit: int32(limit)}))
}

func (s store) runningOut(ctx context.Context, now time.Time, limit int) ([]Redemption, error) {
	return redemptionsOfRows(s.queries(ctx).RedemptionsRunningOut(ctx, rewarddb.RedemptionsRunningOutParams{
		Now: db.Millis(now), Soon: db.Millis(now.Add(runsOutWithin)), Limit: int32(limit)}))
}
