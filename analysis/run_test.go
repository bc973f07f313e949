package analysis

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// shared reads a tab-separated file of the shared data, or skips.
func shared(t testing.TB, name, text string) corpora.Corpus {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "shared", "data", name))
	if err != nil {
		t.Skip(name, "is absent")
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	c := corpora.Corpus{Name: name}
	for i, row := range rows[1:] {
		d := corpora.Document{ID: fmt.Sprint(i + 1), Version: 1, Variables: map[string]string{}}
		for j, h := range rows[0] {
			if h == text {
				d.Text = row[j]
			} else {
				d.Variables[h] = row[j]
			}
		}
		c.Documents = append(c.Documents, d)
	}
	return c
}

func encode(t testing.TB, r *Report) []byte {
	t.Helper()
	out, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameBytes(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, err := Run(context.Background(), c, Settings{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GOMAXPROCS(2)
	two, err := Run(context.Background(), c, Settings{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, one), encode(t, two)) {
		t.Error("two runs differ")
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := corpora.Corpus{Documents: []corpora.Document{{ID: "1", Text: "Les bus sont trop rares."}}}
	cancel()
	if _, err := Run(ctx, c, Settings{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}
