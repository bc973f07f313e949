package redis_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/storetest"
)

func hostPort(t *testing.T, s *storetest.Server) (string, string) {
	host, port, err := net.SplitHostPort(s.Addr)
	must(t, err)
	return host, port
}

// eventually asks until it is so.
func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !f(); {
		if time.Now().After(end) {
			t.Fatalf("not in 30 s: %s", what)
		}
	}
}

func connected(c *goredis.Client, n string) func() bool {
	return func() bool {
		info, err := c.InfoMap(context.Background(), "replication").Result()
		return err == nil && info["Replication"]["connected_slaves"] == n && (n == "0" || strings.Contains(info["Replication"]["slave0"], "state=online"))
	}
}

// TestReplica loses the Redis that was written to: its replica has everything
// that was acknowledged, and the functions. Facts that only the lost one had
// are missed when it is asked to go on after them.
func TestReplica(t *testing.T) {
	ctx := context.Background()
	first := storetest.StartRedis(t, "--repl-diskless-sync-delay", "0")
	host, port := hostPort(t, first)
	second := storetest.StartRedis(t, "--replicaof", host+" "+port)
	eventually(t, "the replica is connected", connected(raw(t, first.URL), "1"))
	s := open(t, first.URL, "")
	for range 20 {
		appendTo(t, s, "un")
	}
	lost := appendTo(t, s, "dernier")
	first.Kill()
	must(t, raw(t, second.URL).Do(ctx, "REPLICAOF", "NO", "ONE").Err())
	other := open(t, second.URL, "")
	if got, err := other.Head(ctx); err != nil || got != lost {
		t.Errorf("got head %v, error %v, want %v", got, err, lost)
	}
	appendTo(t, other, "suite") // in a place of the same number, another fact
	lost.Seq++
	_, err := other.Append(ctx, lost, store.Batch{Drafts: []store.Draft{{Kind: "k"}}})
	wantErr(t, err, store.ErrHeadMoved)
}

func TestReplicaComesAndGoes(t *testing.T) {
	first := storetest.StartRedis(t, "--repl-diskless-sync-delay", "0")
	host, port := hostPort(t, first)
	s := open(t, first.URL, "")
	appendTo(t, s, "un")
	second := storetest.StartRedis(t, "--replicaof", host+" "+port)
	eventually(t, "the replica is connected", connected(raw(t, first.URL), "1"))
	appendTo(t, s, "deux") // waits for it
	second.Kill()
	eventually(t, "the replica is gone", connected(raw(t, first.URL), "0"))
	appendTo(t, s, "trois") // waits for nobody
}

func TestCluster(t *testing.T) {
	ctx := context.Background()
	server := storetest.StartRedis(t, "--cluster-enabled", "yes")
	c := raw(t, server.URL)
	must(t, c.ClusterAddSlotsRange(ctx, 0, 16383).Err())
	eventually(t, "the cluster is up", func() bool {
		info, err := c.ClusterInfo(ctx).Result()
		return err == nil && strings.Contains(info, "cluster_state:ok")
	})
	s := open(t, server.URL+"?addr="+server.Addr, "cluster")
	appendTo(t, s, "un", "deux")
	if got := texts(t, s); len(got) != 2 {
		t.Errorf("got %q", got)
	}
	woken := make(chan error)
	go func() { woken <- s.Await(ctx, "d", 0) }()
	_, err := s.Push(ctx, "d", []store.Entry{{}})
	must(t, err)
	must(t, <-woken)
	l := storetest.Listen(t, ctx, s, "d")
	must(t, open(t, server.URL+"?addr="+server.Addr, "cluster").Tell(ctx, "d", []byte("mot")))
	l.Hears("mot")
	must(t, s.PutSecret(ctx, "k", []byte("v"), time.Hour))
	must(t, s.Compact(ctx))
	must(t, s.Healthy(ctx))
}

func TestSentinel(t *testing.T) {
	ctx := context.Background()
	first := storetest.StartRedis(t, "--repl-diskless-sync-delay", "0")
	host, port := hostPort(t, first)
	second := storetest.StartRedis(t, "--replicaof", host+" "+port)
	eventually(t, "the replica is connected", connected(raw(t, first.URL), "1"))
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	must(t, os.WriteFile(conf, []byte("sentinel monitor congres "+host+" "+port+" 1\nsentinel down-after-milliseconds congres 300\nsentinel failover-timeout congres 2000\n"), 0o600))
	sentinel := storetest.StartSentinel(t, conf)
	eventually(t, "the sentinel knows the replica", func() bool {
		info, err := raw(t, sentinel.URL).InfoMap(ctx, "sentinel").Result()
		return err == nil && strings.Contains(info["Sentinel"]["master0"], "slaves=1")
	})
	s := open(t, sentinel.URL+"?master_name=congres", "sentinel")
	head := appendTo(t, s, "un")
	l := storetest.Listen(t, ctx, open(t, sentinel.URL+"?master_name=congres", "sentinel"), "d")
	first.Kill()
	eventually(t, "the replica took over", func() bool {
		if now, err := s.Head(ctx); err != nil || now != head {
			return err == nil
		}
		_, err := s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k", Data: []byte("deux")}}})
		return err == nil
	})
	if got := texts(t, open(t, second.URL, "sentinel")); len(got) != 2 || got[1] != "deux" {
		t.Errorf("got %q", got)
	}
	l.Hears("")
	must(t, s.Tell(ctx, "d", []byte("mot")))
	l.Hears("mot")
}
