package region

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region/internal/regiondb"
	"fivestar/server/web"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *regiondb.Queries { return regiondb.New(s.db.Querier(ctx)) }

func (s store) region(ctx context.Context, id string) (Region, error) {
	row, err := s.queries(ctx).GetRegion(ctx, id)
	if err != nil {
		return Region{}, fmt.Errorf("region %q: %w", id, db.Found(err))
	}
	return regionOf(row), nil
}

func regionOf(row regiondb.Region) Region {
	region := Region{ID: row.ID, ParentID: row.ParentID, Kind: Kind(row.Kind),
		CommunityKind: CommunityKind(row.CommunityKind), Name: row.Name, Path: row.Path}
	if five, ok := stars[region.CommunityKind]; ok {
		region.Stars = five[:]
	}
	return region
}

func regionsOf(rows []regiondb.Region) []Region {
	regions := make([]Region, len(rows))
	for i, row := range rows {
		regions[i] = regionOf(row)
	}
	return regions
}

func (s store) regionsByID(ctx context.Context, ids []string) ([]Region, error) {
	rows, err := s.queries(ctx).GetRegions(ctx, ids)
	return regionsOf(rows), err
}

func (s store) children(ctx context.Context, parentID, afterID string, limit int) ([]Region, error) {
	rows, err := s.queries(ctx).ListRegions(ctx, regiondb.ListRegionsParams{ParentID: parentID, ID: afterID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list regions: %w", err)
	}
	return regionsOf(rows), nil
}

func (s store) communitiesBelow(ctx context.Context, top Region, afterID string, limit int) ([]Region, error) {
	from, to := PathRange(top.Path)
	rows, err := s.queries(ctx).ListCommunitiesBelow(ctx, regiondb.ListCommunitiesBelowParams{
		FromPath: from, ToPath: to, AfterID: afterID, Limit: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("list communities: %w", err)
	}
	return regionsOf(rows), nil
}

func (s store) insertRegion(ctx context.Context, region Region) error {
	err := s.queries(ctx).InsertRegion(ctx, regiondb.InsertRegionParams{
		ID: region.ID, ParentID: region.ParentID, Kind: string(region.Kind),
		CommunityKind: string(region.CommunityKind), Name: region.Name, Path: region.Path,
		CreatedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errNameTaken
	}
	return err
}

func (s store) organisation(ctx context.Context, id string) (Organisation, error) {
	row, err := s.queries(ctx).GetOrganisation(ctx, id)
	if err != nil {
		return Organisation{}, fmt.Errorf("organisation %q: %w", id, db.Found(err))
	}
	return organisationOf(row), nil
}

func organisationOf(row regiondb.Organisation) Organisation {
	return Organisation{ID: row.ID, RegionID: row.RegionID, Name: row.Name, Kind: OrganisationKind(row.Kind)}
}

func (s store) organisations(ctx context.Context, regionID, afterID string, limit int) ([]Organisation, error) {
	rows, err := s.queries(ctx).ListOrganisations(ctx, regiondb.ListOrganisationsParams{RegionID: regionID, ID: afterID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	organisations := make([]Organisation, len(rows))
	for i, row := range rows {
		organisations[i] = organisationOf(row)
	}
	return organisations, nil
}

func (s store) insertOrganisation(ctx context.Context, organisation Organisation) error {
	err := s.queries(ctx).InsertOrganisation(ctx, regiondb.InsertOrganisationParams{
		ID: organisation.ID, RegionID: organisation.RegionID, Name: organisation.Name,
		Kind: string(organisation.Kind), CreatedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errNameTaken
	}
	return err
}

func grantOf(row regiondb.RoleGrant) Grant {
	return Grant{
		RoleGrant: web.RoleGrant{ID: row.ID, Role: web.Role(row.Role), RegionID: row.RegionID,
			OrganisationID: row.OrganisationID, TeamID: row.TeamID},
		PersonID: row.PersonID, GrantedBy: row.GrantedBy,
	}
}

func grantsOf(rows []regiondb.RoleGrant) []Grant {
	grants := make([]Grant, len(rows))
	for i, row := range rows {
		grants[i] = grantOf(row)
	}
	return grants
}

func (s store) grant(ctx context.Context, id string) (Grant, error) {
	row, err := s.queries(ctx).GetGrant(ctx, id)
	if err != nil {
		return Grant{}, fmt.Errorf("role grant %q: %w", id, db.Found(err))
	}
	return grantOf(row), nil
}

func (s store) grantsInRegion(ctx context.Context, regionID, afterID string, limit int) ([]Grant, error) {
	rows, err := s.queries(ctx).GrantsInRegion(ctx, regiondb.GrantsInRegionParams{RegionID: regionID, ID: afterID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list role grants: %w", err)
	}
	return grantsOf(rows), nil
}

func (s store) insertGrant(ctx context.Context, grant Grant) error {
	err := s.queries(ctx).InsertGrant(ctx, regiondb.InsertGrantParams{
		ID: grant.ID, PersonID: grant.PersonID, Role: string(grant.Role), RegionID: grant.RegionID,
		OrganisationID: grant.OrganisationID, TeamID: grant.TeamID,
		GrantedBy: grant.GrantedBy, GrantedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errGrantHeld
	}
	return err
}

func (s store) revokeGrant(ctx context.Context, id, by string) error {
	affected, err := s.queries(ctx).RevokeGrant(ctx, regiondb.RevokeGrantParams{
		RevokedBy: by, RevokedAt: db.Millis(s.db.Now()), ID: id,
	})
	return db.One(affected, err, fault.ErrNotFound)
}

// settings gives the stored settings and their version, or the defaults and 0.
func (s store) settings(ctx context.Context, regionID string) (Settings, int64, error) {
	settings := DefaultSettings()
	row, err := s.queries(ctx).GetSettings(ctx, regionID)
	if errors.Is(err, sql.ErrNoRows) {
		return settings, 0, nil
	}
	if err != nil {
		return settings, 0, fmt.Errorf("settings of %q: %w", regionID, err)
	}
	if err := json.Unmarshal([]byte(row.Settings), &settings); err != nil {
		return settings, 0, fmt.Errorf("settings of %q: %w", regionID, err)
	}
	return settings, row.Version, nil
}

// saveSettings stores settings over the version they were made from; errSettingsMoved when somebody else
// was faster.
func (s store) saveSettings(ctx context.Context, regionID string, settings Settings, from int64) error {
	text, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	now := db.Millis(s.db.Now())
	if from == 0 {
		err := s.queries(ctx).InsertSettings(ctx, regiondb.InsertSettingsParams{RegionID: regionID, Settings: string(text), UpdatedAt: now})
		if db.IsUnique(err) {
			return errSettingsMoved
		}
		return err
	}
	affected, err := s.queries(ctx).UpdateSettings(ctx, regiondb.UpdateSettingsParams{
		Settings: string(text), UpdatedAt: now, RegionID: regionID, Version: from,
	})
	return db.One(affected, err, errSettingsMoved)
}
