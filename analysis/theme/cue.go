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
	necessary = set("nécessaire indispensable essentiel urgent primordial impératif souhaitable important temps crucial utile judicieux opportun")
	// wanted are what somebody wants of others: « il est proposé de ».
	wanted = set("proposé demandé suggéré recommandé souhaité préconisé")
	// courteous are verbs by which a speaker but speaks, beside those that are told.
	courteous = set(`remercier féliciter saluer souligner signaler savoir connaître revenir insister attirer commencer terminer conclure
		éclaircir clarifier aborder exposer présenter apporter témoigner réagir`)
	// polite are verbs of which the imperative asks to be heard.
	polite = set("permettre excuser pardonner souffrir savoir imaginer croire voir regarder attendre tenir")
	// backing are verbs by which people speak for a measure, behind an article.
	backing  = set("approuver soutenir défendre")
	articled = set("le la l' les un une des")
	remarks  = set("avis point remarque commentaire propos opinion constat argument analyse démarche initiative contribution")
	// betters are verbs of what a measure would bring.
	betters = set("permettre éviter faciliter garantir favoriser améliorer réduire simplifier aider contribuer limiter renforcer encourager inciter assurer")
	// felt are what is felt of a thing rather than done: « est à craindre ».
	felt = set("craindre déplorer regretter souligner constater attendre prévoir venir plaindre redouter")
	// enacted are what a text of law says of another.
	enacted = set("proposer modifier insérer ajouter remplacer compléter rédiger")
	// inert open a sentence as infinitives without wanting anything.
	inert = set("noter savoir voir dire rappeler pouvoir avoir être aller croire avouer")

	// actions are nouns that name what would be done.
	actions = set(`abaissement abandon abolition allongement coupe démantèlement diversification doublement élargissement élimination
		encouragement équilibrage établissement exemption expulsion gel incitation inscription installation nomination optimisation
		plantation prolongation privatisation raccourcissement rattachement redistribution rééquilibrage régulation réintroduction
		relocalisation renationalisation resserrement revalorisation sécurisation stabilisation subvention uniformisation végétalisation
		vente versement
		abrogation accélération accès adoption allègement amélioration amende annulation application arrêt attribution
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

	// lived are what is part of a life: « mes enfants ».
	lived = set(`enfant salaire fiche contrat village commune quartier ville rue travail métier entreprise expérience famille mari
		femme retraite école collège mairie maison logement parent mère père fils fille médecin voisin conjoint frère sœur ami
		bac étude permis vacances anniversaire naissance mariage
		amie voisine conjointe copain copine cousin cousine oncle tante collègue
		diplôme employeur hôpital canton appartement voiture pension loyer patron grand-mère grand-père immeuble ferme exploitation`)
	// places are those that people share: « notre commune ».
	places = set("village commune quartier rue bourg hameau canton lotissement immeuble agglomération intercommunalité")
	// living are verbs of a life.
	living = set(`habiter vivre travailler gagner élever toucher percevoir rouler emmener payer utiliser
		subir souffrir exercer enseigner soigner cotiser déménager`)
	// being are what people say that they are.
	being = set(`retraité étudiant handicapé né âgé propriétaire locataire salarié élu adjoint maire agriculteur enseignant professeur
		infirmier infirmière médecin fonctionnaire chômeur célibataire marié veuf divorcé ouvrier artisan commerçant parent père mère
		grand-mère grand-père habitant bénévole cadre auto-entrepreneur`)
	// states are where they are in life: « je suis au chômage ».
	states = set("smic chômage retraite rsa invalidité fauteuil")
	// moved are verbs of movement and becoming, of which the past is told with « être ».
	moved = set("aller venir revenir arriver partir rester rentrer sortir entrer passer tomber devenir naître monter descendre retourner retrouver")
	// carriers are what people take to go somewhere.
	carriers = set("train bus métro tramway vélo voiture car rer route")
	// told are verbs, and participles, of what was only said, read or thought.
	told = set(`penser croire compris comprendre estimer oublier dire écrire lire développer poser ajouter proposer parler répondre
		préciser citer évoquer indiquer noter poster mentionner expliquer lu dit vu voir omettre résumer soutenir signer supposer
		espérer confondre rappeler exprimer poster découvrir apprendre entendre`)
)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		out[word] = true
	}
	return out
}
