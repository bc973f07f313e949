package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// imported sends a file and imports it as it was guessed.
func (c *client) imported(t *testing.T, name string, content []byte) (path string, page answer) {
	t.Helper()
	a := c.upload("/pilotage/imports", map[string]string{"cle": "f"}, name, content)
	if a.Status != 303 {
		t.Fatalf("%d: %.800s", a.Status, a.words())
	}
	c.post(a.To, nil).goes(t, a.To)
	return a.To, c.settled(t, a.To)
}

// settled is the import's page once it has ended.
func (c *client) settled(t *testing.T, path string) answer {
	t.Helper()
	for {
		if page := c.get(path); !strings.Contains(page.Body, "<progress") {
			return page
		}
		if t.Context().Err() != nil {
			t.Fatal("the import never ends")
		}
	}
}

func TestImportRealFiles(t *testing.T) {
	for _, f := range []struct {
		name, as string
		rows     int
		kind     string
	}{
		{"decidim-mel/propositions-libres.csv", "propositions-libres.csv", 196, "tableau, UTF-8, séparateur : point-virgule"},
		{"republique-numerique/opinions.tsv", "opinions.tsv", 696, "tableau, UTF-8, séparateur : tabulation"},
	} {
		t.Run(f.as, func(t *testing.T) {
			content := sharedFile(t, f.name)
			s := newSite(t)
			staff := s.as(s.staff)
			a := staff.upload("/pilotage/imports", map[string]string{"cle": "un"}, f.as, content)
			page := staff.get(a.To).want(t, 200, f.kind, fmt.Sprintf("%d contributions nouvelles", f.rows), "0 ligne laissée de côté", "Rien n'est encore importé", "nouvelle")
			if n := strings.Count(page.Body, "<article"); n != 5 {
				t.Errorf("%d rows are shown, want 5", n)
			}
			if s.total() != 0 {
				t.Fatal("a dry run imported")
			}
			staff.post(a.To, nil).goes(t, a.To)
			staff.settled(t, a.To).want(t, 200, "Import terminé", fmt.Sprintf("%d contributions nouvelles", f.rows))
			if s.total() != f.rows {
				t.Errorf("%d contributions, want %d", s.total(), f.rows)
			}
			head := s.ledger.Head()
			staff.post(a.To, nil).goes(t, a.To) // the same form twice
			_, again := staff.imported(t, f.as, content)
			again.want(t, 200, "Import terminé", "0 contribution nouvelle", fmt.Sprintf("%d contributions inchangées", f.rows))
			if s.ledger.Head() != head {
				t.Error("the same file twice added something")
			}
			staff.get("/pilotage/imports").want(t, 200, fmt.Sprintf("%s : %d contributions", strings.TrimSuffix(f.as, f.as[len(f.as)-4:]), f.rows))
		})
	}
}

func TestImportDoubts(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	file := "id;titre;contribution;auteur;axe\n" +
		"1;Titre;Des guichets partout.;zoe@villebrume.example;Inclusion\n" +
		"2;;\"Deux lignes\nde texte\";Karim Haddad;Autre\n" +
		"2;;Le même numéro.;;\n" + // line 5
		";;Sans numéro.;Personne Connue;\n" + // line 6
		"5;;;;\n" + // line 7
		"6;;=cmd|' /C calc'!A0;;\n"
	a := staff.upload("/pilotage/imports", map[string]string{"cle": "f"}, "essai.csv", []byte(file))
	page := staff.get(a.To).want(t, 200, "4 contributions nouvelles", "2 lignes laissées de côté", "3 lignes à relire en tout", "2 lignes dont l'auteur est connu",
		"L'identifiant « 2 » est déjà celui de la ligne 3", "L'identifiant manque", "Le texte est vide", "Zoé Brume", "aucune : ces contributions seront sans question")
	for _, line := range []string{"5", "6", "7"} {
		if !strings.Contains(page.Body, `<th scope="row">`+line+`</th>`) {
			t.Errorf("line %s is not named", line)
		}
	}
	if got := page.field(t, "origine"); got != "essai" {
		t.Errorf("origin %q", got)
	}
	staff.get(a.To+"/doutes.csv").want(t, 200, "ligne;colonne;que faire;laissée de côté", "5;id;", "7;contribution;")
	staff.post(a.To, nil).goes(t, a.To)
	staff.settled(t, a.To).want(t, 200, "4 contributions nouvelles", "2 lignes laissées de côté")
	staff.get(a.To+"/doutes.csv").want(t, 200, "5;id;")
	s.view(func(st *consult.State) {
		mine := st.Contributions(consult.Query{Edition: s.edition, Author: s.zoe})
		if len(mine) != 1 || mine[0].Text() != "Titre\n\nDes guichets partout." || mine[0].Axis != s.axis || mine[0].Source != consult.FromImport {
			t.Errorf("Zoé's: %+v", mine)
		}
		if his := st.Contributions(consult.Query{Edition: s.edition, Author: s.karim}); len(his) != 1 || his[0].Text() != "Deux lignes\nde texte" {
			t.Errorf("Karim's: %+v", his)
		}
	})
	// The corrected file: a changed text is a new version, a new line is new.
	changed := strings.Replace(strings.Replace(file, "Des guichets partout.", "Des guichets partout, et ouverts.", 1), "\n2;;Le même", "\n3;;Le même", 1)
	_, done := staff.imported(t, "essai.csv", []byte(changed))
	done.want(t, 200, "1 contribution nouvelle", "1 contribution modifiée", "3 contributions inchangées")
	s.view(func(st *consult.State) {
		if mine := st.Contributions(consult.Query{Edition: s.edition, Author: s.zoe}); mine[0].Version() != 2 {
			t.Error("the changed text is no new version")
		}
	})
}

func TestImportColumns(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	a := staff.upload("/pilotage/imports", nil, "libre.csv", []byte("a;b;c\n1;Un texte assez long pour en être un;Un autre texte bien plus long encore que le premier\n"))
	staff.get(a.To).want(t, 200, "1 contribution nouvelle")
	staff.post(a.To+"/colonnes", url.Values{"id": {"a"}, "texte": {"b"}, "titre": {"inconnue"}, "origine": {"  Autre \n nom "}}).goes(t, a.To)
	page := staff.get(a.To).want(t, 200, "Un texte assez long pour en être un ligne 2 · auteur inconnu · identifiant 1 · nouvelle")
	if got := page.field(t, "origine"); got != "Autre nom" {
		t.Errorf("origin %q", got)
	}
	staff.post(a.To+"/colonnes", url.Values{}).goes(t, a.To)
	staff.get(a.To).want(t, 200, "Aucune colonne ne donne les textes", "Aucune ligne ne peut être importée")
	staff.post(a.To+"/retirer", nil).goes(t, "/pilotage/imports?fait=retire")
	staff.get(a.To).want(t, 410, "n'est plus sur le serveur")
}

func TestImportFiles(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	for _, f := range []struct {
		name     string
		content  []byte
		sentence string
	}{
		{"a.pdf", []byte("%PDF-1.7 ..."), "c'est un fichier PDF"},
		{"b.csv", append([]byte("id;texte\n"), make([]byte, 400)...), "ce n'est pas un fichier de texte"},
		{"c.csv", nil, "le fichier est vide"},
		{"d.json", []byte(`{"a": [`), "d.json"},
	} {
		staff.upload("/pilotage/imports", nil, f.name, f.content).want(t, 422, f.sentence)
	}
	for _, f := range []struct{ name, content, want string }{
		{"latin.csv", "id;texte\n1;L'acc\xe8s au num\xe9rique, d\xe8s l'\xe9cole\n", "L'accès au numérique, dès l'école"},
		{"lignes.jsonl", "{\"id\":\"1\",\"texte\":\"Des guichets ouverts\"}\n{\"id\":\"2\",\"texte\":\"Et des agents\"}\n", "Des guichets ouverts"},
		{"u16.csv", "\xff\xfei\x00d\x00;\x00t\x00e\x00x\x00t\x00e\x00\n\x001\x00;\x00U\x00n\x00\n\x00", "identifiant 1"},
	} {
		a := staff.upload("/pilotage/imports", nil, f.name, []byte(f.content))
		staff.get(a.To).want(t, 200, f.want)
	}
	// More lines to look at than a page shows.
	var b strings.Builder
	b.WriteString("id;texte\n")
	for i := range 450 {
		fmt.Fprintf(&b, "%d;\n", i)
	}
	a := staff.upload("/pilotage/imports", nil, "vides.csv", []byte(b.String()))
	page := staff.get(a.To).want(t, 200, "200 remarques montrées sur 450", "Aucune ligne ne peut être importée")
	if n := strings.Count(page.Body, "laissée de côté</span>"); n != 200 {
		t.Errorf("%d lines are shown", n)
	}
	if n := strings.Count(staff.get(a.To+"/doutes.csv").Body, "\n"); n != 451 {
		t.Errorf("%d lines are downloaded", n)
	}
	staff.get("/pilotage/imports").want(t, 200, "Fichiers encore sur ce serveur", "vides.csv", "latin.csv")
	s.later(25 * time.Hour)
	staff.get(a.To).want(t, 410)
}

// zeros is a body that goes on for n bytes.
type zeros struct{ n int }

func (z *zeros) Read(p []byte) (int, error) {
	if z.n <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), z.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	z.n -= n
	return n, nil
}

func TestImportTooLarge(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	var head bytes.Buffer
	w := multipart.NewWriter(&head)
	if _, err := w.CreateFormFile("fichier", "gros.csv"); err != nil {
		t.Fatal(err)
	}
	body := io.MultiReader(&head, &zeros{60 << 20}, strings.NewReader("\r\n--"+w.Boundary()+"--\r\n"))
	staff.ask("POST", "/pilotage/imports", w.FormDataContentType(), body).want(t, 413, "dépasse 50 Mo", "Partagez-le en plusieurs fichiers")
	staff.get("/pilotage/imports").want(t, 200)

	// A body that is cut off in its middle keeps nothing.
	c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	here, _ := url.Parse(s.url)
	fmt.Fprintf(c, "POST /pilotage/imports HTTP/1.1\r\nHost: x\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 60000000\r\n\r\n"+
		"--B\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"coupe.csv\"\r\n\r\nid;texte\n1;Un", staff.c.Jar.Cookies(here)[0])
	c.(*net.TCPConn).CloseWrite()
	answer, err := io.ReadAll(c)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400") || !strings.Contains(string(answer), "rien n’a été gardé") {
		t.Errorf("%v: %.300s", err, answer)
	}
	if page := staff.get("/pilotage/imports"); strings.Contains(page.Body, "coupe.csv") || strings.Contains(page.Body, "gros.csv") {
		t.Error("half a file was kept")
	}
}

// TestImportLive follows an import of several commands from a page.
func TestImportLive(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	conn := staff.watch()
	var f frameOut
	var b strings.Builder
	b.WriteString("id;texte\n")
	for i := range 250 {
		fmt.Fprintf(&b, "%d;Phrase numéro %d.\n", i, i)
	}
	path, page := staff.imported(t, "beaucoup.csv", []byte(b.String()))
	page.want(t, 200, "250 contributions nouvelles")
	var done []int
	for f.Kind != "import.done" {
		f = frameOut{}
		if err := conn.ReadJSON(&f); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Kind, "import.") {
			if !strings.HasSuffix(path, f.Run) || f.Total != 250 || f.Error != "" {
				t.Errorf("%+v", f)
			}
			done = append(done, f.Done)
		}
	}
	if fmt.Sprint(done) != "[100 200 250 250]" {
		t.Errorf("progress %v", done)
	}
}

// TestImportOneAtATime holds one import to see what a second one is told.
func TestImportOneAtATime(t *testing.T) {
	s := newSite(t)
	d := &steering{s: s.server, turn: make(chan struct{}, 1), walk: make(chan struct{}, 1), running: "autre"}
	v := &visit{s: s.server, r: &http.Request{}, who: &consult.Person{ID: s.staff, Role: consult.Staff}}
	if err := d.start(v, &upload{ID: "un"}); err != errImporting {
		t.Errorf("a second import: %v", err)
	}
	if err := d.start(v, &upload{ID: "autre"}); err != errSameImport {
		t.Errorf("the same import: %v", err)
	}
	if status, sentence := explain(errImporting); status != 409 || !strings.Contains(sentence, "déjà en cours") {
		t.Errorf("%d %s", status, sentence)
	}
}

// alone makes the site the only process that has its store.
func alone(c *Config, _ *site) { c.Alone = true }

// TestImportInterrupted shows an import that the server's end has stopped: at
// once where no other process has the store, else when no node gives a sign of
// it any more.
func TestImportInterrupted(t *testing.T) {
	for name, options := range map[string][]siteOption{"alone": {alone}, "among nodes": nil} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, options...)
			staff := s.as(s.staff)
			a := staff.upload("/pilotage/imports", nil, "arret.csv", []byte("id;texte\n1;Un\n2;Deux\n3;Trois\n"))
			d := s.server.steering
			u, err := d.find(t.Context(), strings.TrimPrefix(a.To, "/pilotage/imports/"), ofContributions)
			if err != nil {
				t.Fatal(err)
			}
			// What a process leaves that is killed behind its first rows.
			s.do(s.staff, func(tx *ledger.Tx) error {
				_, err := consult.Import(tx, s.edition, u.Origin, []consult.Imported{{External: "1", Text: "Un"}, {External: "2", Text: "Deux"}})
				return err
			})
			u.Stage, u.Total = stageRunning, 3
			if err := errors.Join(d.beat(t.Context(), u.ID), d.keep(t.Context(), u)); err != nil {
				t.Fatal(err)
			}
			if len(options) == 0 { // another node may be at it
				staff.get(a.To).want(t, 200, "Import en cours").refreshes(t)
				s.later(beatLife)
			}
			page := staff.get(a.To).want(t, 200, "l'import a été interrompu", "2 contributions de ce fichier sont déjà gardées", "il en reste 1 à prendre", "Relancer l'import")
			if strings.Contains(page.words(), "Rien n'est encore importé") {
				t.Error("the page says that nothing was imported")
			}
			staff.get("/pilotage").want(t, 200, "L'import de « arret.csv » a été interrompu", "Reprendre l'import")
			staff.post(a.To, nil).goes(t, a.To)
			staff.settled(t, a.To).want(t, 200, "1 contribution nouvelle", "2 contributions inchangées")
			if words := staff.get("/pilotage").words(); strings.Contains(words, "interrompu") {
				t.Error("the import is still said to be interrupted")
			}
		})
	}
}

// TestImportSigns gives a sign of an import while it goes on, and none after.
func TestImportSigns(t *testing.T) {
	s := newSite(t)
	d, ctx := s.server.steering, t.Context()
	u := &upload{ID: "un", Stage: stageRunning}
	goes := func() bool {
		t.Helper()
		yes, err := d.goes(ctx, u)
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	if goes() {
		t.Error("it goes on before it began")
	}
	if err := d.beat(ctx, u.ID); err != nil || !goes() {
		t.Errorf("with a sign of it, error %v, it does not go on", err)
	}
	d.beating(u.ID)()
	if goes() {
		t.Error("it goes on after its end")
	}
	// Read just before its end, it is not taken for interrupted.
	if err := d.keep(ctx, &upload{ID: u.ID, Stage: stageDone, At: s.server.now()}); err != nil || goes() || u.Stage != stageDone {
		t.Errorf("what has ended is at %q, error %v", u.Stage, err)
	}
}

func (s *site) totalOf(st *consult.State) int {
	return len(st.Contributions(consult.Query{Edition: s.edition, Hidden: true}))
}

// TestImportQuestions imports the answers to the open questions of a sheet, but those
// to the one that is unticked.
func TestImportQuestions(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	text := "N°;Vos besoins ?;Vos idées ?;Vos moyens ?\n"
	for i := range 12 {
		text += fmt.Sprintf("k%d;Il nous faut bien plus de bus que les %d du soir;La cantine devrait servir %d légumes de la région;Une ligne du budget de la commune vaut %d heures\n", i, i, i, i)
	}
	a := staff.upload("/pilotage/imports", map[string]string{"cle": "q"}, "enquete.csv", []byte(text))
	page := staff.get(a.To).want(t, 200, "12 lignes, 36 réponses", "36 contributions nouvelles", "0 réponse laissée de côté ; 0 réponse à relire en tout", "Les questions ouvertes", "la question du fichier reste avec chaque réponse")
	for _, bad := range []string{"--text", "--origin", "Lignes à relire"} {
		if strings.Contains(page.Body, bad) {
			t.Errorf("the page says %q", bad)
		}
	}
	all := []string{"Vos besoins ?", "Vos idées ?", "Vos moyens ?"}
	form := url.Values{"texte": {all[0]}, "id": {"N°"}, "question-offerte": all}
	staff.post(a.To+"/colonnes", form)
	staff.get(a.To).want(t, 200, "0 contribution nouvelle", "cochez une question au moins")
	form["question"] = all[1:]
	staff.post(a.To+"/colonnes", form)
	page = staff.get(a.To).want(t, 200, "12 lignes, 24 réponses", "24 contributions nouvelles")
	if strings.Count(page.Body, ` checked>`) != 2 {
		t.Error("the question that was unticked is ticked")
	}
	staff.post(a.To, nil).goes(t, a.To)
	staff.settled(t, a.To).want(t, 200, "24")
	staff.get("/contributions?q=cantine").want(t, 200, "La cantine devrait servir 3 légumes", "Vos idées ?")
	a = staff.upload("/pilotage/imports", map[string]string{"cle": "encore"}, "enquete.csv", []byte(text))
	staff.get(a.To).want(t, 200, "12 contributions nouvelles", "24 contributions inchangées")
	staff.post(a.To, nil).goes(t, a.To)
	staff.settled(t, a.To)
	a = staff.upload("/pilotage/imports", map[string]string{"cle": "toujours"}, "enquete.csv", []byte(text))
	staff.get(a.To).want(t, 200, "0 contribution nouvelle", "36 contributions inchangées")
}
