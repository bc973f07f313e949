package web

import (
	"net/http"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/web/ui"
)

// A register adds a route and its handler.
type register func(pattern string, fn func(*visit) error)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	on := func(pattern string, fn func(*visit) error) { mux.Handle(pattern, s.handle(fn)) }

	on("GET /{$}", (*visit).home)
	on("GET /entrer", (*visit).enter)
	on("POST /entrer", (*visit).askLink)
	on("GET /entrer/{token}", (*visit).showLink)
	on("POST /entrer/{token}", (*visit).signIn)
	on("POST /sortir", (*visit).signOut)

	// One file a resource; those with many routes name them there.
	on("GET /contributions", (*visit).contributions)
	on("GET /contributions/nouvelle", (*visit).newContribution)
	on("POST /contributions/nouvelle", (*visit).submit)
	on("GET /contributions/{id}", (*visit).contribution)
	on("GET /contributions/{id}/modifier", (*visit).editContribution)
	on("POST /contributions/{id}/modifier", (*visit).revise)
	on("POST /contributions/{id}/soutien", (*visit).support)
	on("POST /contributions/{id}/moderation", (*visit).moderate)
	on("POST /brouillons/{key}", (*visit).keepDraft)
	on("GET /mes-contributions", (*visit).mine)
	on("GET /mes-contributions/effacement", (*visit).askErasure)
	on("POST /mes-contributions/effacement", (*visit).eraseMe)
	on("GET /rencontres", (*visit).meetings)

	s.routeThemes(on)
	s.routeMotion(on)
	mux.Handle("GET /motion/{id}/sync", http.HandlerFunc(s.sync))
	s.routeSteering(on)
	on("GET /donnees/contributions.csv", (*visit).openCSV)
	on("GET /donnees/contributions.json", (*visit).openJSON)
	on("GET /hors-ligne", (*visit).offline)
	mux.HandleFunc("GET /sw.js", worker)
	mux.Handle("GET /live", http.HandlerFunc(s.live.serve))
	mux.Handle("GET /sante", http.HandlerFunc(s.health))
	static := http.StripPrefix("/statique/", http.FileServerFS(ui.Dist()))
	mux.Handle("GET /statique/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") || strings.Contains(r.URL.Path, "/.") {
			http.NotFound(w, r)
			return
		}
		if r.URL.Query().Get("v") != "" || strings.HasSuffix(r.URL.Path, ".woff2") { // which bear their hash
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		static.ServeHTTP(w, r)
	}))
	on("/", func(v *visit) error { return consult.ErrNotFound })

	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(s.handle(func(v *visit) error { return errCrossOrigin }))
	if s.PublicURL != "" {
		if err := guard.AddTrustedOrigin(s.PublicURL); err != nil {
			s.Log.Error("public URL is no origin", "error", err)
		}
	}
	return secure(guard.Handler(mux))
}
