package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/labstack/echo/v4"

	"fivestar/server/db"
	"fivestar/server/fault"
)

// Problem is every error answer: RFC 9457, with a code for programs and fields for bad input.
type Problem struct {
	Type      string        `json:"type" example:"about:blank"`
	Title     string        `json:"title"`
	Status    int           `json:"status"`
	Detail    string        `json:"detail" doc:"Chinese, fit to show to the person"`
	Code      string        `json:"code" doc:"Stable, for programs" example:"task.full"`
	RequestID string        `json:"request_id,omitempty"`
	Errors    []fault.Field `json:"errors,omitempty"`
}

func (p *Problem) Error() string { return p.Code }

// GetStatus and ContentType are what huma asks of an error answer.
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Kind]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unreadable:      http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

var (
	errUnreadable = fault.New(fault.Unreadable, "input.unreadable", "提交的内容无法识别，请检查后重试")
	errTooLarge   = fault.New(fault.TooLarge, "input.too_large", "提交的内容太大，请缩小后重试")
	errSlow       = fault.New(fault.Unreadable, "input.unreadable", "网络太慢，内容没有收完，请重试")
	errMediaType  = fault.New(fault.Unreadable, "input.unreadable", "不支持这种格式的内容")
	errNoRoute    = fault.New(fault.NotFound, "not_found", "没有这个页面")
	errNoMethod   = fault.New(fault.NotFound, "method_not_allowed", "不支持这样的操作")
	errInternal   = &Problem{Type: "about:blank", Title: http.StatusText(500), Status: 500, Code: "internal",
		Detail: "系统出了点问题，我们已记录，请稍后再试"}
)

// newProblem is the one place where faults meet HTTP.
func newProblem(known *fault.Error, requestID string) *Problem {
	status := statusOf[known.Kind]
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: known.Detail, Code: known.Code, Errors: known.Fields, RequestID: requestID}
}

// whileAway makes the answer of a database that is away, or too busy, of its failure: come again.
func whileAway(err error) error {
	if db.IsAway(err) {
		return errors.Join(db.ErrBusy, err)
	}
	return err
}

// problemOf answers err. What is no fault is logged with its cause and answered as 500 without it.
func (s *Server) problemOf(ctx context.Context, err error) *Problem {
	var known *fault.Error
	isFault := errors.As(err, &known)
	if !isFault || known.Kind == fault.Unavailable {
		s.log.ErrorContext(ctx, "request failed", "request_id", RequestID(ctx), "cause", err)
	}
	if isFault {
		return newProblem(known, RequestID(ctx))
	}
	problem := *errInternal
	problem.RequestID = RequestID(ctx)
	return &problem
}

// retryAfter is the header's value in whole seconds, empty for none.
func retryAfter(err error) string {
	var known *fault.Error
	if !errors.As(err, &known) || known.RetryAfter <= 0 {
		return ""
	}
	return strconv.Itoa(int((known.RetryAfter + 999_999_999) / 1_000_000_000))
}

// handleEchoError answers what fails outside a huma handler, and counts it where the route is one of the contract's:
// middleware, unknown routes.
func (s *Server) handleEchoError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	err = whileAway(faultOfEcho(err))
	if wait := retryAfter(err); wait != "" {
		c.Response().Header().Set("Retry-After", wait)
	}
	problem := s.problemOf(c.Request().Context(), err)
	if operation, isKnown := s.operations[c.Request().Method+" "+c.Path()]; isKnown {
		s.metrics.countProblem(operation, problem.Code)
	}
	c.Response().Header().Set(echo.HeaderContentType, problem.ContentType(""))
	if writeErr := c.JSON(problem.Status, problem); writeErr != nil {
		s.log.WarnContext(c.Request().Context(), "answer not sent", "cause", writeErr)
	}
}

func faultOfEcho(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errTooLarge
	}
	var echoErr *echo.HTTPError
	if !errors.As(err, &echoErr) {
		return err
	}
	switch echoErr.Code {
	case http.StatusNotFound:
		return errNoRoute
	case http.StatusMethodNotAllowed:
		return errNoMethod
	case http.StatusRequestEntityTooLarge:
		return errTooLarge
	}
	return err
}

// handlerError makes the error of an operation's handler what huma answers as it stands, and counts it.
func (s *Server) handlerError(ctx context.Context, operation string, err error) error {
	err = whileAway(err)
	problem := s.problemOf(ctx, err)
	s.metrics.countProblem(operation, problem.Code)
	if wait := retryAfter(err); wait != "" {
		return huma.ErrorWithHeaders(problem, http.Header{"Retry-After": {wait}})
	}
	return problem
}

// bindingError is what huma answers when a request does not fit its route, before any handler is called.
func bindingError(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
	return newProblem(faultOfHuma(status, errs), RequestID(ctx.Context()))
}

func faultOfHuma(status int, errs []error) *fault.Error {
	switch status {
	case http.StatusUnauthorized:
		return fault.ErrUnauthenticated
	case http.StatusRequestEntityTooLarge:
		return errTooLarge
	case http.StatusRequestTimeout:
		return errSlow
	case http.StatusUnsupportedMediaType, http.StatusNotAcceptable:
		return errMediaType
	case http.StatusUnprocessableEntity:
		return fault.InvalidFields(fieldsOf(errs))
	}
	var tooLarge *http.MaxBytesError
	if errors.As(errors.Join(errs...), &tooLarge) {
		return errTooLarge
	}
	return errUnreadable
}

// missingPrefix is how huma is made to say that a property is missing, and which.
const missingPrefix = "缺少 "

// fieldsOf turns huma's locations (body.place.lat, query.limit) into field names (place.lat, limit), and
// what it can only say in English into a Chinese sentence.
func fieldsOf(errs []error) []fault.Field {
	fields := make([]fault.Field, 0, len(errs))
	for _, err := range errs {
		detail := &huma.ErrorDetail{Message: err.Error()}
		if detailer, ok := err.(huma.ErrorDetailer); ok {
			detail = detailer.ErrorDetail()
		}
		_, name, _ := strings.Cut(detail.Location, ".")
		message := detail.Message
		if missing, found := strings.CutPrefix(message, missingPrefix); found {
			name, message = strings.TrimPrefix(name+"."+missing, "."), "不能缺少"
		}
		if !isChinese(message) {
			message = "格式不正确"
		}
		if name != "" {
			message = name + " " + message
		}
		fields = append(fields, fault.Field{Field: cmp.Or(name, detail.Location), Message: message})
	}
	if len(fields) == 0 {
		fields = append(fields, fault.Field{Message: "提交的内容不正确，请检查后重试"})
	}
	return fields
}

func isChinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// huma's messages are package variables; they are set once, before any route is registered.
func init() {
	huma.NewErrorWithContext = bindingError
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return newProblem(faultOfHuma(status, errs), "")
	}
	validation.MsgUnexpectedProperty = "不认识这一项"
	validation.MsgExpectedRFC3339DateTime = "应为 RFC 3339 时间"
	validation.MsgExpectedBoolean = "应为是或否"
	validation.MsgExpectedNumber = "应为数字"
	validation.MsgExpectedInteger = "应为整数"
	validation.MsgExpectedString = "应为文字"
	validation.MsgExpectedArray = "应为列表"
	validation.MsgExpectedObject = "应为一组内容"
	validation.MsgExpectedOneOf = "应为以下之一:%s"
	validation.MsgExpectedMinimumNumber = "不能小于%v"
	validation.MsgExpectedMaximumNumber = "不能大于%v"
	validation.MsgExpectedExclusiveMinimumNumber = "应大于%v"
	validation.MsgExpectedExclusiveMaximumNumber = "应小于%v"
	validation.MsgExpectedMinLength = "至少要%d个字"
	validation.MsgExpectedMaxLength = "最多%d个字"
	validation.MsgExpectedMinItems = "至少要%d项"
	validation.MsgExpectedMaxItems = "最多%d项"
	validation.MsgExpectedArrayItemsUnique = "有重复的项"
	validation.MsgExpectedRequiredProperty = missingPrefix + "%s"
	validation.MsgExpectedMatchPattern = "格式不正确(%s)"
	validation.MsgExpectedBePattern = "格式不正确(%s)"
}
