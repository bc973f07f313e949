package redis_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// A proxy stands between a store and its Redis. Once it is told to, it cuts the
// connection instead of passing on the answer to the next function call; or
// instead of passing on the call.
type proxy struct {
	listener net.Listener
	cut      atomic.Int32
	wg       sync.WaitGroup
}

const (
	cutAnswer  = 1 // Redis has kept it, the store does not know
	cutRequest = 2 // Redis never hears of it
)

func startProxy(t *testing.T, address string) *proxy {
	u, err := url.Parse(address)
	must(t, err)
	p := &proxy{}
	p.listener, err = net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p.wg.Go(func() {
		for {
			client, err := p.listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", u.Host)
			if err != nil {
				client.Close()
				continue
			}
			p.wg.Go(func() { p.pass(client, server) })
		}
	})
	t.Cleanup(func() { p.listener.Close(); p.wg.Wait() })
	return p
}

func (p *proxy) url() string { return "redis://" + p.listener.Addr().String() }

func (p *proxy) pass(client, server net.Conn) {
	defer client.Close()
	defer server.Close()
	var swallow atomic.Bool
	p.wg.Go(func() {
		defer client.Close()
		b := make([]byte, 1<<16)
		for {
			n, err := server.Read(b)
			if err != nil || swallow.Load() {
				return
			}
			client.Write(b[:n])
		}
	})
	b := make([]byte, 1<<16)
	for {
		n, err := client.Read(b)
		if err != nil {
			return
		}
		if bytes.Contains(bytes.ToLower(b[:n]), []byte("fcall")) {
			if p.cut.CompareAndSwap(cutRequest, 0) {
				return
			}
			if p.cut.CompareAndSwap(cutAnswer, 0) {
				swallow.Store(true)
			}
		}
		server.Write(b[:n])
	}
}

func TestLostAnswer(t *testing.T) {
	ctx := context.Background()
	direct := storetest.Redis(t)
	for name, cut := range map[string]int32{"answer": cutAnswer, "request": cutRequest} {
		t.Run(name, func(t *testing.T) {
			p := startProxy(t, direct)
			s := open(t, p.url(), "lost-"+name)
			defer s.Close()
			other := open(t, direct, "lost-"+name)
			for range 3 {
				p.cut.Store(cut)
				appendTo(t, s, "un", "deux")
			}
			if got := texts(t, other); len(got) != 6 {
				t.Errorf("got %d facts, want 6", len(got))
			}
			for want := uint64(2); want <= 6; want += 2 {
				p.cut.Store(cut)
				if got, err := s.Push(ctx, "d", []store.Entry{{Author: "a"}, {Author: "b"}}); err != nil || got != want {
					t.Errorf("got number %d, error %v, want %d", got, err, want)
				}
			}
			if _, list, err := other.Pull(ctx, "d", 0, 0); err != nil || len(list) != 6 {
				t.Errorf("got %d entries, error %v, want 6", len(list), err)
			}
			p.cut.Store(cut)
			must(t, s.Checkpoint(ctx, "d", store.Checkpoint{Number: 4}))
			if c, list, err := other.Pull(ctx, "d", 0, 0); err != nil || c.Number != 4 || len(list) != 2 {
				t.Errorf("got checkpoint %d, %d entries, error %v", c.Number, len(list), err)
			}
		})
	}
}

// TestLostAnswerAndContext loses the answer to a caller who does not wait: it
// was kept, so it is no error.
func TestLostAnswerAndContext(t *testing.T) {
	server := storetest.StartRedis(t)
	s := open(t, server.URL, "")
	c := raw(t, server.URL)
	head := appendTo(t, s, "un")
	ctx, cancel := context.WithCancel(context.Background())
	// Redis answers nobody for a while, then all.
	must(t, c.Do(ctx, "CLIENT", "PAUSE", "300", "ALL").Err())
	done := make(chan error)
	go func() {
		_, err := s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k", Data: []byte("deux")}}})
		done <- err
	}()
	cancel()
	err := <-done
	kept := len(texts(t, s)) == 2
	if err == nil && !kept || err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("kept: %v, error %v", kept, err)
	}
}

func TestFunctionsFlushed(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	s := open(t, url, "")
	appendTo(t, s, "un")
	must(t, raw(t, url).FunctionFlush(ctx).Err())
	appendTo(t, s, "deux")
	if _, err := s.Push(ctx, "d", []store.Entry{{}}); err != nil {
		t.Error(err)
	}
}

func TestAway(t *testing.T) {
	server := storetest.StartRedis(t)
	s, err := redis.Open(context.Background(), server.URL, &redis.Options{Patience: 100 * time.Millisecond})
	must(t, err)
	defer s.Close()
	head := appendTo(t, s, "un")
	server.Kill()
	if _, err := s.Append(context.Background(), head, store.Batch{Drafts: []store.Draft{{Kind: "k"}}}); err == nil || errors.Is(err, store.ErrHeadMoved) {
		t.Errorf("got error %v", err)
	}
	if err := s.Healthy(context.Background()); err == nil {
		t.Error("healthy without a Redis")
	}
	waiting := make(chan error)
	go func() {
		for {
			err := s.Wait(context.Background(), 1)
			if err == nil || errors.Is(err, store.ErrClosed) {
				waiting <- err
				return
			}
		}
	}()
	server.Start()
	appendTo(t, open(t, server.URL, ""), "deux")
	if err := <-waiting; err != nil {
		t.Error(err)
	}
}

// TestCrash kills Redis while several write: what was acknowledged is there.
func TestCrash(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	server := storetest.StartRedis(t)
	s := open(t, server.URL, "")
	ctx, cancel := context.WithCancel(context.Background())
	var facts, entries atomic.Uint64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() {
		for ctx.Err() == nil {
			head, err := s.Head(ctx)
			if err == nil {
				_, err = s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k", Data: fmt.Append(nil, head.Seq+1)}}})
			}
			if err == nil {
				facts.Add(1)
			} else if ctx.Err() == nil {
				t.Error(err)
				return
			}
		}
	})
	wg.Go(func() {
		for ctx.Err() == nil {
			if _, err := s.Push(ctx, "d", []store.Entry{{}, {}}); err == nil {
				entries.Add(2)
			} else if ctx.Err() == nil {
				t.Error(err)
				return
			}
		}
	})
	for range 5 {
		for target := facts.Load() + 1 + uint64(rnd.IntN(100)); facts.Load() < target && !t.Failed(); {
			s.Wait(ctx, facts.Load())
		}
		server.Kill()
		server.Start()
	}
	cancel()
	wg.Wait()
	other := open(t, server.URL, "")
	got := texts(t, other)
	for i, text := range got {
		if text != fmt.Sprint(i+1) {
			t.Errorf("fact %d says %s", i+1, text)
		}
	}
	// One more may have been kept than was acknowledged, when the writers were told to stop.
	if n := uint64(len(got)); n < facts.Load() || n > facts.Load()+1 {
		t.Errorf("got %d facts, acknowledged %d", n, facts.Load())
	}
	_, list, err := other.Pull(context.Background(), "d", 0, 0)
	if n := uint64(len(list)); err != nil || n < entries.Load() || n > entries.Load()+2 {
		t.Errorf("got %d entries, error %v, acknowledged %d", n, err, entries.Load())
	}
	t.Logf("%d facts and %d entries acknowledged", facts.Load(), entries.Load())
}
