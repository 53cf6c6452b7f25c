package db

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// largestGroup is how many members are stored together.
	largestGroup = 256
	// longestQueue is how many wait for one hot thing before the next is sent away to come again.
	longestQueue = 2000
	// looksAgain is how often a group looks again when another server was faster at the same thing.
	looksAgain = 2
	// groupTime bounds one run of a group, whoever of its members has gone meanwhile.
	groupTime = 10 * time.Second
)

// Group stores together what many want of the same hot thing at the same moment: a place of a task, a vote for
// a ticket. Whoever comes while nobody is at it goes at once, alone; whoever comes meanwhile waits for that one
// to end, and then goes together with all who came. Each gets an answer of their own.
type Group[Member, Answer any] struct {
	db       *DB
	stats    *groupStats
	together func(ctx context.Context, key string, members []Member) ([]Outcome[Answer], error)
	alone    func(ctx context.Context, key string, member Member) (Answer, error)

	mutex sync.Mutex
	// waiting has an entry for every key that somebody is at.
	waiting map[string][]*waiting[Member, Answer]
}

// waiting is one member in the queue.
type waiting[Member, Answer any] struct {
	ctx    context.Context
	member Member
	done   chan struct{}
	answer Answer
	err    error
}

// Outcome is what became of one member.
type Outcome[Answer any] struct {
	Answer Answer
	Err    error
}

// NewGroup makes a group of d that metrics call by name.
//
// together looks at all members, tells those off whom nothing can be given, stores all others or none, best by
// InBatch, and answers each in order. With ErrPresumed it is run again, since what it saw has changed. When it
// fails as a whole, each member is run by alone, one after the other: the bad one fails alone. Not so when the
// database is away; then that is everybody's answer.
func NewGroup[Member, Answer any](
	d *DB, name string,
	together func(ctx context.Context, key string, members []Member) ([]Outcome[Answer], error),
	alone func(ctx context.Context, key string, member Member) (Answer, error),
) *Group[Member, Answer] {
	return &Group[Member, Answer]{
		db: d, stats: d.groups.add(name), together: together, alone: alone, waiting: map[string][]*waiting[Member, Answer]{},
	}
}

// Do stores member with whoever else wants the thing that key names. In a transaction that has begun it is
// alone, as part of that one. ErrBusy when too many wait already.
//
// When ctx ends first the answer is its error, and the member may be stored all the same.
func (g *Group[Member, Answer]) Do(ctx context.Context, key string, member Member) (Answer, error) {
	if InTransaction(ctx) || g.db.Ungrouped {
		return g.alone(ctx, key, member)
	}
	mine := &waiting[Member, Answer]{ctx: ctx, member: member, done: make(chan struct{})}
	isFirst, err := g.queueUp(key, mine)
	if err != nil {
		return mine.answer, err
	}
	if isFirst {
		g.run(key, []*waiting[Member, Answer]{mine})
		go g.serve(key)
	}
	select {
	case <-mine.done:
		return mine.answer, mine.err
	case <-ctx.Done():
		var none Answer
		return none, ctx.Err()
	}
}

// queueUp tells whether nobody is at the key; then the caller is.
func (g *Group[Member, Answer]) queueUp(key string, mine *waiting[Member, Answer]) (isFirst bool, err error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	queue, isBusy := g.waiting[key]
	if !isBusy {
		g.waiting[key] = nil
		return true, nil
	}
	if len(queue) >= longestQueue {
		g.stats.refused.Add(1)
		return false, ErrBusy
	}
	g.waiting[key] = append(queue, mine)
	g.stats.waiting.Add(1)
	return false, nil
}

// next takes the next members of the queue; none when the key has been left.
func (g *Group[Member, Answer]) next(key string) []*waiting[Member, Answer] {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	queue := g.waiting[key]
	if len(queue) == 0 {
		delete(g.waiting, key)
		return nil
	}
	taken := min(len(queue), largestGroup)
	g.waiting[key] = queue[taken:]
	g.stats.waiting.Add(-int64(taken))
	return queue[:taken]
}

// serve runs one group after the other until nobody waits.
func (g *Group[Member, Answer]) serve(key string) {
	for group := g.next(key); group != nil; group = g.next(key) {
		g.run(key, group)
	}
}

func (g *Group[Member, Answer]) run(key string, group []*waiting[Member, Answer]) {
	g.stats.runs.Add(1)
	g.stats.members.Add(int64(len(group)))
	left := group
	defer func() {
		if cause := recover(); cause != nil { // else nobody would ever get at this key again
			answerAll(left, fmt.Errorf("a group failed: %v\n%s", cause, debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(onItsOwn(group[0].ctx), groupTime)
	defer cancel()
	members := make([]Member, len(group))
	for i, one := range group {
		members[i] = one.member
	}
	answers, err := g.together(ctx, key, members)
	for again := 0; errors.Is(err, ErrPresumed) && again < looksAgain; again++ {
		answers, err = g.together(ctx, key, members)
	}
	for i, one := range group {
		if err == nil {
			one.answer, one.err = answers[i].Answer, answers[i].Err
		} else {
			one.answer, one.err = g.runAlone(ctx, key, one, err)
		}
		left = group[i+1:]
		close(one.done)
	}
}

// runAlone runs one member of a group that could not be stored together, in what is left of the group's time. With
// the database away nobody is: each would only wait as long again.
func (g *Group[Member, Answer]) runAlone(group context.Context, key string, one *waiting[Member, Answer], cause error) (answer Answer, err error) {
	if IsAway(cause) {
		return answer, cause
	}
	if err := group.Err(); err != nil {
		return answer, errors.Join(ErrBusy, err)
	}
	deadline, _ := group.Deadline()
	ctx, cancel := context.WithDeadline(onItsOwn(one.ctx), deadline)
	defer cancel()
	if answer, err = g.alone(ctx, key, one.member); err != nil && ctx.Err() != nil {
		err = errors.Join(ErrBusy, err)
	}
	return answer, err
}

func answerAll[Member, Answer any](group []*waiting[Member, Answer], err error) {
	for _, one := range group {
		one.err = err
		close(one.done)
	}
}

// onItsOwn is a request's context for what outlives the request, and is no part of its unit of work.
func onItsOwn(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), unitKey{}, (*unit)(nil))
}

// groupStats counts what goes through one group.
type groupStats struct {
	name                            string
	waiting, refused, runs, members atomic.Int64
}

// GroupStats is what one group has done since the start.
type GroupStats struct {
	Name string
	// Waiting is how many wait now; Refused, Runs and Members are how many ever.
	Waiting, Refused, Runs, Members int64
}

type groupList struct {
	mutex sync.Mutex
	all   []*groupStats
}

func (l *groupList) add(name string) *groupStats {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	added := &groupStats{name: name}
	l.all = append(l.all, added)
	return added
}

// Groups tells how busy the groups are.
func (d *DB) Groups() []GroupStats {
	d.groups.mutex.Lock()
	defer d.groups.mutex.Unlock()
	stats := make([]GroupStats, len(d.groups.all))
	for i, one := range d.groups.all {
		stats[i] = GroupStats{Name: one.name, Waiting: one.waiting.Load(), Refused: one.refused.Load(),
			Runs: one.runs.Load(), Members: one.members.Load()}
	}
	return stats
}
