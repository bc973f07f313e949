package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// lastNumber reads the number of a document's last entry.
func (s *Store) lastNumber(doc string) lastOf {
	return func(ctx context.Context, node *redis.Client) (uint64, error) {
		n, err := node.Get(ctx, s.key("last", doc)).Uint64()
		if errors.Is(err, redis.Nil) {
			err = nil
		}
		return n, err
	}
}

// Push implements [store.Log].
func (s *Store) Push(ctx context.Context, doc string, list []store.Entry) (last uint64, err error) {
	if err := store.CheckPush(doc, list); err != nil {
		return 0, fmt.Errorf("push: %w", err)
	}
	if len(list) == 0 {
		err := s.try(ctx, func(node *redis.Client) (err error) {
			last, err = s.lastNumber(doc)(ctx, node)
			return err
		})
		return last, err
	}
	args := make([]any, 0, 3*len(list))
	for _, e := range list {
		args = append(args, e.Author, e.Update, e.Sum())
	}
	token := s.key("push", store.NewID())
	var answer *redis.Cmd
	err = s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		answer = p.FCall(ctx, s.library.name+"_push", []string{s.key("doc", doc), s.key("last", doc), token}, args...)
		return answer
	})
	if err == nil {
		last, err = answer.Uint64()
	}
	if uncertain(err) {
		if n, found := s.answered(ctx, token); found {
			last, err = n, nil
		}
	}
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
	from := id(min(after, 1<<64-2) + 1)
	var encoded string
	var found []redis.XMessage
	err = s.try(ctx, func(node *redis.Client) error {
		p := node.TxPipeline() // at one moment: a checkpoint takes entries away
		v := p.HGet(ctx, s.key("check", doc), "v")
		var m *redis.XMessageSliceCmd
		if limit > 0 {
			m = p.XRangeN(ctx, s.key("doc", doc), from, "+", int64(limit))
		} else {
			m = p.XRange(ctx, s.key("doc", doc), from, "+")
		}
		if _, err := p.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		encoded, found = v.Val(), m.Val()
		return m.Err()
	})
	if err != nil {
		return c, nil, err
	}
	if encoded != "" {
		if err := store.Unmarshal([]byte(encoded), &c); err != nil {
			return c, nil, fmt.Errorf("%w: a checkpoint of %q: %v", store.ErrCorrupt, doc, err)
		}
	}
	for _, m := range found {
		number, _, _ := strings.Cut(m.ID, "-")
		n, err := strconv.ParseUint(number, 10, 64)
		author, ok1 := m.Values["a"].(string)
		update, ok2 := m.Values["u"].(string)
		if err != nil || !ok1 || !ok2 {
			return c, nil, fmt.Errorf("%w: entry %s of %q", store.ErrCorrupt, m.ID, doc)
		}
		e := store.Entry{Number: n, Author: author, Update: []byte(update)}
		if sum, ok := m.Values["s"].(string); ok { // else an older version kept it
			e.Judge([]byte(sum))
		}
		list = append(list, e)
	}
	return c, list, nil
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
	err = s.write(ctx, func(p redis.Pipeliner) redis.Cmder {
		keys := []string{s.key("doc", doc), s.key("last", doc), s.key("check", doc)}
		return p.FCall(ctx, s.library.name+"_checkpoint", keys, decimal(c.Number), encoded)
	})
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// Await implements [store.Log].
func (s *Store) Await(ctx context.Context, doc string, after uint64) error {
	if err := store.CheckName(doc); err != nil {
		return err
	}
	return s.await(ctx, s.key("doc", doc), after, s.lastNumber(doc))
}

// answered looks what a push was answered, also when ctx has ended.
func (s *Store) answered(ctx context.Context, token string) (last uint64, found bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookBack)
	defer cancel()
	err := s.try(ctx, func(node *redis.Client) (err error) {
		last, err = node.Get(ctx, token).Uint64()
		return err
	})
	return last, err == nil
}
