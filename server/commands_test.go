package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

func TestSimulatedWeChatIsRefusedWhereOthersReachIt(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end() // so that nothing would be served even if it were let through
	var logs bytes.Buffer
	err := run(ended, []string{"--data", t.TempDir(), "serve", "--addr", "0.0.0.0:0"}, &logs, &logs)
	if err == nil || !strings.Contains(err.Error(), "--allow-simulated-wechat") {
		t.Errorf("error %v", err)
	}
}

func TestSetupFoundsACityOnce(t *testing.T) {
	folder := t.TempDir()
	command := func(arguments ...string) (string, error) {
		var out, logs bytes.Buffer
		err := run(t.Context(), append([]string{"--data", folder}, arguments...), &out, &logs)
		return out.String(), err
	}
	if out, err := command("migrate"); err != nil || !strings.Contains(out, "newest version") {
		t.Errorf("%v: %s", err, out)
	}
	setup := []string{"setup", "--city", "样板市", "--admin", "赵演示", "--phone", "13800000001"}
	if out, err := command(setup...); err != nil || !strings.Contains(out, "样板市 is founded") {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := command(setup...); err == nil || !strings.Contains(err.Error(), "set up already") {
		t.Errorf("set up twice: %v", err)
	}
}

func TestOpenAPIPrintsTheContract(t *testing.T) {
	var out, logs bytes.Buffer
	if err := run(t.Context(), []string{"openapi"}, &out, &logs); err != nil {
		t.Fatal(err)
	}
	var contract struct{ Paths map[string]any }
	if err := json.Unmarshal(out.Bytes(), &contract); err != nil || contract.Paths["/api/v1/tickets"] == nil {
		t.Errorf("%v: %.200s", err, out.String())
	}
}
