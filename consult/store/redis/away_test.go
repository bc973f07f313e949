package redis_test

import (
	"bufio"
	"context"
	"net"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// TestExisting makes nothing where no store is.
func TestExisting(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	c := raw(t, url)
	_, err := redis.Open(ctx, url, &redis.Options{Existing: true})
	wantErr(t, err, store.ErrNotFound)
	if keys, err := c.Keys(ctx, "*").Result(); err != nil || len(keys) != 0 {
		t.Errorf("made %v, error %v", keys, err)
	}
	open(t, url, "")
	s, err := redis.Open(ctx, url, &redis.Options{Existing: true})
	must(t, err)
	must(t, s.Close())
}

// TestWrongAddress tells what is wrong with an address.
func TestWrongAddress(t *testing.T) {
	ctx := context.Background()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, closed.Close())
	locked := storetest.Redis(t)
	must(t, raw(t, locked).ConfigSet(ctx, "requirepass", "secret").Err())
	for url, want := range map[string]error{
		"redis://" + closed.Addr().String(): store.ErrAway,
		"redis://" + chatter(t):             store.ErrAway,
		locked:                              store.ErrRefused,
		"redis://127.0.0.1:1/pas-un-nombre": store.ErrAddress,
		"redis://[::1":                      store.ErrAddress,
		"http://127.0.0.1:1":                store.ErrAddress,
		"redis://127.0.0.1:1?inconnu=1":     store.ErrAddress,
	} {
		s, err := redis.Open(ctx, url, &redis.Options{Patience: 100 * time.Millisecond})
		if err == nil {
			s.Close()
		}
		if wantErr(t, err, want); t.Failed() {
			t.Fatalf("%s: %v", url, err)
		}
	}
}

// chatter answers whatever it is told, and is no Redis.
func chatter(t *testing.T) (addr string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				bufio.NewReader(c).ReadString('\n')
				c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			}()
		}
	}()
	return l.Addr().String()
}
