package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// Bounds of what a page shows; the download has all doubts.
const (
	shownDoubts  = 200
	shownColumns = 500
	shownUnread  = 30
)

// An originCount is where contributions came from, and how many.
type originCount struct {
	Name string
	N    int
}

func (d *steering) imports(v *visit) error { return d.importsPage(v, http.StatusOK, "") }

// importsPage offers to send a file, and lists those that wait and what was
// imported.
func (d *steering) importsPage(v *visit, status int, problem string) error {
	var data struct {
		Problem string
		Key     string
		Ready   bool
		Files   []shelvedFile
		Running string
		Origins []originCount
	}
	data.Problem, data.Key, data.Running = problem, store.NewID(), d.now()
	var err error
	d.shelf.Lock()
	data.Files, err = d.shelved(v.r.Context())
	d.shelf.Unlock()
	if err != nil {
		return err
	}
	counts := map[string]int{}
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if data.Ready = e != nil; !data.Ready {
			return
		}
		all := st.Contributions(consult.Query{Edition: e.ID, Hidden: true})
		for _, c := range all {
			name := c.Origin
			if id, ok := strings.CutPrefix(name, consult.MeetingOrigin("")); ok {
				if m := st.Meeting(id); m != nil {
					name = "rencontre\u00a0: " + m.Title
				}
			}
			counts[cmp.Or(name, "formulaire du site")]++
		}
	})
	for name, n := range counts {
		data.Origins = append(data.Origins, originCount{name, n})
	}
	slices.SortFunc(data.Origins, func(a, b originCount) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	data.Origins = data.Origins[:min(len(data.Origins), 100)]
	return v.render(status, "pilotage-imports.html", "Importer des contributions", data)
}

func (d *steering) uploadContributions(v *visit) error {
	if _, err := v.edition(); err != nil {
		return d.importsPage(v, http.StatusConflict, "Ouvrez d’abord l’édition dans laquelle importer.")
	}
	u, err := d.receive(v, ofContributions)
	if err != nil {
		status, sentence := explain(err)
		if sentence == "" || v.r.Context().Err() != nil {
			return err
		}
		return d.importsPage(v, status, sentence)
	}
	return v.redirect("/pilotage/imports/" + u.ID)
}

// A columnChoice is a column that staff may choose.
type columnChoice struct{ Name, Label, Hint, Value string }

// previewed is one row as it would be imported.
type previewed struct {
	Line                       int
	ID, Author, Axis, Text, Do string
}

// importData is what the page of one import shows.
type importData struct {
	Upload    *upload
	Kind      string // of the file, in French
	Percent   int
	Stopped   bool // an import that went on, and does no longer
	Header    []string
	Sheets    []string // of a workbook of several
	Fields    []columnChoice
	Reading   *consult.Reading
	Questions []consult.Question
	Unread    []string
	Doubts    []corpora.Doubt
	Preview   []previewed
	Key       string
	Running   bool // another import goes on
}

func (d *steering) importPage(v *visit) error {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofContributions)
	if err != nil {
		return err
	}
	return d.importPageOf(v, u)
}

func (d *steering) importPageOf(v *visit, u *upload) error {
	data := importData{Upload: u, Key: store.NewID()}
	title := "Import de " + u.Name
	if u.Total > 0 {
		data.Percent = 100 * u.Done / u.Total
	}
	if u.Stage == stageRunning {
		goes, err := d.goes(v.r.Context(), u)
		if err != nil {
			return err
		}
		if goes {
			return v.page("pilotage-import-cours.html", title, data)
		}
		data.Stopped = u.Stage == stageRunning
	}
	if u.Stage == stageDone {
		return v.page("pilotage-import-fait.html", title, data)
	}
	data.Running = d.now() != "" && d.now() != u.ID
	r, t, err := d.reading(v, u)
	if err != nil {
		return err
	}
	data.Sheets = t.Sheets[:min(len(t.Sheets), shownColumns)]
	data.Kind, data.Header, data.Reading = t.Kind(), r.Header[:min(len(r.Header), shownColumns)], r
	data.Doubts = r.Doubts[:min(len(r.Doubts), shownDoubts)]
	data.Unread = r.Unread[:min(len(r.Unread), shownUnread)]
	data.Questions = r.Questions[:min(len(r.Questions), shownColumns)]
	c := r.Columns
	author := "Courriel ou nom complet d’un·e élu·e accrédité·e\u202f; toute autre valeur reste «\u00a0auteur inconnu\u00a0»."
	if c.FirstName != "" {
		author += " Le prénom est lu dans «\u00a0" + c.FirstName + "\u00a0»."
	}
	text := "Indispensable."
	if len(r.Questions) > 0 {
		text += " Les autres questions ouvertes se lisent avec elle\u202f: voyez plus bas."
	}
	data.Fields = []columnChoice{
		{"texte", "Le texte", text, c.Text},
		{"titre", "Le titre", "Il précède le texte, suivi d’une ligne vide.", c.Title},
		{"id", "L’identifiant", "Il fait reconnaître une contribution d’un fichier au suivant. Sans lui, c’est le texte qui en tient lieu.", c.ID},
		{"auteur", "L’auteur", author, c.Author},
		{"axe", "La question", "Le titre d’une question de l’édition\u202f; toute autre valeur laisse la contribution sans question.", c.Axis},
		{"date", "La date", "Les contributions entrent dans cet ordre\u202f; elles portent la date de leur import.", c.Date},
	}
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		for i, row := range r.Rows[:min(len(r.Rows), 5)] {
			p := previewed{Line: r.Lines[i], ID: row.External, Author: "auteur inconnu", Text: excerpt(row.Text, 400), Do: st.Known(e.ID, r.Origin, row)}
			if slices.Contains(r.Copies, i) {
				p.Do = "déjà là, mot pour mot"
			}
			if author := st.Person(row.Author); author != nil {
				p.Author = author.Name()
			}
			if a, ok := e.Axis(row.Axis); ok {
				p.Axis = a.Title
			} else {
				p.Axis = row.Question
			}
			data.Preview = append(data.Preview, p)
		}
	})
	return v.page("pilotage-import.html", title, data)
}

// excerpt is the beginning of a text as it was written, lines included.
func excerpt(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// choice is what of the upload's file is read.
func (u *upload) choice() consult.Choice { return consult.Choice{Columns: u.Columns, Left: u.Skipped} }

// reading is what importing the upload's file would do.
func (d *steering) reading(v *visit, u *upload) (*consult.Reading, *corpora.Table, error) {
	var e *consult.Edition
	var people []*consult.Person
	v.s.view(func(st *consult.State) { e, people = st.Current(v.s.now()), st.People() })
	if e == nil {
		return nil, nil, consult.ErrNotFound
	}
	t, done, err := d.table(v.r.Context(), u)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	r := consult.ReadContributions(t, u.choice(), u.Origin, e, people)
	r.Compare(e.ID, v.s.view)
	return r, t, nil
}

// importColumns keeps which column is what.
func (d *steering) importColumns(v *visit) error {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofContributions)
	if err != nil {
		return err
	}
	if u.Stage == stageDone || d.now() == u.ID {
		return v.redirect("/pilotage/imports/" + u.ID)
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	get := func(name string) string { return v.column(name) }
	turned, err := d.otherSheet(v, u)
	if err != nil {
		return err
	}
	if turned {
		u.Skipped = nil
	} else {
		before := u.Columns
		u.Columns = corpora.Columns{ID: get("id"), Title: get("titre"), Text: get("texte"), Author: get("auteur"), Axis: get("axe"), Date: get("date")}
		if u.Columns.Author == before.Author {
			u.Columns.FirstName = before.FirstName
		}
	}
	if asked := v.r.PostForm["question-offerte"]; !turned && asked != nil {
		read := v.r.PostForm["question"]
		u.Skipped = slices.DeleteFunc(slices.Clone(asked[:min(len(asked), shownColumns)]), func(q string) bool { return slices.Contains(read, q) })
	}
	u.Origin = consult.OriginOf(u.Name)
	if name := strings.TrimSpace(v.r.PostForm.Get("origine")); name != "" {
		u.Origin = consult.CleanOrigin(name)
	}
	if err := d.keep(v.r.Context(), u); err != nil {
		return err
	}
	return v.redirect("/pilotage/imports/" + u.ID)
}

// column is a header that a form chose, bounded.
func (v *visit) column(name string) string {
	s := v.r.PostForm.Get(name)
	return s[:min(len(s), 500)]
}

// importDoubts downloads all doubts.
func (d *steering) importDoubts(v *visit) error {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofContributions)
	if err != nil {
		return err
	}
	r, _, err := d.reading(v, u)
	if err != nil {
		return err
	}
	return v.doubtSheet(r.Doubts)
}

func (v *visit) doubtSheet(doubts []corpora.Doubt) error {
	sheet := v.sheet("lignes-a-relire.csv")
	sheet.Write("ligne", "colonne", "que faire", "laissée de côté")
	for _, d := range doubts {
		line, left := "", "non"
		if d.Line > 0 {
			line = strconv.Itoa(d.Line)
		}
		if d.Severe {
			left = "oui"
		}
		sheet.Write(line, d.Column, d.Sentence, left)
	}
	return sheet.Close()
}

// startImport starts the import, which goes on by itself.
func (d *steering) startImport(v *visit) error {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofContributions)
	if err != nil {
		return err
	}
	if u.Stage != stageDone {
		u.Skip = v.r.FormValue("copies") == "laisser"
		err = d.start(v, u)
	}
	if err != nil && !errors.Is(err, errSameImport) {
		return err
	}
	return v.redirect("/pilotage/imports/" + u.ID)
}
