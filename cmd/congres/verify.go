package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
	"github.com/villes-internet/congres/web"
)

const manualVerify = `Parcourt tous les faits et recalcule leurs empreintes, relit les fichiers que des
faits nomment (analyses, versions publiées) ou qui attendent d’être importés, et
les textes partagés des motions. Dit combien ont été vérifiés, ce qui est abîmé
(sa nature et son identifiant, jamais son contenu), et la tête de la chaîne :
celle qui figure sur les exports. Ne modifie rien, et n’a besoin que de lire le
répertoire de données ; finit par 1 si quelque chose est abîmé.`

// An audit is what verify found.
type audit struct {
	head               store.Head
	erased             int
	blobs, logs        int
	damagedBlobs, torn []string // French, each a line
}

func verify(ctx context.Context, h *house, args []string, _ io.Reader, out io.Writer) error {
	if len(args) > 0 {
		return usagef("« %s » est de trop.", args[0])
	}
	var a audit
	if err := a.chain(ctx, h); err != nil {
		return err
	}
	if a.head.Seq == 0 {
		return problemf(nil, "Il n’y a pas de congrès ici\u00a0: aucun fait n’est gardé, il n’y a donc rien à vérifier. Voyez --data ou --store\u202f; si un congrès devrait y être, restaurez la dernière copie (congres restore).")
	}
	if err := a.files(ctx, h); err != nil {
		return err
	}
	if err := a.texts(ctx, h); err != nil {
		return err
	}
	fmt.Fprintf(out, "La chaîne est intacte : %s, dont %s.\n", many(int(a.head.Seq), "fait", "faits"), many(a.erased, "effacé", "effacés"))
	fmt.Fprintf(out, "%s et %s\u00a0: %s.\n", many(a.blobs, "fichier vérifié", "fichiers vérifiés"), many(a.logs, "texte partagé vérifié", "textes partagés vérifiés"), a.verdict())
	for _, line := range append(a.damagedBlobs, a.torn...) {
		fmt.Fprintln(out, line)
	}
	fmt.Fprintf(out, "tête %d %s\n", a.head.Seq, a.head.Hash)
	if n := len(a.damagedBlobs) + len(a.torn); n > 0 {
		return problemf(store.ErrCorrupt, "%s. Gardez une copie de ce qui est là, puis restaurez la dernière sauvegarde saine dans un autre répertoire\u00a0: congres restore FICHIER --data RÉPERTOIRE (pour Redis, avec les outils de Redis).",
			many(n, "élément est abîmé", "éléments sont abîmés"))
	}
	return nil
}

func (a *audit) verdict() string {
	if len(a.damagedBlobs)+len(a.torn) == 0 {
		return "tout est intact"
	}
	return many(len(a.damagedBlobs), "fichier abîmé", "fichiers abîmés") + ", " + many(len(a.torn), "texte abîmé", "textes abîmés")
}

// many agrees one or more with n: in French 0 and 1 are both singular.
func many(n int, one, more string) string {
	if n < 2 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, more)
}

// chain walks all facts; the store checks each header and its data's hash.
func (a *audit) chain(ctx context.Context, h *house) error {
	err := h.store.Read(ctx, 1, func(f store.Fact) bool {
		a.head = store.Head{Seq: f.Seq, Hash: f.Hash}
		if f.Erased {
			a.erased++
		}
		return true
	})
	if err != nil {
		return err
	}
	kept, err := h.store.Head(ctx)
	if err != nil {
		return err
	}
	if kept.Seq < a.head.Seq || a.head.Seq < kept.Seq && h.ledger.Head().Seq == kept.Seq {
		return problemf(store.ErrCorrupt, "La chaîne s’arrête au fait %d alors que la tête en annonce %d\u00a0: restaurez la dernière copie.", a.head.Seq, kept.Seq)
	}
	return nil
}

// named are all blobs that something living names.
func (h *house) named(ctx context.Context) (out []store.Named, err error) {
	h.ledger.View(func(v ledger.View) {
		out = append(ledger.Of[*desk.State](v).Named(), ledger.Of[*motion.State](v).Named()...)
	})
	waiting, err := web.Waiting(ctx, h.store)
	return append(out, waiting...), err
}

// files reads every blob that is named. One that seems wrong is only damaged if
// it is still named afterwards: it may just have been replaced, or taken away.
func (a *audit) files(ctx context.Context, h *house) error {
	names, err := h.named(ctx)
	if err != nil {
		return err
	}
	a.blobs = len(names)
	wrong := map[store.Named]string{}
	for _, n := range names {
		data, err := h.store.Blob(ctx, n.Blob)
		switch {
		case errors.Is(err, store.ErrNotFound):
			wrong[n] = "absent"
		case errors.Is(err, store.ErrCorrupt):
			wrong[n] = "illisible"
		case err != nil:
			return err
		case n.Hash != store.Hash{} && n.Hash != sha256.Sum256(data):
			wrong[n] = "modifié"
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	if err := h.ledger.CatchUp(ctx); err != nil {
		return err
	}
	if names, err = h.named(ctx); err != nil {
		return err
	}
	for _, n := range names {
		if how := wrong[n]; how != "" {
			a.damagedBlobs = append(a.damagedBlobs, fmt.Sprintf("abîmé\u00a0: %s, fichier %s %s", called(n), n.Blob, how))
		}
	}
	slices.Sort(a.damagedBlobs)
	return nil
}

// called says what names a blob, by kind and identifier.
func called(n store.Named) string {
	if n.Kind == "motion.kept" {
		return fmt.Sprintf("motion %s, version gardée %d", n.Subject, n.Number)
	}
	switch kind, _, _ := strings.Cut(n.Kind, "."); kind {
	case "run":
		return "analyse " + n.Subject
	case "motion":
		return fmt.Sprintf("motion %s, version %d", n.Subject, n.Number)
	case "upload":
		return "fichier à importer " + n.Subject
	}
	return n.Kind + " " + n.Subject
}

// texts reads the log of every motion's shared text.
func (a *audit) texts(ctx context.Context, h *house) error {
	var motions []*motion.Motion
	h.ledger.View(func(v ledger.View) { motions = ledger.Of[*motion.State](v).Motions("") })
	for _, m := range motions {
		a.logs++
		how, err := h.text(ctx, m.ID)
		if err != nil {
			return err
		}
		if how != "" {
			a.torn = append(a.torn, fmt.Sprintf("abîmé\u00a0: texte partagé de la motion %s, %s", m.ID, how))
		}
	}
	return nil
}

// text says what is wrong with a shared text, "" when nothing is: its
// checkpoint against the hash that a fact holds, and each entry since.
func (h *house) text(ctx context.Context, id string) (how string, err error) {
	var before, after motion.Snapshot
	noted := func(s *motion.Snapshot) {
		h.ledger.View(func(v ledger.View) { *s = ledger.Of[*motion.State](v).Motion(id).Snapshot })
	}
	noted(&before)
	c, entries, err := h.store.Pull(ctx, id, 0, 0)
	if errors.Is(err, store.ErrCorrupt) {
		return "illisible", nil
	} else if err != nil {
		return "", err
	}
	if err := h.ledger.CatchUp(ctx); err != nil { // a checkpoint is noted after it is kept
		return "", err
	}
	noted(&after)
	known := after.Number == c.Number && c.Number > 0
	switch {
	case c.Number < before.Number:
		return fmt.Sprintf("état %d absent", before.Number), nil
	case known && sha256.Sum256(c.State) != after.Hash:
		return fmt.Sprintf("état %d modifié", c.Number), nil
	}
	if c.Number > 0 {
		d := ydoc.New(0)
		d.Passive, d.MaxWork = true, ydoc.NoLimit
		if d.Apply(c.State) != nil {
			return fmt.Sprintf("état %d illisible", c.Number), nil
		}
	}
	for i, e := range entries {
		if want := c.Number + 1 + uint64(i); e.Number != want {
			return fmt.Sprintf("entrée %d absente", want), nil
		}
		if e.Torn {
			return fmt.Sprintf("entrée %d modifiée", e.Number), nil
		}
		if _, err := ydoc.UpdateClients(e.Update); err != nil {
			return fmt.Sprintf("entrée %d illisible", e.Number), nil
		}
	}
	return "", nil
}
