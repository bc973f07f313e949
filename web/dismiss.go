package web

import (
	"errors"
	"time"

	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion/room"
)

// dismissWhoMayNot ends the connections to motions of whoever loses the role
// that opened them, and of those who write in one that is frozen, as soon as the
// fact is published here: what a connection sends is judged at each frame, but one
// that only listens would go on.
func (s *Server) dismissWhoMayNot() {
	for s.ctx.Err() == nil {
		facts, _ := s.Ledger.Subscribe(256)
		s.Rooms.Judge("") // for what was missed, at the start or by being slow
		s.follow(facts)
		facts.Close()
		select { // the ledger was closed, or we were slow
		case <-s.ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *Server) follow(facts *ledger.Subscription) {
	for changed := false; ; {
		select {
		case <-s.ctx.Done():
			return
		case f, ok := <-facts.C:
			if !ok {
				return
			}
			switch f.Kind {
			case "person.accredited":
				changed = true
			case "motion.frozen":
				s.Rooms.Judge(f.Subject)
			case "person.erased":
				s.Rooms.Dismiss(room.SignedOut, func(m room.Member) bool { return m.Person == f.Subject })
			}
			if changed && len(facts.C) == 0 { // once for a whole list of élus
				s.Rooms.Judge("")
				changed = false
			}
		}
	}
}

// signedOut ends what sessions have open here: the motion's text and /live.
func (s *Server) signedOut(sessions map[string]bool) {
	s.Rooms.Dismiss(room.SignedOut, func(m room.Member) bool { return sessions[m.Session] })
	s.live.signedOut(sessions)
}

// dismissWhoLeft ends, from time to time, what is open of sessions that have ended
// elsewhere: signed out at another node, expired.
func (s *Server) dismissWhoLeft() {
	every := time.NewTicker(time.Minute)
	defer every.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-every.C:
			s.signedOut(s.ended())
		}
	}
}

// ended are the sessions of what is open here that are none any more.
func (s *Server) ended() map[string]bool {
	open, ended := s.live.sessions(), map[string]bool{}
	s.Rooms.Dismiss(room.SignedOut, func(m room.Member) bool { open[m.Session] = true; return false })
	for session := range open {
		if _, err := s.Access.Who(s.ctx, session); errors.Is(err, access.ErrNoSession) {
			ended[session] = true
		}
	}
	return ended
}
