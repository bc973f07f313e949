package analysis

import (
	"context"
	"fmt"
	"io"
	"testing"
)

// BenchmarkCongress is a congress of 900 contributions (the digital bill's,
// repeated), analysed, its report written.
func BenchmarkCongress(b *testing.B) {
	c := shared(b, "republique-numerique/opinions.tsv", "text")
	for i := 0; len(c.Documents) < 900; i++ {
		d := c.Documents[i]
		d.ID = fmt.Sprint("copie-", i)
		c.Documents = append(c.Documents, d)
	}
	size := 0
	for _, d := range c.Documents {
		size += len(d.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		r, err := Run(context.Background(), c, Settings{})
		if err != nil {
			b.Fatal(err)
		}
		for _, write := range []func(io.Writer) error{r.WriteHTML, r.WriteJSON, r.WriteDocuments, r.WriteThemes, r.WriteSegments} {
			if err := write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkRevise describes the same congress again, as at each act of the team.
func BenchmarkRevise(b *testing.B) {
	c := shared(b, "republique-numerique/opinions.tsv", "text")
	for i := 0; len(c.Documents) < 900; i++ {
		d := c.Documents[i]
		d.ID = fmt.Sprint("copie-", i)
		c.Documents = append(c.Documents, d)
	}
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		b.Fatal(err)
	}
	p := priors(r)
	for b.Loop() {
		if _, err := Revise(context.Background(), c, r, p); err != nil {
			b.Fatal(err)
		}
	}
}
