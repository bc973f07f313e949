package web

import (
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
)

// TestLongWordsComeBack gives back a text of ten times the limit, whatever its
// script.
func TestLongWordsComeBack(t *testing.T) {
	s := newSite(t)
	zoe := s.as(s.zoe)
	id := s.submit(s.zoe, "Des mots")
	for _, letter := range []string{"a", "é", "字", "𝄞"} {
		text := strings.Repeat(letter, 200_000)
		for _, path := range []string{"/contributions/nouvelle", "/contributions/" + id + "/modifier"} {
			a := zoe.post(path, url.Values{"texte": {text}, "axe": {s.axis}, "cle": {"k"}})
			if a.Status != 422 || !strings.Contains(a.Body, ">"+text+"</textarea>") {
				t.Errorf("%s %s: status %d, %d bytes, want 422 and the text in its form", path, letter, a.Status, len(a.Body))
			}
			if words := plainSpaces(html.UnescapeString(strings.ReplaceAll(a.Body, text, ""))); !strings.Contains(words, "Votre texte compte 200 000 caractères, la limite est de 20 000") {
				t.Errorf("%s %s: the limit and the length are not said", path, letter)
			}
		}
	}
	if n := s.total(); n != 1 {
		t.Errorf("%d contributions, want 1", n)
	}
}

// TestDraftIsSentOnce sends one draft from two tabs, then in other words.
func TestDraftIsSentOnce(t *testing.T) {
	s := newSite(t, withMail)
	first, second := s.as(s.zoe), s.as(s.zoe)
	a, b := first.get("/contributions/nouvelle").field(t, "cle"), second.get("/contributions/nouvelle").field(t, "cle")
	if a == "" || a != b {
		t.Fatalf("two tabs with one draft have the keys %q and %q", a, b)
	}
	if other := s.as(s.karim).get("/contributions/nouvelle").field(t, "cle"); other == a {
		t.Errorf("two people have one key")
	}
	draft := func(text, key string) url.Values { return url.Values{"texte": {text}, "axe": {s.axis}, "cle": {key}} }
	sent := first.post("/contributions/nouvelle", draft("Un guichet par commune.", a))
	receipt := sent.To
	id := strings.TrimPrefix(receipt[:strings.Index(receipt, "?")], "/contributions/")
	sent.goes(t, "/contributions/"+id+"?fait=envoye&recu=nouvelle")
	for _, again := range []string{"Un guichet par commune.", " Un guichet par commune.\r\n"} {
		second.post("/contributions/nouvelle", draft(again, b)).goes(t, receipt)
	}
	if n := s.total(); n != 1 {
		t.Errorf("one draft became %d contributions", n)
	}

	// In other words: nothing is guessed, nothing is lost.
	page := second.post("/contributions/nouvelle", draft("Deux guichets par commune.", b)).
		want(t, 409, "Ce brouillon est déjà envoyé", "Deux guichets par commune.", "En faire une nouvelle version", "L'envoyer comme une autre contribution")
	if n := s.total(); n != 1 {
		t.Errorf("before a choice there are %d contributions", n)
	}
	if !strings.Contains(page.Body, `formaction="/contributions/`+id+`/modifier"`) {
		t.Error("the choice has no way to a new version")
	}
	key := page.field(t, "cle")
	values := draft("Deux guichets par commune.", key)
	values.Set("brouillon", "nouvelle")
	second.post("/contributions/"+id+"/modifier", values).goes(t, "/contributions/"+id+"?fait=modifie&recu=nouvelle")
	s.view(func(st *consult.State) {
		if c := st.Contribution(id); c.Version() != 2 || c.Text() != "Deux guichets par commune." {
			t.Errorf("version %d says %q", c.Version(), c.Text())
		}
	})
	page = first.post("/contributions/nouvelle", draft("Une tout autre idée.", a)).want(t, 409)
	key = page.field(t, "cle")
	to := first.post("/contributions/nouvelle", draft("Une tout autre idée.", key)).To
	first.post("/contributions/nouvelle", draft("Une tout autre idée.", key)).goes(t, to)
	if n := s.total(); n != 2 {
		t.Errorf("%d contributions, want 2", n)
	}
	if next := first.get("/contributions/nouvelle").field(t, "cle"); next == a || next == key {
		t.Error("the next draft has the key of one that was sent")
	}
}

// TestWhatSteersADisplay refuses bytes that are no UTF-8, with the text in its
// form, and tells of what it took away.
func TestWhatSteersADisplay(t *testing.T) {
	s := newSite(t)
	zoe := s.as(s.zoe)
	zoe.post("/contributions/nouvelle", url.Values{"texte": {"Un caf\xe9 au village"}, "axe": {s.axis}, "cle": {"a"}}).
		want(t, 422, "n'ont pas pu être lus", "Un caf� au village")
	if n := s.total(); n != 0 {
		t.Errorf("%d contributions, want none", n)
	}
	to := zoe.post("/contributions/nouvelle", url.Values{"texte": {"Prix : \u202e001\u202c euros \u2066fin"}, "axe": {s.axis}, "cle": {"b"}}).To
	if !strings.HasSuffix(to, "?fait=envoye-net&recu=nouvelle") {
		t.Fatalf("sent to %q", to)
	}
	page := zoe.get(to).want(t, 200, "sans les caractères invisibles", "Prix : 001 euros fin")
	if strings.ContainsAny(page.Body, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
		t.Error("the page holds what steers its display")
	}
	id := strings.TrimPrefix(to[:strings.Index(to, "?")], "/contributions/")
	zoe.post("/contributions/"+id+"/modifier", url.Values{"texte": {"Autre\u2069 mot"}, "cle": {"c"}}).goes(t, "/contributions/"+id+"?fait=modifie-net&recu="+id)
}

// TestAnotherEnters: what one person wrote is not filed under the name of who
// entered meanwhile in the same browser.
func TestAnotherEnters(t *testing.T) {
	s := newSite(t)
	zoe := s.as(s.zoe)
	zoe.post("/contributions/nouvelle", url.Values{"texte": {"Mes mots"}, "axe": {s.axis}, "cle": {"k"}, "de": {"quelqu-un-d-autre"}}).want(t, 422, "entré depuis dans ce navigateur")
	if n := s.total(); n != 0 {
		t.Errorf("%d contributions, want none", n)
	}
}
