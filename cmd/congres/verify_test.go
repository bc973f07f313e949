package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"go.etcd.io/bbolt"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/consult/store/storetest"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// newHouse opens a place and makes a small congress in it: staff, an edition,
// a motion with one published version and one checkpoint of its text.
func newHouse(t *testing.T, p place) (h *house, id string) {
	t.Helper()
	ctx := t.Context()
	h, err := p.open(ctx, quiet(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var staff, edition string
	do := func(actor string, fn func(*ledger.Tx) error) {
		t.Helper()
		out, err := h.ledger.Do(ctx, ledger.Command{Actor: actor, Decide: fn})
		if err != nil {
			t.Fatal(err)
		}
		id = out.Subject
	}
	do("", func(tx *ledger.Tx) (err error) {
		staff, _, err = consult.Accredit(tx, consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "sam@congres.example", Role: consult.Staff})
		return err
	})
	do(staff, func(tx *ledger.Tx) (err error) {
		edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès", Axes: []consult.Axis{{Title: "Inclusion"}},
			Opens: time.Now().Add(-time.Hour), Closes: time.Now().Add(time.Hour), Readers: consult.ReadPublic, Names: consult.ByName})
		return err
	})
	do(staff, func(tx *ledger.Tx) error { _, err := motion.Open(tx, edition, "Motion", nil); return err })
	ops := []ydoc.Op{{Insert: "Pour un numérique humain"}, {Insert: "\n", Attributes: map[string]any{"b": "title|t1"}}}
	if err := h.rooms.Seed(ctx, id, ops, staff); err != nil {
		t.Fatal(err)
	}
	write := func(s string) {
		t.Helper()
		err := h.rooms.Edit(ctx, id, staff, func(d *ydoc.Doc) error {
			d.Text(motion.Root).ApplyDelta([]ydoc.Op{{Insert: s}})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write("Agir. ") // leaves a checkpoint
	d := ydoc.New(7)
	d.Text("après") // and an entry behind it
	update := d.Transact(func() { d.Text("après").ApplyDelta([]ydoc.Op{{Insert: "un mot"}}) })
	push(t, h, id, staff, update)
	if _, err := h.publisher.Publish(ctx, staff, "", id, ops, motion.Reading{}); err != nil {
		t.Fatal(err)
	}
	return h, id
}

// congres runs a command.
func congres(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = execute(t.Context(), args, strings.NewReader(""), &o, &e)
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	return status, plain.Replace(o.String()), plain.Replace(e.String())
}

func wantVerified(t *testing.T, status int, out, errOut string, damage string) {
	t.Helper()
	want := 0
	if damage != "" {
		want = 1
	}
	if status != want || !strings.Contains(out, "La chaîne est intacte") || !strings.Contains(out, "1 fichier vérifié et 1 texte partagé vérifié") ||
		!strings.Contains(out, damage) || (damage != "") != strings.Contains(errOut, "restaurez la dernière sauvegarde") ||
		strings.Contains(out+errOut, "humain") || strings.Contains(out+errOut, "Pilote") {
		t.Errorf("status %d, out %q, err %q, want %d naming %q and nobody's words", status, out, errOut, want, damage)
	}
}

// TestVerifyFile changes, one at a time, the bytes of what a fact names.
func TestVerifyFile(t *testing.T) {
	whole := place{dir: t.TempDir()}
	h, id := newHouse(t, whole)
	stop, err := listenSocket(h)
	if err != nil {
		t.Fatal(err)
	}
	status, out, errOut := congres(t, "verify", "--data", whole.dir) // through the socket
	wantVerified(t, status, out, errOut, "")
	stop()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole.file())
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, bucket string
		change       func(v []byte) []byte // nil: dropped
		damage       string
	}{
		{"nothing", "", nil, ""},
		{"a flipped byte in a blob", "blobs", flip, "motion " + id + ", version 1, fichier "},
		{"a lost blob", "blobs", nil, "absent"},
		{"a flipped byte in a checkpoint", "checkpoints", flip, "texte partagé de la motion " + id + ", "},
		{"a lost checkpoint", "checkpoints", nil, "texte partagé de la motion " + id + ", état "},
		{"a flipped byte in an entry", "entries", flip, "texte partagé de la motion " + id + ", "},
		{"another letter in an entry", "entries", func(v []byte) []byte { return bytes.Replace(v, []byte("un mot"), []byte("un mat"), 1) },
			"texte partagé de la motion " + id + ", entrée 3 modifiée"},
		{"an entry that is none", "entries", func([]byte) []byte { return []byte{0x82, 0x61, 'a', 0x42, 9, 9} }, ", entrée "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := place{dir: t.TempDir()}
			if err := os.WriteFile(p.file(), good, 0o600); err != nil {
				t.Fatal(err)
			}
			if tc.bucket != "" {
				damage(t, p.file(), tc.bucket, tc.change)
			}
			status, out, errOut := congres(t, "verify", "--data", p.dir)
			wantVerified(t, status, out, errOut, tc.damage)
			if tc.damage == "" {
				return
			}
			// The same beside a server that runs.
			h, err := p.open(t.Context(), quiet(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			stop, err := listenSocket(h)
			if err != nil {
				t.Fatal(err)
			}
			defer stop()
			status, out, errOut = congres(t, "verify", "--data", p.dir)
			wantVerified(t, status, out, errOut, tc.damage)
		})
	}
}

func flip(v []byte) []byte { v[len(v)/2] ^= 1; return v }

// damage changes all values of a bucket, or drops them.
func damage(t *testing.T, path, bucket string, change func([]byte) []byte) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		b, n := tx.Bucket([]byte(bucket)), 0
		values := map[string][]byte{}
		b.ForEach(func(k, v []byte) error { values[string(k)] = bytes.Clone(v); n++; return nil })
		for k, v := range values {
			if change == nil {
				b.Delete([]byte(k))
			} else {
				b.Put([]byte(k), change(v))
			}
		}
		if n == 0 {
			t.Errorf("the bucket %s is empty", bucket)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestVerifyRedis does the same where all is in a Redis.
// TestVerifyProtected verifies what may be read and not written, as on a medium
// that is protected, and leaves all as it was.
func TestVerifyProtected(t *testing.T) {
	p := place{dir: t.TempDir()}
	h, _ := newHouse(t, p)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(p.file())
	if err != nil {
		t.Fatal(err)
	}
	chmod := func(file, dir os.FileMode) {
		t.Helper()
		if err := errors.Join(os.Chmod(p.dir, 0o700), os.Chmod(p.file(), file), os.Chmod(p.dir, dir)); err != nil {
			t.Fatal(err)
		}
	}
	defer chmod(0o600, 0o700)
	chmod(0o400, 0o500)
	// Another reader has it meanwhile: nobody else could, were it opened to be
	// written. (Root may write whatever the mode.)
	reader, err := bolt.Open(t.Context(), p.file(), &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	status, out, errOut := congres(t, "verify", "--data", p.dir)
	wantVerified(t, status, out, errOut, "")
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(p.file())
	if names, _ := os.ReadDir(p.dir); err != nil || !bytes.Equal(before, after) || len(names) != 1 {
		t.Errorf("something was changed: %v, error %v", names, err)
	}
	t.Run("not even read", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may read whatever the mode")
		}
		for _, modes := range [][2]os.FileMode{{0o000, 0o500}, {0o400, 0o000}} {
			chmod(modes[0], modes[1])
			status, out, errOut := congres(t, "verify", "--data", p.dir)
			if status != 1 || out != "" {
				t.Errorf("status %d, out %q", status, out)
			}
			wantFrench(t, errOut, "Impossible de lire")
		}
	})
}

func TestVerifyRedis(t *testing.T) {
	url := storetest.Redis(t)
	status, out, errOut := congres(t, "verify", "--store", url)
	if status != 1 || out != "" || !strings.Contains(errOut, "pas de congrès dans ce Redis") {
		t.Errorf("an empty Redis: status %d, %q, %q", status, out, errOut)
	}
	o, err := goredis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := goredis.NewClient(o)
	defer c.Close()
	ctx := context.Background()
	if keys := c.Keys(ctx, "*").Val(); len(keys) > 0 {
		t.Errorf("verify made %v", keys)
	}
	h, id := newHouse(t, place{store: url})
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	status, out, errOut = congres(t, "verify", "--store", url)
	wantVerified(t, status, out, errOut, "")
	blob := c.Keys(ctx, "*:blob:*").Val()[0]
	content := c.Get(ctx, blob).Val()
	c.Set(ctx, blob, content+" ", 0)
	status, out, errOut = congres(t, "verify", "--store", url)
	wantVerified(t, status, out, errOut, "motion "+id+", version 1, fichier ")
	c.Set(ctx, blob, content, 0)
	c.Del(ctx, c.Keys(ctx, "*:check:*").Val()...)
	status, out, errOut = congres(t, "verify", "--store", url)
	wantVerified(t, status, out, errOut, "texte partagé de la motion "+id)
}

// TestVerifyNothing: a place without a congress is no sound one, and stays as
// it was.
func TestVerifyNothing(t *testing.T) {
	for name, prepare := range map[string]func(dir string){
		"no directory":    func(dir string) { os.Remove(dir) },
		"an empty one":    func(string) {},
		"an empty file":   func(dir string) { os.WriteFile(filepath.Join(dir, "congres.db"), nil, 0o600) },
		"a broken socket": func(dir string) { os.WriteFile(filepath.Join(dir, "congres.sock"), nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			prepare(dir)
			before := listing(dir)
			for _, command := range []string{"verify", "compact", "export"} {
				args := []string{command, "--data", dir}
				if command == "export" {
					args = append(args, "journal")
				}
				status, out, errOut := congres(t, args...)
				if status != 1 || out != "" || !strings.Contains(errOut, "pas de congrès") {
					t.Errorf("%s: status %d, out %q, err %q", command, status, out, errOut)
				}
			}
			if after := listing(dir); after != before {
				t.Errorf("the directory held %q, now %q", before, after)
			}
		})
	}
	t.Run("no fact yet", func(t *testing.T) {
		p := place{dir: t.TempDir()}
		h, err := p.open(t.Context(), quiet(), nil)
		if err != nil {
			t.Fatal(err)
		}
		h.Close()
		if status, out, errOut := congres(t, "verify", "--data", p.dir); status != 1 || out != "" || !strings.Contains(errOut, "aucun fait") {
			t.Errorf("status %d, out %q, err %q", status, out, errOut)
		}
	})
}

func listing(dir string) (names string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		names += e.Name() + " "
	}
	return names
}

// push keeps an update behind the room's back, as another node would.
func push(t *testing.T, h *house, id, author string, update []byte) {
	t.Helper()
	if _, err := h.store.Push(t.Context(), id, []store.Entry{{Author: author, Update: update}}); err != nil {
		t.Fatal(err)
	}
}
