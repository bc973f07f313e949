package room

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// A wanderer is a browser's page that goes from node to node. It believes what
// y-protocols' awareness would (applyAwarenessUpdate): a later clock, or at the
// same one that somebody left.
type wanderer struct {
	client, clock uint64
	cursor        int
	person        string
	page          *page // nil: it is away
	believes      map[uint64]belief
}

type belief struct {
	clock  uint64
	cursor int // -1: it left
}

func (w *wanderer) read() {
	w.page.drain()
	for _, body := range w.page.heard {
		r := reader{b: body}
		for n := r.uint(); n > 0; n-- {
			client, clock := r.uint(), r.uint()
			was, known := w.believes[client]
			var m *struct{ Cursor int }
			if json.Unmarshal(r.bytes(), &m) != nil {
				w.page.t.Fatal("not a state")
			}
			now := belief{clock, -1}
			if m != nil {
				now.cursor = m.Cursor
			}
			if !known || clock > was.clock || clock == was.clock && m == nil {
				w.believes[client] = now
			}
		}
	}
	w.page.heard = nil
}

func (w *wanderer) join(t *testing.T, h *Hub) {
	w.page = join(t, h, w.client, Member{Person: w.person})
	w.believes = map[uint64]belief{} // as pages do when they are cut off
	w.page.says(w.client, w.clock, at(w.cursor))
}

func (w *wanderer) move(n int) {
	w.clock++
	w.cursor = n
	w.page.says(w.client, w.clock, at(n))
}

// TestWander lets people come, move, leave, reconnect to another node before or
// after their old connection is missed, on three nodes one of which is cut off
// now and then. Once all is quiet, each is shown exactly those who are there,
// where they are.
func TestWander(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for run := range uint64(20) {
		synctest.Test(t, func(t *testing.T) { wander(t, rand.New(rand.NewPCG(seed, run))) })
	}
}

func wander(t *testing.T, random *rand.Rand) {
	s := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	wire := &patch{Wire: s}
	var hubs []*Hub
	for i := range 3 {
		hubs = append(hubs, newHub(t, Config{Log: s, Wire: []store.Wire{wire, s, s}[i]}))
	}
	var all []*wanderer
	for i := range uint64(8) {
		all = append(all, &wanderer{client: 11 + i, clock: 1, person: fmt.Sprint(i / 2)}) // two windows each
	}
	cut := false
	for step := range 150 {
		w := all[random.IntN(len(all))]
		switch act := random.IntN(20); {
		case w.page == nil:
			w.join(t, hubs[random.IntN(len(hubs))])
		case act < 10:
			w.move(step)
		case act < 12:
			w.page.conn.Leave()
			w.page = nil
		case act < 17: // its network changed
			old := w.page
			early := random.IntN(2) == 0
			if early {
				old.conn.Leave()
			}
			w.join(t, hubs[random.IntN(len(hubs))])
			if !early {
				time.Sleep(time.Duration(random.IntN(3)) * time.Second)
				old.conn.Leave()
			}
		case act < 18:
			cut = !cut
			wire.set(cut)
		default:
			time.Sleep(time.Duration(random.IntN(20)) * time.Second)
		}
		if random.IntN(3) == 0 {
			synctest.Wait()
		}
		for _, w := range all {
			if w.page != nil {
				w.read()
			}
		}
	}
	if cut {
		wire.set(false)
	}
	for range 4 { // each page says every 15 s that it is there, by a later clock
		for _, w := range all {
			if w.page != nil {
				w.move(w.cursor)
			}
		}
		time.Sleep(15 * time.Second)
		synctest.Wait()
	}
	for _, w := range all {
		if w.page == nil {
			continue
		}
		w.read()
		for _, other := range all {
			if other == w {
				continue
			}
			got, known := w.believes[other.client]
			want := belief{other.clock, other.cursor}
			if other.page == nil && known && got.cursor != -1 || other.page != nil && got != want {
				t.Errorf("%d is shown %v (%v) of %d, who is there: %v, at %v", w.client, got, known, other.client, other.page != nil, want)
			}
		}
	}
}
