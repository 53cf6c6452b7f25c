package region_test

import (
	"fmt"
	"net/http"
	"testing"

	"fivestar/server/app/apptest"
)

func service(organisationID, title string, change ...map[string]any) map[string]any {
	body := map[string]any{"organisation_id": organisationID, "title": title, "star": "harmony", "text": "空腹来，十分钟量完。", "rhythm": "每周三上午"}
	for _, some := range change {
		for key, value := range some {
			body[key] = value
		}
	}
	return body
}

func TestServicesAreOfferedByOrganisationsOfTheCommunity(t *testing.T) {
	h := apptest.Start(t)
	w, secretary := h.World, h.Login("secretary")
	streets := h.Login("admin").Post("/organisations", map[string]any{"region_id": w.Street.ID, "name": "样板街道联合会", "kind": "social"}).Want(http.StatusCreated)
	for _, test := range []struct {
		name   string
		client *apptest.Client
		body   map[string]any
		status int
		code   string
	}{
		{"a resident", h.Login("resident"), service(w.OrganisationID, "量血压"), 403, "auth.forbidden"},
		{"the secretary of another community", h.Login("outsider"), service(w.OrganisationID, "量血压"), 403, "auth.forbidden"},
		{"an organisation that nobody knows", secretary, service("NOTHING", "量血压"), 404, "not_found"},
		{"a star of villages", secretary, service(w.OrganisationID, "量血压", map[string]any{"star": "civility"}), 422, "input.invalid"},
		{"no words", secretary, service(w.OrganisationID, "量血压", map[string]any{"text": " "}), 422, "input.invalid"},
		{"an organisation of the street, where there are no stars", h.Login("admin"), service(streets.Get("id").String(), "量血压"), 422, "input.invalid"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.client.Post("/services", test.body).WantCode(test.status, test.code)
		})
	}
	made := secretary.Post("/services", service(w.OrganisationID, " 量血压 ")).Want(http.StatusCreated)
	if made.Get("title").String() != "量血压" || made.Get("region_id").String() != w.Community.ID || made.Get("organisation_name").String() != "样板联建单位" {
		t.Errorf("%s", made)
	}
	secretary.Post("/services", service(w.OrganisationID, "量血压")).WantCode(409, "name.taken")
	if audited := secretary.Get("/regions/" + w.Community.ID + "/audit").Want(200).Get(`items.#(act=="service.created").subject_id`).String(); audited != made.Get("id").String() {
		t.Errorf("the audit log tells of service %q", audited)
	}
}

func TestServicesAreListedByCommunityAndByOrganisation(t *testing.T) {
	h := apptest.Start(t)
	w, secretary, resident := h.World, h.Login("secretary"), h.Login("resident")
	for n := range 3 {
		secretary.Post("/services", service(w.OrganisationID, fmt.Sprintf("服务%d", n))).Want(http.StatusCreated)
	}
	secretary.Post("/services", service(w.MerchantID, "免费理发")).Want(http.StatusCreated)

	first := resident.Get("/services?limit=3&region_id=" + w.Community.ID).Want(200)
	second := resident.Get("/services?limit=3&region_id=" + w.Community.ID + "&cursor=" + first.Get("next_cursor").String()).Want(200)
	if first.Get("items.#").Int() != 3 || second.Get("items.#").Int() != 1 || second.Get("items.0.title").String() != "免费理发" || second.Get("next_cursor").Exists() {
		t.Errorf("%s\n%s", first, second)
	}
	ofMerchant := resident.Get("/organisations/" + w.MerchantID + "/services").Want(200)
	if ofMerchant.Get("items.#").Int() != 1 || ofMerchant.Get("items.0.organisation_name").String() != "样板理发店" {
		t.Errorf("%s", ofMerchant)
	}
	if elsewhere := resident.Get("/services?region_id=" + w.Village.ID).Want(200); elsewhere.Get("items.#").Int() != 0 {
		t.Errorf("%s", elsewhere)
	}
}
