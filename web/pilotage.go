package web

import (
	"context"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult"
)

// steering is what the staff's pages share: the files that wait to be imported
// and the import that runs. It lives as long as its server.
type steering struct {
	s *Server

	// turn holds a token while a whole file is in memory to be read: one at a
	// time.
	turn chan struct{}
	// walk holds a token while the journal's chain is verified.
	walk chan struct{}

	shelf sync.Mutex // guards the list of files that wait, see pilotage_fichiers.go

	mu      sync.Mutex
	running string // the upload that is being imported here, "" when none
}

func (s *Server) routeSteering(on register) {
	d := &steering{s: s, turn: make(chan struct{}, 1), walk: make(chan struct{}, 1)}
	s.steering = d
	staff := func(pattern string, fn func(*visit) error) {
		on(pattern, func(v *visit) error {
			if err := v.need(consult.Staff); err != nil {
				return err
			}
			return fn(v)
		})
	}
	staff("GET /pilotage", d.home)

	staff("GET /pilotage/edition", (*visit).editEdition)
	staff("POST /pilotage/edition", (*visit).saveEdition)

	staff("GET /pilotage/accreditation", (*visit).people)
	staff("POST /pilotage/accreditation", (*visit).accredit)
	staff("POST /pilotage/accreditation/liens", (*visit).newLink)
	staff("POST /pilotage/accreditation/role", (*visit).assign)
	staff("GET /pilotage/accreditation/effacer", (*visit).askErasePerson)
	staff("POST /pilotage/accreditation/effacer", d.erasePerson)
	staff("POST /pilotage/accreditation/fichiers", d.uploadRoster)
	staff("GET /pilotage/accreditation/fichiers/{id}", d.roster)
	staff("POST /pilotage/accreditation/fichiers/{id}", d.accreditRoster)
	staff("POST /pilotage/accreditation/fichiers/{id}/colonnes", d.rosterColumns)
	staff("POST /pilotage/accreditation/fichiers/{id}/liens", d.rosterLinks)
	staff("GET /pilotage/accreditation/fichiers/{id}/doutes.csv", d.rosterDoubts)

	staff("GET /pilotage/imports", d.imports)
	staff("POST /pilotage/imports", d.uploadContributions)
	staff("GET /pilotage/imports/{id}", d.importPage)
	staff("POST /pilotage/imports/{id}", d.startImport)
	staff("POST /pilotage/imports/{id}/colonnes", d.importColumns)
	staff("POST /pilotage/imports/{id}/retirer", d.discard)
	staff("GET /pilotage/imports/{id}/doutes.csv", d.importDoubts)

	staff("GET /pilotage/rencontres", (*visit).noteForm)
	staff("POST /pilotage/rencontres", (*visit).noteMeeting)

	staff("GET /pilotage/journal", (*visit).journal)
	staff("POST /pilotage/journal/verification", d.verifyJournal)
	staff("GET /pilotage/journal.csv", (*visit).journalCSV)

	s.tasks.Go(d.sweepHourly)
}

// alone waits for its turn to hold a whole file in memory.
func (d *steering) alone(ctx context.Context) (done func(), err error) {
	select {
	case d.turn <- struct{}{}:
		return func() { <-d.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// sweepHourly takes old files away, at the start and every hour.
func (d *steering) sweepHourly() {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		d.sweep()
		select {
		case <-d.s.ctx.Done():
			return
		case <-tick.C:
		}
	}
}
