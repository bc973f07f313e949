package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion/room"
)

// sync joins a websocket to a motion's shared text: the y-websocket protocol,
// see package room. Who is not signed in gets code 4401; who may not read gets
// an auth message with the reason, then 4403. With ?lecture=1 the connection
// only reads, whoever's it is.
//
// A connection costs one goroutine, which reads, and neither the request's
// memory nor its stack: thousands may read along.
func (s *Server) sync(w http.ResponseWriter, r *http.Request) {
	who, err := s.Access.Who(r.Context(), session(r))
	response := &laned{ResponseWriter: w}
	c, uerr := s.upgrade(response, r)
	if uerr != nil {
		return
	}
	l := &line{s: s, c: c, lane: response.lane}
	motion, signed, ack, only := r.PathValue("id"), session(r), r.URL.Query().Get("ack") == "1", r.URL.Query().Get("lecture") == "1"
	s.tasks.Go(func() {
		defer c.Close()
		l.run(motion, who, signed, err, ack, only)
	})
}

// A line is the outlet of one connection to a room.
type line struct {
	s    *Server
	c    *websocket.Conn
	lane *lane

	pings *time.Timer
}

func (l *line) run(motion string, who *consult.Person, session string, err error, ack, only bool) {
	defer context.AfterFunc(l.s.ctx, func() { l.bye(&room.Close{Code: room.Stopping, Reason: "Le serveur redémarre."}) })()
	if err != nil {
		reason := "Entrez d’abord avec votre lien."
		l.Write(&room.Frame{Bytes: room.Denied(reason)})
		l.bye(&room.Close{Code: room.SignedOut, Reason: reason})
		l.drain()
		return
	}
	conn, err := l.s.Rooms.Join(l.s.ctx, motion, room.Member{
		Person: who.ID, Session: session, Name: who.Name(), Color: colourOf(who.ID), Ack: ack,
		ReadOnly: only || who.Role != consult.Rapporteur && who.Role != consult.Staff,
	}, l)
	if err != nil {
		l.refuse(err)
		l.drain()
		return
	}
	defer conn.Leave()
	l.pings = time.AfterFunc(time.Hour, l.ping)
	l.pings.Reset(pingEvery)
	defer l.pings.Stop()
	for {
		kind, frame, err := l.c.ReadMessage()
		switch {
		case err != nil:
			return
		case len(frame) > maxFrame:
			l.bye(&room.Close{Code: room.Full, Reason: "Message trop volumineux\u00a0: enregistrez moins à la fois."})
		case kind != websocket.BinaryMessage:
			l.bye(&room.Close{Code: room.Malformed, Reason: "Message illisible\u00a0: rechargez la page."})
		case conn.Receive(frame) == nil:
			continue
		}
		l.drain()
		return
	}
}

// drain reads until the client has closed, or the lane's last moment is over.
func (l *line) drain() {
	for {
		if _, _, err := l.c.NextReader(); err != nil {
			return
		}
	}
}

// ping asks whether the client is there, and again.
func (l *line) ping() {
	if l.c.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait)) == nil {
		l.pings.Reset(pingEvery)
	}
}

// Write implements [room.Outlet]. Thousands get the same frame: it is framed
// once, and goes past gorilla's own writing to the lane under it.
func (l *line) Write(f *room.Frame) bool {
	framed, ok := f.Prepared.([]byte)
	if !ok {
		framed = binaryFrame(f.Bytes)
		f.Prepared = framed
	}
	return l.lane.send(framed)
}

// End implements [room.Outlet].
func (l *line) End(why *room.Close) {
	if why != nil {
		l.refuse(why)
	}
}

// refuse ends a websocket with a room's reason.
func (l *line) refuse(err error) {
	var why *room.Close
	if !errors.As(err, &why) {
		l.s.Log.Error("sync", "error", err)
		why = &room.Close{Code: room.Failed, Reason: "Le serveur n’arrive pas à enregistrer\u00a0: la page réessaie d’elle-même."}
	}
	if why.Code == room.Refused {
		l.Write(&room.Frame{Bytes: room.Denied(why.Reason)})
	}
	l.bye(why)
}

// bye tells the client why, and closes when it has read it.
func (l *line) bye(why *room.Close) {
	_ = l.c.WriteControl(websocket.CloseMessage, closing(why.Code, why.Reason), time.Now().Add(writeWait))
	l.lane.finish()
}
