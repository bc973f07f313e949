package publish

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion"
)

const aknSpace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// AkomaNtoso writes the document as a <statement> of Akoma Ntoso 3.0 (OASIS
// LegalDocML, Akoma Ntoso Version 1.0 part 2): visas and recitals before the
// first axis are its preamble's citations and recitals, axes are sections,
// and sources are authorial notes. base must be an address, since a document
// in XML stands by itself.
func AkomaNtoso(w io.Writer, d *motion.Document, base string) error {
	x := &akn{noted: map[int]bool{}}
	x.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<akomaNtoso xmlns="` + aknSpace + `"><statement name="motion" contains="singleVersion">`)
	x.meta(d, base)
	all := parts(d, base)
	all = x.preface(d, all)
	all = x.preamble(all)
	x.WriteString("<mainBody>")
	x.main(append(all, annex(d, base, permanent(d, base))...))
	x.WriteString("</mainBody></statement></akomaNtoso>\n")
	if _, err := w.Write(x.Bytes()); err != nil {
		return fmt.Errorf("publish: akoma ntoso: %w", err)
	}
	return nil
}

// An akn is the XML in the making.
type akn struct {
	bytes.Buffer
	lists, runs int
	noted       map[int]bool // sources that have their note
	section     bool         // within one
}

// meta identifies the work, this version of it, and this file (part 1 §4,
// naming convention; part 2, identification).
func (x *akn) meta(d *motion.Document, base string) {
	day, _, _ := strings.Cut(d.Published, "T")
	work := "/akn/fr/statement/" + day + "/" + d.Motion
	expression := work + "/fra@version-" + strconv.Itoa(d.Version)
	property := func(name, value string) { x.WriteString("<" + name + ` value="` + escape(value) + `"/>`) }
	core := func(uri, this, date string) {
		property("FRBRthis", this)
		property("FRBRuri", uri)
		x.WriteString(`<FRBRdate date="` + escape(day) + `" name="` + date + `"/><FRBRauthor href="#congres"/>`)
	}
	x.WriteString(`<meta><identification source="#congres"><FRBRWork>`)
	core(work, work+"/!main", "publication")
	x.WriteString(`<FRBRcountry value="fr"/></FRBRWork><FRBRExpression>`)
	core(expression, expression+"/!main", "publication")
	x.WriteString(`<FRBRlanguage language="fra"/></FRBRExpression><FRBRManifestation>`)
	core(expression+".xml", expression+"/!main.xml", "publication")
	x.WriteString(`<FRBRformat value="application/akn+xml"/></FRBRManifestation></identification>`)
	x.WriteString(`<publication date="` + escape(day) + `" name="journal" showAs="` + escape(strings.Join(colophon(d), " ")) + `" number="` + strconv.FormatUint(d.Head.Seq, 10) + `"/>`)
	x.WriteString(`<references source="#congres"><TLCOrganization eId="congres" href="` + escape(base+"/") + `" showAs="` + escape(d.Congress) + `"/></references></meta>`)
}

// preface writes the title, and returns what follows it.
func (x *akn) preface(d *motion.Document, all []part) []part {
	x.WriteString("<preface>")
	if len(all) > 0 && all[0].Kind == motion.Title {
		x.WriteString(`<p eId="` + escape(all[0].Anchor) + `"><docTitle>`)
		x.sentences(&all[0])
		all = all[1:]
	} else {
		x.WriteString("<p><docTitle>" + escape(d.Title))
	}
	x.WriteString("</docTitle></p></preface>")
	return all
}

// preamble writes what stands before the first axis or proposal.
func (x *akn) preamble(all []part) []part {
	n := 0
	for n < len(all) && all[n].Kind != motion.Axis && all[n].Kind != motion.Proposal {
		n++
	}
	if n == 0 {
		return all
	}
	x.WriteString("<preamble>")
	groups := map[motion.Kind][2]string{motion.Visa: {"citations", "citation"}, motion.Recital: {"recitals", "recital"}}
	for i := 0; i < n; i++ {
		p := &all[i]
		g, ok := groups[p.Kind]
		if !ok {
			x.block(p)
			continue
		}
		if i == 0 || all[i-1].Kind != p.Kind {
			x.runs++
			x.WriteString("<" + g[0] + ` eId="` + g[0] + "-" + strconv.Itoa(x.runs) + `">`)
		}
		x.WriteString("<" + g[1] + ` eId="` + escape(p.Anchor) + `">`)
		x.paragraph(p)
		x.WriteString("</" + g[1] + ">")
		if i+1 == n || all[i+1].Kind != p.Kind {
			x.WriteString("</" + g[0] + ">")
		}
	}
	x.WriteString("</preamble>")
	return all[n:]
}

// block writes what is no citation nor recital.
func (x *akn) block(p *part) {
	if len(p.Items) > 0 {
		x.list(p)
		return
	}
	x.WriteString(`<p eId="` + escape(p.Anchor) + `">`)
	x.sentences(p)
	x.WriteString("</p>")
}

// main writes axes with what belongs to them. A list belongs to what stands
// before it.
func (x *akn) main(all []part) {
	if len(all) == 0 {
		x.WriteString("<p/>")
	}
	for i := 0; i < len(all); i++ {
		p := &all[i]
		if p.Kind == motion.Axis {
			x.close()
			x.section = true
			x.WriteString(`<section eId="` + escape(p.Anchor) + `">`)
			if p.Label != "" {
				x.WriteString("<num>" + escape(p.Label) + "</num>")
			}
			x.WriteString("<heading>")
			x.sentences(p)
			x.WriteString("</heading>")
			continue
		}
		name, id := string(p.Kind), p.Anchor
		if len(p.Items) > 0 {
			x.runs++
			name, id = "list", "list-of-"+strconv.Itoa(x.runs)
		}
		x.WriteString(`<hcontainer name="` + name + `" eId="` + escape(id) + `">`)
		if p.Label != "" {
			x.WriteString("<num>" + escape(p.Label) + "</num>")
		}
		x.WriteString("<content>")
		if len(p.Items) > 0 {
			x.list(p)
		} else {
			x.paragraph(p)
		}
		if i+1 < len(all) && len(all[i+1].Items) > 0 {
			i++
			x.list(&all[i])
		}
		x.WriteString("</content></hcontainer>")
	}
	x.close()
}

func (x *akn) close() {
	if x.section {
		x.WriteString("</section>")
	}
	x.section = false
}

func (x *akn) paragraph(p *part) {
	open, end := "<p>", "</p>"
	if p.Level > 0 {
		open, end = "<p><b>", "</b></p>"
	}
	x.WriteString(open)
	x.sentences(p)
	x.WriteString(end)
}

func (x *akn) list(p *part) {
	x.lists++
	x.WriteString(`<blockList eId="list-` + strconv.Itoa(x.lists) + `">`)
	for i := range p.Items {
		item := &p.Items[i]
		x.WriteString(`<item eId="` + escape(item.Anchor) + `">`)
		if item.Label != "" {
			x.WriteString("<num>" + escape(item.Label) + "</num>")
		}
		x.paragraph(item)
		x.WriteString("</item>")
	}
	x.WriteString("</blockList>")
}

func (x *akn) sentences(p *part) {
	for _, s := range p.Sentences {
		if s.Anchor != "" {
			x.WriteString(`<span eId="` + escape(s.Anchor) + `">`)
		}
		for i := range s.Pieces {
			x.piece(&s.Pieces[i])
		}
		if s.Anchor != "" {
			x.WriteString("</span>")
		}
	}
}

func (x *akn) piece(p *piece) {
	end := ""
	open := func(tag, attributes string) {
		x.WriteString("<" + tag + attributes + ">")
		end = "</" + tag + ">" + end
	}
	if p.Link != "" {
		open("a", ` href="`+escape(p.Link)+`"`)
	}
	if p.Strong {
		open("b", "")
	}
	if p.Em {
		open("i", "")
	}
	x.WriteString(strings.ReplaceAll(escape(p.Text), "&#xA;", "<eol/>") + end)
	for _, c := range p.Calls {
		n := strconv.Itoa(c.Number)
		if x.noted[c.Number] {
			x.WriteString(`<noteRef href="#note-` + n + `" marker="` + n + `" placement="bottom"/>`)
			continue
		}
		x.noted[c.Number] = true
		x.WriteString(`<authorialNote eId="note-` + n + `" marker="` + n + `" placement="bottom"><p>` + escape(said(c.Source)+" ") +
			`<a href="` + escape(c.Href) + `">` + escape(c.Href) + "</a></p></authorialNote>")
	}
}
