package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// Changes are what the newest run changed: the run before it against it, both
// with the decisions that stood when it began, so that only the machine's and
// the corpus' part shows.
type Changes struct {
	Run, Before string  // "" before the second run
	Kept        []Named // themes that both have, by the newest's order
	New, Gone   []Named
	Again       []Named    // themes that are back: an earlier run had them, the one before did not
	Renamed     []Renamed  // those of Kept that the machine calls otherwise, under no person's name
	Moved       []Moved    // segments of both that are in another theme
	Added       []string   // contributions that the newest run read and the other did not
	Revised     []string   // read in another version
	Removed     int        // no longer read: hidden or erased by then
	Standing    []Decision // those that hold
	Waiting     []Decision // those that say nothing: what they speak of is not in the newest run
	Back        bool       // the newest run is a return to an earlier one
	Sentences   []string   // all of this in French, the most telling first
}

// Named is a theme and what it is called.
type Named struct{ Theme, Label string }

// Renamed is a theme, what it is called and was called before.
type Renamed struct {
	Named
	Was string
}

// Moved is a segment that changed themes; "" is unclassified.
type Moved struct{ Segment, From, To string }

// Changes compares an edition's newest run with the one before it. Errors:
// ErrNoRun, the store's, ctx's.
func (d *Desk) Changes(ctx context.Context, edition string) (Changes, error) {
	for {
		c, err := d.changes(ctx, edition)
		if !errors.Is(err, errMoved) {
			return c, err
		}
	}
}

func (d *Desk) changes(ctx context.Context, edition string) (Changes, error) {
	m := d.moment(edition, false)
	if m.run == nil {
		return Changes{}, ErrNoRun
	}
	report, err := d.base(ctx, m.run)
	if err != nil {
		return Changes{}, err
	}
	before := new(analysis.Report)
	var heard uint64
	c := Changes{Run: m.run.ID, Back: m.run.Back != ""}
	if m.before != nil {
		if before, err = d.load(ctx, m.before); err != nil {
			return Changes{}, err
		}
		c.Before, heard = m.before.ID, m.before.heard
	}
	switch {
	case m.before == nil:
	case c.Back: // what a further run would read
		c.Removed = removed(d.seen(before), report)
	default: // what was erased since is in neither file, and nothing says whose it was
		purged := func(r *Run, report *analysis.Report) int { return r.Documents - len(report.Documents) }
		c.Removed = removed(before, report) + max(0, purged(m.before, before)-purged(m.run, report))
	}
	report, before = d.seen(report), d.seen(before)
	name := map[string]string{}
	machine(name, before)
	machine(name, report)
	old := apply(before, heard, m.choices, m.run.heard)
	now := apply(report, m.run.heard, m.choices, m.run.heard)
	once := map[string]bool{} // themes of earlier runs
	for _, r := range m.runs[:len(m.runs)-1] {
		for _, t := range r.Themes {
			once[t] = true
		}
	}
	c.compareThemes(old, now, once, func(t string) string { return labelled(m.choices, always, name, t) })
	if err := d.compareNames(ctx, m, &c); err != nil {
		return Changes{}, err
	}
	c.compareDocuments(before, report)
	history, err := d.told(ctx, m)
	if err != nil {
		return Changes{}, err
	}
	for _, x := range history {
		switch {
		case x.Holds:
			c.Standing = append(c.Standing, x)
		case x.Waits:
			c.Waiting = append(c.Waiting, x)
		}
	}
	c.say(m.run.heard)
	return c, nil
}

// seen is r without what is hidden or erased now.
func (d *Desk) seen(r *analysis.Report) *analysis.Report {
	gone := map[string]bool{}
	d.config.Ledger.View(func(v ledger.View) {
		s := ledger.Of[*consult.State](v)
		for _, p := range r.Documents {
			if x := s.Contribution(p.ID); x == nil || x.Erased || x.Hidden != "" {
				gone[p.ID] = true
			}
		}
	})
	return without(r, gone)
}

func (c *Changes) compareThemes(old, now *partition, once map[string]bool, label func(string) string) {
	was, is := old.shown(), now.shown()
	list := func(order []string, have func(string) bool) (out []Named) {
		for _, t := range order {
			if have(t) {
				out = append(out, Named{t, label(t)})
			}
		}
		return out
	}
	c.Kept = list(now.themes, func(t string) bool { return was[t] && is[t] })
	c.New = list(now.themes, func(t string) bool { return !was[t] && is[t] && !once[t] })
	c.Again = list(now.themes, func(t string) bool { return !was[t] && is[t] && once[t] })
	c.Gone = list(old.themes, func(t string) bool { return was[t] && !is[t] })
	for _, s := range now.segments {
		from, both := old.own[s]
		if from, to := old.root(from), now.root(now.own[s]); both && from != to {
			c.Moved = append(c.Moved, Moved{s, from, to})
		}
	}
}

// compareNames lists the themes that the machine called otherwise in the run before.
func (d *Desk) compareNames(ctx context.Context, m *moment, c *Changes) error {
	if m.before == nil {
		return nil
	}
	was, err := d.names(ctx, m.before, m.gone)
	if err != nil {
		return err
	}
	is, err := d.names(ctx, m.run, m.gone)
	if err != nil {
		return err
	}
	for _, t := range c.Kept {
		if old := was[t.Theme]; old != "" && old != t.Label && is[t.Theme] == t.Label {
			c.Renamed = append(c.Renamed, Renamed{t, old})
		}
	}
	return nil
}

func (c *Changes) compareDocuments(before, report *analysis.Report) {
	version := map[string]int{}
	for _, p := range before.Documents {
		version[p.ID] = p.Version
	}
	for _, p := range report.Documents {
		switch v, ok := version[p.ID]; {
		case !ok:
			c.Added = append(c.Added, p.ID)
		case v != p.Version:
			c.Revised = append(c.Revised, p.ID)
		}
	}
}

// removed counts the contributions of the run before that the newest did not read.
func removed(before, report *analysis.Report) (n int) {
	read := map[string]bool{}
	for _, p := range report.Documents {
		read[p.ID] = true
	}
	for _, p := range before.Documents {
		if !read[p.ID] {
			n++
		}
	}
	return n
}

// say puts the data into words; heard is the last fact whose decisions the run was
// told.
func (c *Changes) say(heard uint64) {
	say := func(s string) { c.Sentences = append(c.Sentences, s) }
	if c.Before == "" {
		say("Première analyse\u00a0: " + several(len(c.Added), "contribution", "contributions") + ", " +
			several(len(c.New), "thème", "thèmes") + ".")
		return
	}
	var read []string
	for _, x := range []struct {
		n         int
		one, many string
	}{
		{len(c.Added), "contribution de plus", "contributions de plus"},
		{len(c.Revised), "modifiée par son auteur ou autrice", "modifiées par leurs auteurs ou autrices"},
		{c.Removed, "retirée", "retirées"},
	} {
		if x.n > 0 {
			read = append(read, several(x.n, x.one, x.many))
		}
	}
	switch {
	case c.Back:
		say("Retour à une analyse précédente\u00a0: ses thèmes sont de nouveau là, avec les décisions d’alors.")
		if c.Removed > 0 {
			say(several(c.Removed, "contribution lue depuis n’y est pas", "contributions lues depuis n’y sont pas") + "\u00a0: une nouvelle analyse les lira.")
		}
	case len(read) == 0:
		say("Les mêmes contributions qu’à l’analyse précédente.")
	default:
		say("Depuis l’analyse précédente\u00a0: " + strings.Join(read, ", ") + ".")
	}
	names := func(list []Named) string {
		var out []string
		for _, n := range list[:min(len(list), 10)] {
			out = append(out, quoted(n.Label))
		}
		if len(list) > 10 {
			out = append(out, "…")
		}
		return strings.Join(out, ", ")
	}
	if n := len(c.New); n > 0 {
		say(several(n, "nouveau thème", "nouveaux thèmes") + "\u00a0: " + names(c.New) + ".")
	}
	if n := len(c.Again); n > 0 {
		say(several(n, "thème d’une analyse antérieure est de retour", "thèmes d’analyses antérieures sont de retour") + "\u00a0: " + names(c.Again) + ".")
	}
	if n := len(c.Gone); n > 0 {
		say(several(n, "thème n’est plus là", "thèmes ne sont plus là") + "\u00a0: " + names(c.Gone) + ".")
	}
	for _, gone := range c.Gone {
		if slices.ContainsFunc(slices.Concat(c.Kept, c.New, c.Again), func(n Named) bool { return equalLabels(n.Label, gone.Label) }) {
			say("Un autre thème, fait pour l’essentiel d’autres phrases, s’appelle maintenant " + quoted(gone.Label) + ".")
		}
	}
	if n := len(c.Kept); n > 0 {
		kept := several(n, "thème demeure", "thèmes demeurent")
		if slices.ContainsFunc(c.Standing, func(d Decision) bool { return d.Seq <= heard }) {
			kept += ", vos décisions d’alors comprises"
		}
		say(kept + ".")
	}
	if n := len(c.Renamed); n > 0 {
		var out []string
		for _, x := range c.Renamed[:min(n, 10)] {
			out = append(out, quoted(x.Label)+" s’appelait "+quoted(x.Was))
		}
		if n > 10 {
			out = append(out, "…")
		}
		say(several(n, "thème n’est plus fait des mots de son nom, et en a un nouveau", "thèmes ne sont plus faits des mots de leur nom, et en ont un nouveau") + "\u00a0: " + strings.Join(out, ", ") + ".")
	}
	if n := len(c.Moved); n > 0 {
		say(several(n, "phrase a changé de thème", "phrases ont changé de thème") + ".")
	} else {
		say("Aucune phrase n’a changé de thème.")
	}
	if n := len(c.Standing); n > 0 {
		say(several(n, "décision de l’équipe tient", "décisions de l’équipe tiennent") + ".")
	}
	if n := len(c.Waiting); n > 0 {
		say(several(n, "décision de l’équipe ne se retrouve pas dans cette analyse", "décisions de l’équipe ne se retrouvent pas dans cette analyse") +
			"\u00a0: les thèmes ou les phrases dont il s’agit n’y sont plus.")
	}
}

// several counts as the French do: below two is singular.
func several(n int, one, many string) string {
	if n < 2 {
		return analysis.Number(n) + "\u00a0" + one
	}
	return analysis.Number(n) + "\u00a0" + many
}
