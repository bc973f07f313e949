package web

import (
	"errors"
	"net/http"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
)

// halting is the form that freezes a motion or opens it again, as it was sent,
// and what is said of the last time.
type halting struct {
	Reason  string
	Problem string
	Line    string
}

// freeze stops the writing of a motion, or lets it go on.
func (v *visit) freeze() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	frozen, reason, done := true, v.r.FormValue("motif"), "fige"
	if v.r.FormValue("acte") == "rouvrir" {
		frozen, done = false, "rouvert"
	}
	if v.r.FormValue("oui") != "oui" {
		return v.readMotion(http.StatusUnprocessableEntity, m, halting{Reason: reason, Problem: "Rien n’a changé\u00a0: cochez la case pour confirmer, puis recommencez."}, publishing{})
	}
	_, err = v.do(v.r.FormValue("cle"), func(tx *ledger.Tx) error { return motion.Freeze(tx, m.ID, frozen, reason) })
	var field *consult.FieldError
	switch {
	case errors.As(err, &field):
		return v.readMotion(http.StatusUnprocessableEntity, m, halting{Reason: reason, Problem: field.Problem}, publishing{})
	case err != nil:
		return err
	}
	return v.redirect("/motion/" + m.ID + "?fait=" + done)
}

// frozenLine tells who writes a motion that it is frozen, or open again.
func frozenLine(st *consult.State, m *motion.Motion) string {
	line := "Le texte est rouvert\u00a0: rechargez cette page pour y écrire"
	if m.Frozen {
		line = "Le texte est figé\u00a0: il se lit mais ne se modifie plus"
	}
	return line + " (" + haltLine(st, m) + ")."
}

// haltLine says who last froze a motion or opened it again, when and why.
func haltLine(st *consult.State, m *motion.Motion) string {
	if m.Halt.At.IsZero() {
		return ""
	}
	line := "le " + jour(m.Halt.At) + " à " + heure(m.Halt.At)
	if m.Halt.By != "" {
		line += " par " + personName(st, m.Halt.By)
	}
	if m.Halt.Reason != "" {
		line += "\u00a0: «\u202f" + m.Halt.Reason + "\u202f»"
	}
	return line
}
