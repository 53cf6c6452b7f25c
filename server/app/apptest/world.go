package apptest

import (
	"context"
	"net/http"

	"fivestar/server/region"
	"fivestar/server/web"
)

// World is a small city with the people of the contract's demo: Login("secretary") and so on. Community is
// urban; Village is the second community, in the same street, where "outsider" is secretary.
type World struct {
	City, District, Street, Community, Grid, Village, VillageGrid region.Region
	OrganisationID                                                string // where "assignee" is assignee
	MerchantID                                                    string // where "merchant" is assignee
	TeamID                                                        string // which "leader" leads
}

func newWorld(h *Harness) World {
	h.Helper()
	ctx := context.Background()
	admin := h.Login("admin")
	city, err := h.App.Regions.FoundCity(ctx, "样板市")
	if err != nil {
		h.Fatal(err)
	}
	if err := h.App.Regions.FirstAdmin(ctx, admin.PersonID, city); err != nil {
		h.Fatal(err)
	}
	w := World{City: city}
	w.District = h.region(w.City, region.District, "", "样板区")
	w.Street = h.region(w.District, region.Street, "", "样板街道")
	w.Community = h.region(w.Street, region.Community, region.Urban, "样板社区")
	w.Grid = h.region(w.Community, region.Grid, "", "第一网格")
	w.Village = h.region(w.Street, region.Community, region.Village, "样板村")
	w.VillageGrid = h.region(w.Village, region.Grid, "", "村前网格")
	w.OrganisationID = h.organisation(w.Community, region.Partner, "样板联建单位")
	w.MerchantID = h.organisation(w.Community, region.Merchant, "样板理发店")

	for _, name := range []string{"secretary", "secretary2", "leader", "grid", "assignee", "merchant", "resident"} {
		h.Home(name, w.Grid.ID)
	}
	h.Home("outsider", w.VillageGrid.ID)
	h.grant("city", web.CityOfficer, map[string]any{"region_id": w.City.ID})
	h.grant("district", web.DistrictOfficer, map[string]any{"region_id": w.District.ID})
	h.grant("street", web.StreetOfficer, map[string]any{"region_id": w.Street.ID})
	h.grant("secretary", web.Secretary, map[string]any{"region_id": w.Community.ID})
	h.grant("secretary2", web.Secretary, map[string]any{"region_id": w.Community.ID})
	h.grant("outsider", web.Secretary, map[string]any{"region_id": w.Village.ID})
	h.grant("grid", web.GridWorker, map[string]any{"region_id": w.Grid.ID})
	h.grant("assignee", web.Assignee, map[string]any{"organisation_id": w.OrganisationID})
	h.grant("merchant", web.Assignee, map[string]any{"organisation_id": w.MerchantID})

	team := map[string]any{"region_id": w.Community.ID, "name": "样板志愿服务队", "kind": "neighbours"}
	w.TeamID = h.Login("secretary").Post("/teams", team).Want(http.StatusCreated).Get("id").String()
	h.grant("leader", web.Leader, map[string]any{"team_id": w.TeamID})
	return w
}

func (h *Harness) region(parent region.Region, kind region.Kind, communityKind region.CommunityKind, name string) region.Region {
	h.Helper()
	body := region.NewRegion{ParentID: parent.ID, Kind: kind, CommunityKind: communityKind, Name: name}
	id := h.Login("admin").Post("/regions", body).Want(http.StatusCreated).Get("id").String()
	made, err := h.App.Regions.Get(context.Background(), id)
	if err != nil {
		h.Fatal(err)
	}
	return made
}

func (h *Harness) organisation(in region.Region, kind region.OrganisationKind, name string) string {
	h.Helper()
	body := region.NewOrganisation{RegionID: in.ID, Name: name, Kind: kind}
	return h.Login("admin").Post("/organisations", body).Want(http.StatusCreated).Get("id").String()
}

func (h *Harness) grant(name string, role web.Role, place map[string]any) {
	h.Helper()
	place["person_id"], place["role"] = h.Login(name).PersonID, role
	h.Login("admin").Post("/role-grants", place).Want(http.StatusCreated)
}

// Home logs in as sim:NAME and declares a home, a community or a grid.
func (h *Harness) Home(name, regionID string) *Client {
	h.Helper()
	client := h.Login(name)
	client.Patch("/me", map[string]string{"name": "样例" + name, "home_region_id": regionID}).Want(http.StatusOK)
	return client
}

// Resident logs in as sim:NAME with a home in the Community.
func (h *Harness) Resident(name string) *Client {
	h.Helper()
	return h.Home(name, h.World.Grid.ID)
}

// Elder makes a person without a phone in the Community, and a card for them; it gives the person's id and
// the card's token.
func (h *Harness) Elder(name string) (personID, cardToken string) {
	h.Helper()
	secretary := h.Login("secretary")
	path := "/regions/" + h.World.Grid.ID + "/people"
	personID = secretary.Post(path, map[string]string{"name": name}).Want(http.StatusCreated).Get("id").String()
	card := secretary.Post("/people/"+personID+"/cards", nil).Want(http.StatusCreated)
	return personID, card.Get("token").String()
}
