package analysis

import (
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
)

// A Placer says at once which of a report's themes a new text would join, before
// the next run places it with all the others. It may be used by several
// goroutines. It keeps stems and numbers of the report's segments, no text: drop
// it with the report.
//
// go test ./analysis -run TestPlacer -v: between 80 and 89 texts of 100 go back to
// the theme of the run that knew them. Of what is on something else altogether,
// most is said to be of no theme: of news put beside comments on a town's future,
// six in ten; of short greetings, eight in ten; of recipes and other languages, all
// that were tried.
type Placer struct {
	ids     []string
	centres *theme.Centres
}

// A Placement is where a text would go.
type Placement struct {
	Theme string  // identifier; "": like none of them
	Score float64 // 0…1: how alike the text and its theme are
}

// NewPlacer makes the placer of a report, a person's decisions in it included.
// What is gathered is each document's part in each theme.
func NewPlacer(r *Report) *Placer {
	p := &Placer{}
	number := make(map[string]int, len(r.Themes))
	for n, t := range r.Themes {
		p.ids = append(p.ids, t.ID)
		number[t.ID] = n
	}
	var lexicon lexis.Lexicon
	var units [][]lexis.Word
	var of []int
	type part struct {
		document string
		theme    int
	}
	at := make(map[part]int)
	for _, s := range r.Segments {
		n, ok := number[s.Theme]
		if !ok {
			n = -1
		}
		i, ok := at[part{s.Document, n}]
		if !ok {
			i = len(units)
			at[part{s.Document, n}] = i
			units, of = append(units, nil), append(of, n)
		}
		units[i] = append(units[i], lexicon.Read(s.Text)...)
	}
	table := lexis.NewTable(units, len(lexicon.Roots))
	p.centres = theme.NewCentres(table, lexicon.Roots, of, len(p.ids))
	return p
}

// Place says where a text would go: nowhere where it only approves or answers, as in
// a run. It takes a fraction of a millisecond for a
// contribution of some hundred words.
func (p *Placer) Place(text string) Placement {
	var lexicon lexis.Lexicon // of this text alone: what people send must not fill the memory
	words := lexicon.Read(text)
	if answers(words, lexicon.Lemmas) {
		return Placement{}
	}
	t, score := p.centres.Nearest(words, lexicon.Roots)
	if t < 0 {
		return Placement{Score: score}
	}
	return Placement{p.ids[t], score}
}
