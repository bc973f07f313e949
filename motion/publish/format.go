package publish

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// A Format is one of the forms in which a motion leaves the house.
type Format struct {
	Name  string // as a command takes it, and a file's ending
	Type  string // media type
	Label string // what a person reads
	Here  bool   // shown by a browser rather than kept as a file
	Write func(w io.Writer, d *motion.Document, o Options) error
}

// Options are what some formats need beside the document.
type Options struct {
	Base  string     // the site's address without a last slash
	Fonts *pdf.Fonts // of the PDF
}

// Formats are all of them, in the order in which they are offered.
func Formats() []Format {
	plain := func(write func(io.Writer, *motion.Document, string) error) func(io.Writer, *motion.Document, Options) error {
		return func(w io.Writer, d *motion.Document, o Options) error { return write(w, d, o.Base) }
	}
	return []Format{
		{"pdf", "application/pdf", "PDF (à imprimer, accessible)", true, func(w io.Writer, d *motion.Document, o Options) error { return PDF(w, d, o.Base, o.Fonts) }},
		{"odt", odtType, "ODT (LibreOffice)", false, plain(ODT)},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX (Word)", false, plain(DOCX)},
		{"html", "text/html; charset=utf-8", "page HTML", true, plain(HTML)},
		{"txt", "text/plain; charset=utf-8", "texte seul", true, plain(Text)},
		{"xml", "application/akn+xml", "Akoma Ntoso (XML)", false, plain(AkomaNtoso)},
		{"json", "application/json", "JSON", true, plain(JSON)},
	}
}

// FormatOf finds one by its name.
func FormatOf(name string) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// titleLength bounds a title within a file's name, in characters.
const titleLength = 60

// FileName is what a file of the document is called: « motion-titre-v2.pdf », in
// lower case, of letters and figures with hyphens between them; ascii without their
// accents.
func FileName(d *motion.Document, f Format) (ascii, name string) {
	title := slug(d.Title)
	version := "-projet"
	if d.Version > 0 {
		version = "-v" + strconv.Itoa(d.Version)
	}
	call := func(title string) string {
		if title != "" {
			title = "-" + title
		}
		return "motion" + title + version + "." + f.Name
	}
	bare := strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, norm.NFD.String(strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss").Replace(title)))
	return call(slug(bare)), call(title)
}

// slug is the words of a title as they stand in a file's name.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(title)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := []rune(strings.Join(words, "-"))
	if len(out) > titleLength {
		out = out[:titleLength]
		if at := strings.LastIndexByte(string(out), '-'); at > titleLength/2 {
			return string(out)[:at]
		}
	}
	return strings.Trim(string(out), "-")
}

// JSON writes the document itself.
func JSON(w io.Writer, d *motion.Document, _ string) error {
	data, err := d.Encode()
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}
