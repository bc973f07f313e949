package consult

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// MaxRoster is how many people one command accredits: what one append keeps.
const MaxRoster = store.MaxBatch

// RosterColumns says which column of a list of élus is what, by header; "" is
// none.
type RosterColumns struct {
	LastName, FirstName, Name, Email, Mandate, Town, Code, Department, DepartmentName, Population, Role string
}

// rosterNames lists the headers that people give each column, the surest first,
// without accents, capitals and marks.
var rosterNames = struct{ last, first, name, email, mandate, town, code, department, departmentName, population, role []string }{
	last:    []string{"nom", "nom de famille", "nom elu", "nom de l elu", "nom usuel", "lastname", "last name"},
	first:   []string{"prenom", "prenoms", "prenom elu", "prenom de l elu", "firstname", "first name"},
	name:    []string{"nom complet", "nom et prenom", "nom prenom", "prenom nom", "prenom et nom", "elu", "name", "full name"},
	email:   []string{"courriel", "email", "e mail", "mail", "adresse mail", "adresse email", "adresse e mail", "adresse electronique", "adresse courriel", "mel", "adresse mel"},
	mandate: []string{"mandat", "fonction", "qualite", "mandate", "poste", "libelle de la fonction"},
	town: []string{"commune", "collectivite", "ville", "nom de la commune", "nom commune", "libelle de la commune", "libelle commune", "nom de la collectivite",
		"epci", "town", "city"},
	code: []string{"code insee", "insee", "code commune", "code de la commune", "code insee commune", "code", "siren", "cog"},
	department: []string{"departement", "code departement", "code du departement", "dept", "dep", "department", "n departement", "numero de departement",
		"numero departement"},
	departmentName: []string{"nom du departement", "nom departement", "libelle du departement", "libelle departement"},
	population:     []string{"population", "habitants", "nombre d habitants", "nb habitants", "population municipale", "population totale", "pop"},
	role:           []string{"role", "role au congres"},
}

// GuessRoster says what each column of a list of élus seems to be; the column
// that holds addresses is known by them when its header says nothing.
func GuessRoster(t *corpora.Table) RosterColumns {
	taken := map[string]bool{}
	pick := func(names []string) string {
		for _, name := range names {
			for _, h := range t.Header {
				if !taken[h] && plain(h) == name {
					taken[h] = true
					return h
				}
			}
		}
		return ""
	}
	n := &rosterNames
	c := RosterColumns{Email: pick(n.email), FirstName: pick(n.first), LastName: pick(n.last), Name: pick(n.name), Mandate: pick(n.mandate),
		Town: pick(n.town), Code: pick(n.code), DepartmentName: pick(n.departmentName), Department: pick(n.department),
		Population: pick(n.population), Role: pick(n.role)}
	for i, h := range t.Header {
		if c.Email == "" && !taken[h] && slices.ContainsFunc(t.Rows[:min(len(t.Rows), 20)], func(row []string) bool { return strings.Contains(row[i], "@") }) {
			c.Email = h
		}
	}
	return c
}

// plain is a header without accents, capitals and marks, words parted by one
// space.
func plain(header string) string {
	return strings.Join(strings.FieldsFunc(fold(header), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// A Roster is what accrediting a list of élus would do, and what its sender
// should look at before.
type Roster struct {
	Columns            RosterColumns
	Total              int // rows of the table
	People             []Person
	Lines              []int           // of the file, where each of People stands
	Doubts             []corpora.Doubt // all, by line; a severe one's row is left out
	Doubted, Left      int             // rows that have a doubt; rows left out
	New, Changed, Same int             // what [Roster.Compare] found
}

// ReadRoster reads the rows of a table as people.
func ReadRoster(t *corpora.Table, c RosterColumns) *Roster {
	r := &Roster{Columns: c, Total: len(t.Rows)}
	if t.Column(c.Email) < 0 {
		r.Doubts = append(slices.Clone(t.Doubts), corpora.Doubt{Severe: true,
			Sentence: "Aucune colonne ne donne les courriels, sans lesquels personne ne peut entrer\u00a0: dites laquelle."})
		r.Left = r.Total
		return r
	}
	broken := map[int][]corpora.Doubt{}
	for _, d := range t.Doubts {
		broken[d.Line] = append(broken[d.Line], d)
	}
	r.Doubts = append(r.Doubts, broken[0]...)
	seen := map[string]int{} // address → its line
	for i, line := range t.Lines {
		doubts := slices.Clone(broken[line])
		doubt := func(column string, severe bool, format string, args ...any) {
			doubts = append(doubts, corpora.Doubt{Line: line, Column: column, Severe: severe, Sentence: fmt.Sprintf(format, args...)})
		}
		p := rosterRow(t, c, i, doubt)
		if first, again := seen[p.Email]; again && p.Email != "" {
			doubt(c.Email, true, "L’adresse «\u00a0%s\u00a0» est déjà celle de la ligne %d\u00a0: cette ligne est laissée de côté.", p.Email, first)
		}
		if len(doubts) > 0 {
			r.Doubts = append(r.Doubts, doubts...)
			r.Doubted++
		}
		if slices.ContainsFunc(doubts, func(d corpora.Doubt) bool { return d.Severe }) {
			r.Left++
			continue
		}
		seen[p.Email] = line
		r.People, r.Lines = append(r.People, p), append(r.Lines, line)
	}
	slices.SortStableFunc(r.Doubts, func(a, b corpora.Doubt) int { return cmp.Compare(a.Line, b.Line) })
	return r
}

func rosterRow(t *corpora.Table, c RosterColumns, i int, doubt func(string, bool, string, ...any)) Person {
	p := Person{FirstName: t.Cell(i, c.FirstName), LastName: t.Cell(i, c.LastName), Email: t.Cell(i, c.Email), Mandate: t.Cell(i, c.Mandate), Role: Elu,
		Town: Collectivity{Code: t.Cell(i, c.Code), Name: t.Cell(i, c.Town), Department: t.Cell(i, c.Department), DepartmentName: t.Cell(i, c.DepartmentName)}}
	if full := t.Cell(i, c.Name); p.FirstName == "" && p.LastName == "" && full != "" {
		p.FirstName, p.LastName = splitName(full)
	}
	if p.FirstName == "" && p.LastName == "" {
		doubt(cmp.Or(c.LastName, c.Name), false, "Le nom manque\u00a0: la personne pourra entrer, mais paraîtra «\u00a0sans nom\u00a0». Complétez la ligne.")
	} else if p.LastName == "" {
		doubt(c.LastName, false, "Le nom de famille manque\u00a0: complétez la ligne.")
	}
	if n := t.Cell(i, c.Population); n != "" {
		var ok bool
		if p.Town.Population, ok = corpora.ParsePopulation(n); !ok {
			doubt(c.Population, false, "La population «\u00a0%.40s\u00a0» n’est pas un nombre d’habitants\u00a0: elle restera inconnue.", n)
		}
	}
	if role := t.Cell(i, c.Role); role != "" {
		var ok bool
		if p.Role, ok = ParseRole(role); !ok {
			doubt(c.Role, true, "Le rôle «\u00a0%.40s\u00a0» n’existe pas\u00a0: écrivez élu, rapporteur ou équipe, ou laissez vide pour élu. Cette ligne est laissée de côté.", role)
			p.Role = Elu
		} else if p.Role == Staff {
			doubt(c.Role, false, "Cette personne aura tous les droits de l’équipe\u00a0: vérifiez que c’est voulu.")
		}
	}
	if p.Email == "" {
		doubt(c.Email, true, "Le courriel manque\u00a0: sans lui, la personne ne peut pas entrer. Cette ligne est laissée de côté.")
		return p
	}
	clean, err := p.clean()
	if err != nil {
		problem := err.Error()
		if field, ok := err.(*FieldError); ok {
			problem = field.Problem
		}
		doubt(c.Email, true, "%s Cette ligne est laissée de côté.", problem)
		return p
	}
	return clean
}

// splitName parts a full name: words all in capitals are the last name, as
// French lists write it; else the first word is the first name.
func splitName(full string) (first, last string) {
	words := strings.Fields(full)
	var lower, upper []string
	for _, w := range words {
		if len([]rune(w)) > 1 && strings.ToUpper(w) == w {
			upper = append(upper, w)
		} else {
			lower = append(lower, w)
		}
	}
	if len(upper) > 0 && len(lower) > 0 {
		return strings.Join(lower, " "), strings.Join(upper, " ")
	}
	if len(words) == 1 {
		return "", full
	}
	return words[0], strings.Join(words[1:], " ")
}

// Compare counts what accrediting the people would do, and keeps whoever is of
// the staff from losing that role to a list of élus, which it mentions.
func (r *Roster) Compare(s *State) {
	r.New, r.Changed, r.Same = 0, 0, 0
	for i, p := range r.People {
		old := s.PersonByEmail(p.Email)
		if old == nil {
			r.New++
			continue
		}
		if old.Role == Staff && p.Role != Staff {
			r.Doubts = append(r.Doubts, corpora.Doubt{Line: r.Lines[i], Column: r.Columns.Role,
				Sentence: "Cette personne est déjà de l’équipe\u00a0: elle le reste."})
			p.Role = Staff
			r.People[i] = p
		}
		if p.over(*old) == *old {
			r.Same++
		} else {
			r.Changed++
		}
	}
	slices.SortStableFunc(r.Doubts, func(a, b corpora.Doubt) int { return cmp.Compare(a.Line, b.Line) })
}

// AccreditAll accredits people, 10,000 at most, all or none. fresh are the
// identifiers of those who were not known before. Doing it again changes
// nothing.
func AccreditAll(tx *ledger.Tx, people []Person) (fresh []string, changed int, err error) {
	if len(people) > MaxRoster {
		return nil, 0, bad("fichier", "Une liste compte 10\u202f000 personnes au plus\u00a0: partagez-la en plusieurs fichiers.")
	}
	s := ledger.Of[*State](tx)
	for _, p := range people {
		known := s.PersonByEmail(p.Email) != nil
		id, did, err := Accredit(tx, p)
		switch {
		case err != nil:
			return nil, 0, err
		case !known:
			fresh = append(fresh, id)
		case did:
			changed++
		}
	}
	return fresh, changed, nil
}
