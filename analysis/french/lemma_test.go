package french

import "testing"

func TestLemma(t *testing.T) {
	for form, want := range map[string]string{
		"communes": "commune", "communs": "commun", "publique": "public", "publicité": "publicité", "communication": "communication",
		"france": "France", "français·e·s": "français", "française": "français", "francs": "franc", "lille": "Lille",
		"pays": "pays", "équipe": "équipe", "équipement": "équipement", "équipent": "équiper", "fonctionne": "fonctionner",
		"passe": "passer", "vote": "vote", "voter": "voter", "élus": "élu", "élue": "élu", "élu·es": "élu", "lu": "lire", "proposées": "proposer",
		"habitantes": "habitant", "agricultrice": "agriculteur", "citoyenne": "citoyen", "députée": "député", "agentes": "agent", "conseillères": "conseiller", "carrières": "carrière", "étudiantes": "étudiant",
		"données": "donnée", "parties": "partie", "entreprise": "entreprise", "nationale": "national", "vue": "vue", "droite": "droite", "reçus": "recevoir", "ventes": "vente", "entrées": "entrée", "bus": "bus", "permis": "permis", "important": "important",
		"travaux": "travail", "fois": "fois", "privés": "privé", "gratuité": "gratuité", "gratuits": "gratuit",
		"ecole": "école", "reunions": "réunion", "voeux": "vœu", "#écoles": "école", "sncf": "", "vlille": "", "": "",
	} {
		if got := Lemma(form); got != want {
			t.Errorf("%q is a form of %q, want %q", form, got, want)
		}
	}
}

// TestLemmaAlone holds lemmas without a sentence to what linguists marked by hand in
// theirs: the share of nouns, adjectives and verbs that carry a subject.
func TestLemmaAlone(t *testing.T) {
	for name, least := range map[string]float64{"fr_gsd-ud-dev.conllu": .935, "fr_sequoia-ud-dev.conllu": .935, "fr_sequoia-ud-train.conllu": .935, "fr_parisstories-ud-train.conllu": .925} {
		_, gold := sentences(t, name)
		right, all := 0., 0.
		wrong := map[string]int{}
		for _, words := range gold {
			for _, w := range words {
				form := Normalise(w.form)
				if w.pos != "NOUN" && w.pos != "ADJ" && w.pos != "VERB" || IsStop(form) {
					continue
				}
				got := Lemma(form)
				if got == "" {
					continue
				}
				all++
				if got == w.lemma {
					right++
				} else {
					wrong[form+" "+w.lemma+"/"+w.pos+" "+got]++
				}
			}
		}
		t.Logf("%s: %.4f of %.0f", name, right/all, all)
		logMost(t, wrong, 70)
		if right/all < least {
			t.Errorf("%s: %.4f, below %v", name, right/all, least)
		}
	}
}
