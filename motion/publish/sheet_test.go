package publish

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
)

// TestImprint: whoever finds the paper reads on its first page what it is, in the
// same words in every format, and at every foot which page of what.
func TestImprint(t *testing.T) {
	const base = "https://congres.exemple.fr"
	write := func(f func(io.Writer, *motion.Document, string) error, d *motion.Document, base string) map[string]string {
		var b bytes.Buffer
		if err := f(&b, d, base); err != nil {
			t.Fatal(err)
		}
		return files(t, b.Bytes())
	}
	odt, docx := write(ODT, sample(), base), write(DOCX, sample(), base)
	for what, in := range map[string][2]string{
		"odt": {odt["content.xml"], odt["styles.xml"]}, "docx": {docx["word/document.xml"], docx["word/footer1.xml"]},
	} {
		for _, want := range []string{"Congrès 2026", "Version" + nbsp + "2, publiée le 1ᵉʳ décembre 2026", "Page permanente" + nbsp + ": ", base + "/motion/m?version=2", codeWords} {
			title, imprint := strings.Index(in[0], "Motion &lt;été&gt;"), strings.Index(in[0], want)
			if imprint < title || imprint > strings.Index(in[0], "Vu la consultation") {
				t.Errorf("%s: %q is not under the title", what, want)
			}
		}
		if !strings.Contains(in[1], "Motion &lt;été&gt;") || !strings.Contains(in[1], "version"+nbsp+"2, page"+nbsp) {
			t.Errorf("%s: at the foot %s", what, in[1])
		}
	}
	if !strings.Contains(odt["styles.xml"], "<text:page-number") || !strings.Contains(odt["styles.xml"], "<text:page-count>") || !strings.HasPrefix(odt[odtCode], "\x89PNG") {
		t.Error("odt: no page numbers or no code")
	}
	if foot := docx["word/footer1.xml"]; !strings.Contains(foot, " PAGE ") || !strings.Contains(foot, " NUMPAGES ") || !strings.HasPrefix(docx["word/media/figure1.png"], "\x89PNG") {
		t.Error("docx: no page numbers or no code")
	}
	// A path leads nowhere from a paper; a draft says that it is one.
	d := sample()
	d.Version = 0
	for what, body := range map[string]string{"odt": write(ODT, d, "")["content.xml"], "docx": write(DOCX, d, "")["word/document.xml"]} {
		if !strings.Contains(body, "Projet du 1ᵉʳ décembre 2026, qui n’est pas publié") || strings.Contains(body, "Page permanente") || strings.Contains(body, "Code QR") {
			t.Errorf("%s: a draft without an address: %s", what, body)
		}
	}
	for title, want := range map[string]string{"Court": "Court", strings.Repeat("Pour un numérique ", 5): "Pour un numérique Pour un numérique Pour un numérique Pour…",
		strings.Repeat("x", 80): strings.Repeat("x", 60) + "…"} {
		if got := short(title); got != want {
			t.Errorf("short(%q) is %q, want %q", title, got, want)
		}
	}
}

// TestHeadings: the annex's headings are headings of the word processor, nested.
func TestHeadings(t *testing.T) {
	var o, x bytes.Buffer
	if ODT(&o, sample(), "") != nil || DOCX(&x, sample(), "") != nil {
		t.Fatal("not written")
	}
	list := func(text, expression string) (out []string) {
		for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(text, -1) {
			out = append(out, m[1]+" "+regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], ""))
		}
		return out
	}
	want := "1 Mobilités|1 Annexe : ce que sont devenues vos contributions|2 Citées dans le texte (1)|3 Transports (1)|2 Pas citées, sur un thème que le texte aborde (1)|3 École (1)|2 Sur un thème que le texte n’aborde pas (1)|3 Eau (1)|2 Sans thème (1)"
	for what, got := range map[string][]string{
		"odt":  list(files(t, o.Bytes())["content.xml"], `<text:h text:style-name="Heading_20_\d" text:outline-level="(\d)">(.*?)</text:h>`),
		"docx": list(files(t, x.Bytes())["word/document.xml"], `<w:pStyle w:val="Heading(\d)"/>(.*?)</w:p>`),
	} {
		if got := strings.ReplaceAll(strings.Join(got, "|"), nbsp, " "); got != want {
			t.Errorf("%s: got %s", what, got)
		}
	}
}

// TestPDFLinks: a link is read as its words, and called in words where it stands
// alone; never by its address.
func TestPDFLinks(t *testing.T) {
	var b bytes.Buffer
	if err := PDF(&b, sample(), "https://congres.exemple.fr", options().Fonts); err != nil {
		t.Fatal(err)
	}
	text := func(hex string) string {
		var s strings.Builder
		for i := 4; i+4 <= len(hex); i += 4 { // behind the byte order mark
			var r rune
			for _, c := range []byte(hex[i : i+4]) {
				r = r<<4 | rune(strings.IndexByte("0123456789ABCDEF", c))
			}
			s.WriteRune(r)
		}
		return s.String()
	}
	if m := regexp.MustCompile(`/S /Link [^\n]*/Alt`).FindString(b.String()); m != "" {
		t.Errorf("words of a link are replaced: %s", m)
	}
	said := map[string]bool{}
	for _, m := range regexp.MustCompile(`/Contents <([0-9A-F]*)> /A <</S /URI`).FindAllStringSubmatch(b.String(), -1) {
		said[text(m[1])] = true
	}
	for _, want := range []string{permanentWords, "contribution de" + nbsp + ": maire, Villebrume", "phrase de la motion" + nbsp + ": Axe" + nbsp + "I, considérants", "Fin\tœuvre €."} {
		if !said[want] {
			t.Errorf("no link says %q among %v", want, said)
		}
	}
	for s := range said {
		if s == "" || strings.Contains(s, "://") {
			t.Errorf("a link says %q", s)
		}
	}
}
