package corpora

import "testing"

func TestDepartmentName(t *testing.T) {
	for code, want := range map[string]string{"59": "Nord", "1": "Ain", " 2a ": "Corse-du-Sud", "974": "La Réunion", "20": "", "": "", "Nord": ""} {
		if got := DepartmentName(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
	if len(departments) != 96+5+6 {
		t.Errorf("%d départements and collectivities", len(departments))
	}
}
