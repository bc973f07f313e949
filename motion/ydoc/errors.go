package ydoc

import "errors"

// What a refused update is refused for. The update changed nothing.
var (
	// ErrMalformed: the bytes are no Yjs v1 update, go on behind its end, or
	// contradict themselves.
	ErrMalformed = errors.New("malformed update")
	// ErrUnsupported: the update is sound, but carries a subdocument or a
	// shared type unknown to Yjs 13.6 (a weak link).
	ErrUnsupported = errors.New("unsupported content")
	// ErrTooLarge: what waits for its cause would exceed Doc.MaxPending, or
	// a value is nested deeper than maxDepth, a client counts beyond 32 bits,
	// or the update takes more work than Doc.MaxWork allows.
	ErrTooLarge = errors.New("too large")
)
