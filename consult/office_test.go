package consult

import "testing"

func TestOffice(t *testing.T) {
	for mandate, want := range map[string]string{
		"": "", "Maire": "maire", "maire de Villebrume": "maire", "Première adjointe au maire": "adjoint·e au maire", "Maire-adjoint": "adjoint·e au maire",
		"Conseillère municipale déléguée auprès du maire": "conseiller·ère délégué·e", "Conseiller municipal d’opposition": "conseiller·ère",
		"Vice-Présidente de la communauté de communes": "président·e ou vice-président·e", "Directeur": "autre mandat",
	} {
		if got := (&Person{Mandate: mandate}).Office(); got != want {
			t.Errorf("%q: %q, want %q", mandate, got, want)
		}
	}
}
