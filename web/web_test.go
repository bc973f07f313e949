package web

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// A site is a server on a store of its own, with an edition that is open, one
// member of staff and two élus. Every page asked for through it is checked to
// be whole.
type site struct {
	t                 *testing.T
	server            *Server
	ledger            *ledger.Ledger
	store             store.Store
	access            *access.Access
	url               string
	mail              *mailbox // nil unless withMail
	staff, zoe, karim string   // identifiers of people
	edition, axis     string
	mu                sync.Mutex
	clock             time.Time
}

// Of a site's making.
type siteOption func(*Config, *site)

// withMail makes the site send e-mails, into s.mail.
func withMail(c *Config, s *site) { s.mail = &mailbox{}; c.Mail = s.mail }

func newSite(t *testing.T, options ...siteOption) *site {
	t.Helper()
	s := bareSite(t, options...)
	s.staff = s.accredit("", consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "equipe@congres.example", Role: consult.Staff})
	town := consult.Collectivity{Code: "X0101", Name: "Villebrume", Department: "98", Population: 2400}
	s.zoe = s.accredit(s.staff, consult.Person{FirstName: "Zoé", LastName: "Brume", Email: "zoe@villebrume.example", Mandate: "maire", Town: town, Role: consult.Elu})
	s.karim = s.accredit(s.staff, consult.Person{FirstName: "Karim", LastName: "Haddad", Email: "karim@villebrume.example", Mandate: "adjoint", Town: town, Role: consult.Elu})
	s.do(s.staff, func(tx *ledger.Tx) (err error) {
		s.edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès 2026",
			Axes:  []consult.Axis{{Title: "Inclusion", Question: "Comment n'oublier personne ?"}, {Title: "Sobriété"}},
			Opens: s.now().Add(-24 * time.Hour), Closes: s.now().Add(24 * time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	s.view(func(st *consult.State) { s.axis = st.Edition(s.edition).Axes[0].ID })
	return s
}

// bareSite is a site on an empty store.
func bareSite(t *testing.T, options ...siteOption) *site {
	t.Helper()
	return siteOn(t, func(now func() time.Time) (store.Store, error) {
		return bolt.Open(t.Context(), filepath.Join(t.TempDir(), "congres.db"), &bolt.Options{Now: now})
	}, options...)
}

// siteOn is a site on what a store holds.
func siteOn(t *testing.T, open func(now func() time.Time) (store.Store, error), options ...siteOption) *site {
	t.Helper()
	s := &site{t: t, clock: time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC)}
	var err error
	if s.store, err = open(s.now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.store.Close() })
	s.ledger, err = ledger.Open(t.Context(), ledger.Config{Journal: s.store, Now: s.now,
		Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState(), desk.NewState(), motion.NewState()} }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.ledger.Close)
	s.access = &access.Access{Ledger: s.ledger, Secrets: s.store}
	d := desk.New(desk.Config{Ledger: s.ledger, Blobs: s.store, Engine: noEngine{}})
	t.Cleanup(d.Close)
	h := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.server.ServeHTTP(w, r) }))
	s.url = "http://" + h.Listener.Addr().String()
	rooms := room.New(room.Config{Log: s.store, Wire: s.store, Rights: s.rights, Colors: CaretColours()})
	t.Cleanup(rooms.Close)
	shelf := &motion.Shelf{Blobs: s.store}
	c := Config{Ledger: s.ledger, Store: s.store, Access: s.access, Desk: d, Rooms: rooms, Shelf: shelf,
		Publisher: &motion.Publisher{Ledger: s.ledger, Blobs: s.store, Shelf: shelf, Desk: d}, PublicURL: s.url, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for _, option := range options {
		option(&c, s)
	}
	if s.server, err = New(c); err != nil {
		t.Fatal(err)
	}
	h.Start()
	t.Cleanup(func() { s.server.Close(); h.Close() })
	return s
}

func (s *site) rights(doc, person string) (read, write bool, reason string) {
	s.ledger.View(func(v ledger.View) {
		read, write, reason = motion.Rights(ledger.Of[*consult.State](v), ledger.Of[*motion.State](v).Motion(doc), person)
	})
	return read, write, reason
}

// noEngine analyses nothing.
type noEngine struct{}

func (noEngine) Run(context.Context, corpora.Corpus, analysis.Settings) (*analysis.Report, error) {
	return nil, analysis.ErrEmpty
}

func (noEngine) Revise(context.Context, corpora.Corpus, *analysis.Report, []analysis.Prior) (*analysis.Report, error) {
	return nil, analysis.ErrEmpty
}

func (noEngine) Forget() {}

func (noEngine) Reread(context.Context, corpora.Corpus, *analysis.Report) (*analysis.Report, error) {
	return nil, analysis.ErrEmpty
}

// mailbox keeps what is sent.
type mailbox struct {
	mu   sync.Mutex
	sent []string // recipients
}

func (m *mailbox) Send(_ context.Context, to, _, _ string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, to)
	return nil
}

func (s *site) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock
}

// later moves the site's clock.
func (s *site) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = s.clock.Add(d)
}

func (s *site) do(actor string, fn func(*ledger.Tx) error) {
	s.t.Helper()
	if _, err := s.ledger.Do(s.t.Context(), ledger.Command{Actor: actor, Decide: fn}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) accredit(actor string, p consult.Person) (id string) {
	s.t.Helper()
	s.do(actor, func(tx *ledger.Tx) (err error) { id, _, err = consult.Accredit(tx, p); return err })
	return id
}

// submit has an élu write on the first axis.
// motion opens one, by whoever may.
func (s *site) motion(person string) (id string) {
	s.t.Helper()
	out, err := s.ledger.Do(s.t.Context(), ledger.Command{Actor: person, Decide: func(tx *ledger.Tx) error {
		_, err := motion.Open(tx, s.edition, "Motion", nil)
		return err
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return out.Subject
}

func (s *site) submit(actor, text string) (id string) {
	s.t.Helper()
	s.do(actor, func(tx *ledger.Tx) (err error) { id, err = consult.Submit(tx, s.edition, s.axis, text); return err })
	return id
}

func (s *site) view(fn func(*consult.State)) {
	s.ledger.View(func(v ledger.View) { fn(ledger.Of[*consult.State](v)) })
}

// total is how many contributions the current edition has.
func (s *site) total() (n int) {
	s.view(func(st *consult.State) {
		n = len(st.Contributions(consult.Query{Edition: st.Current(s.ledger.Now()).ID, Hidden: true}))
	})
	return n
}

// A client is a browser with cookies and without scripts.
type client struct {
	s *site
	c *http.Client
}

// as is a browser in which the person is signed in; "" for a visitor.
func (s *site) as(person string) *client {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	c := &client{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	s.t.Cleanup(c.c.CloseIdleConnections)
	if person != "" {
		token, err := s.access.Link(s.t.Context(), person)
		if err != nil {
			s.t.Fatal(err)
		}
		session, err := s.access.SignIn(s.t.Context(), token)
		if err != nil {
			s.t.Fatal(err)
		}
		here, _ := url.Parse(s.url)
		jar.SetCookies(here, []*http.Cookie{{Name: cookieName, Value: session}})
	}
	return c
}

// An answer is what a request led to.
type answer struct {
	Status int
	To     string // where it redirects
	Header http.Header
	Body   string
}

func (c *client) ask(method, path, contentType string, body io.Reader) answer {
	c.s.t.Helper()
	r, err := http.NewRequestWithContext(c.s.t.Context(), method, c.s.url+path, body)
	if err != nil {
		c.s.t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return c.do(r)
}

func (c *client) do(r *http.Request) answer {
	c.s.t.Helper()
	method, path := r.Method, r.URL.Path
	res, err := c.c.Do(r)
	if err != nil {
		c.s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.s.t.Fatalf("%s %s: %v", method, path, err)
	}
	a := answer{res.StatusCode, res.Header.Get("Location"), res.Header, string(b)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && a.To == "" {
		if !strings.HasSuffix(strings.TrimSpace(a.Body), "</html>") || strings.Contains(a.Body, "ZgotmplZ") {
			c.s.t.Errorf("%s %s: the page is not whole", method, path)
		}
		ids := map[string]bool{}
		for _, id := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(a.Body, -1) {
			if ids[id[1]] {
				c.s.t.Errorf("%s %s: two elements are called %q", method, path, id[1])
			}
			ids[id[1]] = true
		}
	}
	return a
}

// watch opens the page's live line, and returns once it listens.
func (c *client) watch() *websocket.Conn {
	t := c.s.t
	t.Helper()
	here, err := url.Parse(c.s.url)
	if err != nil {
		t.Fatal(err)
	}
	h := http.Header{}
	for _, cookie := range c.c.Jar.Cookies(here) {
		h.Add("Cookie", cookie.String())
	}
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(c.s.url, "http")+"/live", h)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	var presence frameOut
	if err := conn.ReadJSON(&presence); err != nil {
		t.Fatal(err)
	}
	return conn
}

func (c *client) get(path string) answer { c.s.t.Helper(); return c.ask("GET", path, "", nil) }

func (c *client) post(path string, form url.Values) answer {
	c.s.t.Helper()
	return c.ask("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload sends a form with a file, as a browser would.
func (c *client) upload(path string, fields map[string]string, name string, content []byte) answer {
	c.s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		w.WriteField(k, v)
	}
	part, err := w.CreateFormFile("fichier", name)
	if err != nil {
		c.s.t.Fatal(err)
	}
	part.Write(content)
	w.Close()
	return c.ask("POST", path, w.FormDataContentType(), &b)
}

// want checks an answer's status and that its body says each of the sentences,
// spaces of all kinds and apostrophes aside.
func (a answer) want(t *testing.T, status int, sentences ...string) answer {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %.2000s", a.Status, status, a.words())
	}
	for _, s := range sentences {
		if !strings.Contains(a.words(), plainSpaces(s)) {
			t.Errorf("%q is not said in: %.4000s", s, a.words())
		}
	}
	return a
}

// refreshes checks that the page asks for itself again, without a script.
func (a answer) refreshes(t *testing.T) {
	t.Helper()
	if !strings.Contains(a.Body, `http-equiv="refresh"`) {
		t.Error("the page does not ask for itself again")
	}
}

// goes checks where an answer redirects.
func (a answer) goes(t *testing.T, to string) answer {
	t.Helper()
	if a.Status != http.StatusSeeOther || a.To != to {
		t.Errorf("status %d to %q, want 303 to %q: %.1500s", a.Status, a.To, to, a.words())
	}
	return a
}

// field is the value of the form's field of that name.
func (a answer) field(t *testing.T, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `"[^>]* value="([^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("the page has no field %s", name)
	}
	return html.UnescapeString(m[1])
}

var htmlTag = regexp.MustCompile(`<[^>]*>`)

// words is the page's text.
func (a answer) words() string {
	return plainSpaces(html.UnescapeString(htmlTag.ReplaceAllString(a.Body, " ")))
}

func plainSpaces(s string) string {
	s = strings.ReplaceAll(s, "’", "'")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n\u00a0\u202f", r) }), " ")
}

// sharedFile reads one of the real files beside the repository.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "..", "shared", "data", name))
	if err != nil {
		t.Skipf("no %s here", name)
	}
	return b
}

// TestSite checks that the site serves its own first page.
func TestSite(t *testing.T) {
	s := newSite(t)
	s.as("").get("/").want(t, 200, "Congrès 2026")
	s.as(s.zoe).get("/").want(t, 200, "Zoé Brume")
	s.as(s.zoe).get("/contributions/nouvelle").want(t, 200, "Comment n'oublier personne")
	if fmt.Sprint(s.total()) != "0" {
		t.Errorf("%d contributions", s.total())
	}
}
