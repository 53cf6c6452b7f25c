package web

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"fivestar/server/fault"
)

// PageQuery is the part of a list's query that every list has. Embed it in the input.
type PageQuery struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Items a page, 1 to 100"`
	Cursor string `query:"cursor" maxLength:"600" doc:"next_cursor of the page before"`
}

// Page is one page of a list. NextCursor is empty on the last page.
type Page[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// After gives the sort keys of the last item of the page before, keys of them, or nil for the first page.
// list names the list and its order, so that a cursor of another list is refused with 422 input.invalid. Cursors
// are neither secret nor signed: whoever makes one by hand reads what the list would show them anyway, and what a
// caller may not read must not stand in the keys as it is.
func (q PageQuery) After(list string, keys int) ([]string, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil {
		return nil, ErrCursor
	}
	var parts []string
	if err := json.Unmarshal(text, &parts); err != nil {
		return nil, ErrCursor
	}
	if len(parts) != keys+1 || parts[0] != list {
		return nil, ErrCursor
	}
	return parts[1:], nil
}

// ErrCursor is 422 input.invalid for a cursor that no page gave out.
var ErrCursor = fault.InvalidField("cursor", "翻页位置已失效，请从第一页重新查看")

// LastID sorts after every id: what a list with the newest first begins below.
const LastID = "~"

// BeforeID gives the id that a page of a list with the newest first goes on below, LastID for the first page; 422
// input.invalid as After.
func (q PageQuery) BeforeID(list string) (string, error) {
	keys, err := q.After(list, 1)
	if err != nil || keys == nil {
		return LastID, err
	}
	return keys[0], nil
}

// AfterID gives the id that a page of a list in order of ids goes on after, empty for the first page; 422
// input.invalid as After.
func (q PageQuery) AfterID(list string) (string, error) {
	keys, err := q.After(list, 1)
	if err != nil || keys == nil {
		return "", err
	}
	return keys[0], nil
}

// Place is where an item stands in a list in order of a number, such as a time in milliseconds, and among equals
// of ids.
type Place struct {
	Number int64
	ID     string
}

// Keys are the place as sort keys of a cursor.
func (p Place) Keys() []string { return []string{strconv.FormatInt(p.Number, 10), p.ID} }

// ParsePlace is the place that gave these two keys; ErrCursor.
func ParsePlace(keys []string) (Place, error) {
	number, err := strconv.ParseInt(keys[0], 10, 64)
	if err != nil {
		return Place{}, ErrCursor
	}
	return Place{Number: number, ID: keys[1]}, nil
}

// AfterPlace gives the place that a page goes on after, start for the first page; 422 input.invalid as After.
func (q PageQuery) AfterPlace(list string, start Place) (Place, error) {
	keys, err := q.After(list, 2)
	if err != nil || keys == nil {
		return start, err
	}
	return ParsePlace(keys)
}

// NewPage makes a page of at most limit items from one more than that, which tells that there is a next
// page. keys gives an item's sort keys, as many as After is asked for.
func NewPage[T any](list string, items []T, limit int, keys func(T) []string) Page[T] {
	if items == nil {
		items = []T{}
	}
	if len(items) <= limit {
		return Page[T]{Items: items}
	}
	items = items[:limit]
	parts := append([]string{list}, keys(items[limit-1])...)
	text, _ := json.Marshal(parts) // a slice of strings always has a JSON form
	return Page[T]{Items: items, NextCursor: base64.RawURLEncoding.EncodeToString(text)}
}
