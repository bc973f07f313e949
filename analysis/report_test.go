package analysis

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

func small() corpora.Corpus {
	c := corpora.Corpus{Name: "Essai <b>", Documents: []corpora.Document{
		{ID: "1", Text: "Les bus sont trop rares le soir.\r\nIl faut plus de bus, dit \"Léa\".", Variables: map[string]string{corpora.VarAuthor: "a", corpora.VarCommune: "Lens"}},
		{ID: "2", Text: "Plus de bus le dimanche, et des arrêts de bus abrités. <script>alert(1)</script>", Variables: map[string]string{corpora.VarAuthor: "b", corpora.VarCommune: "Lens"}},
		{ID: "3", Text: "La cantine scolaire devrait servir des légumes de la région.", Variables: map[string]string{corpora.VarAuthor: corpora.UnknownAuthor}},
		{ID: "4", Text: "Une cantine scolaire avec des légumes frais, pourquoi pas ?"},
		{ID: "5", Text: "…"},
	}}
	return c
}

func TestSmall(t *testing.T) {
	r, err := Run(context.Background(), small(), Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Themes) != 2 || r.Documents[0].Theme != r.Documents[1].Theme || r.Documents[2].Theme != r.Documents[3].Theme || r.Documents[0].Theme == r.Documents[2].Theme {
		t.Errorf("documents %+v", r.Documents)
	}
	if r.Corpus.Authors != 2 || r.Corpus.Communes != 1 || r.Corpus.Unplaced != 1 {
		t.Errorf("summary %+v", r.Corpus)
	}
	if r.Themes[0].Authors != 2 || r.Themes[1].Authors != 0 || r.Themes[1].Documents != 2 {
		t.Errorf("themes %+v", r.Themes)
	}
	for _, s := range r.Segments {
		for _, d := range small().Documents {
			if d.ID == s.Document && d.Text[s.Start:s.End] != s.Text {
				t.Errorf("segment %s: %q", s.ID, s.Text)
			}
		}
	}
}

func TestWriters(t *testing.T) {
	r, err := Run(context.Background(), small(), Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	var html bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "http://", "https://", "NaN", "Essai <b>", "%!"} {
		if strings.Contains(html.String(), never) {
			t.Errorf("rapport.html contains %q", never)
		}
	}
	for _, always := range []string{"&lt;script&gt;", "χ²", "cantine scolaire", "La méthode", "n’est qu’un indice", "le χ² n’est qu’un indice", "--seed 0", `lang="fr"`} {
		if !strings.Contains(html.String(), always) {
			t.Errorf("rapport.html lacks %q", always)
		}
	}
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || len(back.Segments) != len(r.Segments) {
		t.Errorf("rapport.json does not read back: %v", err)
	}
	out.Reset()
	if err := r.WriteSegments(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\r\n") || !strings.HasPrefix(out.String(), "document,segment,debut,fin,theme,score,nature,texte\r\n") {
		t.Errorf("segments.csv starts %q", out.String()[:80])
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != len(r.Segments)+1 {
		t.Errorf("segments.csv: %d rows, %v", len(rows), err)
	}
	out.Reset()
	r.WriteDocuments(&out)
	rows, err = csv.NewReader(&out).ReadAll()
	if err != nil || strings.Join(rows[0], ",") != "id,theme,themes,mots_cles" || rows[5][1] != "" || rows[1][1] == "" {
		t.Errorf("documents.csv: %v %v", rows, err)
	}
	out.Reset()
	r.WriteThemes(&out)
	if rows, err = csv.NewReader(&out).ReadAll(); err != nil || len(rows) != 3 {
		t.Errorf("themes.csv: %v %v", rows, err)
	}
	if dir := os.Getenv("CONGRES_LOOK"); dir != "" {
		os.WriteFile(dir+"/rapport.html", html.Bytes(), 0o644)
	}
}

func TestPercent(t *testing.T) {
	for x, want := range map[float64]string{0: "0\u00a0%", .001: "moins de 1\u00a0%", .01: "1\u00a0%", .994: "99\u00a0%", 209. / 210: "plus de 99\u00a0%", 1: "100\u00a0%"} {
		if got := percent(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}
