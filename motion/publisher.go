package motion

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

// A Publisher makes versions: a document in a blob, then the fact that names
// it. The ledger folds a [State] and a consult.State.
type Publisher struct {
	Ledger *ledger.Ledger
	Blobs  store.Blobs
	Shelf  *Shelf     // told what to forget; may be nil
	Desk   *desk.Desk // whose themes the annex tells of; may be nil
}

// tries bounds how often something is made again because another was faster.
const tries = 5

func hash(data []byte) store.Hash { return sha256.Sum256(data) }

// Publish makes the next version of a motion from ops, the live text. Words
// of contributions that were erased are not in it. key is the command's
// idempotency key: a repeated one returns the version that the first made.
// Errors: consult.ErrForbidden, consult.ErrNotFound, a consult.FieldError on
// an empty text, ErrUnchanged where the newest version says the same,
// ErrUnread and ErrUnconfirmed where who publishes has not read it, the ledger's
// and the store's.
func (p *Publisher) Publish(ctx context.Context, actor, key, motion string, ops []ydoc.Op, read Reading) (*Version, error) {
	for range tries {
		head := p.Ledger.Head()
		report, err := p.report(ctx, motion)
		if err != nil {
			return nil, err
		}
		d, err := p.document(actor, motion, head, ops, report)
		if err != nil {
			return nil, err
		}
		r, err := p.keep(ctx, d)
		if err != nil {
			return nil, err
		}
		r.Head = head
		if r.Refused, err = p.refuses(ctx, motion, d, read); err != nil {
			p.drop(ctx, r.Blob)
			return nil, err
		}
		out, err := p.Ledger.Do(ctx, ledger.Command{Actor: actor, Key: key, Decide: func(tx *ledger.Tx) error {
			return Publish(tx, motion, r)
		}})
		if out.Repeated || refused(err) {
			p.drop(ctx, r.Blob)
		}
		switch {
		case errors.Is(err, ErrStale):
			continue
		case err != nil:
			return nil, fmt.Errorf("motion: publish: %w", err)
		}
		return p.version(motion, out)
	}
	return nil, fmt.Errorf("motion: publish: %w", ErrStale)
}

// A Reading is what who publishes has read.
type Reading struct {
	Text  string // the [Document.Fingerprint] of the text; "" is not compared
	Grave bool   // what is grave in it, see [Review.Grave]
}

// refuses is why d is not to be published as it is, nil where it may be.
func (p *Publisher) refuses(ctx context.Context, motion string, d *Document, read Reading) (refused, err error) {
	var latest *Version
	p.Ledger.View(func(v ledger.View) {
		if m := ledger.Of[*State](v).Motion(motion); m != nil {
			latest = m.Latest()
		}
	})
	if latest != nil {
		last, err := p.published(ctx, latest)
		switch {
		case errors.Is(err, store.ErrCorrupt), errors.Is(err, store.ErrNotFound), errors.Is(err, ErrFormat):
			// What cannot be read is not what is published now.
		case err != nil:
			return nil, fmt.Errorf("motion: publish: %w", err)
		case last.same(d):
			return ErrUnchanged, nil
		}
	}
	switch {
	case read.Text != "" && read.Text != d.Fingerprint():
		return ErrUnread, nil
	case d.Review().Grave() && !read.Grave:
		return ErrUnconfirmed, nil
	}
	return nil, nil
}

// published reads a version.
func (p *Publisher) published(ctx context.Context, v *Version) (*Document, error) {
	if p.Shelf != nil {
		return p.Shelf.Document(ctx, v)
	}
	return (&Shelf{Blobs: p.Blobs}).Document(ctx, v)
}

// version finds the one that out led to.
func (p *Publisher) version(motion string, out ledger.Outcome) (v *Version, err error) {
	p.Ledger.View(func(view ledger.View) {
		err = consult.ErrNotFound
		m := ledger.Of[*State](view).Motion(motion)
		if m == nil {
			return
		}
		if i := slices.IndexFunc(m.Versions, func(v Version) bool { return v.Seq == out.Seq }); i >= 0 {
			v, err = &m.Versions[i], nil
		}
	})
	return v, err
}

// report is the newest of the motion's edition, nil where there is none.
func (p *Publisher) report(ctx context.Context, motion string) (*analysis.Report, error) {
	edition := ""
	p.Ledger.View(func(v ledger.View) {
		if m := ledger.Of[*State](v).Motion(motion); m != nil {
			edition = m.Edition
		}
	})
	if p.Desk == nil || edition == "" {
		return nil, nil
	}
	r, err := p.Desk.Report(ctx, edition)
	if errors.Is(err, desk.ErrNoRun) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("motion: publish: %w", err)
	}
	return r, nil
}

// document makes the next version's.
func (p *Publisher) document(actor, motion string, head store.Head, ops []ydoc.Op, report *analysis.Report) (d *Document, err error) {
	p.Ledger.View(func(v ledger.View) {
		people, m := ledger.Of[*consult.State](v), ledger.Of[*State](v).Motion(motion)
		switch {
		case !mayAct(people, actor):
			err = consult.ErrForbidden
		case m == nil:
			err = consult.ErrNotFound
		default:
			t := Parse(apply(ops, Redact(ops, people.ErasedContributions())))
			if strings.TrimSpace(t.String()) == "" {
				err = &consult.FieldError{Field: "texte", Problem: "La motion est vide" + nbsp + ": écrivez-la avant de la publier."}
				return
			}
			d = NewDocument(m, t, people, len(m.Versions)+1, head, p.Ledger.Now())
			d.Annex = Fates(m, t, report, people)
		}
	})
	return d, err
}

func (p *Publisher) keep(ctx context.Context, d *Document) (r Release, err error) {
	data, err := d.Encode()
	if err != nil {
		return r, err
	}
	r = Release{Version: d.Version, Cites: d.Cites(), Annexed: d.Annexed()}
	if r.Blob, r.Hash, err = p.Blobs.PutBlob(ctx, data); err != nil {
		return r, fmt.Errorf("motion: keep document: %w", err)
	}
	return r, nil
}

// Redact takes the words of erased contributions out of every published
// version, then every copy. It is complete each time and changes nothing that is
// done already: call it after an erasure and when a server starts. What cannot be
// read keeps nothing else from being done.
func (p *Publisher) Redact(ctx context.Context) (err error) {
	for range tries {
		jobs, erased := p.stained()
		copies := p.stainedCopies()
		err = nil
		for _, j := range jobs {
			err = errors.Join(err, p.redact(ctx, j, erased))
		}
		for _, c := range copies {
			err = errors.Join(err, p.redactCopy(ctx, c, erased))
		}
		if !errors.Is(err, ErrStale) {
			break
		}
	}
	return errors.Join(err, p.discard(ctx))
}

// discard deletes what redaction wrote again, also where somebody was stopped
// between the fact and the deletion.
func (p *Publisher) discard(ctx context.Context) (err error) {
	var blobs []string
	p.Ledger.View(func(v ledger.View) { blobs = ledger.Of[*State](v).Discarded() })
	for _, blob := range blobs {
		if e := p.Blobs.DeleteBlob(ctx, blob); e != nil {
			err = errors.Join(err, fmt.Errorf("motion: redact: %w", e))
		}
		if p.Shelf != nil {
			p.Shelf.forget(blob)
		}
	}
	return err
}

type stain struct {
	motion  string
	version Version
}

// stained are the versions that name what was erased.
func (p *Publisher) stained() (jobs []stain, erased map[string]bool) {
	p.Ledger.View(func(v ledger.View) {
		people, state := ledger.Of[*consult.State](v), ledger.Of[*State](v)
		erased = people.ErasedContributions()
		for _, m := range state.Motions("") {
			for _, v := range m.Versions {
				if len(erasedOf(people, v.Cites, v.Annexed)) > 0 {
					jobs = append(jobs, stain{m.ID, v})
				}
			}
		}
	})
	return jobs, erased
}

func (p *Publisher) redact(ctx context.Context, j stain, erased map[string]bool) error {
	data, err := p.Blobs.Blob(ctx, j.version.Blob)
	if err != nil {
		return fmt.Errorf("motion: redact version %d: %w", j.version.Number, err)
	}
	d, err := DecodeDocument(data)
	if err != nil {
		return fmt.Errorf("motion: redact version %d: %w", j.version.Number, err)
	}
	r, err := p.keep(ctx, d.Redact(erased))
	if err != nil {
		return err
	}
	_, err = p.Ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) error {
		return Redacted(tx, j.motion, j.version.Blob, r)
	}})
	if err != nil {
		if refused(err) {
			p.drop(ctx, r.Blob)
		}
		return fmt.Errorf("motion: redact version %d: %w", j.version.Number, err)
	}
	return nil
}

// refused is whether nothing came of a command, for certain.
func refused(err error) bool {
	var field *consult.FieldError
	return errors.As(err, &field) || slices.ContainsFunc([]error{ErrStale, ErrUnchanged, ErrUnread, ErrUnconfirmed, consult.ErrForbidden, consult.ErrNotFound, store.ErrTooLarge},
		func(why error) bool { return errors.Is(err, why) })
}

// drop deletes a blob that no fact names. That it may fail costs only room.
func (p *Publisher) drop(ctx context.Context, blob string) { _ = p.Blobs.DeleteBlob(ctx, blob) }
