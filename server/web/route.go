package web

import (
	"context"
	"net/http"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"fivestar/server/db"
)

// Route describes one call of the contract.
type Route struct {
	// ID names the call for generated clients: claimTask.
	ID     string
	Method string
	// Path is below BasePath, with {parameters}.
	Path    string
	Summary string
	// Status of a good answer; 0 is 200, or 204 for an answer without a body.
	Status int
	// Public routes need no session.
	Public bool
	// Limited reads count as writes do: what they give is not to be gathered as fast as the server answers.
	Limited bool
	// MaxBody in bytes; 0 is 1 MiB.
	MaxBody int64
}

// Handle mounts a call that answers with JSON. The input struct holds path, query, header and Body, with
// huma's tags; what the handler gives is the body. On a public route without a session the caller is zero.
func Handle[In, Out any](s *Server, route Route, handler func(ctx context.Context, caller Caller, in *In) (Out, error)) {
	HandleStatus(s, route, func(ctx context.Context, caller Caller, in *In) (Out, int, error) {
		out, err := handler(ctx, caller, in)
		return out, route.Status, err
	})
}

// HandleStatus is Handle for a call with more than one good status.
func HandleStatus[In, Out any](s *Server, route Route, handler func(ctx context.Context, caller Caller, in *In) (Out, int, error)) {
	type answer struct {
		Status int
		Body   Out
	}
	s.answersJSON[echoPath(route.Path)] = true
	HandleRaw(s, route, func(ctx context.Context, caller Caller, in *In) (*answer, error) {
		out, status, err := handler(ctx, caller, in)
		return &answer{Status: max(status, http.StatusOK), Body: out}, err
	})
}

// HandleEmpty mounts a call that answers 204.
func HandleEmpty[In any](s *Server, route Route, handler func(ctx context.Context, caller Caller, in *In) error) {
	route.Status = http.StatusNoContent
	HandleRaw(s, route, func(ctx context.Context, caller Caller, in *In) (*struct{}, error) {
		return nil, handler(ctx, caller, in)
	})
}

// HandleRaw mounts a call whose output is a struct with huma's tags: headers, a body of bytes. A GET whose handler
// lost the database in the middle, when nothing is answered yet, is called once more.
func HandleRaw[In, Out any](s *Server, route Route, handler func(ctx context.Context, caller Caller, in *In) (*Out, error)) {
	operation := huma.Operation{
		OperationID: route.ID, Method: route.Method, Path: BasePath + route.Path,
		Summary: route.Summary, DefaultStatus: route.Status, MaxBodyBytes: route.MaxBody,
		Tags: []string{tagOf(route.Path)},
	}
	if route.Method == http.MethodGet && s.answersJSON[echoPath(route.Path)] {
		operation.Responses = map[string]*huma.Response{"304": {Description: "Unchanged since the answer whose ETag If-None-Match holds"}}
	}
	if !route.Public {
		operation.Security = []map[string][]string{{"session": {}}}
		operation.Middlewares = huma.Middlewares{s.requireCaller}
	}
	s.limited[echoPath(route.Path)] = s.limited[echoPath(route.Path)] || route.Limited
	s.operations[route.Method+" "+echoPath(route.Path)] = route.ID
	huma.Register(s.API, operation, func(ctx context.Context, in *In) (*Out, error) {
		caller, _ := CallerFrom(ctx) // requireCaller has seen to it where there must be one
		out, err := handler(ctx, caller, in)
		if route.Method == http.MethodGet && db.IsAway(err) && ctx.Err() == nil {
			out, err = handler(ctx, caller, in)
		}
		if err != nil {
			return nil, s.handlerError(ctx, route.ID, err)
		}
		return out, nil
	})
}

var pathParameter = regexp.MustCompile(`{(\w+)}`)

// echoPath is a path of the contract as Echo writes it.
func echoPath(path string) string { return BasePath + pathParameter.ReplaceAllString(path, ":$1") }

// requireCaller refuses before the body is looked at, so that a stranger learns nothing from it.
func (s *Server) requireCaller(ctx huma.Context, next func(huma.Context)) {
	if _, err := CallerFrom(ctx.Context()); err != nil {
		if err := huma.WriteErr(s.API, ctx, http.StatusUnauthorized, ""); err != nil {
			s.log.WarnContext(ctx.Context(), "answer not sent", "cause", err)
		}
		return
	}
	next(ctx)
}

// tagOf groups calls in the documentation by the first word of their path.
func tagOf(path string) string {
	for end := 1; end < len(path); end++ {
		if path[end] == '/' {
			return path[1:end]
		}
	}
	return path[1:]
}
