package paper

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/chart"
	"github.com/villes-internet/congres/motion/publish"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// How much of a theme is set.
const (
	verbatims = 6
	proposals = 5
	terms     = 12
	longQuote = 700 // letters
	aside     = 50  // unclassified sentences of the whole report
	ownWords  = 6   // of a variable's value
)

// PDF writes the report as a tagged PDF. Errors: pdf.ErrFont, those of w.
func PDF(w io.Writer, r *analysis.Report, fonts *pdf.Fonts) error {
	set, err := text(r)
	if err != nil {
		return err
	}
	return pdf.Write(w, set, fonts)
}

// DOCX writes the report for a word processor.
func DOCX(w io.Writer, r *analysis.Report) error {
	set, err := text(r)
	if err != nil {
		return err
	}
	return publish.Paper(w, set)
}

// A setting is a text in the making.
type setting struct {
	*pdf.Text
	names map[string]string // of the texts, by identifier
}

func (s *setting) say(k pdf.Kind, text string) {
	s.Blocks = append(s.Blocks, pdf.Block{Kind: k, Spans: []pdf.Span{{Text: text}}})
}

func (s *setting) table(t pdf.Table) { s.Blocks = append(s.Blocks, pdf.Block{Table: &t}) }

func (s *setting) draw(d *chart.Drawing, alt string) {
	if d == nil || len(d.Marks) == 0 {
		return
	}
	s.Blocks = append(s.Blocks, pdf.Block{Figure: figure(d, alt)})
}

// text lays the report out.
func text(r *analysis.Report) (*pdf.Text, error) {
	name := strings.TrimSpace(r.Corpus.Name)
	if name == "" {
		name = "Corpus sans nom"
	}
	made := "Produit par Congrès dans l’atelier, les décisions de l’équipe comprises."
	if !r.Workshop && !r.Revised {
		made = "Produit par Congrès. " + r.Again().Promise
	}
	names := make(map[string]string, len(r.Documents))
	for i, d := range r.Documents {
		names[d.ID] = r.TextName(i)
	}
	s := &setting{names: names, Text: &pdf.Text{Title: "Rapport d’analyse – " + name, Subject: "Thèmes d’un corpus de contributions",
		Colophon: []string{made,
			fmt.Sprintf("Réglages\u00a0: thèmes %s, vue %s, graine %d.", asked(r.Settings.Themes), r.Settings.View, r.Settings.Seed)}}}
	s.say(pdf.Title, s.Title)
	for _, note := range append([]string{r.Corpus.Language}, r.Notes...) {
		if note != "" {
			s.say(pdf.Marked, note)
		}
	}
	s.say(pdf.Paragraph, counted(r))
	s.speakers(r)
	if len(r.Themes) > 0 {
		s.say(pdf.Heading, "Les thèmes")
		themes := r.Map(true, nil)
		s.draw(themes, "Carte des thèmes\u00a0: le tableau qui suit dit la même chose.")
		var axes []chart.Key
		letter := make(map[string]string)
		for n, a := range r.Axes {
			for _, id := range a.Themes {
				letter[id] = r.AxisLetter(n) + ". " + a.Label
			}
			axes = append(axes, chart.Key{Group: r.AxisGroup(n), Label: r.AxisLetter(n) + ". " + a.Label})
		}
		if len(axes) > 0 && themes != nil {
			s.draw(chart.Legend("Le numéro est celui du thème dans la liste qui suit, la surface du disque son nombre de textes, le motif son axe\u00a0:", axes),
				"Légende de la carte\u00a0: le motif de chaque axe.")
		}
		table := pdf.Table{Head: []string{"Thème", "Axe", "Textes", "Phrases", "Auteur·rices"}, Widths: []float64{5, 4, 1.3, 1.4, 1.9}, Right: []bool{false, false, true, true, true}}
		for n, t := range r.Themes {
			table.Rows = append(table.Rows, []string{strconv.Itoa(n+1) + ". " + t.Label, letter[t.ID], strconv.Itoa(t.Documents), strconv.Itoa(t.Segments), strconv.Itoa(t.Authors)})
		}
		if r.Corpus.Authors == 0 { // nobody is known: that says nothing of how many there are
			const known = 4
			table.Head, table.Widths, table.Right = table.Head[:known], table.Widths[:known], table.Right[:known]
			for n := range table.Rows {
				table.Rows[n] = table.Rows[n][:known]
			}
		}
		s.table(table)
		s.draw(chart.Mind(r.Tree(nil)), "Carte mentale des axes, des thèmes et des sous-thèmes\u00a0: les titres de ce rapport disent la même chose.")
	}
	said := make(map[string]analysis.Segment, len(r.Segments))
	for _, x := range r.Segments {
		said[x.ID] = x
	}
	for n := range r.Themes {
		s.theme(r, n, said)
	}
	method, err := r.Method()
	if err != nil {
		return nil, err
	}
	s.unclassified(r)
	s.readings(r, method)
	s.indicators(r)
	s.method(method)
	return s.Text, nil
}

func asked(themes int) string {
	if themes == 0 {
		return "auto"
	}
	return strconv.Itoa(themes)
}

func (s *setting) theme(r *analysis.Report, n int, said map[string]analysis.Segment) {
	t := &r.Themes[n]
	s.say(pdf.Heading, strconv.Itoa(n+1)+". "+t.Label)
	guided := ""
	if t.Guided {
		guided = " Thème guidé par l’équipe\u00a0: il réunit ce qu’attire l’axe «\u00a0" + t.Guide + "\u00a0»."
	}
	s.say(pdf.Paragraph, who(t)+guided+" "+t.Steadiness()+".")
	var rows [][]string
	for _, x := range t.Terms[:min(terms, len(t.Terms))] {
		rows = append(rows, []string{x.Form, decimal(x.Chi2), strconv.Itoa(x.In), strconv.Itoa(x.Out)})
	}
	if len(rows) > 0 {
		s.say(pdf.Heading2, "Pourquoi il existe\u00a0: ses mots")
		if !t.Distinguished() {
			s.say(pdf.Paragraph, "Aucun mot ne le distingue du reste. Voici les siens.")
		}
		s.table(pdf.Table{Head: []string{"Mot ou expression", "χ²", "Phrases du thème", "Autres phrases"}, Rows: rows, Widths: []float64{5, 1.5, 2, 2}, Right: []bool{false, true, true, true}})
	}
	if len(t.Subthemes) > 0 {
		s.say(pdf.Heading2, "Ses sous-thèmes")
		for _, x := range t.Subthemes {
			s.say(pdf.Item, x.Label+" ("+count(x.Documents, "texte")+", "+count(x.Segments, "phrase")+", stabilité "+decimal(x.Stability)+")")
		}
	}
	quoted := make(map[string]bool)
	for _, v := range t.Verbatims {
		if x, ok := said[v.Segment]; ok && len(quoted) < verbatims {
			if len(quoted) == 0 {
				s.say(pdf.Heading2, "Ce qui s’y dit")
			}
			s.say(pdf.Marked, s.quote(x))
			quoted[v.Segment] = true
		}
	}
	proposed := 0
	for _, v := range t.Verbatims {
		if x, ok := said[v.Segment]; ok && x.Nature == "proposition" && !quoted[v.Segment] && proposed < proposals {
			if proposed == 0 {
				s.say(pdf.Heading2, "Ce qui s’y propose")
			}
			s.say(pdf.Marked, s.quote(x))
			proposed++
		}
	}
	rows = nil
	for _, x := range t.Profile {
		if x.Apart() {
			rows = append(rows, []string{analysis.VariableName(x.Variable), analysis.ValueName(x.Variable, x.Modality), fmt.Sprintf("%d sur %d", x.In, x.All), decimal(x.Score), analysis.SpecificityWords(x.Score)})
		}
	}
	if len(rows) > 0 {
		s.say(pdf.Heading2, "Qui en parle plus, qui en parle moins")
		s.table(pdf.Table{Head: []string{"Variable", "Valeur", "Textes", "Spécificité", "Ce qu’elle dit"}, Rows: rows, Widths: []float64{2, 2.7, 1.4, 2, 4.6}, Right: []bool{false, false, true, true}})
	}
}

// who says how much a theme is spoken of, and by how many where it is known.
func who(t *analysis.Theme) string {
	out := count(t.Documents, "texte")
	if t.Authors > 0 {
		out += ", " + count(t.Authors, "auteur·rice")
	}
	if t.Communes > 0 {
		out += ", " + count(t.Communes, "commune")
	}
	return out + ", " + count(t.Segments, "phrase") + "."
}

func count(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + "\u00a0" + noun
}

func (s *setting) quote(x analysis.Segment) string {
	words := strings.Join(strings.Fields(x.Text), " ")
	if letters := []rune(words); len(letters) > longQuote {
		words = string(letters[:longQuote]) + "…"
	}
	return "«\u00a0" + words + "\u00a0» (texte " + cmp.Or(s.names[x.Document], x.Document) + ")"
}

func (s *setting) readings(r *analysis.Report, method analysis.Method) {
	name := make(map[string]string)
	for n, t := range r.Themes {
		name[t.ID] = strconv.Itoa(n+1) + ". " + t.Label
	}
	s.say(pdf.Heading, "Les mêmes textes lus autrement")
	if x := r.Second; x != nil {
		s.say(pdf.Heading2, "Classification de Reinert")
		for _, p := range method.Reinert {
			s.say(pdf.Paragraph, p)
		}
		s.draw(r.DrawClasses(), "Dendrogramme des classes, décrites dans le tableau qui suit.")
		var rows [][]string
		for n, c := range x.Classes {
			var forms []string
			for _, t := range c.Terms[:min(10, len(c.Terms))] {
				forms = append(forms, t.Form)
			}
			rows = append(rows, []string{strconv.Itoa(n + 1), strings.Join(forms, ", "), strconv.Itoa(c.Segments), strconv.Itoa(c.Again), name[c.Theme]})
		}
		s.table(pdf.Table{Head: []string{"Classe", "Mots", "Phrases", "Retrouvées", "Thème le plus proche"}, Rows: rows, Widths: []float64{1.2, 5.4, 1.4, 1.8, 3.8}, Right: []bool{false, false, true, true}})
	}
	if p := r.Plane; p != nil {
		s.say(pdf.Heading2, "Analyse factorielle des correspondances")
		for _, p := range method.AFC {
			s.say(pdf.Paragraph, p)
		}
		s.draw(r.DrawPlane(true), "Premier plan factoriel des thèmes, par leurs numéros, et des mots. Les coordonnées sont dans le tableau qui suit.")
		s.plane(p, name)
	}
	if b := r.Bare; b != nil {
		s.say(pdf.Heading2, "Sans les tables de mots")
		s.say(pdf.Paragraph, fmt.Sprintf("La même analyse par les seuls mots partagés. Accord\u00a0: indice de Rand ajusté %s, mesure V %s (%s).", decimal(b.Agreement.ARI), decimal(b.Agreement.V), analysis.AgreementWords(b.Agreement.ARI)))
		var rows [][]string
		for _, t := range b.Themes {
			rows = append(rows, []string{t.Label, strconv.Itoa(t.Documents), strconv.Itoa(t.Segments), decimal(t.Stability), name[t.Theme]})
		}
		s.table(pdf.Table{Head: []string{"Thème sans les tables", "Textes", "Phrases", "Stabilité", "Le plus proche avec elles"}, Rows: rows, Widths: []float64{4, 1.3, 1.4, 1.5, 4}, Right: []bool{false, true, true, true}})
	}
}

func decimal(x float64) string {
	return strings.NewReplacer(".", ",", "-", "\u2212").Replace(strconv.FormatFloat(x, 'f', 2, 64))
}

// plane sets the table of an AFC.
func (s *setting) plane(p *analysis.Plane, name map[string]string) {
	t := pdf.Table{Head: []string{"Thème ou mot"}, Widths: []float64{4}, Right: []bool{false}}
	column := func(head string, width float64) {
		t.Head, t.Widths, t.Right = append(t.Head, head), append(t.Widths, width), append(t.Right, true)
	}
	for n := range p.Inertia {
		column("Axe "+strconv.Itoa(n+1), 1.2)
	}
	column("cos² (1, 2)", 1.3)
	for n := range p.Values {
		column("Contr.\u00a0"+strconv.Itoa(n+1), 1.6)
	}
	for _, x := range p.Points {
		label := x.Form
		if x.Theme != "" {
			label = name[x.Theme]
		}
		row := []string{label}
		for _, at := range []float64{x.X, x.Y, x.Z}[:min(3, len(p.Inertia))] {
			row = append(row, decimal(at))
		}
		row = append(row, decimal(x.Cos2))
		for _, part := range x.Contributions {
			row = append(row, strings.Replace(strconv.FormatFloat(100*part, 'f', 1, 64), ".", ",", 1)+"\u00a0%")
		}
		t.Rows = append(t.Rows, row)
	}
	s.table(t)
}

// figure turns a drawing into the PDF's shapes; groups differ by grey and by hatching.
func figure(d *chart.Drawing, alt string) *pdf.Figure {
	f := &pdf.Figure{Width: d.Width, Height: d.Height, Alt: alt}
	for _, m := range d.Marks {
		s := pdf.Shape{X: m.X, Y: m.Y, W: m.W, H: m.H, Size: m.Size, Text: m.Text, At: float64(m.Anchor) / 2, Strong: m.Strong}
		if m.Soft {
			s.Gray = .7
		}
		switch m.Kind {
		case chart.Rect, chart.Disc:
			if s.Gray = tints[m.Group%chart.Patterns]; m.Soft {
				s.Gray = 1
			}
			if s.Form = pdf.Box; m.Kind == chart.Disc {
				s.Form = pdf.Ring
			}
			f.Shapes = append(f.Shapes, s)
			if !m.Soft {
				f.Shapes = append(f.Shapes, hatch(m)...)
			}
			continue
		case chart.Circle:
			s.Form, s.Gray = pdf.Ring, 1
		case chart.Line:
			s.Form = pdf.Stroke
		case chart.Curve:
			s.Form = pdf.Bow
		case chart.Word:
			s.Form, s.Gray = pdf.Label, 0
		}
		f.Shapes = append(f.Shapes, s)
	}
	return f
}
