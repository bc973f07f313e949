package corpora

import (
	"regexp"
	"slices"
	"strings"
)

// people lists the headers under which a table says who wrote, the surest first:
// without accents, capitals, marks, small words and feminine endings, as [named]
// leaves them. first completes last; contact is of no use but to reach a person.
var people = struct{ author, email, full, last, first, contact []string }{
	author: []string{"auteur", "auteur id", "identifiant auteur", "author", "author id", "authorid", "id auteur", "user id", "userid",
		"contributeur", "contributrice", "elu", "elue", "identifiant elu", "identifiant elue", "auteur nom", "author name", "nom auteur", "autrice",
		"participant", "participante", "redacteur", "redactrice", "repondant", "repondante", "deposant", "deposante", "intervenant", "intervenante",
		"signataire", "utilisateur", "utilisatrice", "nom utilisateur", "username", "pseudo", "pseudonyme", "identite", "qui etes vous"},
	email: []string{"courriel", "email", "mail", "adresse mail", "adresse email", "adresse courriel", "adresse electronique",
		"adresse messagerie", "mel", "adresse mel", "email address", "mail address", "author email"},
	full:  []string{"nom prenom", "prenom nom", "nom complet", "full name", "nom elu", "nom elue"},
	last:  []string{"nom", "nom famille", "nom usage", "last name", "lastname", "surname"},
	first: []string{"prenom", "prenoms", "prenom elu", "prenom elue", "first name", "firstname", "given name"},
	contact: []string{"telephone", "tel", "numero telephone", "no telephone", "n telephone", "telephone portable", "telephone mobile", "portable",
		"mobile", "phone", "phone number", "adresse postale", "adresse ip", "ip", "ip address", "date naissance"},
}

// named is a header as people lists it: « Élu(e) » → « elu », « Vos nom et
// prénom » → « nom prenom », « Adresse e-mail » → « adresse mail ».
func named(header string) string {
	small := []string{"e", "es", "s", "rice", "ice", "trice", "votre", "vos", "mon", "ma", "mes", "le", "la", "les", "l", "de", "du", "des", "d", "et", "ou"}
	words := strings.Fields(plain(header))
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(small, w) }), " ")
}

// personal says whether a header is one of people's.
func personal(header string) bool {
	name := named(header)
	for _, list := range [][]string{people.author, people.email, people.full, people.last, people.first, people.contact} {
		if slices.Contains(list, name) {
			return true
		}
	}
	return false
}

// guessAuthor finds who wrote: a column of names or identifiers, else of addresses,
// else a last and a first name.
func (t *Table) guessAuthor(c *Columns, taken map[string]bool) {
	pick := func(names []string, fits func(int) bool) string {
		for _, name := range names {
			for i, h := range t.Header {
				if !taken[h] && named(h) == name && fits(i) {
					taken[h] = true
					return h
				}
			}
		}
		return ""
	}
	if c.Author = pick(people.author, t.names); c.Author == "" {
		c.Author = pick(people.email, t.reaches)
	}
	for i, h := range t.Header {
		if c.Author == "" && !taken[h] && t.reaches(i) {
			c.Author, taken[h] = h, true
		}
	}
	if c.Author == "" {
		c.Author = pick(people.full, t.names)
	}
	if c.Author == "" {
		if c.Author = pick(people.last, t.names); c.Author != "" {
			c.FirstName = pick(people.first, t.used)
		} else {
			c.Author = pick(people.first, t.names)
		}
	}
	if c.Author == "" { // names under « Email »
		c.Author = pick(people.email, t.names)
	}
}

// names says whether a column may name people: it is no « oui » or « non » (« Élu·e »),
// and no choice of a few answers (« Qui êtes-vous ? »).
func (t *Table) names(column int) bool {
	choice := true
	n := t.filled(column, func(cell string) {
		choice = choice && slices.Contains([]string{"oui", "non", "yes", "no", "vrai", "faux", "true", "false", "0", "1", "x"}, strings.ToLower(cell))
	})
	return n > 0 && !choice && (named(t.Header[column]) != "qui etes vous" || !t.closed(column))
}

var (
	anAddress = regexp.MustCompile(`^(?:mailto:)?[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$`)
	aPhone    = regexp.MustCompile(`^(?:\+|00)?[\d\s\x{a0}\x{202f}.()/-]+$`)
)

// reaches says whether a column holds hardly anything but addresses of e-mail or
// numbers of telephone.
func (t *Table) reaches(column int) bool { return t.hardly(column, anAddress.MatchString) }

func (t *Table) rings(column int) bool {
	return t.hardly(column, func(cell string) bool {
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, cell)
		abroad := strings.HasPrefix(cell, "+") || strings.HasPrefix(digits, "00")
		return aPhone.MatchString(cell) && (abroad && len(digits) >= 10 && len(digits) <= 15 || strings.HasPrefix(digits, "0") && len(digits) == 10)
	})
}

// hardly says whether nine in ten of a column's cells are such.
func (t *Table) hardly(column int, such func(cell string) bool) bool {
	are := 0
	n := t.filled(column, func(cell string) {
		if such(cell) {
			are++
		}
	})
	return n > 0 && 10*are >= 9*n
}

// Private lists the columns that name people or tell how to reach them, and that c
// gives no other meaning: they become no variable.
func (t *Table) Private(c Columns) (out []string) {
	mapped := c.Mapped()
	for i, h := range t.Header {
		if !slices.Contains(mapped, h) && (personal(h) && t.names(i) || t.reaches(i) || t.rings(i)) {
			out = append(out, h)
		}
	}
	return out
}

// Author is who wrote a row's text: an identifier, an address, or a first and a last
// name; "" when that is unknown.
func (t *Table) Author(row int, c Columns) string {
	return whole(t.Cell(row, c.FirstName), t.Cell(row, c.Author))
}

// whole is a name of which a part may be missing.
func whole(first, last string) string { return strings.TrimSpace(first + " " + last) }
