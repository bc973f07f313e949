package room

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// errForeign: an update that writes under another person's client identifier.
var errForeign = errors.New("room: written under another person's identifier")

// A replica is a document as the log's entries up to number make it. It
// depends on them alone, so it is the same on every node.
type replica struct {
	doc     *ydoc.Doc
	number  uint64
	owners  map[uint64]string // client → person
	entries int               // since the checkpoint
	bytes   int
}

func newReplica() *replica {
	d := ydoc.New(0)
	d.Passive = true         // what it writes by itself would be nowhere in the log
	d.MaxWork = ydoc.NoLimit // the log holds what one node has accepted: it must always load
	d.Text(motion.Root)
	return &replica{doc: d, owners: map[uint64]string{}}
}

// load reads a document from the log.
func load(ctx context.Context, log store.Log, doc string) (*replica, error) {
	r := newReplica()
	c, list, err := log.Pull(ctx, doc, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("room: load: %w", err)
	}
	if err := r.checkpoint(c); err != nil {
		return nil, err
	}
	for _, e := range list {
		_ = r.apply(e) // what was refused then is refused now
	}
	return r, nil
}

// checkpoint takes in one that is ahead.
func (r *replica) checkpoint(c store.Checkpoint) error {
	if c.Number <= r.number {
		return nil
	}
	if err := r.doc.Apply(c.State); err != nil {
		return fmt.Errorf("room: checkpoint %d: %w: %w", c.Number, store.ErrCorrupt, err)
	}
	maps.Copy(r.owners, c.Clients)
	r.number, r.entries, r.bytes = c.Number, 0, 0
	return nil
}

// apply takes in the next entry. An entry that is refused leaves the document
// as it was, and is passed.
func (r *replica) apply(e store.Entry) error {
	r.number = e.Number
	r.entries++
	r.bytes += len(e.Update)
	f, err := ydoc.UpdateClients(e.Update)
	if err != nil {
		return err
	}
	for client, c := range f.Clients {
		if owner, known := r.owners[client]; known && owner != e.Author && c.To > r.doc.Clock(client) {
			return errForeign
		}
	}
	if err := r.doc.Apply(e.Update); err != nil {
		return err
	}
	for client := range f.Clients {
		if _, known := r.owners[client]; !known {
			r.owners[client] = e.Author
		}
	}
	return nil
}

// knows is whether an update brings nothing new. Of deletions it recognises
// only the complete set, which every client sends when it connects.
func (r *replica) knows(update []byte, f ydoc.Footprint) bool {
	for client, c := range f.Clients {
		if c.To > r.doc.Clock(client) {
			return false
		}
	}
	if len(f.Deleted) == 0 {
		return true
	}
	if len(f.Clients) > 0 {
		return false
	}
	all, err := r.doc.Update(r.doc.StateVector())
	return err == nil && bytes.Equal(all, update)
}

// snapshot is the checkpoint that stands for all entries so far.
func (r *replica) snapshot() (store.Checkpoint, error) {
	state, err := r.doc.Update(nil)
	return store.Checkpoint{Number: r.number, State: state, Clients: maps.Clone(r.owners)}, err
}
