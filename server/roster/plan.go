package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"fivestar/server/person"
	"fivestar/server/region"
)

// state is what a roster says of a person.
type state struct {
	Name        string `json:"name"`
	Phone       string `json:"phone"`
	HomeID      string `json:"home_id"`
	Verified    bool   `json:"verified"`
	PartyMember bool   `json:"party_member"`
	Household   place  `json:"household"`
	Relation    string `json:"relation"`
}

// resident is a person whom a roster may be about.
type resident struct {
	person.Listed
	household place
	relation  string
}

func (r resident) state() state {
	return state{Name: r.Name, Phone: r.Phone, HomeID: r.HomeID, Verified: !r.VerifiedAt.IsZero(), PartyMember: r.PartyMember,
		Household: r.household, Relation: r.relation}
}

// knownHousehold is a household that is there already.
type knownHousehold struct {
	id, number                 string
	contactID, contactPersonID string
}

// known is what a plan is made by.
type known struct {
	community region.Region
	grids     []region.Region
	// people are those of the community, and owners of the file's phones who have no home.
	people map[string]resident
	// elsewhere are the phones of people whose home is in another community. Nothing else is known of those.
	elsewhere  map[string]bool
	households map[place]knownHousehold // by key
	// callerID is who imports, who cannot verify their own home.
	callerID string
}

// step is what is to be done about a row.
type step struct {
	Row      Row     `json:"row"`
	Outcome  Outcome `json:"outcome"`
	PersonID string  `json:"person_id,omitempty"` // empty for who is new
	Message  string  `json:"message,omitempty"`
	Before   state   `json:"before"`
	After    state   `json:"after"`
	// Contact is set on the row that gives a household another contact.
	Contact *contactStep `json:"contact,omitempty"`
}

// contactStep is a household's contact before and after: people by their ids, or the row of one who is new.
type contactStep struct {
	FormerID string `json:"former_id,omitempty"` // of the link
	Former   string `json:"former,omitempty"`    // the person's name
	PersonID string `json:"person_id,omitempty"`
	Row      int    `json:"row,omitempty"`
	Name     string `json:"name"`
}

// planner decides row by row.
type planner struct {
	known
	gridNames map[string]region.Region
	byPhone   map[string]resident
	byName    map[string][]resident           // of the community, by name as it is searched
	byPlace   map[place]map[string][]resident // the same, by household
	places    map[string][]place              // households by number, in whichever grid
	taken     map[string]int                  // rows by what must not come twice
	unknown   []string                        // names of grids
	steps     []step
}

// plan decides what is to be done about each row. It depends on nothing but rows and known.
func plan(rows []Row, k known) (steps []step, unknownGrids []string) {
	p := &planner{known: k, gridNames: map[string]region.Region{}, byPhone: map[string]resident{}, byName: map[string][]resident{},
		byPlace: map[place]map[string][]resident{}, places: map[string][]place{}, taken: map[string]int{}}
	for _, grid := range k.grids {
		p.gridNames[gridKey(grid.Name)] = grid
	}
	for _, id := range sortedIDs(k.people) {
		p.add(k.people[id])
	}
	for _, row := range rows {
		p.steps = append(p.steps, p.step(row))
	}
	p.settleContacts()
	return p.steps, p.unknown
}

func sortedIDs(people map[string]resident) []string {
	ids := make([]string, 0, len(people))
	for id := range people {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (p *planner) add(one resident) {
	if one.Phone != "" {
		p.byPhone[one.Phone] = one
	}
	if one.HomeID == "" {
		return
	}
	name := person.SearchName(one.Name)
	p.byName[name] = append(p.byName[name], one)
	if one.household != (place{}) {
		key := one.household.key()
		if p.byPlace[key] == nil {
			p.byPlace[key] = map[string][]resident{}
			p.places[key.Number] = append(p.places[key.Number], key)
		}
		p.byPlace[key][name] = append(p.byPlace[key][name], one)
	}
}

// mostToldOf is how many unknown grids, or sheets that were not read, a preview names.
const mostToldOf = 50

// gridKey is a grid's name as it is compared.
func gridKey(name string) string { return strings.ToLower(withoutBlanks(norm.NFKC.String(name))) }

// grid finds a grid by its name, which may have the community's before it or lack the word.
func (p *planner) grid(name string) (region.Region, bool) {
	plain := strings.TrimPrefix(gridKey(name), gridKey(p.community.Name))
	for _, spelling := range []string{gridKey(name), plain, plain + "网格"} {
		if grid, ok := p.gridNames[spelling]; ok {
			return grid, true
		}
	}
	return region.Region{}, false
}

func refused(row Row, message string) step {
	return step{Row: row, Outcome: Faulty, Message: message}
}

func (p *planner) step(row Row) step {
	if row.Fault != "" {
		return refused(row, row.Fault)
	}
	gridID := ""
	if row.Grid != "" {
		grid, ok := p.grid(row.Grid)
		if !ok {
			if len(p.unknown) < mostToldOf && !slices.Contains(p.unknown, row.Grid) {
				p.unknown = append(p.unknown, row.Grid)
			}
			return refused(row, "本社区没有叫「"+shorten(row.Grid)+"」的网格")
		}
		gridID = grid.ID
	}
	if row.Contact != "" && row.Household == "" {
		return refused(row, "写了联系党员，没有写户号或住址")
	}
	if number, twice := p.taken["phone "+row.Phone]; twice && row.Phone != "" {
		return refused(row, fmt.Sprintf("和第%d行的手机号相同", number))
	}
	found, message := p.find(row, gridID)
	if message != "" {
		return refused(row, message)
	}
	planned := step{Row: row, Outcome: Created, PersonID: found.ID, Before: found.state(), After: p.after(row, gridID, found)}
	if message := p.take(row, planned); message != "" {
		return refused(row, message)
	}
	if found.ID != "" {
		planned.Outcome = Unchanged
		if planned.Before != planned.After {
			planned.Outcome = Updated
		}
	}
	return planned
}

// find gives the person whom a row is about, nobody for somebody new, or what stands in the way.
func (p *planner) find(row Row, gridID string) (found resident, message string) {
	if p.elsewhere[row.Phone] {
		return resident{}, "这个手机号已在别处登记，请本人在微信里把常住社区改到这里"
	}
	if owner, ok := p.byPhone[row.Phone]; ok && row.Phone != "" {
		return owner, ""
	}
	if row.Household != "" {
		return p.findInHousehold(row, gridID)
	}
	if row.Phone != "" {
		return resident{}, ""
	}
	return p.findByName(row, gridID)
}

// findInHousehold looks for a row's person, whose phone nobody has, among those of the household by name.
func (p *planner) findInHousehold(row Row, gridID string) (resident, string) {
	name := person.SearchName(row.Name)
	there := p.byPlace[place{gridID, row.Household}.key()][name]
	if gridID == "" { // the row does not say the grid: the household may be in any
		for _, at := range p.places[numberKey(row.Household)] {
			if at.GridID != "" {
				there = append(slices.Clone(there), p.byPlace[at][name]...)
			}
		}
	}
	switch {
	case len(there) > 1:
		return resident{}, "这一户已有两位同名的人，请写手机号"
	case len(there) == 1 && row.Phone != "" && there[0].Phone != "":
		return resident{}, "这一户已有同名的人，登记的是别的手机号；换号请本人在微信里办"
	case len(there) == 1:
		return there[0], ""
	case row.Phone != "":
		return resident{}, ""
	}
	row.Household = ""
	return p.findByName(row, gridID)
}

// findByName looks for a row's person, who has no phone, among those of the community who belong to no household.
func (p *planner) findByName(row Row, gridID string) (resident, string) {
	var candidates []resident
	for _, one := range p.byName[person.SearchName(row.Name)] {
		if one.household == (place{}) && (gridID == "" || one.HomeID == gridID || one.HomeID == p.community.ID) {
			candidates = append(candidates, one)
		}
	}
	switch {
	case len(candidates) == 0:
		return resident{}, ""
	case len(candidates) > 1:
		return resident{}, fmt.Sprintf("本社区已有%d位「%s」，请写手机号，好知道是哪一位", len(candidates), row.Name)
	case candidates[0].Phone != "":
		return resident{}, fmt.Sprintf("本社区已有一位「%s」（%s），是同一位请写手机号，不是请写户号或住址", row.Name, person.MaskPhone(candidates[0].Phone))
	}
	return candidates[0], ""
}

// after is what a person is once the row is taken.
func (p *planner) after(row Row, gridID string, found resident) state {
	after := found.state()
	if found.HomeID == "" {
		after.HomeID = p.community.ID
	}
	if gridID != "" {
		after.HomeID = gridID
	}
	after.Verified = after.Verified || found.ID == "" || found.ID != p.callerID
	if person.SearchName(row.Name) != person.SearchName(found.Name) {
		after.Name = row.Name
	}
	if row.Phone != "" {
		after.Phone = row.Phone
	}
	if row.Membership != "" {
		after.PartyMember = row.Membership == Member
	}
	if row.Household != "" {
		at := place{Number: row.Household}
		if after.HomeID != p.community.ID {
			at.GridID = after.HomeID
		}
		if at.key() != found.household.key() {
			if there, ok := p.households[at.key()]; ok {
				at.Number = there.number
			}
			after.Household, after.Relation = at, ""
		}
	}
	if row.Relation != "" && after.Household != (place{}) {
		after.Relation = row.Relation
	}
	return after
}

// take notes what must not come a second time, and says so when it has.
func (p *planner) take(row Row, planned step) string {
	var keys []string
	if planned.PersonID != "" {
		keys = append(keys, "person "+planned.PersonID)
	}
	at := planned.After.Household.key()
	name := "name " + person.SearchName(row.Name) + " in " + planned.After.HomeID + " at " + at.Number
	if row.Phone == "" {
		keys = append(keys, name)
	}
	for _, key := range keys {
		if number, twice := p.taken[key]; twice {
			return fmt.Sprintf("和第%d行是同一个人", number)
		}
	}
	if at != (place{}) { // one without a phone must not come after one with it either
		keys = append(keys, name)
	}
	if row.Phone != "" {
		keys = append(keys, "phone "+row.Phone)
	}
	for _, key := range keys {
		if p.taken[key] == 0 {
			p.taken[key] = row.Number
		}
	}
	return ""
}

// candidate is somebody who may be a household's contact.
type candidate struct {
	personID string
	row      int
	name     string
}

// settleContacts finds the Party members whom rows name as contacts. A row whose contact is not found is faulty; the
// person of that row is then no contact for others, so that it is gone through until nothing more falls out.
func (p *planner) settleContacts() {
	for {
		members := p.partyMembers()
		first := map[place]int{} // index of the step that names the household's contact first
		isSettled := true
		for i := range p.steps {
			one := &p.steps[i]
			if one.Outcome == Faulty || one.Row.Contact == "" {
				continue
			}
			if message := p.settleContact(one, i, members, first); message != "" {
				*one, isSettled = refused(one.Row, message), false
			}
		}
		if isSettled {
			return
		}
	}
}

func (p *planner) settleContact(one *step, i int, members map[string][]candidate, first map[place]int) (message string) {
	one.Contact = nil
	named := one.Row.Contact
	found := members[named]
	if _, isPhone := person.Phone(named); !isPhone {
		found = members[person.SearchName(named)]
	}
	switch {
	case len(found) == 0:
		return "本社区没有党员「" + shownContact(named) + "」，请先在名单里写上TA是党员"
	case len(found) > 1:
		return fmt.Sprintf("有%d位党员叫「%s」，请写联系党员的手机号", len(found), shownContact(named))
	}
	at := one.After.Household.key()
	if earlier, ok := first[at]; ok {
		if p.steps[earlier].Row.Contact != named {
			return fmt.Sprintf("和第%d行是一户，联系党员却不同", p.steps[earlier].Row.Number)
		}
		return ""
	}
	first[at] = i
	now := p.households[at]
	if now.contactPersonID != "" && now.contactPersonID == found[0].personID {
		return ""
	}
	one.Contact = &contactStep{FormerID: now.contactID, Former: p.people[now.contactPersonID].Name, PersonID: found[0].personID,
		Row: found[0].row, Name: found[0].name}
	if one.Outcome == Unchanged {
		one.Outcome = Updated
	}
	return ""
}

func shownContact(named string) string {
	if phone, ok := person.Phone(named); ok {
		return person.MaskPhone(phone)
	}
	return named
}

// partyMembers are those of the community and of the file, by phone and by name.
func (p *planner) partyMembers() map[string][]candidate {
	members := map[string][]candidate{}
	add := func(one candidate, phone string) {
		name := person.SearchName(one.name)
		members[name] = append(members[name], one)
		if phone != "" {
			members[phone] = append(members[phone], one)
		}
	}
	inFile := map[string]bool{}
	for _, one := range p.steps {
		if one.Outcome == Faulty {
			continue
		}
		inFile[one.PersonID] = true
		if one.After.PartyMember {
			add(candidate{one.PersonID, one.Row.Number, one.After.Name}, one.After.Phone)
		}
	}
	for _, id := range sortedIDs(p.people) {
		if one := p.people[id]; one.PartyMember && one.HomeID != "" && !inFile[id] {
			add(candidate{id, 0, one.Name}, one.Phone)
		}
	}
	return members
}

// countSteps sums up a plan.
func countSteps(steps []step) Counts {
	counts := Counts{Rows: len(steps)}
	for _, one := range steps {
		switch one.Outcome {
		case Created:
			counts.Created++
		case Updated:
			counts.Updated++
		case Unchanged:
			counts.Unchanged++
		case Faulty:
			counts.Faults++
		}
	}
	return counts
}

// newPlaces are the households that a plan needs and that are not there yet, in the order of the rows.
func newPlaces(steps []step, there map[place]knownHousehold) []place {
	var places []place
	seen := map[place]bool{}
	for _, one := range steps {
		at := one.After.Household
		if one.Outcome == Faulty || at == (place{}) || seen[at.key()] {
			continue
		}
		seen[at.key()] = true
		if _, ok := there[at.key()]; !ok {
			places = append(places, at)
		}
	}
	return places
}

// hashOf is the same for two plans only if they do the same, to people and households that are the same.
func hashOf(steps []step) (string, error) {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(steps); err != nil {
		return "", fmt.Errorf("hash of a plan: %w", err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// shown is a step in words. regions are the names of the community and its grids by their ids.
func (s step) shown(regions map[string]string) Shown {
	shown := Shown{Row: s.Row.Number, Outcome: s.Outcome, Name: s.Row.Name, PhoneMasked: person.MaskPhone(s.Row.Phone), Message: s.Message}
	if s.Outcome == Faulty || s.Outcome == Unchanged {
		return shown
	}
	before, after := s.Before, s.After
	if before.HomeID == "" { // nobody of this community: what they were is not to be told
		before = state{}
	}
	add := func(field Field, before, after string) {
		if before != after {
			shown.Changes = append(shown.Changes, Change{field, before, after})
		}
	}
	if s.Outcome == Updated {
		add(FieldName, before.Name, after.Name)
		if s.Before.Phone == "" {
			add(FieldPhone, "", person.MaskPhone(after.Phone))
		}
	}
	add(FieldHome, regions[before.HomeID], regions[after.HomeID])
	if s.Outcome == Updated {
		add(FieldVerified, verifiedWord(before.Verified), verifiedWord(after.Verified))
	}
	switch {
	case s.Outcome == Updated:
		add(FieldPartyMember, memberWord(before.PartyMember), memberWord(after.PartyMember))
	case after.PartyMember:
		add(FieldPartyMember, "", memberWord(true))
	}
	add(FieldHousehold, before.Household.Number, after.Household.Number)
	add(FieldRelation, before.Relation, after.Relation)
	if s.Contact != nil {
		add(FieldContact, s.Contact.Former, s.Contact.Name)
	}
	return shown
}

func verifiedWord(verified bool) string {
	if verified {
		return "已核实"
	}
	return "未核实"
}

func memberWord(member bool) string {
	if member {
		return "党员"
	}
	return "不是党员"
}
