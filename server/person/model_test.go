package person_test

import (
	"fmt"
	"net/http"
	"testing"

	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
)

// account is a person's sessions and cards as they must be, to be compared with what they are.
type account struct {
	h        *apptest.Harness
	name     string
	personID string
	sessions []*held
	cards    []*held
}

// held is a session or a card.
type held struct {
	id, token string
	alive     bool
}

func (a *account) login(*rapid.T) {
	answer := a.h.Anonymous().Post("/sessions", loginCode(a.name)).Want(http.StatusCreated)
	a.personID = answer.Get("person.id").String()
	a.sessions = append(a.sessions, &held{token: answer.Get("token").String(), alive: true})
}

func (a *account) logout(t *rapid.T) {
	session := rapid.SampledFrom(a.sessions).Draw(t, "session")
	answer := a.by(session).Delete("/sessions/current")
	if !session.alive {
		answer.WantCode(http.StatusUnauthorized, "auth.required")
		return
	}
	answer.Want(http.StatusNoContent)
	session.alive = false
}

func (a *account) logoutEverywhere(t *rapid.T) {
	session := rapid.SampledFrom(a.sessions).Draw(t, "session")
	if !session.alive {
		t.Skip("that session is over")
	}
	a.by(session).Delete("/sessions").Want(http.StatusNoContent)
	for _, session := range a.sessions {
		session.alive = false
	}
}

func (a *account) by(session *held) *apptest.Client {
	client := *a.h.Anonymous()
	client.Token = session.token
	return &client
}

func (a *account) issue(*rapid.T) {
	answer := a.h.Login("secretary").Post("/people/"+a.personID+"/cards", nil)
	if living(a.cards) == 3 {
		answer.WantCode(http.StatusConflict, "card.limit")
		return
	}
	answer.Want(http.StatusCreated)
	a.cards = append(a.cards, &held{id: answer.Get("id").String(), token: answer.Get("token").String(), alive: true})
}

func living(cards []*held) int {
	count := 0
	for _, card := range cards {
		if card.alive {
			count++
		}
	}
	return count
}

func (a *account) revoke(t *rapid.T) {
	if len(a.cards) == 0 {
		t.Skip("no card yet")
	}
	card := rapid.SampledFrom(a.cards).Draw(t, "card")
	answer := a.h.Login("secretary").Delete("/people/" + a.personID + "/cards/" + card.id)
	if !card.alive {
		answer.WantCode(http.StatusNotFound, "not_found")
		return
	}
	answer.Want(http.StatusNoContent)
	card.alive = false
}

// useSession and useCard end the test when one works that must not, or the other way round.
func (a *account) useSession(t *rapid.T) {
	a.trySession(t, rapid.SampledFrom(a.sessions).Draw(t, "session"))
}

func (a *account) useCard(t *rapid.T) {
	if len(a.cards) == 0 {
		t.Skip("no card yet")
	}
	a.tryCard(t, rapid.SampledFrom(a.cards).Draw(t, "card"))
}

func (a *account) trySession(t *rapid.T, session *held) {
	if status := a.by(session).Get("/me").Status; (status == http.StatusOK) != session.alive {
		t.Fatalf("a session (alive: %v) is answered %d", session.alive, status)
	}
}

func (a *account) tryCard(t *rapid.T, card *held) {
	if status := a.h.Login("leader").ByCard(card.token).Get("/me").Status; (status == http.StatusOK) != card.alive {
		t.Fatalf("a card (alive: %v) is answered %d", card.alive, status)
	}
}

// Whatever is done in whatever order, every session and every card works exactly until it is ended.
func TestSessionsAndCardsLiveUntilTheyAreEnded(t *testing.T) {
	h := apptest.Start(t)
	number := 0
	rapid.Check(t, func(t *rapid.T) {
		number++
		a := &account{h: h, name: fmt.Sprintf("model%d", number)}
		a.login(t)
		a.by(a.sessions[0]).Patch("/me", map[string]string{"home_region_id": h.World.Grid.ID}).Want(http.StatusOK)
		t.Repeat(map[string]func(*rapid.T){
			"log in": a.login, "log out": a.logout, "log out everywhere": a.logoutEverywhere, "use a session": a.useSession,
			"issue": a.issue, "revoke": a.revoke, "use a card": a.useCard,
		})
		for _, session := range a.sessions {
			a.trySession(t, session)
		}
		for _, card := range a.cards {
			a.tryCard(t, card)
		}
	})
}
