package figures

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/region"
	"fivestar/server/ticket"
	"fivestar/server/web"
)

// Figure is one number of a bulletin, with all that is needed to answer for it.
type Figure struct {
	Key   string `json:"key" doc:"GET /regions/{id}/bulletin/{key} lists what it was counted from"`
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Value int64  `json:"value"`
	How   string `json:"how" doc:"How it is counted, in a Chinese sentence"`
	// Of is the figure that this one is a share of: the denominator.
	Of      *Share  `json:"of,omitempty"`
	LeftOut []Share `json:"left_out,omitempty" nullable:"false" doc:"What is not in it, and why"`
	// DividedBy says what Parts are.
	DividedBy division `json:"divided_by,omitempty" enum:"star,team,category"`
	Parts     []Part   `json:"parts,omitempty" nullable:"false"`
}

// Share is another figure that a figure is seen beside. Its key has a list too.
type Share struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Value int64  `json:"value"`
}

// Part is what a star, a team or a category has of a figure.
type Part struct {
	Key   string `json:"key" doc:"The part= of its list"`
	Name  string `json:"name"`
	Value int64  `json:"value"`
}

// Section is a heading of a bulletin with its figures.
type Section struct {
	Key     string   `json:"key" enum:"tasks,activities,tickets,points"`
	Name    string   `json:"name"`
	Figures []Figure `json:"figures" nullable:"false"`
}

// Place is what a bulletin is of.
type Place struct {
	ID   string      `json:"id"`
	Name string      `json:"name"`
	Kind region.Kind `json:"kind" enum:"city,district,street,community"`
}

// Period is when a bulletin is of.
type Period struct {
	Name  string    `json:"name" example:"2026-W47"`
	Unit  Unit      `json:"unit" enum:"week,month,quarter"`
	Title string    `json:"title"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to" doc:"The moment after its last"`
	Ended bool      `json:"ended"`
}

// Bulletin are the figures of a place in a period.
type Bulletin struct {
	Name        string    `json:"name" doc:"周通报, 月调度 or 季观摩"`
	Region      Place     `json:"region"`
	Period      Period    `json:"period"`
	Communities int       `json:"communities" doc:"How many communities the figures are of"`
	Sections    []Section `json:"sections" nullable:"false"`
	PaperURL    string    `json:"paper_url" doc:"The page to print, open to whoever has the link, for an hour"`
}

// CommunityBulletin is what one community has in the bulletin of the place above it.
type CommunityBulletin struct {
	Region  Place   `json:"region"`
	Figures []Share `json:"figures" nullable:"false" doc:"All but those told only as left out of others"`
}

// noStar is the part of what belongs to none of the stars.
const noStar = "none"

func (p *Period) of(in span, now time.Time) {
	*p = Period{Name: in.name, Unit: in.unit, Title: in.title, From: in.from.UTC(), To: in.to.UTC(), Ended: !now.Before(in.to)}
}

// place gives a region whose figures the caller may see, and the period asked for. 422 for a grid, which has none
// of its own.
func (s *Service) place(ctx context.Context, caller web.Caller, regionID, period string) (region.Region, span, error) {
	at, err := s.Regions.Require(ctx, caller, region.SeeFigures, regionID)
	if err != nil {
		return region.Region{}, span{}, err
	}
	if at.Kind == region.Grid {
		return region.Region{}, span{}, fault.InvalidField("region_id", "网格没有自己的通报，请看所在的社区")
	}
	in, err := parseSpan(period, s.DB.Now())
	return at, in, err
}

// communities are those at or below a region, by their ids.
func (s *Service) communities(ctx context.Context, at region.Region) ([]string, error) {
	if at.Kind == region.Community {
		return []string{at.ID}, nil
	}
	from, to := region.PathRange(at.Path)
	rows, err := s.store().queries(ctx).CommunitiesIn(ctx, figuresdb.CommunitiesInParams{FromPath: from, ToPath: to})
	if err != nil {
		return nil, fmt.Errorf("communities of a region: %w", err)
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids, nil
}

// Bulletin gives the figures of a community, or of all communities below a region together.
func (s *Service) Bulletin(ctx context.Context, caller web.Caller, regionID, period string) (Bulletin, error) {
	at, in, err := s.place(ctx, caller, regionID, period)
	if err != nil {
		return Bulletin{}, err
	}
	return s.bulletin(ctx, at, in)
}

func (s *Service) bulletin(ctx context.Context, at region.Region, in span) (Bulletin, error) {
	communities, err := s.communities(ctx, at)
	if err != nil {
		return Bulletin{}, err
	}
	counted, err := s.store().count(ctx, communities, in)
	if err != nil {
		return Bulletin{}, err
	}
	sum := counted.sum()
	named, err := s.namesOfParts(ctx, at, sum)
	if err != nil {
		return Bulletin{}, err
	}
	made := Bulletin{Name: bulletinNames[in.unit], Region: Place{at.ID, at.Name, at.Kind}, Communities: len(communities), PaperURL: s.linkOf(at, in)}
	made.Period.of(in, s.DB.Now())
	for _, group := range groups {
		section := Section{Key: group.key, Name: group.name}
		for _, figure := range group.figures {
			if !figure.inside {
				section.Figures = append(section.Figures, figure.told(sum, named))
			}
		}
		made.Sections = append(made.Sections, section)
	}
	return made, nil
}

func (d definition) share(of tally) Share {
	return Share{Key: d.key, Name: d.name, Unit: d.unit, Value: of[cell{d.key, noPart}]}
}

func (d definition) told(counted tally, named names) Figure {
	share := d.share(counted)
	figure := Figure{Key: share.Key, Name: share.Name, Unit: share.Unit, Value: share.Value, How: d.how}
	if d.of != "" {
		whole, _ := define(d.of)
		of := whole.share(counted)
		figure.Of = &of
	}
	for _, key := range d.leftOut {
		left, _ := define(key)
		figure.LeftOut = append(figure.LeftOut, left.share(counted))
	}
	for _, part := range named[d.parts] {
		value := counted[cell{d.key, part.stored}]
		if value != 0 || part.always {
			figure.DividedBy = d.parts
			figure.Parts = append(figure.Parts, Part{Key: part.key, Name: part.name, Value: value})
		}
	}
	return figure
}

// namedPart is a part as it is told and as it is stored.
type namedPart struct {
	key, name, stored string
	always            bool // also when there is nothing in it
}

// names are the parts that figures may be divided in.
type names map[division][]namedPart

// storedPart is a part from outside as the tables have it; noPart for none asked for.
func storedPart(part string) string {
	switch part {
	case "":
		return noPart
	case noStar:
		return ""
	}
	return part
}

func (s *Service) namesOfParts(ctx context.Context, at region.Region, counted tally) (names, error) {
	named := names{byStar: starParts(at)}
	for _, category := range ticket.Categories {
		named[byCategory] = append(named[byCategory], namedPart{key: string(category.Code), name: category.Name, stored: string(category.Code)})
	}
	if at.Kind != region.Community { // their teams are told of by the communities
		return named, nil
	}
	teams := partsOf(counted, "activities_held", "team_minutes")
	rows, err := s.store().queries(ctx).TeamNames(ctx, append(teams, ""))
	if err != nil {
		return nil, fmt.Errorf("names of teams: %w", err)
	}
	for _, row := range rows {
		named[byTeam] = append(named[byTeam], namedPart{key: row.ID, name: row.Name, stored: row.ID})
	}
	named[byTeam] = append(named[byTeam], namedPart{key: noStar, name: "社区自己吹哨的", stored: ""})
	return named, nil
}

// starParts are a community's five stars, whether anything is under them or not; above it, those that something
// is under, of villages and of urban communities.
func starParts(at region.Region) []namedPart {
	var parts []namedPart
	for _, named := range at.Stars {
		parts = append(parts, namedPart{key: string(named.Star), name: named.Name, stored: string(named.Star), always: true})
	}
	if parts == nil {
		for _, named := range region.EveryStar() {
			parts = append(parts, namedPart{key: string(named.Star), name: named.Name, stored: string(named.Star)})
		}
	}
	return append(parts, namedPart{key: noStar, name: "不分星", stored: ""})
}

// partsOf are the parts that some figures have, in an order of their own.
func partsOf(counted tally, figures ...string) []string {
	found := map[string]bool{}
	for cell := range counted {
		if cell.part != noPart && slices.Contains(figures, cell.key) {
			found[cell.part] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func categoryName(code string) string {
	for _, known := range ticket.Categories {
		if string(known.Code) == code {
			return known.Name
		}
	}
	return code
}

// Communities gives what each community below a region has in its bulletin, side by side in the order of the
// tree: nobody is ranked.
func (s *Service) Communities(ctx context.Context, caller web.Caller, regionID, period string, query web.PageQuery) (web.Page[CommunityBulletin], error) {
	at, in, err := s.place(ctx, caller, regionID, period)
	if err != nil {
		return web.Page[CommunityBulletin]{}, err
	}
	communities, err := s.Regions.Communities(ctx, at, query)
	if err != nil {
		return web.Page[CommunityBulletin]{}, err
	}
	rows, err := s.sideBySide(ctx, communities.Items, in)
	return web.Page[CommunityBulletin]{Items: rows, NextCursor: communities.NextCursor}, err
}

func (s *Service) sideBySide(ctx context.Context, communities []region.Region, in span) ([]CommunityBulletin, error) {
	ids := make([]string, len(communities))
	for i, community := range communities {
		ids[i] = community.ID
	}
	counted, err := s.store().count(ctx, ids, in)
	rows := make([]CommunityBulletin, len(communities))
	for i, community := range communities {
		rows[i] = CommunityBulletin{Region: Place{community.ID, community.Name, community.Kind}, Figures: []Share{}}
		for _, group := range groups {
			for _, figure := range group.figures {
				if !figure.inside {
					rows[i].Figures = append(rows[i].Figures, figure.share(counted[community.ID]))
				}
			}
		}
	}
	return rows, err
}

// Rows lists exactly what a figure was counted from: the amounts of all rows add up to it. part narrows the list to
// one of the figure's parts. 404 for a figure that there is not.
func (s *Service) Rows(ctx context.Context, caller web.Caller, regionID, key, period, part string, query web.PageQuery) (web.Page[Row], error) {
	at, in, err := s.place(ctx, caller, regionID, period)
	if err != nil {
		return web.Page[Row]{}, err
	}
	figure, known := define(key)
	if !known {
		return web.Page[Row]{}, fault.ErrNotFound
	}
	if part != "" && figure.parts == whole {
		return web.Page[Row]{}, fault.InvalidField("part", "这个数字不分类，请看全部")
	}
	list := "bulletin " + key + " " + in.name + " " + part
	after, err := positionAfter(list, query)
	if err != nil {
		return web.Page[Row]{}, err
	}
	communities, err := s.communities(ctx, at)
	if err != nil || len(communities) == 0 {
		return web.Page[Row]{Items: []Row{}}, err
	}
	rows, err := figure.rows(s.store(), ctx, rowsQuery{communities: communities, in: in, part: storedPart(part), after: after, limit: int32(query.Limit + 1)})
	if err != nil {
		return web.Page[Row]{}, fmt.Errorf("list %s: %w", list, err)
	}
	page := web.NewPage(list, rows, query.Limit, Row.keys)
	return page, s.name(ctx, page.Items)
}

// keys say where a list goes on: people have no time and are in the order of their communities.
func (r Row) keys() []string {
	return []string{strconv.FormatInt(db.Millis(r.At), 10), r.RegionID, r.key}
}

func positionAfter(list string, query web.PageQuery) (position, error) {
	keys, err := query.After(list, 3)
	if err != nil || keys == nil {
		return position{}, err
	}
	at, err := strconv.ParseInt(keys[0], 10, 64)
	if err != nil {
		return position{}, web.ErrCursor
	}
	return position{at: at, community: keys[1], id: keys[2]}, nil
}

// name tells what the people and the communities of rows are called.
func (s *Service) name(ctx context.Context, rows []Row) error {
	var people, regions []string
	for _, row := range rows {
		regions = append(regions, row.RegionID)
		if row.PersonID != "" {
			people = append(people, row.PersonID)
		}
	}
	called, err := s.People.Names(ctx, distinct(people))
	if err != nil {
		return err
	}
	found, err := s.Regions.GetMany(ctx, distinct(regions))
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].PersonName = called[rows[i].PersonID]
		at := slices.IndexFunc(found, func(r region.Region) bool { return r.ID == rows[i].RegionID })
		if at >= 0 {
			rows[i].RegionName = found[at].Name
		}
	}
	return nil
}

func distinct(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
