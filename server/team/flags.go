package team

import (
	"slices"
	"time"
)

// Too many at once: more than a fifth of the places, and more than ten, within ten seconds. A thousand
// people checking in within a minute is a good turnout; a fifth of them in ten seconds is a code that was
// passed around.
const (
	burstWithin = 10 * time.Second
	burstLeast  = 10
	burstShare  = 5
)

// stay is somebody's time at some activity.
type stay struct {
	from, to time.Time
}

func (s stay) meets(other stay) bool { return s.from.Before(other.to) && other.from.Before(s.to) }

// stayAt is when a person was there, as far as is known: up to the planned end without a check-out.
func stayAt(in, out, end time.Time) stay {
	if out.IsZero() {
		out = end
	}
	return stay{in, out}
}

// surroundings are what presences at an activity are compared with.
type surroundings struct {
	sharedDevices map[string]bool    // by which more than one person checked in
	crowded       map[time.Time]bool // when there were too many check-ins at once
	elsewhere     map[string][]stay  // of the same people at other activities
}

// flags are what is odd about a presence.
func (a Activity) flags(p Attendance, around surroundings, now time.Time) []Flag {
	mine := stayAt(p.CheckedInAt, p.CheckedOutAt, a.EndsAt)
	flags := []Flag{}
	for _, odd := range []struct {
		flag Flag
		is   bool
	}{
		{SameDevice, around.sharedDevices[p.DeviceDigest]},
		{Burst, p.Method != ByLeader && around.crowded[p.CheckedInAt]},
		{Offline, p.Offline},
		{ByHand, p.Method == ByLeader},
		{NoCheckOut, p.CheckedOutAt.IsZero() && (a.State != Published || now.After(a.EndsAt))},
		{Overlap, slices.ContainsFunc(around.elsewhere[p.PersonID], mine.meets)},
		{MinutesChanged, p.MinutesChanged},
		{OutsideFence, p.outsideFence()},
	} {
		if odd.is {
			flags = append(flags, odd.flag)
		}
	}
	return flags
}

// crowded marks those of some times of check-ins, in order, that fall into ten seconds with too many. The leader's
// word is not among them: who enters a list from paper is quick.
func (a Activity) crowded(checkIns []time.Time) map[time.Time]bool {
	most := max(burstLeast, int(a.Capacity)/burstShare)
	crowded := map[time.Time]bool{}
	first, marked := 0, 0 // first of the ten seconds that end with a check-in; up to where all is marked that is to be
	for i, at := range checkIns {
		for at.Sub(checkIns[first]) >= burstWithin {
			first++
		}
		if i+1-first <= most {
			continue
		}
		for marked = max(marked, first); marked <= i; marked++ {
			crowded[checkIns[marked]] = true
		}
	}
	return crowded
}
