package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
)

func (v *visit) enter() error {
	if v.who != nil {
		return v.redirect(v.s.start(v.who))
	}
	back := v.r.URL.Query().Get("retour")
	if !sameSite(back) {
		back = ""
	}
	// Who still has a session's cookie was in: it has ended since.
	return v.page("entrer.html", "Entrer", map[string]any{"Back": back, "Mail": v.s.Mail != nil, "Problem": "", "Ended": session(v.r) != "", "Next": back != ""})
}

// askLink sends a link to whoever is accredited under an address. The answer
// is the same for everybody: it tells nobody who is accredited.
func (v *visit) askLink() error {
	if !v.s.limits.allow(v.r) {
		return errTooOften
	}
	if v.s.Mail == nil { // the page says so, and whom to ask
		return v.redirect("/entrer")
	}
	address := strings.TrimSpace(v.r.FormValue("courriel"))
	if address == "" || len(address) > 254 {
		return v.render(http.StatusUnprocessableEntity, "entrer.html", "Entrer",
			map[string]any{"Back": "", "Mail": v.s.Mail != nil, "Ended": false, "Next": false, "Problem": "Écrivez l’adresse à laquelle vous avez été invité·e."})
	}
	var p *consult.Person
	v.s.view(func(st *consult.State) { p = st.PersonByEmail(address) })
	if p != nil {
		token, err := v.s.Access.Link(v.r.Context(), p.ID)
		if err != nil {
			return err
		}
		v.s.sendLink(p, token, v.r.FormValue("retour"), nil)
	}
	return v.redirect("/entrer?fait=lien")
}

// sendLink e-mails a sign-in link; false when no mailer took it, otherwise done is
// told whether it was sent.
func (s *Server) sendLink(p *consult.Person, token, back string, done func(sent bool)) bool {
	return s.post.send(letter{p.Email, "Votre lien pour entrer au congrès",
		"Bonjour " + p.FirstName + ",\n\nVoici votre lien pour entrer. Il sert une fois, pendant sept jours :\n\n" + s.linkAddress(token, back) +
			"\n\nSi vous n’avez rien demandé, ne faites rien.\n", done})
}

// linkAddress is where a sign-in link leads.
func (s *Server) linkAddress(token, back string) string {
	address := s.PublicURL + "/entrer/" + token
	if sameSite(back) {
		address += "?retour=" + url.QueryEscape(back)
	}
	return address
}

// mistaken counts a link that does not work against the address that tries it.
// One that works counts for nothing: a whole hall may come in by one address.
func (v *visit) mistaken(err error) error {
	if errors.Is(err, access.ErrLink) && !v.s.limits.allow(v.r) {
		return errTooOften
	}
	return err
}

// showLink leaves the link usable: mail programs follow links by themselves.
func (v *visit) showLink() error {
	token := v.r.PathValue("token")
	p, err := v.s.Access.Look(v.r.Context(), token)
	if err != nil {
		return v.mistaken(err)
	}
	return v.page("lien.html", "Entrer", map[string]any{"Person": p, "Token": token, "Back": v.r.URL.Query().Get("retour")})
}

func (v *visit) signIn() error {
	token, err := v.s.Access.SignIn(v.r.Context(), v.r.PathValue("token"))
	if err != nil {
		return v.mistaken(err)
	}
	http.SetCookie(v.w, v.s.cookie(token, 2*access.SessionLife)) // outlives the session, so that one may be told of its end
	who, err := v.s.Access.Who(v.r.Context(), token)
	if err != nil {
		return err
	}
	if back := v.r.FormValue("retour"); back != "" && sameSite(back) {
		return v.redirect(back)
	}
	return v.redirect(v.s.start(who))
}

// start is the page that a person came for.
func (s *Server) start(p *consult.Person) string {
	switch p.Role {
	case consult.Staff:
		return "/pilotage"
	case consult.Rapporteur:
		return "/motion"
	}
	open := false
	s.view(func(st *consult.State) {
		e := st.Current(s.now())
		open = e != nil && e.Window(s.now()) == nil
	})
	if open {
		return "/contributions/nouvelle"
	}
	return "/mes-contributions"
}

func (v *visit) signOut() error {
	if err := v.s.Access.SignOut(v.r.Context(), session(v.r)); err != nil {
		return err
	}
	if v.who != nil { // what this session opened stays open on no screen; the person's other devices go on
		v.s.signedOut(map[string]bool{session(v.r): true})
	}
	http.SetCookie(v.w, v.s.cookie("", 0))
	// A shared computer keeps nothing: neither drafts nor the motion's text.
	v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return v.redirect("/?fait=sorti")
}
