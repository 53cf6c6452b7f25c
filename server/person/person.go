// Package person holds who is known to the system: login, sessions, phone, home, cards, export and erasure.
package person

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Person is somebody as those who may see them do.
type Person struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	PhoneMasked string `json:"phone_masked" doc:"138****1234, empty without a phone"`
	Home        *Home  `json:"home" doc:"null without a home"`
	// HasWeChat tells whether the person can log in; who cannot has the card.
	HasWeChat          bool            `json:"has_wechat" doc:"Whether the person has logged in with WeChat"`
	LeaderboardConsent bool            `json:"leaderboard_consent"`
	PartyMember        bool            `json:"party_member" doc:"By the community's roster"`
	Roles              []web.RoleGrant `json:"roles" nullable:"false"`

	// HomePath is the path of the home region (see region.Region), empty without a home.
	HomePath string `json:"-"`

	phone         string
	openID        string
	homeChangedAt time.Time
	createdAt     time.Time
	erasedAt      time.Time
}

// Home is where a person belongs. RegionID is what was declared: a community or one of its grids.
type Home struct {
	RegionID      string `json:"region_id"`
	CommunityID   string `json:"community_id"`
	CommunityName string `json:"community_name"`
	GridName      string `json:"grid_name,omitempty"`
	Verified      bool   `json:"verified" doc:"Confirmed by the roster, a secretary or a grid worker"`
}

// homeScope is where the person's home is, for the permission check. Nobody's roles reach a person without
// a home.
func (p Person) homeScope() region.Scope { return region.In(region.Region{Path: p.HomePath}) }

func (p Person) communityID() string { return region.CommunityOf(p.HomePath) }

func (p Person) summary() Summary {
	return Summary{ID: p.ID, Name: p.Name, PhoneMasked: p.PhoneMasked}
}

// Summary is how those who may see a person see them in other rooms' answers.
type Summary struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	PhoneMasked string `json:"phone_masked,omitempty"`
}

// How a person is known from outside.
const (
	wechatIdentity = "wechat"
	phoneIdentity  = "phone"
)

const (
	longestName = 30
	// erasedName is what a person is called who has left.
	erasedName = "已注销居民"
)

// nameForNewcomer is what a person is called until they say their name.
func nameForNewcomer(id string) string { return "居民" + id[len(id)-4:] }

func checkName(check *fault.Check, name *string) {
	check.Text("name", "姓名", name, 1, longestName)
	check.That(!strings.ContainsAny(*name, "\n\t"), "name", "姓名要写在一行里")
}

// longestSearchName is what the database's column takes.
const longestSearchName = 120

// SearchName is a name as it is searched: letters and digits only, lower case, one width, so that
// "买买提·艾力" is found with any dot or none.
func SearchName(name string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
	letters := []rune(plain)
	return string(letters[:min(len(letters), longestSearchName)])
}

var mainlandPhone = regexp.MustCompile(`^1[0-9]{10}$`)

// Phone takes a mainland number as people write it, with spaces, dashes or +86, and gives its 11 digits; false when
// it is none.
func Phone(written string) (phone string, ok bool) {
	phone = plainPhone(written)
	return phone, mainlandPhone.MatchString(phone)
}

// checkPhone takes a mainland number as people write it, with spaces, dashes or +86, and leaves its 11 digits.
func checkPhone(check *fault.Check, phone *string) {
	plain, ok := Phone(*phone)
	*phone = plain
	check.That(ok, "phone", "请填写11位手机号")
}

func plainPhone(phone string) string {
	return strings.TrimPrefix(strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(phone)), "+86")
}

// MaskPhone shows what is enough to tell one's own number from another: 138****1234.
func MaskPhone(phone string) string {
	const first, last = 3, 4
	if phone == "" {
		return ""
	}
	if len(phone) < first+last+2 {
		return "****"
	}
	return phone[:first] + "****" + phone[len(phone)-last:]
}

// homeRest is how long a home stays before it can move to another community again.
const homeRest = 30 * 24 * time.Hour

// moveHome tells when the home will have moved from one community to another for the last time, once it moves
// from one path to another now. The first declaration and a move within the community are no such move. 409
// home.too_soon within 30 days of the one before.
func moveHome(from, to string, changedAt, now time.Time) (time.Time, error) {
	if from == "" || region.CommunityOf(from) == region.CommunityOf(to) {
		return changedAt, nil
	}
	allowedAt := changedAt.Add(homeRest)
	if !changedAt.IsZero() && now.Before(allowedAt) {
		return changedAt, homeTooSoon(allowedAt)
	}
	return now, nil
}

func homeTooSoon(allowedAt time.Time) error {
	day := allowedAt.In(db.Shanghai)
	return fault.New(fault.Conflict, "home.too_soon",
		fmt.Sprintf("30天内只能换一次社区,%d月%d日起可以再改", day.Month(), day.Day()))
}

// search is what a list of people is narrowed by: patterns for a name and a phone, one of which must fit.
type search struct {
	name, phone string
}

// matchesNothing fits no name and no phone: both are without this sign.
const matchesNothing = "-"

// everybody is the search that leaves nobody out.
var everybody = search{name: "%", phone: matchesNothing}

// parseSearch reads what was typed: part of a name, a whole phone number, or its last four digits.
func parseSearch(typed string) search {
	if strings.TrimSpace(typed) == "" {
		return everybody
	}
	wanted := search{name: matchesNothing, phone: matchesNothing}
	if name := SearchName(typed); name != "" {
		wanted.name = db.Contains(name)
	}
	switch phone := plainPhone(typed); {
	case lastDigits.MatchString(phone):
		wanted.phone = "%" + phone
	case mainlandPhone.MatchString(phone):
		wanted.phone = phone
	}
	return wanted
}

var lastDigits = regexp.MustCompile(`^[0-9]{4}$`)
