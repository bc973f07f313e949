package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
)

// A moment is one state of a motion that another can be compared with: its
// text now, a copy of the draft, or a published version.
type moment struct {
	Key       string // « texte », « p3 », or the copy's identifier
	Label     string
	Why       string // of a copy
	Name      string
	At        time.Time // zero: now
	By        string
	Words     int
	Published int  // its number, 0 of what is not
	Redacted  bool // words of it were erased
}

// nowKey is the key of the text as it stands.
const nowKey = "texte"

// moments lists what the visitor may compare, the newest first.
func (v *visit) moments(m *motion.Motion) []moment {
	var out []moment
	v.s.view(func(st *consult.State) { out = momentsOf(st, m, motion.MayEdit(st, v.id())) })
	return out
}

// momentsOf lists the moments of a motion, the newest first: those that were
// published, and for those who write the text now and the copies of the draft.
func momentsOf(st *consult.State, m *motion.Motion, writes bool) (out []moment) {
	for _, x := range m.Versions {
		out = append(out, moment{Key: "p" + strconv.Itoa(x.Number), Label: "Version " + strconv.Itoa(x.Number) + " publiée", At: x.At,
			Published: x.Number, Redacted: x.Redacted > 0})
	}
	if !writes {
		slices.Reverse(out)
		return out
	}
	for _, k := range m.Copies {
		label := k.Name
		if label == "" {
			label = jour(k.At) + " à " + heure(k.At)
		}
		why, by := k.Cause.Says(), ""
		if k.By != "" {
			by = personName(st, k.By)
		}
		if k.Cause == motion.ByHand && by != "" {
			why, by = "gardée par "+by, ""
		}
		out = append(out, moment{Key: k.ID, Label: label, Why: why, Name: k.Name, At: k.At, By: by, Words: k.Words, Redacted: k.Redacted > 0})
	}
	tellApart(out)
	for i := range out {
		k := m.Copy(out[i].Key)
		if k == nil || k.To == "" {
			continue
		}
		if to := slices.IndexFunc(out, func(x moment) bool { return x.Key == k.To }); to >= 0 {
			out[i].Why = "gardée avant le retour à «\u202f" + out[to].Label + "\u202f»"
		}
	}
	slices.SortStableFunc(out, func(a, b moment) int { return cmp.Compare(b.At.UnixMilli(), a.At.UnixMilli()) })
	return append([]moment{{Key: nowKey, Label: "Le texte maintenant"}}, out...)
}

// tellApart gives moments of one label, which are in time, labels of their own:
// with the time to the second, and a number where that is the same too.
func tellApart(list []moment) {
	again := func(more func(m *moment, n int) string) {
		of := map[string][]int{}
		for i, m := range list {
			of[m.Label] = append(of[m.Label], i)
		}
		for _, same := range of {
			for n, i := range same {
				if len(same) > 1 {
					list[i].Label += more(&list[i], n+1)
				}
			}
		}
	}
	again(func(m *moment, _ int) string {
		seconds := fmt.Sprintf("\u00a0min\u00a0%02d\u00a0s", m.At.Second())
		if m.Name != "" {
			return ", " + jour(m.At) + " à " + heure(m.At) + seconds
		}
		return seconds
	})
	again(func(_ *moment, n int) string { return fmt.Sprintf(" (%d)", n) })
}

// personName is who writes, among those who write together.
func personName(st *consult.State, id string) string {
	if id == motion.Machine {
		return "le projet tiré des thèmes"
	}
	p := st.Person(id)
	if p == nil || p.Erased {
		return "une personne effacée"
	}
	return p.Name()
}

// stateOf reads one of the moments as a copy, a published version as shown gives it.
// Errors: consult.ErrNotFound, also for what the visitor may not read.
func (v *visit) stateOf(m *motion.Motion, key string, shown func(*motion.Document) *motion.Document) (c motion.Copy, err error) {
	if n, err := strconv.Atoi(strings.TrimPrefix(key, "p")); err == nil && strings.HasPrefix(key, "p") && m.Version(n) != nil {
		d, err := v.s.Shelf.Document(v.r.Context(), m.Version(n))
		if err != nil {
			return c, err
		}
		return motion.Copy{Motion: m.ID, Ops: shown(d).Text().Ops()}, nil
	}
	if !v.mayEdit() {
		return c, consult.ErrNotFound
	}
	if key == nowKey {
		return v.s.Rooms.Copy(v.r.Context(), m.ID)
	}
	k := m.Copy(key)
	if k == nil {
		return c, consult.ErrNotFound
	}
	kept, err := v.s.Publisher.Copy(v.r.Context(), k)
	if err != nil {
		return c, err
	}
	return *kept, nil
}

// A hand is who wrote a block.
type hand struct {
	Kind, Label, Opening string
	People               []string
}

// versionsData is what the page of versions shows.
type versionsData struct {
	Motion   *motion.Motion
	Title    string // with the motion's, which is public once it is published
	MayEdit  bool
	MayWrite bool
	Moments  []moment
	From, To moment
	Aside    bool
	Change   *motion.Comparison
	Groups   []rowGroup
	Sources  map[string]string // segment → « words » (who)
	Hands    []hand
	Key      string
	Problem  string
	Name     string // as it was sent
}

// A rowGroup is rows that changed, or a run of those that did not.
type rowGroup struct {
	Same bool
	Rows []motion.Row
}

func (v *visit) motionVersions() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	return v.versions(http.StatusOK, m, "", "")
}

func (v *visit) versions(status int, m *motion.Motion, problem, name string) error {
	data := versionsData{Motion: m, MayEdit: v.mayEdit(), Moments: v.moments(m), Key: store.NewID(), Problem: problem, Name: name,
		Aside: v.r.FormValue("vue") == "cote"}
	data.MayWrite = data.MayEdit && !m.Frozen
	if data.Title = "Versions"; data.MayEdit || m.Latest() != nil {
		data.Title += "\u00a0: " + m.Title
	}
	find := func(key string, otherwise int) (moment, error) {
		for i, x := range data.Moments {
			if x.Key == key || key == "" && i == otherwise {
				return x, nil
			}
		}
		return moment{}, consult.ErrNotFound
	}
	if len(data.Moments) > 1 {
		var err error
		if data.From, err = find(v.r.FormValue("de"), 1); err != nil {
			return err
		}
		if data.To, err = find(v.r.FormValue("a"), 0); err != nil {
			return err
		}
		if err := v.compare(m, &data); err != nil {
			return err
		}
	}
	return v.frame(status, "motion-versions.html", frame{Title: data.Title, Data: data, Wide: data.Aside})
}

// readCopy shows the text as it was at one of the moments to those who write it.
func (v *visit) readCopy() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	moments, key := v.moments(m), v.r.PathValue("state")
	i := slices.IndexFunc(moments, func(x moment) bool { return x.Key == key })
	if i < 0 {
		return consult.ErrNotFound
	}
	c, err := v.stateOf(m, key, v.shown)
	if err != nil {
		return err
	}
	var d *motion.Document
	head := v.s.Ledger.Head()
	v.s.view(func(st *consult.State) { d = motion.NewDocument(m, motion.Parse(c.Ops), st, 0, head, moments[i].At) })
	text, err := v.s.fragment(d)
	if err != nil {
		return err
	}
	return v.page("motion-copie.html", moments[i].Label+"\u00a0: "+m.Title, map[string]any{"Motion": m, "Moment": moments[i], "Text": text})
}

// compare fills in what changed from one moment to the other, and who wrote
// the later one.
func (v *visit) compare(m *motion.Motion, data *versionsData) error {
	from, err := v.stateOf(m, data.From.Key, v.shown)
	if err != nil {
		return err
	}
	to, err := v.stateOf(m, data.To.Key, v.shown)
	if err != nil {
		return err
	}
	then, now := motion.Parse(from.Ops), motion.Parse(to.Ops)
	data.Change = motion.Compare(then, now)
	for _, r := range data.Change.Rows {
		if n := len(data.Groups); n > 0 && data.Groups[n-1].Same == r.Same {
			data.Groups[n-1].Rows = append(data.Groups[n-1].Rows, r)
		} else {
			data.Groups = append(data.Groups, rowGroup{r.Same, []motion.Row{r}})
		}
	}
	data.Sources = map[string]string{}
	v.s.view(func(st *consult.State) {
		for _, r := range data.Change.Rows {
			for _, id := range slices.Concat(r.Cited, r.Released) {
				data.Sources[id] = sourceLine(st, id)
			}
		}
		if !data.MayEdit || len(to.Hands) == 0 {
			return
		}
		for i := range now.Blocks {
			b := &now.Blocks[i]
			h := hand{Kind: b.Kind.Name(), Label: b.Label(), Opening: debut(b.Text(), 80)}
			for _, p := range to.Hands[b.ID] {
				h.People = append(h.People, personName(st, p))
			}
			if h.People = slices.Compact(h.People); h.Opening != "" && len(h.People) > 0 {
				data.Hands = append(data.Hands, h)
			}
		}
	})
	return nil
}

// sourceLine is what a segment says and who says it, by the edition's rule.
func sourceLine(st *consult.State, id string) string {
	s, ok := motion.ParseSegment(id)
	words := s.Words(st)
	if !ok || words == "" {
		return "une contribution qui n’est plus lisible"
	}
	c := st.Contribution(s.Contribution)
	return "«\u202f" + debut(words, 120) + "\u202f» (" + st.Signature(st.Edition(c.Edition), c.Author) + ")"
}

// keepFirst keeps the draft as it was made from themes, where the house has not
// done so by itself.
func (v *visit) keepFirst(id string) error {
	kept := false
	v.s.Ledger.View(func(w ledger.View) {
		if m := ledger.Of[*motion.State](w).Motion(id); m != nil {
			kept = len(m.Copies) > 0
		}
	})
	if kept {
		return nil
	}
	c, err := v.s.Rooms.Copy(v.r.Context(), id)
	if err != nil {
		return err
	}
	_, err = v.s.Publisher.Keep(v.r.Context(), v.id(), "", id, c, motion.AtStart, "")
	return err
}

// keepCopy keeps the text as it stands: under a name, or, where the editor is
// about to replace words everywhere, without.
func (v *visit) keepCopy() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	c, err := v.s.Rooms.Copy(v.r.Context(), m.ID)
	if err != nil {
		return err
	}
	cause := motion.ByHand
	if v.r.FormValue("cause") == string(motion.Replaced) {
		cause = motion.Replaced
	}
	name := v.r.FormValue("nom")
	_, err = v.s.Publisher.Keep(v.r.Context(), v.id(), v.r.FormValue("cle"), m.ID, c, cause, name)
	var field *consult.FieldError
	switch {
	case errors.As(err, &field):
		return v.versions(http.StatusUnprocessableEntity, m, field.Problem, name)
	case err != nil:
		return err
	}
	return v.redirect("/motion/" + m.ID + "/versions?fait=version")
}

func (v *visit) renameCopy() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	name := v.r.FormValue("nom")
	_, err = v.do(v.r.FormValue("cle"), func(tx *ledger.Tx) error {
		return motion.Rename(tx, m.ID, v.r.PathValue("state"), name)
	})
	var field *consult.FieldError
	switch {
	case errors.As(err, &field):
		return v.versions(http.StatusUnprocessableEntity, m, field.Problem, name)
	case err != nil:
		return err
	}
	return v.redirect("/motion/" + m.ID + "/versions?fait=nom")
}
