package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors tells who may import whom: a room may import rooms of lower floors only, and on floor 0 those
// listed for it.
var floors = map[string]int{
	"fault": 0, "db": 0, "redis": 0, "wechat": 0, "web": 0, "secret": 0,
	"audit":   1,
	"region":  2,
	"person":  3,
	"content": 4, "notice": 4, "roster": 4,
	"file": 5, "points": 5,
	"task": 6, "team": 6, "ticket": 6, "reward": 6,
	"home": 7, "figures": 7, "oversight": 7,
	"app": 8, "seed": 9, "cluster": 9, "bench": 10, "": 10,
}

// floorZero is what the foundation's parts may know of each other: never a room.
var floorZero = map[string][]string{
	"fault": nil, "secret": nil, "redis": nil, "db": {"fault"}, "wechat": {"fault"}, "web": {"fault", "db", "redis"},
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listedPackage
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	for {
		var one listedPackage
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, one)
	}
}

// roomOf gives the room that a package belongs to: "task" for fivestar/server/task/internal/taskdb.
func roomOf(importPath string) (room string, ours bool) {
	rest, ours := strings.CutPrefix(importPath, "fivestar/server")
	room, _, _ = strings.Cut(strings.TrimPrefix(rest, "/"), "/")
	return room, ours
}

func TestRoomsImportOnlyLowerFloors(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < len(floorZero) {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, one := range packages {
		room, _ := roomOf(one.ImportPath)
		floor, known := floors[room]
		if !known {
			t.Errorf("room %q has no floor: add it to the table and to the decision record", room)
			continue
		}
		for _, imported := range one.Imports {
			other, ours := roomOf(imported)
			if !ours || other == room {
				continue
			}
			if !mayImport(room, floor, other) {
				t.Errorf("%s imports %s: %q is on floor %d, %q on floor %d", one.ImportPath, imported, room, floor, other, floors[other])
			}
		}
	}
}

func mayImport(room string, floor int, other string) bool {
	if floor > 0 {
		return floors[other] < floor
	}
	for _, allowed := range floorZero[room] {
		if allowed == other {
			return true
		}
	}
	return false
}
