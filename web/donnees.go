package web

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/corpora"
)

// open returns what anybody may reuse: nothing unless the edition is public.
func (v *visit) open() (items []shown, licence string, err error) {
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if e == nil || e.Readers != consult.ReadPublic {
			err = consult.ErrNotFound
			return
		}
		licence = e.Licence
		found := st.Contributions(consult.Query{Edition: e.ID})
		for _, c := range found {
			items = append(items, show(st, e, c))
		}
	})
	return items, licence, err
}

// openCSV is the feed for programs, its texts untouched (see package corpora's
// Records). Whoever wants to read it in a spreadsheet adds ?pour=tableur and
// gets what pages download.
func (v *visit) openCSV() error {
	items, _, err := v.open()
	if err != nil {
		return err
	}
	var to interface{ Write(cells ...string) }
	var flush func() error
	if v.r.URL.Query().Get("pour") == "tableur" {
		sheet := v.sheet("contributions.csv")
		to, flush = sheet, sheet.Close
	} else {
		v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		v.w.Header().Set("Content-Disposition", `attachment; filename="contributions.csv"`)
		records := corpora.NewRecords(v.w)
		to, flush = records, records.Flush
	}
	to.Write("id", "version", "date", "axe", "auteur", "soutiens", "texte")
	for _, c := range items {
		to.Write(c.ID, strconv.Itoa(c.Version), c.At.Format(time.RFC3339), c.Axis, c.Who, strconv.Itoa(c.Supports), c.Text)
	}
	flush() // whoever has left meanwhile reads nothing
	return nil
}

func (v *visit) openJSON() error {
	items, licence, err := v.open()
	if err != nil {
		return err
	}
	type row struct {
		ID       string    `json:"id"`
		Version  int       `json:"version"`
		Date     time.Time `json:"date"`
		Axis     string    `json:"axe"`
		Author   string    `json:"auteur"`
		Supports int       `json:"soutiens"`
		Text     string    `json:"texte"`
	}
	rows := make([]row, 0, len(items))
	for _, c := range items {
		rows = append(rows, row{c.ID, c.Version, c.At, c.Axis, c.Who, c.Supports, c.Text})
	}
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(map[string]any{"licence": licence, "tete": v.s.Ledger.Head().Hash.String(), "contributions": rows})
}
