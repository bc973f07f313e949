package paper

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// speakers says who spoke and from where: each variable's values, and their words.
func (s *setting) speakers(r *analysis.Report) {
	s.say(pdf.Heading, "Qui a parlé")
	if len(r.Variables) == 0 {
		s.say(pdf.Paragraph, "Le corpus ne dit ni taille, ni territoire, ni question dont les valeurs puissent être comparées (de 2 à 30 valeurs, de cinq textes chacune).")
		return
	}
	s.say(pdf.Paragraph, "Ce que le corpus dit de ses auteur·rices et de ses questions. Une valeur portée par moins de cinq textes, ou de cinq personnes, n’est pas montrée seule\u00a0: elle dirait peu, et pourrait dire qui a écrit. Les mots sont ceux que ces textes emploient plus que les autres, avec leur spécificité (Lafon 1980).")
	for _, v := range r.Variables {
		s.say(pdf.Heading2, analysis.VariableName(v.Name))
		for _, same := range v.Same {
			s.say(pdf.Paragraph, "La colonne «\u00a0"+analysis.VariableName(same)+"\u00a0» dit la même chose, valeur pour valeur.")
		}
		t := pdf.Table{Head: []string{"Valeur", "Textes", "Mots propres"}, Widths: []float64{3, 1.3, 6}, Right: []bool{false, true}}
		if r.Corpus.Authors > 0 {
			t = pdf.Table{Head: []string{"Valeur", "Textes", "Auteur·rices", "Mots propres"}, Widths: []float64{3, 1.3, 1.9, 5}, Right: []bool{false, true, true}}
		}
		for _, m := range v.Modalities {
			var words []string
			for _, x := range m.Specific[:min(ownWords, len(m.Specific))] {
				words = append(words, x.Form+" "+decimal(x.Score))
			}
			row := []string{analysis.ValueName(v.Name, m.Name), strconv.Itoa(m.Documents)}
			if r.Corpus.Authors > 0 {
				row = append(row, strconv.Itoa(m.Authors))
			}
			t.Rows = append(t.Rows, append(row, strings.Join(words, ", ")))
		}
		s.table(t)
	}
}

// counted says how much was read.
func counted(r *analysis.Report) string {
	out := count(len(r.Themes), "thème") + " dans " + count(r.Corpus.Documents, "texte")
	if r.Corpus.Authors > 0 {
		out += " de " + count(r.Corpus.Authors, "auteur·rice")
	}
	if r.Corpus.Communes > 0 {
		out += " et " + count(r.Corpus.Communes, "commune")
	}
	return out + ", " + count(r.Corpus.Segments, "phrase") + ". Chaque thème dit pourquoi il existe\u00a0: les mots qui le distinguent, les phrases qui le disent le mieux, qui en parle, la confiance qu’on peut lui faire."
}

// indicators are the figures of the whole corpus.
func (s *setting) indicators(r *analysis.Report) {
	s.say(pdf.Heading, "Les indicateurs")
	var rows [][]string
	for _, i := range r.Indicators() {
		rows = append(rows, []string{i.Name, i.Written(), i.Meaning})
	}
	s.table(pdf.Table{Head: []string{"Indicateur", "Valeur", "Ce qu’il dit"}, Rows: rows, Widths: []float64{3, 1.4, 6}, Right: []bool{false, true}})
}

// unclassified lists what is in no theme, by reason, as far as there is room.
func (s *setting) unclassified(r *analysis.Report) {
	s.say(pdf.Heading, "Ce qui n’est pas classé")
	reasons, all := r.Reasons(), 0
	for _, x := range reasons {
		all += len(x.Segments)
	}
	if all == 0 {
		s.say(pdf.Paragraph, "Toutes les phrases sont dans un thème.")
		return
	}
	are := "n’est dans aucun thème"
	if all > 1 {
		are = "ne sont dans aucun thème"
	}
	told := fmt.Sprintf("%s sur %d %s.", count(all, "phrase"), r.Corpus.Segments, are)
	if all > aside {
		told += fmt.Sprintf(" Les %d premières suivent\u00a0; toutes sont dans segments.csv.", aside)
	}
	s.say(pdf.Paragraph, told)
	room := aside
	for _, x := range reasons {
		if room == 0 {
			break
		}
		s.say(pdf.Heading2, x.Why+" ("+strconv.Itoa(len(x.Segments))+")")
		shown := x.Segments[:min(room, len(x.Segments))]
		room -= len(shown)
		for _, segment := range shown {
			s.say(pdf.Item, s.quote(segment))
		}
	}
}

// method says how the report was made, as rapport.html does.
func (s *setting) method(m analysis.Method) {
	s.say(pdf.Heading, "La méthode")
	for n, step := range m.Steps {
		s.say(pdf.Paragraph, strconv.Itoa(n+1)+". "+step)
	}
	for _, limit := range m.Limits {
		s.say(pdf.Paragraph, limit)
	}
	s.say(pdf.Heading2, "Comment lire les chiffres des thèmes")
	for _, figure := range m.Figures {
		s.say(pdf.Paragraph, figure)
	}
}
