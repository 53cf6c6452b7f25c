package db

import (
	"context"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

// memoryTime is how long something may be remembered that another server may have changed meanwhile.
const memoryTime = time.Second

// Memory holds what was read from the database for a second, for what every request needs and hardly ever
// changes. A change made by this server is seen at once, when it calls Forget after the commit; one made by
// another server within that second. The zero Memory is not ready; see NewMemory.
type Memory[Value any] struct {
	known *lru.Cache[string, remembered[Value]]
	reads singleflight.Group
	// forgets counts the calls of Forget: what was read before one may be out of date after it.
	mutex   sync.Mutex
	forgets int
}

type remembered[Value any] struct {
	value Value
	until time.Time
}

// NewMemory makes a memory of at most size values; those used longest ago make room.
func NewMemory[Value any](size int) *Memory[Value] {
	known, err := lru.New[string, remembered[Value]](size)
	if err != nil {
		panic(err) // size is not above zero: a mistake in the program
	}
	return &Memory[Value]{known: known}
}

// Get gives the value of key, by read if it is not remembered; many who ask at once have it read once. In a
// transaction, which may have changed the value or lock what it reads, it always reads.
func (m *Memory[Value]) Get(ctx context.Context, key string, read func(ctx context.Context) (Value, error)) (Value, error) {
	if InTransaction(ctx) {
		return read(ctx)
	}
	if found, ok := m.known.Get(key); ok && time.Now().Before(found.until) {
		return found.value, nil
	}
	value, err, _ := m.reads.Do(key, func() (any, error) {
		until, before := time.Now().Add(memoryTime), m.forgotten()
		value, err := read(onItsOwn(ctx)) // others wait for it too, whoever asked first
		if err == nil {
			m.remember(key, remembered[Value]{value, until}, before)
		}
		return value, err
	})
	if err != nil {
		var none Value
		return none, err
	}
	return value.(Value), nil
}

func (m *Memory[Value]) forgotten() int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.forgets
}

// remember keeps what was read, unless something was forgotten since before.
func (m *Memory[Value]) remember(key string, value remembered[Value], before int) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.forgets == before {
		m.known.Add(key, value)
	}
}

// Forget has key read again by whoever asks next.
func (m *Memory[Value]) Forget(key string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.forgets++
	m.reads.Forget(key)
	m.known.Remove(key)
}
