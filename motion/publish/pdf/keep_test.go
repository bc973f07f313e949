package pdf

import "testing"

// TestKeep never leaves headings at a page's foot without what follows them, wherever
// they come.
func TestKeep(t *testing.T) {
	opened, err := fonts().open()
	if err != nil {
		t.Fatal(err)
	}
	say := func(k Kind, text string) Block { return Block{Kind: k, Spans: []Span{{Text: text}}} }
	for name, what := range map[string]Block{
		"table":  {Table: &Table{Head: []string{"Mot", "χ²"}, Rows: [][]string{{"bus", "12"}, {"école", "9"}}}},
		"figure": {Figure: &Figure{Width: 400, Height: 300, Alt: "une figure", Shapes: []Shape{{Form: Box, W: 400, H: 300}}}},
	} {
		turned := false
		for before := range 45 {
			d := &document{setter: setter{opened}, root: &node{tag: "Document"}, within: map[*node]*node{}, noted: map[int]int{}}
			var blocks []Block
			for range before {
				blocks = append(blocks, say(Paragraph, "Une ligne."))
			}
			blocks = append(blocks, say(Heading, "Les thèmes"), say(Heading2, "Pourquoi ce thème existe"), what)
			p := d.fresh()
			for i := range blocks {
				p = d.block(d.keep(p, blocks[i:]), &blocks[i])
			}
			var page int // where the last block begins
			for n := d.root.kids[len(d.root.kids)-1].node; page == 0; n = n.kids[0].node {
				page = n.kids[0].page
			}
			for _, m := range d.marks {
				if m.page != page {
					t.Errorf("%s after %d lines: « %s » is on another page", name, before, m.title)
				}
			}
			turned = turned || len(d.pages) > 0
		}
		if !turned {
			t.Errorf("%s: no page was turned", name)
		}
	}
}
