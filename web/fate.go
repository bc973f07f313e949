package web

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
)

// A fate is what became of a contribution: the themes that it reached and the
// sentences of the motion that cite it.
type fate struct {
	Themes    []link // those of an edition before have no address
	Sentences []citing
	Segments  []string // of it, that the motion cites
	Known     []string // of it, that the newest analysis of its edition read
	Placing   *placing // to its author, until an analysis has read it
	Told      []told   // by the annexes of motions that do not cite it
}

// A told is what the annex of a motion's newest version says of a contribution.
type told struct {
	link
	Outcome string // « pas citée, sur un thème que le texte aborde »
}

// A citing is a sentence of a motion, as its newest version that cites the
// words has it.
type citing struct {
	link
	Where string // « version 2, Axe II, considérants »
	Left  int    // the newest version, that cites them no more; 0: it does
	Older []link // versions that say it otherwise
}

// A placing is where the newest analysis would put words that it has not read.
type placing struct {
	Theme link // none: nowhere
	Again bool // an earlier version was read
}

// A link is an address and its words.
type link struct{ Address, Text string }

// cut gives the segments of a text their anchors, so that a citation or a
// theme's verbatim leads to the very words, and marks those that are cited.
func cut(text, contribution string, version int, cited, known []string) []piece {
	type span struct {
		motion.Segment
		cited bool
	}
	var spans []span
	add := func(segments []string, cited bool) {
		for _, id := range segments {
			s, ok := motion.ParseSegment(id)
			if !ok || s.Contribution != contribution || s.Version != version || s.End > len(text) ||
				slices.ContainsFunc(spans, func(x span) bool { return x.cited != cited && s.Start < x.End && x.Start < s.End }) {
				continue
			}
			spans = append(spans, span{s, cited})
		}
	}
	add(cited, true)
	add(known, false)
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var out []piece
	at := 0
	for _, s := range spans {
		if s.Start < at { // within one that is marked already
			continue
		}
		if s.Start > at {
			out = append(out, piece{Text: text[at:s.Start]})
		}
		out = append(out, piece{Text: text[s.Start:s.End], Anchor: s.Fragment(), Cited: s.cited})
		at = s.End
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

// fate gathers what became of a contribution.
func (v *visit) fate(contribution string) (*fate, error) {
	all, err := v.fates([]string{contribution})
	return all[contribution], err
}

// fates gathers what became of each contribution, in one reading of the analyses
// and of each text.
func (v *visit) fates(contributions []string) (map[string]*fate, error) {
	out := map[string]*fate{}
	for _, c := range contributions {
		out[c] = &fate{}
	}
	// Themes, segments and motions are those of the edition that one was written in.
	var editions []string
	var motions []*motion.Motion
	current := ""
	v.s.Ledger.View(func(w ledger.View) {
		st := ledger.Of[*consult.State](w)
		if e := st.Current(v.s.now()); e != nil {
			current = e.ID
		}
		for _, id := range contributions {
			if c := st.Contribution(id); c != nil && !slices.Contains(editions, c.Edition) {
				editions = append(editions, c.Edition)
				motions = append(motions, ledger.Of[*motion.State](w).Motions(c.Edition)...)
			}
		}
	})
	var newest *analysis.Report
	for _, e := range editions {
		report, err := v.s.Desk.Report(v.r.Context(), e)
		if errors.Is(err, desk.ErrNoRun) {
			continue
		} else if err != nil {
			return nil, err
		}
		if e == current {
			newest = report
		}
		read(report, e == current, out)
	}
	// Published versions for all; those who write the motion see the draft too.
	found, err := v.s.Shelf.References(v.r.Context(), motions, contributions, v.shown)
	if err != nil {
		return nil, err
	}
	latest := map[string]int{}
	for _, m := range motions {
		if x := m.Latest(); x != nil {
			latest[m.ID] = x.Number
			v.annexed(m, x, out)
		}
		if v.mayEdit() {
			d, err := v.draftDocument(m)
			if err != nil {
				return nil, err
			}
			for id, of := range d.References() {
				found[id] = append(found[id], of...)
			}
		}
	}
	for id, f := range out {
		if f.Placing, err = v.placing(newest, id); err != nil {
			return nil, err
		}
		for _, r := range found[id] {
			f.Segments = append(f.Segments, r.Segments...)
		}
		f.Sentences = citings(found[id], latest)
	}
	return out, nil
}

// annexed tells of contributions what the annex of a version says of those that it
// does not cite. Where it cannot be read, nothing is known of it.
func (v *visit) annexed(m *motion.Motion, x *motion.Version, of map[string]*fate) {
	if !slices.ContainsFunc(x.Annexed, func(id string) bool { return of[id] != nil }) {
		return
	}
	d, err := v.signed(x)
	if err != nil {
		v.s.Log.Error("an annex cannot be read", "motion", m.ID, "version", x.Number, "error", err)
		return
	}
	for i := range d.Annex {
		a := &d.Annex[i]
		if f := of[a.Contribution]; f != nil && a.Outcome() != motion.Quoted {
			f.Told = append(f.Told, told{link{fmt.Sprintf("/motion/%s/annexe?version=%d#%s", m.ID, x.Number, publish.FateAnchor(a.Contribution)),
				fmt.Sprintf("annexe de la version\u00a0%d", x.Number)}, a.Outcome().Says(1)})
		}
	}
}

// read tells of contributions what an analysis read and where; the themes of the
// current edition's have pages.
func read(report *analysis.Report, current bool, of map[string]*fate) {
	for _, s := range report.Segments {
		if f := of[s.Document]; f != nil {
			f.Known = append(f.Known, s.ID)
		}
	}
	for _, d := range report.Documents {
		f := of[d.ID]
		if f == nil {
			continue
		}
		for _, t := range d.Themes {
			to := link{Text: labelOf(report, t)}
			if current {
				to.Address = "/themes/" + t
			}
			f.Themes = append(f.Themes, to)
		}
	}
}

// citings lists sentences, a version's together and the newest version first,
// the draft last; latest are the motions' newest versions. An older version is
// named only where it says something else.
func citings(found []motion.Reference, latest map[string]int) (out []citing) {
	newest, first := map[string]int{}, map[string]int{} // by motion: its version shown, where its sentences begin
	for _, r := range found {
		if _, seen := newest[r.Motion]; !seen {
			newest[r.Motion], first[r.Motion] = r.Version, len(out)
		}
		mine := out[first[r.Motion]:]
		said := slices.ContainsFunc(mine, func(c citing) bool { return c.Text == r.Excerpt })
		switch {
		case r.Version == 0 && !said:
			out = append(out, citing{link: link{fmt.Sprintf("/motion/%s#%s", r.Motion, r.Anchor), r.Excerpt}, Where: "projet, " + r.Place})
		case r.Version == newest[r.Motion] && r.Version > 0:
			c := citing{link: link{fmt.Sprintf("/motion/%s?version=%d#%s", r.Motion, r.Version, r.Anchor), r.Excerpt},
				Where: fmt.Sprintf("version\u00a0%d, %s", r.Version, r.Place)}
			if latest[r.Motion] > r.Version {
				c.Left = latest[r.Motion]
			}
			out = append(out, c)
		case r.Version > 0 && !said:
			of := &mine[len(mine)-1]
			for i := range mine {
				if strings.HasSuffix(mine[i].Address, "#"+r.Anchor) {
					of = &mine[i]
				}
			}
			name := fmt.Sprintf("version\u00a0%d", r.Version)
			if !slices.ContainsFunc(of.Older, func(l link) bool { return l.Text == name }) {
				of.Older = append(of.Older, link{fmt.Sprintf("/motion/%s?version=%d#%s", r.Motion, r.Version, r.Anchor), name})
			}
		}
	}
	return out
}

// placing places a contribution for its author, where élus may see the themes: nil
// for anybody else, for one that is hidden, and once it was read as it is.
func (v *visit) placing(r *analysis.Report, contribution string) (*placing, error) {
	if r == nil {
		return nil, nil
	}
	text, edition, version := "", "", 0
	v.s.view(func(st *consult.State) {
		c, e := st.Contribution(contribution), st.Current(v.s.now())
		if c != nil && e != nil && c.Edition == e.ID && !c.Erased && c.Hidden == "" && c.Author != "" && c.Author == v.id() && st.MayRead(e, v.id()) {
			text, edition, version = c.Text(), e.ID, c.Version()
		}
	})
	if version == 0 {
		return nil, nil
	}
	p := &placing{}
	if i := slices.IndexFunc(r.Documents, func(d analysis.Placed) bool { return d.ID == contribution }); i >= 0 {
		if r.Documents[i].Version == version {
			return nil, nil
		}
		p.Again = true
	}
	to, err := v.s.Desk.Joins(v.r.Context(), edition, text)
	if to.Theme != "" {
		p.Theme = link{"/themes/" + to.Theme, to.Label}
	}
	return p, err
}
