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
	out := flag.String("out", "n.bin", "the table's file")
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
	stems, keep := b.vocabulary()
	log.Printf("%d stems", len(stems))
	rows := train(b.sources, keep, stems)
	order := make([]int, len(stems))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(stems[x].text, stems[y].text) })
	names, values := make([]string, len(order)), make([][]float32, len(order))
	for i, o := range order {
		names[i], values[i] = stems[o].text, rows[o*dim:(o+1)*dim]
	}
	data := tables.Bytes(names, values)
	log.Printf("%d bytes", len(data))
	return os.WriteFile(out, data, 0o644)
}
