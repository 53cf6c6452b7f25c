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

// flagAll gives every presence its flags. presences are all of the activity's, by time of check-in;
// elsewhere are the same people's stays at other activities.
func (a Activity) flagAll(presences []Attendance, elsewhere map[string][]stay, now time.Time) {
	crowded := a.crowded(presences)
	shared := sharedDevices(presences)
	for i := range presences {
		p := &presences[i]
		mine := stayAt(p.CheckedInAt, p.CheckedOutAt, a.EndsAt)
		p.Flags = []Flag{}
		for _, odd := range []struct {
			flag Flag
			is   bool
		}{
			{SameDevice, shared[p.DeviceDigest]},
			{Burst, crowded[i]},
			{Offline, p.Offline},
			{ByHand, p.Method == ByLeader},
			{NoCheckOut, p.CheckedOutAt.IsZero() && (a.State != Published || now.After(a.EndsAt))},
			{Overlap, slices.ContainsFunc(elsewhere[p.PersonID], mine.meets)},
			{MinutesChanged, p.MinutesChanged},
			{OutsideFence, p.outsideFence()},
		} {
			if odd.is {
				p.Flags = append(p.Flags, odd.flag)
			}
		}
	}
}

// sharedDevices are the devices by which more than one person checked in.
func sharedDevices(presences []Attendance) map[string]bool {
	count := map[string]int{}
	for _, p := range presences {
		if p.DeviceDigest != "" {
			count[p.DeviceDigest]++
		}
	}
	shared := map[string]bool{}
	for device, people := range count {
		shared[device] = people > 1
	}
	return shared
}

// crowded marks the check-ins that fall into ten seconds with too many. The leader's word is not among
// them: who enters a list from paper is quick.
func (a Activity) crowded(presences []Attendance) []bool {
	most := max(burstLeast, int(a.Capacity)/burstShare)
	marked := make([]bool, len(presences))
	var window []int
	for i, p := range presences {
		if p.Method == ByLeader {
			continue
		}
		window = append(window, i)
		for p.CheckedInAt.Sub(presences[window[0]].CheckedInAt) >= burstWithin {
			window = window[1:]
		}
		if len(window) <= most {
			continue
		}
		for _, inside := range window {
			marked[inside] = true
		}
	}
	return marked
}
