package person

import (
	"context"
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
	Grants       []web.RoleGrant
}

// used tells whether the session's end is as far off as a use of today puts it.
func (s session) used(now time.Time) bool { return s.ExpiresAt.Sub(now) > sessionLife-extendEvery }

func (s session) caller() web.Caller {
	return web.Caller{PersonID: s.PersonID, SessionID: s.ID, HomePath: s.HomePath, HomeVerified: s.HomeVerified, Grants: s.Grants}
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
	found, err := s.sessions.Do(ctx, allSessions, secret.Hash(token))
	if err != nil {
		return web.Caller{}, err
	}
	if found.used(s.DB.Now()) {
		return found.caller(), nil
	}
	found.ExpiresAt = s.DB.Now().Add(sessionLife)
	if err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().extendSession(ctx, found) }); err != nil {
		return web.Caller{}, fmt.Errorf("put off the end of a session: %w", err)
	}
	return found.caller(), nil
}

// allSessions is what requests that come at once are grouped by: all sessions are looked up in one statement.
const allSessions = "session"

// liveSessions finds the living sessions of many tokens.
func (s *Service) liveSessions(ctx context.Context, _ string, tokenHashes []string) ([]db.Outcome[session], error) {
	found, err := s.store().liveSessions(ctx, tokenHashes)
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[session], len(tokenHashes))
	for i, hash := range tokenHashes {
		one, lives := found[hash]
		if !lives {
			outcomes[i].Err = fault.ErrUnauthenticated
			continue
		}
		outcomes[i].Answer = *one
	}
	return outcomes, nil
}

func (s *Service) liveSession(ctx context.Context, key, tokenHash string) (session, error) {
	outcomes, err := s.liveSessions(ctx, key, []string{tokenHash})
	if err != nil {
		return session{}, err
	}
	return outcomes[0].Answer, outcomes[0].Err
}

// Logout ends the caller's session, which is dead when Logout returns.
func (s *Service) Logout(ctx context.Context, caller web.Caller) error {
	if err := RequireOwnPhone(caller); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().revokeSession(ctx, caller.SessionID) })
}

// LogoutEverywhere ends all sessions of the caller.
func (s *Service) LogoutEverywhere(ctx context.Context, caller web.Caller) error {
	if err := RequireOwnPhone(caller); err != nil {
		return err
	}
	return s.RevokeSessions(ctx, caller.PersonID)
}

// RevokeSessions ends all sessions of a person. The caller of this method has checked that it may.
func (s *Service) RevokeSessions(ctx context.Context, personID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().revokeSessions(ctx, personID) })
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

// liveSessions gives, by the hashes of their tokens, those sessions that have neither ended nor been revoked.
func (s store) liveSessions(ctx context.Context, tokenHashes []string) (map[string]*session, error) {
	rows, err := s.queries(ctx).LiveSessions(ctx, persondb.LiveSessionsParams{
		TokenHashes: db.PadToPowerOfTwo(tokenHashes), ExpiresAt: db.Millis(s.db.Now()),
	})
	if err != nil {
		return nil, fmt.Errorf("find sessions: %w", err)
	}
	found := make(map[string]*session, len(tokenHashes))
	for _, row := range rows { // one for each role, and one for a person without any
		one := found[row.TokenHash]
		if one == nil {
			one = &session{ID: row.ID, PersonID: row.PersonID, HomePath: row.HomePath, HomeVerified: row.HomeVerifiedAt != 0,
				ExpiresAt: db.Time(row.ExpiresAt)}
			found[row.TokenHash] = one
		}
		if row.GrantID != "" {
			one.Grants = append(one.Grants, web.RoleGrant{ID: row.GrantID, Role: web.Role(row.Role), RegionID: row.RegionID,
				OrganisationID: row.OrganisationID, TeamID: row.TeamID})
		}
	}
	return found, nil
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
