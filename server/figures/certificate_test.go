package figures_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/web"
)

// root is the server's address, without the contract's base path.
func (s *scene) root() string { return strings.TrimSuffix(s.URL, web.BasePath) }

func (s *scene) check(number string) *apptest.Answer {
	s.Helper()
	return s.Anonymous().Get("/certificates/" + number)
}

func (s *scene) serve(minutes int, people ...*apptest.Client) {
	s.Helper()
	s.hold(s.activity(minutes), minutes, people...)
}

func TestACertificateIsCheckedByAStranger(t *testing.T) {
	s := newScene(t)
	s.resident.Post("/me/certificates", nil).WantCode(http.StatusConflict, "certificate.no_hours")
	s.serve(90, s.resident)
	made := s.resident.Post("/me/certificates", fields{"full_name": true}).Want(http.StatusCreated)
	number := made.Get("number").String()
	if made.Get("name").String() != "样例resident" || made.Get("minutes").Int() != 90 || made.Get("state").String() != "valid" {
		t.Errorf("not what was certified: %s", made)
	}
	check := s.check(number).Want(http.StatusOK)
	want := `{"number":"` + number + `","state":"valid","verdict":"证书真实，现在有效","name":"样*","period_title":"截至2026年11月22日",` +
		`"minutes":90,"minutes_now":90,"issued_on":"2026年11月22日"}`
	if got := strings.TrimSpace(string(check.Body)); got != want {
		t.Errorf("a stranger hears\n%s, want\n%s", got, want)
	}
	if check.Get("name").String() != "样*" || strings.Contains(string(check.Body), s.resident.PersonID) {
		t.Errorf("a stranger hears who it is: %s", check)
	}
	// The same again is the same; without the whole name it is another.
	if again := s.resident.Post("/me/certificates", fields{"full_name": true}).Want(http.StatusOK); again.Get("number").String() != number {
		t.Errorf("a second one: %s", again)
	}
	if masked := s.resident.Post("/me/certificates", fields{"period": "2026"}).Want(http.StatusCreated); masked.Get("name").String() != "样*" {
		t.Errorf("the name is told unasked: %s", masked)
	}
	s.resident.Post("/me/certificates", fields{"period": "2025"}).WantCode(http.StatusConflict, "certificate.no_hours")
	s.neighbour.Get("/me/certificates/"+number).WantCode(http.StatusNotFound, "certificate.unknown")
	s.neighbour.Delete("/me/certificates/"+number).WantCode(http.StatusNotFound, "certificate.unknown")
}

func TestTheCodeLeadsToAPageThatTellsTheTruth(t *testing.T) {
	s := newScene(t)
	s.serve(60, s.resident)
	made := s.resident.Post("/me/certificates", nil).Want(http.StatusCreated)
	address := made.Get("qr_text").String()
	if !strings.HasPrefix(address, s.root()+"/certificates/") {
		t.Fatalf("the code leads to %s", address)
	}
	page := s.Anonymous().Get(address).Want(http.StatusOK)
	if !strings.Contains(string(page.Body), "证书真实，现在有效") || !strings.Contains(string(page.Body), "1小时") ||
		!strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") || page.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("the page says: %s", page)
	}
	paper := s.Anonymous().Get(made.Get("paper_url").String()).Want(http.StatusOK)
	if !strings.Contains(string(paper.Body), made.Get("number").String()) || !strings.Contains(string(paper.Body), "data:image/png;base64,") {
		t.Errorf("the paper has no number or no code: %.300s", paper)
	}
	wrong := s.Anonymous().Get(s.root() + "/certificates/" + url.PathEscape(`AAAA"><script>`)).Want(http.StatusNotFound)
	if !strings.Contains(string(wrong.Body), "没有这张证书") || strings.Contains(string(wrong.Body), "<script>") {
		t.Errorf("a wrong number is answered: %s", wrong)
	}
}

// What was certified stays on the certificate; what was taken back since is told, and what came later is not its matter.
func TestACorrectionShowsOnTheCheck(t *testing.T) {
	s := newScene(t)
	s.serve(60, s.resident)
	s.Clock.Advance(2 * time.Hour)
	s.serve(30, s.resident)
	entry := s.resident.Get("/me/points/entries").Get("items.0.id").String()
	number := s.resident.Post("/me/certificates", nil).Want(http.StatusCreated).Get("number").String()
	s.Clock.Advance(2 * time.Hour)
	s.serve(120, s.resident)
	later := s.resident.Get("/me/points/entries").Get("items.0.id").String()
	for _, wrong := range []string{entry, later} {
		s.secretary.Post("/points/entries/"+wrong+"/reversal", fields{"reason": "没有来"}).Want(http.StatusOK)
	}
	check := s.check(number).Want(http.StatusOK)
	if check.Get("state").String() != "corrected" || check.Get("minutes").Int() != 90 || check.Get("minutes_now").Int() != 60 {
		t.Errorf("not 90 minutes of which 60 are left: %s", check)
	}
}

func TestARevokedAndAnErasedCertificateSayOnlyThat(t *testing.T) {
	s := newScene(t)
	s.serve(60, s.resident, s.neighbour)
	revoked := s.resident.Post("/me/certificates", nil).Want(http.StatusCreated).Get("number").String()
	erased := s.neighbour.Post("/me/certificates", fields{"full_name": true}).Want(http.StatusCreated).Get("number").String()
	for range 2 {
		s.resident.Delete("/me/certificates/" + revoked).Want(http.StatusNoContent)
	}
	s.resident.Get("/me/certificates/"+revoked+"/page").WantCode(http.StatusConflict, "certificate.revoked")
	s.neighbour.Delete("/me").Want(http.StatusNoContent)
	for number, state := range map[string]string{revoked: "revoked", erased: "erased"} {
		check := s.check(number).Want(http.StatusOK)
		if check.Get("state").String() != state || check.Get("name").Exists() || check.Get("minutes").Exists() || check.Get("minutes_now").Int() != 0 {
			t.Errorf("%s: %s", state, check)
		}
	}
	var name string
	var minutes, grade int64
	if err := s.App.DB.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT name, minutes, grade FROM certificate WHERE state = 'erased'").Scan(&name, &minutes, &grade); err != nil || name != "" || minutes+grade != 0 {
		t.Errorf("kept of an erased one are %q, %d minutes, grade %d, %v", name, minutes, grade, err)
	}
	export := s.resident.Get("/me/export").Want(http.StatusOK)
	if !strings.Contains(string(export.Body), revoked) {
		t.Errorf("the export does not have the certificate: %s", export)
	}
}

func TestGuessingNumbersIsThrottledByAddress(t *testing.T) {
	s := newScene(t, func(config *app.Config) { config.Limits.Guesses = 3 })
	s.serve(60, s.resident)
	number := s.resident.Post("/me/certificates", nil).Want(http.StatusCreated).Get("number").String()
	guesser := s.Anonymous().With("X-Forwarded-For", "203.0.113.7")
	for range 3 {
		guesser.Get("/certificates/AAAA-AAAA-AAAA-AAAA").WantCode(http.StatusNotFound, "certificate.unknown")
	}
	guesser.Get("/certificates/"+number).WantCode(http.StatusTooManyRequests, "too_many")
	guesser.Get(s.root() + "/certificates/" + number).Want(http.StatusTooManyRequests)
	s.Anonymous().With("X-Forwarded-For", "203.0.113.8").Get("/certificates/" + number).Want(http.StatusOK)
	own := s.resident.With("X-Forwarded-For", "203.0.113.9")
	for range 3 {
		own.Get("/me/certificates/AAAA-AAAA-AAAA-AAAA").WantCode(http.StatusNotFound, "certificate.unknown")
	}
	own.Get("/me/certificates/"+number).WantCode(http.StatusTooManyRequests, "too_many")
}

func TestAnElderGetsACertificateByCard(t *testing.T) {
	s := newScene(t)
	elderID, card := s.Elder("样例老人")
	helped := s.secretary.ByCard(card)
	helped.PersonID = elderID
	s.serve(60, helped)
	made := helped.Post("/me/certificates", nil).Want(http.StatusCreated)
	if made.Get("name").String() != "样*" || made.Get("minutes").Int() != 60 {
		t.Errorf("not the elder's: %s", made)
	}
	if own := s.secretary.Get("/me/certificates").Want(http.StatusOK); len(own.Get("items").Array()) != 0 {
		t.Errorf("the helper has it: %s", own)
	}
	s.WantHistory(s.App.Figures.HistoryAmong, []string{elderID, s.secretary.PersonID}, []string{s.Login("leader").PersonID})
}
