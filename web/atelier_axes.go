package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// axisForm is an axis as the form has it: whatever goes wrong, what was typed
// stays in it.
type axisForm struct {
	ID, Name, Seeds string
	Key, Problem    string
}

// A guidedAxis is an axis that guides the runs and what the newest drew to it.
type guidedAxis struct {
	desk.Axis
	Followed bool // by the newest run, as it is now
	Themes   []analysis.Theme
}

// guidedAxes sets an edition's axes beside a report, nil before the first.
func (s *Server) guidedAxes(edition string, r *analysis.Report) (out []guidedAxis) {
	for _, a := range s.Desk.Axes(edition) {
		x := guidedAxis{Axis: a}
		if r != nil {
			x.Followed = slices.ContainsFunc(r.Settings.Axes, func(g analysis.Guide) bool {
				return g.Name == a.Name && slices.Equal(g.Seeds, a.Seeds)
			})
			for _, t := range r.Themes {
				if x.Followed && t.Guided && t.Guide == a.Name {
					x.Themes = append(x.Themes, t)
				}
			}
		}
		out = append(out, x)
	}
	return out
}

// asked are the edition's own axes, as ones that guide: each is drawn to by its title and
// by its question; ids are the edition's identifiers. Those of which one that guides has
// the name already are not among them.
func (s *Server) asked(edition string) (out []desk.Axis, ids []string) {
	given := s.Desk.Axes(edition)
	s.view(func(st *consult.State) {
		for _, a := range st.Edition(edition).Axes {
			x := desk.Axis{Name: debut(a.Title, desk.MaxLabel-1)}
			for _, seed := range []string{a.Title, a.Question} {
				if seed != "" {
					x.Seeds = append(x.Seeds, debut(seed, desk.MaxSeed-1))
				}
			}
			if !slices.ContainsFunc(given, func(g desk.Axis) bool { return strings.EqualFold(g.Name, x.Name) }) {
				out, ids = append(out, x), append(ids, a.ID)
			}
		}
	})
	return out, ids
}

// workshopAxes is where staff say what they expect the runs to find.
func (v *visit) workshopAxes() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	f := axisForm{ID: v.r.URL.Query().Get("axe")}
	if f.ID != "" {
		edition, err := v.edition()
		if err != nil {
			return err
		}
		axes := v.s.Desk.Axes(edition)
		i := slices.IndexFunc(axes, func(a desk.Axis) bool { return a.ID == f.ID })
		if i < 0 {
			return consult.ErrNotFound
		}
		f.Name, f.Seeds = axes[i].Name, strings.Join(axes[i].Seeds, "\n")
	}
	return v.axesPage(http.StatusOK, f)
}

func (v *visit) axesPage(status int, f axisForm) error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	r, err := v.report()
	if err != nil && !errors.Is(err, desk.ErrNoRun) {
		return err
	}
	f.Key = store.NewID()
	asked, _ := v.s.asked(edition)
	return v.render(status, "atelier-axes.html", "Guider l’analyse", map[string]any{
		"Axes": v.s.guidedAxes(edition, r), "First": r == nil, "Form": f, "Asked": asked,
		"MaxName": desk.MaxLabel, "MaxSeeds": analysis.MaxSeeds, "MaxSeed": desk.MaxSeed,
	})
}

// decideAxis gives, changes or withdraws an axis.
func (v *visit) decideAxis() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	form := v.r.PostForm
	switch form.Get("acte") {
	case "retirer":
		err = v.s.Desk.WithdrawAxis(v.r.Context(), v.id(), edition, form.Get("axe"), form.Get("cle"))
	case "edition":
		axes, ids := v.s.asked(edition)
		for i, a := range axes {
			if err = v.s.Desk.GiveAxis(v.r.Context(), v.id(), edition, a, form.Get("cle")+"-"+ids[i]); err != nil {
				break
			}
		}
		var field *consult.FieldError
		if errors.As(err, &field) {
			return v.axesPage(http.StatusUnprocessableEntity, axisForm{Problem: field.Problem})
		}
	case "donner":
		f := axisForm{ID: form.Get("axe"), Name: form.Get("nom"), Seeds: form.Get("amorces")}
		err = v.s.Desk.GiveAxis(v.r.Context(), v.id(), edition, desk.Axis{ID: f.ID, Name: f.Name, Seeds: analysis.ReadSeeds(f.Seeds)}, form.Get("cle"))
		var field *consult.FieldError
		if errors.As(err, &field) {
			f.Name, f.Seeds, f.Problem = strings.ToValidUTF8(f.Name, "\uFFFD"), strings.ToValidUTF8(f.Seeds, "\uFFFD"), field.Problem
			return v.axesPage(http.StatusUnprocessableEntity, f)
		}
	default:
		return consult.ErrNotFound
	}
	if err != nil {
		return err
	}
	return v.redirect("/atelier/axes?fait=axe")
}
