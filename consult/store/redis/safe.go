package redis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// A Setting of redis.conf, as it is and as it has to be.
type Setting struct{ Name, Have, Want string }

// Unsafe is a Redis that would lose facts. It is a store.ErrUnsafe.
type Unsafe struct{ Settings []Setting }

func (u *Unsafe) Error() string {
	list := make([]string, len(u.Settings))
	for i, s := range u.Settings {
		list[i] = fmt.Sprintf("set %q, it is %q", s.Name+" "+s.Want, s.Have)
	}
	return fmt.Sprintf("%v: %s", store.ErrUnsafe, strings.Join(list, "; "))
}

func (u *Unsafe) Unwrap() error { return store.ErrUnsafe }

// stillSafe checks the settings again from time to time, for anybody who
// administers Redis may change them while it runs.
func (s *Store) stillSafe(ctx context.Context, node *redis.Client) error {
	now := time.Now().UnixNano()
	if now-s.checked.Load() < int64(s.recheck) {
		return nil
	}
	if err := safe(ctx, node); err != nil {
		return err
	}
	s.checked.Store(now)
	return nil
}

// safe checks the settings on which "acknowledged means on disk" depends.
func safe(ctx context.Context, node *redis.Client) error {
	info, err := node.InfoMap(ctx, "server").Result()
	if err != nil {
		return err
	}
	var major int
	if fmt.Sscan(info["Server"]["redis_version"], &major); major < 7 {
		return fmt.Errorf("%w: version %q, 7.0 or newer is needed", store.ErrUnsafe, info["Server"]["redis_version"])
	}
	wanted := []Setting{
		{Name: "appendonly", Want: "yes"},
		{Name: "appendfsync", Want: "always"},
		{Name: "no-appendfsync-on-rewrite", Want: "no"}, // else no fsync while a child saves
		{Name: "maxmemory-policy", Want: "noeviction"},
	}
	var wrong []Setting
	for _, s := range wanted {
		have, err := node.ConfigGet(ctx, s.Name).Result()
		if err != nil {
			if !definite(err) {
				return err
			}
			return fmt.Errorf("%w: it does not show its settings, let this user ask CONFIG GET: %w", store.ErrUnsafe, err)
		}
		if s.Have = have[s.Name]; s.Have != s.Want {
			wrong = append(wrong, s)
		}
	}
	if wrong != nil {
		return &Unsafe{wrong}
	}
	return nil
}
