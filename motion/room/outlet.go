package room

// An Outlet takes a connection's frames to its client. The room's goroutine
// calls it, one call after the other, so it never waits for the client.
type Outlet interface {
	// Write takes the next frame. False: the client is too far behind, and is
	// to be ended with TooSlow.
	Write(*Frame) bool
	// End is the last call; why is nil when the client left by itself.
	End(why *Close)
}

// A Frame is one message of the protocol, the same for all connections that
// get it.
type Frame struct {
	Bytes []byte // not to be changed
	// Prepared is the outlets' own: what the first of them made of Bytes, for
	// the others. Only to be used within Write.
	Prepared any
}
