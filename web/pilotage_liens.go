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
				if out[i], err = v.pass(ctx, people[i], token); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	all.Wait()
	return out, context.Cause(ctx)
}

// pass e-mails a link, or shows it where it cannot. That it is on its way is kept
// first: a server that stops meanwhile must not be thought to have sent it.
func (v *visit) pass(ctx context.Context, person *consult.Person, token string) (pass, error) {
	p, at := pass{Person: person}, v.s.now()
	if v.s.Mail != nil {
		if err := v.s.noteInvited(ctx, person.ID, at, leaving); err != nil {
			return p, err
		}
	}
	p.Mailed = v.s.sendLink(person, token, "", func(sent bool) { v.s.posted(person.ID, at, sent) })
	if p.Mailed {
		return p, nil
	}
	p.Address = v.s.linkAddress(token, "")
	return p, v.s.noteInvited(ctx, person.ID, at, "")
}

// What became of the e-mail with a person's last link; "" where it was sent, or staff
// pass the link on themselves.
const (
	leaving = "part"
	failed  = "echec"
)

// noteInvited keeps when the person's last link was made and what became of it.
func (s *Server) noteInvited(ctx context.Context, person string, at time.Time, state string) error {
	return s.Store.PutSecret(ctx, invitedKey(person), []byte(at.Format(time.RFC3339)+" "+state), invitedLife)
}

// posted keeps whether the e-mail with the link made at that time was sent.
func (s *Server) posted(person string, at time.Time, sent bool) {
	state, gone := "", false
	if !sent {
		state = failed
	}
	s.view(func(st *consult.State) { p := st.Person(person); gone = p == nil || p.Erased })
	if gone {
		return
	}
	if err := s.noteInvited(s.ctx, person, at, state); err != nil && s.ctx.Err() == nil {
		s.Log.Error("whether a link was sent is not kept", "error", err)
	}
}

// invitedLife is how long the list says when a person's last link was made.
const invitedLife = 365 * 24 * time.Hour

func invitedKey(person string) string { return "invited:" + person }

// invited says when the person's last link was made by staff, and whether it was sent
// where it was to be.
func (v *visit) invited(person string) string {
	b, err := v.s.Store.Secret(v.r.Context(), invitedKey(person))
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) {
			v.s.Log.Error("when a link was made is not known", "error", err)
		}
		return ""
	}
	when, state, _ := strings.Cut(string(b), " ")
	at, err := time.Parse(time.RFC3339, when)
	if err != nil {
		return ""
	}
	when = jour(at) + " à " + heure(at)
	switch state {
	case leaving:
		when += ", le courriel n’est pas encore parti"
	case failed:
		when += ", mais le courriel n’est pas parti\u00a0: vérifiez l’adresse, puis faites un nouveau lien"
	}
	return when
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
