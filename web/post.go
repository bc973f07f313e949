package web

import (
	"context"
	"time"
)

// post sends e-mails off the requests' path: one goroutine, a bounded queue.
type post struct {
	s     *Server
	queue chan letter
	first chan letter   // of who waits for it, before the others
	pause time.Duration // before the second try; twice that before the third
}

// maxLetters bounds what waits: an assembly's élus, invited at once.
const (
	maxLetters = 10_000
	maxWaited  = 1000 // links and receipts that people asked for
)

type letter struct {
	to, subject, text string
	done              func(sent bool) // told what came of it, unless the server stops first; nil: somebody waits for it
}

func newPost(s *Server) *post {
	p := &post{s: s, queue: make(chan letter, maxLetters), first: make(chan letter, maxWaited), pause: 5 * time.Second}
	if s.Mail != nil {
		s.tasks.Go(p.run)
	}
	return p
}

// send queues a message; false when there is no mailer or the queue is full.
func (p *post) send(l letter) bool {
	if p.s.Mail == nil || l.to == "" {
		return false
	}
	to := p.queue
	if l.done == nil {
		to = p.first
	}
	select {
	case to <- l:
		return true
	default:
		p.s.Log.Error("e-mail queue full")
		return false
	}
}

func (p *post) run() {
	for {
		var l letter
		select {
		case l = <-p.first:
		default:
			select {
			case <-p.s.ctx.Done():
				return
			case l = <-p.first:
			case l = <-p.queue:
			}
		}
		if sent := p.deliver(l); l.done != nil && p.s.ctx.Err() == nil {
			l.done(sent)
		}
	}
}

// deliver tries three times.
func (p *post) deliver(l letter) bool {
	for try := range 3 {
		select {
		case <-p.s.ctx.Done():
			return false
		case <-time.After(time.Duration(try) * p.pause):
		}
		ctx, cancel := context.WithTimeout(p.s.ctx, 30*time.Second)
		err := p.s.Mail.Send(ctx, l.to, l.subject, l.text)
		cancel()
		if err == nil {
			return true
		}
		p.s.Log.Error("e-mail not sent", "try", try+1)
	}
	return false
}
