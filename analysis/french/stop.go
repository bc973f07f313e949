package french

import "strings"

// IsStop says whether form is a word that carries no subject of its own:
// determiners, pronouns, prepositions, conjunctions, auxiliaries and modal
// verbs, common adverbs. Forms written without their accents count too.
func IsStop(form string) bool { return stops[form] || stops[Base(form)] }

// stops is built from the lists below, with and without accents.
var stops = func() map[string]bool {
	set := make(map[string]bool)
	for _, list := range stopLists {
		for _, word := range strings.Fields(list) {
			set[word] = true
			set[Fold(word)] = true
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		set[string(c)] = true
	}
	// Without its accent each of these is another word.
	for _, word := range []string{"pres", "cote"} {
		delete(set, word)
	}
	return set
}()

var stopLists = []string{
	// determiners, pronouns
	`le la les l' un une des du de d' au aux ce cet cette ces c' ç' ça cela ceci celui celle ceux celles
	celui-ci celui-là celle-ci celle-là ceux-ci ceux-là celles-ci celles-là mon ma mes ton ta tes son sa ses
	notre nos votre vos leur leurs je j' tu il elle on nous vous ils elles me m' te t' se s' moi toi lui eux soi
	moi-même toi-même lui-même elle-même nous-mêmes vous-mêmes eux-mêmes elles-mêmes soi-même même mêmes
	y en qui que qu' qu quoi dont où quel quelle quels quelles lequel laquelle lesquels lesquelles auquel auxquels
	auxquelles duquel desquels desquelles chaque chacun chacune tout toute tous toutes tou tel telle tels telles
	aucun aucune aucuns aucunes nul nulle certain certaine certains certaines plusieurs quelque quelques
	quelqu'un quelqu'une quelques-uns quelques-unes rien autre autres autrui n'importe quiconque
	mien mienne miens miennes tien sien sienne siens siennes nôtre nôtres vôtre vôtres
	ceux·celles celles·ceux celles·eux ceux-elles iel iels`,
	// prepositions, conjunctions
	`à dans par pour sur sous avec sans chez vers entre contre depuis pendant durant dès jusque jusqu' jusqu jusqu'à avant
	après devant derrière selon malgré parmi hors outre sauf envers près auprès lors afin via voici voilà hormis
	et ou ni mais or donc car si s' comme quand lorsque lorsqu' lorsqu puisque puisqu' puisqu quoique quoiqu' parce tandis
	ainsi alors cependant toutefois néanmoins pourtant ensuite enfin puis d'abord c'est-à-dire soit voire`,
	// adverbs
	`ne n' pas plus moins très trop peu beaucoup assez aussi autant bien mal mieux encore déjà toujours jamais
	souvent parfois ici là là-bas oui non peut-être presque plutôt surtout seulement également notamment ailleurs
	maintenant aujourd'hui demain hier actuellement tant tellement si ci afin davantage environ combien
	comment pourquoi vraiment simplement uniquement totalement absolument notamment effectivement particulièrement
	évidemment complètement entièrement certainement probablement clairement largement fortement directement
	réellement véritablement généralement obligatoirement nécessairement rapidement régulièrement facilement
	parfaitement exactement juste justement bref hélas volontiers forcément éventuellement naturellement
	tôt tard vite ensemble quasi quasiment dessus dessous dedans dehors autour partout quelquefois lorsque
	c.-à-d. c.-à-d c-à-d. c-à-d etc etc. cf cf. ex ex. n° nᵒ art. p. m. mm. mme mmes mlle mr`,
	// être, avoir
	`être suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes furent serai seras sera
	serons serez seront serais serait serions seriez seraient sois soit soyons soyez soient fusse fût fussent
	étant été avoir ai as a avons avez ont avais avait avions aviez avaient eus eut eûmes eurent aurai auras aura
	aurons aurez auront aurais aurait aurions auriez auraient aie aies ait ayons ayez aient eût ayant eu eue eues`,
	// faire, aller, pouvoir, devoir, falloir, vouloir, dire
	`faire fais fait faits faite faites faisons font faisait faisaient fera ferait feraient feront fasse fassent faisant
	aller vais vas va allons allez vont allait allaient ira irait iront aille aillent
	peux peut pouvons pouvez peuvent pouvait pouvaient pourrai pourra pourront pourrais pourrait
	pourrions pourriez pourraient puisse puissent puissions pu pouvant
	devoir dois doit devons devez doivent devait devaient devra devront devrais devrait devrions devriez devraient
	doive doivent dû falloir faut fallait faudra faudrait faille fallu
	vouloir veux veut voulons voulez veulent voudrais voudrait voudraient voulait
	dire dit dis disent disait mettre met mettent mettons mis mise mises rendre permettre permet permettent permettrait
	sembler semble semblent venir vient viennent devenir devient donner donne prendre prend prennent
	c'est qu'il qu'elle qu'on n'est d'un d'une`,
	// numbers, vague words
	`deux trois quatre cinq six sept huit neuf dix cent mille premier première premiers premières second seconde
	dernier dernière derniers dernières chose choses façon manière sorte cas fois exemple part etc
	merci bonjour svp ok the of and to`,
}
