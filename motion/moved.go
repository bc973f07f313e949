package motion

import "slices"

// moved are the identifiers of blocks that both texts have, most of whose words are
// the same, but in another order than the others.
func moved(from, to *Text) map[string]bool {
	names := map[string]int{}
	stay := map[string]bool{}
	for _, m := range shortest(named(from.identifiers(), names), named(to.identifiers(), names)) {
		for i := range m.n {
			stay[from.Blocks[m.a+i].ID] = true
		}
	}
	news, out := standing(to), map[string]bool{}
	for i := range from.Blocks {
		b := &from.Blocks[i]
		if at, known := news[b.ID]; known && !stay[b.ID] && alike(b, &to.Blocks[at]) {
			out[b.ID] = true
		}
	}
	return out
}

func (t *Text) identifiers() (out []string) {
	for i := range t.Blocks {
		out = append(out, t.Blocks[i].ID)
	}
	return out
}

// without is the text but for some blocks.
func (t *Text) without(ids map[string]bool) *Text {
	return &Text{slices.DeleteFunc(slices.Clone(t.Blocks), func(b Block) bool { return ids[b.ID] })}
}

// A spot is where a block that moved stands among the rows of the others.
type spot struct {
	*Block
	row  int // before which it is, -1 within one
	rank int // how many of the others are before it
}

func (c *Comparison) spots(t *Text, moved map[string]bool, sides func(*Row) []Side) (out []spot) {
	rows := map[string]int{}
	for i := range c.Rows {
		for _, s := range sides(&c.Rows[i]) {
			rows[s.Block.ID] = i
		}
	}
	last, rank := -1, 0
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if !moved[b.ID] {
			last, rank = rows[b.ID], rank+1
			continue
		}
		next := len(c.Rows)
		if k := slices.IndexFunc(t.Blocks[i:], func(b Block) bool { return !moved[b.ID] }); k >= 0 {
			next = rows[t.Blocks[i+k].ID]
		}
		s := spot{b, last + 1, rank}
		if next == last {
			s.row = -1
		}
		out = append(out, s)
	}
	return out
}

// place adds the blocks that moved to the comparison of the others: where each was,
// the words that it had, and where it is, what changed in them. It returns those that
// stand within a row, and then adds none.
func (c *Comparison) place(from, to *Text, moved map[string]bool) (within []string) {
	olds := c.spots(from, moved, func(r *Row) []Side { return r.Old })
	news := c.spots(to, moved, func(r *Row) []Side { return r.New })
	was := map[string]spot{}
	for _, s := range slices.Concat(olds, news) {
		if s.row < 0 {
			within = append(within, s.ID)
		}
		if _, known := was[s.ID]; !known {
			was[s.ID] = s // the olds are first
		}
	}
	if len(within) > 0 {
		return within
	}
	gone, come := map[string]Row{}, make([][]Row, len(c.Rows)+1)
	for _, s := range news {
		old := was[s.ID]
		one := compare(&Text{[]Block{*old.Block}}, &Text{[]Block{*s.Block}})
		c.Added, c.Removed = c.Added+one.Added, c.Removed+one.Removed
		here, there := "haut", "bas"
		if s.rank < old.rank {
			here, there = there, here
		}
		row := one.Rows[0]
		gone[s.ID] = Row{Old: row.Old, Inline: []Line{{old.Kind, old.Label(), []Piece{{Stays, old.Text()}}}}, Notes: []string{"Déplacé" + nbsp + ": il est maintenant plus " + there}}
		row.Old, row.Same = nil, false
		row.Notes = append([]string{"Déplacé" + nbsp + ": il était plus " + here}, row.Notes...)
		come[s.row] = append(come[s.row], row)
	}
	var rows []Row
	for i := range come {
		for _, s := range olds {
			if s.row == i {
				rows = append(rows, gone[s.ID])
			}
		}
		rows = append(rows, come[i]...)
		if i < len(c.Rows) {
			rows = append(rows, c.Rows[i])
		}
	}
	c.Rows = rows
	return nil
}
