package web

import (
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
)

// A now is the one thing to do now.
type now struct{ Title, Text, Link, Action string }

func (v *visit) home() error {
	data := struct {
		Now      now
		Count    consult.Count
		Meetings int
		Themes   int
		Motions  []listedMotion // those that are published
		Window   string         // its verb: sera, est, était
		Mentions []*motion.Thread
	}{}
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if e == nil {
			data.Now = now{Title: "Le congrès se prépare", Text: "Aucune édition n’est encore ouverte."}
			if v.is(consult.Staff) {
				data.Now.Link, data.Now.Action = "/pilotage/edition", "Ouvrir l’édition"
			}
			return
		}
		data.Count, data.Meetings = st.Count(e.ID), len(st.Meetings(e.ID))
		data.Now = v.nowDo(e)
		switch data.Window = "est"; e.Window(v.s.now()) {
		case consult.ErrNotOpen:
			data.Window = "sera"
		case consult.ErrOver:
			data.Window = "était"
		}
	})
	v.s.Ledger.View(func(w ledger.View) {
		if v.who != nil && motion.MayEdit(ledger.Of[*consult.State](w), v.id()) {
			data.Mentions = ledger.Of[*motion.State](w).Mentions(v.id())
		}
		data.Motions = listMotions(w, v.s.now(), false)
	})
	if v.mayReadThemes() == nil {
		if r, err := v.report(); err == nil {
			data.Themes = len(r.Themes)
		}
	}
	return v.page("accueil.html", "Accueil", data)
}

func (v *visit) nowDo(e *consult.Edition) now {
	until := "jusqu’au " + jour(e.Closes) + " à " + heure(e.Closes)
	window := e.Window(v.s.now())
	switch {
	case v.is(consult.Staff):
		return now{"Faire parler les contributions", "Lancez l’analyse, relisez les thèmes, corrigez-les\u00a0: vos décisions tiennent d’une analyse à l’autre.", "/atelier", "Ouvrir l’atelier"}
	case v.is(consult.Rapporteur):
		return now{"Écrire la motion", "Chaque phrase peut s’appuyer sur les contributions\u202f; ce qui n’est pas encore repris reste visible.", "/motion", "Ouvrir la motion"}
	case window == nil && v.who != nil:
		return now{"Donnez votre avis", "L’espace d’expression est ouvert " + until + ". Cinq minutes suffisent.", "/contributions/nouvelle", "Écrire une contribution"}
	case window == nil:
		return now{"L’espace d’expression est ouvert", "Les élu·es accrédité·es écrivent " + until + ".", "/entrer", "Entrer pour contribuer"}
	case window == consult.ErrNotOpen:
		return now{"L’espace d’expression ouvre bientôt", "Il ouvrira le " + jour(e.Opens) + " à " + heure(e.Opens) + ".", "", ""}
	}
	return now{"L’espace d’expression est clos", "Suivez ce que deviennent les contributions\u00a0: les thèmes, puis la motion.", "/themes", "Lire les thèmes"}
}
