package consult

import (
	"fmt"
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
