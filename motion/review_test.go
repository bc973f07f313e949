package motion

import (
	"strings"
	"testing"
)

// TestReview reads a document with what its authors should look at again.
func TestReview(t *testing.T) {
	const said = "Je voudrais défendre le téléphone : les « vieux » s’en servent, et moi aussi."
	run := func(sentence int, text string, sources ...int) DocumentRun {
		return DocumentRun{Text: text, Sentence: sentence, Sources: sources}
	}
	for _, tt := range []struct {
		name    string
		runs    []DocumentRun
		altered string // the quotes that are
		alone   int    // sentences without source
	}{
		{"as it was said", []DocumentRun{run(1, "Il dit «\u202f", 1), run(1, said, 1), run(1, "\u202f».", 1)}, "", 0},
		{"cut, with other blanks and capitals", []DocumentRun{run(1, "Il dit «\u202fje voudrais […] le téléphone\u00a0; (…) moi aussi, [dit-il]\u202f».", 1)}, "", 0},
		{"cut, and each piece said", []DocumentRun{run(1, "Il dit «\u202fje voudrais […] le téléphone\u00a0: les «\u00a0vieux\u00a0» […] Et MOI AUSSI\u202f».", 1)}, "", 0},
		{"another's letters in it", []DocumentRun{run(1, "«\u202fJe ", 1), run(1, "ne "), run(1, "voudrais ", 1), run(1, "pas "), run(1, "défendre le téléphone\u202f»", 1)}, "Je ne voudrais pas défendre le téléphone", 0},
		{"a quote of nobody in a sentence that cites", []DocumentRun{run(1, "Comme on dit «\u202fà vos souhaits\u202f». ", 1), run(2, "Le reste «\u202fest libre\u202f».")}, "à vos souhaits", 1},
		{"words that are gone", []DocumentRun{run(1, "«\u202f[propos masqué]\u202f»", 2)}, "", 0},
		{"never closed", []DocumentRun{run(1, "Il dit «\u202ftout autre chose", 1)}, "", 0},
		{"nothing but a blank between sentences", []DocumentRun{run(1, "Une phrase.", 1), run(0, " "), run(2, "Une autre."), run(0, "\u00a0")}, "", 1},
	} {
		d := Document{Blocks: []DocumentBlock{{Kind: Recital, ID: "a", Runs: tt.runs}}, Sources: []Source{{Text: said}, {}}}
		r := d.Review()
		var altered []string
		for _, p := range r.Altered {
			altered = append(altered, p.Text)
		}
		if got := strings.Join(altered, "|"); got != tt.altered || len(r.Unsourced) != tt.alone {
			t.Errorf("%s: altered %q, want %q; %d without a source, want %d", tt.name, got, tt.altered, len(r.Unsourced), tt.alone)
		}
	}
}
