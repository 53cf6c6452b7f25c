package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fivestar/server/app/apptest"
)

// trial is a call that succeeds, made by somebody who may make it, so that what is wrong with a changed one is
// the change alone.
type trial struct {
	*stage
	line   line
	call   operation
	thing  subject
	client *apptest.Client
}

// eachCall runs a test of every call of the contract that is meant, in the actors' own community, and checks
// that nothing of it was stored, unless the test allows a trace of what is only read.
func eachCall(s *stage, t *testing.T, isMeant func(call operation) bool, run func(try trial) (leftATrace bool)) {
	contract := readContract(t)
	tried := map[string]bool{}
	for _, room := range matrix {
		for _, line := range room.lines {
			call := contract.operations[line.call]
			if tried[line.call] || line.may.own == "" || !isMeant(call) {
				continue
			}
			tried[line.call] = true
			s.in(t, line.call, func() { s.tryHostile(line, call, run) })
		}
	}
	if len(tried) == 0 {
		t.Fatal("no call was tried")
	}
}

func (s *stage) tryHostile(l line, call operation, run func(try trial) (leftATrace bool)) {
	s.Helper()
	thing := l.on(s, s.places[0])
	try := trial{stage: s, line: l, call: call, thing: thing, client: s.client(l.someone(thing), thing)}
	s.settle()
	before := s.stored()
	if !run(try) {
		s.wantUnchanged(before, "by what should have been refused")
	}
	if answer := s.send(try.client, call, thing); answer.Status >= 300 {
		s.Errorf("the call fails even without a change, and so shows nothing: %s", short(answer))
	}
}

// asManyAsAskedFor leaves, with -short, a fifth of what there is to try at a call: at each another fifth, so that
// over all calls nearly everything is tried.
func asManyAsAskedFor[Trial any](all []Trial) []Trial {
	if !testing.Short() {
		return all
	}
	const share = 5
	turn++
	var some []Trial
	for i, trial := range all {
		if (i+turn)%share == 0 {
			some = append(some, trial)
		}
	}
	return some
}

// turn goes up at each call of asManyAsAskedFor; no two tests of this package run at once.
var turn int

// someone is one of those who may: the secretary if possible, who reaches furthest.
func (l line) someone(thing subject) string {
	names := strings.Fields(l.may.own)
	switch {
	case slices.Contains(names, "secretary"):
		return "secretary"
	case thing.owner != nil && slices.Contains(names, theOwner):
		return theOwner
	}
	return names[slices.IndexFunc(names, func(name string) bool { return name != theOwner })]
}

// want checks that a call was refused in one of the ways that are right for it.
func (try trial) want(answer *apptest.Answer, with string, statuses ...int) {
	try.Helper()
	if !slices.Contains(statuses, answer.Status) {
		try.Errorf("with %.80q: got %d, should be one of %v: %s", with, answer.Status, statuses, short(answer))
		return
	}
	if answer.Status >= 400 {
		try.wantProblem(answer)
	}
}

// strangeIDs are what somebody may try in the place of an id.
var strangeIDs = []string{
	strings.Repeat("0", 26), strings.Repeat("A", 27), strings.Repeat("A", 10_000), "\x00", "a\x00b", "../", "..", "../../etc/passwd",
	"任务", "\xff\xfe", "' OR '1'='1", "%", "_", "*", "null", "-1", "{id}", "01ARZ3NDEKTSV4RRFFQ69G5FA\u200b",
}

func TestIDsOfAnotherKind(t *testing.T) {
	s := newStage(t)
	known := s.someIDs()
	hasID := func(call operation) bool { return len(call.idKinds()) > 0 }
	eachCall(s, t, hasID, func(try trial) bool {
		for i, kind := range try.call.idKinds() {
			if known[kind] == "" {
				try.Fatalf("say in someIDs what an id of %s is", kind)
			}
			tried := slices.Clone(strangeIDs)
			for other, id := range known {
				if other != kind && id != known[kind] {
					tried = append(tried, id)
				}
			}
			for _, id := range asManyAsAskedFor(tried) {
				thing := try.thing
				thing.ids = slices.Clone(thing.ids)
				thing.ids[i] = id
				try.want(try.send(try.client, try.call, thing), kind+"/"+id, http.StatusNotFound, http.StatusUnprocessableEntity)
			}
		}
		return false
	})
}

// someIDs are good ids, by the word that stands before them in paths.
func (s *stage) someIDs() map[string]string {
	s.Helper()
	at := s.places[0]
	known := map[string]string{
		"regions": at.ID, "organisations": at.organisationID, "teams": at.teamID, "people": s.Login("resident").PersonID,
		"role-grants": aGridWorker(s, at).ids[0], "entries": anEntry(s, at).ids[0], "adjustments": anAdjustmentOfItsProposer(s, at).ids[0],
		"minutes": minutesToDispute(s, at).ids[0], "disputes": aDispute(s, at).ids[0], "notices": aDeadNotice(s, at).ids[0],
		"files": s.photo(at.secretary), "content-checks": aTextOfASecretary(s, at).ids[0], "cards": aCard(s, at).ids[1],
		"tasks": aTask(s, at).ids[0], "claims": aClaim(s, at).ids[0], "stations": aStation(s, at).ids[0],
		"activities": anActivity(s, at).ids[0], "tickets": aTicket(s, at).ids[0],
		"previews": aPreview(s, at).ids[0], "imports": anImport(s, at).ids[0], "households": aHousehold(s, at).ids[0],
		"certificates": aCertificate(s, at).ids[0], "bulletin": "points_given",
		"spot-checks": aSpotCheck(s, at).ids[0], "odd-cases": anOddCase(s, at).ids[0],
		"rewards": aReward(s, at).ids[0], "redemptions": aRedemption(s, at).ids[0],
	}
	known["members"] = known["people"]
	s.settle()
	return known
}

// strangeCursors are made by hand.
var strangeCursors = []string{
	"nonsense", "!", "0", strings.Repeat("A", 10_000), cursor(`[]`), cursor(`{}`), cursor(`null`), cursor(`"points"`), cursor(`["x"]`),
	cursor(`["x","y"]`), cursor(`["x","y","z"]`), cursor(`["x","1","2","3","4"]`), cursor(`["id",1]`), cursor(`[["id"],"1"]`),
	cursor(strings.Repeat("[", 400)),
}

func cursor(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestCursorsMadeByHand(t *testing.T) {
	isList := func(call operation) bool {
		return slices.ContainsFunc(call.query, func(p parameter) bool { return p.Name == "cursor" })
	}
	eachCall(newStage(t), t, isList, func(try trial) bool {
		for _, text := range asManyAsAskedFor(strangeCursors) {
			try.want(try.page(text, 20), text, http.StatusUnprocessableEntity)
		}
		for _, text := range asManyAsAskedFor(try.tamperedCursors()) {
			try.want(try.page(text, 20), text, http.StatusOK, http.StatusUnprocessableEntity)
		}
		return false
	})
}

func (try trial) page(cursor string, limit int) *apptest.Answer {
	try.Helper()
	sign := "?"
	if try.thing.query != "" {
		sign = "&"
	}
	thing := try.thing
	thing.query += fmt.Sprintf("%slimit=%d&cursor=%s", sign, limit, url.QueryEscape(cursor))
	return try.send(try.client, try.call, thing)
}

// tamperedCursors are the list's own with one part changed, when it has a second page.
func (try trial) tamperedCursors() []string {
	try.Helper()
	good := try.page("", 1).Want(http.StatusOK).Get("next_cursor").String()
	if good == "" {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(good)
	if err != nil {
		try.Fatal(err)
	}
	var parts []string
	if err := json.Unmarshal(text, &parts); err != nil {
		try.Fatal(err)
	}
	var tampered []string
	for i := range parts {
		for _, part := range []string{"", "x", "-1", "99999999999999999999", "\x00", "~", "%", "任务"} {
			changed := slices.Clone(parts)
			changed[i] = part
			text, _ := json.Marshal(changed) // a slice of strings always has a JSON form
			tampered = append(tampered, cursor(string(text)))
		}
	}
	return tampered
}

const deep = 10_000

// strangeBodies are no JSON, or nothing that any call takes.
var strangeBodies = []string{
	"{", "}", "", "nonsense", "null", "[]", `"text"`, "42", "true", "[{}]", `{"a":1}{"a":1}`, "\x00", "\xff\xfe{}", `{"` + "\xff" + `":1}`,
	strings.Repeat("[", deep), strings.Repeat("[", deep) + strings.Repeat("]", deep),
	strings.Repeat(`{"a":`, deep) + "1" + strings.Repeat("}", deep), `{"a":` + strings.Repeat("[", deep-10) + strings.Repeat("]", deep-10) + "}",
	`{"nobody_knows_this":1}`,
}

// Nobody makes the server work through a list without end.
func TestListsFromOutsideAreBounded(t *testing.T) {
	contract, bounded := readContract(t), 0
	var look func(of schema, where string)
	look = func(of schema, where string) {
		of = contract.resolved(of)
		if of.Items != nil {
			if of.MaxItems == nil {
				t.Errorf("%s takes any number of items", where)
			}
			bounded++
			look(*of.Items, where+"[]")
		}
		for name, property := range of.Properties {
			look(property, where+"."+name)
		}
	}
	for id, call := range contract.operations {
		if call.body != nil {
			look(*call.body, id)
		}
		for _, parameter := range call.query {
			look(parameter.Schema, id+"?"+parameter.Name)
		}
	}
	if bounded < 10 {
		t.Errorf("only %d lists are taken from outside", bounded)
	}
}

func takesJSON(call operation) bool { return call.body != nil }

func TestBodiesOfAnotherKind(t *testing.T) {
	contract := readContract(t)
	eachCall(newStage(t), t, takesJSON, func(try trial) bool {
		for _, body := range asManyAsAskedFor(strangeBodies) {
			if try.call.optional && (body == "" || body == "null") {
				continue
			}
			try.want(try.sendText(body), body, http.StatusBadRequest, http.StatusUnprocessableEntity)
		}
		good := try.goodBody()
		for _, changed := range asManyAsAskedFor(contract.changes(*try.call.body, good, wrongKinds)) {
			answer := try.sendText(changed.body)
			try.want(answer, changed.field+" = "+changed.value, http.StatusBadRequest, http.StatusUnprocessableEntity)
		}
		return false
	})
}

// sendText makes the call with a body as it stands.
func (try trial) sendText(body string) *apptest.Answer {
	try.Helper()
	return try.client.Send(try.call.method, try.call.fill(try.thing.ids)+try.thing.query, "application/json", strings.NewReader(body))
}

// goodBody is the trial's body as JSON reads it.
func (try trial) goodBody() any {
	try.Helper()
	body := try.thing.body
	if try.thing.bodyOf != nil {
		body = try.thing.bodyOf(try.client)
	}
	text, err := json.Marshal(body)
	if err != nil {
		try.Fatal(err)
	}
	var read any
	if err := json.Unmarshal(text, &read); err != nil {
		try.Fatal(err)
	}
	return read
}

// change is a good body with one field changed.
type change struct{ field, value, body string }

// changes are all changes of single fields that a mutation makes of a good body: of what it holds, and of
// what it might hold.
func (c contract) changes(of schema, good any, mutate func(field string, of schema) []any) []change {
	var all []change
	for field, changed := range c.mutants("", of, good, mutate) {
		for _, one := range changed {
			body, err := json.Marshal(one.whole)
			if err != nil {
				panic(err)
			}
			all = append(all, change{field, fmt.Sprintf("%.40v", one.value), string(body)})
		}
	}
	return all
}

type mutant struct{ value, whole any }

// mutants are, by field, what takes the place of value, which is somewhere in a body.
func (c contract) mutants(field string, of schema, value any, mutate func(field string, of schema) []any) map[string][]mutant {
	of = c.resolved(of)
	all := map[string][]mutant{}
	if field != "" {
		for _, wrong := range mutate(field, of) {
			all[field] = append(all[field], mutant{wrong, wrong})
		}
	}
	inside := func(name string, of schema, value any, put func(wrong any) any) {
		for field, wrongs := range c.mutants(name, of, value, mutate) {
			for _, wrong := range wrongs {
				all[field] = append(all[field], mutant{wrong.value, put(wrong.whole)})
			}
		}
	}
	if object, ok := value.(map[string]any); ok || of.Properties != nil {
		for name, property := range of.Properties {
			property.isRequired = slices.Contains(of.Required, name)
			inside(strings.TrimPrefix(field+"."+name, "."), property, object[name], func(wrong any) any {
				changed := maps.Clone(object)
				if changed == nil {
					changed = fields{}
				}
				changed[name] = wrong
				return changed
			})
		}
	}
	if list, ok := value.([]any); of.Items != nil && ok && len(list) > 0 {
		inside(field+"[]", *of.Items, list[0], func(wrong any) any { return []any{wrong} })
	}
	return all
}

// wrongKinds are values that a field's type does not allow.
func wrongKinds(_ string, of schema) []any {
	kinds := map[string]any{"string": "text", "integer": 1.5, "boolean": true, "array": []any{}, "object": fields{}}
	var wrong []any
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		fits := of.is(kind) || kind == "object" && of.Properties != nil || kind == "integer" && of.is("number")
		if !fits {
			wrong = append(wrong, kinds[kind])
		}
	}
	if of.isRequired && !of.is("null") {
		wrong = append(wrong, nil)
	}
	if of.is("integer") {
		wrong = append(wrong, 1.5, json.Number("99999999999999999999"))
	}
	return wrong
}

// strangeTexts do not belong into any field that people write in.
var strangeTexts = []string{"坏\x00字节", "坏\x07铃", "\x1b[31m红", "反\u202e向", strings.Repeat("很", 10_000)}

func TestTextsThatNobodyWrites(t *testing.T) {
	contract := readContract(t)
	// Each scan of an upload is answered on its own, and kept as refused: the team room's tests see to that.
	isMeant := func(call operation) bool { return takesJSON(call) && call.id != "uploadScans" }
	texts := func(_ string, of schema) []any {
		if !of.is("string") {
			return nil
		}
		all := make([]any, len(strangeTexts))
		for i, text := range strangeTexts {
			all[i] = text
		}
		return all
	}
	eachCall(newStage(t), t, isMeant, func(try trial) bool {
		for _, changed := range asManyAsAskedFor(contract.changes(*try.call.body, try.goodBody(), texts)) {
			statuses := []int{http.StatusUnprocessableEntity}
			switch name := changed.field; {
			case strings.HasSuffix(name, "_id") || name == "into": // nobody has such an id
				statuses = append(statuses, http.StatusNotFound)
			case name == "code" || name == "token": // and such a code is a wrong one
				statuses = append(statuses, http.StatusForbidden)
			}
			try.want(try.sendText(changed.body), changed.field+" = "+changed.value, statuses...)
		}
		return false
	})
}

func TestQueriesThatNobodyAsks(t *testing.T) {
	asksInText := func(call operation) bool {
		return slices.ContainsFunc(call.query, func(p parameter) bool { return p.Schema.is("string") })
	}
	eachCall(newStage(t), t, asksInText, func(try trial) bool {
		mayChange := try.line.leavesATrace
		for _, parameter := range try.call.query {
			if !parameter.Schema.is("string") {
				continue
			}
			for _, text := range append(slices.Clone(strangeTexts), "\xff\xfe", "' OR '1'='1", "%", "../") {
				thing := try.thing
				query, _ := url.ParseQuery(strings.TrimPrefix(thing.query, "?"))
				query.Set(parameter.Name, text)
				thing.query = "?" + query.Encode()
				answer := try.send(try.client, try.call, thing)
				if answer.Status >= 500 || len(text) > 1000 && answer.Status < 400 {
					try.Errorf("%s = %.40q: %s", parameter.Name, text, short(answer))
				}
				mayChange = mayChange || try.call.method != http.MethodGet && answer.Status < 300 // a name that was taken as it is
			}
		}
		return mayChange
	})
}

func TestUploadsThatAreNoPhotos(t *testing.T) {
	s := newStage(t)
	s.settle()
	before := s.stored()
	for _, upload := range []struct {
		name    string
		content []byte
		status  int
	}{
		{"照片.jpg", zipped(t), http.StatusUnprocessableEntity},
		{"huge.png", pngHeader(60_000, 60_000), http.StatusUnprocessableEntity},
		{"large.jpg", bytes.Repeat([]byte{0xff}, 11<<20), http.StatusRequestEntityTooLarge},
		{"cut.jpg", s.picture().content[:100], http.StatusUnprocessableEntity},
		{"page.jpg", []byte("<!doctype html><script>alert(1)</script>"), http.StatusUnprocessableEntity},
		{"drawing.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), http.StatusUnprocessableEntity},
		{"empty.jpg", nil, http.StatusUnprocessableEntity},
		{"../../照片.jpg", []byte("no photo either"), http.StatusUnprocessableEntity},
	} {
		answer := s.Login("resident").Upload("/files", upload.name, upload.content)
		if answer.Status != upload.status {
			s.Errorf("%s: got %d, should be %d: %s", upload.name, answer.Status, upload.status, short(answer))
		}
		s.wantProblem(answer)
	}
	s.wantUnchanged(before, "by an upload that was refused")
}

func zipped(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	entry, err := archive.Create("照片.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entry.Write(bytes.Repeat([]byte{0}, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// pngHeader is a PNG that says how large it is, and holds nothing.
func pngHeader(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	header = binary.BigEndian.AppendUint32(header, height)
	header = append(header, 8, 6, 0, 0, 0)
	file := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	file = append(file, header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}
