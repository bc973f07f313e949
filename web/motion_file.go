package web

import (
	"bytes"
	"encoding/json"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
)

// file answers with a published document in the form that name asks for.
func (v *visit) file(d *motion.Document, name string) error {
	var b bytes.Buffer
	var err error
	h := v.w.Header()
	switch name {
	case "motion.html":
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation")
		err = publish.HTML(&b, d, v.s.PublicURL)
	case "motion.odt":
		h.Set("Content-Type", "application/vnd.oasis.opendocument.text")
		h.Set("Content-Disposition", `attachment; filename="motion.odt"`)
		err = publish.ODT(&b, d, v.s.PublicURL)
	case "motion.json":
		h.Set("Content-Type", "application/json")
		err = json.NewEncoder(&b).Encode(d)
	default:
		return consult.ErrNotFound
	}
	if err != nil {
		return err
	}
	v.w.Write(b.Bytes()) // whoever has left meanwhile reads nothing
	return nil
}
