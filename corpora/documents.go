package corpora

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Compose makes a document's text of its title and its body. The title is the
// author's words too: it comes first, then a blank line, then the body. A body
// without a title is kept to the byte. Every reader, and the consultation, go
// through here.
func Compose(title, body string) string {
	title = strings.TrimSpace(title)
	switch {
	case title == "":
		return body
	case strings.TrimSpace(body) == "":
		return title
	}
	return title + "\n\n" + body
}

// Documents makes a document of each row that has a text. Rows without an
// identifier get their rank; one that is met twice gets a suffix (« 12-2 »), or
// the next that no row of the file bears, so that a name always leads back to the
// row that has it. What an import should not let pass is said in doubts, those met
// while reading included, in the order of lines.
func (t *Table) Documents(c Columns) ([]Document, []Doubt) {
	doubts := append([]Doubt(nil), t.Doubts...)
	doubt := func(row int, column, sentence string, severe bool) {
		doubts = append(doubts, Doubt{t.Lines[row], column, sentence, severe})
	}
	column := make(map[string]int, len(t.Header))
	for i, h := range t.Header {
		column[h] = i
	}
	cell := func(row int, header string) string { // as Cell, for tables of many columns
		if i, ok := column[header]; ok && header != "" && i < len(t.Rows[row]) {
			return strings.TrimSpace(t.Rows[row][i])
		}
		return ""
	}
	variables := []struct{ column, name string }{
		{c.Commune, VarCommune}, {c.Department, VarDepartment}, {c.Size, VarSize}, {c.Axis, VarAxis}, {c.Support, VarSupport}, {c.Date, VarDate}, {c.Source, VarSource},
	}
	said := make(map[string]bool) // columns that become no variable of their own
	for _, h := range append(c.Mapped(), t.Private(c)...) {
		said[h] = true
	}
	reserved := map[string]bool{VarAuthor: c.Author != "", VarSize: c.Population != ""}
	for _, v := range variables {
		if v.column != "" {
			reserved[v.name] = true
		}
	}
	var out []Document
	seen := make(map[string]int) // identifier → line
	borne := make(map[string]bool, len(t.Rows))
	for i := range t.Rows {
		borne[cell(i, c.ID)] = true
	}
	copies := make(map[string]int) // identifier → how often it was met again
	fresh := func(base string) string {
		for {
			copies[base]++
			id := base + "-" + strconv.Itoa(copies[base]+1)
			if _, taken := seen[id]; !taken && !borne[id] {
				return id
			}
		}
	}
	for i := range t.Rows {
		body := ""
		if column := t.Column(c.Text); column >= 0 && column < len(t.Rows[i]) {
			body = t.Rows[i][column]
		}
		text := Compose(t.Cell(i, c.Title), body)
		if strings.TrimSpace(text) == "" {
			if c.Text == "" && c.Title == "" { // no column was found: that is said once
				break
			}
			doubt(i, c.Text, t.Missing(i, c.Text), true)
			continue
		}
		if strings.TrimSpace(body) == "" && c.Title != "" {
			doubt(i, c.Text, "Le texte est vide\u00a0: seul le titre est retenu.", false)
		}
		if n := utf8.RuneCountInString(text); t.MaxText > 0 && n > t.MaxText {
			doubt(i, c.Text, "Le texte compte "+strconv.Itoa(n)+" caractères, la limite est de "+strconv.Itoa(t.MaxText)+". Raccourcissez-le ou partagez-le en deux lignes.", true)
		}
		id := cell(i, c.ID)
		switch line, again := seen[id]; {
		case id == "":
			id = strconv.Itoa(i + 1)
			if c.ID == "" {
				break
			}
			if _, taken := seen[id]; taken || borne[id] {
				id = fresh(id)
			}
			doubt(i, c.ID, "L’identifiant manque\u00a0: cette ligne s’appelle «\u00a0"+id+"\u00a0», d’après son rang. Donnez à chaque ligne un identifiant qui ne change pas.", true)
		case again:
			was := id
			id = fresh(id)
			doubt(i, c.ID, "L’identifiant «\u00a0"+was+"\u00a0» est déjà celui de la ligne "+strconv.Itoa(line)+"\u00a0: cette ligne est devenue «\u00a0"+id+"\u00a0». Donnez à chaque ligne le sien.", true)
		}
		seen[id] = t.Lines[i]
		d := Document{ID: id, Version: 1, Text: text}
		set := func(name, value string) {
			if value == "" {
				return
			}
			if d.Variables == nil {
				d.Variables = make(map[string]string)
			}
			d.Variables[name] = value
		}
		for _, v := range variables {
			set(v.name, cell(i, v.column))
		}
		set(VarAuthor, whole(cell(i, c.FirstName), cell(i, c.Author)))
		if cell := cell(i, c.Population); cell != "" {
			inhabitants, ok := ParsePopulation(cell)
			if set(VarSize, SizeClass(inhabitants)); !ok {
				doubt(i, c.Population, "La population «\u00a0"+cell+"\u00a0» n’est pas un nombre d’habitants\u00a0: la taille de la commune restera inconnue.", false)
			}
		}
		for _, h := range t.Header {
			if !said[h] && !reserved[h] {
				set(h, cell(i, h))
			}
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		doubts = append(doubts, Doubt{0, c.Text, "Aucun texte n’a été trouvé. Vérifiez quelle colonne contient les textes.", true})
	}
	slices.SortStableFunc(doubts, func(a, b Doubt) int { return cmp.Compare(a.Line, b.Line) })
	return out, doubts
}
