package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// A tip is the last fact kept: where the next one follows.
type tip struct {
	store.Head
	time int64
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// lastFact reads the tip. The header is checked by itself, its predecessors
// when they are read.
func lastFact(tx *bbolt.Tx) (tip, error) {
	k, raw := tx.Bucket([]byte(headers)).Cursor().Last()
	if k == nil {
		return tip{}, nil
	}
	var h store.Header
	if err := store.Unmarshal(raw, &h); err != nil || len(k) != 8 || h.Seq != binary.BigEndian.Uint64(k) {
		return tip{}, fmt.Errorf("%w: the last fact is unreadable", store.ErrCorrupt)
	}
	if h.Format > store.Format {
		return tip{}, fmt.Errorf("%w: fact %d has format %d", store.ErrFormat, h.Seq, h.Format)
	}
	return tip{store.Head{Seq: h.Seq, Hash: sha256.Sum256(raw)}, h.Time}, nil
}

// Head implements [store.Journal].
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	if err := ctx.Err(); err != nil {
		return store.Head{}, err
	}
	select {
	case <-s.stop:
		return store.Head{}, store.ErrClosed
	default:
		return s.last().Head, nil
	}
}

// Append implements [store.Journal].
func (s *Store) Append(ctx context.Context, expect store.Head, b store.Batch) (kept []store.Fact, err error) {
	size := 0
	for _, d := range b.Drafts {
		size += len(d.Data)
	}
	err = s.write(ctx, size, func(t *tx) error {
		if t.tip.Head != expect {
			return fmt.Errorf("%w: to %d, not %d", store.ErrHeadMoved, t.tip.Seq, expect.Seq)
		}
		facts, err := store.Chain(expect, t.tip.time, b)
		if err != nil {
			return err
		}
		for i := range facts {
			f := &facts[i]
			t.put(headers, number(f.Seq), f.Raw)
			t.put(data, number(f.Seq), f.Salted())
			t.tip = tip{store.Head{Seq: f.Seq, Hash: f.Hash}, f.Time}
		}
		for _, seq := range b.Erase {
			if seq <= expect.Seq {
				t.delete(data, number(seq))
			}
		}
		kept = facts
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	return kept, nil
}

// How much is read in one transaction.
const (
	chunkFacts = 512
	chunkSize  = 4 << 20
)

// Read implements [store.Journal].
func (s *Store) Read(ctx context.Context, from uint64, yield func(store.Fact) bool) error {
	from = max(from, 1)
	before := store.Head{Seq: from - 1}
	if from > 1 {
		err := s.read(ctx, func(tx *bbolt.Tx) error {
			raw := tx.Bucket([]byte(headers)).Get(number(from - 1))
			if raw == nil {
				from = 0 // beyond the last fact
			}
			before.Hash = sha256.Sum256(raw)
			return nil
		})
		if err != nil || from == 0 {
			return err
		}
	}
	for {
		var facts []store.Fact
		err := s.read(ctx, func(tx *bbolt.Tx) (err error) {
			facts, err = chunk(tx, before)
			return err
		})
		for _, f := range facts {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !yield(f) {
				return nil
			}
			before = store.Head{Seq: f.Seq, Hash: f.Hash}
		}
		if err != nil || len(facts) == 0 {
			return err
		}
	}
}

// chunk reads some of the facts after before, and those before a corrupt one.
func chunk(tx *bbolt.Tx, before store.Head) (facts []store.Fact, err error) {
	size := 0
	c, salted := tx.Bucket([]byte(headers)).Cursor(), tx.Bucket([]byte(data))
	for k, raw := c.Seek(number(before.Seq + 1)); k != nil && len(facts) < chunkFacts && size < chunkSize; k, raw = c.Next() {
		f, err := store.Decode(before, bytes.Clone(raw), bytes.Clone(salted.Get(k)))
		if err != nil {
			return facts, err
		}
		facts = append(facts, f)
		size += len(raw) + len(f.Data)
		before = store.Head{Seq: f.Seq, Hash: f.Hash}
	}
	return facts, nil
}

// Wait implements [store.Journal].
func (s *Store) Wait(ctx context.Context, after uint64) error {
	return s.await(ctx, theJournal, func() (bool, error) {
		head, err := s.Head(ctx)
		return head.Seq > after, err
	})
}

// await returns once reached says so; it is asked again at each ring of topic.
func (s *Store) await(ctx context.Context, topic string, reached func() (bool, error)) error {
	for {
		rung, leave := s.bell.listen(topic)
		ok, err := reached()
		if ok || err != nil {
			leave()
			return err
		}
		select {
		case <-rung:
		case <-ctx.Done():
			err = ctx.Err()
		case <-s.stop:
			err = store.ErrClosed
		}
		leave()
		if err != nil {
			return err
		}
	}
}
