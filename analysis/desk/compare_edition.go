package desk

import (
	"context"
	"strings"

	"github.com/villes-internet/congres/analysis"
)

// maxPlaced is how many texts are placed among another edition's themes: of more,
// one in so many.
const maxPlaced = 5_000

// place compares with the themes of another edition: what each contribution says
// under a theme now is placed among the themes of then, as a new contribution
// would have been, and its sentences count there. One comparison at a time.
func (d *Desk) place(ctx context.Context, c *Comparison, now, then *analysis.Report) error {
	if err := take(ctx, d.turn); err != nil {
		return err
	}
	defer func() { <-d.turn }()
	type part struct{ document, theme string }
	var parts []part
	said := map[part][]string{}
	for _, s := range now.Segments {
		if s.Theme == "" {
			continue
		}
		p := part{s.Document, s.Theme}
		if said[p] == nil {
			parts = append(parts, p)
		}
		said[p] = append(said[p], s.Text)
		c.All++
	}
	placer := analysis.NewPlacer(then)
	count, per := map[[2]string]int{}, 1+(len(parts)-1)/maxPlaced
	total, nowhere, joined := map[string]int{}, map[string]int{}, map[string]bool{}
	for i := 0; i < len(parts); i += per {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p := parts[i]
		to, n := placer.Place(strings.Join(said[p], " ")).Theme, len(said[p])
		count[[2]string{p.theme, to}] += n
		total[p.theme] += n
		c.Common += n
		if joined[to] = true; to == "" {
			nowhere[p.theme] += n
		}
	}
	for _, t := range now.Themes {
		if 2*nowhere[t.ID] > total[t.ID] {
			c.New = append(c.New, Named{t.ID, t.Label})
		}
	}
	for _, t := range then.Themes {
		if t.Segments > 0 && !joined[t.ID] {
			c.Gone = append(c.Gone, Named{t.ID, t.Label})
		}
	}
	c.tell(count, now, then)
	return nil
}
