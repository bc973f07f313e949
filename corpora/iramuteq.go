package corpora

import (
	"fmt"
	"strings"
	"unicode"
)

// An IramuteqText is one text of a corpus for IRaMuTeQ (P. Ratinaud), which is
// read and written without loss.
type IramuteqText struct {
	Line  int            // of its « **** » in the file, from 1; not written
	Stars []Star         // its starred variables, in order
	Parts []IramuteqPart // at least one; only the first may lack a theme
}

// A Star is « *name_value »; one without a value (« *vue ») has Bare set.
type Star struct {
	Name, Value string
	Bare        bool
}

// An IramuteqPart is what follows a line « -*theme »; Theme is "" before any.
type IramuteqPart struct{ Theme, Text string }

// ParseIramuteq reads a corpus: each text follows a line
// « **** *variable_value *variable_value »; inside it, a line « -*theme » opens a
// part. White space around a part is no part of it. before is the line on which
// something stands that precedes all texts, 0 when nothing does.
func ParseIramuteq(text string) (texts []IramuteqText, before int) {
	var body []string
	flush := func() {
		if len(texts) > 0 {
			parts := texts[len(texts)-1].Parts
			parts[len(parts)-1].Text = strings.TrimSpace(strings.Join(body, "\n"))
		}
		body = body[:0]
	}
	line := 0
	for raw := range strings.Lines(text) {
		line++
		raw = strings.TrimRight(raw, "\r\n")
		if stars, ok := strings.CutPrefix(raw, "****"); ok && (stars == "" || stars[0] == ' ' || stars[0] == '\t') {
			flush()
			texts = append(texts, IramuteqText{Line: line, Stars: parseStars(stars), Parts: make([]IramuteqPart, 1)})
			continue
		}
		if len(texts) == 0 {
			if before == 0 && strings.TrimSpace(raw) != "" {
				before = line
			}
			continue
		}
		if theme, ok := strings.CutPrefix(raw, "-*"); ok {
			last := &texts[len(texts)-1]
			flush()
			if len(last.Parts) == 1 && last.Parts[0] == (IramuteqPart{}) {
				last.Parts = last.Parts[:0]
			}
			last.Parts = append(last.Parts, IramuteqPart{Theme: strings.TrimSpace(theme)})
			continue
		}
		body = append(body, raw)
	}
	flush()
	return texts, before
}

func parseStars(line string) []Star {
	var out []Star
	for _, field := range strings.Fields(line) {
		name, value, found := strings.Cut(strings.TrimPrefix(field, "*"), "_")
		if name != "" {
			out = append(out, Star{name, value, !found})
		}
	}
	return out
}

// mostStars is how many variables a table takes from a corpus.
const mostStars = 500

// readIramuteq makes a row of each text: a column a variable, « oui » under one
// without a value. Parts are read one after the other; their themes are not
// kept, and a doubt says so. More than most texts are refused.
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
	column := make(map[string]int)
	themed, refused := 0, false
	for _, one := range texts {
		row := make([]string, 1, 1+len(one.Stars))
		var parts []string
		for _, part := range one.Parts {
			parts = append(parts, part.Text)
			if part.Theme != "" && themed == 0 {
				themed = one.Line
			}
		}
		row[0] = strings.TrimSpace(strings.Join(parts, "\n"))
		for _, star := range one.Stars {
			if star.Name == "texte" {
				continue
			}
			at, ok := column[star.Name]
			if !ok {
				if len(t.Header) > mostStars {
					if !refused {
						refused = true
						t.doubt(one.Line, "", true, "Le corpus compte plus de %d variables\u00a0: celles qui suivent sont laissées de côté. Vérifiez que le nom et la valeur sont séparés par un tiret bas\u00a0: *nom_valeur.", mostStars)
					}
					continue
				}
				at = len(t.Header)
				column[star.Name] = at
				t.Header = append(t.Header, star.Name)
			}
			for len(row) <= at {
				row = append(row, "")
			}
			row[at] = star.Value
			if star.Bare {
				row[at] = "oui"
			}
		}
		t.add(one.Line, row)
	}
	if themed > 0 {
		t.doubt(themed, "", false, "Les thématiques (lignes «\u00a0-*\u00a0») ne deviennent pas des variables\u00a0: chaque texte est lu en entier.")
	}
	return t.pad()
}

// starred makes a name or a value that IRaMuTeQ takes: letters, digits and
// hyphens; the underscore ends a name, white space a variable.
func starred(s string, underscore bool) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_' && underscore:
			b.WriteRune(r)
		case r == '\'', r == '’', unicode.IsSpace(r), r == '_', unicode.IsPunct(r), unicode.IsSymbol(r):
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
	}
	return strings.Trim(b.String(), "-")
}
