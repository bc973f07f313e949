package pdf

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
)

func fonts() *Fonts {
	return &Fonts{[][]byte{goregular.TTF}, [][]byte{gobold.TTF}, [][]byte{goitalic.TTF}, [][]byte{gobolditalic.TTF}}
}

func sample() *Text {
	long := strings.Repeat("Le bus ne passe plus depuis l’été dernier. ", 300)
	t := &Text{Title: "Motion <été>", Subject: "Congrès", Created: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			{Kind: Title, Spans: []Span{{Text: "Motion <été>"}}},
			{Kind: Imprint, Spans: []Span{{Text: "Congrès\n"}, {Text: "https://exemple.fr/m", Link: "https://exemple.fr/m", Leads: "page permanente"}},
				Code: &Code{Size: 3, Black: func(x, y int) bool { return x == y }, Alt: "Code", Link: "https://exemple.fr", Leads: "page permanente"}},
			{Kind: Heading, Label: "II.", Spans: []Span{{Text: "Mobilités (1)"}}},
			{Spans: []Span{{Text: "Dit «\u202fne ", Notes: []Note{{1, []Span{{Text: long}, {Text: "https://exemple.fr/é(1)", Link: "https://exemple.fr/é(1)"}}}}},
				{Text: "passe", Strong: true, Em: true, Notes: []Note{{2, []Span{{Text: "Brève 😀."}}}}}, {Text: "\u202f».\nFin\tœuvre nᵒ\u00a01 €."}}},
			{Kind: Item, Label: "a)", Spans: []Span{{Text: "un"}}}, {Kind: Item, Label: "b)", Spans: []Span{{Text: "deux", Notes: []Note{{2, nil}}}}},
			{},
		},
		Colophon: []string{"Journal, fait 12"}, Foot: "Au pied " + strings.Repeat("trop long ", 30), Number: "version 2, page "}
	for range 12 {
		t.Blocks = append(t.Blocks, Block{Kind: Marked, Label: "Proposition.", Spans: []Span{{Text: strings.Repeat("Généraliser l’accès. ", 40), Notes: []Note{{1, nil}}}}})
	}
	return t
}

func TestWrite(t *testing.T) {
	var b, again bytes.Buffer
	if err := Write(&b, sample(), fonts()); err != nil {
		t.Fatal(err)
	}
	if Write(&again, sample(), fonts()); !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same text gave other bytes")
	}
	out := b.String()
	for _, want := range []string{"/Marked true", "/Lang (fr-FR)", "<pdfuaid:part>1<", "/S /H1", "/S /H2", "/S /Note", "/S /LBody", "/Tabs /S",
		`/URI (https://exemple.fr/%C3%A9\(1\))`, "/S /Figure", "/IDTree", "/Outlines", "D:20261201090000Z"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s", want)
		}
	}
	// Every object that is named is there, at the place that the table says.
	table := out[strings.LastIndex(out, "\nxref\n"):]
	offsets := regexp.MustCompile(`(\d{10}) 00000 n`).FindAllStringSubmatch(table, -1)
	for i, m := range offsets {
		at, _ := strconv.Atoi(m[1])
		if !strings.HasPrefix(out[at:], strconv.Itoa(i+1)+" 0 obj") {
			t.Errorf("object %d is not at %d", i+1, at)
		}
	}
	if err := Write(&b, sample(), &Fonts{}); !errors.Is(err, ErrFont) {
		t.Errorf("without fonts: %v", err)
	}
	bad := fonts()
	bad.Em = [][]byte{[]byte("wOFF but no more")}
	if err := Write(&b, sample(), bad); !errors.Is(err, ErrFont) {
		t.Errorf("with a broken font: %v", err)
	}
}

// TestReaders lets programs that are not ours read the file.
func TestReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pdf")
	var b bytes.Buffer
	if err := errors.Join(Write(&b, sample(), fonts()), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) string {
		t.Helper()
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(name + " is not here")
		}
		out, err := exec.Command(name, args...).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v: %s", name, err, out)
		}
		return string(out)
	}
	t.Run("qpdf", func(t *testing.T) {
		if out := run("qpdf", "--check", path); strings.Contains(strings.ToLower(out), "warning") {
			t.Error(out)
		}
	})
	t.Run("pdftotext", func(t *testing.T) {
		// It writes every blank as a plain one.
		out := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(run("pdftotext", path, "-"))
		for _, want := range []string{"Motion <été>", "II. Mobilités (1)", "« ne", "œuvre nᵒ 1 €.", "Brève 😀.", "Voir la note de la page 1.", "Journal, fait 12", "Au pied trop long", "version 2, page 1 / "} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %q", want, out[:600])
			}
		}
		if got := strings.Count(out, "bus"); got != 300 {
			t.Errorf("%d of the note's 300 sentences", got)
		}
	})
	t.Run("pdfinfo", func(t *testing.T) {
		out := run("pdfinfo", "-struct-text", path)
		h, note, list := strings.Index(out, "H2"), strings.Index(out, "Note"), strings.Index(out, "LBody")
		if h < 0 || note < h || list < note {
			t.Errorf("read in the order %d %d %d", h, note, list)
		}
	})
}

func TestBreaks(t *testing.T) {
	opened, err := fonts().open()
	if err != nil {
		t.Fatal(err)
	}
	s := setter{opened}
	for _, c := range []struct {
		text  string
		width float64
		want  string
	}{
		{"un deux trois", 1000, "un deux trois"}, {"un deux trois", 60, "un deux |trois"}, {"un\u00a0deux trois", 30, "un\u00a0de|ux |trois"},
		{"", 10, ""}, {"a\nb", 100, "a\n|b"}, {"dix-neuf", 40, "dix-|neuf"},
		{"voir http://a.fr/bb/cc#v1-2-30 ou-bien", 60, "voir |http://a.fr/|bb/cc|#v1-2-30 |ou-bien"}, {"a/b-c//d", 20, "a/|b-|c//d"}, {"et/ou", 20, "et/|ou"}, {"\n\n", 10, "\n|\n"},
	} {
		var got []string
		for _, l := range breaks(s.glyphs(nil, c.text, 0, 11, 0, &node{}), c.width) {
			w := ""
			for _, g := range l.glyphs {
				w += string(g.r)
			}
			got = append(got, w)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q in %v: got %q, want %q", c.text, c.width, strings.Join(got, "|"), c.want)
		}
	}
}

func FuzzUnwoff(f *testing.F) {
	f.Add([]byte("wOFF\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01"))
	f.Add(bytes.Repeat([]byte("wOFF\x00\x00\x00\x01"), 12))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := unwoff(data); err == nil && len(out) > maxFont+len(data) {
			t.Errorf("%d bytes", len(out))
		}
	})
}

// TestOutline: what is under a heading is under its bookmark, closed.
func TestOutline(t *testing.T) {
	d := &document{}
	for i, k := range []Kind{Heading, Heading2, Heading3, Heading3, Heading2, Heading} {
		d.marks = append(d.marks, bookmark{"Eau", 1, float64(i), levels[k]})
	}
	d.outline()
	whole := d.String()
	for part, want := range map[string]int{" /Count 2>>": 1, " /Count -2>>": 2, "/Title ": 6} {
		if got := strings.Count(whole, part); got != want {
			t.Errorf("%d of %q in %s, want %d", got, part, whole, want)
		}
	}
}
