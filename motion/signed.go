package motion

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/consult"
)

// Signed is the document as it may be shown now. A version keeps the signatures
// of its day; where the edition has since chosen to show functions and no
// names, those that the house computed follow: its sources', its annex's, and in the text a
// parenthesis that holds nothing but one of these signatures, as a draft has it
// behind each quote. The kept version stays as it is, and so does whatever
// people wrote in it themselves, names included: see [Document.Names]. The
// opposite choice brings no name into what was published without. The words of
// a contribution that staff hide are not shown as long as they do, nor those of
// one that was erased, whether or not the kept version was written again.
func (d *Document) Signed(people *consult.State) *Document { return d.veiled(people).signed(people) }

// Recalled is the document as a draft may go on from it: signed as it may be shown
// now, with the words of contributions that are hidden. A draft keeps these and
// tells of them ([Review]); were they veiled, they would be lost for good once it
// is written.
func (d *Document) Recalled(people *consult.State) *Document { return d.signed(people) }

func (d *Document) signed(people *consult.State) *Document {
	edition := people.Edition(d.Edition)
	if edition == nil {
		return d
	}
	d = d.narrowed(edition)
	if edition.Names != consult.ByFunction {
		return d
	}
	named := *edition
	named.Names = consult.ByName
	out := *d
	out.Sources = slices.Clone(d.Sources)
	var pairs []string
	for i := range out.Sources {
		s := &out.Sources[i]
		c := people.Contribution(s.Contribution)
		if c == nil || c.Erased || c.Hidden != "" {
			continue
		}
		now := people.Signature(edition, c.Author)
		for _, was := range []string{s.Signature, people.Signature(&named, c.Author)} {
			if was = oneLine(was); was != "" && was != now {
				pairs = append(pairs, "("+was+")", "("+oneLine(now)+")")
			}
		}
		s.Signature = now
	}
	out.Annex = slices.Clone(d.Annex)
	for i := range out.Annex {
		f := &out.Annex[i]
		if c := people.Contribution(f.Contribution); c != nil && !c.Erased && c.Hidden == "" {
			f.Signature = people.Signature(edition, c.Author)
		}
	}
	if len(pairs) == 0 {
		return &out
	}
	again := strings.NewReplacer(pairs...)
	out.Blocks = slices.Clone(d.Blocks)
	for i := range out.Blocks {
		b := &out.Blocks[i]
		b.Runs = slices.Clone(b.Runs)
		for j := range b.Runs {
			if r := &b.Runs[j]; len(r.Sources) == 0 { // cited words are the contribution's own
				r.Text = again.Replace(r.Text)
			}
		}
	}
	return &out
}

// Names is whether the document shows the name of somebody whom it cites or
// whose contribution its annex tells of: in a signature or in its text.
func (d *Document) Names(people *consult.State) bool {
	text := d.Text().String()
	name := func(contribution string) string {
		c := people.Contribution(contribution)
		if c == nil {
			return ""
		}
		p := people.Person(c.Author)
		if p == nil || p.Erased || p.Role == consult.Staff || p.FirstName == "" && p.LastName == "" {
			return ""
		}
		return p.Name()
	}
	return slices.ContainsFunc(d.Sources, func(s Source) bool {
		n := name(s.Contribution)
		return n != "" && (strings.Contains(s.Signature, n) || strings.Contains(text, n))
	}) || slices.ContainsFunc(d.Annex, func(f Fate) bool {
		n := name(f.Contribution)
		return n != "" && strings.Contains(f.Signature, n)
	})
}

// narrowed is the document whose annex tells only of what it cites, without
// first words, where the edition has since closed its contributions to the
// public.
func (d *Document) narrowed(edition *consult.Edition) *Document {
	if edition.Readers == consult.ReadPublic || len(d.Annex) == 0 {
		return d
	}
	out := *d
	out.Annex = []Fate{}
	for _, f := range d.Annex {
		if f.Opening = ""; len(f.Cited) > 0 {
			out.Annex = append(out.Annex, f)
		}
	}
	return &out
}

// veiled is the document without the words of contributions that are hidden or
// erased now. It touches nothing that is kept: what is hidden today and shown
// again tomorrow stands again in the text.
func (d *Document) veiled(people *consult.State) *Document {
	hidden, erased := map[string]bool{}, map[string]bool{}
	for _, id := range append(d.Cites(), d.Annexed()...) {
		switch c := people.Contribution(id); {
		case c == nil:
		case c.Erased:
			erased[id] = true
		case c.Hidden != "":
			hidden[id] = true
		}
	}
	if len(hidden) > 0 {
		d = d.without(hidden, hiding)
	}
	if len(erased) > 0 {
		d = d.without(erased, erasure)
	}
	return d
}
