package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/web/internal/webdb"
)

const (
	idempotencyHeader = "Idempotency-Key"
	// answersKept is how long the first answer to a key is given again.
	answersKept = 24 * time.Hour
)

// plainKey is what every database keeps as it is: printable ASCII.
var plainKey = regexp.MustCompile(`^[ -~]{1,64}$`)

var (
	errKey         = fault.InvalidField("Idempotency-Key", "Idempotency-Key 应为最多64个英文字母、数字或符号")
	errKeyMismatch = fault.New(fault.Invalid, "idempotency.mismatch", "同一个请求编号不能用于不同的内容，请重新提交")
	// errRefused undoes the transaction of a request that was answered with an error.
	errRefused = errors.New("refused")
)

// answer is a whole HTTP answer, held back until what it tells is committed.
type answer struct {
	header      http.Header
	status      int
	body        bytes.Buffer
	contentType string
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}
func (a *answer) Write(content []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(content)
}
func (a *answer) good() bool { return a.status >= 200 && a.status < 300 }

// idempotent gives the first answer to a POST again when it comes again with the same Idempotency-Key. The
// answer is stored in the same transaction as what the request did: after a crash either both are there or
// neither. What is stored together with others (db.Group) is the exception: it is done when its answer is kept,
// and whoever asks again in between hears of what they have already. Only answers of something done are kept; a
// request that was refused changed nothing, and is looked at anew.
func (s *Server) idempotent(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		key := c.Request().Header.Get(idempotencyHeader)
		caller, err := CallerFrom(c.Request().Context())
		if key == "" || c.Request().Method != http.MethodPost || err != nil {
			return next(c)
		}
		if !plainKey.MatchString(key) {
			return errKey
		}
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return fmt.Errorf("read the body: %w", err)
		}
		return s.answerOnce(c, next, keyedRequest{caller: caller, key: key, path: c.Request().URL.Path, body: body})
	}
}

type keyedRequest struct {
	caller Caller
	key    string
	path   string
	body   []byte
}

func (r keyedRequest) hash() string {
	digest := sha256.Sum256(r.body)
	return hex.EncodeToString(digest[:])
}

func (s *Server) answerOnce(c echo.Context, next echo.HandlerFunc, request keyedRequest) error {
	var held *answer
	run := func(ctx context.Context) error {
		earlier, err := s.earlierAnswer(ctx, request)
		if err != nil {
			return err
		}
		if earlier != nil {
			held = earlier
			return nil
		}
		held = s.holdAnswer(ctx, c, next, request)
		if !held.good() {
			return errRefused
		}
		return s.keepAnswer(ctx, request, held)
	}
	err := s.DB.InUnit(c.Request().Context(), run)
	if db.IsUnique(err) { // the same key at the same moment: the other one has it
		err = s.DB.InUnit(c.Request().Context(), run)
	}
	if err != nil && !errors.Is(err, errRefused) {
		return err
	}
	return held.send(c)
}

// earlierAnswer is nil when there is none.
func (s *Server) earlierAnswer(ctx context.Context, request keyedRequest) (*answer, error) {
	row, err := webdb.New(s.DB.Querier(ctx)).GetAnswer(ctx, webdb.GetAnswerParams{
		PersonID: request.caller.Session(), HelpedID: request.helped(), Path: request.path,
		IdempotencyKey: request.key, CreatedAt: db.Millis(s.DB.Now().Add(-answersKept)),
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for an earlier answer: %w", err)
	}
	if row.BodyHash != request.hash() {
		return nil, errKeyMismatch
	}
	body, err := s.Decrypt(row.Body)
	if err != nil {
		return nil, fmt.Errorf("an earlier answer: %w", err)
	}
	earlier := &answer{header: http.Header{}, status: int(row.Status), contentType: row.ContentType}
	earlier.body.Write(body)
	return earlier, nil
}

func (r keyedRequest) helped() string {
	if r.caller.HelperID == "" {
		return ""
	}
	return r.caller.PersonID
}

// holdAnswer runs the rest of the chain and holds its answer back.
func (s *Server) holdAnswer(ctx context.Context, c echo.Context, next echo.HandlerFunc, request keyedRequest) *answer {
	original, response := c.Request(), c.Response()
	defer func() { c.SetRequest(original); c.SetResponse(response) }()
	held := &answer{header: http.Header{}}
	again := original.WithContext(ctx)
	again.Body = io.NopCloser(bytes.NewReader(request.body))
	c.SetRequest(again)
	c.SetResponse(echo.NewResponse(held, c.Echo()))
	if err := next(c); err != nil {
		c.Error(err)
	}
	held.contentType = held.header.Get(echo.HeaderContentType)
	return held
}

// keptAnswer is an answer, and what it answered.
type keptAnswer struct {
	request keyedRequest
	held    *answer
}

// keepAnswer keeps an answer in the transaction of ctx. Where there is none, because what was done is stored
// together with others and found again by whoever asks again, it is kept together with other answers.
func (s *Server) keepAnswer(ctx context.Context, request keyedRequest, held *answer) error {
	_, err := s.answers.Do(ctx, "", keptAnswer{request, held})
	return err
}

func (s *Server) keepAlone(ctx context.Context, _ string, kept keptAnswer) (struct{}, error) {
	return struct{}{}, s.DB.InTx(ctx, func(ctx context.Context) error { return s.keep(ctx, kept) })
}

func (s *Server) keepTogether(ctx context.Context, _ string, answers []keptAnswer) ([]db.Outcome[struct{}], error) {
	return make([]db.Outcome[struct{}], len(answers)), s.DB.InBatch(ctx, func(ctx context.Context) error { return s.keep(ctx, answers...) })
}

// keep stores answers in the place of those too old to count.
func (s *Server) keep(ctx context.Context, answers ...keptAnswer) error {
	queries := webdb.New(s.DB.Querier(ctx))
	now := s.DB.Now()
	for _, kept := range answers {
		err := queries.ForgetAnswer(ctx, webdb.ForgetAnswerParams{
			PersonID: kept.request.caller.Session(), HelpedID: kept.request.helped(), Path: kept.request.path,
			IdempotencyKey: kept.request.key, CreatedAt: db.Millis(now.Add(-answersKept)),
		})
		if err != nil {
			return fmt.Errorf("forget an old answer: %w", err)
		}
	}
	for _, kept := range answers {
		err := queries.KeepAnswer(ctx, webdb.KeepAnswerParams{
			PersonID: kept.request.caller.Session(), HelpedID: kept.request.helped(), Path: kept.request.path,
			IdempotencyKey: kept.request.key, BodyHash: kept.request.hash(), Status: int64(kept.held.status),
			ContentType: kept.held.contentType, Body: s.Encrypt(kept.held.body.Bytes()), CreatedAt: db.Millis(now),
		})
		if err != nil {
			return fmt.Errorf("keep an answer: %w", err)
		}
	}
	return nil
}

func (a *answer) send(c echo.Context) error {
	header := c.Response().Header()
	for name, values := range a.header {
		header[name] = values
	}
	if a.contentType != "" {
		header.Set(echo.HeaderContentType, a.contentType)
	}
	c.Response().WriteHeader(a.status)
	if a.body.Len() == 0 {
		return nil
	}
	_, err := c.Response().Write(a.body.Bytes())
	return err
}

// ForgetAnswers removes the answers whose time is over; a job calls it.
func (s *Server) ForgetAnswers(ctx context.Context) error {
	before := db.Millis(s.DB.Now().Add(-answersKept))
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := webdb.New(s.DB.Querier(ctx)).ForgetAnswersBefore(ctx, before)
		return err
	})
}
