package person

import (
	"context"
	"errors"
	"fmt"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Lists of people, and the orders that their cursors hold.
const (
	byName         = "people"
	byPlaceAndName = "people by place"
)

// People lists those whose home is in a region, for those who may see them: in a community by name, above
// one by place and then by name. typed is part of a name, a whole phone number, or its last four digits.
func (s *Service) People(ctx context.Context, caller web.Caller, regionID, typed string, query web.PageQuery) (web.Page[Person], error) {
	top, err := s.Regions.Require(ctx, caller, region.SeePeople, regionID)
	if err != nil {
		return web.Page[Person]{}, err
	}
	order := byName
	if region.CommunityOf(top.Path) == "" {
		order = byPlaceAndName
	}
	after, err := placeOf(order, query)
	if err != nil {
		return web.Page[Person]{}, err
	}
	ids, err := s.store().list(ctx, top, parseSearch(typed), after, query.Limit+1)
	if err != nil {
		return web.Page[Person]{}, fmt.Errorf("list people: %w", err)
	}
	people, err := s.store().people(ctx, ids)
	if err != nil {
		return web.Page[Person]{}, err
	}
	if err := s.complete(ctx, people); err != nil {
		return web.Page[Person]{}, err
	}
	return web.NewPage(order, people, query.Limit, func(p Person) []string { return []string{p.HomePath, p.Name, p.ID} }), nil
}

func placeOf(order string, query web.PageQuery) (place, error) {
	keys, err := query.After(order, 3)
	if err != nil || keys == nil {
		return place{}, err
	}
	return place{path: keys[0], name: keys[1], id: keys[2]}, nil
}

// NewPerson is somebody without a smartphone, whom those who look after a community know.
type NewPerson struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty" doc:"Joins the person to the WeChat account that proves the same number"`
}

// Create adds a person whose home is a community or one of its grids. The home is verified by that. 409
// phone.taken.
func (s *Service) Create(ctx context.Context, caller web.Caller, regionID string, input NewPerson) (Person, error) {
	home, err := s.Regions.Require(ctx, caller, region.ManagePeople, regionID)
	if err != nil {
		return Person{}, err
	}
	var check fault.Check
	checkName(&check, &input.Name)
	if input.Phone != "" {
		checkPhone(&check, &input.Phone)
	}
	check.That(isHome(home), "region_id", "请选择居民所在的社区或网格")
	if err := check.Err(); err != nil {
		return Person{}, err
	}
	made := newcomer{id: db.NewID(), name: input.Name, home: home, verifiedBy: caller.PersonID, createdBy: caller.PersonID}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.insert(ctx, made, input.Phone); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "person.created", SubjectKind: "person", SubjectID: made.id,
			RegionID: region.CommunityOf(home.Path), After: map[string]string{"home_region_id": home.ID}})
	})
	if err != nil {
		return Person{}, err
	}
	return s.Get(ctx, made.id)
}

// isHome tells whether people may have their home there.
func isHome(place region.Region) bool {
	return place.Kind == region.Community || place.Kind == region.Grid
}

// insert stores a person who has no WeChat; errPhoneTaken.
func (s *Service) insert(ctx context.Context, made newcomer, phone string) error {
	if err := s.store().insertPerson(ctx, made); err != nil {
		return err
	}
	if phone == "" {
		return nil
	}
	err := s.store().insertIdentity(ctx, phoneIdentity, phone, made.id)
	if db.IsUnique(err) {
		return errPhoneTaken
	}
	return err
}

// EnsureWithPhone gives the person with a phone number, or makes one of that name without a home. The setup
// command makes the first admin by it.
func (s *Service) EnsureWithPhone(ctx context.Context, name, phone string) (personID string, err error) {
	var check fault.Check
	checkName(&check, &name)
	checkPhone(&check, &phone)
	if err := check.Err(); err != nil {
		return "", err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		personID, err = s.store().ownerOf(ctx, phoneIdentity, phone)
		if err != nil || personID != "" {
			return err
		}
		personID = db.NewID()
		return s.insert(ctx, newcomer{id: personID, name: name, createdBy: personID}, phone)
	})
	return personID, err
}

// VerifyHome marks a person's home as confirmed by the caller, who is somebody else. 409 home.changed when the
// person moved it in the meantime.
func (s *Service) VerifyHome(ctx context.Context, caller web.Caller, personID string) (Person, error) {
	if err := s.markHome(ctx, caller, personID, "home.verified", caller.PersonID); err != nil {
		return Person{}, err
	}
	return s.Get(ctx, personID)
}

// DoubtHome takes that mark away.
func (s *Service) DoubtHome(ctx context.Context, caller web.Caller, personID string) error {
	return s.markHome(ctx, caller, personID, "home.doubted", "")
}

func (s *Service) markHome(ctx context.Context, caller web.Caller, personID, act, verifiedBy string) error {
	person, err := s.requireOver(ctx, caller, region.ManagePeople, personID)
	if err != nil {
		return err
	}
	if personID == caller.PersonID {
		return errOwnHome
	}
	if person.Home.Verified == (verifiedBy != "") {
		return nil
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().setVerified(ctx, person, verifiedBy); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: act, SubjectKind: "person", SubjectID: personID,
			RegionID: person.communityID(), After: map[string]string{"home_region_id": person.Home.RegionID}})
	})
}

// UnmaskPhone tells a person's whole phone number, and writes down for them who asked. 404 phone.none.
func (s *Service) UnmaskPhone(ctx context.Context, caller web.Caller, personID, reason string) (string, error) {
	person, err := s.requireOver(ctx, caller, region.UnmaskPhone, personID)
	if err != nil {
		return "", err
	}
	var check fault.Check
	check.Text("reason", "查看原因", &reason, 0, 200)
	if err := check.Err(); err != nil {
		return "", err
	}
	if person.phone == "" {
		return "", errNoPhone
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.Audit.Record(ctx, caller, audit.Act{Name: phoneUnmasked, SubjectKind: "person", SubjectID: personID,
			RegionID: person.communityID(), Reason: reason})
	})
	return person.phone, err
}

// phoneUnmasked is the act in the audit log that PhoneViews reads back.
const phoneUnmasked = "phone.unmasked"

// Update is what a person changes about themselves; nil leaves a thing as it is.
type Update struct {
	Name               *string `json:"name,omitempty"`
	HomeRegionID       *string `json:"home_region_id,omitempty" doc:"A community or one of its grids"`
	LeaderboardConsent *bool   `json:"leaderboard_consent,omitempty"`
}

// UpdateMe changes the caller's own name, home and consent. Another home is no longer verified. 409
// home.too_soon, home.changed.
func (s *Service) UpdateMe(ctx context.Context, caller web.Caller, update Update) (Person, error) {
	if err := RequireOwnPhone(caller); err != nil {
		return Person{}, err
	}
	home, err := s.checkUpdate(ctx, &update)
	if err != nil {
		return Person{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		person, err := s.store().person(ctx, caller.PersonID)
		if err != nil {
			return err
		}
		return s.update(ctx, person, update, home)
	})
	if err != nil {
		return Person{}, err
	}
	return s.Get(ctx, caller.PersonID)
}

// checkUpdate gives the new home, zero for none.
func (s *Service) checkUpdate(ctx context.Context, update *Update) (home region.Region, err error) {
	var check fault.Check
	if update.Name != nil {
		checkName(&check, update.Name)
	}
	if update.HomeRegionID != nil {
		home, err = s.Regions.Get(ctx, *update.HomeRegionID)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return region.Region{}, err
		}
		check.That(isHome(home), "home_region_id", "请选择您所在的社区或网格")
	}
	return home, check.Err()
}

func (s *Service) update(ctx context.Context, person Person, update Update, home region.Region) error {
	if update.Name != nil {
		if err := s.store().rename(ctx, person.ID, *update.Name); err != nil {
			return err
		}
	}
	if update.LeaderboardConsent != nil {
		if err := s.store().setConsent(ctx, person.ID, *update.LeaderboardConsent); err != nil {
			return err
		}
	}
	if home.ID == "" || home.Path == person.HomePath {
		return nil
	}
	changedAt, err := moveHome(person.HomePath, home.Path, person.homeChangedAt, s.DB.Now())
	if err != nil {
		return err
	}
	return s.store().moveHome(ctx, person, home, changedAt)
}
