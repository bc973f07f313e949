package redis_test

import (
	"context"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// TestWireBetweenNodes: what one node tells, all hear.
func TestWireBetweenNodes(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	a, b, stranger := open(t, url, "a"), open(t, url, "a"), open(t, url, "b")
	here, there, elsewhere := storetest.Listen(t, ctx, a, "d"), storetest.Listen(t, ctx, b, "d"), storetest.Listen(t, ctx, stranger, "d")
	must(t, a.Tell(ctx, "d", []byte("de a")))
	must(t, b.Tell(ctx, "d", []byte("de b")))
	must(t, stranger.Tell(ctx, "d", []byte("d’ailleurs")))
	here.Hears("de a", "de b")
	there.Hears("de a", "de b")
	elsewhere.Hears("d’ailleurs")
}

// TestWireLost: who listens is told that words may have been missed when Redis
// is there again, however it went away, and hears what comes then.
func TestWireLost(t *testing.T) {
	ctx := context.Background()
	server := storetest.StartRedis(t)
	s := open(t, server.URL, "")
	l := storetest.Listen(t, ctx, s, "d")
	server.Kill()
	server.Start()
	l.Hears("")
	must(t, s.Tell(ctx, "d", []byte("un")))
	l.Hears("un")
	must(t, raw(t, server.URL).Do(ctx, "CLIENT", "KILL", "TYPE", "pubsub").Err())
	l.Hears("")
	must(t, s.Tell(ctx, "d", []byte("deux")))
	l.Hears("deux")
}

// TestWireAway: without Redis a word is refused once patience ends.
func TestWireAway(t *testing.T) {
	ctx := context.Background()
	server := storetest.StartRedis(t)
	s, err := redis.Open(ctx, server.URL, &redis.Options{Patience: 50 * time.Millisecond})
	must(t, err)
	defer s.Close()
	server.Kill()
	wantErr(t, s.Tell(ctx, "d", []byte("un")), store.ErrAway)
}

// TestWireForbidden: a user that may not use channels keeps and reads all the
// same.
func TestWireForbidden(t *testing.T) {
	ctx := context.Background()
	server := storetest.StartRedis(t)
	must(t, raw(t, server.URL).Do(ctx, "ACL", "SETUSER", "default", "resetchannels").Err())
	s := open(t, server.URL, "")
	wantErr(t, s.Tell(ctx, "d", []byte("un")), store.ErrReadOnly)
	words, err := s.Listen(ctx, "d")
	must(t, err)
	appendTo(t, s, "un")
	must(t, s.Close())
	if word, ok := <-words; ok {
		t.Errorf("heard %q", word)
	}
}
