package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
	"github.com/villes-internet/congres/motion/ydoc"
)

// motionsData is what the page of motions shows, and its form as it was sent.
type motionsData struct {
	Motions []listedMotion
	Waiting map[string][]*motion.Thread // by motion, for the visitor's answer
	MayEdit bool
	Themes  []analysis.Theme
	Title   string
	Chosen  []string
	Key     string
	Problem *consult.FieldError
}

// Has is whether a theme was chosen.
func (d motionsData) Has(theme string) bool { return slices.Contains(d.Chosen, theme) }

// Wrong is whether a field is what the form was refused for.
func (d motionsData) Wrong(field string) bool { return d.Problem != nil && d.Problem.Field == field }

func (v *visit) motions() error {
	data := motionsData{MayEdit: v.mayEdit(), Key: store.NewID()}
	v.s.Ledger.View(func(w ledger.View) {
		if e := ledger.Of[*consult.State](w).Current(v.s.now()); e == nil {
			return
		} else if data.Title = "Motion\u00a0: " + e.Title; strings.HasPrefix(e.Title, "Congrès") {
			data.Title = "Motion du c" + e.Title[1:]
		}
	})
	v.motionsOf(&data)
	if !data.MayEdit && len(data.Motions) == 1 {
		return v.redirect("/motion/" + data.Motions[0].ID)
	}
	return v.page("motions.html", "Motion", data)
}

// motionsOf fills in the motions and the themes that there are.
func (v *visit) motionsOf(data *motionsData) {
	data.Waiting = map[string][]*motion.Thread{}
	v.s.Ledger.View(func(w ledger.View) {
		data.Motions = listMotions(w, v.s.now(), data.MayEdit)
		if data.MayEdit {
			for _, t := range ledger.Of[*motion.State](w).Mentions(v.id()) {
				data.Waiting[t.Motion] = append(data.Waiting[t.Motion], t)
			}
		}
	})
	if data.MayEdit {
		if r, err := v.report(); err == nil {
			data.Themes = r.Themes
		}
	}
}

// A listedMotion is a motion, and the title of its edition where that is not the
// current one.
type listedMotion struct {
	*motion.Motion
	Of string
}

// listMotions lists the motions of all editions, the newest edition's first; drafts
// says also those that were not published.
func listMotions(w ledger.View, now time.Time, drafts bool) (out []listedMotion) {
	st := ledger.Of[*consult.State](w)
	current := st.Current(now)
	for _, e := range st.Editions() {
		of := e.Title
		if e == current {
			of = ""
		}
		for _, m := range ledger.Of[*motion.State](w).Motions(e.ID) {
			if drafts || m.Latest() != nil {
				out = append(out, listedMotion{m, of})
			}
		}
	}
	return out
}

// openMotion begins a motion, or shows its form again with what was sent.
func (v *visit) openMotion() error {
	if err := v.need(consult.Rapporteur, consult.Staff); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	err := v.beginMotion()
	var field *consult.FieldError
	if !errors.As(err, &field) {
		return err
	}
	f := v.r.PostForm
	data := motionsData{MayEdit: true, Title: f.Get("titre"), Chosen: f["theme"], Key: store.NewID(), Problem: field}
	v.motionsOf(&data)
	return v.render(http.StatusUnprocessableEntity, "motions.html", "Motion", data)
}

// beginMotion opens a motion and writes its first text from themes, also where the
// same form was sent before and its sender left in between.
func (v *visit) beginMotion() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		return err
	}
	themes := v.r.PostForm["theme"]
	if len(themes) == 0 {
		return &consult.FieldError{Field: "theme", Problem: "Choisissez au moins un thème\u00a0: cochez ceux que la motion portera, puis ouvrez le projet."}
	}
	for _, t := range themes {
		if themeOf(r, t) == nil {
			return &consult.FieldError{Field: "theme", Problem: "Un des thèmes choisis n’existe plus\u00a0: vérifiez ceux qui restent cochés, puis ouvrez le projet."}
		}
	}
	title := v.r.PostForm.Get("titre")
	out, err := v.do(v.r.PostForm.Get("cle"), func(tx *ledger.Tx) error {
		_, err := motion.Open(tx, edition, title, themes)
		return err
	})
	if err != nil {
		return err
	}
	var ops []ydoc.Op
	v.s.Ledger.View(func(w ledger.View) {
		st := ledger.Of[*consult.State](w)
		if m := ledger.Of[*motion.State](w).Motion(out.Subject); m != nil {
			ops = motion.Draft(m.Title, st.Edition(m.Edition), st, r, themes)
		}
	})
	if ops == nil { // the form's key was another's
		return consult.ErrNotFound
	}
	if err := v.s.Rooms.Seed(v.r.Context(), out.Subject, ops, v.id()); err != nil && !errors.Is(err, room.ErrSeeded) {
		return err
	}
	if err := v.keepFirst(out.Subject); err != nil {
		return err
	}
	return v.redirect("/motion/" + out.Subject + "/rediger")
}
