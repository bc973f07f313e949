package redis

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// silent is how long a subscription may say nothing before it is asked whether
// it still stands, and again before it is given up.
const silent = 5 * time.Second

// Tell implements [store.Wire]. Sharded channels (SPUBLISH, Redis 7) lie in the
// slot of their name: in a Cluster a word stays with the nodes of our one slot.
func (s *Store) Tell(ctx context.Context, topic string, word []byte) error {
	if err := store.CheckWord(topic, word); err != nil {
		return fmt.Errorf("tell: %w", err)
	}
	if len(word) == 0 {
		return s.ready(ctx)
	}
	err := s.try(ctx, func(node *redis.Client) error { return node.SPublish(ctx, s.key("wire", topic), word).Err() })
	if err != nil {
		return fmt.Errorf("tell: %w", err)
	}
	return nil
}

// Listen implements [store.Wire].
func (s *Store) Listen(ctx context.Context, topic string) (<-chan []byte, error) {
	if err := store.CheckName(topic); err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	e := store.NewEar()
	s.ears.running.Go(func() {
		defer close(e)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for pause := blocking / 10; ; pause = min(2*pause, silent) {
			if s.subscribe(ctx, s.key("wire", topic), e) {
				pause = blocking / 10
			}
			again := time.NewTimer(pause)
			select {
			case <-again.C:
				continue
			case <-ctx.Done():
			case <-s.stop:
			}
			again.Stop()
			return
		}
	})
	return e, nil
}

// subscribe listens to a channel until the connection is lost. It says whether
// there was any.
func (s *Store) subscribe(ctx context.Context, channel string, e store.Ear) (stood bool) {
	node, err := nodeOf(ctx, s.waiting, s.tag)
	if err != nil {
		return false
	}
	sub := node.SSubscribe(ctx, channel)
	defer sub.Close()
	defer context.AfterFunc(ctx, func() { sub.Close() })()
	for asked := false; ; {
		m, err := sub.ReceiveTimeout(ctx, silent)
		var late net.Error
		if errors.As(err, &late) && late.Timeout() && !asked && ctx.Err() == nil {
			if asked = true; sub.Ping(ctx) == nil {
				continue
			}
		}
		if err != nil {
			if c, ok := s.waiting.(*redis.ClusterClient); ok {
				c.ReloadState(ctx)
			}
			return stood
		}
		asked = false
		switch m := m.(type) {
		case *redis.Subscription:
			if m.Kind != "ssubscribe" { // the slot has moved
				return stood
			}
			stood = true
			e.Hear(nil)
		case *redis.Message:
			e.Hear([]byte(m.Payload))
		}
	}
}
