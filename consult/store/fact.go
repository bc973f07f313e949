package store

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Format is the version of the header's encoding.
const Format = 1

// Hash is SHA-256.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Head names the last fact of a journal.
type Head struct {
	Seq  uint64
	Hash Hash
}

// A Header is the part of a fact that is hashed into the chain and never
// leaves it. Actor and Subject are random identifiers that mean nothing by
// themselves. Encoded as a CBOR array (RFC 8949 §4.2.1, core deterministic).
type Header struct {
	_           struct{} `cbor:",toarray"`
	Format      uint8
	Seq         uint64
	Time        int64 // UTC milliseconds since 1970, never before the previous fact's
	Actor       string
	Subject     string
	Kind        string
	KindVersion uint16
	Key         string // the command's idempotency key, "" when it had none
	DataHash    Hash   // SHA-256(salt ‖ data)
	PrevHash    Hash   // SHA-256 of the previous fact's encoded header; zeros for the first
}

// A Fact is a header and, unless they were erased, its salt and data.
type Fact struct {
	Header
	Raw    []byte // the header as stored
	Hash   Hash   // SHA-256(Raw)
	Salt   []byte // 16 bytes; nil when erased
	Data   []byte // nil when erased
	Erased bool
}

// At is the fact's time.
func (f *Fact) At() time.Time { return time.UnixMilli(f.Time).UTC() }

// A Draft is a fact not yet kept.
type Draft struct {
	Actor, Subject string
	Kind           string
	KindVersion    uint16
	Key            string
	Data           []byte // CBOR by convention; may be empty, is then kept as empty
}

// A Batch is what one append keeps: all of it or nothing.
type Batch struct {
	Time   time.Time // the deciding node's clock; kept facts are never before the previous one's
	Drafts []Draft
	Erase  []uint64 // facts whose salt and data go, those of this batch excepted
}

const saltSize = 16

var encoding = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // constant options
	}
	return m
}()

// decoding accepts whatever encoding writes: text that is not UTF-8 and long
// lists too, for what was kept must stay readable.
var decoding = func() cbor.DecMode {
	m, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid, MaxArrayElements: MaxTotal, MaxMapPairs: MaxTotal}.DecMode()
	if err != nil {
		panic(err) // constant options
	}
	return m
}()

// Marshal encodes a fact's data as deterministic CBOR.
func Marshal(v any) ([]byte, error) { return encoding.Marshal(v) }

// Unmarshal decodes a fact's data.
func Unmarshal(data []byte, v any) error { return decoding.Unmarshal(data, v) }

// Chain makes the facts that follow after (with its time, in UTC
// milliseconds) from b's drafts: salts drawn, hashes computed. Every
// implementation keeps exactly what it returns.
func Chain(after Head, afterTime int64, b Batch) ([]Fact, error) {
	if len(b.Drafts) > MaxBatch || len(b.Erase) > MaxBatch {
		return nil, fmt.Errorf("%w: %d facts and %d erasures at once", ErrTooLarge, len(b.Drafts), len(b.Erase))
	}
	total := 0
	at := max(b.Time.UnixMilli(), afterTime)
	facts := make([]Fact, 0, len(b.Drafts))
	for _, d := range b.Drafts {
		if len(d.Data) > MaxData {
			return nil, fmt.Errorf("%w: a %s of %d bytes", ErrTooLarge, d.Kind, len(d.Data))
		}
		if total += len(d.Data); total > MaxTotal {
			return nil, fmt.Errorf("%w: over %d bytes at once", ErrTooLarge, MaxTotal)
		}
		salt := make([]byte, saltSize)
		rand.Read(salt) // never fails (crypto/rand since Go 1.24)
		f := Fact{
			Header: Header{
				Format: Format, Seq: after.Seq + 1, Time: at, Actor: d.Actor, Subject: d.Subject,
				Kind: d.Kind, KindVersion: d.KindVersion, Key: d.Key,
				DataHash: dataHash(salt, d.Data), PrevHash: after.Hash,
			},
			Salt: salt, Data: append([]byte{}, d.Data...),
		}
		raw, err := encoding.Marshal(f.Header)
		if err != nil {
			return nil, err
		}
		if len(raw) > MaxHeader {
			return nil, fmt.Errorf("%w: a %.50s whose header has %d bytes", ErrTooLarge, d.Kind, len(raw))
		}
		f.Raw, f.Hash = raw, sha256.Sum256(raw)
		facts = append(facts, f)
		after = Head{f.Seq, f.Hash}
	}
	return facts, nil
}

// Decode reads a stored header, and its salt‖data (nil: erased), and checks
// both against the head before it. Errors: ErrCorrupt, ErrFormat.
func Decode(after Head, raw, salted []byte) (Fact, error) {
	f := Fact{Raw: raw, Hash: sha256.Sum256(raw), Erased: salted == nil}
	if err := decoding.Unmarshal(raw, &f.Header); err != nil {
		return f, fmt.Errorf("%w: fact %d: %v", ErrCorrupt, after.Seq+1, err)
	}
	if f.Format > Format {
		return f, fmt.Errorf("%w: fact %d has format %d", ErrFormat, f.Seq, f.Format)
	}
	if f.Seq != after.Seq+1 || f.PrevHash != after.Hash {
		return f, fmt.Errorf("%w: fact %d does not follow fact %d", ErrCorrupt, f.Seq, after.Seq)
	}
	if !f.Erased {
		if len(salted) < saltSize {
			return f, fmt.Errorf("%w: fact %d lacks its salt", ErrCorrupt, f.Seq)
		}
		f.Salt, f.Data = salted[:saltSize:saltSize], salted[saltSize:]
		if dataHash(f.Salt, f.Data) != f.DataHash {
			return f, fmt.Errorf("%w: the data of fact %d were changed", ErrCorrupt, f.Seq)
		}
	}
	return f, nil
}

// Salted is what lies apart from the header: salt ‖ data.
func (f *Fact) Salted() []byte { return append(bytes.Clone(f.Salt), f.Data...) }

func dataHash(salt, data []byte) Hash {
	h := sha256.New()
	h.Write(salt)
	h.Write(data)
	return Hash(h.Sum(nil))
}

// NewID draws a random identifier of 100 bits: 20 lower-case letters and digits.
func NewID() string {
	b := make([]byte, 13)
	rand.Read(b)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))[:20]
}
