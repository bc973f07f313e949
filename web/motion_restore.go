package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// credit fills in who wrote a published version, which does not say so, as far as
// the last copy of the draft from before it knows.
func (v *visit) credit(m *motion.Motion, key string, c *motion.Copy) {
	number, published := strings.CutPrefix(key, "p")
	n, err := strconv.Atoi(number)
	if !published || err != nil || m.Version(n) == nil {
		return
	}
	for _, k := range slices.Backward(m.Copies) {
		if k.At.After(m.Version(n).At) {
			continue
		}
		if from, err := v.s.Publisher.Copy(v.r.Context(), &k); err == nil {
			c.Borrow(from)
		}
		return
	}
}

// restoreTries bounds how often a restoration begins again because others were
// writing.
const restoreTries = 10

// restore puts an earlier state in place of the text, as ordinary edits that
// open editors follow. What stood is kept first; what somebody writes meanwhile
// stands in the text.
func (v *visit) restore() error {
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	if !v.mayEdit() {
		return v.need(consult.Rapporteur, consult.Staff)
	}
	if m.Frozen {
		return motion.ErrFrozen
	}
	key := v.r.PathValue("state")
	then, err := v.stateOf(m, key, v.recalled)
	if err != nil {
		return err
	}
	v.credit(m, key, &then)
	var erased map[string]bool
	v.s.view(func(st *consult.State) { erased = st.ErasedContributions() })
	command := v.r.FormValue("cle")
	ctx := context.WithoutCancel(v.r.Context()) // once begun it is ended, whether or not anybody waits
	for range restoreTries {
		repeated := false
		err = v.s.Rooms.Rewrite(ctx, m.ID, func(now []ydoc.Op) ([]motion.Edit, error) {
			before, err := v.s.Rooms.Copy(ctx, m.ID)
			if err != nil {
				return nil, err
			}
			if !motion.SameOps(now, before.Ops) {
				return nil, motion.ErrStale
			}
			repeated, err = v.s.Publisher.Keep(ctx, v.id(), command, m.ID, before, motion.Restored, "")
			if err != nil || repeated {
				return nil, err
			}
			command = "" // what stands next is another state
			return then.Back(&before, erased, v.id()), nil
		})
		switch {
		case errors.Is(err, motion.ErrStale):
			continue
		case err != nil:
			return err
		case repeated: // sent twice
			return v.redirect("/motion/" + m.ID + "/versions")
		}
		if _, err := v.s.Ledger.Do(ctx, ledger.Command{Actor: v.id(), Decide: func(tx *ledger.Tx) error { return motion.WentBack(tx, m.ID, key) }}); err != nil {
			v.s.Log.Error("a way back is not told", "motion", m.ID, "error", err) // it is done all the same
		}
		return v.redirect("/motion/" + m.ID + "/versions?fait=retour")
	}
	return err
}

// recalled is a version as a draft may go on from it.
func (v *visit) recalled(d *motion.Document) (out *motion.Document) {
	v.s.view(func(st *consult.State) { out = d.Recalled(st) })
	return out
}
