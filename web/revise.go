package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// newerThan is the version that came while another was being changed: both
// are shown, and the person decides.
type newerThan struct {
	Number int
	Text   string
	At     time.Time
	Sent   bool // the person wanted to send theirs; else they come back to it
}

// maxChanges bounds the contributions that one person has under change at a
// time, for each is a text that the server keeps.
const maxChanges = 8

var errChanges = &consult.FieldError{Field: "texte",
	Problem: "Huit modifications sont déjà commencées\u00a0: terminez-en une, depuis «\u00a0Mes contributions\u00a0». Celle-ci reste sur cet appareil."}

func (v *visit) editContribution() error {
	if err := v.need(consult.Elu, consult.Rapporteur); err != nil {
		return err
	}
	c, err := v.own(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	f := writing{ID: c.ID, Text: c.Text(), Axis: c.Axis, Key: store.NewID(), Version: c.Version()}
	d, err := v.draft(c.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return err
	case d.Text != c.Text():
		f.Text = d.Text
		if d.Version != c.Version() {
			f.Newer = newer(c, false)
		}
	}
	return v.form(http.StatusOK, f)
}

// own is one of the visitor's contributions.
func (v *visit) own(id string) (c *consult.Contribution, err error) {
	v.s.view(func(st *consult.State) {
		if err = st.MayRevise(v.id(), id); err == nil {
			c = st.Contribution(id)
		}
	})
	return c, err
}

func newer(c *consult.Contribution, sent bool) *newerThan {
	x := c.Versions[len(c.Versions)-1]
	return &newerThan{c.Version(), x.Text, x.At, sent}
}

// revise keeps a new version. Where another came meanwhile, the form comes back
// with both: sent again from there, it is a version of its own.
func (v *visit) revise() error {
	f, err := v.read()
	if err != nil {
		return err
	}
	f.ID = v.r.PathValue("id")
	if f.Version == 0 { // a form of an older page
		c, err := v.own(f.ID)
		if err != nil {
			return err
		}
		f.Version = c.Version()
	}
	_, err = v.do(f.Key, func(tx *ledger.Tx) error { return consult.ReviseFrom(tx, f.ID, f.Version, f.Text) })
	if errors.Is(err, consult.ErrChanged) {
		c, err := v.own(f.ID)
		if err != nil {
			return err
		}
		f.Version, f.Newer = c.Version(), newer(c, true)
		if err := v.keep(f.ID, draft{Text: f.Text, At: v.s.now(), Version: f.Version}); err != nil {
			v.s.Log.Error("draft not kept", "error", err)
		}
		return v.form(http.StatusConflict, f)
	}
	if err != nil {
		return v.again(f, err)
	}
	draft := f.ID
	if v.r.PostForm.Get("brouillon") == newDraft { // see choose
		draft = newDraft
	}
	v.forget(draft)
	return v.redirect("/contributions/" + f.ID + "?fait=" + f.done("modifie") + "&recu=" + draft)
}

// mayKeep says whether a change to a contribution may be kept as a draft.
func (v *visit) mayKeep(id string) error {
	if _, err := v.own(id); err != nil {
		return err
	}
	_, err := v.draft(id)
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	changes, err := v.changes()
	if err == nil && len(changes) >= maxChanges {
		return errChanges
	}
	return err
}

// changes are the drafts of the visitor's changes, by contribution.
func (v *visit) changes() (map[string]draft, error) {
	var ids []string
	v.s.view(func(st *consult.State) { ids = ownContributions(st, v.id()) })
	out := map[string]draft{}
	for _, id := range ids {
		d, err := v.draft(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if out[id] = d; len(out) == maxChanges {
			break
		}
	}
	return out, nil
}

// ownContributions are a person's, of every edition.
func ownContributions(st *consult.State, person string) (ids []string) {
	for _, e := range st.Editions() {
		all := st.Contributions(consult.Query{Edition: e.ID, Author: person, Hidden: true})
		for _, c := range all {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
