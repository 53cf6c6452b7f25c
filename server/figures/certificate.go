package figures

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
)

// CertificateState is what a certificate is worth now.
type CertificateState string

const (
	Valid CertificateState = "valid"
	// Corrected: some of the hours were taken back after the certificate was issued.
	Corrected CertificateState = "corrected"
	// Revoked by the person.
	Revoked CertificateState = "revoked"
	// Erased with the person, who has left.
	Erased CertificateState = "erased"
)

// verdicts are what a stranger who checks a certificate reads first.
var verdicts = map[CertificateState]string{
	Valid:     "证书真实，现在有效",
	Corrected: "证书真实，但开具以后时长有更正",
	Revoked:   "这张证书已经由本人收回，不再有效",
	Erased:    "持有人已经注销，证书内容不再保存",
}

// Certificate is one of the caller's own.
type Certificate struct {
	Number      string           `json:"number" doc:"Four groups of four"`
	Name        string           `json:"name" doc:"As the person chose it for the paper"`
	Period      string           `json:"period" doc:"A year, or all"`
	PeriodTitle string           `json:"period_title"`
	Minutes     int64            `json:"minutes" doc:"As they stood when it was issued"`
	Grade       int64            `json:"grade,omitempty" doc:"Volunteer grade then, 1 to 5"`
	State       CertificateState `json:"state" enum:"valid,corrected,revoked"`
	IssuedAt    time.Time        `json:"issued_at"`
	RevokedAt   time.Time        `json:"revoked_at,omitzero"`
	QRText      string           `json:"qr_text" doc:"The address at which anyone can check it"`
	PaperURL    string           `json:"paper_url,omitempty" doc:"The page to print, open to whoever has the link, for an hour"`

	id string
}

// Check is what anyone may know of a certificate: whether it is true, and nothing else.
type Check struct {
	Number      string           `json:"number"`
	State       CertificateState `json:"state" enum:"valid,corrected,revoked,erased"`
	Verdict     string           `json:"verdict"`
	Name        string           `json:"name,omitempty" doc:"Masked"`
	PeriodTitle string           `json:"period_title,omitempty"`
	Minutes     int64            `json:"minutes,omitempty" doc:"As certified"`
	MinutesNow  int64            `json:"minutes_now" doc:"Less what was taken back since"`
	Grade       int64            `json:"grade,omitempty"`
	IssuedOn    string           `json:"issued_on,omitempty"`
}

// NewCertificate is what a certificate is issued from.
type NewCertificate struct {
	Period   string `json:"period,omitempty" maxLength:"4" doc:"A year, 2026; everything up to now when left out"`
	FullName bool   `json:"full_name,omitempty" doc:"Put the whole name on it, and not only the first character"`
}

var (
	errNoHours = fault.New(fault.Conflict, "certificate.no_hours", "这段时间还没有经确认的服务时长，暂时不能开证书")
	errNoName  = fault.New(fault.Conflict, "certificate.no_name", "请先在“我的”里填写姓名，再开证书")
	errRevoked = fault.New(fault.Conflict, "certificate.revoked", "这张证书已经收回，请重新开一张")
	errUnknown = fault.New(fault.NotFound, "certificate.unknown", "没有这张证书，请核对编号")
)

const (
	numberPurpose = "certificate"
	// halfNumber is how many characters of a number are random, and how many only the servers can make of them:
	// 40 bits, so that a number is guessed with a chance of one in 10^12 a try, and tries are throttled.
	halfNumber = 8
	groupOf    = 4
)

func (s *Service) newNumber() string {
	random := make([]byte, halfNumber*5/8)
	rand.Read(random) // never fails: crypto/rand ends the program instead
	first := base32.StdEncoding.EncodeToString(random)
	return first + s.second(first)
}

func (s *Service) second(first string) string {
	return base32.StdEncoding.EncodeToString(s.Key.MAC(numberPurpose, first))[:halfNumber]
}

// parseNumber reads a number as it was typed or scanned; certificate.unknown for one that the servers did not make.
func (s *Service) parseNumber(typed string) (string, error) {
	number := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(typed))
	if len(number) != 2*halfNumber || !hmac.Equal([]byte(number[halfNumber:]), []byte(s.second(number[:halfNumber]))) {
		return "", errUnknown
	}
	return number, nil
}

// inGroups is a number as people read it.
func inGroups(number string) string {
	var groups []string
	for ; len(number) > groupOf; number = number[groupOf:] {
		groups = append(groups, number[:groupOf])
	}
	return strings.Join(append(groups, number), "-")
}

// maskName leaves the first character of a name.
func maskName(name string) string {
	runes := []rune(name)
	if len(runes) == 0 {
		return ""
	}
	return string(runes[0]) + "*"
}

// certified bounds the services that a certificate of a period is about.
func certified(period string) (from, to time.Time) {
	if period == string(points.AllTime) {
		return time.UnixMilli(0), time.Date(9999, time.January, 1, 0, 0, 0, 0, db.Shanghai)
	}
	from = time.Date(number(period), time.January, 1, 0, 0, 0, 0, db.Shanghai)
	return from, from.AddDate(1, 0, 0)
}

// Issue certifies the caller's service hours as they stand now. The same again, while nothing has changed, gives the
// certificate that there is, with isNew false.
func (s *Service) Issue(ctx context.Context, caller web.Caller, input NewCertificate) (issued Certificate, isNew bool, err error) {
	if input.Period == "" {
		input.Period = string(points.AllTime)
	}
	if input.Period != string(points.AllTime) {
		if _, err := time.Parse("2006", input.Period); err != nil {
			return Certificate{}, false, fault.InvalidField("period", "请写一个年份，例如 2026")
		}
	}
	row, err := s.toIssue(ctx, caller, input)
	if err != nil {
		return Certificate{}, false, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		known, err := s.store().queries(ctx).ListCertificatesOf(ctx, figuresdb.ListCertificatesOfParams{PersonID: caller.PersonID, ID: web.LastID, Limit: mostCompared})
		if err != nil {
			return err
		}
		for _, one := range known {
			if one.State == string(Valid) && one.Period == row.Period && one.Name == row.Name && one.Minutes == row.Minutes && one.Grade == row.Grade {
				issued, err = s.shown(ctx, one)
				if err != nil || issued.State == Valid {
					isNew = false
					return err
				}
			}
		}
		isNew = true
		if err := s.store().queries(ctx).InsertCertificate(ctx, row); err != nil {
			return err
		}
		inserted, err := s.store().queries(ctx).GetCertificate(ctx, row.ID)
		if err != nil {
			return err
		}
		issued, err = s.shown(ctx, inserted)
		return err
	})
	if err != nil {
		return Certificate{}, false, fmt.Errorf("issue a certificate: %w", err)
	}
	return issued, isNew, nil
}

// mostCompared is how many of a person's certificates are looked at for one that says the same.
const mostCompared = 20

func (s *Service) toIssue(ctx context.Context, caller web.Caller, input NewCertificate) (figuresdb.InsertCertificateParams, error) {
	names, err := s.People.Names(ctx, []string{caller.PersonID})
	if err != nil {
		return figuresdb.InsertCertificateParams{}, err
	}
	name := names[caller.PersonID]
	if strings.TrimSpace(name) == "" {
		return figuresdb.InsertCertificateParams{}, errNoName
	}
	if !input.FullName {
		name = maskName(name)
	}
	minutes, err := s.minutes(ctx, caller.PersonID, input.Period)
	if err != nil {
		return figuresdb.InsertCertificateParams{}, err
	}
	if minutes <= 0 {
		return figuresdb.InsertCertificateParams{}, errNoHours
	}
	all, err := s.minutes(ctx, caller.PersonID, string(points.AllTime))
	return figuresdb.InsertCertificateParams{
		ID: db.NewID(), Number: s.newNumber(), PersonID: caller.PersonID, HelperID: caller.HelperID,
		CommunityID: region.CommunityOf(caller.HomePath), Name: name, Period: input.Period, Minutes: minutes,
		Grade: int64(points.Grade(all)), IssuedAt: db.Millis(s.DB.Now()),
	}, err
}

func (s *Service) minutes(ctx context.Context, personID, period string) (int64, error) {
	minutes, err := s.store().queries(ctx).MinutesIn(ctx, figuresdb.MinutesInParams{PersonID: personID, Period: period})
	if err != nil {
		return 0, fmt.Errorf("service minutes of a person: %w", err)
	}
	return minutes, nil
}

// takenBack are the minutes of a certificate that were taken back after it was issued.
func (s *Service) takenBack(ctx context.Context, row figuresdb.Certificate) (int64, error) {
	from, to := certified(row.Period)
	minutes, err := s.store().queries(ctx).MinutesTakenBack(ctx, figuresdb.MinutesTakenBackParams{
		PersonID: row.PersonID, IssuedAt: row.IssuedAt, FromAt: from.UnixMilli(), ToAt: db.Millis(to)})
	if err != nil {
		return 0, fmt.Errorf("minutes taken back: %w", err)
	}
	return minutes, nil
}

func (s *Service) shown(ctx context.Context, row figuresdb.Certificate) (Certificate, error) {
	made := Certificate{
		Number: inGroups(row.Number), Name: row.Name, Period: row.Period, PeriodTitle: periodTitle(row), Minutes: row.Minutes,
		Grade: row.Grade, State: CertificateState(row.State), IssuedAt: db.Time(row.IssuedAt), RevokedAt: db.Time(row.RevokedAt),
		QRText: s.PublicURL + "/certificates/" + row.Number, id: row.ID,
	}
	if made.State != Valid {
		return made, nil
	}
	made.PaperURL = s.paperLink(certificatePaperPath, row.Number)
	taken, err := s.takenBack(ctx, row)
	if taken > 0 {
		made.State = Corrected
	}
	return made, err
}

// periodTitle is what a certificate is of; what goes on is of the time until it was issued.
func periodTitle(row figuresdb.Certificate) string {
	issued := db.Time(row.IssuedAt)
	until := "截至" + dayText(issued)
	if row.Period == string(points.AllTime) {
		return until
	}
	if _, end := certified(row.Period); issued.Before(end) {
		return row.Period + "年(" + until + ")"
	}
	return row.Period + "年"
}

const ownCertificates = "certificates"

// Mine lists the caller's certificates, newest first.
func (s *Service) Mine(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[Certificate], error) {
	before, err := query.BeforeID(ownCertificates)
	if err != nil {
		return web.Page[Certificate]{}, err
	}
	rows, err := s.store().queries(ctx).ListCertificatesOf(ctx, figuresdb.ListCertificatesOfParams{
		PersonID: caller.PersonID, ID: before, Limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Certificate]{}, fmt.Errorf("certificates of a person: %w", err)
	}
	certificates := make([]Certificate, len(rows))
	for i, row := range rows {
		if certificates[i], err = s.shown(ctx, row); err != nil {
			return web.Page[Certificate]{}, err
		}
	}
	return web.NewPage(ownCertificates, certificates, query.Limit, func(c Certificate) []string { return []string{c.id} }), nil
}

// Own gives one of the caller's certificates. 404 for anybody else's.
func (s *Service) Own(ctx context.Context, caller web.Caller, typed string) (Certificate, error) {
	var row figuresdb.Certificate
	err := s.Guess(ctx, func() (err error) {
		row, err = s.certificate(ctx, typed)
		return err
	})
	if err != nil {
		return Certificate{}, err
	}
	if row.PersonID != caller.PersonID {
		return Certificate{}, errUnknown
	}
	return s.shown(ctx, row)
}

func (s *Service) certificate(ctx context.Context, typed string) (figuresdb.Certificate, error) {
	number, err := s.parseNumber(typed)
	if err != nil {
		return figuresdb.Certificate{}, err
	}
	row, err := s.store().queries(ctx).GetCertificateByNumber(ctx, number)
	if err = db.Found(err); errors.Is(err, fault.ErrNotFound) {
		return figuresdb.Certificate{}, errUnknown
	}
	return row, err
}

// Revoke takes a certificate of the caller's back; once more changes nothing.
func (s *Service) Revoke(ctx context.Context, caller web.Caller, number string) error {
	own, err := s.Own(ctx, caller, number)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.store().queries(ctx).RevokeCertificate(ctx, figuresdb.RevokeCertificateParams{RevokedAt: db.Millis(s.DB.Now()), ID: own.id})
		return err
	})
}

// Check tells anyone who has a number whether the certificate is true now. Wrong numbers are counted against the
// client's address: 429 after too many.
func (s *Service) Check(ctx context.Context, typed string) (Check, error) {
	var row figuresdb.Certificate
	err := s.Guess(ctx, func() (err error) {
		row, err = s.certificate(ctx, typed)
		return err
	})
	if err != nil {
		return Check{}, err
	}
	made := Check{Number: inGroups(row.Number), State: CertificateState(row.State)}
	if made.State == Valid {
		taken, err := s.takenBack(ctx, row)
		if err != nil {
			return Check{}, err
		}
		if taken > 0 {
			made.State = Corrected
		}
		made.Name, made.PeriodTitle, made.Minutes, made.Grade = maskName(row.Name), periodTitle(row), row.Minutes, row.Grade
		made.MinutesNow, made.IssuedOn = max(0, row.Minutes-taken), dayText(db.Time(row.IssuedAt))
	}
	made.Verdict = verdicts[made.State]
	return made, nil
}

const codePixels = 320

// CertificatePaper gives one of the caller's certificates as an HTML page to print, with the QR code that leads to
// its check. 409 for one that was revoked.
func (s *Service) CertificatePaper(ctx context.Context, caller web.Caller, number string) ([]byte, error) {
	own, err := s.Own(ctx, caller, number)
	if err != nil {
		return nil, err
	}
	return certificatePaper(own)
}

func certificatePaper(own Certificate) ([]byte, error) {
	if own.State != Valid && own.State != Corrected {
		return nil, errRevoked
	}
	code, err := qrcode.Encode(own.QRText, qrcode.Medium, codePixels)
	if err != nil {
		return nil, fmt.Errorf("QR code of a certificate: %w", err)
	}
	return filled(certificateTemplate, map[string]any{"Certificate": own, "Link": own.QRText,
		"Code": template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code))})
}

// CheckPage is Check as a page for whoever scans the code of a certificate, in any browser. A refusal is told on
// the page too; the error comes along for the answer's status.
func (s *Service) CheckPage(ctx context.Context, number string) ([]byte, error) {
	check, err := s.Check(ctx, number)
	shown := map[string]any{"Check": check, "Refused": ""}
	var refusal *fault.Error
	if err != nil && !errors.As(err, &refusal) {
		return nil, err
	}
	if refusal != nil {
		shown["Refused"] = refusal.Detail
	}
	page, pageErr := filled(checkTemplate, shown)
	return page, errors.Join(err, pageErr)
}

// Export gives the certificates of a person, and those that went through the person's hands as a helper.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	kept := struct {
		Certificates []Certificate `json:"certificates"`
		Helped       []string      `json:"helped_with"`
	}{Certificates: []Certificate{}, Helped: []string{}}
	rows, err := s.store().queries(ctx).ListCertificatesOf(ctx, figuresdb.ListCertificatesOfParams{PersonID: personID, ID: web.LastID, Limit: mostExported})
	if err != nil {
		return nil, fmt.Errorf("certificates of a person: %w", err)
	}
	for _, row := range rows {
		one, err := s.shown(ctx, row)
		if err != nil {
			return nil, err
		}
		kept.Certificates = append(kept.Certificates, one)
	}
	helped, err := s.store().queries(ctx).CertificatesThroughHands(ctx, personID)
	for _, row := range helped {
		kept.Helped = append(kept.Helped, inGroups(row.Number))
	}
	return kept, err
}

const mostExported = 100_000

// Erase takes the name and the hours of a person who leaves off their certificates, in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	if err := s.store().queries(ctx).EraseCertificates(ctx, personID); err != nil {
		return fmt.Errorf("erase certificates: %w", err)
	}
	return nil
}

// HistoryAmong gives those of at most a few hundred people who have to do with a certificate.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}
