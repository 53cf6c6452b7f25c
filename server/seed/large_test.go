package seed_test

import (
	"errors"
	"fmt"
	"testing"

	"fivestar/server/app/apptest"
	"fivestar/server/seed"
)

const (
	somePeople  = 200
	someEntries = 5000
)

func makeLarge(t *testing.T, h *apptest.Harness, size seed.Size) (made seed.Made, told int) {
	t.Helper()
	made, err := seed.Large(t.Context(), h.App, size, func(_ string, entries int) { told += entries })
	if err != nil {
		t.Fatal(err)
	}
	return made, told
}

// loginByPhone logs in somebody new and binds the phone of somebody whom Large has made, who they are from then on.
func loginByPhone(h *apptest.Harness, phone string) *apptest.Client {
	client := h.Login("phone-" + phone)
	client.PersonID = client.Put("/me/phone", map[string]string{"code": "sim:" + phone}).Want(200).Get("id").String()
	return client
}

func TestLargeHistoryIsSound(t *testing.T) {
	h := apptest.StartEmpty(t)
	made, told := makeLarge(t, h, seed.Size{People: somePeople, Entries: someEntries, Communities: 2})
	if told != someEntries {
		t.Errorf("the progress told of %d entries, want %d", told, someEntries)
	}
	report, err := h.App.Points.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range report.Findings {
		t.Error(finding)
	}
	if report.Entries != someEntries || report.Communities != 2 || report.Services < someEntries/3 {
		t.Errorf("%d entries and %d services in %d communities", report.Entries, report.Services, report.Communities)
	}
	if !h.App.DB.Now().Equal(h.Clock.Now()) {
		t.Errorf("the clock was left at %s", h.App.DB.Now())
	}

	people := 0
	for _, community := range made.Communities {
		secretary := loginByPhone(h, community.SecretaryPhones[0])
		people += len(all(secretary, "/regions/"+community.ID+"/people"))
		wantFiguresToBeSums(t, secretary, community.ID)
		wantSomethingInEveryRoom(t, secretary, community.ID)
	}
	if people != somePeople {
		t.Errorf("%d people, want %d", people, somePeople)
	}
	admin := loginByPhone(h, made.AdminPhone)
	if role := admin.Get("/me").Want(200).Get("roles.0.role").String(); role != "admin" {
		t.Errorf("who has the admin's phone is %q", role)
	}
}

// wantFiguresToBeSums adds up everybody's entries, and compares them with the lists, year by year and in all.
func wantFiguresToBeSums(t *testing.T, secretary *apptest.Client, communityID string) {
	t.Helper()
	sums := map[string]int64{} // by person and period
	months := map[string]int64{}
	for _, one := range all(secretary, "/regions/"+communityID+"/people") {
		id := one.Get("id").String()
		for _, entry := range all(secretary, "/people/"+id+"/points/entries") {
			at, amount := entry.Get("at").Time(), entry.Get("amount").Int()
			sums[id+" all"] += amount
			sums[id+" "+at.Format("2006")] += amount // nothing happens at night, so that the year is also that of Shanghai
			months[at.Format("2006-01")] += amount
		}
	}
	for _, period := range []string{"all", "2024", "2025", "2026"} {
		total, seen := int64(0), 0
		for _, standing := range all(secretary, "/regions/"+communityID+"/points?period="+period) {
			id, earned := standing.Get("person.id").String(), standing.Get("earned").Int()
			if earned != sums[id+" "+period] {
				t.Errorf("%s in %s: earned %d, and the entries make %d", id, period, earned, sums[id+" "+period])
			}
			if balance := standing.Get("balance").Int(); balance != sums[id+" all"] {
				t.Errorf("%s: balance %d, and the entries make %d", id, balance, sums[id+" all"])
			}
			total, seen = total+earned, seen+1
		}
		if total == 0 || seen < somePeople/2 {
			t.Errorf("%s: %d points of %d people", period, total, seen)
		}
		summary := secretary.Get("/regions/" + communityID + "/points/summary?period=" + period).Want(200)
		if got := summary.Get("items.0.earned").Int(); got != total {
			t.Errorf("%s: the summary says %d, and the list makes %d", period, got, total)
		}
	}
	if len(months) < 24 {
		t.Errorf("the entries are of %d months, want 24", len(months))
	}
	trend := secretary.Get("/regions/" + communityID + "/points/trend?unit=month").Want(200)
	for _, point := range trend.Get("items").Array() {
		if month := point.Get("period").String(); point.Get("earned").Int() != months[month] {
			t.Errorf("%s: the trend says %d, and the entries make %d", month, point.Get("earned").Int(), months[month])
		}
	}
}

func wantSomethingInEveryRoom(t *testing.T, secretary *apptest.Client, communityID string) {
	t.Helper()
	count := func(path, field string) map[string]int {
		return countBy(all(secretary, fmt.Sprintf(path, communityID)), field)
	}
	for what, got := range map[string]int{
		"tasks":                  count("/tasks?region_id=%s", "state")["published"],
		"approved claims":        count("/regions/%s/claims?state=approved", "state")["approved"],
		"waiting claims":         count("/regions/%s/claims", "state")["submitted"],
		"teams":                  count("/teams?region_id=%s", "kind")["emergency"],
		"activities":             count("/activities?region_id=%s", "state")["confirmed"],
		"closed tickets":         count("/tickets?region_id=%s", "closed_as")["reviewed"],
		"accepted tickets":       count("/tickets?region_id=%s", "stage")["accepted"],
		"waiting tickets":        count("/tickets?region_id=%s&sort=votes", "stage")["raised"],
		"tickets that were read": count("/tickets?region_id=%s", "content_state")["passed"],
	} {
		if got == 0 {
			t.Errorf("no %s", what)
		}
	}
}

func TestLargeHistoryGoesIntoAnEmptyDatabaseOnly(t *testing.T) {
	h := apptest.Start(t)
	_, err := seed.Large(t.Context(), h.App, seed.Size{People: 20, Communities: 1}, func(string, int) {})
	if !errors.Is(err, seed.ErrNotEmpty) {
		t.Errorf("%v", err)
	}
	empty := apptest.StartEmpty(t)
	for _, size := range []seed.Size{{People: 100, Entries: 10}, {People: 19, Entries: 10, Communities: 1}, {People: 100, Entries: -1, Communities: 1}} {
		if _, err := seed.Large(t.Context(), empty.App, size, func(string, int) {}); err == nil {
			t.Errorf("%+v was taken", size)
		}
	}
	if made, told := makeLarge(t, empty, seed.Size{People: 20, Communities: 1}); told != 0 || len(made.Communities) != 1 {
		t.Errorf("%d entries in %d communities, want none in one", told, len(made.Communities))
	}
}
