package corpora

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Columns says which column of a table is what, by header; "" is none.
type Columns struct {
	ID         string
	Title      string
	Text       string
	Author     string
	FirstName  string // of who wrote, where Author is a last name
	Commune    string
	Department string
	Size       string
	Population string // numbers of inhabitants, where no column is Size
	Axis       string
	Support    string
	Date       string
	Source     string
}

// known lists, for each kind of column, the headers that people and tools give
// it, the surest first, without accents, capitals and marks.
var known = struct{ id, title, text, commune, department, size, population, axis, support, date, source []string }{
	id: []string{"id", "identifiant", "reference", "ref", "numero", "num", "no", "n", "uuid", "cle", "key", "identifiant de la contribution",
		"id contribution", "contribution id", "id proposition", "proposal id", "code"},
	title: []string{"titre", "title", "title fr", "titre fr", "headline", "objet", "intitule", "subject", "titre de la contribution",
		"titre de la proposition", "proposal title"},
	text: []string{"texte", "text", "body", "body fr", "contribution", "contenu", "content", "texte de la contribution", "texte fr",
		"message", "commentaire", "comment", "commentaires", "description", "verbatim", "reponse", "answer", "proposition", "opinion", "avis",
		"votre contribution", "votre proposition", "contributions", "propositions", "body text", "observation", "expression"},
	commune: []string{"commune", "ville", "collectivite", "nom de la commune", "nom commune", "municipalite", "mairie", "city", "town",
		"libelle commune", "territoire", "scope name fr"},
	department: []string{"departement", "code departement", "dept", "dep", "department", "numero departement", "n departement"},
	size:       []string{"taille", "strate", "taille de la commune", "classe de population", "tranche de population"},
	population: []string{"population", "habitants", "nombre d habitants", "nb habitants", "population municipale", "population totale", "pop",
		"population de la commune", "taille", "taille de la commune"},
	axis: []string{"axe", "thematique", "theme", "category name fr", "categorie", "category", "question", "rubrique", "enjeu", "topic", "sujet",
		"section", "question id"},
	support: []string{"soutiens", "soutien", "supports", "votes", "nombre de votes", "nb votes", "votes ok", "likes", "appuis", "upvotes",
		"endorsements", "endorsements total count", "nombre de soutiens", "votes pour", "proposal votes count"},
	date: []string{"date", "created at", "createdat", "date de creation", "cree le", "publie le", "published at", "publishedat", "horodatage", "horodateur",
		"date de depot", "timestamp", "date de publication", "submitted at"},
	source: []string{"source", "origine", "provenance", "canal"},
}

// familiar says whether one of the cells is a header that is known.
func familiar(cells []string) bool {
	for _, cell := range cells {
		if among(cell, known.id, known.title, known.text, known.commune, known.axis, known.date) || personal(cell) {
			return true
		}
	}
	return false
}

// among says whether a header is in one of the lists.
func among(header string, lists ...[]string) bool {
	name := plain(header)
	return slices.ContainsFunc(lists, func(list []string) bool { return slices.Contains(list, name) })
}

// Guess says what each column seems to be: by its header, in French or English,
// then by its content for the two that matter most, the texts and their
// identifiers.
func (t *Table) Guess() Columns {
	taken := make(map[string]bool)
	pick := func(names []string, fits func(column int) bool) string {
		for _, name := range names {
			for i, h := range t.Header {
				if !taken[h] && plain(h) == name && (fits == nil || fits(i)) {
					taken[h] = true
					return h
				}
			}
		}
		return ""
	}
	var c Columns
	c.ID = pick(known.id, nil)
	c.Text = pick(known.text, t.wordy)
	c.Title = pick(known.title, nil)
	if c.Text == "" {
		c.Text = t.wordiest(taken)
		taken[c.Text] = true
	}
	if c.Text == "" && c.Title != "" { // a list of titles is a list of texts
		c.Text, c.Title = c.Title, ""
	}
	t.guessAuthor(&c, taken)
	c.Commune = pick(known.commune, t.used)
	c.Department = pick(known.department, t.used)
	c.Size = pick(known.size, func(i int) bool { return t.used(i) && !t.counted(i) })
	if c.Size == "" {
		c.Population = pick(known.population, t.counted)
	}
	c.Axis = pick(known.axis, func(i int) bool { return t.used(i) && !t.found(i) })
	c.Support = pick(known.support, t.whole)
	c.Date = pick(known.date, t.used)
	c.Source = pick(known.source, t.used)
	if c.ID == "" && len(t.Header) > 1 && !taken[t.Header[0]] && t.unique(0) && !personal(t.Header[0]) && !t.reaches(0) && !t.rings(0) {
		c.ID = t.Header[0]
	}
	return c
}

// sample is how many rows are looked at to tell what a column holds.
const sample = 200

// filled calls yield with the first cells of a column that are not empty.
func (t *Table) filled(column int, yield func(cell string)) (n int) {
	for _, row := range t.Rows[:min(len(t.Rows), sample)] {
		if column < len(row) {
			if cell := strings.TrimSpace(row[column]); cell != "" {
				yield(cell)
				n++
			}
		}
	}
	return n
}

// wordy says whether a column may hold texts: not only numbers. Emoji are how
// some people answer.
func (t *Table) wordy(column int) bool {
	words := 0
	n := t.filled(column, func(cell string) {
		if strings.ContainsFunc(cell, func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.So, r) }) {
			words++
		}
	})
	return n == 0 || 2*words > n
}

// wordiest returns the header of the column with the longest texts, at least
// four words each on average; "" when there is none.
func (t *Table) wordiest(taken map[string]bool) string {
	best, most := "", 4.
	for i, h := range t.Header {
		if taken[h] {
			continue
		}
		words, links := 0, 0
		n := t.filled(i, func(cell string) {
			words += len(strings.Fields(cell))
			if strings.HasPrefix(cell, "http") {
				links++
			}
		})
		if n == 0 || 2*links > n {
			continue
		}
		if mean := float64(words) / float64(n); mean > most {
			best, most = h, mean
		}
	}
	if best == "" && len(t.Header) == 1 && !taken[t.Header[0]] {
		return t.Header[0]
	}
	return best
}

// used says whether a column holds anything.
func (t *Table) used(column int) bool { return t.filled(column, func(string) {}) > 0 }

// found says whether a column of a corpus for IRaMuTeQ or TXM holds the themes that
// an analysis of ours found, which [analysis.Report.Themed] wrote there: nobody chose
// them. Texts without a theme, or with a second one, tell.
func (t *Table) found(column int) bool {
	if plain(t.Header[column]) != "theme" || t.Format != "iramuteq" && t.Format != "txm" {
		return false
	}
	if slices.ContainsFunc(t.Header, func(h string) bool { return plain(h) == "theme 2" }) {
		return true
	}
	return slices.ContainsFunc(t.Rows, func(row []string) bool { return column < len(row) && plain(row[column]) == "sans theme" })
}

// whole says whether a column holds whole numbers only.
func (t *Table) whole(column int) bool {
	ok := true
	t.filled(column, func(cell string) {
		ok = ok && strings.Trim(cell, "0123456789") == ""
	})
	return ok && t.used(column)
}

// counted says whether a column holds hardly anything but numbers of inhabitants.
func (t *Table) counted(column int) bool {
	return t.hardly(column, func(cell string) bool { _, ok := ParsePopulation(cell); return ok })
}

// unique says whether a column can be identifiers: short, without spaces, one
// for every row and never twice the same.
func (t *Table) unique(column int) bool {
	seen := make(map[string]bool)
	for _, row := range t.Rows {
		cell := strings.TrimSpace(row[column])
		if cell == "" || len(cell) > 40 || strings.ContainsAny(cell, " \n\t") || seen[cell] {
			return false
		}
		seen[cell] = true
	}
	return len(t.Rows) > 0
}

func (c *Columns) fields() []*string {
	return []*string{&c.ID, &c.Title, &c.Text, &c.Author, &c.FirstName, &c.Commune, &c.Department, &c.Size, &c.Population, &c.Axis, &c.Support, &c.Date, &c.Source}
}

// Mapped lists the headers that c gives a meaning to.
func (c Columns) Mapped() []string {
	var out []string
	for _, field := range c.fields() {
		if *field != "" {
			out = append(out, *field)
		}
	}
	return out
}

// plain is a header without accents, capitals and marks, words parted by one
// space: « Catégorie/Nom_FR » → « categorie nom fr ».
func plain(header string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(header)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case r == utf8.RuneError:
		default:
			gap = true
		}
	}
	return b.String()
}

// Without returns c with a column that nothing but the text is read from: what a
// person says is the text is no longer anything else.
func (c Columns) Without(header string) Columns {
	for _, field := range c.fields() {
		if *field == header && field != &c.Text {
			*field = ""
		}
	}
	return c
}
