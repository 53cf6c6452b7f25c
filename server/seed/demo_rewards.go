package seed

import (
	"context"
	"fmt"

	"fivestar/server/reward"
	"fivestar/server/web"
)

// redemptionKey names a redemption of the data.
type redemptionKey struct {
	reward string
	number int // among the reward's redemptions
}

func (d *demo) planRewards() {
	for _, one := range d.data.Rewards {
		d.at(d.ago(one.DaysAgo), "reward "+one.Key, func(ctx context.Context) error { return d.makeReward(ctx, one) })
		for number, redemption := range one.Redemptions {
			d.planRedemption(one, redemption, redemptionKey{one.Key, number})
		}
	}
}

func (d *demo) makeReward(ctx context.Context, one rewardData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Rewards.Create(ctx, caller, reward.NewReward{
		RegionID: d.regions[one.Region], OrganisationID: d.organisations[one.Organisation], ProviderID: d.people[one.Provider], Kind: one.Kind,
		Title: one.Title, Description: one.Description, Place: one.Place, Price: one.Price, Stock: one.Stock, PerPersonLimit: one.Limit,
		RedeemUntil: d.ahead(one.UntilDays), FetchDays: one.FetchDays, OwedFen: one.OwedFen, Draft: one.State == reward.Draft,
	})
	d.rewards[one.Key] = made.ID
	return err
}

func (d *demo) planRedemption(one rewardData, redemption redemptionData, key redemptionKey) {
	what := fmt.Sprintf("reward %s: redemption of %s", one.Key, redemption.Person)
	d.at(d.ago(redemption.DaysAgo), what, func(ctx context.Context) error {
		caller, err := d.by(ctx, redemption.Person, redemption.Helper)
		if err != nil {
			return err
		}
		d.redemptions[key], err = d.app.Rewards.Redeem(ctx, caller, d.rewards[one.Key], "")
		return err
	})
	if done := redemption.Fulfilled; done != nil {
		d.at(d.ago(done.DaysAgo), what, func(ctx context.Context) error {
			caller, err := d.as(ctx, done.By)
			if err != nil {
				return err
			}
			_, err = d.app.Rewards.Fulfil(ctx, caller, d.redemptions[key].QRText)
			return err
		})
	}
	if redemption.Cancelled != nil {
		d.at(d.ago(redemption.Cancelled.DaysAgo), what, func(ctx context.Context) error {
			caller, err := d.by(ctx, redemption.Person, redemption.Helper)
			if err != nil {
				return err
			}
			return d.app.Rewards.Cancel(ctx, caller, d.redemptions[key].ID)
		})
	}
}

func (d *demo) checkReward(ctx context.Context, one rewardData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Rewards.Get(ctx, caller, d.rewards[one.Key])
	if err != nil {
		return err
	}
	if err := same("reward "+one.Key, string(made.State), string(one.State)); err != nil {
		return err
	}
	for number, redemption := range one.Redemptions {
		if err := d.checkRedemption(ctx, caller, one, redemption, redemptionKey{one.Key, number}); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) checkRedemption(ctx context.Context, caller web.Caller, one rewardData, redemption redemptionData, key redemptionKey) error {
	redeemed, err := d.app.Rewards.Redemption(ctx, caller, d.redemptions[key].ID)
	if err != nil {
		return err
	}
	return same(fmt.Sprintf("reward %s: redemption of %s", one.Key, redemption.Person), string(redeemed.State), string(redemption.State))
}
