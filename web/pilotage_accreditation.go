package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// peoplePage is how many people one page of the list holds.
const peoplePage = 50

// A listed person is a row of the accreditation list.
type listed struct {
	*consult.Person
	Wrote   int
	Invited string // « lien envoyé le … », "" when nothing is known
}

// personForm is the form for one person: whatever goes wrong, what was typed
// stays in it.
type personForm struct {
	Person     consult.Person
	Population string
	Known      bool // the form shows somebody who is accredited already
	Key        string
	Problem    string
}

type peopleData struct {
	Form           personForm
	People         []listed
	Total          int
	Query, Role    string
	Silent         bool
	Previous, Next string
	Passes         []pass
	Copy           string // the passes as text to copy
	Key            string
	Problem        string // with the file
	Mail           bool
}

func (v *visit) people() error {
	d := peopleData{Form: personForm{Key: store.NewID(), Person: consult.Person{Role: consult.Elu}}}
	if id := v.r.URL.Query().Get("personne"); id != "" {
		v.s.view(func(st *consult.State) {
			if p := st.Person(id); p != nil && !p.Erased {
				d.Form.Person, d.Form.Known = *p, true
				if p.Town.Population > 0 {
					d.Form.Population = strconv.Itoa(p.Town.Population)
				}
			}
		})
		if !d.Form.Known {
			return consult.ErrNotFound
		}
	}
	return v.peoplePage(http.StatusOK, d)
}

// peoplePage shows the list that the address asks for, around what d already
// holds.
func (v *visit) peoplePage(status int, d peopleData) error {
	values := url.Values{}
	if v.r.Method == http.MethodGet {
		values = v.r.URL.Query()
	}
	d.Query, d.Role, d.Silent = strings.TrimSpace(debut(values.Get("q"), 100)), values.Get("role"), values.Get("silence") != ""
	n, _ := strconv.Atoi(values.Get("page"))
	n = max(0, min(n, 1_000_000))
	d.Key, d.Mail = store.NewID(), v.s.Mail != nil
	words := strings.Fields(strings.ToLower(d.Query))
	v.s.view(func(st *consult.State) {
		wrote := map[string]int{}
		if e := st.Current(v.s.now()); e != nil {
			all := st.Contributions(consult.Query{Edition: e.ID, Hidden: true})
			for _, c := range all {
				wrote[c.Author]++
			}
		}
		for _, p := range st.People() {
			if d.Role != "" && string(p.Role) != d.Role || d.Silent && (p.Role == consult.Staff || wrote[p.ID] > 0) || !personMatches(p, words) {
				continue
			}
			if d.Total++; d.Total > n*peoplePage && len(d.People) < peoplePage {
				d.People = append(d.People, listed{Person: p, Wrote: wrote[p.ID]})
			}
		}
	})
	for i := range d.People {
		d.People[i].Invited = v.invited(d.People[i].ID)
	}
	turn := func(page int) string {
		values.Set("page", strconv.Itoa(page))
		values.Del("fait")
		values.Del("personne")
		return "/pilotage/accreditation?" + values.Encode()
	}
	if n > 0 {
		d.Previous = turn(n - 1)
	}
	if (n+1)*peoplePage < d.Total {
		d.Next = turn(n + 1)
	}
	return v.render(status, "pilotage-accreditation.html", "Accréditer et inviter", d)
}

// personMatches says whether all words are somewhere in what is known of p.
func personMatches(p *consult.Person, words []string) bool {
	all := strings.ToLower(strings.Join([]string{p.FirstName, p.LastName, p.Email, p.Mandate, p.Town.Name, p.Town.Code, p.Town.Department}, " "))
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// accredit makes one person known, or changes what is known of them; somebody
// new gets a link.
func (v *visit) accredit() error {
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	get := v.r.PostForm.Get
	f := personForm{Key: get("cle"), Population: strings.TrimSpace(get("population")), Person: consult.Person{
		FirstName: get("prenom"), LastName: get("nom"), Email: get("courriel"), Mandate: get("mandat"), Role: consult.Role(get("role")),
		Town: consult.Collectivity{Name: get("commune"), Code: get("code_insee"), Department: get("departement")},
	}}
	f.Person.ID = get("personne") // of whom the form showed
	f.Known = f.Person.ID != ""
	fail := func(err error) error {
		status, sentence := explain(err)
		if sentence == "" {
			return err
		}
		f.Problem = sentence
		return v.peoplePage(status, peopleData{Form: f})
	}
	if err := f.check(); err != nil {
		return fail(err)
	}
	// Who was shown gets exactly the role that was chosen for them; who is only
	// named again loses none.
	act, known, kept := consult.Accredit, false, false
	if f.Known {
		act = consult.Amend
	}
	v.s.view(func(st *consult.State) {
		if old := st.PersonByEmail(f.Person.Email); old != nil {
			known = true
			f.Person.Town.DepartmentName = departmentName(old, f.Person.Town.Department)
		}
	})
	var id string
	out, err := v.do(f.Key, func(tx *ledger.Tx) (err error) {
		id, _, err = act(tx, f.Person)
		return err
	})
	if err != nil {
		return fail(err)
	}
	if !known && !out.Repeated {
		return v.link(id)
	}
	v.s.view(func(st *consult.State) {
		old := st.PersonByEmail(f.Person.Email)
		kept = !out.Repeated && old != nil && old.Role != f.Person.Role
	})
	if kept {
		return v.redirect("/pilotage/accreditation?fait=role-garde")
	}
	return v.redirect("/pilotage/accreditation?fait=accredite")
}

// assign gives somebody exactly one role, from a button on their row.
func (v *visit) assign() error {
	person, role := v.r.FormValue("personne"), consult.Role(v.r.FormValue("role"))
	if _, err := v.do("", func(tx *ledger.Tx) error { return consult.Assign(tx, person, role) }); err != nil {
		return err
	}
	return v.redirect("/pilotage/accreditation?fait=role")
}

// check reads the population and asks for a name.
func (f *personForm) check() error {
	p := &f.Person
	if strings.TrimSpace(p.FirstName) == "" || strings.TrimSpace(p.LastName) == "" {
		return &consult.FieldError{Field: "nom", Problem: "Écrivez le prénom et le nom de la personne."}
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0\u202f", r) {
			return -1
		}
		return r
	}, f.Population)
	if digits == "" {
		return nil
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > 100_000_000 {
		return &consult.FieldError{Field: "population", Problem: "La population s’écrit en chiffres, par exemple 2 400. Laissez vide si elle est inconnue."}
	}
	p.Town.Population = n
	return nil
}

// departmentName keeps the name of a département that the form does not ask
// for.
func departmentName(old *consult.Person, code string) string {
	if old.Town.Department == strings.TrimSpace(code) {
		return old.Town.DepartmentName
	}
	return ""
}

// newLink makes a new link for one person.
func (v *visit) newLink() error {
	return v.link(v.r.FormValue("personne"))
}

// link makes a link for a person; staff see it when no e-mail carries it.
func (v *visit) link(id string) error {
	var p *consult.Person
	v.s.view(func(st *consult.State) { p = st.Person(id) })
	if p == nil || p.Erased {
		return consult.ErrNotFound
	}
	passes, err := v.passes([]*consult.Person{p})
	if err != nil {
		return err
	}
	if passes[0].Mailed {
		return v.redirect("/pilotage/accreditation?fait=courriel")
	}
	return v.peoplePage(http.StatusOK, peopleData{Passes: passes, Copy: copyable(passes), Form: personForm{Key: store.NewID(), Person: consult.Person{Role: consult.Elu}}})
}
