package lexis

import "testing"

func TestAgrees(t *testing.T) {
	for form, want := range map[string]bool{
		"service public": true, "service publique": false, "services publics": true,
		"services public": false, "fracture numérique": true, "fractures numérique": false,
		"logiciels libres": true, "accès aux services": true, "Burkina Faso": true, "mot de passe": true,
		"élu municipal": true, "élue municipal": false, "zzz publique": true, "école": true, "": true,
	} {
		if got := Agrees(form); got != want {
			t.Errorf("Agrees(%q) = %v", form, got)
		}
	}
}

// A group that most often writes a term with a mistake gets the form of those who
// write it without.
func TestTermsAgree(t *testing.T) {
	for _, group := range [][]int{{0, 0, 0, 1, 1, 1, 1, 1}, {0, 0, 1, 1, 1, 1, 1, 1}} { // the others are of the group, or of another
		texts := []string{"Des services public partout.", "Nos services public encore.", "Toujours des services publics.", "Les écoles.", "Des écoles.", "Une école.", "Mon école.", "Nos écoles."}
		l, rows := readAll(texts)
		index := NewIndex(t.Context(), rows, texts, []int{0, 1, 2, 3, 4, 5, 6, 7}, len(l.Lemmas))
		found := false
		for _, term := range index.Terms(t.Context(), group, 2, 10)[0] {
			if found = term.Key.Len() == 2; found {
				if term.Form != "services publics" {
					t.Errorf("groups %v: got %q, want « services publics »", group, term.Form)
				}
				break
			}
		}
		if !found {
			t.Errorf("groups %v: no term of two words", group)
		}
	}
}
