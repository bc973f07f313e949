package theme

import "strings"

// The words by which a sentence tells what it does, in normal form: forms, or
// lemmas as [french.Gloss] has them.
var (
	// relatives open a clause that says nothing of what its sentence does.
	relatives = set("qui dont où quel quelle quels quelles lequel laquelle lesquels lesquelles auquel auxquels si comment")
	// participles are those that the grammar gives no mood.
	participles = set("été eu eue eus eues fait faits pu dû vu")
	subjects    = set("il elle ils elles on nous vous ce je")
	speakers    = set("je j' nous on")
	greetings   = set("bonjour bonsoir proposition idée monsieur madame article point")
	// halting open a sentence that wants no more, or less, of something.
	halting = set("pas moins plus")

	// wishing are verbs by which people say what they want.
	wishing = set("proposer souhaiter demander suggérer recommander réclamer préconiser exiger vouloir aimer plaider revendiquer")
	// proposals are what a proposal calls itself.
	proposals = set("proposition idée suggestion souhait demande solution objectif")
	// necessary follow « il est ».
	necessary = set("nécessaire indispensable essentiel urgent primordial impératif souhaitable important temps crucial")
	// enacted are what a text of law says of another.
	enacted = set("proposer modifier insérer ajouter remplacer compléter rédiger")
	// inert open a sentence as infinitives without wanting anything.
	inert = set("noter savoir voir dire rappeler pouvoir avoir être aller croire avouer")

	// actions are nouns that name what would be done.
	actions = set(`abolition abrogation accélération accès adoption allègement amélioration amende annulation application arrêt attribution
		augmentation autorisation baisse blocage bonus centralisation certification changement clarification comptabilisation consultation
		création décentralisation défense déploiement désignation développement diminution dissolution droit encadrement exonération
		expérimentation extension facilitation fermeture fin financement formation fusion généralisation gratuité harmonisation hausse
		imposition incitation indexation information instauration intégration interdiction introduction inversion investissement
		libération liberté limitation limite maintien mise mobilisation modernisation modification modulation mutualisation nationalisation
		obligation organisation ouverture péage plafonnement possibilité prévention prise prohibition promotion proportionnelle
		protection publication rationalisation recensement réalisation recherche reconnaissance recrutement réduction référendum refonte
		réforme regroupement relance remboursement remise remplacement rénovation renforcement réorganisation répartition
		responsabilisation respect restauration restriction rétablissement retour révision revalorisation sanction sensibilisation
		séparation simplification soutien suppression suspension taxation taxe transfert transformation transparence tri utilisation
		valorisation vote`)

	// lived are what is part of a life: « mes enfants », « notre commune ».
	lived = set(`enfant salaire fiche contrat village commune quartier ville rue travail métier entreprise expérience famille mari
		femme retraite école collège compte conseil mairie habitant maison logement parent mère père fils fille médecin voisin
		diplôme employeur association hôpital territoire intercommunalité canton agglomération`)
	// living are verbs of a life.
	living = set(`habiter vivre travailler utiliser payer gagner élever toucher percevoir rouler marcher acheter emmener attendre
		subir souffrir perdre retrouver prendre exercer enseigner soigner chercher déménager cotiser recevoir rencontrer`)
	// being are what people say that they are.
	being = set("retraité étudiant handicapé né âgé propriétaire locataire salarié élu adjoint")
	// opinions are what people have had without living anything.
	opinions = set("penser croire compris comprendre estimer")
)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		out[word] = true
	}
	return out
}
