package wechat

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func checkText(t *testing.T, client *Client) {
	t.Helper()
	if _, err := client.CheckText(t.Context(), testOpenID, "你好"); err != nil {
		t.Error(err)
	}
}

func wantTokenCalls(t *testing.T, simulator *Simulator, want int) {
	t.Helper()
	if calls := simulator.Calls(PathStableToken); calls != want {
		t.Errorf("WeChat was asked for a token %d times, want %d", calls, want)
	}
}

func TestTokenIsKeptForAllServers(t *testing.T) {
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	for range 3 {
		client := newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), io.Discard)
		checkText(t, client)
		checkText(t, client)
	}
	wantTokenCalls(t, simulator, 1)
	if calls := simulator.Calls(PathToken); calls != 0 {
		t.Errorf("the classic token was asked for %d times", calls)
	}
}

func TestTokenIsGivenUpBeforeItEnds(t *testing.T) {
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), io.Discard)
	checkText(t, client)
	store.FastForward(tokenLifetime - tokenMargin - time.Minute)
	checkText(t, client)
	wantTokenCalls(t, simulator, 1)
	store.FastForward(2 * time.Minute)
	checkText(t, client)
	wantTokenCalls(t, simulator, 2)
}

// Many calls on several servers, before there is a token and again when it is revoked, renew it once.
func TestServersRenewOnce(t *testing.T) {
	const servers, callsEach = 3, 30
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	simulator.Tell(PathStableToken, Behaviour{Delay: 50 * time.Millisecond}) // so that all come while one asks
	var clients []*Client
	for range servers {
		clients = append(clients, newClient(t, Config{AppID: "wx-servers", BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), io.Discard))
	}
	storm := func() {
		var wait sync.WaitGroup
		for _, client := range clients {
			for range callsEach {
				wait.Go(func() { checkText(t, client) })
			}
		}
		wait.Wait()
	}
	storm()
	wantTokenCalls(t, simulator, 1)
	simulator.ExpireTokens()
	storm()
	wantTokenCalls(t, simulator, 2)
}

func TestRefusedTokenIsRenewedAndTheCallRepeated(t *testing.T) {
	for _, operation := range operations {
		if operation.path == PathCode2Session {
			continue // it takes no token
		}
		for _, errCode := range []int{40001, 40014, 42001} {
			simulator := startSimulator(t)
			client := connect(t, simulator)
			checkText(t, client)
			before := simulator.Calls(operation.path)
			simulator.Tell(operation.path, Behaviour{ErrCode: errCode, Times: 1})
			if err := operation.call(t.Context(), client); err != nil {
				t.Errorf("%s, errcode %d: %v", operation.path, errCode, err)
			}
			if calls := simulator.Calls(operation.path) - before; calls != 2 {
				t.Errorf("%s, errcode %d: called %d times, want 2", operation.path, errCode, calls)
			}
			// WeChat still gives the token that it refuses, so a new one is forced.
			wantTokenCalls(t, simulator, 3)
		}
	}
}

func TestRevokedTokenIsNotForced(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	checkText(t, client)
	simulator.ExpireTokens()
	checkText(t, client)
	wantTokenCalls(t, simulator, 2)
}

// Another server has renewed the token already: WeChat need not be asked at all.
func TestTokenRenewedElsewhere(t *testing.T) {
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	client := newClient(t, Config{AppID: "wx-elsewhere", BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), io.Discard)
	checkText(t, client)
	simulator.ExpireTokens()
	token := simulator.issue(tokenOwner{appID: "wx-elsewhere", stable: true}, true).AccessToken
	if err := store.Set(client.tokens.kept.key, token); err != nil {
		t.Fatal(err)
	}
	checkText(t, client)
	wantTokenCalls(t, simulator, 1)
}

func TestTokenRefusedForGood(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	simulator.Tell(PathCheckText, Behaviour{ErrCode: 40001})
	if _, err := client.CheckText(t.Context(), testOpenID, "你好"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("%v, want %v", err, ErrUnavailable)
	}
	if calls := simulator.Calls(PathCheckText); calls != 2 {
		t.Errorf("called %d times, want 2: it is repeated once only", calls)
	}
}

func TestTokenEndpointFails(t *testing.T) {
	for _, behaviour := range []Behaviour{{ErrCode: 40125}, {ErrCode: 40013}, {ErrCode: 40164}, {ErrCode: -1}, {HTTPStatus: 503}, {Drop: true}} {
		simulator := startSimulator(t)
		client := connect(t, simulator)
		simulator.Tell(PathStableToken, behaviour)
		if _, err := client.CheckText(t.Context(), testOpenID, "你好"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%+v: %v, want %v", behaviour, err, ErrUnavailable)
		}
		if calls := simulator.Calls(PathCheckText); calls != 0 {
			t.Errorf("%+v: the text was sent without a token", behaviour)
		}
		simulator.Forget(PathStableToken)
		checkText(t, client)
	}
}

func TestRedisDown(t *testing.T) {
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	var log logBuffer
	client := newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, store.Addr()), &log)
	store.Close()
	checkText(t, client)
	checkText(t, client)
	wantTokenCalls(t, simulator, 1) // the copy kept here spares the quota
	simulator.ExpireTokens()
	checkText(t, client)
	wantTokenCalls(t, simulator, 2)
	if !strings.Contains(log.String(), "redis does not answer") || strings.Contains(log.String(), "without the lock") {
		t.Errorf("time was lost on a lock that cannot be had, or the log is silent:\n%s", log.String())
	}
	if err := store.Restart(); err != nil {
		t.Fatal(err)
	}
	checkText(t, client)
}

func TestRedisDownWhileManyAsk(t *testing.T) {
	simulator := startSimulator(t)
	simulator.Tell(PathStableToken, Behaviour{Delay: 50 * time.Millisecond}) // so that all come while one asks
	client := newClient(t, Config{BaseURL: simulator.URL()}, connectRedis(t, "127.0.0.1:1"), io.Discard)
	var wait sync.WaitGroup
	for range 30 {
		wait.Go(func() { checkText(t, client) })
	}
	wait.Wait()
	wantTokenCalls(t, simulator, 1)
}

// Redis takes connections and says nothing: the worst way to be down. The caller's deadline leaves no time to wait
// for it more than a few times.
func TestRedisHangs(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL(), Timeout: time.Hour}, connectRedis(t, listener.Addr().String()), io.Discard)
	for range 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*redisPatience)
		if _, err := client.CheckText(ctx, testOpenID, "你好"); err != nil {
			t.Error(err)
		}
		cancel()
	}
	wantTokenCalls(t, simulator, 1)
}

// A server that died while it renewed leaves its lock behind: the others go on after half the timeout.
func TestLockLeftBehind(t *testing.T) {
	var log logBuffer
	store := miniredis.RunT(t)
	simulator := startSimulator(t)
	client := newClient(t, Config{BaseURL: simulator.URL(), Timeout: 4 * time.Second}, connectRedis(t, store.Addr()), &log)
	if err := store.Set(client.tokens.lockKey, "a server that died"); err != nil {
		t.Fatal(err)
	}
	checkText(t, client)
	wantTokenCalls(t, simulator, 1)
	if !strings.Contains(log.String(), "without the lock") {
		t.Errorf("the log does not tell:\n%s", log.String())
	}
}

func TestLockIsReleased(t *testing.T) {
	store := miniredis.RunT(t)
	client := newClient(t, Config{BaseURL: startSimulator(t).URL()}, connectRedis(t, store.Addr()), io.Discard)
	checkText(t, client)
	if store.Exists(client.tokens.lockKey) {
		t.Error("the lock is still there")
	}
}

// Whoever began the search for a token may leave; the others get it all the same.
func TestSearchOutlivesItsFirstCaller(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	simulator.Tell(PathStableToken, Behaviour{Delay: 200 * time.Millisecond, Times: 1})
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := client.CheckText(ctx, testOpenID, "你好")
		first <- err
	}()
	for simulator.Calls(PathStableToken) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	checkText(t, client)
	wantTokenCalls(t, simulator, 1)
}
