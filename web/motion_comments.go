package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// A shownThread is a thread as the page and the editor show it.
type shownThread struct {
	ID       string         `json:"id"`
	Resolved bool           `json:"resolved"`
	By       string         `json:"by,omitempty"`    // who resolved or reopened it last
	Waits    bool           `json:"waits,omitempty"` // the visitor was mentioned and has not answered
	Comments []shownComment `json:"comments"`

	Passage string `json:"-"` // the words that bear it now, "" none: they are gone
	Problem string `json:"-"`
	Reply   string `json:"-"` // as it was sent
}

type shownComment struct {
	Who    string `json:"who"`
	When   string `json:"when"`
	Text   string `json:"text"`
	Erased bool   `json:"erased,omitempty"`
	Mine   bool   `json:"mine,omitempty"`
}

func (v *visit) threads(m *motion.Motion) []shownThread {
	out := []shownThread{}
	v.s.Ledger.View(func(w ledger.View) {
		st, motions := ledger.Of[*consult.State](w), ledger.Of[*motion.State](w)
		mentions := motions.Mentions(v.id())
		for _, t := range motions.Threads(m.ID) {
			x := shownThread{ID: t.ID, Resolved: t.Resolved, Waits: slices.Contains(mentions, t), Comments: []shownComment{}}
			if t.By != "" {
				x.By = personName(st, t.By)
			}
			for _, c := range t.Comments {
				x.Comments = append(x.Comments, shownComment{personName(st, c.By), jour(c.At) + " à " + heure(c.At), c.Shown(st), c.Erased, c.By == v.id()})
			}
			out = append(out, x)
		}
	})
	return out
}

// commentsJSON is what the editor shows beside the text.
func (v *visit) commentsJSON() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return consult.ErrForbidden
	}
	names := []string{}
	v.s.view(func(st *consult.State) {
		for _, p := range motion.Writers(st) {
			if p.ID != v.id() {
				names = append(names, p.Name())
			}
		}
	})
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(map[string]any{"threads": v.threads(m), "people": names})
}

// comments is the page of all threads, for whoever does without the editor.
func (v *visit) comments() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	return v.commentsPage(http.StatusOK, m, "", "", "")
}

// A passage is a block that a new comment may be about.
type passage struct{ ID, Label string }

func (v *visit) commentsPage(status int, m *motion.Motion, thread, problem, sent string) error {
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	t, err := v.s.Rooms.Text(v.r.Context(), m.ID)
	if err != nil {
		return err
	}
	data := struct {
		Motion         *motion.Motion
		Open, Resolved []shownThread
		Waiting        []shownThread // of Open
		Passages       []passage
		People         []string
		Key            string
		Problem, Sent  string // of a new thread
	}{Motion: m, Key: store.NewID()}
	words := t.Commented()
	for _, x := range v.threads(m) {
		x.Passage = debut(words[x.ID], 200)
		if x.ID == thread {
			x.Problem, x.Reply = problem, sent
		}
		if x.Resolved {
			data.Resolved = append(data.Resolved, x)
		} else {
			data.Open = append(data.Open, x)
		}
		if x.Waits {
			data.Waiting = append(data.Waiting, x)
		}
	}
	if thread == "" {
		data.Problem, data.Sent = problem, sent
	}
	if !m.Frozen {
		for i := range t.Blocks {
			if b := &t.Blocks[i]; strings.TrimSpace(b.Text()) != "" {
				data.Passages = append(data.Passages, passage{b.ID, debut(strings.TrimSpace(b.Label()+" "+b.Text()), 70)})
			}
		}
	}
	v.s.view(func(st *consult.State) {
		for _, p := range motion.Writers(st) {
			data.People = append(data.People, p.Name())
		}
	})
	return v.render(status, "motion-commentaires.html", "Commentaires\u00a0: "+m.Title, data)
}

// comment says something: in a thread, or about a block that the form names, or
// about words that the editor then marks itself.
func (v *visit) comment() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	thread, text, block := v.r.PathValue("thread"), v.r.FormValue("texte"), v.r.FormValue("bloc")
	scripted := v.r.Header.Get("Accept") == "application/json"
	out, err := v.do(v.r.FormValue("cle"), func(tx *ledger.Tx) error {
		_, err := motion.Say(tx, m.ID, thread, text)
		return err
	})
	var field *consult.FieldError
	switch {
	case errors.As(err, &field) && scripted:
		v.w.Header().Set("Content-Type", "application/json")
		v.w.WriteHeader(http.StatusUnprocessableEntity)
		return json.NewEncoder(v.w).Encode(map[string]string{"problem": field.Problem})
	case errors.As(err, &field):
		return v.commentsPage(http.StatusUnprocessableEntity, m, thread, field.Problem, text)
	case err != nil:
		return err
	}
	if thread == "" {
		if thread = out.Subject; block != "" && !out.Repeated {
			if err := v.attach(m.ID, block, thread); err != nil {
				return err
			}
		}
	}
	if scripted {
		v.w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(v.w).Encode(map[string]string{"id": thread})
	}
	return v.redirect("/motion/" + m.ID + "/commentaires?fait=commente#fil-" + thread)
}

// attach has a whole block bear a thread.
func (v *visit) attach(id, block, thread string) error {
	return v.s.Rooms.Edit(v.r.Context(), id, v.id(), func(d *ydoc.Doc) error {
		text := d.Text(motion.Root)
		if at, n := motion.Extent(text.Delta(), block); n > 0 { // otherwise it went meanwhile: the thread says so
			text.Format(at, n, motion.Commenting(thread))
		}
		return nil
	})
}

func (v *visit) resolveThread() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	thread := v.r.PathValue("thread")
	if _, err := v.do("", func(tx *ledger.Tx) error {
		return motion.Resolve(tx, m.ID, thread, v.r.FormValue("resolu") == "oui")
	}); err != nil {
		return err
	}
	if v.r.Header.Get("Accept") == "application/json" {
		v.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return v.redirect("/motion/" + m.ID + "/commentaires?fait=resolu#fil-" + thread)
}
