package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// An entry is stored as a CBOR array under its document and number; in layout
// 1 without its sum.
type entry struct {
	_      struct{} `cbor:",toarray"`
	Author string
	Update []byte
	Sum    []byte
}

type entry1 struct {
	_      struct{} `cbor:",toarray"`
	Author string
	Update []byte
}

func decodeEntry(n uint64, v []byte) (store.Entry, error) {
	var e entry
	if err := store.Unmarshal(v, &e); err != nil {
		var old entry1
		if store.Unmarshal(v, &old) != nil {
			return store.Entry{}, err
		}
		return store.Entry{Number: n, Author: old.Author, Update: old.Update}, nil
	}
	out := store.Entry{Number: n, Author: e.Author, Update: e.Update}
	out.Judge(e.Sum)
	return out, nil
}

// docKey is a document's name behind its length, so that no name is the
// beginning of another.
func docKey(doc string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(doc))), doc...)
}

func lastNumber(tx *bbolt.Tx, doc string) uint64 {
	if v := tx.Bucket([]byte(numbers)).Get(docKey(doc)); len(v) == 8 {
		return binary.BigEndian.Uint64(v)
	}
	return 0
}

// Push implements [store.Log].
func (s *Store) Push(ctx context.Context, doc string, list []store.Entry) (last uint64, err error) {
	if err := store.CheckPush(doc, list); err != nil {
		return 0, fmt.Errorf("push: %w", err)
	}
	size := 0
	values := make([][]byte, len(list))
	for i, e := range list {
		if values[i], err = store.Marshal(entry{Author: e.Author, Update: e.Update, Sum: e.Sum()}); err != nil {
			return 0, err
		}
		size += len(values[i])
	}
	key := docKey(doc)
	err = s.write(ctx, size, func(t *tx) error {
		last = lastNumber(t.Tx, doc)
		if len(values) == 0 {
			return nil
		}
		if now := number32(Layout); !bytes.Equal(t.get(meta, []byte("layout")), now) {
			t.put(meta, []byte("layout"), now) // from here on older versions cannot read it
		}
		for _, v := range values {
			last++
			t.put(entries, append(bytes.Clone(key), number(last)...), v)
		}
		t.put(numbers, key, number(last))
		t.docs[doc] = struct{}{}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("push: %w", err)
	}
	return last, nil
}

// Pull implements [store.Log].
func (s *Store) Pull(ctx context.Context, doc string, after uint64, limit int) (c store.Checkpoint, list []store.Entry, err error) {
	if err := store.CheckName(doc); err != nil {
		return c, nil, err
	}
	err = s.read(ctx, func(tx *bbolt.Tx) error {
		key := docKey(doc)
		if v := tx.Bucket([]byte(checkpoints)).Get(key); len(v) >= 8 {
			if err := store.Unmarshal(v[8:], &c); err != nil {
				return fmt.Errorf("%w: a checkpoint of %q: %v", store.ErrCorrupt, doc, err)
			}
		}
		from := max(after, c.Number)
		if from == 1<<64-1 {
			return nil
		}
		cursor := tx.Bucket([]byte(entries)).Cursor()
		k, v := cursor.Seek(append(bytes.Clone(key), number(from+1)...))
		for ; len(k) == len(key)+8 && bytes.HasPrefix(k, key) && (limit <= 0 || len(list) < limit); k, v = cursor.Next() {
			e, err := decodeEntry(binary.BigEndian.Uint64(k[len(key):]), v)
			if err != nil {
				return fmt.Errorf("%w: an entry of %q: %v", store.ErrCorrupt, doc, err)
			}
			list = append(list, e)
		}
		return nil
	})
	return c, list, err
}

// Checkpoint implements [store.Log].
func (s *Store) Checkpoint(ctx context.Context, doc string, c store.Checkpoint) error {
	if err := store.CheckCheckpoint(doc, c); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	encoded, err := store.Marshal(c)
	if err != nil {
		return err
	}
	key, value := docKey(doc), append(number(c.Number), encoded...)
	return s.write(ctx, len(value), func(t *tx) error {
		if v := t.get(checkpoints, key); len(v) >= 8 && binary.BigEndian.Uint64(v) > c.Number {
			return nil
		}
		t.put(checkpoints, key, value)
		if lastNumber(t.Tx, doc) < c.Number {
			t.put(numbers, key, number(c.Number))
		}
		var gone [][]byte
		cursor := t.Bucket([]byte(entries)).Cursor()
		for k, _ := cursor.Seek(key); bytes.HasPrefix(k, key) && binary.BigEndian.Uint64(k[len(key):]) <= c.Number; k, _ = cursor.Next() {
			gone = append(gone, bytes.Clone(k))
		}
		for _, k := range gone {
			t.delete(entries, k)
		}
		return nil
	})
}

// Await implements [store.Log].
func (s *Store) Await(ctx context.Context, doc string, after uint64) error {
	if err := store.CheckName(doc); err != nil {
		return err
	}
	return s.await(ctx, ofDoc(doc), func() (reached bool, err error) {
		err = s.read(ctx, func(tx *bbolt.Tx) error {
			reached = lastNumber(tx, doc) > after
			return nil
		})
		return reached, err
	})
}
