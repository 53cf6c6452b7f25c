package wechat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/silenceper/wechat/v2/util"
)

const (
	apiHost     = "api.weixin.qq.com"
	answerLimit = 4 << 20 // bytes; the largest answer is a mini-program code of 1280 pixels
)

type clientKey struct{}

// passThroughGate puts the gate before the library's HTTP client, which is one for the whole process.
var passThroughGate = sync.OnceFunc(func() {
	util.DefaultHTTPClient = &http.Client{Transport: gate{wire: newWire()}}
})

func newWire() *http.Transport {
	wire := http.DefaultTransport.(*http.Transport).Clone()
	wire.MaxIdleConnsPerHost = 32 // every call goes to the same host; the default keeps 2
	return wire
}

// gate lets through only calls to WeChat that a Client has begun, and sends each to its Client's base URL.
//
// It also reads the answer, which a RoundTripper otherwise leaves alone: the library tells of a refusal in five
// ways, two of them texts, and puts the whole URL, with secret and token, into the error for any other status.
type gate struct{ wire http.RoundTripper }

func (g gate) RoundTrip(request *http.Request) (*http.Response, error) {
	client, ok := request.Context().Value(clientKey{}).(*Client)
	if !ok || request.URL.Host != apiHost {
		closeBody(request)
		return nil, fmt.Errorf("only a Client's calls to %s are let through, not one to %s", apiHost, request.URL.Host)
	}
	path := request.URL.Path
	response, err := g.send(client, request)
	client.metrics.count(path, err)
	return response, err
}

func (g gate) send(client *Client, request *http.Request) (*http.Response, error) {
	path := request.URL.Path
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host, request.Host = client.base.Scheme, client.base.Host, client.base.Host
	request.URL.Path = strings.TrimSuffix(client.base.Path, "/") + path

	response, err := g.wire.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	body, err := readAnswer(response)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if refusal := refusalIn(response.StatusCode, body); refusal != nil {
		refusal.Path = path
		return nil, refusal
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

func closeBody(request *http.Request) {
	if request.Body != nil {
		_ = request.Body.Close()
	}
}

func readAnswer(response *http.Response) ([]byte, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit+1))
	if err == nil && len(body) > answerLimit {
		err = fmt.Errorf("the answer is longer than %d bytes", answerLimit)
	}
	return body, err
}

// refusal is an answer of WeChat's that is no success: an errcode, or a status other than 200. It keeps
// nothing of errmsg but the request id that WeChat's support asks for, so that it may be logged.
type refusal struct {
	Path      string
	Status    int
	ErrCode   int64
	RequestID string
}

func (r *refusal) Error() string {
	if r.ErrCode == 0 {
		return fmt.Sprintf("%s: status %d", r.Path, r.Status)
	}
	return fmt.Sprintf("%s: errcode %d (rid %s)", r.Path, r.ErrCode, r.RequestID)
}

var requestIDPattern = regexp.MustCompile(`rid: ([0-9a-f-]{1,64})`)

func refusalIn(status int, body []byte) *refusal {
	if status != http.StatusOK {
		return &refusal{Status: status}
	}
	var answer struct {
		ErrCode int64  `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.ErrCode == 0 {
		return nil
	}
	refusal := &refusal{Status: status, ErrCode: answer.ErrCode}
	if found := requestIDPattern.FindStringSubmatch(answer.ErrMsg); found != nil {
		refusal.RequestID = found[1]
	}
	return refusal
}

// isTokenRefusal tells whether WeChat refused the access token: 40001 not the latest, 40014 not one, 42001 expired.
func isTokenRefusal(err error) bool {
	var refused *refusal
	if !errors.As(err, &refused) {
		return false
	}
	return refused.ErrCode == 40001 || refused.ErrCode == 40014 || refused.ErrCode == 42001
}

// withoutURL takes the URL, which holds the secret or the token, out of an error of net/http's.
func withoutURL(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
