package file_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/wechat"
)

func photo(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 200, 150))
	for x := range 200 {
		img.Set(x, x%150, color.RGBA{R: uint8(x), A: 255})
	}
	var content bytes.Buffer
	if err := jpeg.Encode(&content, img, nil); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

func upload(h *apptest.Harness, t *testing.T, client *apptest.Client) string {
	t.Helper()
	return client.Upload("/files", "照片.jpg", photo(t)).Want(http.StatusCreated).Get("id").String()
}

// ticketWith raises a ticket with photos as the resident and gives it as the resident sees it.
func ticketWith(h *apptest.Harness, photoIDs ...string) *apptest.Answer {
	h.Helper()
	body := map[string]any{"region_id": h.World.Community.ID, "category": "facilities", "text": "请看照片，井盖松了", "show_name": true, "photo_ids": photoIDs}
	return h.Login("resident").Post("/tickets", body)
}

// photosOf gives the links that a person sees on a ticket's first line.
func photosOf(h *apptest.Harness, name, ticketID string) []string {
	h.Helper()
	var urls []string
	for _, url := range h.Login(name).Get("/tickets/" + ticketID).Want(http.StatusOK).Get("timeline.0.photos.#.url").Array() {
		urls = append(urls, url.String())
	}
	return urls
}

// verdictsPushed waits until the simulated WeChat has pushed what it was asked for.
func verdictsPushed(h *apptest.Harness, name, ticketID string, want int) {
	h.Helper()
	for range 200 {
		if len(photosOf(h, name, ticketID)) == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.Fatalf("%s sees %d photos, want %d", name, len(photosOf(h, name, ticketID)), want)
}

func TestAPhotoIsForThoseWhoMaySeeItsTicket(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	id := upload(h, t, h.Login("resident"))
	ticket := ticketWith(h, id).Want(http.StatusCreated).Get("id").String()
	h.Tick()
	verdictsPushed(h, "neighbour", ticket, 1)

	link := photosOf(h, "neighbour", ticket)[0]
	got := h.Anonymous().Get(link).Want(http.StatusOK)
	if got.Header.Get("Content-Type") != "image/jpeg" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", got.Header)
	}
	if _, format, err := image.Decode(bytes.NewReader(got.Body)); err != nil || format != "jpeg" {
		t.Errorf("%s (%v)", format, err)
	}
	h.Anonymous().Get(strings.Replace(link, id, id+"/thumb", 1)).Want(http.StatusOK)

	h.Login("resident").Get("/files/" + id).Want(http.StatusOK)
	h.Login("neighbour").Get("/files/" + id).Want(http.StatusOK)
	h.Login("outsider").Get("/files/"+id).WantCode(404, "not_found")
	h.Anonymous().Get("/files/"+id).WantCode(404, "not_found")

	other := strings.Replace(link, h.Login("neighbour").PersonID, h.Login("outsider").PersonID, 1)
	h.Anonymous().Get(other).WantCode(404, "not_found")
	h.Anonymous().Get(strings.Replace(link, "signature=", "signature=A", 1)).WantCode(404, "not_found")
	h.Anonymous().Get(strings.Replace(link, "until=1", "until=9", 1)).WantCode(404, "not_found")
	h.Clock.Advance(2*time.Hour + time.Second)
	h.Anonymous().Get(link).WantCode(404, "not_found")
}

func TestALinkIsWorthNothingOnceItsViewerMayNotSee(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	ticket := ticketWith(h, upload(h, t, h.Login("resident"))).Want(http.StatusCreated).Get("id").String()
	h.Tick()
	verdictsPushed(h, "neighbour", ticket, 1)
	link := photosOf(h, "neighbour", ticket)[0]
	h.Login("neighbour").Delete("/me").Want(http.StatusNoContent)
	h.Anonymous().Get(link).WantCode(404, "not_found")
}

func TestAPhotoWaitsForItsCheck(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	h.App.Simulator.Tell(wechat.PathCheckMedia, wechat.Behaviour{Drop: true})
	ticket := ticketWith(h, upload(h, t, h.Login("resident"))).Want(http.StatusCreated).Get("id").String()
	h.Tick()
	for name, want := range map[string]int{"resident": 1, "secretary": 1, "neighbour": 0} {
		if got := len(photosOf(h, name, ticket)); got != want {
			t.Errorf("%s sees %d photos before the check, want %d", name, got, want)
		}
	}
	h.App.Simulator.Tell(wechat.PathCheckMedia, wechat.Behaviour{Verdict: wechat.Risky})
	h.Clock.Advance(time.Minute)
	h.Tick()
	time.Sleep(200 * time.Millisecond) // the verdict is pushed
	if got := len(photosOf(h, "neighbour", ticket)); got != 0 {
		t.Errorf("a neighbour sees %d refused photos", got)
	}
}

func TestWhatIsNoPhotoIsRefusedAndNotKept(t *testing.T) {
	h := apptest.Start(t)
	resident := h.Login("resident")
	for name, content := range map[string][]byte{
		"zip.jpg": []byte("PK\x03\x04 this is no picture"), "empty.jpg": {}, "page.png": []byte("<html></html>"), "cut.jpg": photo(t)[:200],
	} {
		resident.Upload("/files", name, content).WantCode(422, "file.not_a_picture")
	}
	if got := resident.Upload("/files", "large.jpg", bytes.Repeat([]byte("x"), 11<<20)); got.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	resident.Post("/files", map[string]string{"file": "x"}).WantCode(422, "input.invalid")
	h.Anonymous().Upload("/files", "a.jpg", photo(t)).WantCode(401, "auth.required")
	export := resident.Get("/me/export").Want(http.StatusOK)
	if strings.Contains(string(export.Body), `"width"`) {
		t.Error("a refused upload was kept")
	}
}

func TestAnUploadLeavesNothingInTheFolderOfTemporaryFiles(t *testing.T) {
	h := apptest.Start(t)
	resident, secretary := h.Login("resident"), h.Login("secretary")
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	resident.Upload("/files", "照片.jpg", photo(t)).Want(http.StatusCreated)
	resident.Upload("/files", "照片.jpg", bytes.Repeat([]byte("no picture"), 10_000)).WantCode(422, "file.not_a_picture")
	roster := []byte("姓名\n" + strings.Repeat("样例\n", 10_000))
	secretary.Upload("/regions/"+h.World.Community.ID+"/roster/previews", "名单.csv", roster).Want(http.StatusCreated)
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Fatalf("left behind: %v (%v)", left, err)
	}
}

func TestOnlyOnesOwnUnusedUploadsAreAttached(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	theirs := upload(h, t, h.Login("neighbour"))
	ticketWith(h, theirs).WantCode(422, "input.invalid")
	ticketWith(h, "NOTHING").WantCode(422, "input.invalid")
	mine := upload(h, t, h.Login("resident"))
	ticketWith(h, mine).Want(http.StatusCreated)
	ticketWith(h, mine).WantCode(422, "input.invalid")
	list := h.Login("resident").Get("/tickets/mine").Want(http.StatusOK)
	if got := list.Get("items.#").Int(); got != 1 {
		t.Errorf("%d tickets, want 1: a refused one left something", got)
	}
}

func TestOnePhotoGoesToOneTicketHoweverManyAskAtOnce(t *testing.T) {
	h := apptest.Start(t)
	id := upload(h, t, h.Login("resident"))
	var made atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if ticketWith(h, id).Status == http.StatusCreated {
				made.Add(1)
			}
		})
	}
	group.Wait()
	if made.Load() != 1 {
		t.Errorf("%d tickets have the photo, want 1", made.Load())
	}
}

func TestUploadsThatBelongToNothingGoAfterADay(t *testing.T) {
	h := apptest.Start(t)
	resident := h.Login("resident")
	id := upload(h, t, resident)
	h.Clock.Advance(23 * time.Hour)
	h.Tick()
	resident.Get("/files/" + id).Want(http.StatusOK)
	h.Clock.Advance(2 * time.Hour)
	h.Tick()
	resident.Get("/files/"+id).WantCode(404, "not_found")
}

func TestMoreThanAHundredUploadsADayAreTooMany(t *testing.T) {
	h := apptest.Start(t)
	resident := h.Login("resident")
	content := photo(t)
	for n := range 101 {
		got := resident.Upload("/files", "a.jpg", content)
		if want := map[bool]int{true: http.StatusCreated, false: http.StatusTooManyRequests}[n < 100]; got.Status != want {
			t.Fatalf("upload %d: %s, want %d", n+1, got, want)
		}
	}
}

func TestErasureTakesThePhotos(t *testing.T) {
	h := apptest.Start(t)
	resident := h.Login("resident")
	ticket := ticketWith(h, upload(h, t, resident)).Want(http.StatusCreated).Get("id").String()
	link := photosOf(h, "secretary", ticket)[0]
	h.Anonymous().Get(link).Want(http.StatusOK)
	resident.Delete("/me").Want(http.StatusNoContent)
	h.Anonymous().Get(link).WantCode(404, "not_found")
}
