package reward

import (
	"context"
	"errors"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// Service is the reward room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Points  *points.Service
	Files   *file.Service
	Notices *notice.Service
	Key     secret.Key
	// Guess runs a check of a code from outside and counts wrong ones against the caller (web.Server.Guess).
	Guess func(ctx context.Context, caller web.Caller, check func() error) error

	redeemers     *db.Group[wish, Redemption]
	wantedRewards *db.Memory[wantedReward]
}

// mostWanted is how many rewards are remembered between those who want a piece of them.
const mostWanted = 4096

// Open makes what the service keeps in memory. It must be called before the first request.
func (s *Service) Open() {
	s.redeemers = db.NewGroup(s.DB, "redemptions", s.redeemTogether, s.redeemAlone)
	s.wantedRewards = db.NewMemory[wantedReward](mostWanted)
}

func (s *Service) store() store { return store{s.DB} }

// Kinds of things that photos and audit entries are about.
const (
	rewardKind     = "reward"
	redemptionKind = "redemption"
	labelNone      = ""
)

const byNewest = "newest"

// Create makes a reward, published unless it is to stay a draft.
func (s *Service) Create(ctx context.Context, caller web.Caller, input NewReward) (Reward, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ManageRewards, input.RegionID)
	if err != nil {
		return Reward{}, err
	}
	made := rewardOf(input, community)
	made.ID, made.CreatedAt, made.createdBy = db.NewID(), s.DB.Now(), caller.PersonID
	if !input.Draft {
		made.State, made.PublishedAt = Published, made.CreatedAt
	}
	if err := s.check(ctx, &made, community); err != nil {
		return Reward{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertReward(ctx, made); err != nil {
			return err
		}
		if err := s.attachPhotos(ctx, caller, made, input.PhotoIDs); err != nil {
			return err
		}
		return s.audit(ctx, caller, made, audit.Act{Name: "reward.created", After: made})
	})
	if err != nil {
		return Reward{}, err
	}
	return s.shownAgain(ctx, caller, made.ID)
}

func rewardOf(input NewReward, community region.Region) Reward {
	made := Reward{
		RegionID: community.ID, OrganisationID: input.OrganisationID, ProviderID: input.ProviderID, State: Draft, Kind: Goods,
		Title: input.Title, Description: input.Description, Place: input.Place, Price: input.Price,
		Stock: input.Stock, StockLeft: input.Stock, PerPersonLimit: 1, FetchDays: 7, OwedFen: input.OwedFen,
	}
	web.SetTime(&made.RedeemFrom, &input.RedeemFrom)
	web.SetTime(&made.RedeemUntil, &input.RedeemUntil)
	if input.Kind != "" {
		made.Kind = input.Kind
	}
	if input.PerPersonLimit != 0 {
		made.PerPersonLimit = input.PerPersonLimit
	}
	if input.FetchDays != 0 {
		made.FetchDays = input.FetchDays
	}
	return made
}

// check holds a reward to its rules, and who fulfils it to its community.
func (s *Service) check(ctx context.Context, reward *Reward, community region.Region) error {
	if err := reward.check(s.DB.Now()); err != nil {
		return err
	}
	if err := s.checkOrganisation(ctx, reward.OrganisationID, community); err != nil {
		return err
	}
	return s.checkProvider(ctx, reward.ProviderID, community)
}

// checkOrganisation takes those of the community and of the regions above it.
func (s *Service) checkOrganisation(ctx context.Context, organisationID string, community region.Region) error {
	if organisationID == "" {
		return nil
	}
	organisation, err := s.Regions.Organisation(ctx, organisationID)
	if errors.Is(err, fault.ErrNotFound) || err == nil && !community.Within(organisation.RegionID) {
		return fault.InvalidField("organisation_id", "请选择本社区的商户或单位")
	}
	return err
}

func (s *Service) checkProvider(ctx context.Context, providerID string, community region.Region) error {
	if providerID == "" {
		return nil
	}
	provider, err := s.People.CallerFor(ctx, providerID)
	if errors.Is(err, fault.ErrNotFound) || err == nil && !region.May(provider, region.LiveHere, region.In(community)) {
		return fault.InvalidField("provider_id", "请选择住在本社区的邻居")
	}
	return err
}

func (s *Service) attachPhotos(ctx context.Context, caller web.Caller, reward Reward, photoIDs []string) error {
	subject := file.Subject{Kind: rewardKind, ID: reward.ID, RegionID: reward.RegionID}
	return s.Files.Attach(ctx, caller, subject, labelNone, photoIDs)
}

func (s *Service) audit(ctx context.Context, caller web.Caller, reward Reward, act audit.Act) error {
	act.SubjectKind, act.SubjectID, act.RegionID = rewardKind, reward.ID, reward.RegionID
	return s.Audit.Record(ctx, caller, act)
}

// managed gives a reward that the caller may manage, and its community.
func (s *Service) managed(ctx context.Context, caller web.Caller, id string) (Reward, region.Region, error) {
	reward, err := s.store().reward(ctx, id)
	if err != nil {
		return Reward{}, region.Region{}, err
	}
	community, err := s.Regions.Require(ctx, caller, region.ManageRewards, reward.RegionID)
	return reward, community, err
}

// Change changes a draft, or what may still change of a published reward (see Reward.changed).
func (s *Service) Change(ctx context.Context, caller web.Caller, id string, change Change) (Reward, error) {
	reward, community, err := s.managed(ctx, caller, id)
	if err != nil {
		return Reward{}, err
	}
	changed, err := reward.changed(change)
	if err != nil {
		return Reward{}, err
	}
	if err := s.check(ctx, &changed, community); err != nil {
		return Reward{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().updateReward(ctx, changed); err != nil {
			return err
		}
		s.forgetWanted(ctx, reward.ID)
		if err := s.attachPhotos(ctx, caller, reward, change.PhotoIDs); err != nil {
			return err
		}
		return s.audit(ctx, caller, reward, audit.Act{Name: "reward.changed", Before: reward, After: changed})
	})
	if err != nil {
		return Reward{}, err
	}
	return s.shownAgain(ctx, caller, id)
}

// Publish opens a draft; 422 input.invalid when its window has passed meanwhile.
func (s *Service) Publish(ctx context.Context, caller web.Caller, id string) (Reward, error) {
	reward, community, err := s.managed(ctx, caller, id)
	if err != nil {
		return Reward{}, err
	}
	if reward.State != Draft {
		return Reward{}, errMoved
	}
	if err := s.check(ctx, &reward, community); err != nil {
		return Reward{}, err
	}
	return s.move(ctx, caller, reward, "reward.published", s.store().publish)
}

// Close ends the redeeming; what has been redeemed can still be fetched.
func (s *Service) Close(ctx context.Context, caller web.Caller, id string) (Reward, error) {
	reward, _, err := s.managed(ctx, caller, id)
	if err != nil {
		return Reward{}, err
	}
	return s.move(ctx, caller, reward, "reward.closed", s.store().close)
}

func (s *Service) move(ctx context.Context, caller web.Caller, reward Reward, act string, move func(ctx context.Context, reward Reward) error) (Reward, error) {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := move(ctx, reward); err != nil {
			return err
		}
		s.forgetWanted(ctx, reward.ID)
		return s.audit(ctx, caller, reward, audit.Act{Name: act, Before: reward.State})
	})
	if err != nil {
		return Reward{}, err
	}
	return s.shownAgain(ctx, caller, reward.ID)
}

// Get gives a reward that the caller may see: a published or closed one, or any of a community whose rewards
// they manage.
func (s *Service) Get(ctx context.Context, caller web.Caller, id string) (Reward, error) {
	reward, err := s.visible(ctx, caller, id)
	if err != nil {
		return Reward{}, err
	}
	shown := []Reward{reward}
	err = s.show(ctx, caller, shown)
	return shown[0], err
}

// MaySee tells whether the caller may see a reward and its photos; fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) MaySee(ctx context.Context, caller web.Caller, id string) error {
	_, err := s.visible(ctx, caller, id)
	return err
}

func (s *Service) visible(ctx context.Context, caller web.Caller, id string) (Reward, error) {
	reward, err := s.store().reward(ctx, id)
	if err != nil || reward.isPublic() {
		return reward, err
	}
	_, err = s.Regions.Require(ctx, caller, region.ManageRewards, reward.RegionID)
	return reward, err
}

// Filter is what a list of rewards is narrowed to.
type Filter struct {
	// RegionID is where; empty: the caller's home, unless an organisation is given.
	RegionID       string
	OrganisationID string
	State          State // empty: published
}

// List gives the rewards of a region, or of an organisation, newest first. Drafts are for those who manage them.
func (s *Service) List(ctx context.Context, caller web.Caller, filter Filter, query web.PageQuery) (web.Page[Reward], error) {
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Reward]{}, err
	}
	if filter.State == "" {
		filter.State = Published
	}
	area, err := s.areaOf(ctx, caller, filter)
	if err != nil {
		return web.Page[Reward]{}, err
	}
	if filter.State == Draft {
		if err := region.Require(caller, region.ManageRewards, region.In(area)); err != nil {
			return web.Page[Reward]{}, err
		}
	}
	rewards, err := s.store().rewards(ctx, area, filter, before, query.Limit+1)
	if err != nil {
		return web.Page[Reward]{}, err
	}
	page := web.NewPage(byNewest, rewards, query.Limit, func(r Reward) []string { return []string{r.ID} })
	return page, s.show(ctx, caller, page.Items)
}

// areaOf gives the region that a list is of: a grid stands for its community.
func (s *Service) areaOf(ctx context.Context, caller web.Caller, filter Filter) (region.Region, error) {
	regionID := filter.RegionID
	if filter.OrganisationID != "" {
		organisation, err := s.Regions.Organisation(ctx, filter.OrganisationID)
		if err != nil {
			return region.Region{}, err
		}
		regionID = organisation.RegionID
	}
	if regionID == "" {
		regionID = region.CommunityOf(caller.HomePath)
	}
	if regionID == "" {
		return region.Region{}, fault.InvalidField("region_id", "请选择一个社区")
	}
	found, err := s.Regions.Get(ctx, regionID)
	if err != nil || found.Kind != region.Grid {
		return found, err
	}
	return s.Regions.Get(ctx, found.ParentID)
}

// show adds what rewards do not hold themselves: photos, names, and how many the caller has had.
func (s *Service) show(ctx context.Context, caller web.Caller, rewards []Reward) error {
	if len(rewards) == 0 {
		return nil
	}
	ids := idsOf(rewards, func(r Reward) string { return r.ID })
	photos, err := s.Files.Of(ctx, caller, rewardKind, ids)
	if err != nil {
		return err
	}
	mine, err := s.store().turnsAt(ctx, caller.PersonID, ids)
	if err != nil {
		return err
	}
	for i := range rewards {
		rewards[i].Photos, rewards[i].MyRedemptions = photos[rewards[i].ID], mine[rewards[i].ID]
	}
	return s.nameWhoFulfils(ctx, rewards)
}

func (s *Service) nameWhoFulfils(ctx context.Context, rewards []Reward) error {
	names, err := s.store().namesOfWhoFulfils(ctx, rewards)
	if err != nil {
		return err
	}
	for i := range rewards {
		rewards[i].OrganisationName, rewards[i].ProviderName = names[rewards[i].OrganisationID], names[rewards[i].ProviderID]
	}
	return nil
}

// shownAgain reads a reward that has just been looked at or changed, as the caller is shown it.
func (s *Service) shownAgain(ctx context.Context, caller web.Caller, id string) (Reward, error) {
	reward, err := s.store().reward(ctx, id)
	if err != nil {
		return Reward{}, err
	}
	shown := []Reward{reward}
	err = s.show(ctx, caller, shown)
	return shown[0], err
}
