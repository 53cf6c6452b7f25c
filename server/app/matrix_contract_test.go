package app_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fivestar/server/app"
	"fivestar/server/web"
)

// contract is what tests need of the OpenAPI file.
type contract struct {
	operations map[string]operation
	schemas    map[string]schema
}

// operation is one call of the contract.
type operation struct {
	id, method string
	path       string // below the base path, with {parameters}
	public     bool
	query      []parameter
	// body is the JSON that the call takes, nil for none; it may be left out if it is optional.
	body     *schema
	optional bool
}

type parameter struct {
	Name   string `json:"name"`
	In     string `json:"in"`
	Schema schema `json:"schema"`
}

type schema struct {
	Ref        string            `json:"$ref"`
	Type       any               `json:"type"` // a name, or a list of names
	Enum       []any             `json:"enum"`
	Format     string            `json:"format"`
	MaxLength  *int              `json:"maxLength"`
	Properties map[string]schema `json:"properties"`
	Required   []string          `json:"required"`
	Items      *schema           `json:"items"`
	MaxItems   *int              `json:"maxItems"`

	isRequired bool // where it stands
}

// is tells whether the schema allows values of a type.
func (s schema) is(name string) bool {
	if names, many := s.Type.([]any); many {
		for _, one := range names {
			if one == name {
				return true
			}
		}
	}
	return s.Type == name
}

func readContract(t testing.TB) contract {
	t.Helper()
	text, err := app.Contract()
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Paths map[string]map[string]struct {
			OperationID string                `json:"operationId"`
			Parameters  []parameter           `json:"parameters"`
			Security    []map[string][]string `json:"security"`
			RequestBody *struct {
				Required bool `json:"required"`
				Content  map[string]struct {
					Schema schema `json:"schema"`
				} `json:"content"`
			} `json:"requestBody"`
		} `json:"paths"`
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	read := contract{operations: map[string]operation{}, schemas: file.Components.Schemas}
	for path, methods := range file.Paths {
		for method, told := range methods {
			call := operation{id: told.OperationID, method: strings.ToUpper(method), path: strings.TrimPrefix(path, web.BasePath),
				public: len(told.Security) == 0}
			for _, parameter := range told.Parameters {
				if parameter.In == "query" {
					call.query = append(call.query, parameter)
				}
			}
			if told.RequestBody != nil {
				if body, isJSON := told.RequestBody.Content["application/json"]; isJSON {
					call.body, call.optional = &body.Schema, !told.RequestBody.Required
				}
			}
			if _, twice := read.operations[call.id]; twice || call.id == "" {
				t.Fatalf("%s %s: the operation id %q is missing or not its own", method, path, call.id)
			}
			read.operations[call.id] = call
		}
	}
	return read
}

// resolved follows a schema to where it is written.
func (c contract) resolved(s schema) schema {
	isRequired := s.isRequired
	for s.Ref != "" {
		s = c.schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	s.isRequired = isRequired
	return s
}

var pathParameter = regexp.MustCompile(`\{\w+\}`)

// route is the path as Echo writes it.
func (o operation) route() string {
	return web.BasePath + pathParameter.ReplaceAllStringFunc(o.path, func(name string) string {
		return ":" + strings.Trim(name, "{}")
	})
}

// fill gives the path with ids in the place of its parameters, in order.
func (o operation) fill(ids []string) string {
	return pathParameter.ReplaceAllStringFunc(o.path, func(string) string {
		id := ids[0]
		ids = ids[1:]
		return url.PathEscape(id)
	})
}

// idKinds are the words before each parameter of the path, which tell what its ids are of: "tasks".
func (o operation) idKinds() []string {
	var kinds []string
	words := strings.Split(o.path, "/")
	for i, word := range words {
		if pathParameter.MatchString(word) {
			kinds = append(kinds, words[i-1])
		}
	}
	return kinds
}
