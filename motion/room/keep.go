package room

import (
	"bytes"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// A result is what one turn with the store gave.
type result struct {
	err        error
	checkpoint store.Checkpoint // zero unless others' entries were read
	entries    []store.Entry    // above the room's number, in the log's order
	first      uint64           // ours are those numbered from first…
	last       uint64           // …to last; 0: none
}

// advance begins the next turn with the store when there is something to keep
// or to read, and the last turn has ended.
func (r *Room) advance() {
	if r.busy || r.over {
		return
	}
	if len(r.waiting) == 0 && !r.behind {
		if r.stopping && !r.saving && len(r.savers) == 0 {
			r.close(ending(Stopping, ""))
		}
		return
	}
	n, size := 0, 0
	for n < len(r.waiting) && n < store.MaxBatch && (n == 0 || size+len(r.waiting[n].update) <= store.MaxTotal) {
		size += len(r.waiting[n].update)
		n++
	}
	r.flying, r.waiting = r.waiting[:n:n], r.waiting[n:]
	var entries []store.Entry
	for _, i := range r.flying {
		if i.update != nil {
			entries = append(entries, store.Entry{Author: i.author, Update: i.update})
		}
	}
	if len(entries) == 0 && !r.behind {
		r.settle(result{})
		r.advance()
		return
	}
	after, pull := r.number, r.behind
	r.busy, r.behind = true, false
	r.work.Go(func() { r.kept <- keep(r.hub.force, r.hub.config.Log, r.id, entries, after, pull) })
}

// keep pushes entries and reads what stands before them in the log.
func keep(ctx context.Context, log store.Log, doc string, entries []store.Entry, after uint64, pull bool) (res result) {
	if len(entries) > 0 {
		if res.last, res.err = log.Push(ctx, doc, entries); res.err != nil {
			return res
		}
		res.first = res.last - uint64(len(entries)) + 1
		if res.first == after+1 && !pull { // nobody else's stand between
			for i := range entries {
				entries[i].Number = res.first + uint64(i)
			}
			res.entries = entries
			return res
		}
	}
	res.checkpoint, res.entries, res.err = log.Pull(ctx, doc, after, 0)
	return res
}

// settle takes in what is kept, in the log's order: it is applied, given to be
// shown to the others, and acknowledged.
func (r *Room) settle(res result) {
	if r.busy = false; res.err != nil {
		r.fail(res.err)
		return
	}
	if res.checkpoint.Number > r.number {
		// Another node's checkpoint took the place of entries.
		known := r.doc.StateVector()
		if err := r.checkpoint(res.checkpoint); err != nil {
			r.fail(err)
			return
		}
		if update, err := r.doc.Update(known); err == nil {
			r.show.add(update, nil)
		}
	}
	ours := make([]*item, 0, len(r.flying)) // by number from res.first
	for _, i := range r.flying {
		r.weight -= i.weight
		if i.update != nil {
			ours = append(ours, i)
		}
	}
	refused := map[*item]error{}
	for _, e := range res.entries {
		if e.Number <= r.number {
			continue
		}
		var mine *item
		if res.last > 0 && e.Number >= res.first && e.Number <= res.last {
			mine = ours[e.Number-res.first]
		}
		err := error(nil)
		if mine != nil && mine.conn != nil {
			err = r.watched(e)
		} else {
			err = r.apply(e)
		}
		if err != nil {
			if mine != nil {
				refused[mine] = err
			}
			continue
		}
		var from *Conn
		if mine != nil {
			from = mine.conn
		}
		r.show.add(e.Update, from)
	}
	flying := r.flying
	r.flying = nil
	acks := map[*Conn]bool{}
	for _, i := range flying {
		err := refused[i]
		i.finish(err)
		switch {
		case i.conn == nil || i.conn.ended:
		case err != nil:
			r.end(i.conn, ending(Refused, ""))
		default:
			i.conn.kept++
			acks[i.conn] = i.conn.member.Ack
		}
	}
	for c, wanted := range acks {
		if wanted {
			r.send(c, frameAck(c.kept))
		}
	}
	r.note()
	if r.entries >= r.hub.config.Entries || r.bytes >= r.hub.config.Bytes {
		r.save()
	}
}

// large is how many letters an update takes away before the document as it was
// is given to Config.Before.
const large = 400

// cite begins the key of every citation, as an update spells it.
var cite = []byte(motion.CitePrefix)

// watched is apply, which tells Before what a large deletion took away, and Cited
// that something is cited.
func (r *Room) watched(e store.Entry) error {
	if r.hub.config.Cited != nil && e.Author != "" && bytes.Contains(e.Update, cite) && r.citing.CompareAndSwap(false, true) {
		defer r.work.Go(func() {
			r.citing.Store(false) // what comes from here on is another call's
			r.hub.config.Cited(r.ctx, r.id)
		})
	}
	f, err := ydoc.UpdateClients(e.Update)
	deleted := uint64(0)
	for _, n := range f.Deleted {
		deleted += n
	}
	if err != nil || r.hub.config.Before == nil || deleted < large {
		return r.apply(e)
	}
	// An update may name again what was deleted long ago, or move what it deletes:
	// only the text says what went.
	before, text := r.copy(r.id), r.doc.Text(motion.Root).String()
	if err := r.apply(e); err != nil {
		return err
	}
	if lost(text, r.doc.Text(motion.Root).String()) >= large {
		r.work.Go(func() { r.hub.config.Before(r.hub.force, before, e.Author) })
	}
	return nil
}

// lost counts the letters of those words of a text, each with the blank behind it,
// that another does not have as often, wherever they stand in it.
func lost(from, to string) (letters int) {
	has := map[string]int{}
	for word := range strings.FieldsSeq(to) {
		has[word]++
	}
	for word := range strings.FieldsSeq(from) {
		if has[word]--; has[word] < 0 {
			letters += utf8.RuneCountInString(word) + 1
		}
	}
	return letters
}

// note tells follow how far the room has come.
func (r *Room) note() {
	r.position.Store(r.number)
	select {
	case r.moved <- struct{}{}:
	default:
	}
	if r.heard > r.number {
		r.behind = true
	}
	r.heard = 0
	if len(r.waiting) == 0 {
		clear(r.claims) // all are owners now
	}
}

// fail ends the room: what the store did with the last push is not known.
// Connections come back and find what was kept.
func (r *Room) fail(err error) {
	r.hub.report(r.id, err)
	for _, i := range append(r.flying, r.waiting...) {
		i.finish(err)
	}
	r.flying, r.waiting = nil, nil
	r.close(ending(Failed, ""))
}

// follow waits for entries that other nodes push.
func (r *Room) follow(ctx context.Context) {
	for ctx.Err() == nil {
		at := r.position.Load()
		if err := r.hub.config.Log.Await(ctx, r.id, at); err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second): // keeps a failing store from being asked without end
			}
			continue
		}
		select {
		case r.news <- at:
		case <-ctx.Done():
		}
		for r.position.Load() == at && ctx.Err() == nil {
			select {
			case <-r.moved:
			case <-ctx.Done():
			}
		}
	}
}
