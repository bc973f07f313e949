package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
)

// editionForm is the edition as the form has it: whatever goes wrong, what was
// typed stays in it.
type editionForm struct {
	ID                   string
	Title, Axes, Licence string
	Opens, Closes        string
	Readers, Names       string
	Key                  string
	Problem              string
	Retitled             []retitled
	Fresh                []string // titles of questions that the edition does not have
	Others               []*consult.Edition
	Rule                 consult.NameRule // that is in force
	Named                []link           // published versions that show names under it
}

// A retitled is a question with answers whose title the form has no more: only
// staff know whether it is asked under another one or asked no more.
type retitled struct {
	ID, Title string
	Answers   int
	Becomes   string // "titre:" and the new title, askedNoMore, or "": they have not said
}

// askedNoMore leaves answers without a question.
const askedNoMore = "sans"

// defaultLicence is what an edition proposes for what is public.
const defaultLicence = "Licence Ouverte 2.0 (Etalab)"

func (v *visit) editEdition() error {
	f := editionForm{Key: store.NewID(), Readers: string(consult.ReadElus), Names: string(consult.ByName), Licence: defaultLicence}
	id := v.r.URL.Query().Get("id")
	var err error
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if id == "nouvelle" {
			e = nil
		} else if id != "" {
			if e = st.Edition(id); e == nil {
				err = consult.ErrNotFound
			}
		}
		if e != nil {
			f.fill(e)
		}
	})
	if err != nil {
		return err
	}
	return v.editionPage(http.StatusOK, f)
}

func (f *editionForm) fill(e *consult.Edition) {
	f.ID, f.Title, f.Licence = e.ID, e.Title, e.Licence
	f.Opens, f.Closes = consult.Wall(e.Opens), consult.Wall(e.Closes)
	f.Readers, f.Names = string(e.Readers), string(e.Names)
	var b strings.Builder
	for _, a := range e.Axes {
		b.WriteString(a.Title)
		if q := strings.Join(strings.Fields(a.Question), " "); q != "" {
			b.WriteString(" | " + q)
		}
		b.WriteString("\n")
	}
	f.Axes = b.String()
}

func (v *visit) editionPage(status int, f editionForm) error {
	v.s.view(func(st *consult.State) {
		for _, e := range st.Editions() {
			if e.ID != f.ID && len(f.Others) < 50 {
				f.Others = append(f.Others, e)
			}
		}
	})
	var err error
	if f.Rule, f.Named, err = v.named(f.ID); err != nil {
		return err
	}
	title := "Ouvrir une édition"
	if f.ID != "" {
		title = "L’édition et son calendrier"
	}
	return v.render(status, "pilotage-edition.html", title, f)
}

// named are the published versions of an edition that show somebody's name.
func (v *visit) named(edition string) (rule consult.NameRule, out []link, err error) {
	var motions []*motion.Motion
	v.s.Ledger.View(func(w ledger.View) {
		if e := ledger.Of[*consult.State](w).Edition(edition); e != nil {
			rule, motions = e.Names, ledger.Of[*motion.State](w).Motions(e.ID)
		}
	})
	for _, m := range motions {
		for i := len(m.Versions) - 1; i >= 0; i-- {
			d, err := v.signed(&m.Versions[i])
			if err != nil {
				return rule, nil, err
			}
			shows := false
			v.s.view(func(st *consult.State) { shows = d.Names(st) })
			if shows {
				out = append(out, link{fmt.Sprintf("/motion/%s?version=%d", m.ID, d.Version), fmt.Sprintf("%s, version %d", d.Title, d.Version)})
			}
		}
	}
	return rule, out, nil
}

func (v *visit) saveEdition() error {
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	get := v.r.PostForm.Get
	f := editionForm{ID: get("id"), Title: get("titre"), Axes: get("axes"), Licence: get("licence"), Opens: get("ouvre"), Closes: get("ferme"),
		Readers: get("lecture"), Names: get("noms"), Key: get("cle")}
	again := func(err error) error {
		status, sentence := explain(err)
		if sentence == "" {
			return err
		}
		f.Problem = sentence
		return v.editionPage(status, f)
	}
	e, err := f.edition()
	if err != nil {
		return again(err)
	}
	v.s.view(func(st *consult.State) {
		old := st.Edition(f.ID)
		if old == nil {
			return
		}
		answers := func(axis string) int {
			return len(st.Contributions(consult.Query{Edition: old.ID, Axis: axis, Hidden: true}))
		}
		e.Axes = f.keepAxes(old.Axes, e.Axes, answers, func(axis string) string { return get("devient-" + axis) })
	})
	if slices.ContainsFunc(f.Retitled, func(r retitled) bool { return r.Becomes == "" }) {
		f.Problem = "Rien n’est encore changé\u00a0: des questions auxquelles on a répondu n’ont plus leur titre. Dites ci-dessous ce que deviennent leurs réponses, puis enregistrez."
		return v.editionPage(http.StatusConflict, f)
	}
	_, err = v.do(f.Key, func(tx *ledger.Tx) error { _, err := consult.OpenEdition(tx, e); return err })
	if err != nil {
		return again(err)
	}
	if f.ID != "" {
		return v.redirect("/pilotage/edition?id=" + f.ID + "&fait=edition")
	}
	return v.redirect("/pilotage/edition?fait=edition")
}

// edition reads the form's fields.
func (f *editionForm) edition() (e consult.Edition, err error) {
	e = consult.Edition{ID: f.ID, Title: f.Title, Readers: consult.Readers(f.Readers), Names: consult.NameRule(f.Names),
		Licence: strings.Join(strings.Fields(debut(f.Licence, 200)), " ")}
	if e.Opens, err = consult.ParseWall(f.Opens); err != nil {
		return e, err
	}
	if e.Closes, err = consult.ParseWall(f.Closes); err != nil {
		return e, err
	}
	e.Axes, err = parseAxes(f.Axes)
	return e, err
}

// parseAxes reads one question a line: « Titre | énoncé ».
func parseAxes(text string) ([]consult.Axis, error) {
	var out []consult.Axis
	for line := range strings.Lines(text) {
		title, question, _ := strings.Cut(line, "|")
		title, question = strings.Join(strings.Fields(title), " "), strings.Join(strings.Fields(question), " ")
		switch {
		case title == "" && question == "":
			continue
		case title == "":
			return nil, &consult.FieldError{Field: "axes", Problem: "Une question n’a pas de titre\u00a0: écrivez «\u00a0Titre | énoncé\u00a0» sur sa ligne."}
		case slices.ContainsFunc(out, func(a consult.Axis) bool { return strings.EqualFold(a.Title, title) }):
			return nil, &consult.FieldError{Field: "axes", Problem: "Deux questions ont le titre «\u00a0" + title + "\u00a0»\u00a0: donnez à chacune le sien."}
		}
		out = append(out, consult.Axis{Title: title, Question: question})
	}
	return out, nil
}

// keepAxes gives changed axes the identifiers that they had, so that answers
// stay under their question: by title, or as staff say of one that has answers.
// Without any, an axis also keeps its identifier by its place, where drafts may
// speak of it.
func (f *editionForm) keepAxes(old, changed []consult.Axis, answers func(axis string) int, becomes func(axis string) string) []consult.Axis {
	out := slices.Clone(changed)
	used := map[string]bool{}
	take := func(i int, a consult.Axis) bool {
		if i < 0 || i >= len(out) || out[i].ID != "" {
			return false
		}
		out[i].ID, used[a.ID] = a.ID, true
		return true
	}
	titled := func(title string) int {
		return slices.IndexFunc(out, func(a consult.Axis) bool { return strings.EqualFold(a.Title, title) })
	}
	for _, a := range old {
		take(titled(a.Title), a)
	}
	for _, a := range out {
		if a.ID == "" {
			f.Fresh = append(f.Fresh, a.Title)
		}
	}
	for _, a := range old {
		n := answers(a.ID)
		if used[a.ID] || n == 0 {
			continue
		}
		r := retitled{a.ID, a.Title, n, becomes(a.ID)}
		if title, ok := strings.CutPrefix(r.Becomes, "titre:"); r.Becomes != askedNoMore && (!ok || !take(titled(title), a)) {
			r.Becomes = ""
		}
		f.Retitled = append(f.Retitled, r)
	}
	for i, a := range old {
		if !used[a.ID] && answers(a.ID) == 0 {
			take(i, a)
		}
	}
	return out
}

// formChoice is one of a form's radio buttons.
type formChoice struct{ Value, Label, Hint string }

// ReaderChoices and NameChoices are the form's radio buttons.
func (f editionForm) ReaderChoices() []formChoice {
	return []formChoice{
		{string(consult.ReadPublic), "Tout le monde", "Les contributions sont publiques et réutilisables."},
		{string(consult.ReadElus), "Les personnes accréditées", "Il faut être entré·e par son lien."},
		{string(consult.ReadStaff), "L’équipe et les rapporteur·es", "Chaque élu·e lit les siennes."},
	}
}

func (f editionForm) NameChoices() []formChoice {
	return []formChoice{
		{string(consult.ByName), "Leur nom", "«\u00a0Zoé Martin, maire, Villebrume\u00a0»"},
		{string(consult.ByFunction), "Leur fonction", "«\u00a0maire, Villebrume\u00a0»\u202f; la commune seulement si cinq élu·es au moins en sont."},
	}
}
