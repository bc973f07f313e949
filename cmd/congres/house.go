package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
	"github.com/villes-internet/congres/web"
)

// A place says where an installation keeps its data.
type place struct {
	dir   string // --data
	store string // --store redis://…; "" for the file in dir

	existing bool // make nothing where no congress is kept
	readOnly bool // write nothing, nor need to be allowed to; of a file
}

func (p *place) flags(f *flags, dir string) {
	f.StringVar(&p.dir, "data", dir, "répertoire des données")
	f.StringVar(&p.store, "store", "", "redis://… pour partager les données entre plusieurs nœuds")
}

func (p *place) file() string   { return filepath.Join(p.dir, "congres.db") }
func (p *place) socket() string { return filepath.Join(p.dir, "congres.sock") }
func (p *place) marker() string { return filepath.Join(p.dir, "DEMO") }

func (p *place) isDemo() bool {
	_, err := os.Stat(p.marker())
	return err == nil
}

// A house is an installation whose store this process holds.
type house struct {
	place
	store     store.Store
	ledger    *ledger.Ledger
	access    *access.Access
	desk      *desk.Desk
	rooms     *room.Hub
	shelf     *motion.Shelf
	publisher *motion.Publisher
	public    string // the running service's address, "" when none runs
	log       *slog.Logger
}

// open opens the store, making the directory when need be, and folds it.
func (p place) open(ctx context.Context, log *slog.Logger, now func() time.Time) (*house, error) {
	h := &house{place: p, log: log}
	var err error
	if h.store, err = p.openStore(ctx); err != nil {
		return nil, err
	}
	h.ledger, err = ledger.Open(ctx, ledger.Config{Journal: h.store, Now: now, Folds: folds})
	if err != nil {
		h.store.Close()
		return nil, err
	}
	h.access = &access.Access{Ledger: h.ledger, Secrets: h.store}
	h.desk = desk.New(desk.Config{Ledger: h.ledger, Blobs: h.store, Failed: func(err error) { log.Error("desk", "error", err) }})
	h.shelf = &motion.Shelf{Blobs: h.store}
	h.publisher = &motion.Publisher{Ledger: h.ledger, Blobs: h.store, Shelf: h.shelf, Desk: h.desk}
	h.rooms = room.New(room.Config{Log: h.store, Wire: h.store, Rights: h.rights, Snapshot: h.snapshot, Before: h.before, Cited: h.cited, Colors: web.CaretColours(),
		Report: func(doc string, err error) { log.Error("room", "motion", doc, "error", err) }})
	return h, nil
}

// rights are asked at each frame of a shared text.
func (h *house) rights(doc, person string) (read, write bool, reason string) {
	h.ledger.View(func(v ledger.View) {
		read, write, reason = motion.Rights(ledger.Of[*consult.State](v), ledger.Of[*motion.State](v).Motion(doc), person)
	})
	return read, write, reason
}

func (h *house) snapshot(ctx context.Context, doc string, number uint64, hash store.Hash) error {
	_, err := h.ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) error {
		return motion.Snapshotted(tx, doc, number, hash)
	}})
	if err != nil {
		return err
	}
	// A checkpoint says that a good deal was written: a good moment to look
	// whether a copy of the draft is due.
	c, err := h.rooms.Copy(ctx, doc)
	if err != nil {
		return err
	}
	return h.publisher.Along(ctx, doc, c)
}

// cited takes erased words out again where somebody whose page still showed them
// has just cited them.
func (h *house) cited(ctx context.Context, doc string) {
	var erased map[string]bool
	h.ledger.View(func(v ledger.View) { erased = ledger.Of[*consult.State](v).ErasedContributions() })
	if len(erased) == 0 {
		return
	}
	var closed *room.Close // erasures are followed again at the next start
	if err := h.redact(ctx, doc, erased); err != nil && ctx.Err() == nil && !errors.As(err, &closed) {
		h.log.Error("erased words not taken out of a draft", "motion", doc, "error", err)
	}
}

// before keeps the draft as it was before somebody deleted a long passage.
func (h *house) before(ctx context.Context, c motion.Copy, author string) {
	if _, err := h.publisher.Keep(ctx, author, "", c.Motion, c, motion.Cut, ""); err != nil && ctx.Err() == nil {
		h.log.Error("copy of a draft not kept", "motion", c.Motion, "error", err)
	}
}

// folds are the states of every domain.
func folds() []ledger.Fold {
	return []ledger.Fold{consult.NewState(), desk.NewState(), motion.NewState()}
}

func (p place) openStore(ctx context.Context) (store.Store, error) {
	if p.store != "" {
		if !strings.HasPrefix(p.store, "redis://") && !strings.HasPrefix(p.store, "rediss://") {
			return nil, usagef("--store attend une adresse redis://…\u202f; sans lui, les données vont dans le répertoire --data.")
		}
		s, err := redis.Open(ctx, p.store, &redis.Options{Existing: p.existing})
		if errors.Is(err, store.ErrNotFound) {
			err = problemf(err, "Il n’y a pas de congrès dans ce Redis\u00a0: vérifiez --store. Rien n’y a été écrit.")
		}
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	info, err := os.Stat(p.file())
	if errors.Is(err, fs.ErrPermission) {
		return nil, p.closed(err)
	}
	if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil, problemf(store.ErrCorrupt, "Le fichier %s est vide\u00a0: il n’y a pas de congrès ici, et rien n’y a été écrit. S’il devait y en avoir un, ôtez ce fichier et restaurez la dernière copie (congres restore)\u202f; sinon, ôtez-le.", p.file())
	}
	if p.existing && !exists(p.file()) {
		return nil, problemf(store.ErrNotFound, "Il n’y a pas de congrès dans %s\u00a0: vérifiez --data. Rien n’y a été écrit.", p.dir)
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrExist) {
			return nil, problemf(store.ErrReadOnly, "Impossible de créer le répertoire de données %s\u00a0: vérifiez les droits.", p.dir)
		}
		return nil, problemf(store.ErrReadOnly, "Impossible de créer le répertoire de données %s\u00a0: vérifiez le chemin et la place qui reste. Détail technique\u00a0: %v", p.dir, err)
	}
	s, err := bolt.Open(ctx, p.file(), &bolt.Options{Existing: p.existing, ReadOnly: p.readOnly})
	if p.readOnly && errors.Is(err, fs.ErrPermission) {
		return nil, p.closed(err)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// closed says that the file may not even be read.
func (p place) closed(err error) error {
	return problemf(err, "Impossible de lire %s\u00a0: donnez à votre compte le droit de lire ce fichier et d’ouvrir son répertoire, ou lancez la commande avec le compte du service. Rien n’a été modifié.", p.file())
}

// Close ends everything in the order in which it depends on the rest.
func (h *house) Close() error {
	h.rooms.Close()
	h.desk.Close()
	h.ledger.Close()
	return h.store.Close()
}
