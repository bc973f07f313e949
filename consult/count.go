package consult

import "cmp"

// A Count says how much was said and by whom. Staff and those who are not known
// are nobody's élus.
type Count struct {
	Contributions int
	Unknown       int // of them, by nobody who is known as an élu
	Elus          int // who wrote the others
	Communes      int // these élus' towns
}

// Count counts an edition's contributions.
func (s *State) Count(edition string) Count { return s.CountOf(s.order[edition]) }

// CountOf counts contributions, each once, erased and hidden ones left out.
func (s *State) CountOf(contributions []string) Count {
	var n Count
	seen, elus, towns := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, id := range contributions {
		c := s.contributions[id]
		if c == nil || c.Erased || c.Hidden != "" || seen[id] {
			continue
		}
		seen[id] = true
		n.Contributions++
		p := s.people[c.Author]
		if p == nil || p.Erased || p.Role == Staff {
			n.Unknown++
			continue
		}
		elus[p.ID] = true
		if p.Town.Name != "" {
			towns[cmp.Or(p.Town.Code, p.Town.Name)] = true
		}
	}
	n.Elus, n.Communes = len(elus), len(towns)
	return n
}
