package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// The paths of WeChat's API that a Client calls and a Simulator answers.
const (
	PathCode2Session     = "/sns/jscode2session"
	PathStableToken      = "/cgi-bin/stable_token"
	PathToken            = "/cgi-bin/token"
	PathPhoneNumber      = "/wxa/business/getuserphonenumber"
	PathMiniProgramCode  = "/wxa/getwxacodeunlimit"
	PathCheckText        = "/wxa/msg_sec_check"
	PathCheckMedia       = "/wxa/media_check_async"
	PathSubscribeMessage = "/cgi-bin/message/subscribe/send"
	PathServers          = "/cgi-bin/get_api_domain_ip"
)

const (
	messagesKept   = 20_000
	simulatedLimit = 1 << 20 // bytes of a request
)

// Simulator plays api.weixin.qq.com over HTTP, with the same paths and JSON, for the demo and for tests. A login
// code sim:NAME is the person with openid sim-NAME (NAME of 1 to 40 of a-z 0-9 _ -), as often as it is used; a
// phone code sim:13800000000 gives that number. A text that holds 违禁 is risky, one that holds 待复核 is for review,
// everything else passes. Any AppID with any secret is served.
type Simulator struct {
	listener net.Listener
	server   *http.Server
	stop     context.CancelFunc
	stopped  context.Context
	pushing  sync.WaitGroup

	mu         sync.Mutex
	tokens     map[tokenOwner]issuedToken
	behaviours map[string]Behaviour
	sometimes  map[string]sometimes
	calls      map[string]int
	messages   []SentMessage
	callback   Callback
}

// SentMessage is a subscribe message that was sent through a Simulator.
type SentMessage struct {
	OpenID     string            `json:"openid"`
	TemplateID string            `json:"template_id"`
	Page       string            `json:"page"`
	Data       map[string]string `json:"data"`
	At         time.Time         `json:"at"`
}

// StartSimulator listens on addr, which should be loopback ("127.0.0.1:0" for any free port), until Close.
func StartSimulator(addr string) (*Simulator, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("simulated wechat: %w", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	s := &Simulator{
		listener:   listener,
		stop:       stop,
		stopped:    stopped,
		tokens:     map[tokenOwner]issuedToken{},
		behaviours: map[string]Behaviour{},
		sometimes:  map[string]sometimes{},
		calls:      map[string]int{},
	}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

// URL is the base URL for a Client's Config.
func (s *Simulator) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends every request at once, also those that hang, drops the callbacks not yet pushed, and frees the port.
func (s *Simulator) Close() error {
	s.mu.Lock()
	s.stop()
	s.mu.Unlock()
	err := s.server.Close()
	s.pushing.Wait()
	return err
}

// Calls counts the requests that came for a path, whatever they were answered.
func (s *Simulator) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}

// SentMessages answers with the last 20,000 subscribe messages sent, oldest first.
func (s *Simulator) SentMessages() []SentMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]SentMessage(nil), s.messages...)
}

// apiCall is one request that has passed the checks which all endpoints share.
type apiCall struct {
	request *http.Request
	body    []byte
	appID   string // of the access token
	verdict Verdict
}

// picture is an answer that is not JSON.
type picture []byte

type endpoint struct {
	method     string
	needsToken bool
	answer     func(*Simulator, apiCall) any
}

var endpoints = map[string]endpoint{
	PathCode2Session:     {method: http.MethodGet, answer: (*Simulator).code2Session},
	PathStableToken:      {method: http.MethodPost, answer: (*Simulator).stableToken},
	PathToken:            {method: http.MethodGet, answer: (*Simulator).classicToken},
	PathPhoneNumber:      {method: http.MethodPost, needsToken: true, answer: (*Simulator).phoneNumber},
	PathMiniProgramCode:  {method: http.MethodPost, needsToken: true, answer: (*Simulator).miniProgramCode},
	PathCheckText:        {method: http.MethodPost, needsToken: true, answer: (*Simulator).checkText},
	PathCheckMedia:       {method: http.MethodPost, needsToken: true, answer: (*Simulator).checkMedia},
	PathSubscribeMessage: {method: http.MethodPost, needsToken: true, answer: (*Simulator).subscribeMessage},
	PathServers:          {method: http.MethodGet, needsToken: true, answer: (*Simulator).servers},
}

// ServeHTTP answers WeChat's paths, and behaviourPath and messagesPath, which never misbehave.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case behaviourPath:
		s.serveBehaviour(w, r)
		return
	case messagesPath:
		s.serveMessages(w, r)
		return
	}
	endpoint, ok := endpoints[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, simulatedLimit))
	if err != nil {
		http.Error(w, "request too large", http.StatusRequestEntityTooLarge)
		return
	}
	told := s.arrive(r.URL.Path)
	if told.misbehave(w, r) {
		return
	}
	answer := s.answer(endpoint, apiCall{request: r, body: body, verdict: told.Verdict})
	if told.Lose {
		panic(http.ErrAbortHandler)
	}
	write(w, answer)
}

// arrive counts a call and answers with the behaviour that it is to meet.
func (s *Simulator) arrive(path string) Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[path]++
	return s.takeBehaviour(path)
}

func (s *Simulator) answer(endpoint endpoint, call apiCall) any {
	switch {
	case call.request.Method != endpoint.method && endpoint.method == http.MethodPost:
		return apiError(43002)
	case call.request.Method != endpoint.method:
		return apiError(43001)
	case !endpoint.needsToken:
		return endpoint.answer(s, call)
	}
	appID, errCode := s.ownerOf(call.request.URL.Query().Get("access_token"))
	if errCode != 0 {
		return apiError(errCode)
	}
	call.appID = appID
	return endpoint.answer(s, call)
}

func write(w http.ResponseWriter, answer any) {
	if drawn, ok := answer.(picture); ok {
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(drawn)
		return
	}
	w.Header().Set("Content-Type", "application/json; encoding=utf-8")
	_ = json.NewEncoder(w).Encode(answer)
}

// errorAnswer is the part that all of WeChat's answers share.
type errorAnswer struct {
	ErrCode int    `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

// apiError answers as WeChat does: the words of its documents and a request id.
func apiError(errCode int) errorAnswer {
	words, ok := errorWords[errCode]
	if !ok {
		words = "simulated error"
	}
	return errorAnswer{ErrCode: errCode, ErrMsg: words + " rid: " + randomHex(4) + "-" + randomHex(4) + "-" + randomHex(4)}
}

var errorWords = map[int]string{
	-1:    "system error",
	40001: "invalid credential, access_token is invalid or not latest",
	40003: "invalid openid",
	40004: "invalid media type",
	40013: "invalid appid",
	40014: "invalid access_token",
	40029: "invalid code",
	40037: "invalid template_id",
	40066: "invalid url",
	40097: "invalid args",
	40125: "invalid appsecret",
	40129: "invalid scene",
	40163: "code been used",
	40164: "invalid ip, not in whitelist",
	40169: "invalid length for scene, or the data is not json string",
	40226: "code blocked",
	41001: "access_token missing",
	41002: "appid missing",
	41004: "appsecret missing",
	41008: "missing code",
	41030: "invalid page",
	42001: "access_token expired",
	43001: "require GET method",
	43002: "require POST method",
	43101: "user refuse to accept the msg",
	43104: "the openid does not match the appid",
	44002: "empty post data",
	44991: "reach max api minute frequence",
	45002: "content size out of limit",
	45009: "reach max api daily quota limit",
	45011: "api minute-quota reach limit, must slower, retry next minute",
	47001: "data format error",
	47003: "argument invalid!",
	61010: "code is expired",
	87020: "repeat request limit exceeded",
}

// read decodes a request's JSON; what is not JSON leaves into empty, which every endpoint refuses.
func (c apiCall) read(into any) error {
	if len(c.body) == 0 {
		return errors.New("empty post data")
	}
	return json.Unmarshal(c.body, into)
}
