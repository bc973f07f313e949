package web

import (
	"errors"
	"strconv"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// publishing is why a motion was not published, where somebody wanted to.
type publishing struct {
	Problem string
	Same    int // the number of the version that says the same, 0 none
}

// publish makes the text a version, or shows its page again and says why not.
func (v *visit) publish() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	ops, err := v.s.Rooms.Ops(v.r.Context(), m.ID)
	if err != nil {
		return err
	}
	version, err := v.s.Publisher.Publish(v.r.Context(), v.id(), v.r.FormValue("cle"), m.ID, ops,
		motion.Reading{Text: v.r.FormValue("lu"), Grave: v.r.FormValue("oui") == "oui"})
	switch {
	case errors.Is(err, motion.ErrUnchanged), errors.Is(err, motion.ErrUnread), errors.Is(err, motion.ErrUnconfirmed):
		status, sentence := explain(err)
		refused, same := publishing{Problem: sentence}, errors.Is(err, motion.ErrUnchanged)
		if m, err = v.motionOf(); err != nil { // as it is now
			return err
		}
		if same {
			refused.Same = len(m.Versions)
		}
		return v.readMotion(status, m, halting{}, refused)
	case err != nil:
		return err
	}
	return v.redirect("/motion/" + m.ID + "?version=" + strconv.Itoa(version.Number) + "&fait=publie")
}

// missing are the signs of a draft that the PDF writes by their names; none where
// there are no fonts to know it by.
func missing(d *motion.Document) ([]publish.Sign, error) {
	signs, err := publish.Missing(d, PrintFonts())
	if errors.Is(err, pdf.ErrFont) {
		return nil, nil
	}
	return signs, err
}
