package consult

import "fmt"

// enough is how many élus must fit a territory before it is shown of somebody
// whose name is not.
const enough = 5

// A territory is a town or, without a name, a whole département.
type territory struct{ town, department string }

// put replaces what is known of a person, and counts anew who fits where.
func (s *State) put(p *Person) {
	if old := s.people[p.ID]; old != nil {
		s.fit(old, -1)
	}
	s.people[p.ID] = p
	s.fit(p, 1)
}

// fit counts a person, n being 1, or counts them no more, n being -1, in the
// town and the département that they fit. The staff fit none.
func (s *State) fit(p *Person, n int) {
	if p.Erased || p.Role == Staff {
		return
	}
	s.fits[territory{"", p.Town.Department}] += n
	if p.Town.Name != "" {
		s.fits[territory{p.Town.Name, p.Town.Department}] += n
	}
}

// Enough says whether enough élus are such that it may be told of one whose name is
// not shown.
func (s *State) Enough(such func(*Person) bool) bool {
	n := 0
	for _, p := range s.people {
		if !p.Erased && p.Role != Staff && such(p) {
			n++
		}
	}
	return n >= enough
}

// Territory is the smallest place of p that at least five élus fit: the town,
// else the département, else "".
func (s *State) Territory(p *Person) string {
	switch town := p.Town; {
	case town.Name != "" && s.fits[territory{town.Name, town.Department}] >= enough:
		return town.Name
	case town.Department != "" && s.fits[territory{"", town.Department}] >= enough:
		if name := town.DepartmentTitle(); name != "" {
			return name
		}
		return fmt.Sprintf("département %s", town.Department)
	}
	return ""
}
