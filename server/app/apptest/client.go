package apptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// Client calls the server as one person, or as nobody.
type Client struct {
	PersonID string
	Token    string
	// Card is sent as X-Card: the person of the card acts, through this client's person.
	Card string
	// Headers are sent with every call.
	Headers http.Header

	h *Harness
}

// Answer is what the server said.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Call   string // method and path, for messages
	tb     testing.TB
}

// Anonymous calls without a session.
func (h *Harness) Anonymous() *Client { return &Client{h: h} }

// Login logs in as sim:NAME, the first time only; later calls give the same client.
func (h *Harness) Login(name string) *Client {
	h.Helper()
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if known, ok := h.clients[name]; ok {
		return known
	}
	answer := h.Anonymous().Post("/sessions", map[string]string{"code": "sim:" + name}).Want(http.StatusCreated)
	client := &Client{h: h, Token: answer.Get("token").String(), PersonID: answer.Get("person.id").String()}
	h.clients[name] = client
	return client
}

// ByCard is a client of the same helper acting for the person of a card.
func (c *Client) ByCard(cardToken string) *Client {
	helped := *c
	helped.Card = cardToken
	return &helped
}

// With is the same client sending one more header.
func (c *Client) With(name, value string) *Client {
	changed := *c
	changed.Headers = c.Headers.Clone()
	if changed.Headers == nil {
		changed.Headers = http.Header{}
	}
	changed.Headers.Set(name, value)
	return &changed
}

func (c *Client) Get(path string) *Answer { c.h.Helper(); return c.Do(http.MethodGet, path, nil) }
func (c *Client) Post(path string, body any) *Answer {
	c.h.Helper()
	return c.Do(http.MethodPost, path, body)
}
func (c *Client) Put(path string, body any) *Answer {
	c.h.Helper()
	return c.Do(http.MethodPut, path, body)
}
func (c *Client) Patch(path string, body any) *Answer {
	c.h.Helper()
	return c.Do(http.MethodPatch, path, body)
}
func (c *Client) Delete(path string) *Answer { c.h.Helper(); return c.Do(http.MethodDelete, path, nil) }

// Do calls path, below the contract's base path unless it is a whole URL, with body as JSON: any value, a
// json.RawMessage as it stands, or nil for none. It may be called from many goroutines; a call that gets no
// answer at all ends the test.
func (c *Client) Do(method, path string, body any) *Answer {
	c.h.Helper()
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			panic(err)
		}
		reader = bytes.NewReader(text)
	}
	return c.Send(method, path, "application/json", reader)
}

// Upload posts content as the multipart field `file`.
func (c *Client) Upload(path, filename string, content []byte) *Answer {
	c.h.Helper()
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	part, err := writer.CreateFormFile("file", filename)
	if err != nil {
		panic(err)
	}
	if _, err := part.Write(content); err != nil {
		panic(err)
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
	return c.Send(http.MethodPost, path, writer.FormDataContentType(), &form)
}

// Send calls path with any body.
func (c *Client) Send(method, path, contentType string, body io.Reader) *Answer {
	c.h.Helper()
	url := path
	if !strings.HasPrefix(path, "http") {
		url = c.h.URL + path
	}
	request, err := http.NewRequest(method, url, body)
	if err != nil {
		panic(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", contentType)
	}
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if c.Card != "" {
		request.Header.Set("X-Card", c.Card)
	}
	for name, values := range c.Headers {
		request.Header[name] = values
	}
	call := method + " " + path
	response, err := c.h.http.Do(request)
	if err != nil {
		c.h.Errorf("%s: %v", call, err)
		return &Answer{Call: call, tb: c.h}
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		c.h.Errorf("%s: read the answer: %v", call, err)
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: content, Call: call, tb: c.h}
}

// Want ends the test unless the status is as wanted. Not from other goroutines than the test's: there look
// at Status.
func (a *Answer) Want(status int) *Answer {
	a.tb.Helper()
	if a.Status != status {
		a.tb.Fatalf("%s: status %d, want %d: %s", a.Call, a.Status, status, a.Body)
	}
	return a
}

// WantCode ends the test unless the answer is a problem with this status and code, told in Chinese.
func (a *Answer) WantCode(status int, code string) *Answer {
	a.tb.Helper()
	a.Want(status)
	if got := a.Get("code").String(); got != code {
		a.tb.Fatalf("%s: code %q, want %q: %s", a.Call, got, code, a.Body)
	}
	if detail := a.Get("detail").String(); len(detail) == len([]rune(detail)) {
		a.tb.Fatalf("%s: detail %q is not fit to show to a Chinese reader", a.Call, detail)
	}
	return a
}

// Get reads one value of the JSON answer by gjson's path: "items.0.id".
func (a *Answer) Get(path string) gjson.Result { return gjson.GetBytes(a.Body, path) }

// Into reads the whole JSON answer.
func (a *Answer) Into(value any) *Answer {
	a.tb.Helper()
	if err := json.Unmarshal(a.Body, value); err != nil {
		a.tb.Fatalf("%s: %v: %s", a.Call, err, a.Body)
	}
	return a
}

func (a *Answer) String() string { return fmt.Sprintf("%s: %d %s", a.Call, a.Status, a.Body) }
