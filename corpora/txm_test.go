package corpora

import (
	"archive/zip"
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestTXMRoundTrip(t *testing.T) {
	c := Corpus{Documents: []Document{
		{ID: "a-1", Version: 1, Text: "Un texte,\r\n« à » deux lignes", Variables: map[string]string{"commune": "Saint-Étienne, Loire", "axe": "eau"}},
		{ID: "É 2/x", Version: 1, Text: "Deux", Variables: map[string]string{"axe": "bus \"express\""}},
		{ID: "A-1", Version: 1, Text: "Trois"},
		{ID: "metadata", Version: 1, Text: "Quatre"},
	}}
	var b, again bytes.Buffer
	if err := WriteTXM(&b, c); err != nil {
		t.Fatal(err)
	}
	if WriteTXM(&again, c); !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("two archives of one corpus differ")
	}
	archive, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	if got, want := strings.Join(names, " "), "a-1.txt E-2-x.txt A-1-2.txt metadata-2.txt metadata.csv"; got != want {
		t.Errorf("files %q, want %q", got, want)
	}
	table, err := Read("corpus.zip", &b, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	documents, doubts := table.Documents(Columns{Text: "texte", ID: "id"})
	if len(doubts) != 0 || !reflect.DeepEqual(documents, c.Documents) {
		t.Errorf("read again:\n got %+v %v\nwant %+v", documents, doubts, c.Documents)
	}
}

func zipped(files ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, _ := w.Create(files[i])
		f.Write([]byte(files[i+1]))
	}
	w.Close()
	return b.Bytes()
}

func TestTXMHostile(t *testing.T) {
	for _, c := range []struct {
		files  []string
		err    error
		rows   string
		doubts int
	}{
		{[]string{"word/document.xml", "<w/>"}, ErrBinary, "", 0},
		{[]string{"metadata.csv", ""}, ErrEmpty, "", 0},
		{[]string{"metadata.csv", "nom,axe\na,eau\nb,bus\n", "a.txt", "Un"}, ErrColumn, "", 0},
		{[]string{"metadata.csv", "id,axe\na,eau\n", "a.txt", strings.Repeat("x", 3000)}, ErrTooLarge, "", 0},
		{[]string{"c/metadata.csv", "id;axe\na;eau\nb;bus\n", "c/a.txt", "\xc9t\xe9", "c/z.txt", "Seul", "__MACOSX/._a.txt", "\x00"}, nil, "a¦eau¦Été⏎b¦bus¦⏎z¦¦Seul", 2},
	} {
		table, err := Read("c.zip", bytes.NewReader(zipped(c.files...)), Limits{Bytes: 2000})
		if !errors.Is(err, c.err) {
			t.Errorf("%q: %v, want %v", c.files, err, c.err)
			continue
		}
		if err == nil && (rows(table) != c.rows || len(table.Doubts) != c.doubts) {
			t.Errorf("%q: %q %v, want %q", c.files, rows(table), table.Doubts, c.rows)
		}
	}
}

func TestTXMWords(t *testing.T) {
	var b bytes.Buffer
	c := Corpus{Documents: []Document{{ID: "a", Version: 1, Text: "L’eau & moi."}}}
	err := WriteTXMWords(&b, c, func(Document) ([][][]TXMWord, error) {
		return [][][]TXMWord{{{{"L’", "le", "DET"}, {"eau", "eau", "NOUN"}, {"&", "", ""}, {"moi", "\"moi\"", ""}}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	archive, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	got, err := unpack(archive.File[0], 1000)
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<text id="a">
<p>
<s n="1"><w lemma="le" pos="DET">L’</w> <w lemma="eau" pos="NOUN">eau</w> <w>&amp;</w> <w lemma="&#34;moi&#34;">moi</w></s>
</p>
</text>
`
	if err != nil || string(got) != want || archive.File[0].Name != "a.xml" {
		t.Errorf("%s %q, want %q", archive.File[0].Name, got, want)
	}
}

func FuzzTXM(f *testing.F) {
	f.Add(zipped("metadata.csv", "id,axe\na,eau\n", "a.txt", "Un"))
	f.Add(zipped("metadata.csv", "id,identifiant\na\n,,,\n", "a.txt", "Un", "b.txt", ""))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Read("a.zip", bytes.NewReader(data), Limits{Bytes: 1 << 16})
		if err != nil {
			return
		}
		for i := range table.Rows {
			if len(table.Rows[i]) < len(table.Header) {
				t.Fatalf("row %d has %d cells of %d", i, len(table.Rows[i]), len(table.Header))
			}
		}
		table.Documents(Columns{Text: "texte", ID: "id"})
	})
}
