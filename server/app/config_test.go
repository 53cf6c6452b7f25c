package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fivestar/server/app"
)

func TestDefaultsRunAsTheyAre(t *testing.T) {
	config, err := app.LoadConfig("", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if config.Addr != "127.0.0.1:8080" || !config.Loopback() || !config.SimulatedWeChat() {
		t.Errorf("%+v", config)
	}
}

func TestEveryDefaultHasAnEnvironmentName(t *testing.T) {
	config, err := app.LoadConfig("", []string{
		"FIVESTAR_ADDR=0.0.0.0:80", "FIVESTAR_DATABASE_DSN=user@tcp(db:3306)/fivestar", "FIVESTAR_SECRET_KEY=" + strings.Repeat("k", 32),
		"FIVESTAR_LIMITS_WRITES=7", "FIVESTAR_TEST_REDIS_ADDR=not a setting", "HOME=elsewhere",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if config.Database.DSN == "" || config.Limits.Writes != 7 || config.Loopback() {
		t.Errorf("%+v", config)
	}
}

func TestSecretsComeFromFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret_key")
	if err := os.WriteFile(file, []byte(strings.Repeat("k", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := app.LoadConfig("", []string{"FIVESTAR_SECRET_KEY_FILE=" + file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if config.Secret.Key != strings.Repeat("k", 32) {
		t.Errorf("the key is %q", config.Secret.Key)
	}
}

func TestListsComeFromTheEnvironment(t *testing.T) {
	config, err := app.LoadConfig("", []string{"FIVESTAR_TRUSTED_PROXIES=10.0.0.0/8,172.16.0.0/12"}, nil)
	if err != nil || len(config.TrustedProxies) != 2 {
		t.Errorf("%v, %v", config.TrustedProxies, err)
	}
}

func TestFlagsGoBeforeEnvironmentGoesBeforeFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, []byte("addr: 127.0.0.1:1\ndata: /file\nlog: {level: warn}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := app.LoadConfig(file, []string{"FIVESTAR_ADDR=127.0.0.1:2", "FIVESTAR_DATA=/environment"}, map[string]any{"addr": "127.0.0.1:3"})
	if err != nil {
		t.Fatal(err)
	}
	if config.Addr != "127.0.0.1:3" || config.Data != "/environment" || config.Log.Level != "warn" {
		t.Errorf("%+v", config)
	}
}

func TestWrongSettingsStopTheStartAndSayWhich(t *testing.T) {
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "settings.yaml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for _, test := range []struct {
		name, file  string
		environment []string
		says        string
	}{
		{"an unknown key in the file", file("databse: {dsn: x}"), nil, "databse.dsn"},
		{"an unknown variable", "", []string{"FIVESTAR_DATABSE_DSN=x"}, "FIVESTAR_DATABSE_DSN"},
		{"no YAML", file("{"), nil, "YAML"},
		{"no such file", "/no/such/file", nil, "/no/such/file"},
		{"no address", "", []string{"FIVESTAR_ADDR=8080"}, "addr"},
		{"an outside database without a key", "", []string{"FIVESTAR_DATABASE_DSN=user@tcp(db:3306)/fivestar"}, "secret.key"},
		{"a short key", "", []string{"FIVESTAR_SECRET_KEY=short"}, "secret.key"},
		{"half a WeChat account", "", []string{"FIVESTAR_WECHAT_APP_ID=wx1"}, "wechat.app_secret"},
		{"a WeChat account without a public address", "", []string{"FIVESTAR_WECHAT_APP_ID=wx1", "FIVESTAR_WECHAT_APP_SECRET=s"}, "public_url"},
		{"a public address that is none", "", []string{"FIVESTAR_PUBLIC_URL=example"}, "public_url"},
		{"a level nobody knows", "", []string{"FIVESTAR_LOG_LEVEL=loud"}, "log.level"},
		{"a number that is none", "", []string{"FIVESTAR_LIMITS_WRITES=many"}, "writes"},
		{"no limit at all", "", []string{"FIVESTAR_LIMITS_WRITES=0"}, "limits"},
		{"Cloud Run without a WeChat account", "", []string{"FIVESTAR_WECHAT_CLOUD_RUN=true"}, "wechat.cloud_run"},
		{"profiles for everybody", "", []string{"FIVESTAR_DEBUG_ADDR=:6060"}, "debug.addr"},
		{"profiles for the neighbours", "", []string{"FIVESTAR_DEBUG_ADDR=192.168.1.2:6060"}, "debug.addr"},
		{"profiles nowhere", "", []string{"FIVESTAR_DEBUG_ADDR=6060"}, "debug.addr"},
		{"a secret's file that is not there", "", []string{"FIVESTAR_SECRET_KEY_FILE=/no/such/file"}, "FIVESTAR_SECRET_KEY_FILE"},
		{"a file for an unknown variable", "", []string{"FIVESTAR_DATABSE_DSN_FILE=x"}, "FIVESTAR_DATABSE_DSN_FILE"},
		{"no network", file("trusted_proxies: [10.0.0.1]"), nil, "trusted_proxies"},
	} {
		_, err := app.LoadConfig(test.file, test.environment, nil)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v does not say %q", test.name, err, test.says)
		}
		if err != nil && strings.Contains(err.Error(), "short\"") {
			t.Errorf("%s: the error shows the key", test.name)
		}
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "[::1]:8080": true, "localhost:8080": true, "0.0.0.0:8080": false, ":8080": false, "192.168.1.2:80": false,
	} {
		if got := (app.Config{Addr: addr}).Loopback(); got != want {
			t.Errorf("%s: %v, want %v", addr, got, want)
		}
	}
}
