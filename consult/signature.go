package consult

import "strings"

// A NameRule is what an edition shows of those who write.
type NameRule string

// The rules on names.
const (
	ByName     NameRule = "nom"      // « Zoé Martin, maire de Villebrume »
	ByFunction NameRule = "fonction" // « maire, Villebrume »: the class of the mandate, the town only where at least five élus fit it
)

// Signature is what others see of the author of something in edition e. It is
// the only place that decides it.
func (s *State) Signature(e *Edition, author string) string {
	p := s.people[author]
	switch {
	case author == "":
		return "auteur inconnu"
	case p == nil || p.Erased:
		return "contribution effacée"
	case p.Role == Staff:
		return "équipe du congrès"
	}
	if e == nil || e.Names != ByName {
		// In their own words it may say the town, or what only one person does.
		function := p.Office()
		if function == "" || function == otherOffice {
			function = "élu·e"
		}
		if place := s.Territory(p); place != "" {
			return function + ", " + place
		}
		return function
	}
	out := strings.TrimSpace(p.FirstName + " " + p.LastName)
	if out == "" { // an address is nobody's public name
		out = "sans nom"
	}
	if function := strings.TrimSpace(p.Mandate); function != "" {
		out += ", " + function
	}
	if p.Town.Name != "" {
		out += ", " + p.Town.Name
	}
	return out
}
