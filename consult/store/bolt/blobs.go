package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// PutBlob implements [store.Blobs].
func (s *Store) PutBlob(ctx context.Context, blob []byte) (string, store.Hash, error) {
	if err := store.CheckBlob(blob); err != nil {
		return "", store.Hash{}, fmt.Errorf("blob: %w", err)
	}
	key := store.NewID()
	err := s.write(ctx, len(blob), func(t *tx) error {
		t.put(blobs, []byte(key), blob)
		return nil
	})
	if err != nil {
		return "", store.Hash{}, fmt.Errorf("blob: %w", err)
	}
	return key, sha256.Sum256(blob), nil
}

// Blob implements [store.Blobs].
func (s *Store) Blob(ctx context.Context, key string) (blob []byte, err error) {
	err = s.read(ctx, func(tx *bbolt.Tx) error {
		v := tx.Bucket([]byte(blobs)).Get([]byte(key))
		if v == nil {
			return fmt.Errorf("blob: %w", store.ErrNotFound)
		}
		blob = bytes.Clone(v)
		return nil
	})
	return blob, err
}

// EachBlob implements [store.Blobs].
func (s *Store) EachBlob(ctx context.Context, yield func(key string) bool) error {
	for next := []byte{}; next != nil; {
		var keys []string
		err := s.read(ctx, func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(blobs)).Cursor()
			k, _ := c.Seek(next)
			for ; k != nil && len(keys) < chunkFacts; k, _ = c.Next() {
				keys = append(keys, string(k))
			}
			next = bytes.Clone(k)
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range keys {
			if !yield(k) {
				return nil
			}
		}
	}
	return nil
}

// DeleteBlob implements [store.Blobs].
func (s *Store) DeleteBlob(ctx context.Context, key string) error {
	return s.write(ctx, 0, func(t *tx) error {
		if t.get(blobs, []byte(key)) != nil {
			t.delete(blobs, []byte(key))
		}
		return nil
	})
}
