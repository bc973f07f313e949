package consult

import (
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult/store"
)

// BenchmarkSignatures signs 3,000 contributions of 2,000 people by function: what
// a reading of the ledger does for the feeds and the annex.
func BenchmarkSignatures(b *testing.B) {
	s, e := NewState(), &Edition{Names: ByFunction}
	for i := range 2000 {
		data, err := store.Marshal(personData{Email: fmt.Sprintf("%d@exemple.fr", i), Town: Collectivity{Name: fmt.Sprint("T", i%300), Department: fmt.Sprint(i % 90)}, Role: Elu})
		if err != nil {
			b.Fatal(err)
		}
		s.Apply(&store.Fact{Header: store.Header{Kind: kindAccredited, Subject: fmt.Sprint("p", i)}, Data: data})
	}
	for b.Loop() {
		for i := range 3000 {
			s.Signature(e, fmt.Sprint("p", i%2000))
		}
	}
}

// BenchmarkHolding seeks words in 5,000 texts of 1.8 kB: what one search does.
func BenchmarkHolding(b *testing.B) {
	text := strings.Repeat("Dans notre commune, l’accès aux démarches reste difficile pour les aîné·es : « il faut un guichet » près de chez soi. ", 14)
	var all []*Contribution
	for range 5000 {
		all = append(all, &Contribution{Versions: []Version{{Text: text}}})
	}
	b.SetBytes(int64(len(all) * len(text)))
	for b.Loop() {
		if len(Holding(all, "guichet absent")) > 0 {
			b.Fatal("found what is not there")
		}
	}
}

// BenchmarkPeople puts 2,000 people in order.
func BenchmarkPeople(b *testing.B) {
	s := NewState()
	for i := range 2000 {
		id := fmt.Sprint("p", i)
		s.put(&Person{ID: id, FirstName: fmt.Sprint("Prénom", i), LastName: fmt.Sprint("Élu", i*7919%2000), Role: Elu})
	}
	for b.Loop() {
		if len(s.People()) != 2000 {
			b.Fatal("somebody is missing")
		}
	}
}
