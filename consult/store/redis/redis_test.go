package redis_test

import (
	"context"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// place is a prefix of its own in one Redis.
func place(t testing.TB, url string) storetest.Open {
	prefix := "test-" + store.NewID()
	return func(func() time.Time) store.Store { return open(t, url, prefix) }
}

func open(t testing.TB, url, prefix string) *redis.Store {
	t.Helper()
	s, err := redis.Open(context.Background(), url, &redis.Options{Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestContract(t *testing.T) {
	url := storetest.Redis(t)
	storetest.Run(t, func(t *testing.T) storetest.Open { return place(t, url) })
}

func TestGoneFromTheFiles(t *testing.T) {
	for name, settings := range map[string][]string{
		"default":      nil,
		"uncompressed": {"--rdbcompression", "no", "--save", ""},
		"no preamble":  {"--rdbcompression", "no", "--aof-use-rdb-preamble", "no"},
		"snapshots":    {"--rdbcompression", "no", "--save", "1 1"},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Gone(t, func(t *testing.T) (storetest.Open, string) {
				server := storetest.StartRedis(t, settings...)
				return place(t, server.URL), server.Dir
			})
		})
	}
}

func BenchmarkStore(b *testing.B) {
	url := storetest.Redis(b)
	storetest.Bench(b, func(b *testing.B) store.Store { return place(b, url)(nil) })
}
