package consult_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestTerritory counts those who fit a place over again, after people have come,
// moved, joined and left the staff and been erased, and once the journal is read
// anew.
func TestTerritory(t *testing.T) {
	c := newCongress(t)
	const seed = 8
	random := rand.New(rand.NewPCG(seed, seed))
	any := func(of ...string) string { return of[random.IntN(len(of))] }
	shown := map[string]int{}
	check := func() {
		t.Helper()
		c.view(func(s *consult.State) {
			for _, p := range s.People() {
				town, department := 0, 0
				for _, q := range s.People() {
					if q.Role != consult.Staff && q.Town.Department == p.Town.Department {
						department++
						if q.Town.Name == p.Town.Name {
							town++
						}
					}
				}
				want := ""
				if p.Town.Name != "" && town >= 5 {
					want = p.Town.Name
				} else if p.Town.Department != "" && department >= 5 {
					want = "département " + p.Town.Department
				}
				if got := s.Territory(p); got != want {
					t.Fatalf("seed %d: %+v: %q, want %q", seed, p, got, want)
				}
				shown[want]++
			}
		})
	}
	for i := range 120 {
		person := consult.Person{FirstName: "A", LastName: "B", Email: fmt.Sprintf("%d@exemple.fr", random.IntN(60)),
			Town: consult.Collectivity{Name: any("", "Brume", "Rade"), Department: any("", "Q1", "Q2")}, Role: consult.Elu}
		if random.IntN(6) == 0 {
			person.Role = consult.Staff
		}
		id := c.accredit(c.staff, person)
		switch random.IntN(8) {
		case 0:
			c.must(c.staff, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, id); return err })
		case 1:
			c.must(c.staff, func(tx *ledger.Tx) error { return consult.Assign(tx, id, consult.Elu) })
		}
		if i > 60 {
			check()
		}
	}
	c.close()
	c.open()
	check()
	if len(shown) < 5 {
		t.Errorf("seed %d shows only %v: too little to tell", seed, shown)
	}
}
