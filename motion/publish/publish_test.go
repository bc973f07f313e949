package publish

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
)

func sample() *motion.Document {
	bus := motion.Source{Segment: "c1@1:0-80", Contribution: "c1", Version: 1, Start: 0, End: 80, Text: "Le bus\nne passe <plus>", Signature: "maire, Villebrume", Newest: 2}
	gare := motion.Source{Segment: "c2@3:5-9", Contribution: "c2", Version: 3, Start: 5, End: 9, Text: "É & À", Signature: "auteur inconnu", Newest: 3}
	return &motion.Document{
		Format: 1, Motion: "m", Congress: "Congrès 2026", Title: "Motion <été>", Version: 2, Published: "2026-12-01T09:00:00Z", Licence: "Licence ouverte 2.0",
		Head: motion.DocumentHead{Seq: 12, Hash: "abcdef"},
		Blocks: []motion.DocumentBlock{
			{Kind: motion.Title, ID: "t", Runs: []motion.DocumentRun{{Text: "Motion <été>", Sentence: 1}}},
			{Kind: motion.Visa, ID: "v", Runs: []motion.DocumentRun{{Text: "Vu la consultation\u202f;", Sentence: 1}}},
			{Kind: motion.Axis, ID: "a", Number: 2, Label: "II", Runs: []motion.DocumentRun{{Text: "Mobilités", Sentence: 1}}},
			{Kind: motion.Recital, ID: "r", Number: 1, Label: "1", Runs: []motion.DocumentRun{
				{Text: "Dit «\u202f", Sentence: 1}, {Text: "ne ", Sentence: 1, Sources: []int{1}}, {Text: "passe", Sentence: 1, Strong: true, Sources: []int{1, 2}},
				{Text: "\u202f».", Sentence: 1}, {Text: "  "}, {Text: "Fin\tœuvre €.", Sentence: 2, Em: true, Link: "https://exemple.fr/?a=1&b=2"}}},
			{Kind: motion.Proposal, ID: "p", Number: 4, Label: "4", Runs: []motion.DocumentRun{{Text: "Agir </p><script>alert(1)</script>", Sentence: 1, Strong: true, Em: true, Sources: []int{2}}}},
			{Kind: motion.Item, ID: "i", Number: 1, Runs: []motion.DocumentRun{{Text: "un", Sentence: 1}}},
			{Kind: motion.Item, ID: "j", Number: 2, Runs: []motion.DocumentRun{{Text: "deux\x01", Sentence: 1}}},
			{Kind: motion.Paragraph, ID: "f", Runs: nil},
		},
		Sources: []motion.Source{bus, gare},
		Annex: []motion.Fate{
			{Contribution: "c1", Signature: "maire, Villebrume", Opening: "Le bus ne passe", Themes: []string{"Transports", "École"}, Cited: []motion.Place{{Anchor: "b-r.1", Label: "Axe" + nbsp + "I, considérants"}}, Reflected: true},
			{Contribution: "c3", Signature: "une élue", Themes: []string{"École"}, Reflected: true}, {Contribution: "c4", Signature: "un élu", Themes: []string{"Eau"}}, {Contribution: "c5", Signature: "un élu"},
		},
	}
}

// TestOwnLinks: a link to a page of ours leads there from a file too.
func TestOwnLinks(t *testing.T) {
	const base, path = "https://congres.exemple.fr", "/themes/x"
	d := sample()
	d.Blocks[3].Runs[0].Link = path
	for _, f := range []func(io.Writer, *motion.Document, string) error{HTML, AkomaNtoso} {
		var b strings.Builder
		if err := f(&b, d, base); err != nil || !strings.Contains(b.String(), `href="`+base+path+`"`) {
			t.Errorf("no link in %s, %v", b.String(), err)
		}
	}
	var b strings.Builder
	if err := Fragment(&b, d, ""); err != nil || !strings.Contains(b.String(), `href="`+path+`"`) {
		t.Errorf("a page's own: %s, %v", b.String(), err)
	}
	for _, p := range sheet(d, base) { // of which PDF, ODT and DOCX are set
		for _, s := range p.Sentences {
			for _, q := range s.Pieces {
				if strings.HasSuffix(q.Link, path) && q.Link != base+path {
					t.Errorf("got the link %q", q.Link)
				}
			}
		}
	}
	if d.Blocks[3].Runs[0].Link != path {
		t.Error("the document was changed")
	}
}

func TestHTML(t *testing.T) {
	var b, f bytes.Buffer
	if err := HTML(&b, sample(), "https://congres.exemple.fr"); err != nil {
		t.Fatal(err)
	}
	if err := Fragment(&f, sample(), ""); err != nil {
		t.Fatal(err)
	}
	page, fragment := b.String(), f.String()
	for _, want := range []string{
		`<html lang="fr">`, "<title>Motion &lt;été&gt;</title>", `<h1 id="b-t"><span class="sentence" id="b-t.1">Motion &lt;été&gt;</span></h1>`,
		`<span class="number">II.</span> <span class="sentence" id="b-a.1">Mobilités</span></h2>`,
		`<strong>passe</strong><a class="source" href="https://congres.exemple.fr/contributions/c1#v1-0-80" aria-label="Source 1` + nbsp + `: maire, Villebrume">1</a>`,
		`#v3-5-9`, `<p class="proposal" id="b-p"><span class="number">Proposition` + nbsp + `4.</span>`, `Agir &lt;/p&gt;&lt;script&gt;`,
		"<ol class=\"items\" type=\"a\">\n<li id=\"b-i\">", `@counter-style lettre{system:extends lower-alpha;suffix:")\a0"}`, `id="b-r.2"><a href="https://exemple.fr/?a=1&amp;b=2" rel="noopener noreferrer"><em>Fin`,
		`«` + "\u202f" + "Le bus ne passe &lt;plus&gt;" + "\u202f" + `», maire, Villebrume (version 1, modifiée depuis par son auteur·e).`,
		"Version" + nbsp + "2, publiée le 1ᵉʳ décembre 2026.", "fait nᵒ 12", "<style>" + Style + "</style>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "<script") || strings.Count(page, `class="source"`) != 3 {
		t.Errorf("got %s", page)
	}
	if !strings.Contains(page, `<h2 id="annexe">`) || strings.Contains(fragment, "annexe") {
		t.Error("the annex is not in the page alone")
	}
	if b.Reset(); Annex(&b, sample(), "") != nil || !strings.Contains(b.String(), `<a href="/motion/m?version=2#b-r.1"`) || strings.Contains(b.String(), `<h2 id="annexe"`) ||
		!strings.Contains(b.String(), "(1)</a><ul>\n<li><a href=\"#annexe-3\">Transports (1)</a></li>") || !strings.Contains(b.String(), `<h3 id="annexe-3">Transports (1)</h3>`) {
		t.Errorf("annex: %s", b.String())
	}
	if strings.Contains(fragment, "<html") || !strings.Contains(fragment, `href="/contributions/c1#v1-0-80"`) {
		t.Errorf("got %s", fragment)
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %q twice", m[1])
		}
		ids[m[1]] = true
	}
	// Without a title in the text, the page still has one.
	d := sample()
	d.Blocks = d.Blocks[1:]
	b.Reset()
	if err := HTML(&b, d, ""); err != nil || strings.Count(b.String(), "<h1") != 1 {
		t.Errorf("no title: %v", err)
	}
}

// TestNotes: a line break in an élu's words is one space in every note.
func TestNotes(t *testing.T) {
	d := sample()
	d.Sources[0].Text = "Quatre propositions : \r\n\n 1. Un fonds\u2028; 2. Un bus\n"
	for name, write := range map[string]func(io.Writer, *motion.Document, string) error{"html": HTML, "txt": Text, "odt": ODT, "docx": DOCX, "akn": AkomaNtoso} {
		var b bytes.Buffer
		if err := write(&b, d, "https://congres.exemple.fr"); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if all := map[string]string{"odt": "content.xml", "docx": "word/footnotes.xml"}; all[name] != "" {
			text = files(t, b.Bytes())[all[name]]
		}
		if !strings.Contains(text, "Quatre propositions : 1. Un fonds ; 2. Un bus\u202f»") {
			t.Errorf("%s: the note is in lines", name)
		}
	}
}

// files unpacks an archive, and reads each part of it that is XML.
func files(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
		if f.Name == "mimetype" || strings.HasSuffix(f.Name, ".png") {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

// words reads the paragraphs of content.xml, their footnotes apart.
func words(t *testing.T, content string) (paragraphs, notes []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	var text, note strings.Builder
	depth := 0 // of notes
	skip := false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return paragraphs, notes
		}
		if err != nil {
			t.Fatal(err)
		}
		out := &text
		if depth > 0 {
			out = &note
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch tok.Name.Local {
			case "p", "h":
				if depth == 0 {
					text.Reset()
				}
			case "note":
				depth++
			case "note-citation", "note-ref", "desc":
				skip = true
			case "s":
				out.WriteByte(' ')
			case "tab":
				out.WriteByte('\t')
			case "line-break":
				out.WriteByte('\n')
			}
		case xml.CharData:
			if !skip {
				out.Write(tok)
			}
		case xml.EndElement:
			switch tok.Name.Local {
			case "note":
				depth--
				notes = append(notes, note.String())
				note.Reset()
			case "note-citation", "note-ref", "desc":
				skip = false
			case "p", "h":
				if depth == 0 {
					paragraphs = append(paragraphs, text.String())
				}
			}
		}
	}
}

// TestAnnexOrder: one finds one's own by theme, then by who wrote it.
func TestAnnexOrder(t *testing.T) {
	var fates []*motion.Fate
	for _, f := range [][2]string{{"", "Zoé"}, {"Voirie", "Zoé"}, {"École", "Émile"}, {"Eau", "Zoé"}, {"École", "Bea"}, {"École", "Zoé"}} {
		x := &motion.Fate{Signature: f[1]}
		if f[0] != "" {
			x.Themes = []string{f[0]}
		}
		fates = append(fates, x)
	}
	arrange(fates)
	var got []string
	for _, f := range fates {
		got = append(got, theme(f)+" "+f.Signature)
	}
	if want := "Eau Zoé, École Bea, École Émile, École Zoé, Voirie Zoé, Sans thème Zoé"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}

func TestODT(t *testing.T) {
	var b, again bytes.Buffer
	if err := ODT(&b, sample(), "https://congres.exemple.fr"); err != nil {
		t.Fatal(err)
	}
	if ODT(&again, sample(), "https://congres.exemple.fr"); !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same document gave other bytes")
	}
	all := files(t, b.Bytes())
	// The type comes first, as it is, at a fixed place (part 2 §3.3).
	if odt := b.Bytes(); string(odt[30:38]) != "mimetype" || string(odt[38:38+len(odtType)]) != odtType {
		t.Errorf("begins %q", odt[:90])
	}
	got, notes := words(t, all["content.xml"])
	want := []string{"Motion <été>", "Congrès 2026\nVersion\u00a02, publiée le 1ᵉʳ décembre 2026\nPage permanente\u00a0: https://congres.exemple.fr/motion/m?version=2", "Vu la consultation\u202f;", "Mobilités", "Dit «\u202fne passe\u202f».  Fin\tœuvre €.",
		"Agir </p><script>alert(1)</script>", "un", "deux\ufffd", "",
		"Annexe\u00a0: ce que sont devenues vos contributions", "4 contributions\u00a0: 1 citée dans le texte\u202f; 1 pas citée, sur un thème que le texte aborde\u202f; 1 sur un thème que le texte n’aborde pas\u202f; 1 sans thème.",
		"Citées dans le texte (1)", "Transports (1)", "«\u202fLe bus ne passe\u202f», maire, Villebrume. Thèmes\u00a0: Transports\u202f; École. Citée (Axe\u00a0I, considérants)\u00a0: Dit «\u202fne passe\u202f».",
		"Pas citées, sur un thème que le texte aborde (1)", "École (1)", "Contribution de\u00a0: une élue. Thème\u00a0: École.", "Sur un thème que le texte n’aborde pas (1)", "Eau (1)", "Contribution de\u00a0: un élu. Thème\u00a0: Eau.",
		"Sans thème (1)", "Contribution de\u00a0: un élu.", "Congrès 2026. Version\u00a02, publiée le 1ᵉʳ décembre 2026.",
		"Licence\u00a0: Licence ouverte 2.0.", "Journal\u00a0: fait nᵒ\u00a012, empreinte abcdef"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	said := "«\u202fLe bus ne passe <plus>\u202f», maire, Villebrume (version 1, modifiée depuis par son auteur·e). https://congres.exemple.fr/contributions/c1#v1-0-80"
	if len(notes) != 2 || notes[0] != said || strings.Count(all["content.xml"], `text:ref-name="ftn2">2</text:note-ref>`) != 1 {
		t.Errorf("notes %q", notes)
	}
	// Every style that the text names exists.
	for _, m := range regexp.MustCompile(`style-name="([^"]+)"`).FindAllStringSubmatch(all["content.xml"], -1) {
		if !strings.Contains(all["styles.xml"], `style:name="`+m[1]+`"`) {
			t.Errorf("no style %q", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`full-path="([^"/]+[^"]*)"`).FindAllStringSubmatch(all["META-INF/manifest.xml"], -1) {
		if _, ok := all[m[1]]; !ok {
			t.Errorf("the manifest names %q", m[1])
		}
	}
}
