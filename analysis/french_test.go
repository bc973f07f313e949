package analysis

import (
	"strings"
	"testing"
)

// TestStabilityWords holds words to the thresholds of the method's author.
func TestStabilityWords(t *testing.T) {
	for s, want := range map[float64]string{0: "stabilité non mesurée", .01: "fragile", .499: "fragile", .5: "peu stable", .599: "peu stable",
		.6: "assez stable", .749: "assez stable", .75: "stable", .849: "stable", .85: "très stable", 1: "très stable"} {
		if got, _, _ := strings.Cut(StabilityWords(s), ", "); got != want {
			t.Errorf("%v is %q, want %q", s, got, want)
		}
	}
}
