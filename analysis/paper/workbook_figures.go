package paper

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
)

// figures are the sheets of what the page draws, where the report has it; label gives
// a theme its name.
func figures(r *analysis.Report, label func(id string) string) (out []*sheet) {
	if p := r.Plane; p != nil {
		s := &sheet{name: "AFC"}
		head := []any{"de quoi", "thème ou mot"}
		for n := range p.Inertia {
			head = append(head, fmt.Sprintf("axe %d (%s\u00a0%% de l’inertie)", n+1, strings.Replace(strconv.FormatFloat(100*p.Inertia[n], 'f', 1, 64), ".", ",", 1)))
		}
		head = append(head, "cos² (plan 1, 2)", "contribution au plan (part)")
		for n := range p.Values {
			head = append(head, fmt.Sprintf("contribution à l’axe %d (part)", n+1))
		}
		s.add(head...)
		for _, x := range p.Points {
			row := []any{"mot", x.Form}
			if x.Theme != "" {
				row = []any{"thème", label(x.Theme)}
			}
			for _, at := range []float64{x.X, x.Y, x.Z}[:min(3, len(p.Inertia))] {
				row = append(row, amount{at, 3})
			}
			row = append(row, amount{x.Cos2, 3}, amount{x.Contribution, 3})
			for _, part := range x.Contributions {
				row = append(row, amount{part, 3})
			}
			s.add(row...)
		}
		out = append(out, s)
	}
	if x := r.Second; x != nil {
		s := &sheet{name: "Reinert"}
		s.add("classe", "phrases de la classe", "retrouvées (classification double)", "thème le plus proche", "phrases en commun", "mot", "χ²", "phrases de la classe qui l’ont", "autres phrases classées qui l’ont")
		for n, c := range x.Classes {
			for _, t := range c.Terms {
				s.add(n+1, c.Segments, c.Again, label(c.Theme), c.Shared, t.Form, t.Chi2, t.In, t.Out)
			}
		}
		out = append(out, s)
	}
	if g := r.Network; g != nil {
		s := &sheet{name: "similitudes"}
		s.add("mot", "mot", "phrases qui ont les deux", "indice d’Ochiai", "phrases qui ont le premier", "phrases qui ont le second")
		for _, e := range g.Edges {
			a, b := g.Nodes[e.A], g.Nodes[e.B]
			s.add(a.Form, b.Form, e.N, amount{e.Weight, 3}, a.Segments, b.Segments)
		}
		out = append(out, s)
	}
	if steps := r.Richness.Growth; len(steps) > 0 {
		s := &sheet{name: "accroissement"}
		s.add("mots lus", "formes rencontrées", "formes attendues au hasard (Muller 1977)")
		for _, x := range steps {
			s.add(x.Tokens, x.Forms, amount{x.Expected, 1})
		}
		out = append(out, s)
	}
	return out
}
