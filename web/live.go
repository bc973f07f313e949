package web

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// The frames of /live. The page sends {"from":SEQ} once, right after it has
// connected: it gets what it missed since, then what happens.
//
//	kind                    fields            who gets it
//	contribution.submitted  seq, id, html     whoever may read the edition
//	contribution.revised    seq, id           whoever may read the edition
//	analysis.progress       run, stage, done, total, percent   staff
//	analysis.done           run, error        staff
//	import.progress         run, stage, done, total, percent   staff
//	import.done             run, done, total, error            staff
//	themes.changed          seq               staff
//	words.changed           seq               whoever writes motions: words that they may
//	                        cite are erased, hidden or shown again
//	motion.comment          seq, id (motion)  whoever writes the motion
//	motion.restored         seq, id (motion), text, address   whoever writes the motion
//	motion.frozen           seq, id (motion), text, address   whoever writes the motion;
//	                        the address is of the editor, once one may write again
//	presence                count (people)    all
//	resync                  seq               a page that missed too much: it reloads
type frameOut struct {
	Kind    string `json:"kind"`
	Seq     uint64 `json:"seq,omitempty"`
	ID      string `json:"id,omitempty"`
	HTML    string `json:"html,omitempty"`
	Run     string `json:"run,omitempty"`
	Stage   string `json:"stage,omitempty"`
	Done    int    `json:"done,omitempty"`
	Total   int    `json:"total,omitempty"`
	Percent int    `json:"percent,omitempty"`
	Error   string `json:"error,omitempty"`
	Count   int    `json:"count,omitempty"`
	Text    string `json:"text,omitempty"`    // a sentence to show
	Address string `json:"address,omitempty"` // of the page that says more
}

// Bounds of /live.
const (
	maxLive   = 5_000 // connections
	liveQueue = 256   // facts that one connection may be behind
	maxMissed = 500   // facts that a page catches up with; beyond, it reloads
)

// live hands out what happens to the pages that are open.
type live struct {
	s     *Server
	mu    sync.Mutex
	conns map[*liveConn]struct{}
}

type liveConn struct {
	c     *websocket.Conn
	who   string
	by    string        // the session, "" a visitor's
	extra chan frameOut // presence and progress; dropped when the page is behind
	ended chan struct{} // holds one when the session has ended
}

func newLive(s *Server) *live { return &live{s: s, conns: map[*liveConn]struct{}{}} }

func (l *live) serve(w http.ResponseWriter, r *http.Request) {
	person, by := "", ""
	if p, err := l.s.Access.Who(r.Context(), session(r)); err == nil {
		person, by = p.ID, session(r)
	}
	c, err := l.s.upgrade(w, r)
	if err != nil {
		return
	}
	lc := &liveConn{c: c, who: person, by: by, extra: make(chan frameOut, 32), ended: make(chan struct{}, 1)}
	l.mu.Lock()
	full := len(l.conns) >= maxLive
	if !full {
		l.conns[lc] = struct{}{}
	}
	l.mu.Unlock()
	if full {
		bye(c, websocket.CloseTryAgainLater, "Trop de pages ouvertes : rechargez plus tard.")
		return
	}
	l.s.tasks.Add(1)
	defer l.s.tasks.Done()
	defer func() {
		l.mu.Lock()
		delete(l.conns, lc)
		l.mu.Unlock()
		c.Close()
		l.presence()
	}()
	l.presence()
	// The reading goroutine ends when the connection does, which this
	// function's return brings about.
	from := make(chan uint64, 1)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for first := true; ; first = false {
			var in struct {
				From uint64 `json:"from"`
			}
			if err := c.ReadJSON(&in); err != nil {
				return
			}
			if first {
				from <- in.From
			}
		}
	}()
	l.tell(lc, from, gone)
}

// tell writes to one page until it leaves, falls behind or the server stops.
func (l *live) tell(lc *liveConn, from <-chan uint64, gone <-chan struct{}) {
	sub, head := l.s.Ledger.Subscribe(liveQueue)
	defer sub.Close()
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	write := func(f frameOut) bool {
		lc.c.SetWriteDeadline(time.Now().Add(writeWait))
		return lc.c.WriteJSON(f) == nil
	}
	for {
		select {
		case <-gone:
			return
		case <-l.s.ctx.Done():
			bye(lc.c, websocket.CloseGoingAway, "Le serveur redémarre.")
			return
		case <-lc.ended:
			bye(lc.c, room.SignedOut, "Vous n’êtes plus connecté·e.")
			return
		case seq := <-from:
			if !l.replay(lc, seq, head, write) {
				return
			}
		case f, ok := <-sub.C:
			if !ok {
				bye(lc.c, 4408, "Trop de retard : reconnectez-vous.")
				return
			}
			if out, ok := l.frame(lc, &f); ok && !write(out) {
				return
			}
		case f := <-lc.extra:
			if !write(f) {
				return
			}
		case <-ping.C:
			if lc.c.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait)) != nil {
				return
			}
		}
	}
}

// replay sends what happened after seq, up to where the subscription begins.
func (l *live) replay(lc *liveConn, seq uint64, head store.Head, write func(frameOut) bool) bool {
	if seq == 0 || seq >= head.Seq {
		return true
	}
	if head.Seq-seq > maxMissed {
		return write(frameOut{Kind: "resync", Seq: head.Seq})
	}
	alive := true
	err := l.s.Store.Read(l.s.ctx, seq+1, func(f store.Fact) bool {
		if f.Seq > head.Seq {
			return false
		}
		if out, ok := l.frame(lc, &f); ok {
			alive = write(out)
		}
		return alive
	})
	return alive && err == nil
}

// gone are the kinds of facts after which other words may be cited.
var gone = []string{"person.erased", "contribution.hidden", "contribution.shown"}

// frame is what one page is told of a fact; false when nothing.
func (l *live) frame(lc *liveConn, f *store.Fact) (out frameOut, ok bool) {
	if f.Kind == "motion.comment" || f.Kind == "motion.thread.resolved" {
		return l.said(lc, f)
	}
	if desk.Decided(f.Kind) {
		return frameOut{Kind: "themes.changed", Seq: f.Seq}, l.s.isStaff(lc.who)
	}
	if slices.Contains(gone, f.Kind) {
		l.s.view(func(st *consult.State) { ok = motion.MayEdit(st, lc.who) })
		return frameOut{Kind: "words.changed", Seq: f.Seq}, ok
	}
	if to, kept, ok := motion.ReadWentBack(f); ok {
		return l.wentBack(lc, f, to, kept)
	}
	if frozen, ok := motion.ReadFrozen(f); ok {
		return l.froze(lc, f, frozen)
	}
	if f.Kind != "contribution.submitted" && f.Kind != "contribution.revised" {
		return out, false
	}
	var c shown
	l.s.Ledger.View(func(v ledger.View) {
		st := ledger.Of[*consult.State](v)
		x := st.Contribution(f.Subject)
		if x == nil || x.Erased || x.Hidden != "" {
			return
		}
		if e := st.Edition(x.Edition); st.MayRead(e, lc.who) {
			c, ok = show(st, e, x), true
		}
	})
	if !ok {
		return out, false
	}
	out = frameOut{Kind: f.Kind, Seq: f.Seq, ID: c.ID}
	html, err := l.s.part("contribution", c)
	if err != nil {
		l.s.Log.Error("live part", "error", err)
		return out, false
	}
	out.HTML = html
	return out, true
}

// said tells who writes a motion that something was said about it; they ask
// what.
func (l *live) said(lc *liveConn, f *store.Fact) (out frameOut, ok bool) {
	l.s.Ledger.View(func(v ledger.View) {
		if t := ledger.Of[*motion.State](v).Thread(f.Subject); t != nil && motion.MayEdit(ledger.Of[*consult.State](v), lc.who) {
			out, ok = frameOut{Kind: "motion.comment", Seq: f.Seq, ID: t.Motion}, true
		}
	})
	return out, ok
}

// wentBack tells who writes a motion that somebody put an earlier text in place
// of the one that they write in, and where that one is.
func (l *live) wentBack(lc *liveConn, f *store.Fact, to, kept string) (out frameOut, ok bool) {
	l.s.Ledger.View(func(v ledger.View) {
		st, m := ledger.Of[*consult.State](v), ledger.Of[*motion.State](v).Motion(f.Subject)
		if m == nil || !motion.MayEdit(st, lc.who) {
			return
		}
		label := "antérieure"
		for _, x := range momentsOf(st, m, true) {
			if x.Key == to {
				label = "«\u00a0" + x.Label + "\u00a0»"
			}
		}
		out = frameOut{Kind: "motion.restored", Seq: f.Seq, ID: m.ID, Address: "/motion/" + m.ID + "/versions",
			Text: personName(st, f.Actor) + " est revenu·e à la version " + label + "\u202f; ce qui était écrit juste avant est gardé dans les versions."}
		if kept != "" {
			out.Address += "?de=" + kept + "&a=texte"
		}
		ok = true
	})
	return out, ok
}

// froze tells who writes a motion that somebody froze it or opened it again, and
// why.
func (l *live) froze(lc *liveConn, f *store.Fact, frozen bool) (out frameOut, ok bool) {
	l.s.Ledger.View(func(v ledger.View) {
		st, m := ledger.Of[*consult.State](v), ledger.Of[*motion.State](v).Motion(f.Subject)
		if m == nil || m.Frozen != frozen || !motion.MayEdit(st, lc.who) {
			return // it has changed again since, which is told too
		}
		out, ok = frameOut{Kind: "motion.frozen", Seq: f.Seq, ID: m.ID}, true
		out.Text = frozenLine(st, m)
		if !frozen {
			out.Address = "/motion/" + m.ID + "/rediger"
		}
	})
	return out, ok
}

// send passes a frame to the pages of those whom may selects; a page that is
// behind misses it.
func (l *live) send(f frameOut, may func(person string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for lc := range l.conns {
		if may == nil || may(lc.who) {
			select {
			case lc.extra <- f:
			default:
			}
		}
	}
}

// sessions are those that have a page open.
func (l *live) sessions() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string]bool{}
	for lc := range l.conns {
		if lc.by != "" {
			out[lc.by] = true
		}
	}
	return out
}

// signedOut ends the pages of sessions.
func (l *live) signedOut(sessions map[string]bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for lc := range l.conns {
		if sessions[lc.by] {
			select {
			case lc.ended <- struct{}{}:
			default:
			}
		}
	}
}

// presence tells how many people are there: each who is signed in once, however
// many pages they have open. Who is not cannot be told from another page of
// theirs, and is not counted.
func (l *live) presence() {
	l.mu.Lock()
	people := map[string]bool{}
	for lc := range l.conns {
		people[lc.who] = true
	}
	l.mu.Unlock()
	delete(people, "")
	l.send(frameOut{Kind: "presence", Count: len(people)}, nil)
}
