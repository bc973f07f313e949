package desk_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// fake is an engine simple enough to foresee: a segment a sentence, and the
// first of its topics that the sentence holds is its theme.
type fake struct {
	topics  []string
	revised atomic.Int32
	reread  atomic.Int32
	gate    chan struct{} // Run waits for it; nil: it does not
}

func (f *fake) cut(c corpora.Corpus) (segments []analysis.Segment) {
	for _, d := range c.Documents {
		for start := 0; start < len(d.Text); {
			end := len(d.Text)
			if i := strings.Index(d.Text[start:], ". "); i >= 0 {
				end = start + i + 1
			}
			segments = append(segments, analysis.Segment{
				ID: corpora.SegmentID(d.ID, d.Version, start, end), Document: d.ID, Version: d.Version, Start: start, End: end, Text: d.Text[start:end],
			})
			start = end + 1
		}
	}
	return segments
}

func (f *fake) Run(ctx context.Context, c corpora.Corpus, s analysis.Settings) (*analysis.Report, error) {
	s.Progress("lecture", 0, 2)
	if f.gate != nil {
		select {
		case <-f.gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s.Progress("thèmes", 1, 2)
	segments := f.cut(c)
	topic := func(text string) string {
		for _, t := range f.topics {
			if strings.Contains(strings.ToLower(text), t) {
				return t
			}
		}
		return ""
	}
	// Each topic follows the prior that has most of it.
	in, held := map[string]int{}, map[string]int{}
	for i, p := range s.Previous {
		for _, x := range p.Segments {
			in[x] = i + 1
		}
		for _, x := range p.Pinned {
			held[x] = i + 1
		}
		if p.Frozen {
			for _, x := range p.Segments {
				held[x] = i + 1
			}
		}
	}
	follows, taken := map[string]string{}, map[string]bool{}
	for _, t := range f.topics {
		votes := map[string]int{}
		for _, x := range segments {
			if i := in[x.ID]; i > 0 && !slices.Contains(s.Previous[i-1].Pinned, x.ID) && topic(x.Text) == t {
				votes[s.Previous[i-1].ID]++
			}
		}
		for _, id := range slices.SortedFunc(maps.Keys(votes), func(a, b string) int { return cmp.Or(votes[b]-votes[a], cmp.Compare(a, b)) }) {
			if !taken[id] {
				follows[t], taken[id] = id, true
				break
			}
		}
		if follows[t] == "" {
			follows[t] = "new-" + t
		}
	}
	groups := map[string][]string{}
	for _, x := range segments {
		id := follows[topic(x.Text)]
		if i := held[x.ID]; i > 0 {
			id = s.Previous[i-1].ID
		}
		if id != "" {
			groups[id] = append(groups[id], x.ID)
		}
	}
	priors := slices.Clone(s.Previous)
	for i := range priors {
		priors[i].Segments = groups[priors[i].ID]
		delete(groups, priors[i].ID)
	}
	priors = slices.DeleteFunc(priors, func(p analysis.Prior) bool {
		return len(p.Segments) == 0 && p.Label == "" && !p.Frozen
	})
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		priors = append(priors, analysis.Prior{ID: id, Segments: groups[id]})
	}
	return f.describe(c, s, priors), nil
}

func (f *fake) Revise(_ context.Context, c corpora.Corpus, r *analysis.Report, priors []analysis.Prior) (*analysis.Report, error) {
	f.revised.Add(1)
	out := f.describe(c, r.Settings, priors)
	out.Network = r.Network
	return out, nil
}

func (f *fake) Forget() {}

func (f *fake) Reread(_ context.Context, c corpora.Corpus, r *analysis.Report) (*analysis.Report, error) {
	f.reread.Add(1)
	out := *r
	out.Network = &analysis.Network{Nodes: []analysis.Node{{Form: "mots", Segments: len(c.Documents)}}}
	return &out, nil
}

func (f *fake) describe(c corpora.Corpus, s analysis.Settings, priors []analysis.Prior) *analysis.Report {
	r := &analysis.Report{Format: 1, Settings: s, Segments: f.cut(c), Corpus: analysis.Summary{Name: c.Name, Documents: len(c.Documents)}}
	theme := map[string]string{}
	for _, p := range priors {
		for _, x := range p.Segments {
			theme[x] = p.ID
		}
	}
	words, of := map[string]map[string]int{}, map[string][]string{}
	for i := range r.Segments {
		x := &r.Segments[i]
		x.Theme = theme[x.ID]
		of[x.Theme] = append(of[x.Theme], x.ID)
		for _, w := range strings.Fields(strings.ToLower(strings.Trim(x.Text, "."))) {
			if words[x.Theme] == nil {
				words[x.Theme] = map[string]int{}
			}
			words[x.Theme][w]++
		}
	}
	for _, p := range priors {
		t := analysis.Theme{ID: p.ID, Label: p.Label, Named: p.Label != "", Frozen: p.Frozen, Segments: len(of[p.ID])}
		for _, w := range slices.SortedFunc(maps.Keys(words[p.ID]), func(a, b string) int {
			return cmp.Or(words[p.ID][b]-words[p.ID][a], cmp.Compare(a, b))
		}) {
			t.Terms = append(t.Terms, analysis.Term{Form: w, In: words[p.ID][w]})
		}
		for _, x := range of[p.ID] {
			t.Verbatims = append(t.Verbatims, analysis.Verbatim{Segment: x})
		}
		if !t.Named {
			t.Label = "vide"
			if len(t.Terms) > 0 {
				t.Label = t.Terms[0].Form
			}
		}
		r.Themes = append(r.Themes, t)
	}
	for _, d := range c.Documents {
		p := analysis.Placed{ID: d.ID, Version: d.Version, Keywords: strings.Fields(d.Text)}
		for _, x := range r.Segments {
			if x.Document == d.ID && x.Theme != "" && !slices.Contains(p.Themes, x.Theme) {
				p.Themes = append(p.Themes, x.Theme)
				p.Theme = p.Themes[0]
			}
		}
		r.Documents = append(r.Documents, p)
	}
	r.Corpus.Segments = len(r.Segments)
	return r
}
