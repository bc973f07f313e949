package web

import (
	"context"
	"time"
)

// post sends e-mails off the requests' path: one goroutine, a bounded queue.
type post struct {
	s     *Server
	queue chan letter
	pause time.Duration // before the second try; twice that before the third
}

// maxLetters bounds what waits: an assembly's élus, invited at once.
const maxLetters = 10_000

type letter struct {
	to, subject, text string
	done              func(sent bool) // told what came of it, unless the server stops first; may be nil
}

func newPost(s *Server) *post {
	p := &post{s: s, queue: make(chan letter, maxLetters), pause: 5 * time.Second}
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
	select {
	case p.queue <- l:
		return true
	default:
		p.s.Log.Error("e-mail queue full")
		return false
	}
}

func (p *post) run() {
	for {
		select {
		case <-p.s.ctx.Done():
			return
		case l := <-p.queue:
			sent := p.deliver(l)
			if l.done != nil && p.s.ctx.Err() == nil {
				l.done(sent)
			}
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
