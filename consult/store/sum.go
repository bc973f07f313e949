package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// Sum is kept beside an entry, and is the beginning of a SHA-256 of who wrote
// it and what. It is no proof against people: facts are chained, entries are
// only stood for by the next checkpoint's hash, which is a fact. It shows bytes
// that changed by themselves, which the document's own format mostly does not.
func (e *Entry) Sum() []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(e.Author)))
	sum := sha256.Sum256(append(append(b, e.Author...), e.Update...))
	return sum[:16]
}

// Judge sets Torn by the sum that was kept, nil where an older version kept
// none.
func (e *Entry) Judge(sum []byte) { e.Torn = sum != nil && !bytes.Equal(sum, e.Sum()) }
