package wechat

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// ask calls a simulator as any program would, without a Client.
func ask(t *testing.T, method, address, body string) (status int, answer map[string]any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = json.Unmarshal(content, &answer)
	return response.StatusCode, answer
}

func errCodeOf(answer map[string]any) int {
	code, _ := answer["errcode"].(float64)
	return int(code)
}

func TestSimulatorChecksAsWeChatDoes(t *testing.T) {
	simulator := startSimulator(t)
	_, answer := ask(t, http.MethodPost, simulator.URL()+PathStableToken, `{"grant_type":"client_credential","appid":"wx1","secret":"s"}`)
	token, _ := answer["access_token"].(string)
	if token == "" || answer["expires_in"].(float64) < 7000 {
		t.Fatalf("%v", answer)
	}
	for _, test := range []struct {
		method, path, query, body string
		errCode                   int
	}{
		{"GET", PathCode2Session, "", "", 41002},
		{"GET", PathCode2Session, "appid=wx1", "", 41004},
		{"GET", PathCode2Session, "appid=wx1&secret=s", "", 41008},
		{"GET", PathCode2Session, "appid=wx1&secret=s&js_code=x", "", 40029},
		{"GET", PathCode2Session, "appid=wx1&secret=s&js_code=sim:a", "", 0},
		{"POST", PathCode2Session, "appid=wx1&secret=s&js_code=sim:a", "", 43001},
		{"GET", PathStableToken, "", "", 43002},
		{"POST", PathStableToken, "", "x", 47001},
		{"POST", PathStableToken, "", `{"secret":"s"}`, 41002},
		{"POST", PathStableToken, "", `{"appid":"wx1"}`, 41004},
		{"GET", PathToken, "grant_type=client_credential", "", 41002},
		{"GET", PathToken, "grant_type=client_credential&appid=wx1&secret=s", "", 0},
		{"POST", PathPhoneNumber, "", `{"code":"sim:13800000000"}`, 41001},
		{"POST", PathPhoneNumber, "access_token=guessed", `{"code":"sim:13800000000"}`, 40001},
		{"POST", PathPhoneNumber, "access_token=TOKEN", `{"code":"sim:13800000000"}`, 0},
		{"POST", PathPhoneNumber, "access_token=TOKEN", ``, 47001},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"content":"x"}`, 0},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"o","scene":3,"version":1,"content":"x"}`, 47001},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"","scene":3,"version":2,"content":"x"}`, 40003},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"o","scene":5,"version":2,"content":"x"}`, 40129},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"content":""}`, 44002},
		{"POST", PathCheckText, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"content":"` + strings.Repeat("x", 2501) + `"}`, 45002},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"media_type":2,"media_url":"https://a.example/1"}`, 0},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"o","scene":3,"version":1,"media_type":2,"media_url":"https://a.example/1"}`, 47001},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"","scene":3,"version":2,"media_type":2,"media_url":"https://a.example/1"}`, 40003},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"media_type":9,"media_url":"https://a.example/1"}`, 40004},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"o","scene":9,"version":2,"media_type":2,"media_url":"https://a.example/1"}`, 40129},
		{"POST", PathCheckMedia, "access_token=TOKEN", `{"openid":"o","scene":3,"version":2,"media_type":2,"media_url":"file:///etc"}`, 40066},
		{"POST", PathMiniProgramCode, "access_token=TOKEN", `{"scene":"站"}`, 40169},
		{"POST", PathMiniProgramCode, "access_token=TOKEN", `{"scene":"a","page":"/x"}`, 41030},
		{"POST", PathMiniProgramCode, "access_token=TOKEN", `{"scene":"a"}`, 0},
	} {
		query := strings.ReplaceAll(test.query, "TOKEN", token)
		status, answer := ask(t, test.method, simulator.URL()+test.path+"?"+query, test.body)
		if status != http.StatusOK || errCodeOf(answer) != test.errCode {
			t.Errorf("%+v: status %d, %v", test, status, answer)
		}
	}
	if status, _ := ask(t, http.MethodGet, simulator.URL()+"/cgi-bin/user/info", ""); status != http.StatusNotFound {
		t.Errorf("an unknown path: status %d", status)
	}
}

func TestSimulatedTokens(t *testing.T) {
	simulator := startSimulator(t)
	stable := tokenOwner{appID: "wx1", stable: true}
	first := simulator.issue(stable, false).AccessToken
	if again := simulator.issue(stable, false).AccessToken; again != first {
		t.Error("the stable token changed by itself")
	}
	classic := simulator.issue(tokenOwner{appID: "wx1"}, true).AccessToken
	if _, errCode := simulator.ownerOf(first); errCode != 0 {
		t.Error("a classic token ended the stable one")
	}
	second := simulator.issue(stable, true).AccessToken
	for token, want := range map[string]int{first: 40001, second: 0, classic: 0, "guessed": 40001, "": 41001} {
		if _, errCode := simulator.ownerOf(token); errCode != want {
			t.Errorf("errcode %d, want %d", errCode, want)
		}
	}
	if owner, _ := simulator.ownerOf(second); owner != "wx1" {
		t.Errorf("the token is %q's", owner)
	}
	simulator.tokens[stable] = issuedToken{text: second, until: time.Now().Add(-time.Second)}
	if _, errCode := simulator.ownerOf(second); errCode != 42001 {
		t.Errorf("errcode %d for an old token, want 42001", errCode)
	}
	third := simulator.issue(stable, false).AccessToken
	simulator.tokens[stable] = issuedToken{text: third, until: time.Now().Add(tokenMargin - time.Second)}
	if simulator.issue(stable, false).AccessToken == third {
		t.Error("a token that is about to end is still handed out")
	}
	simulator.ExpireTokens()
	if _, errCode := simulator.ownerOf(classic); errCode != 40001 {
		t.Errorf("errcode %d for a revoked token, want 40001", errCode)
	}
}

func TestBehaviourLastsAsLongAsTold(t *testing.T) {
	simulator := startSimulator(t)
	login := func() int {
		_, answer := ask(t, http.MethodGet, simulator.URL()+PathCode2Session+"?appid=wx1&secret=s&js_code=sim:a", "")
		return errCodeOf(answer)
	}
	want := func(codes ...int) {
		t.Helper()
		for i, code := range codes {
			if got := login(); got != code {
				t.Errorf("call %d: errcode %d, want %d", i, got, code)
			}
		}
	}
	want(0)
	simulator.Tell(PathCode2Session, Behaviour{ErrCode: 45011, Times: 2})
	want(45011, 45011, 0)
	simulator.Tell(PathCode2Session, Behaviour{ErrCode: -1})
	simulator.Tell(EveryPath, Behaviour{ErrCode: 40226, Times: 1})
	want(40226, -1, -1, -1)
	simulator.Forget(PathCode2Session)
	want(0)
	simulator.Tell(PathCheckText, Behaviour{ErrCode: -1})
	want(0)
	if calls := simulator.Calls(PathCode2Session); calls != 10 {
		t.Errorf("%d calls were counted, want 10", calls)
	}
}

func TestBehaviourIsCountedOffExactly(t *testing.T) {
	simulator := startSimulator(t)
	const told, calls = 20, 60
	simulator.Tell(PathCode2Session, Behaviour{HTTPStatus: 503, Times: told})
	var wait sync.WaitGroup
	var mu sync.Mutex
	failed := 0
	for range calls {
		wait.Go(func() {
			status, _ := ask(t, http.MethodGet, simulator.URL()+PathCode2Session+"?appid=wx1&secret=s&js_code=sim:a", "")
			mu.Lock()
			defer mu.Unlock()
			if status == http.StatusServiceUnavailable {
				failed++
			}
		})
	}
	wait.Wait()
	if failed != told || simulator.Calls(PathCode2Session) != calls {
		t.Errorf("%d of %d failed, want %d of %d", failed, simulator.Calls(PathCode2Session), told, calls)
	}
}

func TestDownAndUp(t *testing.T) {
	simulator := startSimulator(t)
	simulator.Down()
	response, err := http.Get(simulator.URL() + PathCode2Session)
	if err == nil {
		response.Body.Close()
		t.Errorf("status %d, want the connection cut", response.StatusCode)
	}
	simulator.Up()
	if status, _ := ask(t, http.MethodGet, simulator.URL()+PathCode2Session, ""); status != http.StatusOK {
		t.Errorf("status %d when up again", status)
	}
}

func TestBehaviourOverHTTP(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	address := simulator.URL() + behaviourPath
	check := func(want Verdict) {
		t.Helper()
		if verdict, err := client.CheckText(t.Context(), testOpenID, "你好"); err != nil || verdict != want {
			t.Errorf("%v, %v, want %v", verdict, err, want)
		}
	}
	put := func(body string, want int) {
		t.Helper()
		if status, _ := ask(t, http.MethodPut, address, body); status != want {
			t.Errorf("%s: status %d, want %d", body, status, want)
		}
	}
	put(`{"path":"/wxa/msg_sec_check","verdict":"risky","times":1}`, http.StatusNoContent)
	check(Risky)
	check(Pass)
	put(`{"path":"/wxa/msg_sec_check","verdict":"review"}`, http.StatusNoContent)
	check(Review)
	if status, _ := ask(t, http.MethodDelete, address+"?path="+PathCheckText, ""); status != http.StatusNoContent {
		t.Errorf("status %d", status)
	}
	check(Pass)

	put(`{"path":"*","delay_ms":1,"hang":false,"drop":true,"http_status":500,"err_code":-1}`, http.StatusNoContent)
	if _, err := client.CheckText(t.Context(), testOpenID, "你好"); err == nil {
		t.Error("every path is down, but the text was checked")
	}
	if status, _ := ask(t, http.MethodDelete, address, ""); status != http.StatusNoContent {
		t.Errorf("status %d", status)
	}
	check(Pass)

	put(`{"path":"/unknown","drop":true}`, http.StatusBadRequest)
	put(`{"path":"*","dropp":true}`, http.StatusBadRequest)
	put(`{"path":"*","http_status":99}`, http.StatusBadRequest)
	put(`{"path":"*","verdict":"fine"}`, http.StatusBadRequest)
	put(`drop it`, http.StatusBadRequest)
	if status, _ := ask(t, http.MethodPost, address, "{}"); status != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", status)
	}
	check(Pass)
}

func TestTellRefusesUnknownPaths(t *testing.T) {
	simulator := startSimulator(t)
	defer func() {
		if recover() == nil {
			t.Error("an unknown path is told without a word")
		}
	}()
	simulator.Tell("/wxa/msg_sec_chek", Behaviour{Drop: true})
}

// The whole way of a picture: asked for, pushed by the simulator over HTTP, read by the Client.
func TestMediaVerdictComesBack(t *testing.T) {
	for _, settings := range []Callback{{}, {XML: true}, {AESKey: testAESKey}, {AESKey: testAESKey, XML: true}} {
		t.Run(fmt.Sprintf("%+v", settings), func(t *testing.T) {
			simulator := startSimulator(t)
			client := newClient(t, Config{BaseURL: simulator.URL(), CallbackToken: testToken, CallbackAESKey: settings.AESKey},
				connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
			verdicts := make(chan string)
			receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				traceID, verdict, err := client.ParseMediaVerdict(r)
				verdicts <- fmt.Sprint(traceID, verdict, err)
				_, _ = io.WriteString(w, "success")
			}))
			defer receiver.Close()
			settings.URL, settings.Token, settings.Delay = receiver.URL, testToken, time.Millisecond
			simulator.SetCallback(settings)

			for _, verdict := range []Verdict{Pass, Review, Risky} {
				if verdict != Pass {
					simulator.Tell(PathCheckMedia, Behaviour{Verdict: verdict, Times: 1})
				}
				traceID, err := client.CheckMedia(t.Context(), testOpenID, "https://files.example/1.jpg?a=1&b=2")
				if err != nil {
					t.Fatal(err)
				}
				if got, want := <-verdicts, fmt.Sprint(traceID, verdict, nil); got != want {
					t.Errorf("%s, want %s", got, want)
				}
			}
		})
	}
}

func TestVerdictIsPushedUntilTaken(t *testing.T) {
	for refusals, want := range map[int]int{0: 1, 1: 2, 2: 3, 9: pushTries} {
		simulator := startSimulator(t)
		client := connect(t, simulator)
		pushes := make(chan struct{}, 10)
		receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			pushes <- struct{}{}
			if len(pushes) <= refusals {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}))
		simulator.SetCallback(Callback{URL: receiver.URL, Token: testToken})
		if _, err := client.CheckMedia(t.Context(), testOpenID, "https://files.example/1.jpg"); err != nil {
			t.Fatal(err)
		}
		simulator.pushing.Wait()
		receiver.Close()
		if len(pushes) != want {
			t.Errorf("refused %d times: pushed %d times, want %d", refusals, len(pushes), want)
		}
	}
}

func TestCloseEndsWhatHangs(t *testing.T) {
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL(), Timeout: time.Hour}, connectRedis(t, miniredis.RunT(t).Addr()), io.Discard)
	simulator.SetCallback(Callback{URL: "http://127.0.0.1:1", Token: testToken, Delay: time.Hour})
	if _, err := client.CheckMedia(t.Context(), testOpenID, "https://files.example/1.jpg"); err != nil {
		t.Fatal(err)
	}
	simulator.Tell(PathCode2Session, Behaviour{Hang: true})
	ended := make(chan error)
	go func() {
		_, err := client.Login(t.Context(), "sim:a")
		ended <- err
	}()
	for simulator.Calls(PathCode2Session) == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := simulator.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err == nil {
		t.Error("the hanging call succeeded")
	}
}
