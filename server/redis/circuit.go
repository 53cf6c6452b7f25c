package redis

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

const (
	// patience is how long a command may take, with its dialling, its wait for a connection and its retry.
	patience = 500 * time.Millisecond
	// pause is how long nobody asks a Redis that has not answered. Then one command tries.
	pause = time.Second
)

// circuit spares callers the wait for a Redis that does not answer: the first to meet that waits for
// patience, and for the time of pause all others fail at once.
type circuit struct {
	breaker *gobreaker.CircuitBreaker[struct{}]
}

func newCircuit(log *slog.Logger) circuit {
	return circuit{gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Timeout:      pause,
		ReadyToTrip:  func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures > 0 },
		IsSuccessful: answered,
		IsExcluded:   func(err error) bool { return errors.Is(err, context.Canceled) }, // the caller has gone: that says nothing about Redis
		OnStateChange: func(_ string, from, to gobreaker.State) {
			if from == gobreaker.StateClosed {
				log.Warn("Redis does not answer; the server works without it until it does")
			}
			if to == gobreaker.StateClosed {
				log.Info("Redis answers again")
			}
		},
	})}
}

// answered tells whether Redis said something, be it a refusal.
func answered(err error) bool {
	var said redis.Error
	return err == nil || errors.As(err, &said)
}

// withinKey marks what go-redis says for a command's sake, to greet a server that it has just dialled: that
// is part of the one try.
type withinKey struct{}

func (c circuit) run(ctx context.Context, command func(ctx context.Context) error) error {
	if ctx.Value(withinKey{}) != nil {
		return command(ctx)
	}
	_, err := c.breaker.Execute(func() (struct{}, error) {
		ctx, cancel := context.WithTimeout(context.WithValue(ctx, withinKey{}, true), patience)
		defer cancel()
		return struct{}{}, command(ctx)
	})
	return err
}

// DialHook leaves dialling as it is: a command waits for it no longer than patience.
func (c circuit) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook is the way of a single command.
func (c circuit) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, command redis.Cmder) error {
		err := c.run(ctx, func(ctx context.Context) error { return next(ctx, command) })
		if err != nil {
			command.SetErr(err)
		}
		return err
	}
}

// ProcessPipelineHook is the way of several commands at once.
func (c circuit) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, commands []redis.Cmder) error {
		err := c.run(ctx, func(ctx context.Context) error { return next(ctx, commands) })
		if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
			for _, command := range commands {
				command.SetErr(err)
			}
		}
		return err
	}
}
