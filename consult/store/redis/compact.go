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

// Compact implements [store.Upkeep]: Redis rewrites its append-only file, and
// its snapshot when it is set to make any (save).
func (s *Store) Compact(ctx context.Context) error {
	err := s.try(ctx, func(node *redis.Client) error {
		if err := s.expire(ctx, node); err != nil {
			return err
		}
		if err := s.background(ctx, node, "BGREWRITEAOF", "aof_last_bgrewrite_status"); err != nil {
			return err
		}
		save, err := node.ConfigGet(ctx, "save").Result()
		if err != nil || save["save"] == "" {
			return err
		}
		return s.background(ctx, node, "BGSAVE", "rdb_last_bgsave_status")
	})
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	return nil
}

// expire goes over the secrets, which makes Redis drop those that have expired
// and that it has not met yet.
func (s *Store) expire(ctx context.Context, node *redis.Client) error {
	keys := node.Scan(ctx, 0, s.key("secret", "*"), 1000).Iterator()
	for keys.Next(ctx) {
	}
	return keys.Err()
}

// background has Redis do something in a child process, begun after this call,
// and waits for its end.
func (s *Store) background(ctx context.Context, node *redis.Client, command, status string) error {
	for {
		if _, err := s.idle(ctx, node); err != nil {
			return err
		}
		err := node.Do(ctx, command).Err()
		if err == nil {
			break
		}
		if !strings.Contains(err.Error(), "in progress") && !strings.Contains(err.Error(), "active") {
			return err
		}
	}
	info, err := s.idle(ctx, node)
	if err == nil && info[status] != "ok" {
		err = fmt.Errorf("%w: Redis says %s %s, see its log", store.ErrReadOnly, status, info[status])
	}
	return err
}

// idle waits until no child process is at work.
func (s *Store) idle(ctx context.Context, node *redis.Client) (map[string]string, error) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		all, err := node.InfoMap(ctx, "persistence").Result()
		if err != nil {
			return nil, err
		}
		info, busy := all["Persistence"], false
		for _, flag := range []string{"aof_rewrite_in_progress", "aof_rewrite_scheduled", "rdb_bgsave_in_progress"} {
			if info[flag] == "" {
				return nil, errors.New("redis: INFO persistence lacks " + flag)
			}
			busy = busy || info[flag] != "0"
		}
		if !busy {
			return info, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.stop:
			return nil, store.ErrClosed
		}
	}
}
