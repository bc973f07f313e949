package redis_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// raw is a client that goes behind the store's back.
func raw(t *testing.T, url string) *goredis.Client {
	o, err := goredis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := goredis.NewClient(o)
	t.Cleanup(func() { c.Close() })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

func TestUnsafe(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	c := raw(t, url)
	s := open(t, url, "")
	wary, err := redis.Open(ctx, url, &redis.Options{Recheck: time.Nanosecond})
	must(t, err)
	defer wary.Close()
	for _, set := range []struct{ name, wrong, right string }{
		{"appendonly", "no", "yes"},
		{"appendfsync", "everysec", "always"},
		{"appendfsync", "no", "always"},
		{"no-appendfsync-on-rewrite", "yes", "no"},
		{"maxmemory-policy", "allkeys-lru", "noeviction"},
		{"maxmemory-policy", "volatile-ttl", "noeviction"},
	} {
		must(t, c.ConfigSet(ctx, set.name, set.wrong).Err())
		_, err := redis.Open(ctx, url, nil)
		var unsafe *redis.Unsafe
		if !errors.Is(err, store.ErrUnsafe) || !errors.As(err, &unsafe) || len(unsafe.Settings) != 1 ||
			unsafe.Settings[0] != (redis.Setting{Name: set.name, Have: set.wrong, Want: set.right}) || !strings.Contains(err.Error(), set.name+" "+set.right) {
			t.Errorf("%s %s: got error %v", set.name, set.wrong, err)
		}
		wantErr(t, s.Healthy(ctx), store.ErrUnsafe) // also when changed under a running service
		wantErr(t, wary.PutSecret(ctx, "clé", []byte("x"), time.Minute), store.ErrUnsafe)
		must(t, c.ConfigSet(ctx, set.name, set.right).Err())
	}
	must(t, s.Healthy(ctx))
	must(t, wary.PutSecret(ctx, "clé", []byte("x"), time.Minute))
	must(t, c.Do(ctx, "ACL", "SETUSER", "u", "on", ">motdepasse", "~*", "&*", "+@all", "-config").Err())
	_, err = redis.Open(ctx, strings.Replace(url, "//", "//u:motdepasse@", 1), nil)
	wantErr(t, err, store.ErrUnsafe)
}

func TestNotOurs(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	c := raw(t, url)
	for name, x := range map[string]struct {
		change func() error
		want   error
	}{
		"newer":         {func() error { return c.Set(ctx, "{p}:format", redis.Layout+1, 0).Err() }, store.ErrFormat},
		"gibberish":     {func() error { return c.Set(ctx, "{p}:format", "x", 0).Err() }, store.ErrCorrupt},
		"a header less": {func() error { return c.XDel(ctx, "{p}:journal", "3-0").Err() }, store.ErrCorrupt},
		"a head less":   {func() error { return c.Del(ctx, "{p}:head").Err() }, store.ErrCorrupt},
		"another head":  {func() error { return c.HSet(ctx, "{p}:head", "hash", strings.Repeat("x", 32)).Err() }, store.ErrCorrupt},
		"an odd head":   {func() error { return c.HSet(ctx, "{p}:head", "seq", "x").Err() }, store.ErrCorrupt},
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.FlushDB(ctx).Err())
			s := open(t, url, "p")
			appendTo(t, s, "un", "deux", "trois")
			must(t, x.change())
			_, err := redis.Open(ctx, url, &redis.Options{Prefix: "p"})
			wantErr(t, err, x.want)
		})
	}
}

func TestChangedFacts(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	c := raw(t, url)
	for name, change := range map[string]func() error{
		"data":    func() error { return c.HSet(ctx, "{p}:data", "2", strings.Repeat("x", 30)).Err() },
		"no salt": func() error { return c.HSet(ctx, "{p}:data", "2", "x").Err() },
		"dropped": func() error { return c.XDel(ctx, "{p}:journal", "2-0").Err() },
	} {
		t.Run(name, func(t *testing.T) {
			must(t, c.FlushDB(ctx).Err())
			s := open(t, url, "p")
			appendTo(t, s, "un", "deux", "trois")
			must(t, change())
			count := 0
			wantErr(t, s.Read(ctx, 1, func(store.Fact) bool { count++; return true }), store.ErrCorrupt)
			if count != 1 {
				t.Errorf("got %d facts, want 1", count)
			}
			if name == "dropped" {
				wantErr(t, s.Read(ctx, 3, func(store.Fact) bool { return true }), store.ErrCorrupt)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for _, url := range []string{"", "http://x", "redis://localhost?nonsense=1", "redis://localhost/x"} {
		if s, err := redis.Open(context.Background(), url, nil); err == nil {
			s.Close()
			t.Errorf("%q was accepted", url)
		}
	}
	if _, err := redis.Open(context.Background(), "redis://localhost", &redis.Options{Prefix: "a}b"}); err == nil {
		t.Error("a prefix with a brace was accepted")
	}
}

func TestFull(t *testing.T) {
	ctx := context.Background()
	url := storetest.Redis(t)
	c := raw(t, url)
	s := open(t, url, "")
	head := appendTo(t, s, "un")
	must(t, c.ConfigSet(ctx, "maxmemory", "1").Err())
	_, err := s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k"}}})
	wantErr(t, err, store.ErrReadOnly)
	_, err = s.Push(ctx, "d", []store.Entry{{}})
	wantErr(t, err, store.ErrReadOnly)
	wantErr(t, s.Healthy(ctx), store.ErrReadOnly)
	if got := texts(t, s); len(got) != 1 {
		t.Errorf("got %q", got)
	}
	must(t, c.ConfigSet(ctx, "maxmemory", "0").Err())
	appendTo(t, s, "deux")
}

func appendTo(t *testing.T, s store.Store, list ...string) store.Head {
	t.Helper()
	ctx := context.Background()
	head, err := s.Head(ctx)
	must(t, err)
	b := store.Batch{Time: time.Now()}
	for _, text := range list {
		b.Drafts = append(b.Drafts, store.Draft{Kind: "test.said", Data: []byte(text)})
	}
	facts, err := s.Append(ctx, head, b)
	must(t, err)
	last := facts[len(facts)-1]
	return store.Head{Seq: last.Seq, Hash: last.Hash}
}

func texts(t *testing.T, s store.Store) (all []string) {
	t.Helper()
	must(t, s.Read(context.Background(), 1, func(f store.Fact) bool {
		all = append(all, string(f.Data))
		return true
	}))
	return all
}
