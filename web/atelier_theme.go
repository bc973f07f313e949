package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// workshopThemes is where a theme is in the workshop, its identifier behind.
const workshopThemes = "/atelier/themes/"

// themeForm is what the forms of a theme's page hold: whatever goes wrong, what
// was typed, ticked and chosen stays in them.
type themeForm struct {
	Key     string
	Problem string // why what was asked for was refused
	Renamed bool   // the name is what must be corrected
	Name    string
	Ticked  map[string]bool // by segment
	To      string          // where the ticked ones were to go
}

func (v *visit) workshopTheme() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	return v.workshopThemePage(http.StatusOK, v.r.PathValue("id"), v.r.URL.Query(), themeForm{})
}

func (v *visit) workshopThemePage(status int, id string, query url.Values, f themeForm) error {
	data, err := v.themeData(workshopThemes, id, query)
	if err != nil {
		return err
	}
	if f.Key = store.NewID(); !f.Renamed {
		f.Name = data.Theme.Label
	}
	was := ""
	if edition, err := v.edition(); err == nil && !data.Unplaced {
		names, err := v.s.Desk.Formerly(v.r.Context(), edition)
		if err != nil {
			return err
		}
		was = names[data.Theme.ID]
	}
	return v.render(status, "atelier-theme.html", data.Theme.Label, map[string]any{"Page": data, "Form": f, "Was": was})
}

func (v *visit) decideTheme() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	ctx, d, id, key, to := v.r.Context(), v.s.Desk, v.r.PathValue("id"), v.r.FormValue("cle"), v.r.PathValue("id")
	switch v.r.FormValue("acte") {
	case "renommer":
		name := v.r.FormValue("nom")
		err = d.Rename(ctx, v.id(), edition, id, name, key)
		var field *consult.FieldError
		if errors.As(err, &field) {
			return v.workshopThemePage(http.StatusUnprocessableEntity, id, nil, themeForm{Problem: field.Problem, Renamed: true, Name: strings.ToValidUTF8(name, "\uFFFD")})
		}
	case "fusionner":
		to = v.r.FormValue("avec")
		err = v.merged(d.Merge(ctx, v.id(), edition, to, id, key), edition, to, workshopThemes)
	case "figer":
		err = d.Freeze(ctx, v.id(), edition, id, key)
	case "liberer":
		err = d.Thaw(ctx, v.id(), edition, id, key)
	default:
		return consult.ErrNotFound
	}
	if err != nil {
		return v.merged(err, edition, id, workshopThemes)
	}
	return v.redirect(workshopThemes + to + "?fait=theme")
}

// moveSegments moves the sentences that were ticked.
func (v *visit) moveSegments() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	edition, err := v.edition()
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	form := v.r.PostForm
	back, err := url.Parse(form.Get("retour"))
	if err != nil || !sameSite(back.String()) {
		back = &url.URL{Path: "/atelier"}
	}
	to, segments := form.Get("theme"), form["segment"]
	switch to {
	case "":
		err = &consult.FieldError{Field: "theme", Problem: "Choisissez dans la liste le thème où déplacer les phrases cochées, puis recommencez."}
	case "sans-theme":
		err = v.s.Desk.MoveAll(v.r.Context(), v.id(), edition, segments, "", form.Get("cle"))
	default:
		err = v.merged(v.s.Desk.MoveAll(v.r.Context(), v.id(), edition, segments, to, form.Get("cle")), edition, to, workshopThemes)
	}
	if err != nil {
		return v.refusedOnTheme(err, back.String(), themeForm{Ticked: ticked(segments), To: to})
	}
	q := back.Query()
	q.Set("fait", "theme")
	back.RawQuery = q.Encode()
	return v.redirect(back.String())
}

// refusedOnTheme shows what a person must correct on the page of the theme that
// the form was on; what is no such thing stays an error.
func (v *visit) refusedOnTheme(err error, page string, f themeForm) error {
	var field *consult.FieldError
	back, bad := url.Parse(page)
	if bad != nil || !errors.As(err, &field) {
		return err
	}
	theme, ok := strings.CutPrefix(back.Path, workshopThemes)
	if !ok {
		return err
	}
	f.Problem = field.Problem
	return v.workshopThemePage(http.StatusUnprocessableEntity, theme, back.Query(), f)
}

func ticked(segments []string) map[string]bool {
	out := make(map[string]bool, len(segments))
	for _, s := range segments {
		out[s] = true
	}
	return out
}
