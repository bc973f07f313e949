package web

import (
	"encoding/binary"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxFrame  = 1 << 20
	writeWait = 10 * time.Second
	pongWait  = 60 * time.Second
	pingEvery = 25 * time.Second
)

// upgrade opens a websocket for a page of ours; another site's page gets 403.
func (s *Server) upgrade(w http.ResponseWriter, r *http.Request) (*websocket.Conn, error) {
	up := websocket.Upgrader{
		CheckOrigin:     s.sameOrigin,
		ReadBufferSize:  1 << 10, // clients say little, and larger messages pass it by
		WriteBufferPool: &buffers,
		Error: func(w http.ResponseWriter, r *http.Request, status int, reason error) {
			http.Error(w, "Connexion refusée\u00a0: ouvrez cette adresse depuis une page du congrès.", status)
		},
	}
	c, err := up.Upgrade(w, r, nil)
	if err != nil {
		return nil, err
	}
	c.SetReadLimit(4 * maxFrame) // beyond, gorilla closes with 1009 by itself; up to it, we say why
	c.SetReadDeadline(time.Now().Add(pongWait))
	c.SetPongHandler(func(string) error { return c.SetReadDeadline(time.Now().Add(pongWait)) })
	return c, nil
}

// sameOrigin is true without an Origin (no browser) or with ours.
func (s *Server) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == s.PublicURL {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// binaryFrame is a server's frame of one binary message (RFC 6455 §5.2).
func binaryFrame(message []byte) []byte {
	const final, opcode = 0x80, websocket.BinaryMessage
	b := make([]byte, 1, len(message)+10)
	b[0] = final | opcode
	switch n := len(message); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = append(b, 126, byte(n>>8), byte(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, message...)
}

// bye closes a websocket with a code and a short reason.
func bye(c *websocket.Conn, code int, reason string) {
	c.WriteControl(websocket.CloseMessage, closing(code, reason), time.Now().Add(writeWait))
	c.Close()
}

// closing is what a close frame says.
func closing(code int, reason string) []byte {
	if len(reason) > 120 {
		reason = reason[:120]
	}
	return websocket.FormatCloseMessage(code, strings.ToValidUTF8(reason, ""))
}

// buffers are shared by connections while they write.
var buffers sync.Pool
