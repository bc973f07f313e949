package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
	"github.com/villes-internet/congres/web/ui"
)

// Config is what a server works with. Mail may be nil: staff then see the
// sign-in links themselves.
type Config struct {
	Ledger    *ledger.Ledger
	Store     store.Store
	Access    *access.Access
	Desk      *desk.Desk
	Rooms     *room.Hub
	Shelf     *motion.Shelf
	Publisher *motion.Publisher
	Mail      Mailer
	Alone     bool   // no other process has the store: what does not run here runs nowhere
	PublicURL string // without a final slash
	Log       *slog.Logger
}

// A Mailer sends one message in plain text.
type Mailer interface {
	Send(ctx context.Context, to, subject, text string) error
}

// A Server serves the pages and websockets. Close it before what it works with.
type Server struct {
	Config
	pages    map[string]*page
	assets   map[string]string // name → its address with a version
	limits   *limits
	live     *live
	steering *steering
	post     *post
	words    words
	ctx      context.Context
	stop     context.CancelFunc
	tasks    sync.WaitGroup
	handler  http.Handler
}

// New makes a server and starts what works behind its pages.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c, limits: newLimits()}
	s.ctx, s.stop = context.WithCancel(context.Background())
	var err error
	if s.assets, err = fingerprint(ui.Dist()); err != nil {
		return nil, err
	}
	if s.pages, err = s.parse(ui.Templates()); err != nil {
		return nil, err
	}
	s.live = newLive(s)
	s.post = newPost(s)
	s.handler = s.routes()
	s.tasks.Go(s.tellRuns)
	s.tasks.Go(s.dismissWhoMayNot)
	s.tasks.Go(s.dismissWhoLeft)
	return s, nil
}

// Close ends the websockets and the work in the background.
func (s *Server) Close() {
	s.stop()
	s.tasks.Wait()
}

// ServeHTTP serves one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// now is the server's clock, which all rules on time use.
func (s *Server) now() time.Time { return s.Ledger.Now() }

// view runs fn on the consultation's published state.
func (s *Server) view(fn func(*consult.State)) {
	s.Ledger.View(func(v ledger.View) { fn(ledger.Of[*consult.State](v)) })
}

// do has one act decided for the visitor.
// A visitor acts as nobody: the domains take an actor without a name for the
// system itself.
func (v *visit) do(key string, decide func(*ledger.Tx) error) (ledger.Outcome, error) {
	if v.who == nil {
		return ledger.Outcome{}, access.ErrNoSession
	}
	return v.s.Ledger.Do(v.r.Context(), ledger.Command{Actor: v.id(), Key: key, Decide: decide})
}

// fingerprint gives each file of the bundle an address that changes with its
// content, so that browsers may keep it for ever.
func fingerprint(dist fs.FS) (map[string]string, error) {
	out := map[string]string{}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		out[name] = "/statique/" + name + "?v=" + hex.EncodeToString(sum[:6])
		return nil
	})
	return out, err
}

// sameSite says whether address leads back to this site: a path of ours, and no
// words beside it.
func sameSite(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") &&
		!strings.HasPrefix(address, "//") && !strings.ContainsFunc(address, func(r rune) bool {
		return r == '\\' || unicode.IsSpace(r) || consult.Unseen(r)
	})
}
