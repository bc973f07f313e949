package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

func (d *steering) uploadRoster(v *visit) error {
	u, err := d.receive(v, ofRoster)
	if err != nil {
		status, sentence := explain(err)
		if sentence == "" || v.r.Context().Err() != nil {
			return err
		}
		return v.peoplePage(status, peopleData{Problem: sentence, Form: personForm{Key: store.NewID(), Person: consult.Person{Role: consult.Elu}}})
	}
	return v.redirect("/pilotage/accreditation/fichiers/" + u.ID)
}

// rosterData is what the page of one list of élus shows.
type rosterData struct {
	Upload  *upload
	Kind    string
	Header  []string
	Sheets  []string // of a workbook of several
	Fields  []columnChoice
	Roster  *consult.Roster
	Doubts  []corpora.Doubt
	Preview []consult.Person
	Key     string
	Mail    bool
	Mailed  int
	Passes  []pass
	Copy    string
	Fresh   bool // the links are those of people just accredited
}

// readRoster reads an upload's file as a list of élus.
func (d *steering) readRoster(v *visit) (*upload, *corpora.Table, *consult.Roster, error) {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofRoster)
	if err != nil {
		return nil, nil, nil, err
	}
	t, done, err := d.table(v.r.Context(), u)
	if err != nil {
		return nil, nil, nil, err
	}
	defer done()
	r := consult.ReadRoster(t, u.Roster)
	v.s.view(r.Compare)
	return u, t, r, nil
}

func (d *steering) roster(v *visit) error {
	u, t, r, err := d.readRoster(v)
	if err != nil {
		return err
	}
	data := rosterData{Upload: u, Roster: r, Kind: t.Kind(), Header: t.Header[:min(len(t.Header), shownColumns)], Key: store.NewID(), Mail: v.s.Mail != nil}
	data.Sheets = t.Sheets[:min(len(t.Sheets), shownColumns)]
	data.Doubts = r.Doubts[:min(len(r.Doubts), shownDoubts)]
	data.Preview = r.People[:min(len(r.People), 5)]
	c := r.Columns
	data.Fields = []columnChoice{
		{"courriel", "Courriel", "Indispensable\u00a0: c’est à lui que l’on reconnaît une personne.", c.Email},
		{"nom", "Nom", "", c.LastName}, {"prenom", "Prénom", "", c.FirstName},
		{"complet", "Nom complet", "Quand prénom et nom sont dans une même colonne.", c.Name},
		{"mandat", "Mandat", "", c.Mandate}, {"commune", "Commune ou collectivité", "", c.Town}, {"code_insee", "Code INSEE", "", c.Code},
		{"departement", "Département (code)", "", c.Department}, {"nom_departement", "Département (nom)", "", c.DepartmentName},
		{"population", "Population", "", c.Population}, {"role", "Rôle", "élu, rapporteur ou équipe\u202f; vide\u00a0: élu.", c.Role},
	}
	return v.page("pilotage-elus.html", "Relire "+u.Name, data)
}

func (d *steering) rosterColumns(v *visit) error {
	u, err := d.find(v.r.Context(), v.r.PathValue("id"), ofRoster)
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	turned, err := d.otherSheet(v, u)
	if err != nil {
		return err
	}
	if !turned {
		u.Roster = consult.RosterColumns{Email: v.column("courriel"), LastName: v.column("nom"), FirstName: v.column("prenom"), Name: v.column("complet"),
			Mandate: v.column("mandat"), Town: v.column("commune"), Code: v.column("code_insee"), Department: v.column("departement"),
			DepartmentName: v.column("nom_departement"), Population: v.column("population"), Role: v.column("role")}
	}
	if err := d.keep(v.r.Context(), u); err != nil {
		return err
	}
	return v.redirect("/pilotage/accreditation/fichiers/" + u.ID)
}

func (d *steering) rosterDoubts(v *visit) error {
	_, _, r, err := d.readRoster(v)
	if err != nil {
		return err
	}
	return v.doubtSheet(r.Doubts)
}

// accreditRoster accredits the whole list in one command, then makes links for
// those who were not known before.
func (d *steering) accreditRoster(v *visit) error {
	u, _, r, err := d.readRoster(v)
	if err != nil {
		return err
	}
	if len(r.People) == 0 {
		return &consult.FieldError{Field: "fichier", Problem: "Aucune ligne de ce fichier ne peut être accréditée\u00a0: corrigez-les, ou choisissez d’autres colonnes."}
	}
	var fresh []string
	var out ledger.Outcome
	for try := range 5 {
		out, err = v.do(v.r.FormValue("cle"), func(tx *ledger.Tx) (err error) {
			fresh, _, err = consult.AccreditAll(tx, r.People)
			return err
		})
		if !errors.Is(err, ledger.ErrBusy) {
			break
		}
		select { // a large list wants a commit of its own
		case <-v.r.Context().Done():
			return v.r.Context().Err()
		case <-time.After(time.Duration(try+1) * 100 * time.Millisecond):
		}
	}
	if err != nil {
		return err
	}
	if out.Repeated {
		return v.redirect("/pilotage/accreditation/fichiers/" + u.ID + "?fait=deja")
	}
	u.Stage, u.Tally = stageDone, consult.Tally{New: r.New, Changed: r.Changed, Same: r.Same, Refused: r.Left}
	if err := d.keep(v.r.Context(), u); err != nil {
		return err
	}
	var people []*consult.Person
	v.s.view(func(st *consult.State) {
		for _, id := range fresh {
			people = append(people, st.Person(id))
		}
	})
	return v.rosterPasses(u, people, true)
}

// rosterLinks makes new links for everybody in the file but the staff.
func (d *steering) rosterLinks(v *visit) error {
	u, _, r, err := d.readRoster(v)
	if err != nil {
		return err
	}
	var people []*consult.Person
	v.s.view(func(st *consult.State) {
		for _, p := range r.People {
			if known := st.PersonByEmail(p.Email); known != nil && known.Role != consult.Staff {
				people = append(people, known)
			}
		}
	})
	if len(people) == 0 {
		return &consult.FieldError{Field: "fichier", Problem: "Personne de ce fichier n’est encore accrédité\u00a0: accréditez d’abord la liste."}
	}
	return v.rosterPasses(u, people, false)
}

// rosterPasses makes links and shows, or downloads, those that no e-mail
// carries.
func (v *visit) rosterPasses(u *upload, people []*consult.Person, fresh bool) error {
	passes, err := v.passes(people)
	if err != nil {
		return err
	}
	shown := shownPasses(passes)
	if v.r.FormValue("sortie") == "csv" {
		return v.passSheet(shown)
	}
	return v.render(http.StatusOK, "pilotage-elus-fait.html", "Accréditation", rosterData{Upload: u, Mailed: len(passes) - len(shown), Passes: shown,
		Copy: copyable(shown), Fresh: fresh, Mail: v.s.Mail != nil})
}
