package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// What a preview shows of each theme.
const (
	previewTerms  = 8
	previewQuotes = 3
)

// A sketch is a theme in a preview.
type sketch struct {
	analysis.Theme
	Address string // "" of one that is not yet
	Was     string // its name of now, where it would change
	Terms   []analysis.Term
	Quotes  []quote
}

// preview is the page that shows what a merge or a split would give.
type preview struct {
	Before, After []sketch
	Back          link
	Key, Problem  string
	// Of a merge:
	Into, From analysis.Theme
	// Of a split:
	Name     string  // of the new theme
	Rest     *sketch // what would stay of the one theme that the sentences come from; nil: there are several, or none
	RestName string  // its name, as typed
	Proposed string  // the machine's for it: no person's as long as nobody changes it
	Part     string  // the name that it has as a part of a theme; "": it is none
	Segments string  // that it would have, as the form gives them back
	Count    int
	MaxName  int
}

func (v *visit) sketches(themes []analysis.Theme, r, now *analysis.Report) (out []sketch) {
	segments := byID(r)
	for _, t := range themes {
		x := sketch{Theme: t, Terms: t.Terms[:min(len(t.Terms), previewTerms)]}
		if old := themeOf(now, t.ID); old != nil {
			x.Address = workshopThemes + t.ID
			if old.Label != t.Label {
				x.Was = old.Label
			}
		}
		var said []analysis.Segment
		for _, q := range t.Verbatims {
			if s, ok := segments[q.Segment]; ok && len(said) < previewQuotes {
				said = append(said, s)
			}
		}
		x.Quotes = v.quotes(said)
		out = append(out, x)
	}
	return out
}

// previewMerge shows what the theme of the address would make of another.
func (v *visit) previewMerge() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	edition, err := v.edition()
	if err != nil {
		return err
	}
	from, into := v.r.PathValue("id"), v.r.URL.Query().Get("avec")
	p, err := v.s.Desk.PreviewMerge(v.r.Context(), v.id(), edition, into, from)
	if err != nil {
		return v.merged(v.merged(err, edition, from, workshopThemes), edition, into, workshopThemes)
	}
	page := preview{Before: v.sketches(p.Before, p.Now, p.Now), After: v.sketches(p.After, p.Then, p.Now), Key: store.NewID()}
	page.Into, page.From = p.Before[0], p.Before[1]
	page.Back = link{workshopThemes + from, page.From.Label}
	return v.page("atelier-apercu.html", "Réunir deux thèmes", page)
}

// previewPart shows what a sub-theme would be by itself.
func (v *visit) previewPart() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	n, _ := strconv.Atoi(v.r.URL.Query().Get("sous-theme"))
	if t := themeOf(r, id); t == nil || n < 1 || n > len(t.Subthemes) {
		return consult.ErrNotFound
	}
	var segments []string
	for _, s := range r.Segments {
		if s.Theme == id && s.Sub == n {
			segments = append(segments, s.ID)
		}
	}
	return v.splitPage(http.StatusOK, segments, preview{Part: themeOf(r, id).Subthemes[n-1].Label, Back: link{workshopThemes + id, labelOf(r, id)}})
}

// split makes a theme of its own of the sentences that were ticked, once the page
// that shows what it would be was seen.
func (v *visit) split() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	form := v.r.PostForm
	page := preview{Name: form.Get("nom"), Back: link{"/atelier", "Atelier"}}
	if back := form.Get("retour"); sameSite(back) {
		page.Back = link{back, "Revenir aux phrases"}
	}
	segments := form["segment"]
	if form.Get("acte") != "confirmer" {
		err := v.splitPage(http.StatusOK, segments, page)
		return v.refusedOnTheme(err, page.Back.Address, themeForm{Ticked: ticked(segments), To: form.Get("theme")})
	}
	edition, err := v.edition()
	if err != nil {
		return err
	}
	segments = strings.Fields(form.Get("segments"))
	page.RestName = form.Get("nom-reste")
	label, rest, restLabel := page.Name, form.Get("reste"), page.RestName
	if rest == "" || restLabel == form.Get("propose-reste") {
		restLabel = ""
	}
	switch {
	case strings.TrimSpace(label) == "" || rest != "" && strings.TrimSpace(page.RestName) == "":
		page.Problem = "Donnez un nom au thème."
		return v.splitPage(http.StatusUnprocessableEntity, segments, page)
	case label == form.Get("propose") && label != restLabel:
		label = "" // the machine's, as long as nobody changes it
	}
	theme, err := v.s.Desk.SplitNaming(v.r.Context(), v.id(), edition, label, segments, rest, restLabel, form.Get("cle"))
	var field *consult.FieldError
	if errors.As(err, &field) && len(segments) > 0 {
		page.Name, page.RestName, page.Problem = strings.ToValidUTF8(page.Name, "\uFFFD"), strings.ToValidUTF8(page.RestName, "\uFFFD"), field.Problem
		return v.splitPage(http.StatusUnprocessableEntity, segments, page)
	}
	if err != nil {
		return err
	}
	return v.redirect(workshopThemes + theme + "?fait=theme")
}

// splitPage shows what segments would be as a theme of their own, under the name that
// the machine gives it; the form has the name that was typed, else that one.
func (v *visit) splitPage(status int, segments []string, page preview) error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	p, err := v.s.Desk.PreviewSplit(v.r.Context(), v.id(), edition, segments)
	if err != nil {
		return err
	}
	page.Before, page.After = v.sketches(p.Before, p.Now, p.Now), v.sketches(p.After, p.Then, p.Now)
	page.Segments, page.Count = strings.Join(segments, " "), p.After[0].Segments
	page.Key, page.MaxName = store.NewID(), desk.MaxLabel
	page.Proposed = p.After[0].Label
	if page.Name == "" && page.Problem == "" {
		page.Name = page.Proposed
	}
	if len(page.After) == 2 && page.After[1].Segments > 0 {
		if page.Rest = &page.After[1]; page.RestName == "" {
			page.RestName = page.Rest.Label
		}
	}
	if page.Part != "" && page.Part != page.Proposed {
		page.After[0].Was = page.Part
	}
	return v.render(status, "atelier-apercu.html", "Un thème à part", page)
}
