package store

import (
	"context"
	"errors"
	"time"
)

// Errors that every implementation returns, wrapped.
var (
	ErrHeadMoved = errors.New("store: the journal's head has moved") // another node was faster: fold what is new, decide again
	ErrNotFound  = errors.New("store: not found")                    // no such blob, secret or fact
	ErrInUse     = errors.New("store: in use by another process")    // the bbolt file is locked
	ErrFormat    = errors.New("store: written by a newer version")   // a format that this binary does not know
	ErrCorrupt   = errors.New("store: the chain does not verify")    // bytes were changed
	ErrUnsafe    = errors.New("store: this Redis would lose facts")  // persistence or eviction set wrongly
	ErrTooLarge  = errors.New("store: too large")                    // over one of the limits below
	ErrReadOnly  = errors.New("store: cannot be written")            // read-only file or directory, full disk
	ErrClosed    = errors.New("store: closed")                       // by Close, in this process
	ErrAway      = errors.New("store: out of reach")                 // nobody, or no Redis, answers at the address
	ErrRefused   = errors.New("store: not let in")                   // this Redis wants another user or password
	ErrAddress   = errors.New("store: no address of a Redis")        // a URL that does not read
)

// Limits.
const (
	MaxData   = 1 << 20  // bytes of one fact's data
	MaxHeader = 16 << 10 // bytes of one fact's header
	MaxBatch  = 10_000   // facts, or erasures, of one append; entries of one push
	MaxTotal  = 64 << 20 // bytes of one append's or push's data altogether
	MaxUpdate = 1 << 20  // bytes of one document update
	MaxBlob   = 64 << 20 // bytes of one blob, or of a checkpoint's state
	MaxSecret = 64 << 10 // bytes of one secret
	MaxName   = 1 << 10  // bytes of a document's name, a secret's key, an author, a topic
	MaxWord   = 1 << 20  // bytes of one word

	MaxUnheard = 64 // words that wait for one listener
)

// A Store is everything that is kept of one installation, and the wire between
// those who share it.
type Store interface {
	Journal
	Log
	Blobs
	Secrets
	Wire
	Upkeep
}

// Journal is the chain of facts. The first fact has Seq 1.
type Journal interface {
	// Head returns the last fact's Seq and Hash; the zero Head when empty.
	Head(ctx context.Context) (Head, error)
	// Append keeps all of b or nothing, after the fact that expect names.
	// It returns the facts as kept. To erase what was erased or never was is
	// no error. Errors: ErrHeadMoved, ErrTooLarge, ErrReadOnly.
	Append(ctx context.Context, expect Head, b Batch) ([]Fact, error)
	// Read calls yield with each fact from Seq from on, in order, until yield
	// returns false. No lock is held meanwhile: yield may take its time, or
	// write. Errors: ErrCorrupt when headers do not chain.
	Read(ctx context.Context, from uint64, yield func(Fact) bool) error
	// Wait returns once the head's Seq is above after, or ctx ends.
	Wait(ctx context.Context, after uint64) error
}

// Log holds the updates of shared documents, each document's in one order.
type Log interface {
	// Push keeps entries after all others of document doc and returns the
	// number of the last (the first entry of a document has number 1).
	// Errors: ErrTooLarge, ErrReadOnly.
	Push(ctx context.Context, doc string, entries []Entry) (last uint64, err error)
	// Pull returns the newest checkpoint (zero when there is none) and the
	// entries numbered above both it and after, at most limit (0: all).
	Pull(ctx context.Context, doc string, after uint64, limit int) (Checkpoint, []Entry, error)
	// Checkpoint keeps c and forgets all entries up to c.Number, at once.
	// Entries pushed later are numbered above c.Number; a checkpoint older than
	// the one kept changes nothing. Errors: ErrTooLarge, ErrReadOnly.
	Checkpoint(ctx context.Context, doc string, c Checkpoint) error
	// Await returns once doc has an entry numbered above after, or ctx ends.
	Await(ctx context.Context, doc string, after uint64) error
}

// An Entry is one update of a document as its author sent it.
type Entry struct {
	Number uint64 // given by the store
	Author string // random identifier of the person
	Update []byte
	Torn   bool // given by the store: these are not the bytes that were pushed
}

// A Checkpoint stands for all entries up to Number.
type Checkpoint struct {
	Number  uint64
	State   []byte            // the document as one update
	Clients map[uint64]string // which client identifier was which person
}

// Blobs are files under random keys.
type Blobs interface {
	PutBlob(ctx context.Context, data []byte) (key string, hash Hash, err error) // ErrTooLarge, ErrReadOnly
	Blob(ctx context.Context, key string) ([]byte, error)                        // ErrNotFound
	DeleteBlob(ctx context.Context, key string) error                            // nil when there is none
	// EachBlob calls yield with the key of each blob, in no order, until yield
	// returns false. One that is there from beginning to end is given at least
	// once, one that comes or goes meanwhile perhaps. No lock is held: yield may
	// take its time, or write.
	EachBlob(ctx context.Context, yield func(key string) bool) error
}

// A Named is a blob that something living names, and what it should hold.
type Named struct {
	Kind    string // of the fact that names it, or of what else does
	Subject string // random identifier
	Number  int    // of the version, where the subject has several
	Blob    string
	Hash    Hash // of its bytes; zero: unknown
}

// Secrets are small values that expire. Keys are hashed by the caller when
// they are themselves secret.
type Secrets interface {
	PutSecret(ctx context.Context, key string, value []byte, ttl time.Duration) error // a ttl of 0 or less: expired at once
	Secret(ctx context.Context, key string) ([]byte, error)                           // ErrNotFound, also when expired
	TakeSecret(ctx context.Context, key string) ([]byte, error)                       // the same, and it is gone: of two takers one gets it
	DeleteSecret(ctx context.Context, key string) error                               // nil when there is none
}

// Wire carries what matters only now. It is never kept.
type Wire interface {
	// Tell gives a word to all who listen to topic, on every node, the teller's
	// own listeners too. That nobody does, or that somebody missed it, is no
	// error. An empty word is not told. Errors: ErrTooLarge.
	Tell(ctx context.Context, topic string, word []byte) error
	// Listen returns at once a channel of what is told of topic, each teller's
	// words in their order, until ctx or the store ends: then it is closed. An
	// empty word says that what was told before may have been missed: it is the
	// first, and comes again when the way to the store was lost, or the listener
	// was too slow. The words are not to be changed. Errors: ErrTooLarge.
	Listen(ctx context.Context, topic string) (<-chan []byte, error)
}

// Upkeep is what an operator does.
type Upkeep interface {
	Compact(ctx context.Context) error // erased data leaves the files; others may go on reading and writing
	Healthy(ctx context.Context) error // nil when it can take writes
	Close() error
}
