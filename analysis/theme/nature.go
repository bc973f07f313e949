package theme

import (
	"strings"

	"github.com/villes-internet/congres/analysis/french"
)

// What a sentence does.
const (
	Fact     = "constat"
	Proposal = "proposition"
	Question = "question"
	Witness  = "témoignage"
)

// proposing are the turns by which people ask for something, in normal form
// with single spaces and a space at both ends.
var proposing = []string{
	" il faut ", " il faudrait ", " il faudra ", " faut-il ", " il convient ", " il conviendrait ", " il est nécessaire ",
	" il est indispensable ", " il est essentiel ", " il est urgent ", " il serait ", " il importe ", " je propose ", " nous proposons ",
	" on propose ", " on pourrait ", " nous pourrions ", " je souhaite ", " je souhaiterais ", " nous souhaitons ", " je demande ", " nous demandons ",
	" je voudrais ", " j' aimerais ", " je suggère ", " nous suggérons ", " proposition ", " doit ", " doivent ", " devrait ",
	" devraient ", " devons ", " devrions ", " pourrait ", " pourraient ", " mettre en place ", " mise en place ", " que l' état ",
	" rendre obligatoire ", " pourquoi ne pas ",
}

// witnessing are the turns by which people tell what they live.
var witnessing = []string{
	" je suis ", " j' ai ", " je vis ", " je travaille ", " j' habite ", " j' étais ", " nous avons ", " dans ma commune ", " dans notre commune ",
	" chez nous ", " chez moi ", " ma ville ", " notre ville ", " mon village ", " notre village ", " nos habitants ", " mes enfants ", " je constate ",
	" nous constatons ", " je vois ", " j' utilise ", " dans mon village ", " dans mon quartier ", " mon expérience ", " à titre personnel ", " nous vivons ",
}

// NatureOf says what a sentence does, by simple cues of language: a question
// mark; a turn that asks for something, or an infinitive in front (« Créer une
// maison… »); a turn that tells what one lives; else it states a fact.
func NatureOf(text string) string {
	trimmed := strings.TrimRight(text, " \u00a0\u202f\n\t»\")")
	var b strings.Builder
	b.WriteByte(' ')
	opening := ""
	for _, t := range french.Tokens(nil, text) {
		if t.Kind == french.Punct || t.Kind == french.Symbol {
			continue
		}
		form := t.Form(text)
		if opening == "" && t.Kind == french.Word {
			opening = form
		}
		b.WriteString(form)
		b.WriteByte(' ')
	}
	flat := b.String()
	asks := strings.Contains(flat, " pourquoi ne pas ")
	if strings.HasSuffix(trimmed, "?") && !asks {
		return Question
	}
	for _, turn := range proposing {
		if strings.Contains(flat, turn) {
			return Proposal
		}
	}
	if infinitive(opening) {
		return Proposal
	}
	for _, turn := range witnessing {
		if strings.Contains(flat, turn) {
			return Witness
		}
	}
	return Fact
}

// infinitive says whether the word that opens a sentence is a verb that nobody
// is made to do yet.
func infinitive(word string) bool {
	if len(word) < 5 {
		return false
	}
	switch word {
	case "premier", "dernier", "hier", "janvier", "février", "papier", "quartier", "métier", "chantier", "danger", "foyer",
		"loyer", "courrier", "dossier", "fichier", "policier", "particulier", "hiver", "avenir", "désir", "plaisir", "loisir",
		"premiers", "maire", "faire-part", "soir", "espoir", "pouvoir", "devoir", "savoir", "entier", "régulier", "cher", "super":
		return false
	}
	for _, ending := range []string{"er", "ir", "oir", "dre", "ttre", "ruire", "crire", "duire"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}
