package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"

	"fivestar/configs"
	"fivestar/server/notice"
	"fivestar/server/redis"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// Config is every setting; configs/default.yaml tells what each means.
type Config struct {
	Addr      string `koanf:"addr"`
	Data      string `koanf:"data"`
	PublicURL string `koanf:"public_url"`
	Database  struct {
		DSN     string `koanf:"dsn"`
		Grouped bool   `koanf:"grouped"`
	} `koanf:"database"`
	Redis  redis.Config `koanf:"redis"`
	WeChat struct {
		AppID          string `koanf:"app_id"`
		AppSecret      string `koanf:"app_secret"`
		CallbackToken  string `koanf:"callback_token"`
		CallbackAESKey string `koanf:"callback_aes_key"`
		CloudRun       bool   `koanf:"cloud_run"`
		// Templates are those of subscribe messages, by the names that the notice room has for them.
		Templates map[string]notice.TemplateSetting `koanf:"templates"`
	} `koanf:"wechat"`
	Files struct {
		URL string `koanf:"url"`
	} `koanf:"files"`
	Secret struct {
		Key string `koanf:"key"`
	} `koanf:"secret"`
	Limits         web.Limits `koanf:"limits"`
	TrustedProxies []string   `koanf:"trusted_proxies"`
	// Drain is how long the server goes on answering once it is told to stop.
	Drain   time.Duration `koanf:"drain"`
	Preview string        `koanf:"preview"`
	Log     struct {
		Level string `koanf:"level"`
	} `koanf:"log"`
	Debug struct {
		Addr string `koanf:"addr"`
	} `koanf:"debug"`
}

const (
	environmentPrefix = "FIVESTAR_"
	// testPrefix is what tests tell each other, no setting.
	testPrefix = "FIVESTAR_TEST_"
	// fileSuffix marks a variable that names a file with the value in it, as containers and systemd hand
	// secrets over.
	fileSuffix = "_FILE"
)

// LoadConfig reads the defaults, then file ("" for none), then environment ("NAME=value" each, or "NAME_FILE=file"
// with the value in the file), then changes made by flags (dotted keys). The error says which setting is wrong
// and why.
func LoadConfig(file string, environment []string, flags map[string]any) (Config, error) {
	settings := koanf.New(".")
	if err := settings.Load(rawbytes.Provider(configs.Default), yaml.Parser()); err != nil {
		return Config{}, fmt.Errorf("default.yaml: %w", err)
	}
	known := map[string]string{}
	for _, key := range settings.Keys() {
		known[environmentPrefix+strings.ToUpper(strings.ReplaceAll(key, ".", "_"))] = key
	}
	if err := loadFile(settings, file); err != nil {
		return Config{}, err
	}
	if err := loadEnvironment(settings, known, environment); err != nil {
		return Config{}, err
	}
	for key, value := range flags {
		if err := settings.Set(key, value); err != nil {
			return Config{}, fmt.Errorf("setting %s: %w", key, err)
		}
	}
	var config Config
	if err := settings.Unmarshal("", &config); err != nil {
		return Config{}, fmt.Errorf("a setting has a value of the wrong kind: %w", err)
	}
	return config, config.check()
}

func loadFile(settings *koanf.Koanf, file string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	given := koanf.New(".")
	if err := given.Load(rawbytes.Provider(text), yaml.Parser()); err != nil {
		return fmt.Errorf("%s is not YAML: %w", file, err)
	}
	for _, key := range given.Keys() {
		if !settings.Exists(key) {
			return fmt.Errorf("%s: there is no setting %q", file, key)
		}
	}
	return settings.Merge(given)
}

func loadEnvironment(settings *koanf.Koanf, known map[string]string, environment []string) error {
	for _, line := range environment {
		name, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, environmentPrefix) || strings.HasPrefix(name, testPrefix) {
			continue
		}
		key, ok := known[strings.TrimSuffix(name, fileSuffix)]
		if !ok {
			return fmt.Errorf("environment: there is no setting for %s", name)
		}
		if strings.HasSuffix(name, fileSuffix) {
			text, err := os.ReadFile(value)
			if err != nil {
				return fmt.Errorf("environment %s: %w", name, err)
			}
			value = strings.TrimSpace(string(text))
		}
		var given any = value
		if _, isList := settings.Get(key).([]any); isList {
			given = strings.Split(value, ",")
		}
		if err := settings.Set(key, given); err != nil {
			return fmt.Errorf("environment %s: %w", name, err)
		}
	}
	return nil
}

// check refuses what would only fail later, or work and be unsafe.
func (c Config) check() error {
	var wrong []error
	refuse := func(when bool, sentence string, values ...any) {
		if when {
			wrong = append(wrong, fmt.Errorf(sentence, values...))
		}
	}
	_, _, err := net.SplitHostPort(c.Addr)
	refuse(err != nil, "addr %q is not host:port", c.Addr)
	refuse(c.Database.DSN != "" && c.Secret.Key == "", "secret.key is required with an outside database: every server needs the same key")
	refuse((c.WeChat.AppID == "") != (c.WeChat.AppSecret == ""), "wechat.app_id and wechat.app_secret go together")
	refuse(c.Redis.Check() != nil, "%w", c.Redis.Check())
	refuse(c.WeChat.CloudRun && c.SimulatedWeChat(), "wechat.cloud_run is for a WeChat account: set wechat.app_id too")
	refuse(c.Debug.Addr != "" && !isLoopback(c.Debug.Addr), "debug.addr %q is not host:port on loopback: profiles show what is in memory", c.Debug.Addr)
	_, err = notice.ParseTemplates(c.WeChat.Templates)
	refuse(err != nil, "%w", err)
	isURL := strings.HasPrefix(c.PublicURL, "http://") || strings.HasPrefix(c.PublicURL, "https://")
	refuse(c.PublicURL != "" && !isURL, "public_url %q is no http(s) address", c.PublicURL)
	refuse(c.PublicURL == "" && !c.SimulatedWeChat(), "public_url is required with a WeChat account: links and QR codes hold it")
	refuse(c.Limits.Writes < 1 || c.Limits.Guesses < 1 || c.Limits.Anonymous < 1, "limits must be at least 1")
	refuse(c.Drain < 0 || c.Drain > time.Minute, "drain %s is not between 0s and 1m", c.Drain)
	if c.Secret.Key != "" {
		_, err := secret.ParseKey(c.Secret.Key)
		refuse(err != nil, "%w", err)
	}
	_, err = c.logLevel()
	refuse(err != nil, "log.level %q is not debug, info, warn or error", c.Log.Level)
	_, err = c.proxies()
	refuse(err != nil, "trusted_proxies: %w", err)
	return errors.Join(wrong...)
}

// SimulatedWeChat tells whether WeChat is simulated in the process.
func (c Config) SimulatedWeChat() bool { return c.WeChat.AppID == "" }

// Loopback tells whether the server can be reached from this machine only.
func (c Config) Loopback() bool { return isLoopback(c.Addr) }

func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	address := net.ParseIP(host)
	return address != nil && address.IsLoopback()
}

func (c Config) logLevel() (level slog.Level, err error) {
	err = level.UnmarshalText([]byte(c.Log.Level))
	return level, err
}

// LogLevel is the least level that is logged.
func (c Config) LogLevel() slog.Level {
	level, _ := c.logLevel() // check has seen it
	return level
}

func (c Config) proxies() ([]*net.IPNet, error) {
	networks := make([]*net.IPNet, 0, len(c.TrustedProxies))
	for _, text := range c.TrustedProxies {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, err
		}
		networks = append(networks, network)
	}
	return networks, nil
}
