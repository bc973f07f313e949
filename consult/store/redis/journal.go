package redis

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// A tip is the last fact kept: where the next one follows.
type tip struct {
	store.Head
	time int64
}

func id(n uint64) string { return decimal(n) + "-0" }

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

func (s *Store) seen(t tip) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tip = t
}

// readTip reads the head.
func (s *Store) readTip(ctx context.Context, node *redis.Client) (t tip, err error) {
	v, err := node.HMGet(ctx, s.key("head"), "seq", "hash", "time").Result()
	if err != nil || v[0] == nil {
		return tip{}, err
	}
	seq, _ := v[0].(string)
	hash, _ := v[1].(string)
	at, _ := v[2].(string)
	var err1, err2 error
	t.Seq, err1 = strconv.ParseUint(seq, 10, 64)
	t.time, err2 = strconv.ParseInt(at, 10, 64)
	if copy(t.Hash[:], hash) != len(t.Hash) || errors.Join(err1, err2) != nil {
		return tip{}, fmt.Errorf("%w: the head is unreadable", store.ErrCorrupt)
	}
	s.seen(t)
	return t, nil
}

// checkTip compares the head with the last header.
func (s *Store) checkTip(ctx context.Context, node *redis.Client) error {
	for range 10 {
		t, err := s.readTip(ctx, node)
		if err != nil {
			return err
		}
		last, err := node.XRevRangeN(ctx, s.key("journal"), "+", "-", 1).Result()
		if err != nil {
			return err
		}
		if len(last) == 0 && t.Head == (store.Head{}) {
			return nil
		}
		if len(last) == 1 && last[0].ID == id(t.Seq) && sha256.Sum256(raw(last[0])) == t.Hash {
			return nil
		}
		if again, err := s.readTip(ctx, node); err != nil || again == t { // else others are appending
			return errors.Join(err, fmt.Errorf("%w: the last header is not the head, %d", store.ErrCorrupt, t.Seq))
		}
	}
	return nil
}

func raw(m redis.XMessage) []byte {
	h, _ := m.Values["h"].(string)
	return []byte(h)
}

// Head implements [store.Journal].
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	var t tip
	err := s.try(ctx, func(node *redis.Client) (err error) {
		t, err = s.readTip(ctx, node)
		return err
	})
	return t.Head, err
}

// Append implements [store.Journal].
func (s *Store) Append(ctx context.Context, expect store.Head, b store.Batch) ([]store.Fact, error) {
	after, err := s.timeOf(ctx, expect)
	if err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	facts, err := store.Chain(expect, after, b)
	if err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	next := tip{expect, after}
	args := []any{decimal(expect.Seq), expect.Hash[:], nil, nil, len(facts)}
	for i := range facts {
		args = append(args, facts[i].Raw, facts[i].Salted())
		next = tip{store.Head{Seq: facts[i].Seq, Hash: facts[i].Hash}, facts[i].Time}
	}
	args[2], args[3] = next.Hash[:], next.time
	for _, seq := range b.Erase {
		if seq <= expect.Seq {
			args = append(args, decimal(seq))
		}
	}
	var answer *redis.Cmd
	sent := 0
	err = s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		sent++
		answer = p.FCall(ctx, s.library.name+"_append", []string{s.key("head"), s.key("journal"), s.key("data")}, args...)
		return answer
	})
	moved := false
	if err == nil {
		n, e := answer.Int()
		moved, err = n == 0, e
	}
	if (moved && sent > 1 || uncertain(err)) && len(facts) > 0 && s.kept(ctx, facts[0]) {
		moved, err = false, nil // an earlier call was, whose answer was lost
	}
	if err == nil && moved {
		err = fmt.Errorf("%w: no longer at %d", store.ErrHeadMoved, expect.Seq)
	}
	if err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	s.seen(next)
	return facts, nil
}

// timeOf is the time of the fact that expect names: usually the last one seen.
func (s *Store) timeOf(ctx context.Context, expect store.Head) (int64, error) {
	s.mu.Lock()
	t := s.tip
	s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	if t.Head == expect {
		return t.time, nil
	}
	err := s.try(ctx, func(node *redis.Client) (err error) {
		t, err = s.readTip(ctx, node)
		return err
	})
	if err == nil && t.Head != expect {
		err = fmt.Errorf("%w: to %d, not %d", store.ErrHeadMoved, t.Seq, expect.Seq)
	}
	return t.time, err
}

// kept looks whether a fact is there, also when ctx has ended.
func (s *Store) kept(ctx context.Context, f store.Fact) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookBack)
	defer cancel()
	found := false
	err := s.try(ctx, func(node *redis.Client) error {
		m, err := node.XRange(ctx, s.key("journal"), id(f.Seq), id(f.Seq)).Result()
		found = len(m) == 1 && string(raw(m[0])) == string(f.Raw)
		return err
	})
	return err == nil && found
}

const chunk = 64 // facts of one round trip

// lookBack is how long a call without an answer is looked for.
const lookBack = 2 * time.Second

// Read implements [store.Journal].
func (s *Store) Read(ctx context.Context, from uint64, yield func(store.Fact) bool) error {
	before := store.Head{Seq: max(from, 1) - 1}
	first := before.Seq > 0 // its header is read too, for its hash
	for {
		var headers []redis.XMessage
		var salted []any
		seqs := make([]string, chunk)
		for i := range seqs {
			seqs[i] = decimal(before.Seq + 1 + uint64(i))
		}
		err := s.try(ctx, func(node *redis.Client) error {
			start, count := before.Seq+1, int64(chunk)
			if first {
				start, count = start-1, count+1
			}
			p := node.Pipeline() // headers first: a later fact's data may be there, never the reverse
			h, d := p.XRangeN(ctx, s.key("journal"), id(start), "+", count), p.HMGet(ctx, s.key("data"), seqs...)
			_, err := p.Exec(ctx)
			headers, salted = h.Val(), d.Val()
			return err
		})
		if err != nil {
			return err
		}
		if first && len(headers) > 0 {
			if headers[0].ID != id(before.Seq) {
				return fmt.Errorf("%w: fact %d is missing", store.ErrCorrupt, before.Seq)
			}
			before.Hash, headers, first = sha256.Sum256(raw(headers[0])), headers[1:], false
		}
		for i, m := range headers {
			var data []byte
			if v, ok := salted[i].(string); ok {
				data = []byte(v)
			}
			f, err := store.Decode(before, raw(m), data)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			if !yield(f) {
				return nil
			}
			before = store.Head{Seq: f.Seq, Hash: f.Hash}
		}
		if len(headers) < chunk {
			return nil
		}
	}
}

// Wait implements [store.Journal].
func (s *Store) Wait(ctx context.Context, after uint64) error {
	return s.await(ctx, s.key("journal"), after, func(ctx context.Context, node *redis.Client) (uint64, error) {
		t, err := s.readTip(ctx, node)
		return t.Seq, err
	})
}
