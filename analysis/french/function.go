package french

import (
	"strconv"
	"strings"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// The words of which sentences are built, and what each may be, one line for
// each: FORM… « : » LEMMA/POS/slot, or = for the form itself, with what it costs
// behind « + ». The lemmas are those of the French treebanks.
const functionWords = `
le: le/DET/determiner lui/PRON/clitic+.9
la: le/DET/determiner lui/PRON/clitic+1.1
les: le/DET/determiner eux/PRON/clitic+.9
l': le/DET/determiner lui/PRON/clitic+.9
un: un/DET/determiner un/PRON/pronoun+1
une: un/DET/determiner un/PRON/pronoun+1
uns unes: un/PRON/pronoun
des: un/DET/determiner de/ADP/preposition+.2
du: de/ADP/preposition du/DET/determiner+1
au aux: à/ADP/preposition
de: de/ADP/preposition un/DET/determiner+2.5
d': de/ADP/preposition un/DET/determiner+2.5
ce: ce/DET/determiner ce/PRON/subject
c' ç': ce/PRON/subject
cet cette ces: ce/DET/determiner
mon ma mes ton ta tes son sa ses notre nos votre vos: son/DET/determiner
leur: son/DET/determiner eux/PRON/clitic
leurs: son/DET/determiner
quel quelle quels quelles: quel/DET/determiner
chaque: chaque/DET/determiner
quelque quelques: quelque/DET/determiner
plusieurs: plusieurs/DET/determiner plusieurs/PRON/pronoun
aucun aucune: aucun/DET/determiner aucun/PRON/pronoun
certain certaine: certain/DET/determiner+.5 certain/ADJ/adjective
certains certaines: certain/DET/determiner certain/PRON/pronoun
tel telle tels telles: tel/DET/determiner+.5 tel/ADJ/adjective
divers diverses: divers/DET/determiner divers/ADJ/adjective
différents différentes: différent/DET/determiner+.6 différent/ADJ/adjective
nul nulle: nul/DET/determiner nul/PRON/pronoun nul/ADJ/adjective+.5
tout: tout/PRON/pronoun tout/DET/determiner tout/ADV/adverb+.5
toute: tout/DET/determiner
tous: tout/DET/determiner tout/PRON/pronoun
toutes: tout/DET/determiner tout/PRON/pronoun
je j': moi/PRON/subject
tu: toi/PRON/subject
il elle: lui/PRON/subject
ils elles: eux/PRON/subject
iel iels: iel/PRON/subject
on l'on: on/PRON/subject
nous: nous/PRON/subject nous/PRON/clitic+.3 nous/PRON/pronoun+.5
vous: vous/PRON/subject vous/PRON/clitic+.3 vous/PRON/pronoun+.5
me m' moi: moi/PRON/clitic moi/PRON/pronoun+.5
te t' toi: toi/PRON/clitic toi/PRON/pronoun+.5
se soi: soi/PRON/clitic soi/PRON/pronoun+2
s': soi/PRON/clitic si/SCONJ/subordinating+.8
lui: lui/PRON/pronoun lui/PRON/clitic
eux: eux/PRON/pronoun
y: y/PRON/clitic
en: en/ADP/preposition en/PRON/clitic+.3
ne n': ne/ADV/clitic
qui: qui/PRON/subject qui/PRON/pronoun+.6
que qu': que/SCONJ/subordinating que/PRON/pronoun+.8
quoi: quoi/PRON/pronoun
dont: dont/PRON/pronoun
où: où/PRON/pronoun
lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles: lequel/PRON/pronoun
celui celle ceux celles: celui/PRON/pronoun
celui-ci celle-ci ceux-ci celles-ci: celui-ci/PRON/pronoun
celui-là celle-là ceux-là celles-là: celui-là/PRON/pronoun
moi-même toi-même soi-même nous-mêmes vous-mêmes vous-même: =/PRON/pronoun
lui-même elle-même: lui-même/PRON/pronoun
eux-mêmes elles-mêmes: eux-mêmes/PRON/pronoun
cela ça ceci rien autrui: =/PRON/pronoun
quelqu'un quelqu'une quelques-uns quelques-unes: quelqu'un/PRON/pronoun
chacun chacune: chacun/PRON/pronoun
personne: personne/NOUN/noun personne/PRON/pronoun+1
autre autres: autre/ADJ/adjective autre/PRON/pronoun+.3
à dans par pour sur avec sans sous entre vers chez parmi selon malgré durant contre depuis dès envers via outre concernant hormis: =/ADP/preposition
pendant devant derrière après avant jusque: =/ADP/preposition =/ADV/adverb+1.5
jusqu': jusque/ADP/preposition
suivant: suivre/VERB/present suivant/ADP/preposition+.3 suivant/ADJ/adjective
et ou mais ni car or donc: =/CCONJ/coordinating
puis: puis/CCONJ/coordinating puis/ADV/adverb+.3
soit: être/VERB/auxiliary soit/CCONJ/coordinating+.6
voire sinon c'est-à-dire: =/CCONJ/coordinating
c.-à-d. c.-a-d. c.-à-d c-à-d. c-à-d: c'est-à-dire/CCONJ/coordinating
si: si/SCONJ/subordinating si/ADV/adverb+.8
comme: comme/ADP/preposition comme/SCONJ/subordinating+.5
quand lorsque puisque quoique: =/SCONJ/subordinating
lorsqu': lorsque/SCONJ/subordinating
puisqu': puisque/SCONJ/subordinating
quoiqu': quoique/SCONJ/subordinating
parce tandis: =/ADV/adverb
pas plus jamais bien aussi encore alors très déjà ainsi toujours souvent même moins peu trop là ici hier demain non oui beaucoup enfin ensuite cependant pourtant toutefois néanmoins surtout seulement notamment presque tant assez comment pourquoi combien mieux tôt tard vite loin ailleurs autour ensemble dehors dedans quasi environ davantage autant parfois: =/ADV/adverb
bien: bien/ADV/adverb bien/NOUN/noun+.6
biens: bien/NOUN/noun
même: même/ADV/adverb même/ADJ/adjective
mêmes: même/ADJ/adjective
plus: plus/ADV/adverb
pas: pas/ADV/adverb pas/NOUN/noun+2.5
point: point/NOUN/noun point/ADV/adverb+2
a: avoir/VERB/auxiliary à/ADP/preposition+2
étais était étions étiez étaient: être/VERB/auxiliary
serons serez: être/VERB/auxiliary
faut: falloir/VERB/finite
concernant: concerner/VERB/present concernant/ADP/preposition+.4
auprès quant loin lors afin: =/ADV/adverb
issu issue issus issues: issu/ADJ/adjective issue/NOUN/noun+.3
yeux: œil/NOUN/noun
m: mètre/NOUN/noun
m2: m²/NOUN/noun
m3: m³/NOUN/noun
km2: km²/NOUN/noun
est: être/VERB/auxiliary est/NOUN/noun+1.7
été: être/VERB/past été/NOUN/noun+1
es: être/VERB/auxiliary
suis: être/VERB/auxiliary suivre/VERB/finite+3
sommes: être/VERB/auxiliary somme/NOUN/noun+1
fut fus furent fût: être/VERB/auxiliary
ai as avons avez ont: avoir/VERB/auxiliary
avions: avoir/VERB/auxiliary avion/NOUN/noun+.3
eu eue eus eues: avoir/VERB/past
fait: faire/VERB/finite faire/VERB/past fait/NOUN/noun+.3
faits: fait/NOUN/noun faire/VERB/past+.5
peut: pouvoir/VERB/finite
peuvent: pouvoir/VERB/finite
pu: pouvoir/VERB/past
dû: devoir/VERB/past
vit: vivre/VERB/finite voir/VERB/finite+.5
vis: vivre/VERB/finite vis/NOUN/noun+1
vu: voir/VERB/past vu/ADP/preposition+2
mort: mort/NOUN/noun mourir/VERB/past mort/ADJ/adjective+.4
mer: mer/NOUN/noun
n°: numéro/NOUN/noun
m.: monsieur/NOUN/noun
mm.: monsieur/NOUN/noun
messieurs: monsieur/NOUN/noun
mme: madame/NOUN/noun
mlle: mademoiselle/NOUN/noun
dr: docteur/NOUN/noun
etc.: et_cetera/ADV/adverb
etc: et_cetera/ADV/adverb
aujourd'hui: aujourd'hui/ADV/adverb
partie: partie/NOUN/noun partir/VERB/past+1.5
parties: partie/NOUN/noun partir/VERB/past+1.5
première premières: premier/ADJ/adjective
dernière dernières: dernier/ADJ/adjective
seule seules: seul/ADJ/adjective
petite petites: petit/ADJ/adjective
nouvel: nouveau/ADJ/adjective
fils: fils/NOUN/noun fil/NOUN/noun+1
boite boites: boîte/NOUN/noun
hopital hopitaux: hôpital/NOUN/noun
camera cameras: caméra/NOUN/noun
entrainement entrainements: entraînement/NOUN/noun
entraineur entraineurs: entraîneur/NOUN/noun
entre: entre/ADP/preposition entrer/VERB/finite+1
devant: devant/ADP/preposition devoir/VERB/present+1 devant/ADV/adverb+1.5
contenant: contenir/VERB/present contenant/NOUN/noun+.5
correspondant: correspondre/VERB/present correspondant/NOUN/noun+.4 correspondant/ADJ/adjective+.4
ayant: avoir/VERB/present
alentours environs: =/NOUN/noun
donne: donner/VERB/finite
belle belles: beau/ADJ/adjective
bonne bonnes: bon/ADJ/adjective
grosse grosses: gros/ADJ/adjective
forte fortes: fort/ADJ/adjective
lourde lourdes: lourd/ADJ/adjective
dispose: disposer/VERB/finite
entreprise entreprises: entreprise/NOUN/noun entreprendre/VERB/past+1.5
`

var slotNames = map[string]slot{"noun": noun, "adjective": adjective, "determiner": determiner, "preposition": preposition,
	"subject": subject, "clitic": clitic, "pronoun": pronoun, "finite": finite, "auxiliary": auxiliary, "past": past, "present": present,
	"adverb": adverb, "coordinating": coordinating, "subordinating": subordinating}

var partNames = map[string]lexicon.POS{"ADJ": lexicon.ADJ, "ADP": lexicon.ADP, "ADV": lexicon.ADV, "CCONJ": lexicon.CCONJ, "DET": lexicon.DET,
	"NOUN": lexicon.NOUN, "PRON": lexicon.PRON, "SCONJ": lexicon.SCONJ, "VERB": lexicon.VERB}

// grammatical are the senses of each function word.
var grammatical = func() map[string][]sense {
	out := map[string][]sense{}
	for line := range strings.Lines(strings.TrimSpace(functionWords)) {
		forms, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for form := range strings.FieldsSeq(forms) {
			out[form] = nil // a later line replaces an earlier one
			for s := range strings.FieldsSeq(list) {
				s, cost, _ := strings.Cut(s, "+")
				f := strings.Split(s, "/")
				if f[0] == "=" {
					f[0] = form
				}
				out[form] = append(out[form], sense{Gloss{Lemma: f[0], POS: partNames[f[1]]}, slotNames[f[2]], costOf(cost)})
			}
		}
	}
	return out
}()

func costOf(s string) float32 {
	cost, _ := strconv.ParseFloat(s, 32) // "" is 0
	return float32(cost)
}

// inverted are the words behind a hyphen: dit-il, donne-le-moi, celui-là.
var inverted = func() map[string][]sense {
	out := map[string][]sense{"là": {{Gloss{Lemma: "là", POS: lexicon.ADV}, adverb, 0}}, "ci": {{Gloss{Lemma: "ci", POS: lexicon.ADV}, adverb, 0}}}
	for _, form := range []string{"je", "tu", "il", "elle", "on", "ils", "elles", "ce", "nous", "vous", "moi", "toi", "lui", "leur", "le", "la", "les", "y", "en", "m'", "t'", "l'"} {
		for _, s := range grammatical[form] {
			if s.POS == lexicon.PRON && out[form] == nil {
				s.slot, s.cost = pronoun, 0
				out[form] = []sense{s}
			}
		}
	}
	return out
}()

// unusual are lemmas that share a form with one that is nearly always meant.
var unusual = map[string]bool{"affairer": true, "auprè": true, "faillir": true, "issir": true, "ouvrer": true, "ruer": true, "pager": true, "enter": true, "conster": true, "concréter": true, "carrer": true, "étayer": true}
