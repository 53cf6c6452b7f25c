package wechat

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// tokenLifetime is what WeChat promises; in the last tokenMargin of it the stable token is already the next one.
const tokenLifetime = 2 * time.Hour

// tokenOwner has one token at a time: WeChat keeps the stable token and the classic one apart.
type tokenOwner struct {
	appID  string
	stable bool
}

type issuedToken struct {
	text  string
	until time.Time
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

// ExpireTokens makes every token that was issued unknown.
func (s *Simulator) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

func (s *Simulator) stableToken(call apiCall) any {
	var asked struct {
		GrantType    string `json:"grant_type"`
		AppID        string `json:"appid"`
		Secret       string `json:"secret"`
		ForceRefresh bool   `json:"force_refresh"`
	}
	if err := call.read(&asked); err != nil {
		return apiError(47001)
	}
	if errCode := checkApp(asked.AppID, asked.Secret); errCode != 0 {
		return apiError(errCode)
	}
	return s.issue(tokenOwner{appID: asked.AppID, stable: true}, asked.ForceRefresh)
}

// classicToken gives another token with every call, and the one before it ends.
func (s *Simulator) classicToken(call apiCall) any {
	query := call.request.URL.Query()
	if errCode := checkApp(query.Get("appid"), query.Get("secret")); errCode != 0 {
		return apiError(errCode)
	}
	return s.issue(tokenOwner{appID: query.Get("appid")}, true)
}

func checkApp(appID, secret string) (errCode int) {
	if appID == "" {
		return 41002
	}
	if secret == "" {
		return 41004
	}
	return 0
}

func (s *Simulator) issue(owner tokenOwner, anew bool) tokenAnswer {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.tokens[owner]
	if anew || time.Until(token.until) < tokenMargin {
		token = issuedToken{text: "simulated_" + randomHex(32), until: time.Now().Add(tokenLifetime)}
		s.tokens[owner] = token
	}
	return tokenAnswer{AccessToken: token.text, ExpiresIn: int(time.Until(token.until).Seconds())}
}

// ownerOf answers with the AppID that a token was issued to, or with the errcode that refuses it.
func (s *Simulator) ownerOf(text string) (appID string, errCode int) {
	if text == "" {
		return "", 41001
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for owner, token := range s.tokens {
		switch {
		case token.text != text:
			continue
		case time.Now().After(token.until):
			return "", 42001
		}
		return owner.appID, 0
	}
	return "", 40001
}

func randomHex(bytes int) string {
	random := make([]byte, bytes)
	_, _ = rand.Read(random) // never fails: crypto/rand ends the process instead
	return hex.EncodeToString(random)
}
