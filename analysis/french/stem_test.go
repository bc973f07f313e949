package french

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStem holds stems to the whole list of the Snowball project.
func TestStem(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data", "snowball")
	words, err := os.ReadFile(filepath.Join(folder, "voc.txt"))
	if err != nil {
		t.Skipf("%s is absent", folder)
	}
	stems, err := os.ReadFile(filepath.Join(folder, "output.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSuffix(string(stems), "\n"), "\n")
	right := 0
	for i, word := range strings.Split(strings.TrimSuffix(string(words), "\n"), "\n") {
		if got := Stem(word); got == want[i] {
			right++
		} else {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want[i])
		}
	}
	t.Logf("%d of %d", right, len(want))
}

func TestStemAround(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"l'école", "écol"}, {"qu'", "qu'"}, {"l'", "l'"}, {"bijoux", "bijou"}, {"roux", "roux"}, {"française", "franc"},
		{"palais", "palais"}, {"archaïque", "archa"}, {"niées", "nié"}, {"", ""}, {"ni", "ni"}, {"ï", "ï"},
	} {
		if got := Stem(c.word); got != c.want {
			t.Errorf("Stem(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}
