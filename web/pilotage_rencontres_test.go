package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
)

func TestMeetings(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	notes := "Rencontre n° 1\nAccueil :\n- Ouvrir le samedi.\n- Former les agents.\n- Ouvrir le samedi.\n"
	form := url.Values{"cle": {"r"}, "titre": {"Le guichet"}, "lieu": {"Villebrume"}, "date": {"2026-11-05"}, "notes": {notes}, "tirets": {"oui"}}
	bad := func(name, value, sentence string) {
		t.Helper()
		f := url.Values{}
		for k, v := range form {
			f[k] = v
		}
		f.Set(name, value)
		a := staff.post("/pilotage/rencontres", f).want(t, 422, sentence)
		if name != "lieu" && a.field(t, "lieu") != "Villebrume" || name != "notes" && !strings.Contains(a.words(), "Former les agents") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	bad("titre", "", "Donnez à la rencontre un titre")
	bad("date", "hier", "La date de la rencontre s'écrit")
	bad("notes", "", "vide")
	bad("notes", strings.Repeat("é", 20_001), "la limite est de 20 000")
	form.Set("geste", "apercu")
	staff.post("/pilotage/rencontres", form).want(t, 200, "2 points trouvés", "Rien n'est encore enregistré", "Ouvrir le samedi.")
	if s.total() != 0 {
		t.Fatal("looking imported")
	}
	form.Set("geste", "garder")
	for range 2 { // sent twice
		staff.post("/pilotage/rencontres", form).goes(t, "/pilotage/rencontres?fait=rencontre")
	}
	var id string
	look := func(meetings, contributions int) {
		t.Helper()
		s.view(func(st *consult.State) {
			all := st.Meetings(s.edition)
			if len(all) != meetings || s.totalOf(st) != contributions {
				t.Fatalf("%d meetings and %d contributions, want %d and %d", len(all), s.totalOf(st), meetings, contributions)
			}
			id = all[0].ID
			found := st.Contributions(consult.Query{Edition: s.edition})
			for _, c := range found {
				if c.Source != consult.FromMeeting || c.Author != "" {
					t.Errorf("%+v", c)
				}
			}
		})
	}
	look(1, 2)
	page := staff.get("/pilotage/rencontres?id="+id).want(t, 200, "Modifier une rencontre", "Former les agents")
	if page.field(t, "titre") != "Le guichet" {
		t.Error("the form does not show the meeting")
	}
	form.Set("id", id)
	form.Set("cle", "r2")
	form.Set("notes", notes+"- Un point de plus.\n")
	staff.post("/pilotage/rencontres", form).goes(t, "/pilotage/rencontres?fait=rencontre")
	look(1, 3)
	staff.get("/pilotage/imports").want(t, 200, "rencontre : Le guichet : 3 contributions")
	s.as(s.zoe).get("/rencontres").want(t, 200, "Le guichet")
	staff.get("/pilotage/rencontres?id=rien").want(t, 404)

	// Notes from a file, and both at once.
	fields := map[string]string{"cle": "r3", "titre": "Deuxième", "date": "2026-11-06", "tirets": "oui"}
	staff.upload("/pilotage/rencontres", fields, "notes.txt", []byte("- Du haut d\xe9bit ; partout, tout de suite\n- \xc9couter\n")).goes(t, "/pilotage/rencontres?fait=rencontre")
	look(2, 5)
	staff.get("/contributions").want(t, 200, "Du haut débit ; partout, tout de suite")
	fields["notes"], fields["cle"] = "- Un", "r4"
	staff.upload("/pilotage/rencontres", fields, "notes.txt", []byte("- Deux\n")).want(t, 422, "gardez l'un des deux")
	fields["notes"] = ""
	staff.upload("/pilotage/rencontres", fields, "notes.docx", []byte("PK\x03\x04\x14\x00")).want(t, 422, "notes.docx : le fichier est incomplet ou abîmé")
}

// TestMeetingTitles offers the lines that read like titles, unticked.
func TestMeetingTitles(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	form := url.Values{"cle": {"r"}, "titre": {"Le guichet"}, "date": {"2026-11-05"}, "tirets": {"oui"}, "geste": {"apercu"},
		"notes": {"1. Le guichet\n- Ouvrir plus tôt\n  - surtout le samedi\n2. Des bus gratuits\n- Partout.\n"}}
	page := staff.post("/pilotage/rencontres", form).want(t, 200, "2 points trouvés", "Ouvrir plus tôt surtout le samedi", "2 lignes annoncent", "Lues comme des titres", "Des bus gratuits")
	form.Set("geste", "garder")
	form.Set("titres", "vus")
	_, id, _ := strings.Cut(page.Body, `id="pris-1" name="pris" value="`)
	id, _, _ = strings.Cut(id, `"`)
	form.Set("pris", id)
	staff.post("/pilotage/rencontres", form).goes(t, "/pilotage/rencontres?fait=rencontre")
	var said []string
	s.view(func(st *consult.State) {
		for _, c := range st.Contributions(consult.Query{Edition: s.edition}) {
			said = append(said, c.Text())
		}
	})
	if got, want := strings.Join(said, "|"), "Partout.|Des bus gratuits|Ouvrir plus tôt\nsurtout le samedi"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Who was shown no titles leaves none out.
	staff.post("/pilotage/rencontres", url.Values{"cle": {"s"}, "titre": {"Autre"}, "date": {"2026-11-06"}, "tirets": {"oui"}, "notes": form["notes"]}).goes(t, "/pilotage/rencontres?fait=rencontre")
	if n := s.total(); n != 3+4 {
		t.Errorf("%d contributions, want 7", n)
	}
}
