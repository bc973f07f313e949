package web

import (
	"net/http"

	"github.com/villes-internet/congres/web/ui"
)

// offline is the page that the service worker keeps and shows in place of any
// that cannot be had. It is the same for everybody, whoever asks for it.
func (v *visit) offline() error {
	v.who = nil
	return v.page("hors-ligne.html", "Hors connexion", nil)
}

// worker serves the service worker from the root, which is its scope. Browsers
// ask each time whether there is another: that is how an update arrives.
func worker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, ui.Dist(), "sw.js")
}
