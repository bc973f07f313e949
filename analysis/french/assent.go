package french

import "strings"

// IsAssent says whether a lemma only answers: agrees, thanks, judges or excuses
// itself, without a word of what of. A text of such words alone (« Excellente
// proposition ! », « je partage ce point de vue ») has no subject.
func IsAssent(lemma string) bool { return assents[lemma] }

var assents = func() map[string]bool {
	set := make(map[string]bool)
	for _, lemma := range strings.Fields(`
		accord adhérer adhésion ajouter rajouter compléter approuver approbation appuyer appui argument avis bravo chapeau
		commentaire complet confirmer contribution convaincre opinion plussoyer point position raccord raison rejoindre
		favorable défavorable féliciter félicitation merci remercier partager partage penser pensée
		idée idem proposition réponse répondre question remarque remarquer réflexion intervention analyse constat
		soutenir soutien souscrire signer valider vue sens dire redire préciser croire trouver
		bon beau grand excellent formidable génial super top parfait intéressant pertinent judicieux juste exact vrai faux
		mauvais clair évident évidence certain logique normal sûr sensé nécessaire indispensable important essentiel
		primordial urgent dommage mieux bien entier total
		clic cliquer souris sourire erreur doublon désolé pardon excuser oups`) {
		set[lemma] = true
	}
	return set
}()
