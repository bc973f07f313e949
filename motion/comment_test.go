package motion

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

func (w *world) say(who, motion, thread, text string) (id string) {
	w.Helper()
	w.do(w.people[who], func(tx *ledger.Tx) (err error) {
		id, err = Say(tx, motion, thread, text)
		return err
	})
	return id
}

func (w *world) thread(id string) (t *Thread) {
	w.view(func(_ *consult.State, s *State) { t = s.Thread(id) })
	return t
}

// TestThreads: said, answered, resolved and reopened by who may.
func TestThreads(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	thread := w.say("Léa", id, "", "  Trop long\u202f?\r\nOui. ")
	w.say("Max", id, thread, "Coupons.")
	resolve := func(who string, resolved bool) error {
		return w.try(w.people[who], func(tx *ledger.Tx) error { return Resolve(tx, id, thread, resolved) })
	}
	if err := errors.Join(resolve("Léa", true), resolve("Léa", true)); err != nil {
		t.Fatal(err)
	}
	w.open()
	got := w.thread(thread)
	if !got.Resolved || got.By != w.people["Léa"] || len(got.Comments) != 2 || got.Comments[0].Text != "Trop long\u202f?\nOui." || got.Comments[1].By != w.people["Max"] {
		t.Errorf("got %+v", got)
	}
	w.say("Max", id, thread, "Encore.")
	if w.thread(thread).Resolved {
		t.Error("a reply leaves it resolved")
	}
	other := w.motion()
	var field *consult.FieldError
	for _, c := range []struct {
		who, motion, thread, text string
		want                      error
	}{{"Zoé", id, "", "x", consult.ErrForbidden}, {"Zoé", id, thread, "x", consult.ErrForbidden}, {"Léa", "rien", "", "x", consult.ErrNotFound},
		{"Léa", other, thread, "x", consult.ErrNotFound}, {"Léa", id, "rien", "x", consult.ErrNotFound}} {
		if err := w.try(w.people[c.who], func(tx *ledger.Tx) error { _, err := Say(tx, c.motion, c.thread, c.text); return err }); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	for _, text := range []string{"", " \n", strings.Repeat("é", MaxComment+1)} {
		if err := w.try(w.people["Léa"], func(tx *ledger.Tx) error { _, err := Say(tx, id, "", text); return err }); !errors.As(err, &field) {
			t.Errorf("%.10q: got %v", text, err)
		}
	}
	if err := resolve("Zoé", true); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("got %v", err)
	}
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return Freeze(tx, id, true, "Séance") })
	if err := w.try(w.people["Léa"], func(tx *ledger.Tx) error { _, err := Say(tx, id, "", "x"); return err }); !errors.Is(err, ErrFrozen) {
		t.Errorf("got %v", err)
	}
	w.say("Léa", id, thread, "On en parle encore.")
}

// TestMentions: who is named is told until they answer; no name is kept.
func TestMentions(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	thread := w.say("Léa", id, "", "@max martin, et @Zoé Martin\u202f? @Max Martinet @{"+w.people["Max"]+"}")
	c := w.thread(thread).Comments[0]
	// Zoé does not write motions.
	if want := "@{" + w.people["Max"] + "}, et @Zoé Martin\u202f? @Max Martinet @ {" + w.people["Max"] + "}"; c.Text != want || !slices.Equal(c.Mentions, []string{w.people["Max"]}) {
		t.Errorf("got %q %v, want %q", c.Text, c.Mentions, want)
	}
	waits := func(want int) {
		t.Helper()
		w.view(func(people *consult.State, s *State) {
			if got := s.Mentions(w.people["Max"]); len(got) != want {
				t.Errorf("got %v, want %d", got, want)
			}
			if shown := c.Shown(people); !strings.HasPrefix(shown, "@Max Martin, et @Zoé") {
				t.Errorf("shown %q", shown)
			}
		})
	}
	waits(1)
	w.say("Max", id, thread, "Je regarde.")
	waits(0)
	w.say("Léa", id, thread, "@Max Martin alors\u202f?")
	waits(1)
	w.do(w.people["Léa"], func(tx *ledger.Tx) error { return Resolve(tx, id, thread, true) })
	waits(0)
}

// TestCommentsErased: a person's comments go with them, and so does what others
// quoted of their contributions; the threads stay readable.
func TestCommentsErased(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	w.submit("Zoé", "Il faut un tramway gratuit pour toute la vallée.")
	thread := w.say("Léa", id, "", "Mots de Léa à effacer")
	w.say("Max", id, thread, "Zoé dit\u00a0: «\u202fun Tramway gratuit, pour toute la vallée\u202f»")
	w.say("Max", id, thread, "Parlons du tramway. @Léa Martin")
	for _, who := range []string{"Zoé", "Léa"} {
		w.do(w.people["Max"], func(tx *ledger.Tx) error {
			_, err := consult.ErasePerson(tx, w.people[who])
			EraseWords(tx, w.people[who])
			return err
		})
	}
	check := func() {
		t.Helper()
		got := w.thread(thread)
		var erased []bool
		for _, c := range got.Comments {
			erased = append(erased, c.Erased)
		}
		w.view(func(people *consult.State, _ *State) {
			if !slices.Equal(erased, []bool{true, true, false}) || got.Comments[0].Text != "" || got.Comments[2].Shown(people) != "Parlons du tramway. @personne effacée" {
				t.Errorf("got %+v", got)
			}
		})
	}
	check()
	w.open()
	check()
	if err := w.store.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"à effacer", "Tramway gratuit", "Léa Martin"} {
		if bytes.Contains(data, []byte(words)) {
			t.Errorf("%q is still in the file", words)
		}
	}
}
