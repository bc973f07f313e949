package publish

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
)

// holds are the rules of the schema that a motion can break: what may stand
// in what, and identifiers that are there and single.
var holds = map[string]string{
	"akomaNtoso": "statement", "statement": "meta preface preamble mainBody", "preface": "p", "preamble": "citations recitals p blockList",
	"citations": "citation", "recitals": "recital", "citation": "p", "recital": "p", "mainBody": "section hcontainer p",
	"section": "num heading hcontainer", "hcontainer": "num content", "content": "p blockList", "blockList": "item", "item": "num p",
	"authorialNote": "p", "meta": "identification publication references",
}

func TestAkomaNtoso(t *testing.T) {
	for name, change := range map[string]func(*motion.Document){
		"whole": func(*motion.Document) {}, "empty": func(d *motion.Document) { d.Blocks = nil },
		"no axis":      func(d *motion.Document) { d.Blocks = d.Blocks[3:] },
		"list first":   func(d *motion.Document) { d.Blocks = d.Blocks[5:] },
		"axis at last": func(d *motion.Document) { d.Blocks = d.Blocks[:3] },
	} {
		d := sample()
		change(d)
		var b bytes.Buffer
		if err := AkomaNtoso(&b, d, "https://congres.exemple.fr"); err != nil {
			t.Fatal(err)
		}
		var stack []string
		ids := map[string]bool{}
		for r := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
			tok, err := r.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v in %s", name, err, b.Bytes())
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				if n := len(stack); n > 0 {
					if may, ok := holds[stack[n-1]]; ok && !strings.Contains(" "+may+" ", " "+tok.Name.Local+" ") {
						t.Errorf("%s: %s in %s", name, tok.Name.Local, stack[n-1])
					}
				}
				stack = append(stack, tok.Name.Local)
				for _, a := range tok.Attr {
					if a.Name.Local == "eId" && (ids[a.Value] || a.Value == "" || strings.ContainsAny(a.Value, " \t")) {
						t.Errorf("%s: eId %q", name, a.Value)
					} else if a.Name.Local == "eId" {
						ids[a.Value] = true
					}
				}
			case xml.EndElement:
				stack = stack[:len(stack)-1]
			}
		}
		if !ids["congres"] {
			t.Errorf("%s: nobody it refers to", name)
		}
		if name != "whole" {
			continue
		}
		for _, want := range []string{`<citation eId="b-v"><p><span eId="b-v.1">Vu la consultation`, `<num>II.</num><heading><span eId="b-a.1">Mobilités</span></heading>`,
			`<b><i>Agir &lt;/p&gt;`, `placement="bottom"><p>«`, `<noteRef href="#note-2" marker="2" placement="bottom"/>`, `<section eId="annexe"><heading>`,
			`<item eId="b-i"><num>a)</num><p><span eId="b-i.1">un</span></p></item><item eId="b-j"><num>b)</num><p>`} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("no %s in %s", want, b.String())
			}
		}
	}
}
