package region

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/web"
)

var (
	errNameTaken     = fault.New(fault.Conflict, "name.taken", "这里已经有同名的了，请换一个名称")
	errGrantHeld     = fault.New(fault.Conflict, "role.held", "这个人已经有这个角色了")
	errSettingsMoved = fault.New(fault.Conflict, "settings.changed", "别人刚刚改过设置，请重新打开后再改")
)

// Service is the region room.
type Service struct {
	DB    *db.DB
	Audit *audit.Service
	// TeamRegion tells which region a team belongs to; fault.ErrNotFound for an unknown team.
	TeamRegion func(ctx context.Context, teamID string) (regionID string, err error)
	// HoldPerson keeps a person from leaving until the transaction of ctx ends; fault.ErrNotFound for one that nobody
	// knows, or who has left.
	HoldPerson func(ctx context.Context, personID string) error
	// PersonNames tells what people are called, by their ids.
	PersonNames func(ctx context.Context, ids []string) (map[string]string, error)

	// known are the regions that have been read, by id. Nothing ever changes or removes one, so that what was
	// read once is true on every server for ever.
	known sync.Map

	settings *db.Memory[Settings]
}

// mostRemembered is how many communities' settings are remembered: a city has some thousands.
const mostRemembered = 8192

// Open makes what the service keeps in memory. It must be called before the first request.
func (s *Service) Open() {
	s.settings = db.NewMemory[Settings](mostRemembered)
}

func (s *Service) store() store { return store{s.DB} }

// Get gives a region; fault.ErrNotFound.
func (s *Service) Get(ctx context.Context, id string) (Region, error) {
	if region, ok := s.known.Load(id); ok {
		return region.(Region), nil
	}
	region, err := s.store().region(ctx, id)
	if err == nil {
		s.remember(ctx, region)
	}
	return region, err
}

// remember keeps a region once the transaction of ctx is committed, in which it may have been made.
func (s *Service) remember(ctx context.Context, region Region) {
	s.DB.AfterCommit(ctx, func() { s.known.Store(region.ID, region) })
}

// GetMany gives those of the regions that exist, in no order.
func (s *Service) GetMany(ctx context.Context, ids []string) ([]Region, error) {
	var found []Region
	var unknown []string
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		if region, ok := s.known.Load(id); ok {
			found = append(found, region.(Region))
			continue
		}
		unknown = append(unknown, id)
	}
	if len(unknown) == 0 {
		return found, nil
	}
	read, err := s.store().regionsByID(ctx, unknown)
	for _, region := range read {
		s.remember(ctx, region)
	}
	return append(found, read...), err
}

// GetCommunity gives a region that is a community; 422 input.invalid for one of another kind.
func (s *Service) GetCommunity(ctx context.Context, id string) (Region, error) {
	region, err := s.Get(ctx, id)
	if err != nil {
		return Region{}, err
	}
	if region.Kind != Community {
		return Region{}, fault.InvalidField("region_id", "请选择一个社区")
	}
	return region, nil
}

// Require gives the region and checks that the caller may do permission there: the first line of most use
// cases. fault.ErrNotFound, fault.ErrForbidden.
func (s *Service) Require(ctx context.Context, caller web.Caller, permission Permission, regionID string) (Region, error) {
	region, err := s.Get(ctx, regionID)
	if err != nil {
		return Region{}, err
	}
	return region, Require(caller, permission, In(region))
}

// RequireIn is Require for a region that must be a community.
func (s *Service) RequireIn(ctx context.Context, caller web.Caller, permission Permission, communityID string) (Region, error) {
	region, err := s.Require(ctx, caller, permission, communityID)
	if err != nil {
		return Region{}, err
	}
	if region.Kind != Community {
		return Region{}, fault.InvalidField("region_id", "请选择一个社区")
	}
	return region, nil
}

// PathRange bounds the paths at or below path: from <= p < to.
func PathRange(path string) (from, to string) { return path, path[:len(path)-1] + "0" }

const byID = "id"

// List gives the regions right below parentID, or the cities for an empty one.
func (s *Service) List(ctx context.Context, parentID string, query web.PageQuery) (web.Page[Region], error) {
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[Region]{}, err
	}
	regions, err := s.store().children(ctx, parentID, after, query.Limit+1)
	if err != nil {
		return web.Page[Region]{}, err
	}
	return web.NewPage(byID, regions, query.Limit, func(r Region) []string { return []string{r.ID} }), nil
}

// Communities gives the communities at or below a region.
func (s *Service) Communities(ctx context.Context, top Region, query web.PageQuery) (web.Page[Region], error) {
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[Region]{}, err
	}
	regions, err := s.store().communitiesBelow(ctx, top, after, query.Limit+1)
	if err != nil {
		return web.Page[Region]{}, err
	}
	return web.NewPage(byID, regions, query.Limit, func(r Region) []string { return []string{r.ID} }), nil
}

// NewRegion is what a region is made from.
type NewRegion struct {
	ParentID      string        `json:"parent_id" maxLength:"26"`
	Kind          Kind          `json:"kind" enum:"district,street,community,grid"`
	CommunityKind CommunityKind `json:"community_kind,omitempty" enum:"village,urban"`
	Name          string        `json:"name"`
}

// permissionFor is what it takes to make a region of each kind, asked of its parent.
var permissionFor = map[Kind]Permission{
	District: ManageDistricts, Street: ManageStreets, Community: ManageCommunities, Grid: ManageGrids,
}

// Create makes a region below its parent.
func (s *Service) Create(ctx context.Context, caller web.Caller, input NewRegion) (Region, error) {
	parent, err := s.Require(ctx, caller, permissionFor[input.Kind], input.ParentID)
	if err != nil {
		return Region{}, err
	}
	if err := checkNew(&input, parent); err != nil {
		return Region{}, err
	}
	made := regionBelow(parent, input)
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertRegion(ctx, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "region.created", SubjectKind: "region",
			SubjectID: made.ID, RegionID: parent.ID, After: made})
	})
	return made, err
}

func checkNew(input *NewRegion, parent Region) error {
	var check fault.Check
	check.Text("name", "名称", &input.Name, 2, 60)
	check.That(childKind[parent.Kind] == input.Kind, "kind", "这一级下面不能建这种区划")
	isCommunity := input.Kind == Community
	check.That(isCommunity == (input.CommunityKind != ""), "community_kind", "建社区时请选择村或社区，其他区划不用选")
	return check.Err()
}

func regionBelow(parent Region, input NewRegion) Region {
	made := Region{ID: db.NewID(), ParentID: parent.ID, Kind: input.Kind, CommunityKind: input.CommunityKind, Name: input.Name}
	made.Path = parent.Path + made.ID + "/"
	if parent.Path == "" {
		made.Path = "/" + made.ID + "/"
	}
	if five, ok := stars[input.CommunityKind]; ok {
		made.Stars = five[:]
	}
	return made
}

// FoundCity makes the root of a tree. No call of the contract does this: the setup command does.
func (s *Service) FoundCity(ctx context.Context, name string) (Region, error) {
	city := regionBelow(Region{}, NewRegion{Kind: City, Name: name})
	err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().insertRegion(ctx, city) })
	return city, err
}

// NewOrganisation is what an organisation is made from.
type NewOrganisation struct {
	RegionID string           `json:"region_id" maxLength:"26"`
	Name     string           `json:"name"`
	Kind     OrganisationKind `json:"kind" enum:"partner,merchant,social"`
}

// CreateOrganisation makes an organisation in a region.
func (s *Service) CreateOrganisation(ctx context.Context, caller web.Caller, input NewOrganisation) (Organisation, error) {
	region, err := s.Require(ctx, caller, ManageOrganisations, input.RegionID)
	if err != nil {
		return Organisation{}, err
	}
	var check fault.Check
	check.Text("name", "名称", &input.Name, 2, 60)
	if err := check.Err(); err != nil {
		return Organisation{}, err
	}
	made := Organisation{ID: db.NewID(), RegionID: region.ID, Name: input.Name, Kind: input.Kind}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertOrganisation(ctx, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "organisation.created", SubjectKind: "organisation",
			SubjectID: made.ID, RegionID: region.ID, After: made})
	})
	return made, err
}

// Organisation gives an organisation; fault.ErrNotFound.
func (s *Service) Organisation(ctx context.Context, id string) (Organisation, error) {
	return s.store().organisation(ctx, id)
}

// Organisations lists a region's organisations.
func (s *Service) Organisations(ctx context.Context, regionID string, query web.PageQuery) (web.Page[Organisation], error) {
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[Organisation]{}, err
	}
	organisations, err := s.store().organisations(ctx, regionID, after, query.Limit+1)
	if err != nil {
		return web.Page[Organisation]{}, err
	}
	return web.NewPage(byID, organisations, query.Limit, func(o Organisation) []string { return []string{o.ID} }), nil
}

// Settings gives what holds in a community.
func (s *Service) Settings(ctx context.Context, communityID string) (Settings, error) {
	return s.settings.Get(ctx, communityID, func(ctx context.Context) (Settings, error) {
		settings, _, err := s.store().settings(ctx, communityID)
		return settings, err
	})
}

// ChangeSettings stores new settings with the reason for them. The same settings again change nothing.
func (s *Service) ChangeSettings(ctx context.Context, caller web.Caller, communityID string, changed Settings, reason string) (Settings, error) {
	region, err := s.RequireIn(ctx, caller, ManageSettings, communityID)
	if err != nil {
		return Settings{}, err
	}
	var check fault.Check
	check.Text("reason", "修改原因", &reason, 2, 500)
	if err := check.Err(); err != nil {
		return Settings{}, err
	}
	if err := changed.check(); err != nil {
		return Settings{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		before, version, err := s.store().settings(ctx, region.ID)
		if err != nil {
			return err
		}
		if changed == before {
			return nil
		}
		if err := s.store().saveSettings(ctx, region.ID, changed, version); err != nil {
			return err
		}
		s.DB.AfterCommit(ctx, func() { s.settings.Forget(region.ID) })
		return s.Audit.Record(ctx, caller, audit.Act{Name: settingsChanged, SubjectKind: "region",
			SubjectID: region.ID, RegionID: region.ID, Reason: reason, Before: before, After: changed})
	})
	return changed, err
}

// AuditOf lists what was done in a region, for those who may see its audit log.
func (s *Service) AuditOf(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[audit.Entry], error) {
	region, err := s.Require(ctx, caller, SeeAudit, regionID)
	if err != nil {
		return web.Page[audit.Entry]{}, err
	}
	return s.Audit.OfRegion(ctx, region.ID, query)
}

// IsEmpty tells whether there is no region at all: a database that nobody has set up yet.
func (s *Service) IsEmpty(ctx context.Context) (bool, error) {
	count, err := s.store().queries(ctx).CountRegions(ctx)
	if err != nil {
		return false, fmt.Errorf("count regions: %w", err)
	}
	return count == 0, nil
}
