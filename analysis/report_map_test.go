package analysis

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestMindMaps reads the maps back: every theme and sub-theme once, words that
// would be markup as words.
func TestMindMaps(t *testing.T) {
	odd := small()
	odd.Documents = append(odd.Documents, corpora.Document{ID: "\x00\"<", Text: "Des bus\x00 pour \xff tous </node><script>, le soir & la nuit."})
	one, err := Run(context.Background(), odd, Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Report{one, analyse(t, shared(t, "decidim-mel/proposals.tsv", "text"), Settings{})} {
		for name, write := range map[string]func(io.Writer) error{"opml": r.WriteOPML, "mm": r.WriteFreeplane} {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatal(err)
			}
			named := make(map[string]int)
			for d := xml.NewDecoder(bytes.NewReader(out.Bytes())); ; {
				token, err := d.Token()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v\n%s", name, err, out.String())
				}
				if e, ok := token.(xml.StartElement); ok && e.Name.Local != "script" {
					for _, a := range e.Attr {
						if strings.EqualFold(a.Name.Local, "text") {
							named[a.Value]++
						}
					}
				} else if ok {
					t.Errorf("%s holds an element of somebody's", name)
				}
			}
			for _, x := range r.Themes {
				if named[capital(x.Label)] != 1 {
					t.Errorf("%s has %q %d times", name, x.Label, named[capital(x.Label)])
				}
				for _, s := range x.Subthemes {
					if named[s.Label] != 1 {
						t.Errorf("%s has %q %d times", name, s.Label, named[s.Label])
					}
				}
			}
			if lint, err := exec.LookPath("xmllint"); err == nil {
				c := exec.Command(lint, "--noout", "--nonet", "-")
				c.Stdin = &out
				if said, err := c.CombinedOutput(); err != nil {
					t.Errorf("%s: %s", name, said)
				}
			}
		}
	}
}
