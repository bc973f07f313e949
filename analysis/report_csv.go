package analysis

import (
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/corpora"
)

// The tables are [corpora.Records].

// WriteDocuments writes documents.csv; an empty theme is unclassified, lists are
// joined by « | ».
func (r *Report) WriteDocuments(w io.Writer) error {
	return table(w, []string{"id", "theme", "themes", "mots_cles"}, len(r.Documents), func(i int) []string {
		d := r.Documents[i]
		return []string{d.ID, d.Theme, strings.Join(d.Themes, "|"), strings.Join(d.Keywords, "|")}
	})
}

// WriteThemes writes themes.csv; the terms are joined by « | », and a stability that was
// not measured is an empty cell.
func (r *Report) WriteThemes(w io.Writer) error {
	header := []string{"theme", "nom", "segments", "contributions", "auteurs", "communes", "stabilite", "termes", "chi2"}
	return table(w, header, len(r.Themes), func(i int) []string {
		t := r.Themes[i]
		var forms, chi2 []string
		stability := ""
		if t.Stability > 0 {
			stability = decimal(t.Stability)
		}
		for _, term := range t.Terms {
			forms = append(forms, strings.ReplaceAll(term.Form, "|", "/"))
			chi2 = append(chi2, decimal(term.Chi2))
		}
		return []string{t.ID, t.Label, strconv.Itoa(t.Segments), strconv.Itoa(t.Documents), strconv.Itoa(t.Authors), strconv.Itoa(t.Communes),
			stability, strings.Join(forms, "|"), strings.Join(chi2, "|")}
	})
}

// WriteSegments writes segments.csv; debut and fin are bytes of the document.
func (r *Report) WriteSegments(w io.Writer) error {
	header := []string{"document", "segment", "debut", "fin", "theme", "score", "nature", "texte"}
	cells := make([]string, 0, len(header))
	return table(w, header, len(r.Segments), func(i int) []string {
		s := &r.Segments[i]
		return append(cells, s.Document, s.ID, strconv.Itoa(s.Start), strconv.Itoa(s.End), s.Theme, decimal(s.Score), s.Nature, s.Text)
	})
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// table writes rows below a header.
func table(w io.Writer, header []string, rows int, row func(i int) []string) error {
	out := corpora.NewRecords(w)
	out.Write(header...)
	for i := range rows {
		out.Write(row(i)...)
	}
	return out.Flush()
}
