package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion/room"
)

// sync joins a websocket to a motion's shared text: the y-websocket protocol,
// see package room. Who is not signed in gets code 4401; who may not read gets
// an auth message with the reason, then 4403.
func (s *Server) sync(w http.ResponseWriter, r *http.Request) {
	who, err := s.Access.Who(r.Context(), session(r))
	c, uerr := s.upgrade(w, r)
	if uerr != nil {
		return
	}
	s.tasks.Add(1)
	defer s.tasks.Done()
	defer c.Close()
	if err != nil {
		c.WriteMessage(websocket.BinaryMessage, room.Denied("Entrez d’abord avec votre lien."))
		bye(c, room.SignedOut, "Entrez d’abord avec votre lien.")
		return
	}
	conn, err := s.Rooms.Join(s.ctx, r.PathValue("id"), room.Member{
		Person: who.ID, Name: who.Name(), Color: colourOf(who.ID), Ack: r.URL.Query().Get("ack") == "1",
		ReadOnly: who.Role != consult.Rapporteur && who.Role != consult.Staff,
	})
	if err != nil {
		s.refuse(c, err)
		return
	}
	// One goroutine reads, this one writes; each ends the other.
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer conn.Leave()
		for {
			kind, frame, err := c.ReadMessage()
			if err != nil {
				return
			}
			if len(frame) > maxFrame {
				bye(c, room.Full, "Message trop volumineux\u00a0: enregistrez moins à la fois.")
				return
			}
			if kind != websocket.BinaryMessage {
				bye(c, room.Malformed, "Message illisible\u00a0: rechargez la page.")
				return
			}
			if conn.Receive(frame) != nil {
				return // the reason is told where frames are written
			}
		}
	}()
	s.pump(c, conn)
	c.Close()
	<-read
}

// pump writes what the room sends until the connection ends.
func (s *Server) pump(c *websocket.Conn, conn *room.Conn) {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-s.ctx.Done():
			bye(c, room.Stopping, "Le serveur redémarre.")
			return
		case frame, ok := <-conn.Send():
			if !ok {
				if why := conn.Closed(); why != nil {
					s.refuse(c, why)
				}
				return
			}
			c.SetWriteDeadline(time.Now().Add(writeWait))
			if c.WriteMessage(websocket.BinaryMessage, frame) != nil {
				return
			}
		case <-ping.C:
			if c.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait)) != nil {
				return
			}
		}
	}
}

// refuse ends a websocket with a room's reason.
func (s *Server) refuse(c *websocket.Conn, err error) {
	var why *room.Close
	if !errors.As(err, &why) {
		s.Log.Error("sync", "error", err)
		why = &room.Close{Code: room.Failed, Reason: "Le serveur n’arrive pas à enregistrer\u00a0: la page réessaie d’elle-même."}
	}
	if why.Code == room.Refused {
		c.SetWriteDeadline(time.Now().Add(writeWait))
		c.WriteMessage(websocket.BinaryMessage, room.Denied(why.Reason))
	}
	bye(c, why.Code, why.Reason)
}
