package motion

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// Bounds of copies.
const (
	maxCopyName = 80   // characters
	maxCopies   = 2000 // of one motion; what is kept before a way back always is
	muchChanged = 200  // words that differ from the last copy before the house keeps another
)

// Keep makes a copy known; [Publisher.Keep] prepares and calls it. Rapporteurs
// and staff may, and the house, also where the motion is frozen: it changes
// nothing of it. ErrStale: something that it cites was erased meanwhile.
func Keep(tx *ledger.Tx, id string, k Kept, name string) error {
	m, err := writable(tx, id)
	if err != nil {
		return err
	}
	name, err = copyName(name, k.Cause == ByHand)
	if err != nil {
		return err
	}
	if n := len(m.Copies); n > 0 && k.Cause == Replaced && m.Copies[n-1].Cause == Replaced && m.Copies[n-1].Hash == k.Hash {
		return nil // of this very text it was kept last
	} else if n >= maxCopies && k.Cause != Restored && k.Cause != Replaced {
		return &consult.FieldError{Field: "nom", Problem: "Cette motion a déjà 2" + nnbsp + "000 versions gardées" + nbsp + ": retrouvez et renommez l’une d’elles."}
	}
	if len(erasedOf(ledger.Of[*consult.State](tx), k.Cites)) > 0 {
		return fmt.Errorf("%w: it names what was erased", ErrStale)
	}
	tx.Emit(kindKept, 1, id, keptData{k.ID, k.Cause, k.Blob, k.Hash, k.Cites, k.Words})
	if name != "" {
		tx.Emit(kindNamed, 1, id, namedData{k.ID, name})
	}
	return nil
}

// Rename gives a copy another name, "" none. Rapporteurs and staff may.
func Rename(tx *ledger.Tx, id, copy, name string) error {
	m, err := writable(tx, id)
	if err != nil {
		return err
	}
	k := m.Copy(copy)
	if k == nil {
		return consult.ErrNotFound
	}
	if name, err = copyName(name, false); err != nil {
		return err
	}
	if k.Name != name {
		tx.Emit(kindNamed, 1, id, namedData{copy, name})
	}
	return nil
}

// WentBack says that the text was made again what it was at another moment, see
// restoredData. What stood is in the actor's last copy of that cause. It is
// told to those who write, and changes nothing.
func WentBack(tx *ledger.Tx, id, to string) error {
	m, err := writable(tx, id)
	if err != nil {
		return err
	}
	d := restoredData{To: to}
	for i := range m.Copies {
		if k := &m.Copies[i]; k.Cause == Restored && k.By == tx.Actor {
			d.Kept = k.ID
		}
	}
	tx.Emit(kindRestored, 1, id, d)
	return nil
}

// ReadWentBack reads what WentBack said: to what moment, and in which copy what
// stood is kept. It is false of another fact.
func ReadWentBack(f *store.Fact) (to, kept string, ok bool) {
	var d restoredData
	if f.Kind != kindRestored || !read(f, &d) {
		return "", "", false
	}
	return d.To, d.Kept, true
}

func copyName(name string, wanted bool) (string, error) {
	name = consult.OneLine(name)
	if wanted && name == "" || utf8.RuneCountInString(name) > maxCopyName {
		return "", &consult.FieldError{Field: "nom", Problem: "Donnez à la version un nom de 80 caractères au plus, par exemple «" + nnbsp + "Avant la réunion de mardi" + nnbsp + "»."}
	}
	return name, nil
}

// EraseWords takes away what a person wrote beside the text, which are comments,
// the names that they gave to copies and why they froze a motion, and the comments of others that quote
// what they contributed. To be decided together with consult.ErasePerson, which
// also says who may.
func EraseWords(tx *ledger.Tx, person string) {
	state := ledger.Of[*State](tx)
	facts := append(slices.Clone(state.words[person]), state.quoting(ledger.Of[*consult.State](tx), person)...)
	slices.Sort(facts)
	if facts = slices.Compact(facts); len(facts) > 0 {
		tx.Emit(kindCommentsErased, 1, person, commentsErasedData{facts})
		tx.Erase(facts...)
	}
}

// copyRedacted says that a copy was written again. Only the house does.
func copyRedacted(tx *ledger.Tx, id, old string, k Kept) error {
	m := ledger.Of[*State](tx).Motion(id)
	if tx.Actor != "" {
		return consult.ErrForbidden
	}
	if m == nil || m.Copy(k.ID) == nil {
		return consult.ErrNotFound
	}
	if m.Copy(k.ID).Blob != old || len(erasedOf(ledger.Of[*consult.State](tx), k.Cites)) > 0 {
		return ErrStale
	}
	tx.Emit(kindCopyRedacted, 1, id, copyRedactedData{k.ID, old, k.Blob, k.Hash, k.Cites})
	return nil
}

// Keep keeps a copy of the draft, ops, with who wrote it. key is the command's
// idempotency key; where it is a repeated one nothing was kept. Errors: those
// of the rule [Keep], the ledger's and the store's.
func (p *Publisher) Keep(ctx context.Context, actor, key, motion string, c Copy, cause Cause, name string) (repeated bool, err error) {
	for range tries {
		var erased map[string]bool
		p.Ledger.View(func(v ledger.View) {
			people := ledger.Of[*consult.State](v)
			if erased = people.ErasedContributions(); !mayAct(people, actor) {
				err = consult.ErrForbidden
			}
		})
		if err != nil {
			return false, err
		}
		k := Kept{ID: store.NewID(), Cause: cause}
		c.Motion = motion
		c.redact(erased)
		if err := p.putCopy(ctx, &c, &k); err != nil {
			return false, err
		}
		out, err := p.Ledger.Do(ctx, ledger.Command{Actor: actor, Key: key, Decide: func(tx *ledger.Tx) error {
			return Keep(tx, motion, k, name)
		}})
		if out.Repeated || refused(err) || err == nil && len(out.Facts) == 0 {
			p.drop(ctx, k.Blob)
		}
		if errors.Is(err, ErrStale) {
			continue
		}
		if err != nil {
			return false, fmt.Errorf("motion: keep copy: %w", err)
		}
		return out.Repeated, nil
	}
	return false, fmt.Errorf("motion: keep copy: %w", ErrStale)
}

// Along keeps a copy by itself where much has changed since the last.
func (p *Publisher) Along(ctx context.Context, motion string, c Copy) error {
	var last *Kept
	p.Ledger.View(func(v ledger.View) {
		if m := ledger.Of[*State](v).Motion(motion); m != nil && len(m.Copies) > 0 {
			last = &m.Copies[len(m.Copies)-1]
		}
	})
	before, cause := &Copy{}, AtStart
	if last != nil {
		var err error
		if before, err = p.Copy(ctx, last); err != nil {
			return err
		}
		cause = Along
	}
	if d := Compare(Parse(before.Ops), Parse(c.Ops)); d.Added+d.Removed < muchChanged {
		return nil
	}
	_, err := p.Keep(ctx, "", "", motion, c, cause, "")
	return err
}

// Copy reads a copy, without the words of erased contributions. Errors: store.ErrNotFound, store.ErrCorrupt, ErrFormat.
func (p *Publisher) Copy(ctx context.Context, k *Kept) (*Copy, error) {
	data, err := p.Blobs.Blob(ctx, k.Blob)
	if err != nil {
		return nil, fmt.Errorf("motion: copy: %w", err)
	}
	if hash(data) != k.Hash {
		return nil, fmt.Errorf("motion: copy: %w", store.ErrCorrupt)
	}
	c, err := DecodeCopy(data)
	if err != nil {
		return nil, err
	}
	var erased map[string]bool
	p.Ledger.View(func(v ledger.View) { erased = ledger.Of[*consult.State](v).ErasedContributions() })
	c.redact(erased)
	return c, nil
}

// putCopy keeps c, and says in k what is there.
func (p *Publisher) putCopy(ctx context.Context, c *Copy, k *Kept) error {
	data, err := c.Encode()
	if err != nil {
		return err
	}
	t := Parse(c.Ops)
	k.Cites, k.Words = t.Contributions(), countWords(tokens(t.String()))
	if k.Blob, k.Hash, err = p.Blobs.PutBlob(ctx, data); err != nil {
		return fmt.Errorf("motion: keep copy: %w", err)
	}
	return nil
}

// A stainedCopy names what was erased.
type stainedCopy struct {
	motion string
	kept   Kept
}

func (p *Publisher) stainedCopies() (jobs []stainedCopy) {
	p.Ledger.View(func(v ledger.View) {
		people := ledger.Of[*consult.State](v)
		for _, m := range ledger.Of[*State](v).Motions("") {
			for _, k := range m.Copies {
				if len(erasedOf(people, k.Cites)) > 0 {
					jobs = append(jobs, stainedCopy{m.ID, k})
				}
			}
		}
	})
	return jobs
}

func (p *Publisher) redactCopy(ctx context.Context, j stainedCopy, erased map[string]bool) error {
	c, err := p.Copy(ctx, &j.kept)
	if err != nil {
		return fmt.Errorf("motion: redact copy: %w", err)
	}
	k := Kept{ID: j.kept.ID}
	c.redact(erased)
	if err := p.putCopy(ctx, c, &k); err != nil {
		return err
	}
	_, err = p.Ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) error {
		return copyRedacted(tx, j.motion, j.kept.Blob, k)
	}})
	if err != nil {
		if refused(err) {
			p.drop(ctx, k.Blob)
		}
		return fmt.Errorf("motion: redact copy: %w", err)
	}
	return nil
}

// redact takes the words of erased contributions out.
func (c *Copy) redact(erased map[string]bool) {
	edit := Redact(c.Ops, erased)
	c.Letters, c.Ops = after(c.Letters, edit), apply(c.Ops, edit)
}

// Back are the edits that put a copy's text in place of a draft's, without the
// words of erased contributions; see [Restore]. What comes back is its authors',
// each of whom has an edit of their own, as far as the copy knows them; what else
// changes is actor's, who did it. None where nothing is to be changed.
func (c *Copy) Back(now *Copy, erased map[string]bool, actor string) []Edit {
	then := *c
	then.redact(erased)
	ops := Restore(now, &then)
	if ops == nil {
		return nil
	}
	return credited(ops, then.Letters, actor)
}
