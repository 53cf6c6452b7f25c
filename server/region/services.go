package region

import (
	"context"
	"fmt"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region/internal/regiondb"
	"fivestar/server/web"
)

// ServiceItem is what an organisation offers the people of its community: what, under which star, and when.
type ServiceItem struct {
	ID               string `json:"id"`
	RegionID         string `json:"region_id"`
	OrganisationID   string `json:"organisation_id"`
	OrganisationName string `json:"organisation_name"`
	Title            string `json:"title"`
	Star             Star   `json:"star"`
	Text             string `json:"text"`
	Rhythm           string `json:"rhythm" doc:"When, in people's words"`
}

// NewServiceItem is what a service item is made from.
type NewServiceItem struct {
	OrganisationID string `json:"organisation_id" maxLength:"26"`
	Title          string `json:"title"`
	Star           Star   `json:"star"`
	Text           string `json:"text"`
	Rhythm         string `json:"rhythm,omitempty" doc:"When, in people's words"`
}

func (n *NewServiceItem) check(community Region) error {
	var check fault.Check
	check.Text("title", "服务名称", &n.Title, 2, 60)
	check.That(community.HasStar(n.Star), "star", "这个社区没有这颗星，请从五颗星里选")
	check.Text("text", "服务内容", &n.Text, 2, 500)
	check.Text("rhythm", "服务时间", &n.Rhythm, 0, 60)
	return check.Err()
}

// CreateService adds what an organisation of a community offers there; 422 input.invalid for an organisation
// of a street or higher, where there are no stars.
func (s *Service) CreateService(ctx context.Context, caller web.Caller, input NewServiceItem) (ServiceItem, error) {
	organisation, err := s.Organisation(ctx, input.OrganisationID)
	if err != nil {
		return ServiceItem{}, err
	}
	community, err := s.Require(ctx, caller, ManageOrganisations, organisation.RegionID)
	if err != nil {
		return ServiceItem{}, err
	}
	if community.Kind != Community {
		return ServiceItem{}, fault.InvalidField("organisation_id", "请选择社区里的组织")
	}
	if err := input.check(community); err != nil {
		return ServiceItem{}, err
	}
	made := ServiceItem{ID: db.NewID(), RegionID: community.ID, OrganisationID: organisation.ID, OrganisationName: organisation.Name,
		Title: input.Title, Star: input.Star, Text: input.Text, Rhythm: input.Rhythm}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertService(ctx, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "service.created", SubjectKind: "service",
			SubjectID: made.ID, RegionID: community.ID, After: made})
	})
	return made, err
}

// Services lists what is offered in a community.
func (s *Service) Services(ctx context.Context, communityID string, query web.PageQuery) (web.Page[ServiceItem], error) {
	return s.services(ctx, communityID, query, s.store().servicesOfRegion)
}

// ServicesOf lists what an organisation offers.
func (s *Service) ServicesOf(ctx context.Context, organisationID string, query web.PageQuery) (web.Page[ServiceItem], error) {
	organisation, err := s.Organisation(ctx, organisationID)
	if err != nil {
		return web.Page[ServiceItem]{}, err
	}
	return s.services(ctx, organisation.ID, query, s.store().servicesOfOrganisation)
}

func (s *Service) services(ctx context.Context, ownerID string, query web.PageQuery,
	list func(ctx context.Context, ownerID, afterID string, limit int) ([]ServiceItem, error)) (web.Page[ServiceItem], error) {
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[ServiceItem]{}, err
	}
	services, err := list(ctx, ownerID, after, query.Limit+1)
	if err != nil {
		return web.Page[ServiceItem]{}, fmt.Errorf("list services: %w", err)
	}
	return web.NewPage(byID, services, query.Limit, func(item ServiceItem) []string { return []string{item.ID} }), nil
}

func (s store) insertService(ctx context.Context, item ServiceItem) error {
	err := s.queries(ctx).InsertServiceItem(ctx, regiondb.InsertServiceItemParams{
		ID: item.ID, RegionID: item.RegionID, OrganisationID: item.OrganisationID, Title: item.Title,
		Star: string(item.Star), Text: item.Text, Rhythm: item.Rhythm, CreatedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errNameTaken
	}
	return err
}

func (s store) servicesOfRegion(ctx context.Context, regionID, afterID string, limit int) ([]ServiceItem, error) {
	rows, err := s.queries(ctx).ListServicesOfRegion(ctx, regiondb.ListServicesOfRegionParams{RegionID: regionID, ID: afterID, Limit: int32(limit)})
	items := make([]ServiceItem, len(rows))
	for i, row := range rows {
		items[i] = serviceOf(row)
	}
	return items, err
}

func (s store) servicesOfOrganisation(ctx context.Context, organisationID, afterID string, limit int) ([]ServiceItem, error) {
	rows, err := s.queries(ctx).ListServicesOfOrganisation(ctx, regiondb.ListServicesOfOrganisationParams{
		OrganisationID: organisationID, ID: afterID, Limit: int32(limit)})
	items := make([]ServiceItem, len(rows))
	for i, row := range rows {
		items[i] = serviceOf(regiondb.ListServicesOfRegionRow(row))
	}
	return items, err
}

func serviceOf(row regiondb.ListServicesOfRegionRow) ServiceItem {
	item := row.ServiceItem
	return ServiceItem{ID: item.ID, RegionID: item.RegionID, OrganisationID: item.OrganisationID, OrganisationName: row.Name,
		Title: item.Title, Star: Star(item.Star), Text: item.Text, Rhythm: item.Rhythm}
}

func (s *Service) handleServices(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
}) (web.Page[ServiceItem], error) {
	return s.Services(ctx, in.RegionID, in.PageQuery)
}

func (s *Service) handleServicesOf(ctx context.Context, caller web.Caller, in *regionPage) (web.Page[ServiceItem], error) {
	return s.ServicesOf(ctx, in.ID, in.PageQuery)
}

func (s *Service) handleCreateService(ctx context.Context, caller web.Caller, in *struct{ Body NewServiceItem }) (ServiceItem, error) {
	return s.CreateService(ctx, caller, in.Body)
}
