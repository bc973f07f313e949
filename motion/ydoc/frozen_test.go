package ydoc_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// TestFrozen opens documents that yjs encoded; testdata/freeze.mjs made them.
func TestFrozen(t *testing.T) {
	b, err := os.ReadFile("testdata/frozen.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name    string
		Updates [][]byte
		Text    string
		Delta   []any
		Vector  []byte
		State   []byte
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			d := ydoc.New(1)
			for _, u := range c.Updates {
				apply(t, d, u)
			}
			got := read(t, d)
			compare(t, 0, c.Name, got, reading{Text: c.Text, Length: got.Length, Delta: c.Delta, Vector: c.Vector})
			if !bytes.Equal(got.State, c.State) {
				t.Errorf("state\n ours %x\ntheirs %x", got.State, c.State)
			}
		})
	}
}
