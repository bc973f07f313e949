package web

import (
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// dismissWhoMayNot ends the connections to motions of whoever loses the role
// that opened them, and of those who write in one that is frozen, as soon as the fact is published here: what a connection
// sends is judged at each frame, but one that only listens would go on.
func (s *Server) dismissWhoMayNot() {
	for s.ctx.Err() == nil {
		facts, _ := s.Ledger.Subscribe(256)
		// What was missed, at the start or by being slow, is looked at whole.
		for _, p := range s.everybody() {
			s.dismiss(p)
		}
		s.Rooms.Judge("")
		s.follow(facts)
		facts.Close()
		select { // the ledger was closed, or we were slow
		case <-s.ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *Server) follow(facts *ledger.Subscription) {
	for {
		select {
		case <-s.ctx.Done():
			return
		case f, ok := <-facts.C:
			if !ok {
				return
			}
			s.heed(&f)
		}
	}
}

func (s *Server) heed(f *store.Fact) {
	switch f.Kind {
	case "person.accredited":
		s.dismiss(f.Subject)
	case "motion.frozen":
		s.Rooms.Judge(f.Subject)
	case "person.erased":
		s.Rooms.Dismiss(f.Subject, room.SignedOut)
	}
}

// dismiss ends what the person has open and may not read any more.
func (s *Server) dismiss(person string) {
	may := false
	s.view(func(st *consult.State) { may = motion.MayEdit(st, person) })
	if !may {
		s.Rooms.Dismiss(person, room.Refused)
	}
}

func (s *Server) everybody() (ids []string) {
	s.view(func(st *consult.State) {
		for _, p := range st.People() {
			ids = append(ids, p.ID)
		}
	})
	return ids
}
