package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/villes-internet/congres/consult/store/bolt"
)

const (
	manualCompact = "Recopie le fichier sans ce qui a été effacé. Le service peut continuer pendant ce temps."
	manualBackup  = "Le service peut continuer pendant ce temps."
	manualRestore = "Le répertoire de données doit être vide : rien n’est jamais écrasé."
)

func compact(ctx context.Context, h *house, args []string, _ io.Reader, out io.Writer) error {
	if len(args) > 0 {
		return usagef("« %s » est de trop.", args[0])
	}
	if err := h.compact(ctx); err != nil {
		return err
	}
	fmt.Fprintln(out, "C’est fait : ce qui a été effacé n’est plus dans les fichiers.")
	return nil
}

// backuper is a store that can copy itself while it is used.
type backuper interface {
	Backup(ctx context.Context, w io.Writer) error
}

func backupTo(ctx context.Context, h *house, _ []string, _ io.Reader, out io.Writer) error {
	b, ok := h.store.(backuper)
	if !ok {
		return problemf(nil, "Ces données sont dans Redis : copiez-les avec les outils de Redis (fichier RDB ou AOF).")
	}
	return b.Backup(ctx, out)
}

// backup writes the copy beside its place and then renames it: never half a
// copy under its name.
func backup(ctx context.Context, args []string, _ io.Reader, out, _ io.Writer) error {
	p, rest, err := placeOf("backup", args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("Donnez le fichier de la copie.")
	}
	// Never over another file: it could be an older copy, or the one that the
	// service writes in.
	if _, err := os.Lstat(rest[0]); err == nil {
		return problemf(nil, "« %s » existe déjà : donnez un autre nom à la copie, ou ôtez d’abord ce fichier.", rest[0])
	}
	if err := writeWhole(rest[0], func(w io.Writer) error { return operate(ctx, "backup", p, nil, bytes.NewReader(nil), w) }); err != nil {
		return err
	}
	fmt.Fprintf(out, "Copie faite : %s\n", rest[0])
	return nil
}

func writeWhole(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".congres-*")
	if errors.Is(err, fs.ErrNotExist) {
		return problemf(err, "Le dossier %s n’existe pas\u00a0: créez-le d’abord, ou donnez un autre chemin. Rien n’a été écrit.", filepath.Dir(name))
	}
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func restore(ctx context.Context, args []string, _ io.Reader, out, _ io.Writer) error {
	p, rest, err := placeOf("restore", args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("Donnez le fichier de la copie.")
	}
	if p.store != "" {
		return problemf(nil, "Pour Redis, restaurez avec les outils de Redis.")
	}
	if _, err := os.Stat(p.file()); !errors.Is(err, fs.ErrNotExist) {
		return problemf(err, "Le répertoire %s contient déjà des données : choisissez-en un autre avec --data, rien n’a été écrasé.", p.dir)
	}
	in, err := os.Open(rest[0])
	if err != nil {
		return err
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return problemf(err, "«\u00a0%s\u00a0» n’est pas une copie de congres\u00a0: c’est un dossier, ou un fichier vide. Rien n’a été restauré.", rest[0])
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return err
	}
	err = writeWhole(p.file(), func(w io.Writer) error {
		if _, err := io.Copy(w, in); err != nil {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	s, err := bolt.Open(ctx, p.file(), nil)
	if err != nil {
		os.Remove(p.file())
		return problemf(err, "Ce fichier n’est pas une copie de congres, ou il est abîmé : rien n’a été restauré.")
	}
	if err := s.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "Copie restaurée dans %s.\n", p.dir)
	return nil
}
