package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// A Decision is what a person decided.
type Decision struct {
	Seq      uint64 // names it for Undo
	Actor    string // Person.ID
	At       time.Time
	Kind     string // "theme.renamed", "segment.moved"…
	Theme    string // the theme that it made, changed or filled, or the axis; "" when it took a segment out of all
	What     string // a French sentence
	Holds    bool   // something is as it is for it
	Waits    bool   // nothing of what it speaks of is in the newest run
	Undone   bool
	UndoneBy string
	UndoneAt time.Time
	Stuck    int       // segments that would stay where they are were it undone: the theme that they come from is gone
	Of       time.Time // of a return to an earlier run: when that one was kept
	Final    bool      // Undo has nothing to undo any more: another run was kept since that return
}

// History lists an edition's decisions in time, those undone too, with the names
// that themes had when each was taken: a person's, or the one that the machine gave
// in the run that was the newest then. One that is gone with what was erased or
// hidden is told as « un ancien thème ». Returns to earlier runs are among them. Errors: the store's, ctx's.
func (d *Desk) History(ctx context.Context, edition string) ([]Decision, error) {
	for {
		out, err := d.told(ctx, d.moment(edition, false))
		if !errors.Is(err, errMoved) {
			return out, err
		}
	}
}

// machine notes the names that no person gave to the theme itself.
func machine(name map[string]string, r *analysis.Report) {
	for _, t := range r.Themes {
		if !named(t) {
			name[t.ID] = t.Label
		}
	}
}

// named says whether a person named the theme itself: the name that it has of an
// axis that guides the runs is not one.
func named(t analysis.Theme) bool { return t.Named && (!t.Guided || t.Label != t.Guide) }

// told is the history at a moment. errMoved: a report has just been replaced.
func (d *Desk) told(ctx context.Context, m *moment) ([]Decision, error) {
	eras, err := d.eras(ctx, m)
	if err != nil {
		return nil, err
	}
	var base *analysis.Report // none: axes may be given before
	var heard uint64
	if m.run != nil {
		if base, err = d.base(ctx, m.run); err != nil {
			return nil, err
		}
		heard = m.run.heard
	}
	p := apply(base, heard, m.choices, always)
	holds, waits := p.standing(m.choices)
	axes := map[string]string{}
	d.config.Ledger.View(func(v ledger.View) {
		if e := ledger.Of[*consult.State](v).Edition(m.edition); e != nil {
			for _, a := range e.Axes {
				axes[a.ID] = a.Title
			}
		}
	})
	made, err := d.unnamed(ctx, m)
	if err != nil {
		return nil, err
	}
	var out []Decision
	for i, c := range m.choices {
		name := calledAt(eras, c.Seq)
		for t, label := range made {
			if name[t] == "" {
				if name = maps.Clone(name); name == nil {
					name = map[string]string{}
				}
				name[t] = label
			}
		}
		called := func(theme string) string { return quoted(labelled(m.choices[:i], c.Seq, name, theme)) }
		out = append(out, Decision{
			Seq: c.Seq, Actor: c.Actor, At: c.At, Kind: c.Kind, Theme: c.Theme, What: c.sentence(called, labelled(m.choices, always, name, c.Theme), axes),
			Holds: holds[c], Waits: waits[c], Stuck: p.stuck(c, heard), Undone: c.Undone != 0, UndoneBy: c.UndoneBy, UndoneAt: c.UndoneAt,
		})
	}
	for i, r := range m.runs {
		if r.Back == "" {
			continue
		}
		x := Decision{Seq: r.Seq, Actor: r.Actor, At: r.At, Kind: kindRun, What: "Retour à une analyse précédente, avec les décisions d’alors.", Final: i < len(m.runs)-1}
		for _, old := range m.runs[:i] {
			if old.ID == r.Back {
				x.Of = old.At
			}
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Decision) int { return cmp.Compare(a.Seq, b.Seq) })
	return out, nil
}

// unnamed are the themes that people made and left under the machine's name, with the
// one that they have now: no run had them when they were made.
func (d *Desk) unnamed(ctx context.Context, m *moment) (map[string]string, error) {
	out := map[string]string{}
	for _, c := range m.choices {
		if c.Kind == kindSplit && c.Data.Label == "" {
			out[c.Theme] = ""
		}
	}
	if len(out) == 0 || m.run == nil {
		return nil, nil
	}
	r, err := d.Report(ctx, m.edition)
	if err != nil {
		return nil, err
	}
	for _, t := range r.Themes {
		if _, ok := out[t.ID]; ok && !named(t) {
			out[t.ID] = t.Label
		}
	}
	return out, nil
}

// labelled is what a theme was called as of fact at, "" when nobody knows.
func labelled(choices []*choice, at uint64, name map[string]string, theme string) string {
	label := name[theme]
	for _, c := range choices {
		if (c.Kind == kindRenamed || c.Kind == kindSplit) && c.Theme == theme && c.Data.Label != "" && c.stands(at) {
			label = c.Data.Label
		}
	}
	return label
}

// quoted is a label as sentences have it.
func quoted(label string) string {
	if label == "" {
		return "un ancien thème"
	}
	return "«\u00a0" + label + "\u00a0»"
}

// sentence tells a decision: called gives a theme the name that it had when it was
// taken, now is the one that its own has today, "" when nobody knows.
func (c *choice) sentence(called func(string) string, now string, axes map[string]string) string {
	theme := "Un ancien thème"
	if label := called(c.Theme); label != quoted("") {
		theme = "Le thème " + label
	}
	switch c.Kind {
	case kindRenamed:
		if called(c.Theme) == quoted("") { // the machine's is gone
			return fmt.Sprintf("Un thème a reçu le nom %s.", quoted(c.Data.Label))
		}
		return fmt.Sprintf("%s s’appelle désormais %s.", theme, quoted(c.Data.Label))
	case kindMerged:
		return fmt.Sprintf("%s a rejoint %s.", theme, called(c.Data.Into))
	case kindSplit:
		theme = "Un nouveau thème"
		if c.Data.Label != "" {
			theme = "Le nouveau thème " + quoted(c.Data.Label)
		} else if now != "" { // it was made without a name
			theme += ", aujourd’hui " + quoted(now) + ","
		}
		return fmt.Sprintf("%s réunit %s%s.", theme, several(c.segments(), "phrase", "phrases"), c.whence(called))
	case kindMoved:
		if n := c.segments(); n > 1 {
			if c.Theme == "" {
				return several(n, "phrase", "phrases") + " sont sorties de leur thème" + c.whence(called) + "."
			}
			return several(n, "phrase", "phrases") + " ont rejoint " + called(c.Theme) + c.whence(called) + "."
		}
		return moveSentence(c.Data.Moves[0].From, c.Theme, called)
	case kindFrozen:
		return fmt.Sprintf("%s est figé\u00a0: les analyses n’en sortent rien.", theme)
	case kindThawed:
		return fmt.Sprintf("%s n’est plus figé.", theme)
	case kindPlaced:
		axis := c.Data.Axis
		if title, ok := axes[axis]; ok {
			axis = title
		}
		if axis == "" {
			return fmt.Sprintf("%s ne relève plus d’aucun axe.", theme)
		}
		return fmt.Sprintf("%s relève de %s.", theme, quoted(axis))
	case kindGiven:
		what := "son nom seul"
		if n := len(c.Data.Seeds); n > 0 {
			what = several(n, "amorce", "amorces")
		}
		return fmt.Sprintf("L’axe %s guide les analyses, avec %s.", quoted(c.Data.Label), what)
	case kindCleared:
		return fmt.Sprintf("Des amorces de l’axe %s ont disparu avec les propos de leur auteur·rice.", quoted(c.Data.Label))
	case kindWithdrawn:
		return fmt.Sprintf("L’axe %s ne guide plus les analyses.", quoted(c.Data.Label))
	}
	return c.Kind
}

// maxWhence is how many themes a decision's sentence names as where segments came from.
const maxWhence = 3

// whence says which themes the segments that a decision moved came from, those that
// most came from first: « , venues de « A » (40) et « B » (29) ».
func (c *choice) whence(called func(string) string) string {
	from := map[string]int{}
	for _, m := range c.Data.Moves {
		if m.From != c.Theme {
			from[m.From] += len(m.Segments)
		}
	}
	place := func(theme string) string { // what is in no theme comes last
		if theme == "" {
			return "\U0010ffff"
		}
		return called(theme)
	}
	order := slices.SortedFunc(maps.Keys(from), func(a, b string) int {
		return cmp.Or(cmp.Compare(from[b], from[a]), cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
	if len(order) == 0 || len(order) == 1 && order[0] == "" && c.Theme == "" {
		return ""
	}
	var parts []string
	rest := 0
	for n, theme := range order {
		if n >= maxWhence {
			rest++
			continue
		}
		name := "de " + called(theme)
		switch {
		case theme == "":
			name = "de ce qui n’était pas classé"
		case called(theme) == quoted(""):
			name = "d’" + called(theme)
		}
		if len(order) > 1 {
			name += fmt.Sprintf(" (%d)", from[theme])
		}
		parts = append(parts, name)
	}
	if rest > 0 {
		parts = append(parts, "de "+several(rest, "autre thème", "autres thèmes"))
	}
	list := parts[0]
	for n, p := range parts[1:] {
		if n == len(parts)-2 {
			list += " et " + p
		} else {
			list += ", " + p
		}
	}
	if c.segments() < 2 {
		return ", venue " + list
	}
	return ", venues " + list
}

// segments counts those that a decision moved.
func (c *choice) segments() (n int) {
	for _, m := range c.Data.Moves {
		n += len(m.Segments)
	}
	return n
}

func moveSentence(from, to string, called func(string) string) string {
	switch {
	case to == "" && from == "":
		return "Une phrase reste hors de tout thème."
	case to == "":
		return fmt.Sprintf("Une phrase est sortie de %s.", called(from))
	case from == "":
		return fmt.Sprintf("Une phrase non classée est entrée dans %s.", called(to))
	case from == to:
		return fmt.Sprintf("Une phrase reste dans %s.", called(to))
	}
	return fmt.Sprintf("Une phrase est passée de %s à %s.", called(from), called(to))
}
