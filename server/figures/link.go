package figures

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"fivestar/server/fault"
	"fivestar/server/region"
)

// A page to print is opened on another screen than the phone that asked for it: a link to it holds for a while by
// its signature, and needs no session.
const (
	paperPurpose  = "paper"
	paperLinkLife = time.Hour

	bulletinPaperPath    = "/papers/bulletin"
	certificatePaperPath = "/papers/certificate"
)

var errLink = fault.New(fault.NotFound, "paper.link_ended", "打印链接已经失效，请在手机上重新复制")

// paperLink is the address of a page to print, for an hour.
func (s *Service) paperLink(path string, parts ...string) string {
	until := strconv.FormatInt(s.DB.Now().Add(paperLinkLife).Unix(), 10)
	query := url.Values{"part": parts, "until": {until}, "signature": {s.Key.Signature(paperPurpose, append(parts, path, until)...)}}
	return s.PublicURL + path + "?" + query.Encode()
}

// linkedParts gives what a link is of; paper.link_ended for one that the server did not make, or that is over.
func (s *Service) linkedParts(path string, query url.Values, count int) ([]string, error) {
	parts, until := query["part"], query.Get("until")
	if len(parts) != count || !s.Key.Verify(query.Get("signature"), paperPurpose, append(append([]string{}, parts...), path, until)...) {
		return nil, errLink
	}
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil || s.DB.Now().After(time.Unix(seconds, 0)) {
		return nil, errLink
	}
	return parts, nil
}

// linkedBulletin is the page that the link of a bulletin leads to.
func (s *Service) linkedBulletin(ctx context.Context, query url.Values) ([]byte, error) {
	parts, err := s.linkedParts(bulletinPaperPath, query, 2)
	if err != nil {
		return nil, err
	}
	at, err := s.Regions.Get(ctx, parts[0])
	if err != nil {
		return nil, err
	}
	in, err := parseSpan(parts[1], s.DB.Now())
	if err != nil {
		return nil, err
	}
	return s.paper(ctx, at, in)
}

// linkedCertificate is the page that the link of a certificate leads to.
func (s *Service) linkedCertificate(ctx context.Context, query url.Values) ([]byte, error) {
	parts, err := s.linkedParts(certificatePaperPath, query, 1)
	if err != nil {
		return nil, err
	}
	row, err := s.certificate(ctx, parts[0])
	if err != nil {
		return nil, err
	}
	shown, err := s.shown(ctx, row)
	if err != nil {
		return nil, err
	}
	return certificatePaper(shown)
}

func (s *Service) linkOf(at region.Region, in span) string {
	return s.paperLink(bulletinPaperPath, at.ID, in.name)
}
