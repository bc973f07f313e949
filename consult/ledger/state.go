package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// A Fold is the state of one domain. Apply folds one fact into it and ignores
// kinds that are not its own; it accepts missing data (an erased fact) and
// never fails.
type Fold interface {
	Apply(f *store.Fact)
}

// A View is a moment of all states.
type View interface {
	states() *states
}

// Of returns the state of type S. It panics when the ledger was opened
// without one: a fault of wiring.
func Of[S Fold](v View) S {
	for _, f := range v.states().folds {
		if s, ok := f.(S); ok {
			return s
		}
	}
	var none S
	panic(fmt.Sprintf("ledger: opened without a %T", none))
}

// View runs fn on the published states, which do not change meanwhile. fn
// must be short: commits wait for it. And it must not View again: with a commit
// waiting in between, all three would wait for ever.
func (l *Ledger) View(fn func(v View)) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	fn(view{l.published})
}

// Head is the last published fact.
func (l *Ledger) Head() store.Head {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.published.head
}

// Tx is a command being decided: what it may read, and what it emits.
type Tx struct {
	view
	Actor string
	Now   time.Time // when the command was received

	key    string
	drafts []store.Draft
	erase  []uint64
}

// Emit adds a fact. data is encoded as deterministic CBOR. It panics when
// data cannot be encoded: a fault of the rule, answered as an error.
func (tx *Tx) Emit(kind string, version uint16, subject string, data any) {
	b, err := store.Marshal(data)
	if err != nil {
		panic(err)
	}
	tx.drafts = append(tx.drafts, store.Draft{
		Actor: tx.Actor, Subject: subject, Kind: kind, KindVersion: version, Key: tx.key, Data: b,
	})
}

// Erase has the data of earlier facts taken away with this commit.
func (tx *Tx) Erase(seqs ...uint64) { tx.erase = append(tx.erase, seqs...) }

type view struct{ s *states }

func (v view) states() *states { return v.s }

type key struct{ actor, key string }

type first struct {
	subject string
	seq     uint64
}

// states are all domains' at one head.
type states struct {
	folds []Fold
	keys  map[key]first
	head  store.Head
	time  int64
}

func (l *Ledger) fold(ctx context.Context) (*states, error) {
	s := &states{folds: l.config.Folds(), keys: map[key]first{}}
	err := l.config.Journal.Read(ctx, 1, func(f store.Fact) bool {
		s.apply(&f)
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: fold: %w", err)
	}
	return s, nil
}

func (s *states) apply(f *store.Fact) {
	for _, fold := range s.folds {
		fold.Apply(f)
	}
	if f.Key != "" {
		k := key{f.Actor, f.Key}
		if _, ok := s.keys[k]; !ok {
			s.keys[k] = first{f.Subject, f.Seq}
		}
	}
	s.head, s.time = store.Head{Seq: f.Seq, Hash: f.Hash}, f.Time
}

// foresee applies a draft that is not kept yet, under the number that it will
// have; settle then puts the true head in place.
func (s *states) foresee(d store.Draft, at time.Time) {
	f := store.Fact{Header: store.Header{
		Format: store.Format, Seq: s.head.Seq + 1, Time: max(at.UnixMilli(), s.time), Actor: d.Actor,
		Subject: d.Subject, Kind: d.Kind, KindVersion: d.KindVersion, Key: d.Key,
	}, Data: d.Data}
	s.apply(&f)
}

func (s *states) settle(kept []store.Fact) {
	last := kept[len(kept)-1]
	s.head, s.time = store.Head{Seq: last.Seq, Hash: last.Hash}, last.Time
}
