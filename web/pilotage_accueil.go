package web

import (
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// A steeringTask is one thing that staff have to see to, and where.
type steeringTask struct{ Text, Link, Action string }

// home says what staff are expected to do now, by the state of the congress.
func (d *steering) home(v *visit) error {
	var data struct {
		Now                      now
		Tasks                    []steeringTask
		Count                    consult.Count
		Hidden                   int
		Elus, Rapporteurs, Staff int
		Silent                   int // accredited, and have not written yet
		Nothing                  bool
		Running                  string
		Meeting                  int
		Head                     store.Head
	}
	data.Head, data.Running = v.s.Ledger.Head(), d.now()
	stopped, err := d.stopped(v.r.Context())
	if err != nil {
		return err
	}
	for _, u := range stopped {
		data.Tasks = append(data.Tasks, steeringTask{"L’import de «\u00a0" + u.Name + "\u00a0» a été interrompu\u00a0: ce qui était gardé le reste.", "/pilotage/imports/" + u.ID, "Reprendre l’import"})
	}
	v.s.view(func(st *consult.State) {
		people := st.People()
		for _, p := range people {
			switch p.Role {
			case consult.Elu:
				data.Elus++
			case consult.Rapporteur:
				data.Rapporteurs++
			case consult.Staff:
				data.Staff++
			}
		}
		e := st.Current(v.s.now())
		if e == nil {
			data.Now, data.Nothing = v.steer(nil, 0, 0), true
			return
		}
		all := st.Contributions(consult.Query{Edition: e.ID, Hidden: true})
		wrote := map[string]bool{}
		for _, c := range all {
			wrote[c.Author] = true
			if c.Hidden != "" {
				data.Hidden++
			}
		}
		for _, p := range people {
			if p.Role != consult.Staff && !wrote[p.ID] {
				data.Silent++
			}
		}
		data.Count, data.Meeting = st.Count(e.ID), len(st.Meetings(e.ID))
		elus := data.Elus + data.Rapporteurs
		data.Now = v.steer(e, elus, data.Count.Contributions)
		if data.Rapporteurs == 0 && elus > 0 {
			data.Tasks = append(data.Tasks, steeringTask{"Personne n’est encore rapporteur·e\u00a0: la motion n’a pas de plume.", "/pilotage/accreditation", "Désigner"})
		}
		if data.Silent > 0 && e.Window(v.s.now()) == nil {
			data.Tasks = append(data.Tasks, steeringTask{pluriel(data.Silent, "élu·e n’a", "élu·es n’ont") + " encore rien écrit.", "/pilotage/accreditation?silence=1", "Voir qui relancer"})
		}
		if data.Meeting == 0 {
			data.Tasks = append(data.Tasks, steeringTask{"Aucune rencontre n’est enregistrée.", "/pilotage/rencontres", "Noter une rencontre"})
		}
	})
	return v.page("pilotage.html", "Pilotage", data)
}

// steer is the one thing that staff have to do now.
func (v *visit) steer(e *consult.Edition, elus, contributions int) now {
	if e == nil {
		return now{"Ouvrir l’édition", "Donnez-lui un titre, ses questions et les dates de l’espace d’expression\u00a0: tout peut encore changer après.", "/pilotage/edition", "Ouvrir l’édition"}
	}
	window := e.Window(v.s.now())
	switch {
	case elus == 0:
		return now{"Accréditer les élu·es", "Personne ne peut encore écrire. Déposez la liste des élu·es, ou accréditez une personne à la fois.", "/pilotage/accreditation", "Accréditer"}
	case window == consult.ErrNotOpen:
		return now{"Préparer l’ouverture", "L’espace d’expression ouvre le " + jour(e.Opens) + " à " + heure(e.Opens) + ". Vérifiez le calendrier et envoyez les liens pour entrer.", "/pilotage/edition", "Relire l’édition"}
	case window == nil && contributions == 0:
		return now{"Faire entrer les premières contributions", "L’espace est ouvert jusqu’au " + jour(e.Closes) + " à " + heure(e.Closes) + ", et rien n’est encore écrit. Relancez les élu·es, ou importez ce qui existe déjà.", "/pilotage/imports", "Importer des contributions"}
	case window == nil:
		return now{"Suivre l’expression", "L’espace est ouvert jusqu’au " + jour(e.Closes) + " à " + heure(e.Closes) + ". Une analyse d’étape montre déjà ce qui se dessine.", "/atelier", "Ouvrir l’atelier"}
	case contributions == 0:
		return now{"Importer des contributions", "L’espace est clos et aucune contribution n’est là\u00a0: importez celles qui existent ailleurs.", "/pilotage/imports", "Importer des contributions"}
	}
	return now{"Analyser, puis écrire", "L’espace est clos. Relisez les thèmes dans l’atelier\u202f; les rapporteur·es écrivent la motion.", "/atelier", "Ouvrir l’atelier"}
}
