package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// node is the Redis that takes writes.
func nodeOf(ctx context.Context, client redis.UniversalClient, tag string) (*redis.Client, error) {
	switch c := client.(type) {
	case *redis.Client:
		return c, nil
	case *redis.ClusterClient:
		return c.MasterForKey(ctx, tag)
	}
	return nil, errors.New("redis: an unknown kind of client")
}

// try calls f until it says something definite: an answer, or an error that is
// one. f may be called when an earlier call succeeded and its answer was lost.
func (s *Store) try(ctx context.Context, f func(*redis.Client) error) error {
	ended := time.NewTimer(s.patience)
	defer ended.Stop()
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		if err := s.ready(ctx); err != nil {
			return err
		}
		node, err := nodeOf(ctx, s.client, s.tag)
		if err == nil {
			err = f(node)
			if err != nil && missing(err) { // flushed, or a failover to one that never had them
				if err = s.library.load(ctx, node); err == nil {
					err = f(node)
				}
			}
		}
		if err == nil || definite(err) {
			return classify(err)
		}
		if c, ok := s.client.(*redis.ClusterClient); ok {
			c.ReloadState(ctx)
		}
		again := time.NewTimer(pause)
		select {
		case <-again.C:
			continue
		case <-ended.C:
			err = fmt.Errorf("%w: %w", store.ErrAway, classify(err))
		case <-ctx.Done():
			err = fmt.Errorf("%w (%w)", ctx.Err(), err)
		case <-s.stop:
			err = store.ErrClosed
		}
		again.Stop()
		return &noAnswer{err}
	}
}

func (s *Store) ready(ctx context.Context) error {
	select {
	case <-s.stop:
		return store.ErrClosed
	default:
		return ctx.Err()
	}
}

// noAnswer is the error of a call that may have been kept.
type noAnswer struct{ err error }

func (e *noAnswer) Error() string { return "redis: no answer: " + e.err.Error() }
func (e *noAnswer) Unwrap() error { return e.err }

func uncertain(err error) bool {
	var e *noAnswer
	return errors.As(err, &e)
}

// definite says whether asking again would change nothing.
func definite(err error) bool {
	var answer redis.Error
	if !errors.As(err, &answer) {
		for _, ours := range []error{store.ErrUnsafe, store.ErrFormat, store.ErrCorrupt, store.ErrReadOnly, store.ErrNotFound, errNoReplica} {
			if errors.Is(err, ours) {
				return true
			}
		}
		return false
	}
	for _, passing := range []string{"LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "READONLY", "BUSY", "UNBLOCKED", "ERR max number of clients"} {
		if strings.HasPrefix(answer.Error(), passing) {
			return false
		}
	}
	return true
}

// classify wraps Redis' refusals in the store's errors.
func classify(err error) error {
	if err == nil || errors.Is(err, redis.Nil) {
		return err
	}
	if errors.Is(err, redis.ErrClosed) {
		return fmt.Errorf("%w: %w", store.ErrClosed, err)
	}
	var answer redis.Error
	if errors.As(err, &answer) {
		for _, stranger := range []string{"NOAUTH", "WRONGPASS", "ERR AUTH", "ERR invalid password"} {
			if strings.HasPrefix(answer.Error(), stranger) {
				return fmt.Errorf("%w: %w", store.ErrRefused, err)
			}
		}
		for _, full := range []string{"OOM", "MISCONF", "READONLY", "NOREPLICAS", "NOPERM"} {
			if strings.HasPrefix(answer.Error(), full) {
				return fmt.Errorf("%w: %w", store.ErrReadOnly, err)
			}
		}
	}
	return err
}

var errNoReplica = errors.New("redis: kept here, but no replica has confirmed it")

// write sends one command that f adds, and returns once it is on disk: here,
// and on a replica where there are any.
func (s *Store) write(ctx context.Context, f func(redis.Pipeliner) redis.Cmder) error {
	return s.try(ctx, func(node *redis.Client) error {
		if err := s.stillSafe(ctx, node); err != nil {
			return err
		}
		conn := node.Conn() // WAIT is about the same connection's writes
		defer conn.Close()
		p := conn.Pipeline()
		command, role := f(p), p.Do(ctx, "ROLE")
		p.Exec(ctx) // each command has its own error
		if err := command.Err(); err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		for range 5 {
			r, err := role.Slice()
			if err != nil {
				return err
			}
			if replicas, ok := r[len(r)-1].([]any); len(r) != 3 || !ok || len(replicas) == 0 {
				return nil
			}
			if n, err := conn.Wait(ctx, 1, time.Second).Result(); n > 0 || err != nil {
				return err
			}
			role = conn.Do(ctx, "ROLE") // it may have gone meanwhile
		}
		return errNoReplica
	})
}
