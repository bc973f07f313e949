package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/villes-internet/congres/corpora/tables"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("tables: ")
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	out := flag.String("out", ".", "the folder of the tables")
	folder := flag.String("cache", filepath.Join(cache, "congres-tables"), "where the packages are kept")
	flag.Parse()
	if err := generate(*out, *folder); err != nil {
		log.Fatal(err)
	}
}

func generate(out, cache string) error {
	var b builder
	for _, s := range sources {
		archive, err := fetch(cache, s)
		if err != nil {
			return err
		}
		c := b.source()
		if err := s.read(archive, c); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		all := len(c.pairs)
		c.draw(s.most)
		log.Printf("%s %s: %d chunks, %d pairs of %d, last update %s", s.name, s.version, c.chunks, len(c.pairs), all, c.date)
	}
	if err := near(&b, filepath.Join(out, "n.bin")); err != nil {
		return err
	}
	return sentences(&b, cache, filepath.Join(out, "s.bin"))
}

// near writes table N, learnt from what stands beside what.
func near(b *builder, out string) error {
	stems, keep := b.vocabulary()
	rows := train(b.sources, keep, stems)
	names := make([]string, len(stems))
	for i, s := range stems {
		names[i] = s.text
	}
	return write(out, names, rows)
}

// sentences writes table S, learnt from what a network says of sentences.
func sentences(b *builder, cache, out string) error {
	t, err := install(cache)
	if err != nil {
		return err
	}
	lessons := b.lessons()
	more, err := b.translations(cache)
	if err != nil {
		return err
	}
	lessons = append(lessons, more...)
	words, err := t.words()
	if err != nil {
		return err
	}
	for _, word := range words {
		b.stems(word)
	}
	alone, err := t.read(b.lexicon.Best())
	if err != nil {
		return err
	}
	texts := make([]string, len(lessons))
	for i, l := range lessons {
		texts[i] = l.read
	}
	said, err := t.read(texts)
	if err != nil {
		return err
	}
	return write(out, b.lexicon.Roots, distil(lessons, said, alone))
}

// write writes a table, its stems in order.
func write(out string, stems []string, rows []float32) error {
	order := make([]int, 0, len(stems))
	for i, stem := range stems {
		if stem != "" {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(stems[x], stems[y]) })
	names, values := make([]string, len(order)), make([][]float32, len(order))
	for i, o := range order {
		names[i], values[i] = stems[o], rows[o*dim:(o+1)*dim]
	}
	data := tables.Bytes(names, values)
	log.Printf("%s: %d stems, %d bytes", out, len(names), len(data))
	return os.WriteFile(out, data, 0o644)
}
