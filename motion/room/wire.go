package room

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// Messages of the y-websocket protocol (y-protocols PROTOCOL.md; numbers in
// y-websocket's src/y-websocket.js), and one of ours.
const (
	messageSync      = 0
	messageAwareness = 1
	messageAuth      = 2
	messageQuery     = 3
	messageAck       = 100 // how many of the connection's frames are kept

	syncStep1  = 0 // a state vector: what is known
	syncStep2  = 1 // an update: what the other lacked
	syncUpdate = 2 // an update

	authDenied = 0
)

// MaxFrame is the size of a frame in bytes.
const MaxFrame = 1 << 20

// errWire: bytes that are no message.
var errWire = errors.New("room: not a message of the protocol")

// A message is one frame, read.
type message struct {
	kind, step uint64
	body       []byte // state vector, update, or awareness update
}

func parse(frame []byte) (m message, err error) {
	r := reader{b: frame}
	m.kind = r.uint()
	switch m.kind {
	case messageSync:
		if m.step = r.uint(); m.step > syncUpdate {
			return m, errWire
		}
		m.body = r.bytes()
	case messageAwareness:
		m.body = r.bytes()
	case messageAuth: // only servers say it; an echo means nothing
		return m, r.err
	case messageQuery:
	default:
		return m, errWire
	}
	if len(r.b) > 0 {
		return m, errWire
	}
	return m, r.err
}

func frameSync(step uint64, body []byte) []byte {
	b := binary.AppendUvarint([]byte{messageSync}, step)
	return appendBytes(b, body)
}

func frameAwareness(body []byte) []byte { return appendBytes([]byte{messageAwareness}, body) }

// Denied is the auth message that refuses, with a French reason: the
// y-websocket protocol sends it before it closes.
func Denied(reason string) []byte {
	return appendBytes([]byte{messageAuth, authDenied}, []byte(reason))
}

func frameAck(n uint64) []byte { return binary.AppendUvarint([]byte{messageAck}, n) }

func appendBytes(b, body []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(body))), body...)
}

// reader reads lib0's encoding: unsigned integers as varints below 2⁵³ and
// byte strings behind their length. After an error it reads zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<53-1 {
		r.b, r.err = nil, errWire
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.b, r.err = nil, errWire
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) string() []byte {
	b := r.bytes()
	if !utf8.Valid(b) {
		r.b, r.err = nil, errWire
	}
	return b
}
