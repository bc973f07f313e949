package web

import (
	"net/url"
	"testing"
)

// TestImportCopies: the same texts under another file's name are told, since several
// people may say the same, and left out where staff say so.
func TestImportCopies(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	const first, second = "texte\nIl faut davantage de bus.\nIl faut une école.\n", "id;texte;Commune\n1;Il faut davantage de bus.;Lens\n2;Il faut une école.;Lille\n3;Il faut un marché.;\n"
	staff.imported(t, "latin.csv", []byte(first))
	a := staff.upload("/pilotage/imports", nil, "comments.csv", []byte(second))
	staff.get(a.To).want(t, 200, "3 contributions nouvelles, mais 2 de ces textes sont déjà là, mot pour mot", "Laisser de côté les 2 textes qui sont déjà là",
		"Cette colonne n'est pas importée : « Commune »", "identifiant 1 · déjà là, mot pour mot", "identifiant 3 · nouvelle")
	staff.post(a.To, url.Values{"copies": {"laisser"}}).goes(t, a.To)
	staff.settled(t, a.To).want(t, 200, "Import terminé", "1 contribution nouvelle", "2 textes qui étaient déjà là, mot pour mot")
	if n := s.total(); n != 3 {
		t.Errorf("%d contributions, want 3", n)
	}
	a = staff.upload("/pilotage/imports", map[string]string{"cle": "2"}, "comments.csv", []byte(second))
	staff.get(a.To).want(t, 200, "2 contributions nouvelles, mais 2 de ces textes")
	staff.post(a.To, nil).goes(t, a.To)
	staff.settled(t, a.To).want(t, 200, "Import terminé", "2 contributions nouvelles", "1 contribution inchangée")
	if n := s.total(); n != 5 {
		t.Errorf("%d contributions, want 5", n)
	}
}
