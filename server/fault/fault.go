// Package fault holds the one error type that crosses rooms and reaches people.
//
// A Fault says three things: to a person, a short Chinese sentence that tells what to do (Detail); to a
// program, a stable code (Code); to HTTP, its kind. Every other error is a failure of the server: it is
// wrapped with %w on its way up, logged with its cause, and answered as 500 with nothing of the inside.
package fault

import (
	"errors"
	"time"
)

// Kind is the class of a fault; web maps each kind to one HTTP status.
type Kind int

const (
	Invalid         Kind = iota + 1 // 422: the input breaks a rule; nothing was changed
	Unreadable                      // 400: the body is not what its content type says
	Unauthenticated                 // 401: no session, or one that has ended
	Forbidden                       // 403: the caller may not
	NotFound                        // 404: no such thing, or none that this caller may know of
	Conflict                        // 409: the state no longer allows it
	TooLarge                        // 413
	TooMany                         // 429, with RetryAfter
	Unavailable                     // 503, with RetryAfter: nothing was done, the same call may be made again
)

// Error is a fault that a person can be told of. Code is stable for programs ("task.full").
type Error struct {
	Kind       Kind
	Code       string
	Detail     string
	Fields     []Field
	RetryAfter time.Duration
}

// Field names one input that breaks a rule, by its JSON path, and says in Chinese what is wrong with it.
type Field struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Code + ": " + e.Detail }

// Is makes two faults with the same code the same to errors.Is, whatever their detail.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code
}

// New makes a fault. detail is Chinese and fit to show to a person.
func New(kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// InvalidField is bad input in one field: 422 input.invalid. message is Chinese.
func InvalidField(field, message string) *Error {
	return InvalidFields([]Field{{Field: field, Message: message}})
}

// InvalidFields is bad input in several fields: 422 input.invalid. The first message is also the detail.
func InvalidFields(fields []Field) *Error {
	return &Error{Kind: Invalid, Code: "input.invalid", Detail: fields[0].Message, Fields: fields}
}

// Faults that every room answers in the same words.
var (
	ErrUnauthenticated = New(Unauthenticated, "auth.required", "请先登录")
	ErrForbidden       = New(Forbidden, "auth.forbidden", "您没有权限这样做")
	ErrNotFound        = New(NotFound, "not_found", "没有找到，可能已被删除")
)
