package publish

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rsc.io/qr"

	"github.com/villes-internet/congres/motion"
)

// sheet lays a document out as a paper that somebody finds alone on a desk: its
// title, what it is right under that, and its text.
func sheet(d *motion.Document, base string) []part {
	all := parts(d, base)
	at := slices.IndexFunc(all, func(p part) bool { return p.Kind == motion.Title })
	if at < 0 {
		title := part{Kind: motion.Title, Anchor: "titre", Sentences: []sentence{{Pieces: []piece{{DocumentRun: motion.DocumentRun{Text: d.Title}}}}}}
		all, at = slices.Insert(all, 0, title), 0
	}
	return slices.Insert(all, at+1, imprint(d, base))
}

// imprint says what the paper is: the congress, which version and whether it is
// published, and the permanent page where base is an address. One line each.
func imprint(d *motion.Document, base string) part {
	p := part{Kind: motion.Paragraph, Anchor: "edition", Imprint: true}
	lines := state(d)
	if d.Congress != "" {
		lines = d.Congress + "\n" + lines
	}
	s := sentence{Pieces: []piece{{DocumentRun: motion.DocumentRun{Text: lines}}}}
	if page := address(d, base); page != "" {
		p.Page = page
		s.Pieces[0].Text += "\nPage permanente" + nbsp + ": "
		s.Pieces = append(s.Pieces, piece{DocumentRun: motion.DocumentRun{Text: page, Link: page}, Leads: permanentWords})
	}
	p.Sentences = []sentence{s}
	return p
}

// state says whether the paper is published, and since when.
func state(d *motion.Document) string {
	if d.Version == 0 {
		return "Projet du " + d.Date() + ", qui n’est pas publié"
	}
	return "Version" + nbsp + strconv.Itoa(d.Version) + ", publiée le " + d.Date()
}

// foot is what stands at the foot of every page: enough of the title at the left,
// and at the right which version, before the number of the page.
func foot(d *motion.Document) (title, number string) {
	version := "projet"
	if d.Version > 0 {
		version = "version" + nbsp + strconv.Itoa(d.Version)
	}
	return short(d.Title), version + ", " + pageWords
}

// pageWords is written before the number of a page.
const pageWords = "page" + nbsp

// permanentWords say where the permanent address leads.
const permanentWords = "page permanente de cette version"

// shortTitle bounds a title at the foot of a page, in characters: with the version
// and the page's number it stays on one line.
const shortTitle = 60

// short is a title's first words, on one line.
func short(title string) string {
	title = oneLine(title)
	if utf8.RuneCountInString(title) <= shortTitle {
		return title
	}
	cut := string([]rune(title)[:shortTitle])
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:"+nbsp+"\u202f") + "…"
}

// permanent is the address of the page of this very version.
func permanent(d *motion.Document, base string) string {
	page := base + "/motion/" + d.Motion
	if d.Version > 0 {
		page += "?version=" + strconv.Itoa(d.Version)
	}
	return page
}

// address is the permanent page's where base is one, else "": a path alone leads
// nowhere from a paper.
func address(d *motion.Document, base string) string {
	if page := permanent(d, base); strings.HasPrefix(page, "http") {
		return page
	}
	return ""
}

// code is that address as a QR code (ISO/IEC 18004), nil where there is none.
func code(d *motion.Document, base string) (*qr.Code, error) {
	page := address(d, base)
	if page == "" {
		return nil, nil
	}
	c, err := qr.Encode(page, qr.M)
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	return c, nil
}

// codeWords are read out in place of the code.
const codeWords = "Code QR qui mène à la page permanente de cette version"
