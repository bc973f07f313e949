package bolt_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
)

var freeze = flag.Bool("freeze", false, "write the fixture of a layout that has none yet")

const layout1 = "testdata/layout1.db"

// layouts are the fixtures and their heads, printed by -freeze.
var layouts = []struct{ path, head string }{
	{layout1, "68f0026aaee4e55b2494a703d3ea89b4d5d67e7fd7369998d78a547b7ee49eb4"},
	{"testdata/layout2.db", "8eef79edfe00d41399a5bda00893dfc8da5b187ef91f9c4bf5f998c0063150ec"},
}

// TestLayouts opens a file as each version wrote it.
func TestLayouts(t *testing.T) {
	for _, l := range layouts {
		t.Run(filepath.Base(l.path), func(t *testing.T) {
			if _, err := os.Stat(l.path); err != nil && *freeze {
				write(t, l.path)
			}
			testLayout(t, l.path, l.head)
		})
	}
}

func testLayout(t *testing.T, fixture, wantHead string) {
	ctx := context.Background()
	frozen, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "congres.db")
	if err := os.WriteFile(path, frozen, 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	s, err := bolt.Open(ctx, path, &bolt.Options{Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	head, err := s.Head(ctx)
	if err != nil || head.Seq != 3 || head.Hash.String() != wantHead {
		t.Errorf("got head %v, error %v, want 3 %s", head, err, wantHead)
	}
	var facts []store.Fact
	if err := s.Read(ctx, 1, func(f store.Fact) bool { facts = append(facts, f); return true }); err != nil {
		t.Fatal(err)
	}
	if len(facts) != 3 || string(facts[0].Data) != "un" || !facts[1].Erased || string(facts[2].Data) != "trois" ||
		facts[0].Actor != "acteur" || facts[0].Subject != "sujet" || facts[0].Key != "clé" || facts[0].KindVersion != 1 || !facts[0].At().Equal(at) {
		t.Errorf("got %+v", facts)
	}
	c, list, err := s.Pull(ctx, "motion", 0, 0)
	if err != nil || c.Number != 1 || string(c.State) != "état" || c.Clients[42] != "autrice" ||
		len(list) != 1 || list[0].Number != 2 || list[0].Author != "auteur" || string(list[0].Update) != "mise à jour 2" {
		t.Errorf("got %+v, %+v, error %v", c, list, err)
	}
	if v, err := s.Secret(ctx, "secret"); err != nil || string(v) != "valeur" {
		t.Errorf("got %q, error %v", v, err)
	}
	blob, err := s.Secret(ctx, "where the blob is")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := s.Blob(ctx, string(blob)); err != nil || string(v) != "fichier" {
		t.Errorf("got %q, error %v", v, err)
	}
	appendTo(t, s, "quatre")
}

// write makes the fixture of the present layout: one that is frozen is never
// written again.
func write(t *testing.T, path string) {
	ctx := context.Background()
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	s, err := bolt.Open(ctx, path, &bolt.Options{Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	draft := func(text string) store.Draft {
		return store.Draft{Actor: "acteur", Subject: "sujet", Kind: "test.dit", KindVersion: 1, Key: "clé", Data: []byte(text)}
	}
	two, err1 := s.Append(ctx, store.Head{}, store.Batch{Time: at, Drafts: []store.Draft{draft("un"), draft("deux")}})
	three, err2 := s.Append(ctx, store.Head{Seq: 2, Hash: two[1].Hash}, store.Batch{Time: at, Drafts: []store.Draft{draft("trois")}, Erase: []uint64{2}})
	_, err3 := s.Push(ctx, "motion", []store.Entry{{Author: "autrice", Update: []byte("mise à jour 1")}, {Author: "auteur", Update: []byte("mise à jour 2")}})
	err4 := s.Checkpoint(ctx, "motion", store.Checkpoint{Number: 1, State: []byte("état"), Clients: map[uint64]string{42: "autrice"}})
	key, _, err5 := s.PutBlob(ctx, []byte("fichier"))
	err6 := s.PutSecret(ctx, "where the blob is", []byte(key), 1000*time.Hour)
	err7 := s.PutSecret(ctx, "secret", []byte("valeur"), 1000*time.Hour)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, s.Close()); err != nil {
		t.Fatal(err)
	}
	t.Logf("frozen; head %s", three[0].Hash)
}
