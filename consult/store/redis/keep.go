package redis

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// get reads one string.
func (s *Store) get(ctx context.Context, kind, key string) ([]byte, error) {
	var v []byte
	err := s.try(ctx, func(node *redis.Client) (err error) {
		v, err = node.Get(ctx, s.key(kind, key)).Bytes()
		return err
	})
	if errors.Is(err, redis.Nil) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	return v, nil
}

func (s *Store) delete(ctx context.Context, kind, key string) error {
	return s.write(ctx, func(p redis.Pipeliner) redis.Cmder { return p.Del(ctx, s.key(kind, key)) })
}

// PutBlob implements [store.Blobs].
func (s *Store) PutBlob(ctx context.Context, blob []byte) (string, store.Hash, error) {
	err := store.CheckBlob(blob)
	key := store.NewID()
	if err == nil {
		err = s.write(ctx, func(p redis.Pipeliner) redis.Cmder { return p.Set(ctx, s.key("blob", key), blob, 0) })
	}
	if err != nil {
		return "", store.Hash{}, fmt.Errorf("blob: %w", err)
	}
	return key, sha256.Sum256(blob), nil
}

// Blob implements [store.Blobs].
func (s *Store) Blob(ctx context.Context, key string) ([]byte, error) { return s.get(ctx, "blob", key) }

// DeleteBlob implements [store.Blobs].
func (s *Store) DeleteBlob(ctx context.Context, key string) error { return s.delete(ctx, "blob", key) }

// EachBlob implements [store.Blobs].
func (s *Store) EachBlob(ctx context.Context, yield func(key string) bool) error {
	prefix := s.key("blob", "")
	for next := uint64(0); ; {
		var keys []string
		err := s.try(ctx, func(node *redis.Client) error {
			found, cursor, err := node.Scan(ctx, next, prefix+"*", 1000).Result()
			if err == nil {
				keys, next = found, cursor
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("blob: %w", err)
		}
		for _, k := range keys {
			if !yield(strings.TrimPrefix(k, prefix)) {
				return nil
			}
		}
		if next == 0 {
			return nil
		}
	}
}

// PutSecret implements [store.Secrets]. Redis' clock decides when it expires.
func (s *Store) PutSecret(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := store.CheckSecret(key, value); err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	if ttl <= 0 {
		return s.DeleteSecret(ctx, key)
	}
	return s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		return p.Do(ctx, "SET", s.key("secret", key), value, "PX", (ttl + time.Millisecond - 1).Milliseconds())
	})
}

// Secret implements [store.Secrets].
func (s *Store) Secret(ctx context.Context, key string) ([]byte, error) {
	return s.get(ctx, "secret", key)
}

// TakeSecret implements [store.Secrets]. When its answer is lost nobody gets
// the secret.
func (s *Store) TakeSecret(ctx context.Context, key string) ([]byte, error) {
	var v *redis.StringCmd
	err := s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		v = p.GetDel(ctx, s.key("secret", key))
		return v
	})
	if err == nil && errors.Is(v.Err(), redis.Nil) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	return v.Bytes()
}

// DeleteSecret implements [store.Secrets].
func (s *Store) DeleteSecret(ctx context.Context, key string) error {
	return s.delete(ctx, "secret", key)
}
