package motion

import (
	"slices"
	"strings"
)

// A Comparison says what changed from one text to another, in rows: what
// stands between two line ends that both have.
type Comparison struct {
	Rows           []Row
	Added, Removed int // words
}

// Same is whether nothing that is compared changed.
func (c *Comparison) Same() bool {
	return !slices.ContainsFunc(c.Rows, func(r Row) bool { return !r.Same })
}

// A Row is some blocks of the one text and those that stand in their place in
// the other: one and one, mostly; one and two where a block was split.
type Row struct {
	Old, New []Side
	Same     bool
	Inline   []Line   // both in one
	Notes    []string // what else changed, in French words: kind, place, form
	Cited    []string // segments that only the new blocks cite, sorted
	Released []string // that only the old ones do
}

// A Side is one block as one of the texts has it.
type Side struct {
	Block  *Block
	Pieces []Piece // joined, the block's text
}

// A Line is one block of a text that shows what went and what came.
type Line struct {
	Kind   Kind
	Label  string
	Pieces []Piece
}

// A Change says what became of a piece of text.
type Change int

// The changes.
const (
	Stays Change = iota
	Went
	Came
)

// A Piece is a piece of text with one fate.
type Piece struct {
	Change Change
	Text   string
}

// Is is whether the piece's change is « garde », « retire » or « ajoute »: for
// templates.
func (p Piece) Is(change string) bool {
	return change == [...]string{"garde", "retire", "ajoute"}[p.Change]
}

// Compare says what changed from one text to another, word by word. Comments
// are not compared.
func Compare(from, to *Text) *Comparison {
	moved := moved(from, to)
	for {
		c := compare(from.without(moved), to.without(moved))
		within := c.place(from, to, moved)
		if len(within) == 0 {
			return c
		}
		for _, id := range within {
			delete(moved, id)
		}
	}
}

// compare says what changed of blocks that kept their order.
func compare(from, to *Text) *Comparison {
	a, b := tokens(from.String()), tokens(to.String())
	c := &Comparison{}
	w := &rows{Comparison: c, from: from, to: to, olds: standing(from), news: standing(to)}
	ai, bi := 0, 0
	for _, m := range w.settled(a, b, readable(a, b, matches(a, b))) {
		w.write(Went, a[ai:m.a])
		w.write(Came, b[bi:m.b])
		w.write(Stays, a[m.a:m.a+m.n])
		ai, bi = m.a+m.n, m.b+m.n
	}
	w.write(Went, a[ai:])
	w.write(Came, b[bi:])
	w.end()
	return c
}

// readable takes back matches that only tear a changed passage to pieces: one
// that holds no more than two words, and fewer than were changed on each of
// its sides. Line ends, and what begins or ends a line, stay.
func readable(a, b []string, list []match) []match {
	var out []match
	ai, bi := 0, 0 // the end of the last match that was kept
	for i, m := range list {
		words := a[m.a : m.a+m.n]
		next := match{len(a), len(b), 0}
		if i+1 < len(list) {
			next = list[i+1]
		}
		before := max(countWords(a[ai:m.a]), countWords(b[bi:m.b]))
		after := max(countWords(a[m.a+m.n:next.a]), countWords(b[m.b+m.n:next.b]))
		n := countWords(words)
		if !slices.Contains(words, "\n") && n <= 2 && before > n && after > n {
			continue
		}
		out = append(out, m)
		ai, bi = m.a+m.n, m.b+m.n
	}
	return out
}

// settled has line ends match those of the same block, where what was removed
// or added before them holds several: which of them stayed, the words alone do
// not say.
func (w *rows) settled(a, b []string, list []match) []match {
	ends := func(tokens []string, blocks []Block) map[int]string {
		out, n := map[int]string{}, 0
		for i, t := range tokens {
			if t == "\n" {
				out[i], n = blocks[n].ID, n+1
			}
		}
		return out
	}
	inA, inB := ends(a, w.from.Blocks), ends(b, w.to.Blocks)
	var out []match
	ai, bi := 0, 0
	for _, m := range list {
		if a[m.a] == "\n" && inA[m.a] != inB[m.b] {
			one := match{m.a, m.b, 1}
			for i := ai; i < m.a; i++ {
				if a[i] == "\n" && inA[i] == inB[m.b] {
					one.a = i
				}
			}
			for i := bi; i < m.b && one.a == m.a; i++ {
				if b[i] == "\n" && inB[i] == inA[m.a] {
					one.b = i
				}
			}
			if one != (match{m.a, m.b, 1}) {
				out = append(out, one)
				m = match{m.a + 1, m.b + 1, m.n - 1}
			}
		}
		if m.n > 0 {
			out = append(out, m)
		}
		ai, bi = m.a+m.n, m.b+m.n
	}
	return out
}

// standing says where each block stands.
func standing(t *Text) map[string]int {
	out := map[string]int{}
	for i := range t.Blocks {
		out[t.Blocks[i].ID] = i
	}
	return out
}

// rows gathers pieces until a line end that both texts have.
type rows struct {
	*Comparison
	from, to   *Text
	olds, news map[string]int
	ai, bi     int // blocks of earlier rows
	row        []Piece
}

func (w *rows) write(change Change, list []string) {
	n := countWords(list)
	switch change {
	case Went:
		w.Removed += n
	case Came:
		w.Added += n
	}
	for len(list) > 0 {
		end := len(list)
		if change == Stays {
			if i := slices.Index(list, "\n"); i >= 0 {
				end = i + 1
			}
		}
		w.row = append(w.row, Piece{change, strings.Join(list[:end], "")})
		if change == Stays && list[end-1] == "\n" {
			w.end()
		}
		list = list[end:]
	}
}

// end closes the row. Whole blocks that went or came before its first word
// that stayed have a row of their own.
func (w *rows) end() {
	n := slices.IndexFunc(w.row, func(p Piece) bool { return p.Change == Stays })
	if n > 0 && w.row[n].Text != "\n" && !slices.ContainsFunc(w.row[:n], func(p Piece) bool { return !strings.HasSuffix(p.Text, "\n") }) {
		rest := w.row[n:]
		w.row = w.row[:n]
		w.close()
		w.row = rest
	}
	w.close()
}

func (w *rows) close() {
	if len(w.row) == 0 {
		return
	}
	row := Row{Same: true}
	row.Old, w.ai = side(w.row, Went, w.from.Blocks, w.ai)
	row.New, w.bi = side(w.row, Came, w.to.Blocks, w.bi)
	row.Inline = inline(w.row, &row)
	row.Same = !slices.ContainsFunc(w.row, func(p Piece) bool { return p.Change != Stays })
	w.row = nil
	w.note(&row)
	row.Same = row.Same && len(row.Notes) == 0 && len(row.Cited) == 0 && len(row.Released) == 0
	w.Rows = append(w.Rows, row)
}

// side is the blocks from at on as one of the texts has them.
func side(row []Piece, own Change, blocks []Block, at int) (out []Side, next int) {
	var line []Piece
	for _, p := range row {
		if p.Change != Stays && p.Change != own {
			continue
		}
		for text := p.Text; text != ""; {
			words, rest, ended := strings.Cut(text, "\n")
			if words != "" {
				line = append(line, Piece{p.Change, words})
			}
			if text = rest; ended && at < len(blocks) {
				out = append(out, Side{&blocks[at], line})
				line, at = nil, at+1
			}
		}
	}
	return out, at
}

// inline is both sides in one. A line end that went is shown, unless all of
// the row went; one that came ends a line.
func inline(pieces []Piece, row *Row) []Line {
	var out []Line
	var line []Piece
	at := 0 // of the side whose blocks name the lines
	side := row.New
	if len(side) == 0 {
		side = row.Old
	}
	end := func() {
		l := Line{Kind: Paragraph, Pieces: line}
		if at < len(side) {
			l.Kind, l.Label = side[at].Block.Kind, side[at].Block.Label()
		}
		out, line, at = append(out, l), nil, at+1
	}
	for _, p := range pieces {
		for text := p.Text; text != ""; {
			words, rest, ended := strings.Cut(text, "\n")
			if words != "" {
				line = append(line, Piece{p.Change, words})
			}
			switch text = rest; {
			case !ended:
			case p.Change == Went && len(row.New) > 0:
				line = append(line, Piece{Went, " ¶ "})
			default:
				end()
			}
		}
	}
	if len(line) > 0 {
		if len(out) > 0 { // what went from behind the last line
			out[len(out)-1].Pieces = append(out[len(out)-1].Pieces, line...)
		} else {
			end()
		}
	}
	return out
}

// note says in words what the row's text does not show.
func (w *rows) note(row *Row) {
	cites := func(list []Side) (out []string) {
		for _, s := range list {
			for _, r := range s.Block.Runs {
				out = append(out, r.Citations...)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	was, is := cites(row.Old), cites(row.New)
	row.Cited = slices.DeleteFunc(slices.Clone(is), func(s string) bool { return slices.Contains(was, s) })
	row.Released = slices.DeleteFunc(slices.Clone(was), func(s string) bool { return slices.Contains(is, s) })
	say := func(s string) {
		if !slices.Contains(row.Notes, s) {
			row.Notes = append(row.Notes, s)
		}
	}
	for i, s := range row.New {
		at, known := w.olds[s.Block.ID]
		old := -1
		for j, o := range row.Old {
			if o.Block.ID == s.Block.ID {
				old = j
			}
		}
		if old < 0 && !known && len(row.Old) == len(row.New) {
			old = i
		}
		switch {
		case old >= 0:
			o := row.Old[old].Block
			if o.Kind != s.Block.Kind {
				say("Nature" + nbsp + ": " + o.Kind.Name() + " → " + s.Block.Kind.Name())
			}
			if o.Text() == s.Block.Text() && form(o) != form(s.Block) {
				say("Mise en forme changée")
			}
		case known && alike(&w.from.Blocks[at], s.Block):
			if at < w.ai {
				say("Déplacé" + nbsp + ": il était plus haut")
			} else {
				say("Déplacé" + nbsp + ": il était plus bas")
			}
			if k := w.from.Blocks[at].Kind; k != s.Block.Kind {
				say("Nature" + nbsp + ": " + k.Name() + " → " + s.Block.Kind.Name())
			}
		}
	}
	for _, s := range row.Old {
		at, known := w.news[s.Block.ID]
		if known && !slices.ContainsFunc(row.New, func(o Side) bool { return o.Block.ID == s.Block.ID }) && alike(s.Block, &w.to.Blocks[at]) {
			if at < w.bi {
				say("Déplacé" + nbsp + ": il est maintenant plus haut")
			} else {
				say("Déplacé" + nbsp + ": il est maintenant plus bas")
			}
		}
	}
}

// alike is whether two states of a block share most of their words.
func alike(a, b *Block) bool {
	x, y := tokens(a.Text()), tokens(b.Text())
	names := map[string]int{}
	n := 0
	for _, m := range shortest(named(x, names), named(y, names)) {
		n += m.n
	}
	return 2*n >= max(len(x), len(y))
}

// form is a block's formatting, written so that it can be compared.
func form(b *Block) string {
	var s strings.Builder
	for _, r := range b.Runs {
		mark := ""
		if r.Strong {
			mark += "s"
		}
		if r.Em {
			mark += "e"
		}
		s.WriteString(strings.Repeat(mark+"|"+r.Link+"\n", len([]rune(r.Text))))
	}
	return s.String()
}
