package web

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// A writer is a rapporteur's page, as far as carets go: any client of the
// y-websocket protocol.
type writer struct {
	t      *testing.T
	c      *websocket.Conn
	client uint64
	clock  uint64
}

func (s *site) write(person, motion string, client uint64) *writer {
	s.t.Helper()
	c, _, err := websocket.DefaultDialer.DialContext(s.t.Context(), "ws"+strings.TrimPrefix(s.url, "http")+"/motion/"+motion+"/sync",
		http.Header{"Cookie": {cookieName + "=" + s.signIn(person)}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	c.SetReadDeadline(time.Now().Add(30 * time.Second))
	return &writer{t: s.t, c: c, client: client}
}

// point says where its caret is.
func (w *writer) point(at string) {
	w.t.Helper()
	w.clock++
	state := []byte(`{"cursor":"` + at + `"}`)
	b := binary.AppendUvarint([]byte{1}, w.client)
	b = binary.AppendUvarint(b, w.clock)
	b = append(binary.AppendUvarint(b, uint64(len(state))), state...)
	frame := append(binary.AppendUvarint([]byte{1}, uint64(len(b))), b...)
	if err := w.c.WriteMessage(websocket.BinaryMessage, frame); err != nil {
		w.t.Fatal(err)
	}
}

// A caret is what a page is told of another's.
type caret struct {
	Cursor string
	User   struct{ Name, Color string }
}

// sees waits for a state of another client, nil when it left.
func (w *writer) sees(client uint64, ok func(*caret) bool) {
	w.t.Helper()
	for {
		_, frame, err := w.c.ReadMessage()
		if err != nil {
			w.t.Fatal(err)
		}
		if frame[0] != 1 {
			continue
		}
		r := bytes.NewReader(frame[1:])
		next := func() uint64 {
			n, err := binary.ReadUvarint(r)
			if err != nil {
				w.t.Fatal(err)
			}
			return n
		}
		next() // length
		for n := next(); n > 0; n-- {
			of := next()
			next() // clock
			b := make([]byte, next())
			var c *caret
			_, err := io.ReadFull(r, b)
			if err = errors.Join(err, json.Unmarshal(b, &c)); err != nil {
				w.t.Fatal(err)
			}
			if of == client && ok(c) {
				return
			}
		}
	}
}

// TestCaretsBetweenNodes has two rapporteurs write on two nodes of one Redis:
// each sees the other's caret, name and colour, and that they left.
func TestCaretsBetweenNodes(t *testing.T) {
	address := storetest.Redis(t)
	node := func() *site {
		return siteOn(t, func(func() time.Time) (store.Store, error) { return redis.Open(t.Context(), address, nil) })
	}
	here := node()
	here.staff = here.accredit("", consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "equipe@congres.example", Role: consult.Staff})
	town := consult.Collectivity{Code: "X0101", Name: "Villebrume", Department: "98", Population: 2400}
	rita := here.accredit(here.staff, consult.Person{FirstName: "Rita", LastName: "Plume", Email: "rita@congres.example", Mandate: "maire", Town: town, Role: consult.Rapporteur})
	omar := here.accredit(here.staff, consult.Person{FirstName: "Omar", LastName: "Encre", Email: "omar@congres.example", Mandate: "maire", Town: town, Role: consult.Rapporteur})
	here.do(here.staff, func(tx *ledger.Tx) (err error) {
		here.edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès", Axes: []consult.Axis{{Title: "Inclusion"}},
			Opens: here.now().Add(-time.Hour), Closes: here.now().Add(time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	motion := here.motion(here.staff)
	there := node()

	r, o := here.write(rita, motion, 71), there.write(omar, motion, 72)
	r.point("un")
	o.point("deux")
	var ritas, omars string
	o.sees(71, func(c *caret) bool {
		ritas = c.User.Color
		return c.Cursor == "un" && c.User.Name == "Rita Plume"
	})
	r.sees(72, func(c *caret) bool {
		omars = c.User.Color
		return c.Cursor == "deux" && c.User.Name == "Omar Encre"
	})
	if ritas == "" || omars == "" {
		t.Errorf("colours %q and %q", ritas, omars)
	}
	r.point("trois")
	o.sees(71, func(c *caret) bool { return c.Cursor == "trois" })
	r.c.Close()
	o.sees(71, func(c *caret) bool { return c == nil })
}
