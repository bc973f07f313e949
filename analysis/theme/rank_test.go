package theme

import (
	"strings"
	"testing"
)

// TestFormedLong sees that a sentence that can be quoted is worth more than one that
// is too long, and that less than the one, the longer it is.
func TestFormedLong(t *testing.T) {
	of := func(n int) string { return "Le " + strings.Repeat("a", n-4) + "." }
	last := 2.
	for _, n := range []int{200, 290, 301, 376, 510, 797, 3000} {
		got := Formed(of(n))
		if got >= last || got < 0 {
			t.Errorf("%d letters are worth %.3f, those before %.3f", n, got, last)
		}
		last = got
	}
	if whole, long := Formed(of(200)), Formed(of(510)); long > whole/4 {
		t.Errorf("510 letters are worth %.2f, 200 %.2f", long, whole)
	}
	if got := Formed("Il ne passe plus."); got >= Formed("Le bus ne passe plus le soir dans notre commune de montagne.") {
		t.Errorf("a shred that leans is worth %.2f", got)
	}
}
