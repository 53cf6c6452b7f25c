package region

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
)

func TestEverySettingIsDescribedOnce(t *testing.T) {
	described := map[string]Setting{}
	list, err := DescribeSettings()
	if err != nil {
		t.Fatal(err)
	}
	for _, setting := range list {
		if _, twice := described[setting.Name]; twice {
			t.Errorf("%s is described twice", setting.Name)
		}
		if setting.Title == "" || setting.Meaning == "" || setting.Group == "" {
			t.Errorf("%s says too little", setting.Name)
		}
		described[setting.Name] = setting
	}
	fields := reflect.TypeFor[Settings]()
	if len(described) != fields.NumField() {
		t.Errorf("%d settings are described, there are %d", len(described), fields.NumField())
	}
	kinds := map[reflect.Kind]SettingKind{reflect.Bool: Switch, reflect.Int: Number, reflect.String: ClockTime}
	for field := range fields.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		setting, ok := described[name]
		if !ok {
			t.Errorf("%s is not described", name)
			continue
		}
		if setting.Kind != kinds[field.Type.Kind()] || setting.Default == nil {
			t.Errorf("%s is described as %s, default %v", name, setting.Kind, setting.Default)
		}
		if setting.Kind == Number && (strconv.Itoa(setting.Least) != field.Tag.Get("minimum") || strconv.Itoa(setting.Most) != field.Tag.Get("maximum")) {
			t.Errorf("%s: %d to %d here, %s to %s in the contract", name, setting.Least, setting.Most, field.Tag.Get("minimum"), field.Tag.Get("maximum"))
		}
	}
}

// Each number is read from its own field: one off its range is refused under its own name.
func TestNumbersAreHeldToTheirRange(t *testing.T) {
	if err := DefaultSettings().check(); err != nil {
		t.Fatalf("the defaults: %v", err)
	}
	for _, setting := range settingTable {
		if setting.Kind != Number {
			continue
		}
		values, err := settingValues(DefaultSettings())
		if err != nil {
			t.Fatal(err)
		}
		values[setting.Name] = setting.Most + 1
		var changed Settings
		text, _ := json.Marshal(values)
		if err := json.Unmarshal(text, &changed); err != nil {
			t.Fatal(err)
		}
		var refusal *fault.Error
		if !errors.As(changed.check(), &refusal) || len(refusal.Fields) != 1 || refusal.Fields[0].Field != setting.Name {
			t.Errorf("%s above its range: %+v", setting.Name, refusal)
		}
	}
}

func TestWhatWasBeforeASettingExisted(t *testing.T) {
	moved, err := movedBetween(json.RawMessage(`{"accept_hours":24}`), json.RawMessage(`{"accept_hours":48,"walk_ins":false}`))
	want := []SettingMoved{{"walk_ins", true, false}, {"accept_hours", 24.0, 48.0}}
	if err != nil || !reflect.DeepEqual(moved, want) {
		t.Errorf("%v, %v", moved, err)
	}
}

func TestQuietHours(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, db.Shanghai).UTC()
	}
	for _, test := range []struct {
		from, until string
		at, want    time.Time
	}{
		{"21:30", "07:30", at(22, 10, 0), at(22, 10, 0)},
		{"21:30", "07:30", at(22, 21, 29), at(22, 21, 29)},
		{"21:30", "07:30", at(22, 21, 30), at(23, 7, 30)},
		{"21:30", "07:30", at(22, 23, 59), at(23, 7, 30)},
		{"21:30", "07:30", at(23, 0, 0), at(23, 7, 30)},
		{"21:30", "07:30", at(23, 7, 29), at(23, 7, 30)},
		{"21:30", "07:30", at(23, 7, 30), at(23, 7, 30)},
		{"12:00", "14:00", at(22, 13, 0), at(22, 14, 0)},
		{"12:00", "14:00", at(22, 14, 0), at(22, 14, 0)},
		{"12:00", "14:00", at(22, 11, 59), at(22, 11, 59)},
		{"12:00", "12:00", at(22, 12, 0), at(22, 12, 0)}, // none
		{"21:30", "00:00", at(30, 22, 0), at(31, 0, 0)},
	} {
		settings := Settings{QuietFrom: test.from, QuietUntil: test.until}
		if got := settings.AfterQuiet(test.at); !got.Equal(test.want) {
			t.Errorf("%s to %s at %s: %s, want %s", test.from, test.until, test.at, got, test.want)
		}
	}
}

func TestQuietHoursAreClocks(t *testing.T) {
	for clock, isGood := range map[string]bool{"21:30": true, "00:00": true, "23:59": true, "24:00": false, "7:30": false, "": false, "21:60": false, "半夜": false} {
		settings := DefaultSettings()
		settings.QuietFrom = clock
		if err := settings.check(); (err == nil) != isGood {
			t.Errorf("%q: %v", clock, err)
		}
	}
}
