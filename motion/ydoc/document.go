package ydoc

import "fmt"

// Doc is one replica of a shared document. It is not safe for concurrent use.
type Doc struct {
	// Passive keeps Apply from deleting redundant formatting, which Yjs's
	// clients do after each other's updates: the document then only ever
	// holds what it was given and what was edited here.
	Passive bool
	// Keep keeps deleted content, Yjs's gc: false, so that snapshots can be
	// shown. It is set before the first update.
	Keep bool
	// OnUpdate receives the update of every change that the document makes
	// itself: each transaction of local edits, and the clean-up of
	// formatting after Apply. It must not change the document.
	OnUpdate func(update []byte)
	// MaxPending bounds, in bytes as Size counts them, what may wait for its
	// cause. Zero: 4 MiB.
	MaxPending int
	// MaxWork bounds the steps that one Apply may take to find its items'
	// places among those that conflict with them, beside 16 steps for each
	// byte of the update. Zero: 4,194,304. NoLimit is for what was accepted
	// before, as when a document is loaded.
	MaxWork int

	client uint64
	peers  map[uint64]*peer // by client
	table  []*peer          // by what identifiers call them; the first is nobody
	roots  map[string]*branch
	serial uint64
	txn    *txn
	size   int
	stamp  uint32
	// How long the whole document was when it was last encoded.
	encoded int

	pending pending
	fresh   fresh
	spare   *txn
	store   store
	room    room
}

const defaultMaxPending = 4 << 20

// New returns an empty document whose local edits bear client, an identifier
// below 2⁵³ that no other writer uses: Yjs draws 32 random bits. A document
// that is loaded again may go on with its former client once all its own
// updates are applied.
func New(client uint64) *Doc {
	return &Doc{client: client & maxUint, peers: map[uint64]*peer{}, table: []*peer{nil}, roots: map[string]*branch{}}
}

// Client is the identifier that the next local edits bear.
func (d *Doc) Client() uint64 { return d.client }

// Become has the next local edits bear another identifier, as New does. It is not
// for use within a transaction.
func (d *Doc) Become(client uint64) { d.client = client & maxUint }

func (d *Doc) peer(client uint64) *peer {
	p := d.peers[client]
	if p == nil {
		var code writer
		code.uint(client)
		p = &peer{client: client, place: uint32(len(d.table)), code: code.b}
		d.peers[client] = p
		d.table = append(d.table, p)
		d.fresh.peers = append(d.fresh.peers, p)
	}
	return p
}

// of is the peer whose clock i is.
func (d *Doc) of(i id) *peer { return d.table[i.peer] }

// get is the item that holds i.
func (d *Doc) get(i id) *item { return d.of(i).get(i.clock) }

// own is who local edits are by, with as many clocks left: once they are used
// up, which takes an update made for it, the next client's.
func (d *Doc) own(clocks uint32) *peer {
	for {
		if p := d.peer(d.client); maxClock-p.next >= clocks {
			return p
		}
		d.client = (d.client + 1) & maxUint
	}
}

func (d *Doc) root(name string) *branch {
	b := d.roots[name]
	if b == nil {
		b = &branch{doc: d, name: name, kind: typeUnknown}
		d.roots[name] = b
		d.fresh.roots = append(d.fresh.roots, b)
	}
	return b
}

// Transact runs edit as one transaction and returns its update, nil when it
// changed nothing. Within another transaction it is part of that one and
// returns nil. Edits outside Transact are each a transaction of their own.
func (d *Doc) Transact(edit func()) (update []byte) {
	if d.txn != nil {
		edit()
		return nil
	}
	t := d.begin(true)
	defer func() { update = t.end() }()
	edit()
	return nil
}

// within runs edit in the current transaction or in one of its own.
func (d *Doc) within(edit func(*txn)) { d.Transact(func() { edit(d.txn) }) }

// StateVector encodes, for each client, the next clock.
func (d *Doc) StateVector() []byte {
	w := &writer{}
	peers := d.peersDown()
	w.uint(uint64(len(peers)))
	for _, p := range peers {
		w.uint(p.client)
		w.uint(uint64(p.next))
	}
	return w.b
}

// Clocks says for each client the next clock.
func (d *Doc) Clocks() map[uint64]uint64 {
	m := make(map[uint64]uint64, len(d.peers))
	for _, p := range d.peersDown() {
		m[p.client] = uint64(p.next)
	}
	return m
}

// Clock is the next clock of one client.
func (d *Doc) Clock(client uint64) uint64 {
	if p := d.peers[client]; p != nil {
		return uint64(p.next)
	}
	return 0
}

// ParseStateVector decodes a state vector.
func ParseStateVector(b []byte) (map[uint64]uint64, error) {
	m := map[uint64]uint64{}
	r := &reader{b: b}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		client, clock := r.uint(), r.uint()
		if r.err == nil {
			m[client] = clock
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("state vector: %w", r.err)
	}
	return m, nil
}

// Size estimates the memory that the document takes, in bytes: of its items
// with their contents, and of what waits. It is kept, not computed.
func (d *Doc) Size() int { return d.size + d.pending.weight() }

// Update encodes what a replica with the given state vector lacks, with all
// deletions and all that waits for its cause; for nil, everything.
func (d *Doc) Update(stateVector []byte) ([]byte, error) {
	known := map[uint64]uint64{}
	if stateVector != nil {
		var err error
		if known, err = ParseStateVector(stateVector); err != nil {
			return nil, fmt.Errorf("update: %w", err)
		}
	}
	return d.encode(known), nil
}
