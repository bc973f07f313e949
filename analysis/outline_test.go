package analysis

import (
	"slices"
	"testing"
)

// TestRestLast puts what no word sets apart last, and leaves the others in their order.
func TestRestLast(t *testing.T) {
	parts := []Subtheme{{Label: restOfTheme, Segments: 1}, {Label: "bus"}, {Label: restOfTheme, Segments: 2}, {Label: "école"}}
	place := restLast(parts)
	if want := []int{2, 0, 3, 1}; !slices.Equal(place, want) {
		t.Errorf("places %v, want %v", place, want)
	}
	if parts[0].Label != "bus" || parts[1].Label != "école" || parts[2].Segments != 1 || parts[3].Segments != 2 {
		t.Errorf("parts %+v", parts)
	}
}

// An axis of one theme is called by what the theme's name begins with.
func TestLead(t *testing.T) {
	for name, want := range map[string]string{"École, enfants, élèves": "École", "Référendum": "", "Divers (bus, eau)": ""} {
		if got := lead(name); got != want {
			t.Errorf("lead(%q) = %q, want %q", name, got, want)
		}
	}
}
