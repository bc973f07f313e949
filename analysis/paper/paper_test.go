package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"html"
	"image/png"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

func report(t *testing.T) *analysis.Report {
	t.Helper()
	c := corpora.Corpus{Name: "Essai </w:t>"}
	for i, text := range []string{"=1+1 Il faut plus de bus le soir.", "Les bus du dimanche sont trop rares.", "@SUM(A1) Un arrêt de bus abrité, c’est mieux.",
		"La cantine scolaire devrait servir des légumes.", "Des légumes de la région\x00 à la cantine\ufffe \xff.", "Une cantine scolaire & gratuite </t> avec des légumes frais.", "Logiciels libres à la mairie.", "Les logiciels libres coûtent moins à la mairie."} {
		c.Documents = append(c.Documents, corpora.Document{ID: string(rune('a' + i)), Text: text})
	}
	r, err := analysis.Run(context.Background(), c, analysis.Settings{Themes: 3})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWell reads every part back as XML, twice the same bytes, and no formula.
func TestWell(t *testing.T) {
	r := report(t)
	for name, write := range map[string]func(io.Writer, *analysis.Report) error{"docx": DOCX, "xlsx": XLSX} {
		var one, two bytes.Buffer
		if err := write(&one, r); err != nil {
			t.Fatal(err)
		}
		if err := write(&two, r); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: two writings differ (%v)", name, err)
		}
		z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
		if err != nil {
			t.Fatal(err)
		}
		said, pictures := "", 0
		for _, f := range z.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f.Name, ".png") {
				if _, err := png.Decode(in); err != nil {
					t.Errorf("%s %s: %v", name, f.Name, err)
				}
				pictures++
				continue
			}
			for d := xml.NewDecoder(in); ; {
				token, err := d.Token()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s %s: %v", name, f.Name, err)
				}
				switch x := token.(type) {
				case xml.StartElement:
					if x.Name.Local == "f" {
						t.Errorf("%s %s has a formula", name, f.Name)
					}
				case xml.CharData:
					said += string(x)
				}
			}
			in.Close()
		}
		if name == "docx" && pictures < 2 {
			t.Errorf("%s has %d figures", name, pictures)
		}
		wanted := []string{"cantine scolaire & gratuite </t>", "=1+1 Il faut"}
		if name == "xlsx" {
			wanted = append(wanted, "compté enf\u00a0: dans la valeurF\u00a0: en toutt\u00a0: taille de la valeurT\u00a0: taille du toutspécificité", "mot employé une seule fois, toutes ses formes réunies"+r.Hapax[0])
		}
		for _, want := range wanted {
			if !strings.Contains(said, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

func TestHeld(t *testing.T) {
	if got := held(strings.Repeat("é", 40_000)); len([]rune(got)) > 32_767 || !strings.HasSuffix(got, "segments.csv") {
		t.Errorf("a cell of %d letters", len([]rune(got)))
	}
	if got := held("court"); got != "court" {
		t.Errorf("got %q", got)
	}
}

// TestColumns sees that authors have a column where some are known, and that no
// sentence is quoted twice in a theme.
func TestColumns(t *testing.T) {
	r := report(t)
	columns := func() string {
		for _, b := range laid(t, r).Blocks {
			if b.Table != nil && b.Table.Head[0] == "Thème" {
				for _, row := range b.Table.Rows {
					if len(row) != len(b.Table.Head) {
						t.Errorf("%d cells under %d heads", len(row), len(b.Table.Head))
					}
				}
				return strings.Join(b.Table.Head, " ")
			}
		}
		return ""
	}
	if got := columns(); got != "Thème Axe Textes Phrases" {
		t.Errorf("without authors: %s", got)
	}
	r.Corpus.Authors = 3
	if got := columns(); got != "Thème Axe Textes Phrases Auteur·rices" {
		t.Errorf("with authors: %s", got)
	}
	quoted := make(map[string]bool)
	for _, b := range laid(t, r).Blocks {
		if b.Kind == pdf.Marked && quoted[b.Spans[0].Text] {
			t.Errorf("%s is quoted twice", b.Spans[0].Text)
		} else if b.Kind == pdf.Marked {
			quoted[b.Spans[0].Text] = true
		}
	}
	if len(quoted) < 3 {
		t.Errorf("only %d sentences are quoted", len(quoted))
	}
}

func laid(t *testing.T, r *analysis.Report) *pdf.Text {
	t.Helper()
	out, err := text(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAround: papers say who spoke, what is unclassified and why, and how the report
// was made, in the words of rapport.html.
func TestAround(t *testing.T) {
	r := report(t)
	said := func() (all, headings string, items int) {
		for _, b := range laid(t, r).Blocks {
			for _, s := range b.Spans {
				all += s.Text + "\n"
				switch b.Kind {
				case pdf.Heading, pdf.Heading2:
					headings += s.Text + "\n"
				case pdf.Item:
					items++
				}
			}
			if b.Table != nil && b.Table.Head[0] == "Valeur" {
				for _, row := range b.Table.Rows {
					if len(row) != len(b.Table.Head) || len(row) != len(b.Table.Widths) {
						t.Errorf("%d cells under %d heads", len(row), len(b.Table.Head))
					}
					all += strings.Join(row, "|") + "\n"
				}
			}
		}
		return
	}
	var page bytes.Buffer
	if err := r.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	plain := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html.UnescapeString(page.String()), "")
	m, err := r.Method()
	if err != nil || len(m.Steps) < 7 || len(m.Limits) < 2 || len(m.Figures) < 2 {
		t.Fatalf("the method: %+v, %v", m, err)
	}
	all, _, _ := said()
	for _, p := range slices.Concat(m.Steps, m.Limits, m.Figures) {
		if !strings.Contains(plain, p) || !strings.Contains(all, p) || strings.ContainsAny(p, "<>{") {
			t.Errorf("not in both: %q", p)
		}
	}
	if !strings.Contains(all, "Le corpus ne dit ni taille") {
		t.Error("nothing says that nothing is known of who spoke")
	}
	r.Variables = []analysis.Variable{{Name: corpora.VarSize, Modalities: []analysis.Modality{{Name: "moins de 1 000", Documents: 7, Authors: 6,
		Specific: []analysis.Specific{{Form: "cantine", In: 3, All: 4, Score: 2.25}}}}}}
	for i := range r.Segments {
		r.Segments[i].Theme, r.Segments[i].Why = "", "trop court"
	}
	for len(r.Segments) < aside {
		r.Segments = append(r.Segments, r.Segments[0])
	}
	r.Segments = append(r.Segments, analysis.Segment{Text: "De trop.", Document: "z", Why: "autre langue"})
	r.Themes = nil
	for authors, row := range map[int]string{0: "moins de 1 000|7|cantine 2,25", 6: "moins de 1 000|7|6|cantine 2,25"} {
		r.Corpus.Authors = authors
		all, headings, items := said()
		for _, want := range []string{row, "51\u00a0phrases sur", "Les 50 premières suivent"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q is not said", want)
			}
		}
		if !strings.Contains(headings, "Taille de la commune\n") || !strings.Contains(headings, "trop court (50)\n") || strings.Contains(all, "De trop.") || items != aside {
			t.Errorf("%d sentences under:\n%s", items, headings)
		}
	}
}

// TestTextNames calls the service's texts by what people know of them.
func TestTextNames(t *testing.T) {
	r := report(t)
	r.Workshop = true
	r.Documents[0].Values = map[string]string{corpora.VarCommune: "Lille"}
	set, err := text(r)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, b := range set.Blocks {
		for _, span := range b.Spans {
			found = found || strings.HasSuffix(span.Text, "\u00a0» (texte 1, Lille)")
			if strings.HasSuffix(span.Text, "(texte a)") {
				t.Errorf("a text is called by the service's identifier: %s", span.Text)
			}
		}
	}
	if !found {
		t.Error("the first text is quoted nowhere")
	}
}

// TestSpecificities holds the columns f, F, t and T to one meaning in all rows.
func TestSpecificities(t *testing.T) {
	r := report(t)
	r.Themes[0].Profile = []analysis.Share{{Variable: "taille", Modality: "grande", In: 2, Theme: 3, All: 4, Total: 8, Score: .5}}
	r.Variables = []analysis.Variable{{Name: "taille", Words: 40, Modalities: []analysis.Modality{{Name: "grande", Words: 20,
		Specific: []analysis.Specific{{Form: "bus", In: 3, All: 5, Score: 2.25}}}}}}
	for _, s := range sheets(r) {
		if s.name != "spécificités" {
			continue
		}
		want := [][]any{{"thème", r.Themes[0].Label, "taille", "grande", "textes", 2, 3, 4, 8, .5}, {"mot", "bus", "taille", "grande", "mots", 3, 5, 20, 40, 2.25}}
		if len(s.rows) != 3 || len(s.rows[0]) != len(want[0]) {
			t.Fatalf("%v", s.rows)
		}
		for i, row := range want {
			if !slices.Equal(s.rows[i+1], row) {
				t.Errorf("%v, want %v", s.rows[i+1], row)
			}
		}
		return
	}
	t.Error("no such sheet")
}
