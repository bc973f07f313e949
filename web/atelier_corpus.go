package web

import (
	"bytes"
	"net/http"
	"path"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// corpusFile downloads the corpus, with the themes of each contribution, for
// other programs. The desk gives it to staff only.
func (v *visit) corpusFile() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	corpus, err := v.s.Desk.Corpus(v.r.Context(), v.id(), edition)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name, kind := path.Base(v.r.URL.Path), "text/plain; charset=utf-8"
	switch name {
	case "corpus-txm.zip":
		kind, err = "application/zip", corpora.WriteTXM(&b, corpus)
	case "corpus-txm-mots.zip":
		kind, err = "application/zip", analysis.WriteWords(v.r.Context(), &b, corpus)
	default:
		err = corpora.WriteIramuteq(&b, corpus.Iramuteq())
	}
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	http.ServeContent(v.w, v.r, "", v.s.now(), bytes.NewReader(b.Bytes()))
	return nil
}
