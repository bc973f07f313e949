package web

import (
	"bytes"
	"encoding/csv"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// formulas are what a spreadsheet would run, and what it shows instead.
var formulas = map[string]string{
	`=HYPERLINK("http://ailleurs.example";"Cliquez")`: `'=HYPERLINK("http://ailleurs.example";"Cliquez")`,
	"+33 1 23 45": "'+33 1 23 45", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1",
	"a=1": "a=1", "": "", "l’école": "l’école",
}

func TestHarmless(t *testing.T) {
	for cell, want := range formulas {
		if got := harmless(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

// sheetOf reads a download for a spreadsheet.
func sheetOf(t *testing.T, body string) [][]string {
	t.Helper()
	rest, found := strings.CutPrefix(body, "\ufeff")
	if !found || !strings.Contains(rest, "\r\n") {
		t.Errorf("no byte-order mark or no CRLF: %.60q", body)
	}
	r := csv.NewReader(strings.NewReader(rest))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestWorkshopSheets has what the workshop downloads be for spreadsheets.
func TestWorkshopSheets(t *testing.T) {
	report := &analysis.Report{Segments: []analysis.Segment{
		{ID: "c@1:0-9", Document: "c", Start: 0, End: 9, Score: 0.75, Text: "=1+1\nfin; « oui »"}}}
	var table bytes.Buffer
	if err := report.WriteSegments(&table); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(table.String(), "0.75,,\"=1+1\nfin; « oui »\"\r\n") { // for programs it stays as it is
		t.Errorf("the table is %q", table.String())
	}
	w := httptest.NewRecorder()
	v := &visit{w: w}
	if err := v.sheet("segments.csv").copySheet(&table); err != nil {
		t.Fatal(err)
	}
	rows := sheetOf(t, w.Body.String())
	if got := strings.Join(rows[1], "|"); got != "c|c@1:0-9|0|9||0,75||'=1+1\nfin; « oui »" {
		t.Errorf("got %q", got)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="segments.csv"` {
		t.Errorf("it is called %q", got)
	}
}

// TestFeed gives programs the texts as they are, and spreadsheets a sheet.
func TestFeed(t *testing.T) {
	s := newSite(t)
	text := "=1+1, « deux »\nlignes"
	s.submit(s.zoe, text)
	s.as("").get("/donnees/contributions.csv").want(t, 404)
	s.do(s.staff, func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(s.edition)
		e.Readers = consult.ReadPublic
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	a := s.as("").get("/donnees/contributions.csv").want(t, 200)
	if !strings.HasPrefix(a.Body, "id,version,date,axe,auteur,soutiens,texte\r\n") || !strings.HasSuffix(a.Body, ",0,\""+text+"\"\r\n") {
		t.Errorf("the feed is %q", a.Body)
	}
	rows := sheetOf(t, s.as("").get("/donnees/contributions.csv?pour=tableur").want(t, 200).Body)
	if got := rows[1][len(rows[1])-1]; got != "'"+text {
		t.Errorf("the sheet says %q", got)
	}
}
