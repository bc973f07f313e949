package analysis

import "github.com/villes-internet/congres/corpora"

// An Indicator is a figure of the whole corpus, with what it means.
type Indicator struct {
	Name    string
	Value   float64
	Digits  int // after the comma
	Meaning string
}

// Written is its value as French writes it.
func (i Indicator) Written() string {
	if i.Digits == 0 {
		return Number(int(i.Value))
	}
	return comma(i.Value, i.Digits)
}

// Indicators lists the report's, each with its meaning in plain French.
func (r *Report) Indicators() []Indicator {
	c := r.Corpus
	placed, sum, weight := 0, 0., 0
	for _, s := range r.Segments {
		if s.Theme != "" {
			placed++
		}
	}
	for _, t := range r.Themes {
		if t.Stability > 0 {
			sum += t.Stability * float64(t.Documents)
			weight += t.Documents
		}
	}
	out := []Indicator{
		{"Textes", float64(c.Documents), 0, "ce qui a été lu, une fois chacun"},
		{"Auteur·rices connu·es", float64(c.Authors), 0, "personnes différentes\u00a0; un texte sans auteur·rice connu·e n’en compte aucune"},
		{"Communes", float64(c.Communes), 0, "communes différentes dont il vient au moins un texte"},
		{"Phrases", float64(c.Segments), 0, "morceaux de texte que l’analyse classe\u00a0: une phrase, ou quelques-unes trop courtes pour être lues seules"},
		{"Phrases dans un thème", float64(placed), 0, "les autres sont montrées parmi ce qui n’est pas classé"},
		{"Phrases peu liées à leur thème", float64(len(r.Weak())), 0, "prises seules, elles ne lui ressemblent pas plus qu’aux autres : elles y sont surtout parce que le reste de leur texte en parle"},
		{"Textes sans thème", float64(c.Unplaced), 0, "aucune de leurs phrases n’est dans un thème"},
		{"Mots", float64(c.Tokens), 0, "occurrences, petits mots et nombres compris"},
		{"Formes", float64(c.Forms), 0, "mots différents, tels qu’ils sont écrits"},
		{"Hapax", float64(c.Hapax), 0, "formes écrites une seule fois dans tout le corpus, petits mots et nombres compris"},
	}
	if r.HapaxAll > 0 {
		out = append(out, Indicator{"Mots employés une fois", float64(r.HapaxAll), 0, "parmi ceux qui portent un sens, toutes leurs formes réunies\u00a0: la liste «\u00a0hapax\u00a0» du classeur et de rapport.json. Un hapax n’en est pas un si son mot a une autre forme («\u00a0votais\u00a0» quand on écrit «\u00a0vote\u00a0»), ou s’il ne porte pas de sens"})
	}
	if x := r.Richness; len(x.Growth) > 0 {
		out = append(out,
			Indicator{"Formes par mot", x.TypeToken, 3, "V/N\u00a0: plus il est grand, plus le vocabulaire est varié\u00a0; il baisse quand le corpus s’allonge, et ne se compare qu’à longueur égale"},
			Indicator{"Indice de Guiraud", x.Guiraud, 1, "V/√N\u00a0: la même richesse, moins sensible à la longueur"},
			Indicator{"K de Yule", x.Yule, 1, "dix mille fois la chance que deux mots pris au hasard soient le même\u00a0: plus il est grand, plus le vocabulaire se répète"})
		if x.HeapsB > 0 {
			out = append(out, Indicator{"Accroissement (Heaps)", x.HeapsB, 3, "quand le corpus double, le vocabulaire est multiplié par deux à cette puissance\u00a0: vers 0,5 il s’épuise, vers 1 chaque texte apporte ses mots"})
		}
	}
	if weight > 0 {
		out = append(out, Indicator{"Stabilité moyenne", sum / float64(weight), 2, "des thèmes, pesée par leurs textes\u00a0; 1\u00a0: on les retrouverait à l’identique en écartant un texte sur cinq"})
	}
	if s := r.Second; s != nil {
		out = append(out, Indicator{"Phrases classées par Reinert", float64(s.Placed()), 0, of(s.Placed(), c.Segments) + " de toutes, en " + plural(len(s.Classes), "classe") + "\u00a0: ce qu’IRaMuTeQ appelle les segments classés"},
			Indicator{"Accord avec Reinert (ARI)", s.Agreement.ARI, 2, AgreementWords(s.Agreement.ARI)},
			Indicator{"Accord avec Reinert (V)", s.Agreement.V, 2, "part de l’information que les deux classements ont en commun, de 0 à 1"})
	}
	if b := r.Bare; b != nil {
		out = append(out, Indicator{"Accord sans les tables (ARI)", b.Agreement.ARI, 2, AgreementWords(b.Agreement.ARI)},
			Indicator{"Accord sans les tables (V)", b.Agreement.V, 2, "part de l’information que les deux classements ont en commun, de 0 à 1"})
	}
	return out
}

// VariableName is what people call a variable of the corpus.
func VariableName(name string) string {
	switch name {
	case corpora.VarSize:
		return "Taille de la commune"
	case corpora.VarDepartment:
		return "Département"
	case corpora.VarCommune:
		return "Commune"
	case corpora.VarAxis:
		return "Question ou axe"
	case corpora.VarSource:
		return "Provenance"
	case corpora.VarMandate:
		return "Mandat"
	}
	return capital(name)
}

// ValueName is what people call a value of a variable: a département's code goes with
// its name.
func ValueName(variable, value string) string {
	if name := corpora.DepartmentName(value); variable == corpora.VarDepartment && name != "" {
		return name + " (" + value + ")"
	}
	return value
}

// SpecificityWords says in French what a score of specificity means.
func SpecificityWords(score float64) string {
	how := "plus présent que si tous en parlaient autant"
	if score < 0 {
		score, how = -score, "moins présent que si tous en parlaient autant"
	}
	switch {
	case !Sure(score):
		return "comme le hasard peut le donner"
	case score < 3:
		return how + " (le hasard seul donnerait un tel écart moins d’une fois sur cent)"
	default:
		return how + " (le hasard seul, moins d’une fois sur mille)"
	}
}
