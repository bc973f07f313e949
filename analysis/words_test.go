package analysis

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

func TestWriteWords(t *testing.T) {
	c := corpora.Corpus{Documents: []corpora.Document{
		{ID: "a", Version: 1, Text: "Les élu·es l’ont dit. Des écoles !\n\n- du Wi-Fi\n- 20 % d’aides\n"},
		{ID: "b", Version: 1, Text: " \xff\n"},
	}}
	var b bytes.Buffer
	if err := WriteWords(t.Context(), &b, c); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{`<text id="a">
<p>
<s n="1"><w lemma="le" pos="DET">Les</w> <w lemma="élu" pos="NOUN">élu·es</w> <w lemma="lui" pos="PRON">l’</w> <w lemma="avoir" pos="AUX">ont</w> <w lemma="dire" pos="VERB">dit</w> <w lemma="." pos="PUNCT">.</w></s>
<s n="2"><w lemma="un" pos="DET">Des</w> <w lemma="école" pos="NOUN">écoles</w> <w lemma="!" pos="PUNCT">!</w></s>
</p>
`, `<text id="b">
</text>
`} {
		file, err := archive.File[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(file)
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s: %s, want %s", archive.File[i].Name, got, want)
		}
	}
	done, stop := context.WithCancel(t.Context())
	stop()
	if err := WriteWords(done, io.Discard, c); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}
