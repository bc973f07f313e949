package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/consult/store"
)

// Bench measures appends and pushes a second, one and fifty writers at a time.
// An append by one of fifty that finds the head moved tries again, and counts
// once.
func Bench(b *testing.B, open func(b *testing.B) store.Store) {
	ctx := context.Background()
	data := bytes.Repeat([]byte("0123456789"), 20)
	head := func(s store.Store) store.Head {
		h, err := s.Head(ctx)
		if err != nil {
			b.Error(err)
		}
		return h
	}
	for _, c := range []struct {
		name    string
		writers int
		write   func(s store.Store) error
	}{
		{"append/1", 1, func(s store.Store) error {
			_, err := s.Append(ctx, head(s), store.Batch{Drafts: []store.Draft{{Kind: "k", Data: data}}})
			return err
		}},
		{"append/batch100", 1, func(s store.Store) error {
			_, err := s.Append(ctx, head(s), store.Batch{Drafts: repeat(store.Draft{Kind: "k", Data: data}, 100)})
			return err
		}},
		{"append/50", 50, func(s store.Store) error { return appendRetrying(ctx, s, data) }},
		{"push/1", 1, func(s store.Store) error {
			_, err := s.Push(ctx, "d", []store.Entry{{Author: "a", Update: data}})
			return err
		}},
		{"push/50", 50, func(s store.Store) error {
			_, err := s.Push(ctx, "d", []store.Entry{{Author: "a", Update: data}})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := open(b)
			defer s.Close()
			work := make(chan struct{}, c.writers)
			done := make(chan struct{})
			b.ResetTimer()
			for range c.writers {
				go func() {
					defer func() { done <- struct{}{} }()
					for range work {
						if err := c.write(s); err != nil {
							b.Error(err)
						}
					}
				}()
			}
			for range b.N {
				work <- struct{}{}
			}
			close(work)
			for range c.writers {
				<-done
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
		})
	}
}

func appendRetrying(ctx context.Context, s store.Store, data []byte) error {
	for {
		head, err := s.Head(ctx)
		if err == nil {
			_, err = s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k", Data: data}}})
		}
		if !errors.Is(err, store.ErrHeadMoved) {
			return err
		}
	}
}
