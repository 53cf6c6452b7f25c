// Package region holds the tree that everything hangs in, the organisations and role grants in it, what a
// community has set for itself, and the one permission check.
package region

import (
	"slices"
	"strings"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// Kind is a region's level in the tree.
type Kind string

// The five levels, top first.
const (
	City      Kind = "city"
	District  Kind = "district"
	Street    Kind = "street"
	Community Kind = "community"
	Grid      Kind = "grid"
)

// childKind is the only kind that may hang below each.
var childKind = map[Kind]Kind{City: District, District: Street, Street: Community, Community: Grid}

// CommunityKind decides which five stars apply.
type CommunityKind string

const (
	Village CommunityKind = "village"
	Urban   CommunityKind = "urban"
)

// Star is one of the five that a community works for.
type Star string

const (
	StrongBranch      Star = "strong_branch"
	ThrivingIndustry  Star = "thriving_industry"
	ThrivingBusiness  Star = "thriving_business"
	LivableEcology    Star = "livable_ecology"
	SafetyLaw         Star = "safety_law"
	Civility          Star = "civility"
	Harmony           Star = "harmony"
	starsPerCommunity      = 5
)

// NamedStar is a star with what people call it.
type NamedStar struct {
	Star Star   `json:"star"`
	Name string `json:"name"`
}

var stars = map[CommunityKind][starsPerCommunity]NamedStar{
	Village: {
		{StrongBranch, "支部过硬"}, {ThrivingIndustry, "产业兴旺"}, {LivableEcology, "生态宜居"},
		{SafetyLaw, "平安法治"}, {Civility, "文明幸福"},
	},
	Urban: {
		{StrongBranch, "支部过硬"}, {ThrivingBusiness, "宜业兴业"}, {LivableEcology, "生态宜居"},
		{SafetyLaw, "平安法治"}, {Harmony, "幸福和谐"},
	},
}

// EveryStar are the stars of villages and of urban communities together, each once, in the order of the five.
func EveryStar() []NamedStar {
	var all []NamedStar
	for i := range starsPerCommunity {
		for _, named := range []NamedStar{stars[Village][i], stars[Urban][i]} {
			if !slices.Contains(all, named) {
				all = append(all, named)
			}
		}
	}
	return all
}

// Region is a node of the tree.
type Region struct {
	ID            string        `json:"id"`
	ParentID      string        `json:"parent_id,omitempty"`
	Kind          Kind          `json:"kind" enum:"city,district,street,community,grid"`
	CommunityKind CommunityKind `json:"community_kind,omitempty" enum:"village,urban"`
	Name          string        `json:"name"`
	Stars         []NamedStar   `json:"stars,omitempty" doc:"The five stars, on a community"`
	// Path holds the ids from the city down to this region, each between slashes.
	Path string `json:"-"`
}

// Within tells whether the region is ancestorID or lies below it.
func (r Region) Within(ancestorID string) bool { return PathWithin(r.Path, ancestorID) }

// PathWithin tells whether a path leads through ancestorID. An empty path leads nowhere.
func PathWithin(path, ancestorID string) bool {
	return ancestorID != "" && strings.Contains(path, "/"+ancestorID+"/")
}

// communityLevel is a community's place in a path, counted from the city.
const communityLevel = 3

// CommunityOf is the id of the community that a path leads through, empty above one.
func CommunityOf(path string) string { return levelOf(path, communityLevel) }

// StreetOf is the id of the street that a path leads through, empty above one.
func StreetOf(path string) string { return levelOf(path, communityLevel-1) }

// Above are the ids of the street, the district and the city that a path leads through, to a community or below.
func Above(path string) []string {
	ids := strings.Split(strings.Trim(path, "/"), "/")
	return ids[:min(len(ids), communityLevel)]
}

func levelOf(path string, level int) string {
	ids := strings.Split(strings.Trim(path, "/"), "/")
	if len(ids) <= level {
		return ""
	}
	return ids[level]
}

// HasStar tells whether star is one of the five that apply to the region's community. Only a community has
// stars.
func (r Region) HasStar(star Star) bool {
	for _, named := range r.Stars {
		if named.Star == star {
			return true
		}
	}
	return false
}

// CheckStar is 422 input.invalid unless star applies to the community.
func (r Region) CheckStar(star Star) error {
	if r.HasStar(star) {
		return nil
	}
	return fault.InvalidField("star", "这个社区没有这颗星，请从五颗星里选")
}

// OrganisationKind tells what an organisation is to a community.
type OrganisationKind string

const (
	Partner  OrganisationKind = "partner"
	Merchant OrganisationKind = "merchant"
	Social   OrganisationKind = "social"
)

// Organisation is who takes dispatched tickets: a partner, a merchant or a social organisation.
type Organisation struct {
	ID       string           `json:"id"`
	RegionID string           `json:"region_id"`
	Name     string           `json:"name"`
	Kind     OrganisationKind `json:"kind" enum:"partner,merchant,social"`
}

// Grant is a role grant as the people who manage roles see it.
type Grant struct {
	web.RoleGrant
	PersonID   string `json:"person_id"`
	PersonName string `json:"person_name,omitempty" doc:"In lists"`
	GrantedBy  string `json:"granted_by"`
}
