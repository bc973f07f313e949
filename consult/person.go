package consult

import (
	"bytes"
	"cmp"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// A Role says what a person may do. A rapporteur is an élu too.
type Role string

// The roles. Anybody else is a visitor: Role "".
const (
	Elu        Role = "élu"
	Rapporteur Role = "rapporteur"
	Staff      Role = "équipe"
)

// ParseRole reads a role as people write it, whatever its gender.
func ParseRole(s string) (Role, bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "élu", "élue", "élu·e", "elu", "elue":
		return Elu, true
	case "rapporteur", "rapporteure", "rapporteuse", "rapporteur·e":
		return Rapporteur, true
	case "équipe", "equipe":
		return Staff, true
	}
	return "", false
}

// above is whether a role allows more than another.
func (r Role) above(other Role) bool {
	order := []Role{"", Elu, Rapporteur, Staff}
	return slices.Index(order, r) > slices.Index(order, other)
}

// A Collectivity is a town or a group of towns that has élus.
type Collectivity struct {
	Code           string `cbor:"code"` // INSEE code, "" when unknown
	Name           string `cbor:"name"`
	Department     string `cbor:"department"` // code
	DepartmentName string `cbor:"departmentName,omitempty"`
	Population     int    `cbor:"population"` // 0: unknown
}

// Size is the class of population that a collectivity belongs to, "" when unknown.
func (c Collectivity) Size() string {
	return corpora.SizeClass(c.Population)
}

// DepartmentTitle is the name of its département, "" where neither that nor a known
// code is given.
func (c Collectivity) DepartmentTitle() string {
	return cmp.Or(c.DepartmentName, corpora.DepartmentName(c.Department))
}

// A Person is an élu, a rapporteur or a member of staff. Never changed once
// folded; an erased one has only its ID and Erased.
type Person struct {
	ID        string
	FirstName string
	LastName  string
	Email     string // lower case
	Mandate   string // « maire », « adjointe au numérique »…
	Town      Collectivity
	Role      Role
	Erased    bool
}

// Name is the first name and the name.
func (p *Person) Name() string {
	if n := strings.TrimSpace(p.FirstName + " " + p.LastName); n != "" {
		return n
	}
	if p.Erased {
		return "personne effacée"
	}
	if p.Email != "" { // invited by address alone, staff as a rule
		return p.Email
	}
	return "sans nom"
}

type personData struct {
	FirstName string       `cbor:"first"`
	LastName  string       `cbor:"last"`
	Email     string       `cbor:"email"`
	Mandate   string       `cbor:"mandate"`
	Town      Collectivity `cbor:"town"`
	Role      Role         `cbor:"role"`
}

const kindAccredited = "person.accredited" // also when what is known of them changes
const kindPersonErased = "person.erased"

// Accredit makes p known, or changes what is known of the person with the
// same e-mail address. It gives and takes nothing away, whatever list or invitation
// names them again: what it does not say of them stays known, and so does a role
// that allows more. To take away is an act of its own, [Amend] or [Assign]. Only staff may; the system
// (actor "") may for the command line. It returns the person's identifier.
func Accredit(tx *ledger.Tx, p Person) (id string, changed bool, err error) {
	return accredit(tx, p, false)
}

// accredit keeps p; exactly: as it is, even where it says or allows less.
func accredit(tx *ledger.Tx, p Person, exactly bool) (id string, changed bool, err error) {
	s := ledger.Of[*State](tx)
	if tx.Actor != "" && s.Role(tx.Actor) != Staff {
		return "", false, ErrForbidden
	}
	if p, err = p.clean(); err != nil {
		return "", false, err
	}
	id = s.byEmail[p.Email]
	if id == "" {
		id = store.NewID()
	} else if old := *s.people[id]; old.Role != "" {
		p.ID = id
		if !exactly {
			p = p.over(old)
		}
		if err := s.mayLeave(tx.Actor, old, p.Role); err != nil {
			return "", false, err
		}
		if p == old {
			return id, false, nil
		}
	}
	tx.Emit(kindAccredited, 1, id, personData{p.FirstName, p.LastName, p.Email, p.Mandate, p.Town, p.Role})
	return id, true, nil
}

// over is the person who is known as old, as p tells of them, and as before where
// p says nothing or allows less.
func (p Person) over(old Person) Person {
	p.ID, p.Town = old.ID, p.Town.over(old.Town)
	p.FirstName, p.LastName, p.Mandate = cmp.Or(p.FirstName, old.FirstName), cmp.Or(p.LastName, old.LastName), cmp.Or(p.Mandate, old.Mandate)
	if old.Role.above(p.Role) {
		p.Role = old.Role
	}
	return p
}

// over is c and what is known of it, unless that is known of another.
func (c Collectivity) over(old Collectivity) Collectivity {
	same := func(a, b string) bool { return a == "" || b == "" || fold(a) == fold(b) }
	if !same(c.Code, old.Code) || !same(c.Name, old.Name) || !same(c.Department, old.Department) {
		return c
	}
	return Collectivity{cmp.Or(c.Code, old.Code), cmp.Or(c.Name, old.Name), cmp.Or(c.Department, old.Department),
		cmp.Or(c.DepartmentName, old.DepartmentName), cmp.Or(c.Population, old.Population)}
}

func (p Person) clean() (Person, error) {
	for _, f := range []struct {
		name string
		s    *string
	}{{"prénom", &p.FirstName}, {"nom", &p.LastName}, {"mandat", &p.Mandate}, {"commune", &p.Town.Name},
		{"code INSEE", &p.Town.Code}, {"département", &p.Town.Department}, {"département", &p.Town.DepartmentName}} {
		valid := utf8.ValidString(*f.s)
		*f.s = OneLine(*f.s)
		if utf8.RuneCountInString(*f.s) > 200 || !valid {
			return p, bad(f.name, "Le champ « %s » est trop long ou illisible : 200 caractères au plus.", f.name)
		}
	}
	address, err := mail.ParseAddress(strings.TrimSpace(p.Email))
	if err != nil || len(address.Address) > 254 || !dotted(address.Address) {
		return p, bad("courriel", "L’adresse électronique « %.60s » n’est pas valable : vérifiez-la.", p.Email)
	}
	p.Email = strings.ToLower(address.Address)
	switch p.Role {
	case Elu, Rapporteur, Staff:
	default:
		return p, bad("rôle", "Le rôle « %s » n’existe pas : choisissez élu, rapporteur ou équipe.", p.Role)
	}
	return p, nil
}

// MayErase is why actor ("" the system) may not erase a person, nil where they may.
func (s *State) MayErase(actor, id string) error {
	switch p := s.people[id]; {
	case p == nil:
		return ErrNotFound
	case actor != "" && actor != id && s.Role(actor) != Staff:
		return ErrForbidden
	case p.Erased:
		return nil
	default:
		return s.mayMiss(*p)
	}
}

// ErasePerson takes away all that the person wrote and all that is known of
// them. Staff may, and the person for themselves. It returns the
// contributions that go with them, so that quotes elsewhere can follow.
func ErasePerson(tx *ledger.Tx, id string) (contributions []string, err error) {
	s := ledger.Of[*State](tx)
	if err := s.MayErase(tx.Actor, id); err != nil || s.people[id].Erased {
		return nil, err
	}
	var d erasedData
	for _, c := range s.contributions {
		if c.Author == id {
			d.Contributions = append(d.Contributions, c.ID)
		}
	}
	slices.Sort(d.Contributions)
	for _, c := range d.Contributions {
		if x := s.contributions[c]; x.External != "" {
			d.Externals = append(d.Externals, externalOf(x.Edition, x.Origin, x.External, x.Author).hash())
		}
	}
	contributions = d.Contributions
	tx.Emit(kindPersonErased, 1, id, d)
	tx.Erase(s.facts[id]...)
	for _, c := range contributions {
		tx.Erase(s.facts[c]...)
	}
	return contributions, nil
}

type erasedData struct {
	Contributions []string     `cbor:"contributions"`
	Externals     []store.Hash `cbor:"externals,omitempty"`
}

// Person returns nil when there is none.
func (s *State) Person(id string) *Person { return s.people[id] }

// PersonByEmail returns nil when there is none.
func (s *State) PersonByEmail(address string) *Person {
	return s.people[s.byEmail[strings.ToLower(strings.TrimSpace(address))]]
}

// Role is what the person may do, "" for a visitor or somebody erased.
func (s *State) Role(id string) Role {
	if p := s.people[id]; p != nil && !p.Erased {
		return p.Role
	}
	return ""
}

// People returns all who are not erased, by role, name and first name, as a French
// dictionary has them.
func (s *State) People() []*Person {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	type entry struct {
		*Person
		last, first []byte // what their order is told by: to compare names themselves takes six times as long
	}
	var keys collate.Buffer
	entries := make([]entry, 0, len(s.people))
	for _, p := range s.people {
		if !p.Erased {
			entries = append(entries, entry{p, c.KeyFromString(&keys, p.LastName), c.KeyFromString(&keys, p.FirstName)})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), bytes.Compare(a.last, b.last), bytes.Compare(a.first, b.first), cmp.Compare(a.ID, b.ID))
	})
	out := make([]*Person, len(entries))
	for i, e := range entries {
		out[i] = e.Person
	}
	return out
}

// collators are not safe for concurrent use.
var collators = sync.Pool{New: func() any { return collate.New(language.French) }}

// dotted is whether an address leads to a domain that mail can be sent to from
// anywhere: « jeanne@ville » is a mistyped « jeanne@ville.fr ».
func dotted(address string) bool {
	_, domain, ok := strings.Cut(address, "@")
	host, last, dot := strings.Cut(domain, ".")
	return ok && dot && host != "" && last != ""
}
