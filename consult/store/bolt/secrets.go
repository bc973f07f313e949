package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// PutSecret implements [store.Secrets]. Expired ones leave the file when it is
// compacted.
func (s *Store) PutSecret(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := store.CheckSecret(key, value); err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	until := s.now().Add(max(ttl, 0)).UnixMilli()
	v := append(number(uint64(max(until, 0))), value...)
	return s.write(ctx, len(v), func(t *tx) error {
		t.put(secrets, secretKey(key), v)
		return nil
	})
}

// secretKey is never empty, which bbolt would not have.
func secretKey(key string) []byte { return append([]byte{'='}, key...) }

// fresh returns a stored secret's value unless it has expired.
func (s *Store) fresh(v []byte) ([]byte, bool) {
	if len(v) < 8 || s.now().UnixMilli() >= int64(binary.BigEndian.Uint64(v)) {
		return nil, false
	}
	return append([]byte{}, v[8:]...), true
}

// Secret implements [store.Secrets].
func (s *Store) Secret(ctx context.Context, key string) (value []byte, err error) {
	err = s.read(ctx, func(tx *bbolt.Tx) error {
		var ok bool
		if value, ok = s.fresh(tx.Bucket([]byte(secrets)).Get(secretKey(key))); !ok {
			return fmt.Errorf("secret: %w", store.ErrNotFound)
		}
		return nil
	})
	return value, err
}

// TakeSecret implements [store.Secrets].
func (s *Store) TakeSecret(ctx context.Context, key string) (value []byte, err error) {
	err = s.write(ctx, 0, func(t *tx) error {
		v := bytes.Clone(t.get(secrets, secretKey(key)))
		if v != nil {
			t.delete(secrets, secretKey(key))
		}
		var ok bool
		if value, ok = s.fresh(v); !ok {
			return fmt.Errorf("secret: %w", store.ErrNotFound)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return value, nil
}

// DeleteSecret implements [store.Secrets].
func (s *Store) DeleteSecret(ctx context.Context, key string) error {
	return s.write(ctx, 0, func(t *tx) error {
		if t.get(secrets, secretKey(key)) != nil {
			t.delete(secrets, secretKey(key))
		}
		return nil
	})
}
