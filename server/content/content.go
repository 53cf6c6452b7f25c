// Package content has what people write and photograph checked before others see it: by WeChat, and by a
// person of the community's desk where WeChat is not sure or cannot say.
package content

import (
	"time"

	"fivestar/server/wechat"
)

// State is what a room keeps of its own thing's check, and shows it by: to others only when passed.
type State string

const (
	Pending State = "pending"
	Passed  State = "passed"
	Refused State = "refused"
)

// Subject is the thing that a text or picture belongs to. Kind is a key of Service.Decided.
type Subject struct {
	Kind     string
	ID       string
	RegionID string
}

type medium string

const (
	text    medium = "text"
	picture medium = "picture"
)

// progress is where a check stands; what rooms hear of it is a State.
type progress string

const (
	waiting progress = "waiting" // to be asked
	asked   progress = "asked"   // WeChat has the picture and will push its verdict
	review  progress = "review"  // a person decides
	passed  progress = "passed"
	refused progress = "refused"
)

// Check is one question, as the people who decide see it.
type Check struct {
	ID          string    `json:"id"`
	Medium      medium    `json:"medium" enum:"text,picture"`
	SubjectKind string    `json:"subject_kind"`
	SubjectID   string    `json:"subject_id"`
	RegionID    string    `json:"region_id"`
	PersonID    string    `json:"person_id"`
	HelperID    string    `json:"helper_id,omitempty"`
	Content     string    `json:"content,omitempty" doc:"The text; a picture is found by subject_id"`
	CreatedAt   time.Time `json:"created_at"`

	state   progress
	tries   int64
	dueAt   int64
	traceID string
}

const (
	// answerWithin is how long one call to WeChat may take, and so how long a check that is being asked is
	// left alone by others.
	answerWithin = time.Minute
	// verdictWithin is how long WeChat takes at most to push its verdict on a picture.
	verdictWithin = 30 * time.Minute
	// picturesAsked is how often a picture whose verdict never came is asked about before a person decides.
	picturesAsked = 3
	firstWait     = 5 * time.Second
	longestWait   = 10 * time.Minute
)

// waitAfter is how long to wait after so many tries that WeChat did not answer.
func waitAfter(tries int64) time.Duration {
	wait := firstWait
	for range min(tries-1, 10) {
		wait *= 2
	}
	return min(wait, longestWait)
}

// afterVerdict is where a verdict of WeChat's leaves a check.
func afterVerdict(verdict wechat.Verdict) progress {
	switch verdict {
	case wechat.Pass:
		return passed
	case wechat.Risky:
		return refused
	}
	return review
}
