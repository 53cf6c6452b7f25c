package region

import (
	"testing"
	"time"
)

func TestQuietHours(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, shanghai).UTC()
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
