package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// A moment is what the states said of an edition at one time.
type moment struct {
	edition string
	known   bool   // there is such an edition
	runs    []*Run // in time
	run     *Run   // the newest, nil when there is none
	before  *Run   // the one before it
	last    uint64 // of the desk's facts on the edition
	gone    uint64 // the last fact that hid, showed or erased
	choices []*choice
	// When asked for:
	corpus corpora.Corpus
	texts  map[string]*consult.Contribution
}

func (d *Desk) moment(edition string, withCorpus bool) *moment {
	m := &moment{edition: edition}
	d.config.Ledger.View(func(v ledger.View) {
		s, c := ledger.Of[*State](v), ledger.Of[*consult.State](v)
		m.known = c.Edition(edition) != nil
		m.last, m.gone, m.choices = s.last[edition], s.gone, s.choices[edition]
		if r := s.runs[edition]; len(r) > 0 {
			m.runs, m.run = r, r[len(r)-1]
			if len(r) > 1 {
				m.before = r[len(r)-2]
			}
		}
		if !withCorpus {
			return
		}
		m.corpus = c.Corpus(edition)
		m.texts = make(map[string]*consult.Contribution, len(m.corpus.Documents))
		for _, x := range m.corpus.Documents {
			m.texts[x.ID] = c.Contribution(x.ID)
		}
	})
	return m
}

// read is the corpus as the run whose report is r read it, without what is
// hidden or erased now: those contributions, in the versions of that time.
func (m *moment) read(r *analysis.Report) corpora.Corpus {
	version := map[string]int{}
	for _, p := range r.Documents {
		version[p.ID] = p.Version
	}
	out := corpora.Corpus{Name: m.corpus.Name}
	for _, x := range m.corpus.Documents {
		n := version[x.ID]
		c := m.texts[x.ID]
		if n < 1 || c == nil || n > len(c.Versions) {
			continue
		}
		x.Version, x.Text = n, c.Versions[n-1].Text
		out.Documents = append(out.Documents, x)
	}
	return out
}

// loaded is a report as kept.
type loaded struct {
	blob   string
	report *analysis.Report
}

// base is the report of an edition's newest run as kept. errMoved: its file
// has just been replaced.
func (d *Desk) base(ctx context.Context, r *Run) (*analysis.Report, error) {
	d.mu.Lock()
	b := d.bases[r.Edition]
	d.mu.Unlock()
	if b.blob == r.blob && b.report != nil {
		return b.report, nil
	}
	report, err := d.load(ctx, r)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.bases[r.Edition] = loaded{r.blob, report}
	d.mu.Unlock()
	return report, nil
}

// load reads a kept report.
func (d *Desk) load(ctx context.Context, r *Run) (*analysis.Report, error) {
	data, err := d.config.Blobs.Blob(ctx, r.blob)
	if errors.Is(err, store.ErrNotFound) {
		// Another node may have replaced it, and said so before it took it away.
		if err := d.config.Ledger.CatchUp(ctx); err != nil {
			return nil, err
		}
		var now *Run
		d.config.Ledger.View(func(v ledger.View) { now = ledger.Of[*State](v).run(r.ID) })
		if now != nil && now.blob != r.blob {
			return nil, errMoved
		}
	}
	if err != nil {
		return nil, fmt.Errorf("desk: report of run %s: %w", r.ID, err)
	}
	if sha256.Sum256(data) != r.hash {
		return nil, fmt.Errorf("desk: report of run %s: %w: its bytes were changed", r.ID, store.ErrCorrupt)
	}
	report := new(analysis.Report)
	if err := json.Unmarshal(data, report); err != nil {
		return nil, fmt.Errorf("desk: report of run %s: %w", r.ID, err)
	}
	return report, nil
}
