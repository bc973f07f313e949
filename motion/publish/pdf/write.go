package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"

	"golang.org/x/image/font/sfnt"
)

// Write sets t. Errors: ErrFont, and those of w.
func Write(w io.Writer, t *Text, fonts *Fonts) error {
	opened, err := fonts.open()
	if err != nil {
		return err
	}
	d := &document{setter: setter{opened}, root: &node{tag: "Document"}, within: map[*node]*node{}, noted: map[int]int{}}
	d.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	p := d.fresh()
	for i := range t.Blocks {
		p = d.block(d.keep(p, t.Blocks[i:]), &t.Blocks[i])
	}
	p = d.colophon(p, t)
	d.close(p)
	for len(d.carried) > 0 {
		d.close(d.fresh())
	}
	d.number(t)
	d.finish(t)
	if _, err := w.Write(d.Bytes()); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// colophon sets the small print.
func (d *document) colophon(p *page, t *Text) *page {
	d.list = nil
	var sets []set
	for _, l := range t.Colophon {
		n := d.root.add(&node{tag: "P", obj: -1})
		for _, l := range breaks(d.setter.glyphs(nil, l, 0, colophonShape.size, 0, n), column) {
			sets = append(sets, set{l, colophonShape, 0, colophonShape.leading})
		}
	}
	p.y += 16
	p = d.next(p, min(float64(max(len(sets), 1))*colophonShape.leading, pageHeight-top-bottom))
	for _, s := range sets {
		p = d.next(p, s.leading)
		d.draw(p, s, p.y)
		p.y += s.leading
	}
	return p
}

// code draws black squares as one figure that is a link.
func (d *document) code(p *page, c *Code, x, y, side float64) {
	n := d.root.add(&node{tag: "Link", link: c.Link, leads: c.Leads, obj: -1})
	figure := n.add(&node{tag: "Figure", alt: c.Alt, obj: -1})
	d.mark(p, figure)
	unit := side / float64(max(c.Size, 1))
	for j := range c.Size {
		for i := range c.Size {
			if c.Black(i, j) {
				fmt.Fprintf(&p.content, "%.3f %.3f %.3f %.3f re ", x+float64(i)*unit, pageHeight-y-float64(j+1)*unit, unit, unit)
			}
		}
	}
	p.content.WriteString("f EMC\n")
	d.link(p, n, x, pageHeight-y-side, x+side, pageHeight-y)
}

// finish writes every object that is not yet.
func (d *document) finish(t *Text) {
	catalog, info, pages, meta := d.take(), d.take(), d.take(), d.take()
	fonts := ""
	for _, f := range d.setter.faces.used() {
		fonts += fmt.Sprintf("/F%d %s ", f.index, ref(d.font(f)))
	}
	tree := d.take()
	document := d.root.write(&d.file, tree)
	var parents strings.Builder
	annots := len(d.pages) // their keys follow the pages'
	var late strings.Builder
	objs := []int{}
	for i, p := range d.pages {
		content := d.take()
		d.stream(content, "", p.content.Bytes())
		fmt.Fprintf(&parents, "%d [", i)
		for _, n := range p.elements {
			parents.WriteString(ref(n.obj) + " ")
		}
		parents.WriteString("] ")
		var list []int
		for _, a := range p.annots {
			d.set(a.obj, fmt.Sprintf("<</Type /Annot /Subtype /Link /Rect [%s %s %s %s] /Border [0 0 0] /F 4 /StructParent %d /Contents %s /A <</S /URI /URI %s>>>>",
				num(a.x0), num(a.y0), num(a.x1), num(a.y1), annots, words(a.node.leads), address(a.node.link)))
			fmt.Fprintf(&late, "%d %s ", annots, ref(a.node.obj))
			annots++
			list = append(list, a.obj)
		}
		objs = append(objs, p.obj)
		d.set(p.obj, fmt.Sprintf("<</Type /Page /Parent %s /MediaBox [0 0 %s %s] /Resources <</Font <<%s>>>> /Contents %s /StructParents %d /Tabs /S /Annots %s>>",
			ref(pages), num(pageWidth), num(pageHeight), fonts, ref(content), i, refs(list)))
	}
	d.set(pages, fmt.Sprintf("<</Type /Pages /Count %d /Kids %s>>", len(objs), refs(objs)))
	d.set(tree, fmt.Sprintf("<</Type /StructTreeRoot /K [%s] /ParentTree <</Nums [%s]>> /ParentTreeNextKey %d%s>>", ref(document), parents.String()+late.String(), annots, d.ids()))
	date := ""
	if !t.Created.IsZero() {
		date = " /CreationDate (" + t.Created.UTC().Format("D:20060102150405Z") + ")"
	}
	d.set(info, fmt.Sprintf("<</Title %s /Subject %s /Keywords %s%s>>", words(t.Title), words(t.Subject), words(t.Keywords), date))
	d.raw(meta, "/Type /Metadata /Subtype /XML", []byte(xmp(t)))
	outlines := d.outline()
	d.set(catalog, fmt.Sprintf("<</Type /Catalog /Pages %s /Lang (fr-FR) /MarkInfo <</Marked true>> /StructTreeRoot %s /Metadata %s /ViewerPreferences <</DisplayDocTitle true>>%s>>",
		ref(pages), ref(tree), ref(meta), outlines))
	d.end(catalog, info)
}

// ids is the tree of elements that have a name (§14.7.2), in the order of
// their bytes.
func (d *document) ids() string {
	var named []*node
	var walk func(n *node)
	walk = func(n *node) {
		if n.id != "" {
			named = append(named, n)
		}
		for _, k := range n.kids {
			if k.node != nil {
				walk(k.node)
			}
		}
		for _, a := range n.after {
			walk(a)
		}
	}
	walk(d.root)
	if len(named) == 0 {
		return ""
	}
	sort.Slice(named, func(i, j int) bool { return named[i].id < named[j].id })
	var b strings.Builder
	for _, n := range named {
		b.WriteString("(" + n.id + ") " + ref(n.obj) + " ")
	}
	return " /IDTree <</Names [" + b.String() + "]>>"
}

// outline writes the bookmarks, those of a heading closed under it (§12.3.3).
func (d *document) outline() string {
	if len(d.marks) == 0 {
		return ""
	}
	root := d.take()
	objects := make([]int, len(d.marks))
	for i := range objects {
		objects[i] = d.take()
	}
	below := make(map[int][]int) // of each object, the marks right under it
	parents := make([]int, len(d.marks))
	for i, m := range d.marks {
		parents[i] = root
		for k := i - 1; k >= 0; k-- {
			if d.marks[k].level < m.level {
				parents[i] = objects[k]
				break
			}
		}
		below[parents[i]] = append(below[parents[i]], i)
	}
	under := func(object, sign int) string {
		list := below[object]
		if len(list) == 0 {
			return ""
		}
		return fmt.Sprintf(" /First %s /Last %s /Count %d", ref(objects[list[0]]), ref(objects[list[len(list)-1]]), sign*len(list))
	}
	for i, m := range d.marks {
		around, beside := "", below[parents[i]]
		at, _ := slices.BinarySearch(beside, i)
		if at > 0 {
			around += " /Prev " + ref(objects[beside[at-1]])
		}
		if at+1 < len(beside) {
			around += " /Next " + ref(objects[beside[at+1]])
		}
		d.set(objects[i], fmt.Sprintf("<</Title %s /Parent %s /Dest [%s /XYZ 0 %s null]%s%s>>", words(m.title), ref(parents[i]), ref(m.page), num(m.y), around, under(objects[i], -1)))
	}
	d.set(root, "<</Type /Outlines"+under(root, 1)+">>")
	return " /Outlines " + ref(root) + " /PageMode /UseOutlines"
}

// font writes what was used of a face, as a composite font whose codes are ours (§9.7).
func (d *document) font(f *face) int {
	top, below, about, program, glyphs, unicode := d.take(), d.take(), d.take(), d.take(), d.take(), d.take()
	name := "CONGR" + string(rune('A'+f.index%26)) + "+" + f.name() // six letters say that it is a part (§9.6.4)
	gids := make([]byte, 2*len(f.chars)+2)
	var widths, maps bytes.Buffer
	var shown []sfnt.GlyphIndex
	for i, c := range f.chars {
		gids[2*i+2], gids[2*i+3] = byte(c.glyph>>8), byte(c.glyph)
		shown = append(shown, c.glyph)
		widths.WriteString(num(c.width) + " ")
	}
	for from := 0; from < len(f.chars); from += 100 { // at most 100 a block (Adobe TN 5014, §3.2)
		part := f.chars[from:min(from+100, len(f.chars))]
		fmt.Fprintf(&maps, "%d beginbfchar\n", len(part))
		for i, c := range part {
			fmt.Fprintf(&maps, "<%04X> <", from+i+1)
			for _, u := range utf16.Encode([]rune{c.r}) {
				fmt.Fprintf(&maps, "%04X", u)
			}
			maps.WriteString(">\n")
		}
		maps.WriteString("endbfchar\n")
	}
	d.set(top, fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode %s>>", name, ref(below), ref(unicode)))
	d.set(below, fmt.Sprintf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %s /DW 500 /W [1 [%s]] /CIDToGIDMap %s>>",
		name, ref(about), widths.String(), ref(glyphs)))
	d.set(about, fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-500 -300 1500 1000] /ItalicAngle 0 /Ascent 950 /Descent -290 /CapHeight 670 /StemV 80 /FontFile2 %s>>", name, ref(program)))
	part := subset(f.data, shown)
	d.stream(program, fmt.Sprintf("/Length1 %d", len(part)), part)
	d.stream(glyphs, "", gids)
	d.stream(unicode, "", []byte("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+
		maps.String()+"endcmap CMapName currentdict /CMap defineresource pop end end"))
	return top
}

// xmp is the metadata that names the standard kept (ISO 14289-1 §5).
func xmp(t *Text) string {
	esc := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
		return b.String()
	}
	created := ""
	if !t.Created.IsZero() {
		created = "<xmp:CreateDate>" + t.Created.UTC().Format("2006-01-02T15:04:05Z") + "</xmp:CreateDate>"
	}
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + esc(t.Title) +
		`</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language><dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + esc(t.Subject) +
		`</rdf:li></rdf:Alt></dc:description><pdf:Keywords>` + esc(t.Keywords) + `</pdf:Keywords>` + created + `</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}
