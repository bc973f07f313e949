package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
)

func (s *Server) routeMotion(on register) {
	on("GET /motion", (*visit).motions)
	on("POST /motion", (*visit).openMotion)
	on("GET /motion/{id}", (*visit).motion)
	on("GET /motion/{id}/rediger", (*visit).writeMotion)
	on("GET /motion/{id}/projection", (*visit).projectMotion)
	on("GET /motion/{id}/themes.json", (*visit).motionThemes)
	on("GET /motion/{id}/phrases.json", (*visit).searchMotion)
	on("GET /motion/{id}/sources.json", (*visit).motionSources)
	on("GET /motion/{id}/annexe", (*visit).motionAnnex)
	on("GET /motion/{id}/versions", (*visit).motionVersions)
	on("GET /motion/{id}/commentaires", (*visit).comments)
	on("GET /motion/{id}/commentaires.json", (*visit).commentsJSON)
	on("POST /motion/{id}/commentaires", (*visit).comment)
	on("POST /motion/{id}/commentaires/{thread}", (*visit).comment)
	on("POST /motion/{id}/commentaires/{thread}/etat", (*visit).resolveThread)
	on("POST /motion/{id}/versions", (*visit).keepCopy)
	on("GET /motion/{id}/versions/{state}", (*visit).readCopy)
	on("POST /motion/{id}/versions/{state}/nom", (*visit).renameCopy)
	on("POST /motion/{id}/versions/{state}/retour", (*visit).restore)
	on("POST /motion/{id}/publier", (*visit).publish)
	on("POST /motion/{id}/figer", (*visit).freeze)
	on("GET /motion/{id}/fichiers/{file}", (*visit).motionFile)
}

// mayEdit is whether the visitor writes motions.
func (v *visit) mayEdit() (yes bool) {
	v.s.view(func(st *consult.State) { yes = motion.MayEdit(st, v.id()) })
	return yes
}

// motionOf is the motion that the path names.
func (v *visit) motionOf() (m *motion.Motion, err error) {
	v.s.Ledger.View(func(w ledger.View) { m = ledger.Of[*motion.State](w).Motion(v.r.PathValue("id")) })
	if m == nil {
		return nil, consult.ErrNotFound
	}
	return m, nil
}

// motion shows the newest published version, or to those who write it the
// text as it is.
func (v *visit) motion() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	return v.readMotion(http.StatusOK, m, halting{}, publishing{})
}

// readMotion is the page of a motion, with the form that freezes it as it was
// sent, and why it was not published where somebody wanted to.
func (v *visit) readMotion(status int, m *motion.Motion, sent halting, refused publishing) (err error) {
	var data struct {
		Motion   *motion.Motion
		MayEdit  bool
		Draft    bool
		Text     template.HTML
		Version  *motion.Version
		Coverage *motion.Coverage
		Key      string
		Read     string // the fingerprint of the draft
		Formats  []publish.Format
		Annex    bool // there is one
		Halt     halting
		Refused  publishing

		Review  motion.Review  // of the draft
		Missing []publish.Sign // that its PDF does not draw
		Open    int            // threads of comments that nobody resolved
	}
	data.Motion, data.MayEdit, data.Key, data.Formats = m, v.mayEdit(), store.NewID(), publish.Formats()
	data.Halt, data.Refused = sent, refused
	v.s.view(func(st *consult.State) { data.Halt.Line = haltLine(st, m) })
	asked := v.r.URL.Query().Get("version")
	if data.Version = versionOf(m, asked); asked != "" && data.Version == nil {
		return consult.ErrNotFound
	}
	if data.MayEdit && asked == "" {
		data.Draft = true
		d, err := v.draftDocument(m)
		if err != nil {
			return err
		}
		data.Review, data.Read = d.Review(), d.Fingerprint()
		if data.Missing, err = missing(d); err != nil {
			return err
		}
		v.s.Ledger.View(func(w ledger.View) {
			for _, t := range ledger.Of[*motion.State](w).Threads(m.ID) {
				if !t.Resolved {
					data.Open++
				}
			}
		})
		if data.Text, err = v.s.fragment(d); err != nil {
			return err
		}
		if r, err := v.s.Desk.Report(v.r.Context(), m.Edition); err == nil {
			v.s.view(func(st *consult.State) {
				c := motion.Cover(d.Text(), r, st)
				data.Coverage = &c
			})
		}
		return v.render(status, "motion.html", m.Title, data)
	}
	if data.Version == nil { // its title is public when it is published
		return v.render(status, "motion.html", "Motion", data)
	}
	d, err := v.signed(data.Version)
	if err != nil {
		return err
	}
	data.Annex = len(d.Annex) > 0
	if data.Text, err = v.s.fragment(d); err != nil {
		return err
	}
	return v.render(status, "motion.html", m.Title, data)
}

// signed is a version as it may be shown now, see motion's Document.Signed.
func (v *visit) signed(version *motion.Version) (*motion.Document, error) {
	d, err := v.s.Shelf.Document(v.r.Context(), version)
	if err != nil {
		return nil, err
	}
	return v.shown(d), nil
}

func (v *visit) shown(d *motion.Document) (out *motion.Document) {
	v.s.view(func(st *consult.State) { out = d.Signed(st) })
	return out
}

// draftDocument is the live text in the form of a version that nobody
// published.
func (v *visit) draftDocument(m *motion.Motion) (d *motion.Document, err error) {
	t, err := v.s.Rooms.Text(v.r.Context(), m.ID)
	if err != nil {
		return nil, err
	}
	head := v.s.Ledger.Head()
	v.s.view(func(st *consult.State) { d = motion.NewDocument(m, t, st, 0, head, v.s.now()) })
	return d, nil
}

// fragment is a document within a page of the site. Package publish escapes
// whatever people wrote.
func (s *Server) fragment(d *motion.Document) (template.HTML, error) {
	var b strings.Builder
	err := publish.Fragment(&b, d, "")
	return template.HTML(b.String()), err
}

// colours are CaretColours.
var colours = []string{"#0b6e4f", "#8a3ffc", "#b3261e", "#1f5fbf", "#8a5a00", "#a2195b", "#00707a", "#5b5b5b"}

func (v *visit) writeMotion() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	data := struct {
		Motion          *motion.Motion
		Name, ID, Color string
		Halt            string // what is said of a frozen text
	}{m, v.who.Name(), v.who.ID, colourOf(v.who.ID), ""}
	if m.Frozen {
		v.s.view(func(st *consult.State) { data.Halt = frozenLine(st, m) })
	}
	return v.wide("motion-rediger.html", "Rédiger\u00a0: "+m.Title, data)
}

// projectMotion shows the draft to the room: whoever may read it may.
func (v *visit) projectMotion() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	may := false
	v.s.view(func(st *consult.State) { may = motion.MayRead(st, m, 0, v.id()) })
	if !may {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	d, err := v.draftDocument(m)
	if err != nil {
		return err
	}
	text, err := v.s.fragment(d)
	if err != nil {
		return err
	}
	return v.wide("motion-projection.html", "Projection\u00a0: "+m.Title, map[string]any{"Motion": m, "Text": text})
}

// CaretColours are those that people write in: distinct in light and dark; names
// tell them apart too.
func CaretColours() []string { return slices.Clone(colours) }

func colourOf(person string) string {
	n := 0
	for _, b := range []byte(person) {
		n += int(b)
	}
	return colours[n%len(colours)]
}

// versionOf is the version of that number, the newest where none is asked for, nil
// where there is none.
func versionOf(m *motion.Motion, number string) *motion.Version {
	if number == "" {
		return m.Latest()
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil
	}
	return m.Version(n)
}

// published is the version that the address asks for, the newest where it asks
// for none.
func (v *visit) published() (*motion.Motion, *motion.Document, error) {
	m, err := v.motionOf()
	if err != nil {
		return nil, nil, err
	}
	version := versionOf(m, v.r.URL.Query().Get("version"))
	if version == nil {
		return nil, nil, consult.ErrNotFound
	}
	d, err := v.signed(version)
	return m, d, err
}

// motionAnnex tells what became of each contribution.
func (v *visit) motionAnnex() error {
	m, d, err := v.published()
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := publish.Annex(&b, d, ""); err != nil {
		return err
	}
	return v.page("motion-annexe.html", "Ce que sont devenues vos contributions\u00a0: "+m.Title, map[string]any{"Motion": m, "Document": d, "Text": template.HTML(b.String())})
}

// motionFile downloads a published version.
func (v *visit) motionFile() error {
	_, d, err := v.published()
	if err != nil {
		return err
	}
	return v.file(d, v.r.PathValue("file"))
}
