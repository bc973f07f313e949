package chart

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"
)

const hostile = `</svg><script>alert(1)</script>` + "\x00\xff\ufffe\""

// TestDrawings draws everything with words that would be markup and numbers that
// are none, and reads it back as XML.
func TestDrawings(t *testing.T) {
	spots := []Spot{{0, 0, 5, hostile, 0, hostile}, {0, 0, 0, "mêmes lieux", 1, "/atelier/themes/t1"}, {1, 1, 3, "loin", 7, ""}, {.5, math.NaN(), 1, "nulle part", 2, ""}}
	ties := []Tie{{0, 1, 1}, {1, 2, 0}}
	leaf := func(label string, kids ...Branch) Branch { return Branch{label, kids, "#" + label} }
	tree := leaf(hostile, leaf("un", leaf("deux", leaf("trois")), leaf("")), leaf("quatre"))
	for name, d := range map[string]*Drawing{
		"bars": Bars([]Bar{{hostile, "3", 3}, {"rien", "0", 0}}), "no bars": Bars(nil), "empty bars": Bars([]Bar{{"a", "0", 0}}),
		"growth": Grow([]Growth{{10, 5, 6}, {20, 8, 8}}, "mots", "formes"), "no growth": Grow(nil, "", ""),
		"map": Map(spots, ties, false), "large map": Map(spots, ties, true), "no map": Map(nil, nil, true), "swatch": Swatch(9), "legend": Legend(hostile, []Key{{0, "A. un"}, {1, hostile}, {2, "C. trois"}}), "no legend": Legend("", nil),
		"plane": Plane([]Dot{{0, 0, hostile, 0, false, 1}, {1, -1, "", 3, true, 0}, {900, 1, "loin", 0, false, 1}}, "axe 1", "axe 2", true), "no plane": Plane(nil, "", "", false),
		"words": Words(spots, ties), "tree": Tree(tree), "mind": Mind(tree), "lone": Mind(Branch{Label: "seul"}),
		"forks": Forks([]string{"a", hostile, "c"}, []Fork{{0, 2, 1}, {1, 3, 4}}), "no forks": Forks(nil, nil), "zero": Forks([]string{"a", "b"}, []Fork{{0, 1, 0}}),
	} {
		svg := d.SVG("x", "large")
		if strings.Contains(svg, "<script") || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("%s: %s", name, svg)
		}
		for r := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := r.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, svg)
			}
		}
		if svg != d.SVG("x", "large") {
			t.Errorf("%s: two drawings differ", name)
		}
		for _, m := range d.Marks {
			if m.X < -1 || m.X > d.Width+1 || m.Y < -1 || m.Y > d.Height+1 {
				t.Errorf("%s: %+v is outside of %g × %g", name, m, d.Width, d.Height)
			}
		}
	}
}

// TestLinks sees that what leads somewhere does, and is no second stop for the
// keyboard.
func TestLinks(t *testing.T) {
	spots := []Spot{{0, 0, 5, "un", 0, "/a?b=1&c=2"}, {1, 1, 3, "deux", 1, ""}}
	svg := Map(spots, nil, true).SVG("x", "")
	if got := strings.Count(svg, `<a href="/a?b=1&amp;c=2" tabindex="-1">`); got != 3 || strings.Count(svg, "<a ") != 3 {
		t.Errorf("%d links, want its disc, its number and its label: %s", got, svg)
	}
	for _, d := range []*Drawing{Tree(Branch{"racine", []Branch{{"feuille", nil, "#f"}}, ""}), Mind(Branch{"racine", []Branch{{"feuille", nil, "#f"}}, ""})} {
		if svg := d.SVG("x", ""); strings.Count(svg, `<a href="#f" tabindex="-1"><text`) != 1 {
			t.Errorf("the leaf leads nowhere: %s", svg)
		}
	}
}

// TestFree sees that no word of a plane covers another.
func TestFree(t *testing.T) {
	var dots []Dot
	for i := range 60 {
		dots = append(dots, Dot{math.Sin(float64(i)), math.Cos(float64(7 * i)), "mot assez long", 0, false, float64(i)})
	}
	var words []box
	for _, m := range Plane(dots, "", "", true).Marks {
		if m.Kind == Word && m.Text != "" {
			w := wide(m.Text, m.Size)
			left := m.X - w*float64(m.Anchor)/2
			words = append(words, box{left, m.Y - m.Size*.8, left + w, m.Y + m.Size*.2})
		}
	}
	if len(words) < 15 {
		t.Errorf("%d words only are written", len(words))
	}
	for i, a := range words {
		for _, b := range words[:i] {
			if a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
				t.Errorf("%v covers %v", a, b)
			}
		}
	}
}

// TestNumbers sees that no number of a plane covers another, and that one that was
// moved is tied to its place.
func TestNumbers(t *testing.T) {
	dots := []Dot{{X: 1, Y: 1}, {X: 1.001, Y: 1}, {X: 1, Y: 1.002}, {X: -1, Y: -1}, {X: -1, Y: -1}, {X: .5, Y: -.5}, {X: 1, Y: 1.002}}
	for i := range dots {
		dots[i].Number = i + 1
	}
	var squares []Mark
	ties := 0
	for _, m := range Plane(dots, "", "", true).Marks {
		if m.Kind == Rect {
			squares = append(squares, m)
		}
		if m.Kind == Circle {
			ties++
		}
	}
	for i, a := range squares {
		for _, b := range squares[:i] {
			if math.Abs(a.X-b.X) < a.W && math.Abs(a.Y-b.Y) < a.H {
				t.Errorf("%v covers %v", a, b)
			}
		}
	}
	if len(squares) != len(dots) || ties == 0 {
		t.Errorf("%d squares, %d of them tied to their places", len(squares), ties)
	}
}

// TestNames sees that the names on a map cover neither discs nor each other, and
// that a small map has some.
func TestNames(t *testing.T) {
	var spots []Spot
	for i := range 13 {
		spots = append(spots, Spot{X: (1 + math.Sin(float64(i))) / 2, Y: (1 + math.Cos(float64(7*i))) / 2, Size: float64(i + 1), Label: "Régions, départements, collectivités territoriales"})
	}
	for _, large := range []bool{false, true} {
		names := 0
		var taken []box
		for _, m := range Map(spots, nil, large).Marks {
			var place box
			switch {
			case m.Kind == Disc:
				place = box{m.X - m.W, m.Y - m.W, m.X + m.W, m.Y + m.W}
			case m.Kind == Word && !m.Strong:
				names++
				w := wide(m.Text, m.Size) / 2
				place = box{m.X - w, m.Y - m.Size*.8, m.X + w, m.Y + m.Size*.2}
			default:
				continue
			}
			for _, b := range taken {
				if place.x0 < b.x1 && b.x0 < place.x1 && place.y0 < b.y1 && b.y0 < place.y1 && m.Kind == Word {
					t.Errorf("large %v: %q covers what is at %v", large, m.Text, b)
				}
			}
			taken = append(taken, place)
		}
		if names < 6 {
			t.Errorf("large %v: %d names only", large, names)
		}
	}
}

func TestBrief(t *testing.T) {
	for _, c := range []struct {
		label string
		n     int
		want  string
	}{{"Vote, droit", 13, "Vote, droit"}, {"Décisions, citoyens, tirage au sort", 20, "Décisions, citoyens…"}, {"Décisions, citoyens", 13, "Décisions…"},
		{"Anticonstitutionnellement", 13, "Anticonstitu…"}, {"", 5, ""}} {
		if got := brief(c.label, c.n); got != c.want {
			t.Errorf("brief(%q, %d) = %q, want %q", c.label, c.n, got, c.want)
		}
	}
}
