package wechat

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

const (
	// EveryPath, told a behaviour, makes all of WeChat's paths behave so, whatever each was told.
	EveryPath = "*"

	behaviourPath = "/simulator/behaviour"

	// messagesPath lists the subscribe messages that were sent, with ?openid= those to one person.
	messagesPath = "/simulator/messages"
)

// Behaviour is how a path is to answer. What comes first in this list is done first; what is zero is left out.
type Behaviour struct {
	Delay      time.Duration // before anything else
	Hang       bool          // no answer until the caller gives up
	Drop       bool          // the connection is cut
	HTTPStatus int           // this status, with a page of HTML
	ErrCode    int           // 200 with this errcode
	Verdict    Verdict       // of the content checks
	Lose       bool          // what was asked for is done, and the connection cut before the answer

	Times int // for so many calls; 0: until told otherwise
}

// Tell makes a path behave so. It panics when the path is neither WeChat's nor EveryPath.
func (s *Simulator) Tell(path string, behaviour Behaviour) {
	if _, ok := endpoints[path]; !ok && path != EveryPath {
		panic(fmt.Sprintf("simulated wechat: no path %q", path))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviours[path] = behaviour
}

// sometimes is how some calls on a path are to be answered.
type sometimes struct {
	share      float64
	behaviours []Behaviour
	draw       *rand.Rand
}

// TellSometimes makes a share of the calls on a path, drawn at random, behave in one of several ways. It counts
// where Tell has said nothing. The same calls one after the other are drawn alike every time.
func (s *Simulator) TellSometimes(path string, share float64, behaviours ...Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sometimes[path] = sometimes{share: share, behaviours: behaviours, draw: rand.New(rand.NewPCG(1, 2))}
}

// Forget takes back what a path was told.
func (s *Simulator) Forget(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.behaviours, path)
	delete(s.sometimes, path)
}

// Down cuts every connection, as if WeChat could not be reached, until Up.
func (s *Simulator) Down() { s.Tell(EveryPath, Behaviour{Drop: true}) }

// Up ends Down.
func (s *Simulator) Up() { s.Forget(EveryPath) }

// takeBehaviour answers with what a call on path is to meet, and counts it off. The caller holds the lock.
func (s *Simulator) takeBehaviour(path string) Behaviour {
	for _, told := range []string{EveryPath, path} {
		behaviour, ok := s.behaviours[told]
		if !ok {
			continue
		}
		switch behaviour.Times {
		case 0:
		case 1:
			delete(s.behaviours, told)
		default:
			left := behaviour
			left.Times--
			s.behaviours[told] = left
		}
		return behaviour
	}
	if some, ok := s.sometimes[path]; ok && some.draw.Float64() < some.share {
		return some.behaviours[some.draw.IntN(len(some.behaviours))]
	}
	return Behaviour{}
}

// misbehave tells whether the call has got its answer, or is to get none.
func (b Behaviour) misbehave(w http.ResponseWriter, r *http.Request) bool {
	wait := time.After(b.Delay)
	if b.Hang {
		wait = nil
	}
	select {
	case <-wait:
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	}
	switch {
	case b.Drop:
		panic(http.ErrAbortHandler) // net/http cuts the connection without a word
	case b.HTTPStatus != 0:
		http.Error(w, "<html><body>"+http.StatusText(b.HTTPStatus)+"</body></html>", b.HTTPStatus)
		return true
	case b.ErrCode != 0:
		write(w, apiError(b.ErrCode))
		return true
	}
	return false
}

// behaviourRequest is the body of PUT /simulator/behaviour: Tell over HTTP, for tests that run in a browser.
type behaviourRequest struct {
	Path       string  `json:"path"`
	DelayMS    int     `json:"delay_ms"`
	Hang       bool    `json:"hang"`
	Drop       bool    `json:"drop"`
	HTTPStatus int     `json:"http_status"`
	ErrCode    int     `json:"err_code"`
	Verdict    Verdict `json:"verdict"`
	Lose       bool    `json:"lose"`
	Times      int     `json:"times"`
}

// serveBehaviour answers PUT with a behaviourRequest, and DELETE with ?path= for Forget or without for forgetting all.
func (s *Simulator) serveBehaviour(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPut:
		if err := s.tellOverHTTP(w, r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	case http.MethodDelete:
		s.forgetOverHTTP(r.URL.Query().Get("path"))
	default:
		w.Header().Set("Allow", "PUT, DELETE")
		http.Error(w, "PUT or DELETE", http.StatusMethodNotAllowed)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) tellOverHTTP(w http.ResponseWriter, r *http.Request) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, simulatedLimit))
	decoder.DisallowUnknownFields()
	var told behaviourRequest
	if err := decoder.Decode(&told); err != nil {
		return err
	}
	if _, ok := endpoints[told.Path]; !ok && told.Path != EveryPath {
		return fmt.Errorf("no path %q", told.Path)
	}
	if told.HTTPStatus != 0 && (told.HTTPStatus < 200 || told.HTTPStatus > 599) {
		return fmt.Errorf("no status %d", told.HTTPStatus)
	}
	s.Tell(told.Path, Behaviour{
		Delay: time.Duration(told.DelayMS) * time.Millisecond, Hang: told.Hang, Drop: told.Drop,
		HTTPStatus: told.HTTPStatus, ErrCode: told.ErrCode, Verdict: told.Verdict, Lose: told.Lose, Times: told.Times,
	})
	return nil
}

func (s *Simulator) forgetOverHTTP(path string) {
	if path != "" {
		s.Forget(path)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.behaviours)
	clear(s.sometimes)
}

// serveMessages answers GET with SentMessages as JSON.
func (s *Simulator) serveMessages(w http.ResponseWriter, r *http.Request) {
	openID := r.URL.Query().Get("openid")
	sent := slices.DeleteFunc(s.SentMessages(), func(one SentMessage) bool { return openID != "" && one.OpenID != openID })
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"items": append([]SentMessage{}, sent...)})
}
