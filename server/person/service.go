package person

import (
	"context"
	"errors"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

var (
	errPhoneTaken  = fault.New(fault.Conflict, "phone.taken", "这个手机号已属于另一位居民，请联系社区工作人员核对")
	errNoPhone     = fault.New(fault.NotFound, "phone.none", "这位居民没有登记手机号")
	errHomeMoved   = fault.New(fault.Conflict, "home.changed", "住址刚刚被改过，请刷新后再试")
	errOwnHome     = fault.New(fault.Forbidden, "home.own", "不能核实自己的住址，请让另一位同志来核实")
	errLastAdmin   = fault.New(fault.Conflict, "admin.last", "您是最后一位管理员，请先让另一位同志担任管理员")
	errCardRefused = fault.New(fault.Forbidden, "card.refused", "这张卡不能使用，可能已经挂失，请联系社区")
	errCardLimit   = fault.New(fault.Conflict, "card.limit", "一个人最多有3张有效的卡，请先挂失不用的卡")
	errBadCode     = fault.New(fault.Forbidden, "checkin.bad_code", "个人码不正确或已过期，请刷新后再扫")
	errOwnPhone    = fault.New(fault.Forbidden, "card.own_phone_only", "这件事只能在本人的手机上办理，不能凭卡代办")
)

// Service is the person room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	WeChat  *wechat.Client
	Key     secret.Key

	// HistoryAmong are the other rooms' answers to on whom, of at most a few hundred people, anything hangs.
	HistoryAmong []func(ctx context.Context, ids []string) ([]string, error)
	// Exporters give, by the room's name, all that it keeps about a person.
	Exporters map[string]func(ctx context.Context, personID string) (any, error)
	// Erasers remove, in the transaction of ctx, what identifies a person in the other rooms.
	Erasers []func(ctx context.Context, personID string) error

	sessions *db.Group[string, session]
}

// Open makes the service ready once its fields are set.
func (s *Service) Open() {
	s.sessions = db.NewGroup(s.DB, "sessions", s.liveSessions, s.liveSession)
}

func (s *Service) store() store { return store{s.DB} }

// RequireOwnPhone is 403 card.own_phone_only for a caller who acts by a card: whoever holds the card speaks for
// its person in what residents do, and not about the person's own account.
func RequireOwnPhone(caller web.Caller) error {
	if caller.HelperID != "" {
		return errOwnPhone
	}
	return nil
}

// Get gives a person with home and roles; fault.ErrNotFound unless known and not erased. The caller of this
// method has checked that they may be seen.
func (s *Service) Get(ctx context.Context, personID string) (Person, error) {
	person, err := s.store().person(ctx, personID)
	if err != nil {
		return Person{}, err
	}
	people := []Person{person}
	err = s.complete(ctx, people)
	return people[0], err
}

// complete adds the roles, and the names of homes.
func (s *Service) complete(ctx context.Context, people []Person) error {
	var personIDs, regionIDs []string
	for _, person := range people {
		personIDs = append(personIDs, person.ID)
		if person.Home != nil {
			regionIDs = append(regionIDs, person.Home.CommunityID, person.Home.RegionID)
		}
	}
	if len(people) == 0 {
		return nil
	}
	roles, err := s.store().roles(ctx, personIDs)
	if err != nil {
		return err
	}
	regions, err := s.Regions.GetMany(ctx, regionIDs)
	if err != nil {
		return err
	}
	names := make(map[string]string, len(regions))
	for _, region := range regions {
		names[region.ID] = region.Name
	}
	for i := range people {
		people[i].addRoles(roles[people[i].ID])
		people[i].nameHome(names)
	}
	return nil
}

func (p *Person) addRoles(roles []web.RoleGrant) { p.Roles = append(p.Roles, roles...) }

func (p *Person) nameHome(names map[string]string) {
	if p.Home == nil {
		return
	}
	p.Home.CommunityName = names[p.Home.CommunityID]
	if p.Home.RegionID != p.Home.CommunityID {
		p.Home.GridName = names[p.Home.RegionID]
	}
}

// Require is fault.ErrNotFound unless the person is known and not erased.
func (s *Service) Require(ctx context.Context, personID string) error {
	_, err := s.store().person(ctx, personID)
	return err
}

// Hold keeps a person from leaving until the transaction of ctx ends; fault.ErrNotFound for one that nobody knows, or
// who has left.
func (s *Service) Hold(ctx context.Context, personID string) error {
	affected, err := s.store().queries(ctx).HoldPerson(ctx, personID)
	return db.One(affected, err, fault.ErrNotFound)
}

// RequireSeen gives the person if the caller may see them: officers over the person's home, and the person.
// fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) RequireSeen(ctx context.Context, caller web.Caller, personID string) (Person, error) {
	if caller.PersonID != personID {
		if _, err := s.requireOver(ctx, caller, region.SeePeople, personID); err != nil {
			return Person{}, err
		}
	}
	return s.Get(ctx, personID)
}

// requireOver gives the person, without roles and names of the home, if the caller may do permission where
// their home is. fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) requireOver(ctx context.Context, caller web.Caller, permission region.Permission, personID string) (Person, error) {
	person, err := s.store().person(ctx, personID)
	if err != nil {
		return Person{}, err
	}
	return person, region.Require(caller, permission, person.homeScope())
}

// Names gives what people are called, by their ids; those who have left are "已注销居民", and ids that nobody
// has are absent.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	return s.store().names(ctx, ids)
}

// Summaries gives people by their ids, as those who may see them do; ids that nobody has are absent.
func (s *Service) Summaries(ctx context.Context, ids []string) (map[string]Summary, error) {
	people, err := s.store().people(ctx, ids)
	if err != nil {
		return nil, err
	}
	summaries := make(map[string]Summary, len(people))
	for _, person := range people {
		summaries[person.ID] = person.summary()
	}
	return summaries, nil
}

// CallerFor is the person as a caller, for jobs and commands that act for them; fault.ErrNotFound.
func (s *Service) CallerFor(ctx context.Context, personID string) (web.Caller, error) {
	person, err := s.store().person(ctx, personID)
	if err != nil {
		return web.Caller{}, err
	}
	grants, err := s.Regions.GrantsOf(ctx, personID)
	return web.Caller{
		PersonID: person.ID, HomePath: person.HomePath, HomeVerified: person.Home != nil && person.Home.Verified, Grants: grants,
	}, err
}

// OpenID is the person's openid, empty when they have no WeChat or are nobody.
func (s *Service) OpenID(ctx context.Context, personID string) (string, error) {
	person, err := s.store().person(ctx, personID)
	if errors.Is(err, fault.ErrNotFound) {
		return "", nil
	}
	return person.openID, err
}
