package person

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person/internal/persondb"
	"fivestar/server/secret"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

const (
	// sessionLife is how long a session lasts without being used.
	sessionLife = 30 * 24 * time.Hour
	// extendEvery is how often, at most, use puts a session's end off: once a day costs one write a day.
	extendEvery = 24 * time.Hour
)

// NewSession is the answer to a login. Token is told this once.
type NewSession struct {
	Token     string    `json:"token"`
	ExpiresAt time.Time `json:"expires_at" doc:"Put off by use"`
	Person    Person    `json:"person"`
}

// session is a living one, with what of its person every permission hangs on.
type session struct {
	ID           string
	PersonID     string
	HomePath     string
	HomeVerified bool
	ExpiresAt    time.Time
}

// used tells whether the session's end is as far off as a use of today puts it.
func (s session) used(now time.Time) bool { return s.ExpiresAt.Sub(now) > sessionLife-extendEvery }

func (s session) caller() web.Caller {
	return web.Caller{PersonID: s.PersonID, SessionID: s.ID, HomePath: s.HomePath, HomeVerified: s.HomeVerified}
}

// Login changes the code of wx.login for a session. Who has never been here becomes a person without a home.
// Errors are those of wechat.Client.Login.
func (s *Service) Login(ctx context.Context, code string) (NewSession, error) {
	openID, err := s.WeChat.Login(ctx, code)
	if err != nil {
		return NewSession{}, err
	}
	return s.begin(ctx, openID)
}

// LoginByCloudRun gives a session to the person whom WeChat Cloud Run vouches for. Errors are those of
// wechat.Client.LoginByCloudRun.
func (s *Service) LoginByCloudRun(ctx context.Context, caller wechat.CloudRunCaller) (NewSession, error) {
	openID, err := s.WeChat.LoginByCloudRun(ctx, caller)
	if err != nil {
		return NewSession{}, err
	}
	return s.begin(ctx, openID)
}

// begin makes a session for the person with openID, and the person where there is none.
func (s *Service) begin(ctx context.Context, openID string) (NewSession, error) {
	token := secret.NewToken()
	var made session
	err := s.again(ctx, func(ctx context.Context) error {
		personID, err := s.ensureWithOpenID(ctx, openID)
		if err != nil {
			return err
		}
		made = session{ID: db.NewID(), PersonID: personID, ExpiresAt: s.DB.Now().Add(sessionLife)}
		return s.store().insertSession(ctx, made, secret.Hash(token))
	})
	if err != nil {
		return NewSession{}, fmt.Errorf("log in: %w", err)
	}
	person, err := s.Get(ctx, made.PersonID)
	return NewSession{Token: token, ExpiresAt: made.ExpiresAt, Person: person}, err
}

// again is InTx for fn that looks whether something is free and takes it. Somebody else may take it at the same
// moment; then fn looks again.
func (s *Service) again(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	const attempts = 4
	for range attempts {
		if err = s.DB.InTx(ctx, fn); !db.IsUnique(err) {
			return err
		}
	}
	return err
}

func (s *Service) ensureWithOpenID(ctx context.Context, openID string) (string, error) {
	personID, err := s.store().ownerOf(ctx, wechatIdentity, openID)
	if err != nil || personID != "" {
		return personID, err
	}
	id := db.NewID()
	if err := s.store().insertIdentity(ctx, wechatIdentity, openID, id); err != nil {
		return "", err
	}
	return id, s.store().insertPerson(ctx, newcomer{id: id, name: nameForNewcomer(id), createdBy: id})
}

// Authenticate tells who a session token belongs to. fault.ErrUnauthenticated when it is unknown, ended or
// revoked.
func (s *Service) Authenticate(ctx context.Context, token string) (web.Caller, error) {
	found, err := s.session(ctx, secret.Hash(token))
	if err != nil {
		return web.Caller{}, err
	}
	caller := found.caller()
	caller.Grants, err = s.Regions.GrantsOf(ctx, caller.PersonID)
	return caller, err
}

// session finds a living session, in the cache or in the database, and puts its end off.
func (s *Service) session(ctx context.Context, tokenHash string) (session, error) {
	now := s.DB.Now()
	if known, ok := s.cachedSession(ctx, tokenHash); ok && known.used(now) {
		return known, nil
	}
	readAt := time.Now()
	found, err := s.store().liveSession(ctx, tokenHash)
	if err != nil {
		return session{}, err
	}
	if !found.used(now) {
		found.ExpiresAt = now.Add(sessionLife)
		if err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().extendSession(ctx, found) }); err != nil {
			return session{}, fmt.Errorf("put off the end of a session: %w", err)
		}
	}
	s.cacheSession(ctx, tokenHash, found, readAt)
	return found, nil
}

// Logout ends the caller's session, which is dead when Logout returns.
func (s *Service) Logout(ctx context.Context, caller web.Caller) error {
	if err := requireOwnPhone(caller); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().revokeSession(ctx, caller.SessionID); err != nil {
			return err
		}
		return s.forgetCached(ctx, caller.PersonID)
	})
}

// LogoutEverywhere ends all sessions of the caller.
func (s *Service) LogoutEverywhere(ctx context.Context, caller web.Caller) error {
	if err := requireOwnPhone(caller); err != nil {
		return err
	}
	return s.RevokeSessions(ctx, caller.PersonID)
}

// RevokeSessions ends all sessions of a person. The caller of this method has checked that it may.
func (s *Service) RevokeSessions(ctx context.Context, personID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().revokeSessions(ctx, personID); err != nil {
			return err
		}
		return s.forgetCached(ctx, personID)
	})
}

// endedKept is how long a session that has ended stays in its person's export.
const endedKept = sessionLife

// Tick removes the sessions that ended long ago.
func (s *Service) Tick(ctx context.Context) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		_, err := s.store().queries(ctx).DeleteEndedSessions(ctx, db.Millis(s.DB.Now().Add(-endedKept)))
		return err
	})
}

func (s store) insertSession(ctx context.Context, made session, tokenHash string) error {
	return s.queries(ctx).InsertSession(ctx, persondb.InsertSessionParams{
		ID: made.ID, TokenHash: tokenHash, PersonID: made.PersonID,
		CreatedAt: db.Millis(s.db.Now()), ExpiresAt: db.Millis(made.ExpiresAt),
	})
}

func (s store) liveSession(ctx context.Context, tokenHash string) (session, error) {
	row, err := s.queries(ctx).LiveSession(ctx, persondb.LiveSessionParams{TokenHash: tokenHash, ExpiresAt: db.Millis(s.db.Now())})
	if errors.Is(err, sql.ErrNoRows) {
		return session{}, fault.ErrUnauthenticated
	}
	if err != nil {
		return session{}, fmt.Errorf("find a session: %w", err)
	}
	return session{ID: row.ID, PersonID: row.PersonID, HomePath: row.HomePath, HomeVerified: row.HomeVerifiedAt != 0,
		ExpiresAt: db.Time(row.ExpiresAt)}, nil
}

func (s store) extendSession(ctx context.Context, found session) error {
	return s.queries(ctx).ExtendSession(ctx, persondb.ExtendSessionParams{ExpiresAt: db.Millis(found.ExpiresAt), ID: found.ID})
}

func (s store) revokeSession(ctx context.Context, id string) error {
	return s.queries(ctx).RevokeSession(ctx, persondb.RevokeSessionParams{RevokedAt: db.Millis(s.db.Now()), ID: id})
}

func (s store) revokeSessions(ctx context.Context, personID string) error {
	return s.queries(ctx).RevokeSessionsOfPerson(ctx, persondb.RevokeSessionsOfPersonParams{
		RevokedAt: db.Millis(s.db.Now()), PersonID: personID,
	})
}
