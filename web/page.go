package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
)

// A page is a template with the layout and the parts around it.
type page struct{ t *template.Template }

// A frame is what every page is given; Data is its own.
type frame struct {
	Title   string
	Path    string
	Who     *consult.Person
	Edition *consult.Edition
	Wide    bool   // boards and the editor
	Seq     uint64 // the page shows the world as of this fact
	Done    string // what the act before led to, in one sentence
	Undo    bool   // staff can undo it from the history of decisions
	Left    bool   // somebody has just left this device
	Data    any
}

func (s *Server) parse(files fs.FS) (map[string]*page, error) {
	shared, err := template.New("").Funcs(s.funcs()).ParseFS(files, "layout.html", "parts.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*page{}
	for _, name := range names {
		if name == "layout.html" || name == "parts.html" {
			continue
		}
		t, err := template.Must(shared.Clone()).ParseFS(files, name)
		if err != nil {
			return nil, err
		}
		pages[name] = &page{t}
	}
	return pages, nil
}

// render writes a page whole or not at all.
func (v *visit) render(status int, name, title string, data any) error {
	return v.frame(status, name, frame{Title: title, Data: data})
}

// wide renders a page that takes the whole width.
func (v *visit) wide(name, title string, data any) error {
	return v.frame(http.StatusOK, name, frame{Title: title, Data: data, Wide: true})
}

func (v *visit) frame(status int, name string, f frame) error {
	f.Path, f.Who, f.Done = v.r.URL.Path, v.who, done[v.r.URL.Query().Get("fait")]
	f.Undo = slices.Contains([]string{"theme", "axe", "revenu"}, v.r.URL.Query().Get("fait"))
	f.Left = v.who == nil && slices.Contains([]string{"sorti", "efface-soi"}, v.r.URL.Query().Get("fait"))
	f.Seq = v.s.Ledger.Head().Seq
	v.s.view(func(st *consult.State) { f.Edition = st.Current(v.s.now()) })
	p := v.s.pages[name]
	if p == nil {
		return fmt.Errorf("web: no page %s", name)
	}
	var b bytes.Buffer
	if err := p.t.ExecuteTemplate(&b, "layout.html", f); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	v.w.Write(b.Bytes()) // whoever has left meanwhile reads nothing
	return nil
}

func (v *visit) page(name, title string, data any) error {
	return v.render(http.StatusOK, name, title, data)
}

// part renders one named template, for a live frame.
func (s *Server) part(name string, data any) (string, error) {
	var b bytes.Buffer
	err := s.pages["erreur.html"].t.ExecuteTemplate(&b, name, data)
	return b.String(), err
}

// done are the sentences that a page may show after an act: an address names
// one, and can never bring a sentence of its own.
var done = map[string]string{
	"envoye":      "Votre contribution est enregistrée.",
	"envoye-net":  "Votre contribution est enregistrée, sans les caractères invisibles qui commandaient l’affichage\u00a0: vos mots, eux, sont intacts.",
	"modifie-net": "La nouvelle version est enregistrée, sans les caractères invisibles qui commandaient l’affichage\u202f; l’ancienne reste consultable.",
	"modifie":     "La nouvelle version est enregistrée\u202f; l’ancienne reste consultable.",
	"edition":     "L’édition est enregistrée.",
	"invite":      "L’invitation est prête.",
	"importe":     "L’import est terminé.",
	"masque":      "La contribution est masquée\u202f; son auteur en voit le motif.",
	"montre":      "La contribution est de nouveau visible.",
	"efface":      "La personne et ses propos sont effacés.",
	"efface-soi":  "Ce que l’on savait de vous et tous vos propos sont effacés de ce site.",
	"rencontre":   "La rencontre est enregistrée.",
	"role":        "Le rôle est changé\u00a0: il vaut dès maintenant, pages ouvertes comprises.",
	"role-garde":  "C’est enregistré. Cette personne garde son rôle, qui donne plus de droits que celui que vous avez choisi\u00a0: pour le lui retirer, ouvrez «\u00a0Modifier\u00a0» sur sa ligne.",
	"accredite":   "C’est enregistré.",
	"deja":        "Cette liste était déjà accréditée\u00a0: rien n’a été ajouté.",
	"courriel":    "Un lien pour entrer part par courriel.",
	"retire":      "Le fichier n’est plus sur ce serveur.",
	"theme":       "C’est fait.",
	"revenu":      "Les thèmes et les décisions sont de nouveau ce qu’ils étaient alors.",
	"axe":         "C’est fait\u00a0: la prochaine analyse en tiendra compte.",
	"annule":      "La décision est annulée.",
	"publie":      "La motion est publiée.",
	"fige":        "Le texte est figé\u00a0: il se lit, se garde et se publie, mais ne se modifie plus.",
	"rouvert":     "Le texte est rouvert\u00a0: les rapporteur·es et l’équipe peuvent de nouveau y écrire.",
	"version":     "Le texte tel qu’il est maintenant est gardé.",
	"nom":         "Le nom est enregistré.",
	"retour":      "C’est fait. Le texte d’avant est gardé dans la liste ci-dessous\u00a0: on peut y revenir de la même façon.",
	"commente":    "Le commentaire est enregistré.",
	"resolu":      "C’est enregistré.",
	"ouverte":     "Le projet de motion est ouvert.",
	"sorti":       "Vous êtes déconnecté·e de cet appareil.",
	"lien":        "Si cette adresse est accréditée, un lien vient de lui être envoyé. Pensez à regarder les indésirables.",
	"soutien":     "Votre soutien est enregistré.",
	"sans":        "Votre soutien est retiré.",
}

func (s *Server) funcs() template.FuncMap {
	return template.FuncMap{
		"asset":    func(name string) string { return s.assets[name] },
		"nombre":   consult.Thousands,
		"pluriel":  pluriel,
		"jour":     func(t time.Time) string { return jour(t) },
		"date":     date,
		"heure":    func(t time.Time) string { return heure(t) },
		"lignes":   func(s string) []string { return strings.Split(s, "\n") },
		"debut":    func(n int, s string) string { return debut(s, n) },
		"dict":     dict,
		"commence": strings.HasPrefix,
		"wall":     consult.Wall,
		"pourcent": func(part, all int) int {
			if all == 0 {
				return 0
			}
			return (200*part + all) / (2 * all)
		},
		"decimale": decimale,
		"centieme": func(f float64) string { return decimal(f, 2) },
		"plus":     func(a, b int) int { return a + b },
	}
}

// decimale is 12,3, and −0,4 with the sign that French uses.
func decimale(f float64) string { return decimal(f, 1) }

// decimal writes a number with so many decimals.
func decimal(f float64, digits int) string {
	s := strings.Replace(strconv.FormatFloat(f, 'f', digits, 64), ".", ",", 1)
	if figure, ok := strings.CutPrefix(s, "-"); ok && strings.Trim(figure, "0,") == "" {
		return figure
	}
	return strings.Replace(s, "-", "−", 1)
}

func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// pluriel is "1 commune", "2 communes": plural from two on, as in French.
func pluriel(n int, one, many string) string {
	if n < 2 {
		return consult.Thousands(n) + "\u00a0" + one
	}
	return consult.Thousands(n) + "\u00a0" + many
}

var weekdays = strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")

// jour is "lundi 2 novembre 2026", in Paris.
func jour(t time.Time) string {
	return weekdays[t.In(consult.Paris).Weekday()] + " " + consult.Date(t)
}

// date is jour for a day written as 2026-11-02; what is not one stays as it is.
func date(day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, consult.Paris)
	if err != nil {
		return day
	}
	return jour(t)
}

// heure is "8 h 05", in Paris.
func heure(t time.Time) string {
	t = t.In(consult.Paris)
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// debut cuts s after n characters at most, at a word's end.
func debut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := n
	for cut > n/2 && r[cut] != ' ' {
		cut--
	}
	return strings.TrimRight(string(r[:cut]), " ,;:") + "…"
}
