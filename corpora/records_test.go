package corpora

import (
	"strings"
	"testing"
)

func TestRecords(t *testing.T) {
	var b strings.Builder
	r := NewRecords(&b)
	r.Write("id", "texte")
	r.Write("1", "=1+1, \"deux\"\nlignes")
	r.Write("", "élu·e")
	if err := r.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "id,texte\r\n1,\"=1+1, \"\"deux\"\"\nlignes\"\r\n,élu·e\r\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
