package ui

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

var (
	// An action or a tag; attributes that are read aloud or shown are words too.
	code  = regexp.MustCompile(`(?s)\{\{.*?\}\}|<(?:[^<>{}]|\{\{.*?\}\})*>`)
	shown = regexp.MustCompile(`(?:aria-label|title|placeholder|data-confirm|data-confirm-ok)="([^"]*)"`)
	// What a French text does not have.
	faults = map[string]*regexp.Regexp{
		"a straight apostrophe":             regexp.MustCompile(`\pL'\pL`),
		"a space that breaks before a sign": regexp.MustCompile(`[\pL\pN)»] [:;!?»]|« `),
		"another word for « figer »":        regexp.MustCompile(`(?i)\bgel(er|ée?s?|ez)\b`),
	}
)

// TestWords holds what people read to French typography, whatever stands
// between the words.
func TestWords(t *testing.T) {
	names, err := fs.Glob(Templates(), "*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d templates: %v", len(names), err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(Templates(), name)
		if err != nil {
			t.Fatal(err)
		}
		for i, words := range readable(string(b)) {
			for fault, at := range faults {
				if found := at.FindString(words); found != "" {
					t.Errorf("%s has %s, in %q (run %d: %q)", name, fault, found, i, words)
				}
			}
		}
	}
}

// readable are the runs of words in a template.
func readable(template string) (runs []string) {
	for _, text := range code.Split(template, -1) {
		if strings.TrimSpace(text) != "" {
			runs = append(runs, text)
		}
	}
	for _, tag := range code.FindAllString(template, -1) {
		for _, m := range shown.FindAllStringSubmatch(tag, -1) {
			runs = append(runs, code.ReplaceAllString(m[1], "…"))
		}
	}
	return runs
}

// TestReadable checks the reader itself.
func TestReadable(t *testing.T) {
	got := strings.Join(readable(`<p title="l'aide" class="d'ici">C'est {{if eq .X "l'un"}}là{{end}}<a href="{{.To}}"> fini</a></p>`), "|")
	if want := "C'est |là| fini|l'aide"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
