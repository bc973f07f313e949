package corpora

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// How many variables a table takes from a corpus, and how many of those that are
// there or not get a « non » where they are not.
const (
	mostStars = 500
	mostMarks = 12 // as many as an analysis compares
)

// What a text is under a variable that has no other value.
const (
	present = "oui"
	absent  = "non"
)

// A starColumn is a variable of a corpus as a column of its table.
type starColumn struct {
	at    int    // in the header
	value string // the only one, until mixed
	mixed bool
	texts int
}

// readIramuteq makes a row of each text and a column of each variable; see
// [Table.marks] for those with one value. Parts are read one after the other;
// their themes are not kept, and a doubt says so. More than most texts are
// refused.
func (t *Table) readIramuteq(text string, most int) error {
	if strings.Count(text, "\n****") > most { // before any memory is taken for them
		return &FileError{t.Name, 0, fmt.Sprintf("le corpus compte plus de %d textes. Partagez-le en plusieurs fichiers.", most), ErrTooMany}
	}
	texts, before := ParseIramuteq(text)
	if len(texts) == 0 {
		return &FileError{t.Name, 0, "aucune ligne ne commence par «\u00a0****\u00a0». Un corpus IRaMuTeQ en place une avant chaque texte, suivie de ses variables\u00a0: **** *commune_lille *annee_2026.", ErrNoTable}
	}
	if before > 0 {
		t.doubt(before, "", true, "Ce qui précède la première ligne «\u00a0****\u00a0» n’appartient à aucun texte et est laissé de côté. Placez une telle ligne avant.")
	}
	t.Header = []string{"texte"}
	said := make(map[string]bool)
	once := func(line int, severe bool, sentence string) { // at the first line of those it may hold for
		if !said[sentence] {
			said[sentence] = true
			t.doubt(line, "", severe, "%s", sentence)
		}
	}
	columns := make(map[string]*starColumn)
	var order []*starColumn
	for _, one := range texts {
		row := make([]string, 1, 1+len(one.Stars))
		var parts []string
		for _, part := range one.Parts {
			parts = append(parts, part.Text)
			if part.Theme != "" {
				once(one.Line, false, "Les thématiques (lignes «\u00a0-*\u00a0») ne deviennent pas des variables\u00a0: chaque texte est lu en entier.")
			}
		}
		row[0] = strings.TrimSpace(strings.Join(parts, "\n"))
		if len(one.Odd) > 0 {
			once(one.Line, false, "Une étoile sans nom (* ou *_valeur) n’est pas une variable et est laissée de côté, ici et plus loin. Écrivez *nom_valeur.")
		}
		for _, star := range one.Stars {
			c := columns[star.Name]
			if c == nil {
				if len(t.Header) > mostStars {
					once(one.Line, true, "Le corpus compte plus de "+fmt.Sprint(mostStars)+" variables\u00a0: celles qui suivent sont laissées de côté. Vérifiez que le nom et la valeur sont séparés par un tiret bas\u00a0: *nom_valeur.")
					continue
				}
				c = &starColumn{at: len(t.Header)}
				columns[star.Name], order = c, append(order, c)
				t.Header = append(t.Header, star.Name)
			}
			value := star.Value
			if star.Bare {
				value = present
			}
			for len(row) <= c.at {
				row = append(row, "")
			}
			if had := row[c.at]; had != "" && had != value {
				once(one.Line, false, "Une variable est portée deux fois par un même texte (*"+star.Name+")\u00a0: la dernière valeur est retenue.")
			}
			row[c.at] = value
			if c.texts++; c.texts == 1 {
				c.value = value
			}
			c.mixed = c.mixed || value != c.value
		}
		t.add(one.Line, row)
	}
	t.Header = names(t.Header) // a variable may be called « texte »
	if err := t.pad(); err != nil {
		return err
	}
	t.marks(order)
	return nil
}

// marks reads as present or absent the variables that only some texts bear,
// always alike: « *vue », or « *Impots_Depenses_Publiques » where no « *Impots_ »
// ends otherwise, which tells something by being there only. Names that say what
// a text is (*commune_lille) keep their value. Of many, those of most texts.
func (t *Table) marks(order []*starColumn) {
	var found []*starColumn
	for _, c := range order {
		if !c.mixed && c.value != "" && c.texts > 1 && c.texts < len(t.Rows) && !telling(t.Header[c.at]) {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b *starColumn) int { return cmp.Compare(b.texts, a.texts) })
	if len(found) > mostMarks {
		t.doubt(0, "", false, "%s ne sont portées que par une partie des textes, toujours avec la même valeur\u00a0: les %d plus fréquentes sont lues comme présentes ou absentes, les autres avec leur valeur.", count(len(found), "variable", "variables"), mostMarks)
		found = found[:mostMarks]
	}
	used := make(map[string]bool, len(t.Header))
	for _, h := range t.Header {
		used[h] = true
	}
	for _, c := range found {
		if whole := t.Header[c.at] + "_" + c.value; c.value != present && !used[whole] {
			t.Header[c.at] = whole
			used[whole] = true
		}
		for _, row := range t.Rows {
			if row[c.at] == "" {
				row[c.at] = absent
			} else {
				row[c.at] = present
			}
		}
	}
}

// telling says whether a name by itself says what its value is.
func telling(header string) bool {
	return personal(header) || among(header, known.id, known.title, known.text, known.commune, known.department, known.size, known.population,
		known.axis, known.support, known.date, known.source)
}
