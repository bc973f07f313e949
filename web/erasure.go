package web

import (
	"errors"
	"net/http"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
)

// askErasure says exactly what will happen before it happens.
func (v *visit) askErasure() error {
	if err := v.need(consult.Elu, consult.Rapporteur, consult.Staff); err != nil {
		return err
	}
	n := 0
	v.s.view(func(st *consult.State) {
		for _, e := range st.Editions() {
			n += len(st.Contributions(consult.Query{Edition: e.ID, Author: v.id(), Hidden: true}))
		}
	})
	return v.page("effacement.html", "Effacer mes propos", map[string]any{"Contributions": n, "Problem": ""})
}

func (v *visit) eraseMe() error {
	if err := v.need(consult.Elu, consult.Rapporteur, consult.Staff); err != nil {
		return err
	}
	if v.r.FormValue("oui") != "effacer" {
		return &consult.FieldError{Field: "oui", Problem: "Rien n’a été effacé\u00a0: cochez la case pour confirmer, puis recommencez."}
	}
	if err := v.erase(v.id()); err != nil {
		return err
	}
	http.SetCookie(v.w, v.s.cookie("", 0))
	v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return v.redirect("/?fait=efface-soi")
}

// erase takes a person's words away everywhere: what lies beside the journal,
// then the journal, whose fact has the copies (analyses, motion) and the files
// follow. In that order: what were deleted behind the fact could stay in a file
// that is copied meanwhile.
func (v *visit) erase(person string) error {
	keys := []string{draftKey(person, newDraft), invitedKey(person)}
	var refused error
	v.s.view(func(st *consult.State) {
		refused = st.MayErase(v.id(), person)
		for _, id := range ownContributions(st, person) {
			keys = append(keys, draftKey(person, id))
		}
	})
	if refused != nil {
		return refused
	}
	secrets := func() (err error) {
		for _, key := range keys {
			err = errors.Join(err, v.s.Store.DeleteSecret(v.r.Context(), key))
		}
		return err
	}
	// The files that wait to be imported may hold the person's name or words.
	if err := errors.Join(secrets(), v.s.steering.clear(v.r.Context())); err != nil {
		return err
	}
	_, err := v.do("", func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, person)
		motion.EraseWords(tx, person)
		desk.EraseSeeds(tx, person)
		return err
	})
	if err != nil {
		return err
	}
	return secrets() // a page that was open may have kept a draft meanwhile
}
