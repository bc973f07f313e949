package bolt_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("BOLT_CRASH_CHILD"); path != "" {
		writeUntilKilled(path)
	}
	os.Exit(m.Run())
}

// writeUntilKilled prints each fact and entry that was acknowledged, and
// compacts all the while.
func writeUntilKilled(path string) {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	s, err := bolt.Open(ctx, path, nil)
	must(err)
	go func() {
		for {
			must(s.Compact(ctx))
		}
	}()
	go func() {
		for {
			last, err := s.Push(ctx, "d", []store.Entry{{Update: []byte("u")}, {Update: []byte("v")}})
			must(err)
			fmt.Println("entry", last)
		}
	}()
	head, err := s.Head(ctx)
	must(err)
	for {
		b := store.Batch{Time: time.Now()}
		for i := range 3 {
			b.Drafts = append(b.Drafts, store.Draft{Kind: "k", Data: fmt.Append(nil, head.Seq+1+uint64(i))})
		}
		facts, err := s.Append(ctx, head, b)
		must(err)
		head = store.Head{Seq: facts[2].Seq, Hash: facts[2].Hash}
		fmt.Println("fact", head.Seq, head.Hash)
	}
}

func TestCrash(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "congres.db")
	var seq, number uint64
	var hash string
	for range 8 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "BOLT_CRASH_CHILD="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		kill := 1 + rnd.IntN(150)
		for n := 1; lines.Scan(); n++ { // to the end: what was printed before it died counts
			line := lines.Text()
			switch {
			case strings.HasPrefix(line, "fact "):
				fmt.Sscan(line[5:], &seq, &hash)
			case strings.HasPrefix(line, "entry "):
				fmt.Sscan(line[6:], &number)
			default:
				t.Error(line)
			}
			if n == kill {
				child.Process.Kill()
			}
		}
		child.Wait()

		s := open(t, path)
		count := uint64(0)
		if err := s.Read(context.Background(), 1, func(f store.Fact) bool {
			count++
			if string(f.Data) != fmt.Sprint(f.Seq) || f.Seq == seq && f.Hash.String() != hash {
				t.Errorf("fact %d is another", f.Seq)
			}
			return true
		}); err != nil {
			t.Fatal(err)
		}
		if count < seq || count%3 != 0 {
			t.Errorf("got %d facts, acknowledged %d, three at a time", count, seq)
		}
		_, list, err := s.Pull(context.Background(), "d", 0, 0)
		if err != nil || uint64(len(list)) < number || len(list)%2 != 0 {
			t.Errorf("got %d entries, error %v, acknowledged %d, two at a time", len(list), err, number)
		}
		names, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(names) != 1 {
			t.Errorf("left behind: %v, error %v", names, err)
		}
		s.Close()
	}
	t.Logf("%d facts and %d entries acknowledged", seq, number)
}
