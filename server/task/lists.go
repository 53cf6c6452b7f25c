package task

import (
	"context"
	"slices"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/web"
)

// ClaimsOf lists the caller's own claims, newest first; an empty state gives all.
func (s *Service) ClaimsOf(ctx context.Context, caller web.Caller, state ClaimState, query web.PageQuery) (web.Page[Claim], error) {
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	claims, err := s.store().claimsOfPerson(ctx, caller.PersonID, state, before, query.Limit+1)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	return s.newestFirst(ctx, caller, claims, query.Limit)
}

// OpenClaims gives up to limit of the claims that the caller has open, each with its task and why it was
// returned, but without timeline and photos: what waits for the caller first, and of that what is due first.
func (s *Service) OpenClaims(ctx context.Context, caller web.Caller, limit int) ([]Claim, error) {
	return s.store().openClaims(ctx, caller.PersonID, limit)
}

// ForTaking gives up to limit of a community's tasks that the caller can take now, without photos, those with
// the least time left first.
func (s *Service) ForTaking(ctx context.Context, caller web.Caller, communityID string, limit int) ([]Task, error) {
	return s.store().tasksForTaking(ctx, caller.PersonID, communityID, s.DB.Now(), limit)
}

// ClaimsAt lists the claims on a task, newest first, for those who may see claims there.
func (s *Service) ClaimsAt(ctx context.Context, caller web.Caller, taskID string, state ClaimState, query web.PageQuery) (web.Page[Claim], error) {
	task, err := s.store().task(ctx, taskID)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	if _, err := s.Regions.Require(ctx, caller, region.SeeClaims, task.RegionID); err != nil {
		return web.Page[Claim]{}, err
	}
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	claims, err := s.store().claimsOfTask(ctx, task.ID, state, before, query.Limit+1)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	return s.newestFirst(ctx, caller, claims, query.Limit)
}

func (s *Service) newestFirst(ctx context.Context, caller web.Caller, claims []Claim, limit int) (web.Page[Claim], error) {
	page := web.NewPage(byNewest, claims, limit, func(c Claim) []string { return []string{c.ID} })
	return page, s.showAll(ctx, caller, page.Items)
}

const bySubmission = "submitted"

// Queue lists the claims in a region that are in a state, those that wait longest first: the submissions to
// review, or with an appeal's state, the appeals to decide.
func (s *Service) Queue(ctx context.Context, caller web.Caller, regionID string, state ClaimState, appeal Appeal, query web.PageQuery) (web.Page[Claim], error) {
	area, err := s.Regions.Require(ctx, caller, region.SeeClaims, regionID)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	after, err := query.AfterPlace(bySubmission, web.Place{})
	if err != nil {
		return web.Page[Claim]{}, err
	}
	claims, err := s.store().claimsIn(ctx, area, state, appeal, after, query.Limit+1)
	if err != nil {
		return web.Page[Claim]{}, err
	}
	page := web.NewPage(bySubmission, claims, query.Limit, func(c Claim) []string {
		return web.Place{Number: db.Millis(c.SubmittedAt), ID: c.ID}.Keys()
	})
	return page, s.showAll(ctx, caller, page.Items)
}

// Claim gives a claim: one's own, or one that the caller may see by a role.
func (s *Service) Claim(ctx context.Context, caller web.Caller, id string) (Claim, error) {
	claim, err := s.visible(ctx, caller, id)
	if err != nil {
		return Claim{}, err
	}
	return s.shown(ctx, caller, claim)
}

// MaySee tells whether the caller may see a claim and its photos; fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) MaySee(ctx context.Context, caller web.Caller, claimID string) error {
	_, err := s.visible(ctx, caller, claimID)
	return err
}

func (s *Service) visible(ctx context.Context, caller web.Caller, id string) (Claim, error) {
	claim, err := s.store().claim(ctx, id)
	if err != nil || claim.PersonID == caller.PersonID {
		return claim, err
	}
	_, err = s.Regions.Require(ctx, caller, region.SeeClaims, claim.RegionID)
	return claim, err
}

// shown gives a claim as the caller, who may see it, is shown it.
func (s *Service) shown(ctx context.Context, caller web.Caller, claim Claim) (Claim, error) {
	claims := []Claim{claim}
	err := s.showAll(ctx, caller, claims)
	return claims[0], err
}

// showAll adds to claims what they do not hold themselves: task, timeline, names and photos, each read once
// for all of them.
func (s *Service) showAll(ctx context.Context, caller web.Caller, claims []Claim) error {
	if len(claims) == 0 {
		return nil
	}
	if err := s.tell(ctx, claims); err != nil {
		return err
	}
	photos, err := s.Files.Of(ctx, caller, claimKind, idsOf(claims))
	if err != nil {
		return err
	}
	for i := range claims {
		claims[i].Photos = photos[claims[i].ID]
	}
	return nil
}

func idsOf(claims []Claim) []string {
	ids := make([]string, len(claims))
	for i, claim := range claims {
		ids[i] = claim.ID
	}
	return ids
}

// tell adds tasks, timelines and names.
func (s *Service) tell(ctx context.Context, claims []Claim) error {
	tasks, err := s.store().tasksByID(ctx, taskIDsOf(claims))
	if err != nil {
		return err
	}
	timelines, err := s.store().timelines(ctx, idsOf(claims))
	if err != nil {
		return err
	}
	for i := range claims {
		claims[i].Task = tasks[claims[i].TaskID]
		claims[i].told(timelines[claims[i].ID])
	}
	names, err := s.People.Names(ctx, peopleIn(claims))
	if err != nil {
		return err
	}
	for i := range claims {
		claims[i].named(names)
	}
	return nil
}

func taskIDsOf(claims []Claim) []string {
	ids := make([]string, 0, len(claims))
	for _, claim := range claims {
		ids = append(ids, claim.TaskID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// peopleIn gives everybody whose name stands somewhere in the claims.
func peopleIn(claims []Claim) []string {
	var ids []string
	for _, claim := range claims {
		ids = append(ids, claim.PersonID, claim.HelperID)
		for _, event := range claim.Timeline {
			ids = append(ids, event.PersonID, event.HelperID)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}
