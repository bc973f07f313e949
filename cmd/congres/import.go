package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

const manualImport = `--check dit ligne par ligne ce qui poserait problème et n'écrit rien. Importer
deux fois le même fichier n'ajoute rien ; un texte changé devient une nouvelle
version.`

// importFiles sends each file to the operation, one after the other.
func importFiles(ctx context.Context, args []string, _ io.Reader, out, _ io.Writer) error {
	p, rest, err := placeOf("import", args)
	if err != nil {
		return err
	}
	f := newFlags("import")
	f.Bool("check", false, "")
	if err := f.parse(rest); err != nil {
		return err
	}
	if len(f.rest) < 2 {
		return usagef("Dites quoi importer (elus, contributions ou notes) et au moins un fichier.")
	}
	for _, name := range f.rest[1:] {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		own := []string{f.rest[0], filepath.Base(name)}
		if f.Lookup("check").Value.String() == "true" {
			own = append(own, "--check")
		}
		err = operate(ctx, "import", p, own, file, out)
		file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func importOne(ctx context.Context, h *house, args []string, in io.Reader, out io.Writer) error {
	return usagef("import")
}
