package consult

import "strings"

// otherOffice is the class of mandates that none of the others describes.
const otherOffice = "autre mandat"

// Office is the class that a person's mandate belongs to, whoever it is about and
// whatever it is for: « Adjointe au maire déléguée au numérique » is one of the
// « adjoint·e au maire ». It is "" where no mandate is known, and counts people
// without saying who they are.
func (p *Person) Office() string {
	mandate := strings.ToLower(strings.TrimSpace(p.Mandate))
	if mandate == "" {
		return ""
	}
	first, at := "", len(mandate)
	for _, stem := range []string{"conseill", "président", "president", "adjoint", "maire"} {
		if i := strings.Index(mandate, stem); i >= 0 && i < at {
			first, at = stem, i
		}
	}
	switch {
	case first == "conseill" && strings.Contains(mandate, "délégu"):
		return "conseiller·ère délégué·e"
	case first == "conseill":
		return "conseiller·ère"
	case first == "président", first == "president":
		return "président·e ou vice-président·e"
	case first == "":
		return otherOffice
	case strings.Contains(mandate, "adjoint"):
		return "adjoint·e au maire"
	default:
		return "maire"
	}
}
