package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// pageSize is how many contributions one page of the list holds.
const pageSize = 30

// A shown is a contribution as one reader sees it.
type shown struct {
	ID       string
	Text     string
	Who      string
	Axis     string
	At       time.Time
	Supports int
	Version  int
	Hidden   string
}

// show applies the edition's rule on names, in one place for pages and feeds.
func show(st *consult.State, e *consult.Edition, c *consult.Contribution) shown {
	return shown{c.ID, c.Text(), st.Signature(e, c.Author), e.Under(c), c.At(), len(c.Supports), c.Version(), c.Hidden}
}

func (v *visit) contributions() error {
	values := v.r.URL.Query()
	q := consult.Query{Axis: values.Get("axe"), Hidden: v.is(consult.Staff)}
	n, _ := strconv.Atoi(values.Get("page"))
	offset := pageSize * max(0, min(n, 1_000_000))
	var data struct {
		Items          []shown
		Total          int
		Words, Axis    string
		Previous, Next string
	}
	data.Words, data.Axis = strings.TrimSpace(debut(values.Get("q"), 200)), q.Axis
	var e *consult.Edition
	var found []*consult.Contribution
	var err error
	v.s.view(func(st *consult.State) {
		if e = st.Current(v.s.now()); e == nil {
			return
		}
		if !st.MayRead(e, v.id()) {
			err = v.refuse()
			return
		}
		q.Edition = e.ID
		found = st.Contributions(q)
	})
	if err != nil {
		return err
	}
	found = consult.Holding(found, data.Words)
	data.Total = len(found)
	found = found[min(offset, len(found)):]
	found = found[:min(pageSize, len(found))]
	v.s.view(func(st *consult.State) {
		for _, c := range found {
			if c = st.Contribution(c.ID); !c.Erased { // since
				data.Items = append(data.Items, show(st, e, c))
			}
		}
	})
	turn := func(page int) string {
		values.Set("page", strconv.Itoa(page))
		return "/contributions?" + values.Encode()
	}
	if offset > 0 {
		data.Previous = turn(n - 1)
	}
	if offset+pageSize < data.Total {
		data.Next = turn(n + 1)
	}
	return v.page("contributions.html", "Contributions", data)
}

// refuse sends a visitor to sign in, and tells a person that they may not.
func (v *visit) refuse() error { return v.need() }

func (v *visit) newContribution() error {
	if err := v.need(consult.Elu, consult.Rapporteur); err != nil {
		return err
	}
	text, axis := "", v.r.URL.Query().Get("axe")
	if d, err := v.draft(newDraft); err == nil {
		text = d.Text
		if axis == "" {
			axis = d.Axis
		}
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	key := ""
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil {
			key = st.DraftKey(e.ID, v.id())
		}
	})
	return v.form(http.StatusOK, writing{Text: text, Axis: axis, Key: key})
}

// writing is the form for a contribution: whatever goes wrong, the text stays
// in it.
type writing struct {
	ID      string // of the contribution that is being changed
	Text    string
	Axis    string
	Key     string // idempotency key: sending the same draft twice keeps one
	Sent    string // the contribution that this draft, then in other words, became
	Problem string
	Closed  bool
	Version int        // of the contribution, that the text began from
	Newer   *newerThan // what came meanwhile
}

func (v *visit) form(status int, f writing) error {
	f.Text = strings.ToValidUTF8(f.Text, "\uFFFD")
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if e == nil {
			f.Closed, f.Problem = true, "Aucune édition n’est encore ouverte."
			return
		}
		if err := e.Window(v.s.now()); err != nil {
			f.Closed = true
			if f.Problem == "" {
				_, f.Problem = explain(err)
			}
			if errors.Is(err, consult.ErrNotOpen) {
				f.Problem += " Il ouvre le " + jour(e.Opens) + " à " + heure(e.Opens) + "."
			}
		}
	})
	title := "Écrire une contribution"
	if f.ID != "" {
		title = "Modifier ma contribution"
	}
	return v.render(status, "ecrire.html", title, f)
}

func (v *visit) submit() error {
	f, err := v.read()
	if err != nil {
		return err
	}
	var edition string
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil {
			edition = e.ID
		}
	})
	out, err := v.do(f.Key, func(tx *ledger.Tx) error {
		_, err := consult.Submit(tx, edition, f.Axis, f.Text)
		return err
	})
	if err != nil {
		return v.again(f, err)
	}
	if !out.Repeated {
		v.receipt(out.Subject)
	} else if !v.said(out.Subject, f) {
		return v.choose(out.Subject, f)
	}
	v.forget(newDraft)
	return v.redirect("/contributions/" + out.Subject + "?fait=" + f.done("envoye") + "&recu=nouvelle")
}

// said is whether what comes once more is what became a contribution.
func (v *visit) said(id string, f writing) (yes bool) {
	v.s.view(func(st *consult.State) {
		if c := st.Contribution(id); c != nil {
			yes = c.Says(f.Axis, f.Text)
		}
	})
	return yes
}

// choose asks what to do with a draft that was sent already and comes back in
// other words: another tab's, or the same after « back ». It may be a second
// thought or a second contribution, and only its author knows; so nothing is
// kept yet, the form has the text in it and one button for each.
func (v *visit) choose(id string, f writing) error {
	f.Sent, f.Key = id, store.NewID()
	f.Problem = "Ce brouillon est déjà envoyé, dans d’autres mots. Ce que vous venez d’écrire est ci-dessous et n’est pas encore enregistré\u00a0: faites-en une nouvelle version de votre contribution, ou envoyez-le comme une autre."
	return v.form(http.StatusConflict, f)
}

// done names the sentence that says what was kept.
func (f writing) done(what string) string {
	if consult.HasControls(f.Text) {
		what += "-net"
	}
	return what
}

// maxWriting bounds the form for a contribution: well above what a text of ten
// times the limit takes when each character is four bytes and each byte is sent
// as %XX. Up to it the text comes back with what is wrong; above it the browser
// still has it.
const maxWriting = 8 << 20

// errOther keeps words from being filed under the name of whoever has entered
// meanwhile, in another tab of the same browser.
var errOther = &consult.FieldError{Field: "texte",
	Problem: "Quelqu’un d’autre est entré depuis dans ce navigateur\u00a0: rien n’a été envoyé sous son nom. Revenez en arrière pour retrouver votre texte et copiez-le, puis entrez de nouveau avec votre propre lien."}

// read reads the form.
func (v *visit) read() (writing, error) {
	if err := v.need(consult.Elu, consult.Rapporteur); err != nil {
		return writing{}, err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.body, maxWriting)
	if err := v.r.ParseForm(); err != nil {
		return writing{}, err
	}
	if author := v.r.PostForm.Get("de"); author != "" && author != v.id() {
		return writing{}, errOther
	}
	f := writing{Text: v.r.PostForm.Get("texte"), Axis: v.r.PostForm.Get("axe"), Key: v.r.PostForm.Get("cle")}
	if len(f.Key) > 64 {
		f.Key = f.Key[:64]
	}
	f.Version, _ = strconv.Atoi(v.r.PostForm.Get("version"))
	return f, nil
}

// again gives the form back with the text in it and what to do.
func (v *visit) again(f writing, err error) error {
	status, sentence := explain(err)
	if sentence == "" || errors.Is(err, consult.ErrForbidden) || errors.Is(err, consult.ErrNotFound) {
		return err
	}
	f.Problem = sentence
	if (errors.Is(err, consult.ErrNotOpen) || errors.Is(err, consult.ErrOver)) && f.ID == "" && strings.TrimSpace(f.Text) != "" {
		if err := v.keep(newDraft, draft{Text: f.Text, Axis: f.Axis, At: v.s.now()}); err != nil {
			return err
		}
		f.Problem += " Votre texte est gardé dans vos brouillons."
	}
	return v.form(status, f)
}

// receipt e-mails a permanent link to what was sent.
func (v *visit) receipt(id string) {
	v.s.post.send(letter{v.who.Email, "Votre contribution est enregistrée",
		"Bonjour " + v.who.FirstName + ",\n\nVotre contribution est enregistrée. Vous la retrouverez, et ce qu’elle devient, à cette adresse :\n\n" +
			v.s.PublicURL + "/contributions/" + id + "\n", nil})
}

func (v *visit) support() error {
	id, yes := v.r.PathValue("id"), v.r.FormValue("oui") != "0"
	_, err := v.do("", func(tx *ledger.Tx) error { return consult.Support(tx, id, yes) })
	if err != nil {
		return err
	}
	if yes {
		return v.redirect("/contributions/" + id + "?fait=soutien")
	}
	return v.redirect("/contributions/" + id + "?fait=sans")
}

func (v *visit) moderate() error {
	id, reason := v.r.PathValue("id"), v.r.FormValue("motif")
	_, err := v.do("", func(tx *ledger.Tx) error { return consult.Hide(tx, id, reason) })
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return v.redirect("/contributions/" + id + "?fait=montre")
	}
	return v.redirect("/contributions/" + id + "?fait=masque")
}

// A draft is a text on its way, kept on the server for sixty days besides the
// device's own copy.
type draft struct {
	Text string    `json:"text"`
	Axis string    `json:"axis"`
	At   time.Time `json:"at"`
	// Version is the one that a change began from; 0 for a new text.
	Version int `json:"version,omitempty"`
}

const draftLife = 60 * 24 * time.Hour

// newDraft names the draft of a new contribution; that of a change bears the
// contribution's identifier. An erasure takes away both.
const newDraft = "nouvelle"

func draftKey(person, name string) string { return "draft:" + person + ":" + name }

func (v *visit) draftKey(name string) string { return draftKey(v.id(), name) }

func (v *visit) draft(name string) (d draft, err error) {
	b, err := v.s.Store.Secret(v.r.Context(), v.draftKey(name))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(b, &d)
}

// keepDraft is called by the page while one types.
func (v *visit) keepDraft() error {
	if err := v.need(consult.Elu, consult.Rapporteur); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return err
	}
	name := v.r.PathValue("key")
	if name != newDraft {
		if err := v.mayKeep(name); err != nil {
			return err
		}
	}
	version, _ := strconv.Atoi(v.r.PostForm.Get("version"))
	d := draft{Text: v.r.PostForm.Get("texte"), Axis: v.r.PostForm.Get("axe"), At: v.s.now(), Version: version}
	if err := v.keep(name, d); err != nil {
		return err
	}
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}

// keep puts a draft away; one without a word is none.
func (v *visit) keep(name string, d draft) error {
	if strings.TrimSpace(d.Text) == "" {
		v.forget(name)
		return nil
	}
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return v.s.Store.PutSecret(v.r.Context(), v.draftKey(name), b, draftLife)
}

func (v *visit) forget(name string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.r.Context()), 5*time.Second)
	defer cancel()
	if err := v.s.Store.DeleteSecret(ctx, v.draftKey(name)); err != nil {
		v.s.Log.Error("draft not deleted", "error", err)
	}
}
