package db

import (
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// NewID makes an id: 26 characters, unique everywhere, later ones sort after earlier ones.
func NewID() string { return ulid.Make().String() }

// Shanghai is the zone of all days, months and clocks that people go by. China has had no summer time since 1991,
// and every year before the product is without meaning to it, so the offset stands for the zone where no zone file is.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Millis is how a time is stored: unix milliseconds, 0 for none.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time reads a stored time back, in UTC; 0 gives the zero time.
func Time(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis).UTC()
}

// Contains makes the pattern for `LIKE ? ESCAPE '!'` that finds text as it stands, whatever signs it holds.
func Contains(text string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text) + "%"
}

// PadToPowerOfTwo repeats the last value until there are 1, 2, 4, 8 ... of them. A statement that asks for all
// of a list then has few texts, whatever the list's length, and is parsed less often.
func PadToPowerOfTwo[Value any](values []Value) []Value {
	if len(values) == 0 {
		return values
	}
	padded := slices.Clone(values)
	for len(padded)&(len(padded)-1) != 0 {
		padded = append(padded, values[len(values)-1])
	}
	return padded
}
