package web

import (
	"path"
	"reflect"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

var roomInTypeName = regexp.MustCompile(`fivestar/server/(\w+)\.`)

// schemaName names a Go type in the contract. Two rooms may each have an Entry, so a name begins with its
// room, unless it does so already: points.Entry is PointsEntry, task.Task is Task.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	room := path.Base(t.PkgPath())
	if found := roomInTypeName.FindStringSubmatch(t.Name()); found != nil { // a page of a room's items
		room = found[1]
	}
	if room == "." || room == "web" || strings.HasPrefix(strings.ToLower(name), room) {
		return name
	}
	return strings.ToUpper(room[:1]) + room[1:] + name
}
