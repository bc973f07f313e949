package web

import (
	"github.com/villes-internet/congres/consult"
)

// askErasePerson says exactly what will happen before it happens.
func (v *visit) askErasePerson() error {
	p, err := v.erasable(v.r.URL.Query().Get("personne"))
	if err != nil {
		return err
	}
	data := struct {
		Person        *consult.Person
		Contributions int
		Supports      int
	}{Person: p}
	v.s.view(func(st *consult.State) {
		for _, e := range st.Editions() {
			all := st.Contributions(consult.Query{Edition: e.ID, Hidden: true})
			for _, c := range all {
				if c.Author == p.ID {
					data.Contributions++
				}
				for _, s := range c.Supports {
					if s == p.ID {
						data.Supports++
					}
				}
			}
		}
	})
	return v.page("pilotage-effacer.html", "Effacer une personne", data)
}

// erasable is a person whom the visitor may erase here: anybody but themselves.
func (v *visit) erasable(id string) (p *consult.Person, err error) {
	v.s.view(func(st *consult.State) { p = st.Person(id) })
	switch {
	case p == nil || p.Erased:
		return nil, consult.ErrNotFound
	case p.ID == v.id():
		return nil, &consult.FieldError{Field: "personne", Problem: "Vous ne pouvez pas vous effacer d’ici\u00a0: demandez-le à un·e collègue de l’équipe."}
	}
	return p, nil
}

func (d *steering) erasePerson(v *visit) error {
	p, err := v.erasable(v.r.FormValue("personne"))
	if err != nil {
		return err
	}
	if v.r.FormValue("oui") != "effacer" {
		return &consult.FieldError{Field: "oui", Problem: "Rien n’a été effacé\u00a0: cochez la case pour confirmer, puis recommencez."}
	}
	if err := v.erase(p.ID); err != nil {
		return err
	}
	return v.redirect("/pilotage/accreditation?fait=efface")
}
