// Package roster brings in a community's residents, Party members and households from the lists that offices have, and
// keeps the households and the Party members who keep in touch with them.
package roster

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Membership is what a roster says about the Party.
type Membership string

// An empty Membership says nothing, and changes nothing.
const (
	Member    Membership = "yes"
	NotMember Membership = "no"
)

// Row is one person's line of a roster as it was read. Empty texts are cells that say nothing, and change nothing.
type Row struct {
	// Number counts the rows of the file as a spreadsheet does, from 1.
	Number     int        `json:"row"`
	Name       string     `json:"name,omitempty"`
	Phone      string     `json:"phone,omitempty"` // 11 digits
	Grid       string     `json:"grid,omitempty"`
	Membership Membership `json:"membership,omitempty"`
	Household  string     `json:"household,omitempty"`
	Relation   string     `json:"relation,omitempty"`
	// Contact is the Party member who keeps in touch with the household: a name or a phone.
	Contact string `json:"contact,omitempty"`
	// Fault is what is wrong with the line as it stands, in Chinese; such a line holds nothing but its name.
	Fault string `json:"fault,omitempty"`
}

// Outcome is what comes of a row.
type Outcome string

const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Faulty    Outcome = "fault"
)

// Field is something about a person that a roster sets.
type Field string

const (
	FieldName        Field = "name"
	FieldPhone       Field = "phone"
	FieldHome        Field = "home"
	FieldVerified    Field = "verified"
	FieldPartyMember Field = "party_member"
	FieldHousehold   Field = "household"
	FieldRelation    Field = "relation"
	FieldContact     Field = "contact"
)

// Change is one thing that a row changes, in words that people read. Before is empty where there was nothing, or where
// it was nothing that the roster's community may know.
type Change struct {
	Field  Field  `json:"field" enum:"name,phone,home,verified,party_member,household,relation,contact"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Shown is what would come of a row.
type Shown struct {
	Row         int      `json:"row" doc:"As a spreadsheet numbers the rows of the file"`
	Outcome     Outcome  `json:"outcome" enum:"created,updated,unchanged,fault"`
	Name        string   `json:"name"`
	PhoneMasked string   `json:"phone_masked,omitempty"`
	Changes     []Change `json:"changes,omitempty"`
	Message     string   `json:"message,omitempty" doc:"What is wrong with the row, in Chinese"`
}

// Counts are how many rows came to what.
type Counts struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Faults    int `json:"faults"`
}

// Column is a column of the file that was understood.
type Column struct {
	Heading string `json:"heading"`
	Means   string `json:"means" enum:"name,phone,grid,party_member,household,relation,head,contact"`
}

// Summary is what a preview tells of the file as a whole.
type Summary struct {
	FileName       string   `json:"file_name"`
	Encoding       string   `json:"encoding" doc:"UTF-8, GB18030, UTF-16 or XLSX"`
	Sheet          string   `json:"sheet,omitempty" doc:"The sheet that was read"`
	OtherSheets    []string `json:"other_sheets,omitempty" doc:"Sheets that were not read"`
	Columns        []Column `json:"columns" nullable:"false"`
	IgnoredColumns []string `json:"ignored_columns,omitempty" doc:"Headings of columns that were not read and are not kept"`
	UnknownGrids   []string `json:"unknown_grids,omitempty" doc:"Names of grids that the community does not have"`
	NewHouseholds  int      `json:"new_households"`
	Counts
}

// Preview is what an import of a file would do; it has done nothing.
type Preview struct {
	ID        string    `json:"id"`
	RegionID  string    `json:"region_id"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at" doc:"Until when it can be imported"`
	Summary

	createdBy string
	planHash  string
}

// previewKept is how long the rows of a previewed file are kept.
const previewKept = 2 * time.Hour

// undoWithin is how long an import can be undone.
const undoWithin = 24 * time.Hour

// Import is what an import has done.
type Import struct {
	ID             string    `json:"id"`
	RegionID       string    `json:"region_id"`
	FileName       string    `json:"file_name"`
	ImportedBy     string    `json:"imported_by"`
	ImportedByName string    `json:"imported_by_name"`
	ImportedAt     time.Time `json:"imported_at"`
	UndoUntil      time.Time `json:"undo_until"`
	Counts
	UndoneBy     string    `json:"undone_by,omitempty"`
	UndoneByName string    `json:"undone_by_name,omitempty"`
	UndoneAt     time.Time `json:"undone_at,omitzero"`
	// Undone is how many people are as they were before.
	Undone int    `json:"undone"`
	Left   []Left `json:"left,omitempty" doc:"What an undo left, of one import"`
}

// Left is somebody, or a household, that an undo left as it is.
type Left struct {
	Row         int        `json:"row,omitempty"`
	PersonID    string     `json:"person_id,omitempty"`
	HouseholdID string     `json:"household_id,omitempty"`
	Name        string     `json:"name" doc:"Of the person, or the household's number"`
	Reason      LeftReason `json:"reason" enum:"changed,logged_in,card,role,history,contact,gone"`
	Message     string     `json:"message" doc:"The reason in Chinese"`
}

// LeftReason is why an undo left something.
type LeftReason string

const (
	LeftChanged LeftReason = "changed"
	LeftContact LeftReason = "contact"
	LeftGone    LeftReason = "gone"
	// The others are person.Tie's.
)

var leftMessages = map[LeftReason]string{
	LeftChanged: "导入以后又改过", LeftContact: "已安排为联系党员", LeftGone: "已注销或已搬走", "logged_in": "本人已登录",
	"card": "已制卡", "role": "已有角色", "history": "已有积分、任务、活动或四联单记录",
}

// place is what a household is known by. The zero place is none.
type place struct {
	GridID string `json:"grid_id,omitempty"` // empty where the grid is not known
	Number string `json:"number,omitempty"`
}

// key is a place fit to be compared.
func (p place) key() place { return place{p.GridID, numberKey(p.Number)} }

const (
	longestNumber   = 60
	longestRelation = 20
)

// numberKey is a household's number as it is compared and searched: one width, no blanks, upper case.
func numberKey(number string) string {
	return strings.ToUpper(withoutBlanks(norm.NFKC.String(number)))
}

func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, text)
}

// isBlank tells blanks, and signs that nobody sees.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '\u3164' || r == '\u2800'
}
