package web

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// A pass is a sign-in link for one person. Staff see its address only when no
// e-mail carries it.
type pass struct {
	Person  *consult.Person
	Address string
	Mailed  bool
}

// passes makes a link for each of people and e-mails those that it can.
func (v *visit) passes(people []*consult.Person) ([]pass, error) {
	out := make([]pass, len(people))
	ctx, cancel := context.WithCancelCause(v.r.Context())
	defer cancel(nil)
	// The store keeps together what waits together.
	const workers = 128
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(people) && ctx.Err() == nil; i += workers {
				token, err := v.s.Access.Link(ctx, people[i].ID)
				if err != nil {
					cancel(err)
					return
				}
				p := pass{Person: people[i]}
				if p.Mailed = v.s.sendLink(people[i], token, ""); !p.Mailed {
					p.Address = v.s.linkAddress(token, "")
				}
				out[i] = p
				if err := v.s.Store.PutSecret(ctx, invitedKey(people[i].ID), []byte(v.s.now().Format(time.RFC3339)), invitedLife); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	all.Wait()
	return out, context.Cause(ctx)
}

// invitedLife is how long the list says when a person's last link was made.
const invitedLife = 365 * 24 * time.Hour

func invitedKey(person string) string { return "invited:" + person }

// invited says when the person's last link was made by staff.
func (v *visit) invited(person string) string {
	b, err := v.s.Store.Secret(v.r.Context(), invitedKey(person))
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) {
			v.s.Log.Error("when a link was made is not known", "error", err)
		}
		return ""
	}
	at, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return ""
	}
	return jour(at) + " à " + heure(at)
}

// shownPasses are the links that staff must pass on themselves.
func shownPasses(passes []pass) (shown []pass) {
	for _, p := range passes {
		if !p.Mailed {
			shown = append(shown, p)
		}
	}
	return shown
}

// copyable is one line a link, ready to be pasted into a spreadsheet.
func copyable(passes []pass) string {
	var b strings.Builder
	for _, p := range shownPasses(passes) {
		b.WriteString(strings.Join([]string{harmless(p.Person.Name()), harmless(p.Person.Email), p.Address}, "\t") + "\n")
	}
	return b.String()
}

// passSheet downloads the links.
func (v *visit) passSheet(passes []pass) error {
	sheet := v.sheet("liens.csv")
	sheet.Write("prénom", "nom", "courriel", "commune", "lien")
	for _, p := range shownPasses(passes) {
		sheet.Write(p.Person.FirstName, p.Person.LastName, p.Person.Email, p.Person.Town.Name, p.Address)
	}
	return sheet.Close()
}
