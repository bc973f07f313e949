package web

import (
	"context"
	"time"
)

// post sends e-mails off the requests' path: one goroutine, a bounded queue.
type post struct {
	s     *Server
	queue chan letter
}

type letter struct{ to, subject, text string }

func newPost(s *Server) *post {
	p := &post{s: s, queue: make(chan letter, 1000)}
	if s.Mail != nil {
		s.tasks.Go(p.run)
	}
	return p
}

// send queues a message; false when there is no mailer or the queue is full.
func (p *post) send(to, subject, text string) bool {
	if p.s.Mail == nil || to == "" {
		return false
	}
	select {
	case p.queue <- letter{to, subject, text}:
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
			for try := range 3 {
				ctx, cancel := context.WithTimeout(p.s.ctx, 30*time.Second)
				err := p.s.Mail.Send(ctx, l.to, l.subject, l.text)
				cancel()
				if err == nil {
					break
				}
				p.s.Log.Error("e-mail not sent", "try", try+1)
				select {
				case <-p.s.ctx.Done():
					return
				case <-time.After(time.Duration(try+1) * 5 * time.Second):
				}
			}
		}
	}
}
