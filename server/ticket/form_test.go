package ticket_test

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"
)

func TestTheFormPrintsFourPartsAndNothingElse(t *testing.T) {
	s := newScene(t)
	const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&`
	id := s.raise(s.resident, fields{"text": "三楼的灯不亮" + hostile, "show_name": false, "place": hostile})
	s.vote(s.neighbour, id).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, id, "progress", fields{"phase": "before", "text": "量过了" + hostile}).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK)
	s.review(s.resident, id, 4, "partly").Want(http.StatusOK)
	s.Tick()
	answer := s.neighbour.Get("/tickets/" + id + "/form").Want(http.StatusOK)
	page := string(answer.Body)
	for _, want := range []string{
		"样板社区服务四联单", "20261122-0001", "公共设施", "1 人附议", "第一联 点单", "第二联 派单", "第三联 接单", "第四联 评单",
		"三楼的灯不亮&lt;script&gt;", "样板联建单位", "限2026-11-24 10:00前办结", "办理前", "量过了", "换了灯泡", "4分", "部分解决",
		"一位居民", "2026-11-22 10:00",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the form does not hold %q", want)
		}
	}
	if strings.Contains(page, "样例resident") {
		t.Error("a neighbour's form names the raiser")
	}
	if !strings.Contains(string(s.secretary.Get("/tickets/"+id+"/form").Want(http.StatusOK).Body), "样例resident") {
		t.Error("the desk's form does not name the raiser")
	}
	lower := strings.ToLower(page)
	for _, banned := range []string{"<script", "<link", "<iframe", "@import", "url(", "onerror=a", "http:", "https:", "javascript:"} {
		rest := strings.ReplaceAll(lower, "onerror=alert(2)&gt;", "")
		if strings.Contains(rest, banned) {
			t.Errorf("the form holds %q", banned)
		}
	}
	if got := strings.Count(lower, "<img"); got != 1 {
		t.Errorf("%d images, want the QR code alone", got)
	}
	if got := answer.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("content type %q", got)
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	if style == nil {
		t.Fatal("no style")
	}
	digest := sha256.Sum256([]byte(style[1]))
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "img-src data:", "style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q does not say %q", policy, want)
		}
	}
	code, err := qrcode.Encode(strings.TrimSuffix(s.URL, "/api/v1")+"/tickets/"+id, qrcode.Medium, 264)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(html.UnescapeString(page), "data:image/png;base64,"+base64.StdEncoding.EncodeToString(code)) {
		t.Error("the QR code does not lead to the ticket's page")
	}
}

func TestAFormOfANewTicketHasRoomForTheRest(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	page := string(s.resident.Get("/tickets/" + id + "/form").Want(http.StatusOK).Body)
	if got := strings.Count(page, "(尚未填写)"); got != 3 {
		t.Errorf("%d empty parts, want 3", got)
	}
}
