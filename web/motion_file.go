package web

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
	"github.com/villes-internet/congres/motion/publish/pdf"
	"github.com/villes-internet/congres/web/ui"
)

// PrintFonts are the site's own faces; without them no PDF is set. Behind each,
// a Go face has what it lacks: Greek, Cyrillic, arrows, mathematics (WGL4).
func PrintFonts() *pdf.Fonts {
	face := func(style string, behind []byte) [][]byte {
		files := ui.Print(style)
		if len(files) == 0 {
			return nil
		}
		return append(files, behind)
	}
	return &pdf.Fonts{Regular: face("400-normal", goregular.TTF), Strong: face("700-normal", gobold.TTF),
		Em: face("400-italic", goitalic.TTF), StrongEm: face("700-italic", gobolditalic.TTF)}
}

// disposition names a file for whoever keeps it (RFC 6266): in ASCII, and, where
// that is not its name, as it is (RFC 8187).
func disposition(how, ascii, name string) string {
	value := how + `; filename="` + ascii + `"`
	if name != ascii {
		value += "; filename*=UTF-8''" + url.PathEscape(name)
	}
	return value
}

// file answers with a published document in the form that name asks for:
// « motion.pdf ».
func (v *visit) file(d *motion.Document, name string) error {
	f, ok := publish.FormatOf(strings.TrimPrefix(name, "motion."))
	if !ok || name != "motion."+f.Name {
		return consult.ErrNotFound
	}
	var b bytes.Buffer
	if err := f.Write(&b, d, publish.Options{Base: v.s.PublicURL, Fonts: PrintFonts()}); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", f.Type)
	if f.Name == "html" {
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation")
	}
	how := "attachment"
	if f.Here {
		how = "inline"
	}
	ascii, kept := publish.FileName(d, f)
	h.Set("Content-Disposition", disposition(how, ascii, kept))
	v.w.Write(b.Bytes()) // whoever has left meanwhile reads nothing
	return nil
}
