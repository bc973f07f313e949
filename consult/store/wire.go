package store

import "fmt"

// CheckWord refuses what is over the limits of [Wire].Tell.
func CheckWord(topic string, word []byte) error {
	if len(word) > MaxWord {
		return fmt.Errorf("%w: a word of %d bytes", ErrTooLarge, len(word))
	}
	return CheckName(topic)
}

// An Ear is the queue of one listener to a [Wire], which the implementation
// fills and closes.
type Ear chan []byte

// NewEar makes one.
func NewEar() Ear { return make(Ear, MaxUnheard) }

// Hear queues a word and never waits: a listener that is too slow loses what
// waits for it, and is told. One goroutine at a time may call it.
func (e Ear) Hear(word []byte) {
	select {
	case e <- word:
		return
	default:
	}
	for emptied := false; !emptied; {
		select {
		case <-e:
		default:
			emptied = true
		}
	}
	e <- nil // only we send: there is room
	e <- word
}
