package motion

import (
	"bytes"
	"os"
	"reflect"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// What was once published stays readable: testdata/document-1.json is never
// edited.
func TestFixture(t *testing.T) {
	data, err := os.ReadFile("testdata/document-1.json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := DecodeDocument(data)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Text().String(), "Motion : Congrès 2026\nMobilités\nDit «\u202fle bus\u202f» (maire, Villebrume). Agissons.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if d.Version != 3 || d.Date() != "1ᵉʳ décembre 2026" || d.Head.Seq != 42 || !reflect.DeepEqual(d.Cites(), []string{"c1", "c2"}) ||
		d.Sources[0].Path() != "/contributions/c1#v1-3-9" {
		t.Errorf("got %+v", d)
	}
	if again, err := d.Encode(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("written again: %s, %v", again, err)
	}
}

// Reading a document back as a text and making it anew changes nothing.
func TestDocumentText(t *testing.T) {
	text := Parse([]ydoc.Op{said("Une. De", "a@1:0-3"), said("ux. ", "b@1:0-3", "a@1:0-3"), said("Trois"), line("axis|x"), said("p"), line("proposal|y")})
	d := &Document{}
	d.fill(text, func(id string) (Source, bool) { return Source{Segment: id}, true })
	if got := d.Text(); !reflect.DeepEqual(got, text) {
		t.Errorf("got %+v\nwant %+v", got, text)
	}
}

// Where comments lie is nothing that is published: the text is as if there were none.
func TestDocumentComments(t *testing.T) {
	d, bare := &Document{}, &Document{}
	find := func(id string) (Source, bool) { return Source{Segment: id}, true }
	d.fill(Parse([]ydoc.Op{said("Une"), {Insert: " phr", Attributes: map[string]any{"comment--c1": true}}, said("ase. Deux."), line("paragraph|x")}), find)
	bare.fill(Parse([]ydoc.Op{said("Une phrase. Deux."), line("paragraph|x")}), find)
	if !reflect.DeepEqual(d, bare) || d.Fingerprint() != bare.Fingerprint() {
		t.Errorf("got %+v\nwant %+v", d.Blocks, bare.Blocks)
	}
}
