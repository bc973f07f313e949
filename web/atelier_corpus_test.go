package web

import (
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestCorpusFile downloads the corpus for other programs, as staff and as nobody
// else.
func TestCorpusFile(t *testing.T) {
	s := newSite(t, withAnalysis)
	staff := s.as(s.staff)
	staff.get("/atelier/corpus-txm.zip").want(t, 404)
	s.speak(60)
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	label := make(map[string]string)
	for _, x := range r.Themes {
		label[x.ID] = x.Label
	}
	page := staff.get("/atelier")
	for _, name := range []string{"corpus-iramuteq.txt", "corpus-txm.zip", "corpus-txm-mots.zip"} {
		if !strings.Contains(page.Body, `href="/atelier/`+name+`"`) {
			t.Errorf("the workshop does not offer %s", name)
		}
		for _, who := range []string{s.zoe, ""} {
			if a := s.as(who).get("/atelier/" + name); a.Status != 403 && a.Status != 303 {
				t.Errorf("%s, %q: status %d", name, who, a.Status)
			}
		}
		a := staff.get("/atelier/"+name).want(t, 200)
		if name == "corpus-txm-mots.zip" {
			if !strings.HasPrefix(a.Body, "PK") {
				t.Errorf("%s is no archive", name)
			}
			continue
		}
		table, err := corpora.Read(name, strings.NewReader(a.Body), corpora.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Rows) != len(r.Documents) {
			t.Errorf("%s: %d texts, want %d", name, len(table.Rows), len(r.Documents))
		}
		for i, d := range r.Documents {
			want := label[d.Theme]
			if d.Theme == "" {
				want = "sans thème"
			}
			if name == "corpus-txm.zip" && table.Cell(i, "theme") != want {
				t.Errorf("%s: text %d is of theme %q, want %q", name, i, table.Cell(i, "theme"), want)
			}
		}
	}
}
