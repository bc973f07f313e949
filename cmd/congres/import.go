package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
)

const manualImport = `contributions : un tableau (CSV, XLSX, ODS, JSON ou JSONL), un export Decidim ou
du Grand débat, un corpus IRaMuTeQ ou TXM, ou un document (DOCX, ODT) dont chaque
paragraphe et chaque puce devient une contribution. elus : un tableau. notes : un
document (DOCX, ODT) ou un texte (.txt, .md). D’un classeur, la première feuille
qui est un tableau est lue, ou celle que nomme --sheet. Les colonnes sont devinées
et montrées ; --text nomme celle des contributions. D’un tableau de plusieurs
questions ouvertes, chaque réponse devient une contribution, avec sa question ;
--text n’en fait lire qu’une.

--check dit ligne par ligne ce qui poserait problème et n’écrit rien. Importer
deux fois le même fichier n’ajoute rien ; un texte changé devient une nouvelle
version ; des notes changées remplacent celles de la rencontre de même titre (et
de même date, si --date la donne). Un texte qu’un autre fichier, une rencontre ou le
formulaire a déjà apporté mot pour mot est signalé, et laissé de côté avec
--skip-copies.

--origin nomme la source des contributions (sinon, le nom du fichier) : les
identifiants valent par source. Pour notes : --title, --place, --date.`

// importFiles sends each file to the operation, one after the other.
func importFiles(ctx context.Context, args []string, _ io.Reader, out, _ io.Writer) error {
	p, rest, err := placeOf("import", args)
	if err != nil {
		return err
	}
	f, o := importFlags()
	if err := f.parse(rest); err != nil {
		return err
	}
	if len(f.rest) < 2 {
		return usagef("Dites quoi importer (elus, contributions ou notes) et au moins un fichier.")
	}
	options := o.args()
	for _, name := range f.rest[1:] {
		file, err := openFile(name)
		if err != nil {
			return err
		}
		err = operate(ctx, "import", p, append([]string{f.rest[0], filepath.Base(name)}, options...), file, out)
		file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

type importOptions struct {
	check, skip                             bool
	origin, sheet, text, title, place, date string
}

// args writes the options as the operation reads them, whichever way they were
// given.
func (o *importOptions) args() (out []string) {
	if o.check {
		out = append(out, "--check")
	}
	if o.skip {
		out = append(out, "--skip-copies")
	}
	for _, x := range []struct{ name, value string }{{"origin", o.origin}, {"sheet", o.sheet}, {"text", o.text}, {"title", o.title}, {"place", o.place}, {"date", o.date}} {
		if x.value != "" {
			out = append(out, "--"+x.name+"="+x.value)
		}
	}
	return out
}

func importFlags() (*flags, *importOptions) {
	f, o := newFlags("import"), &importOptions{}
	f.BoolVar(&o.check, "check", false, "")
	f.BoolVar(&o.skip, "skip-copies", false, "")
	f.StringVar(&o.origin, "origin", "", "")
	f.StringVar(&o.sheet, "sheet", "", "")
	f.StringVar(&o.text, "text", "", "")
	f.StringVar(&o.title, "title", "", "")
	f.StringVar(&o.place, "place", "", "")
	f.StringVar(&o.date, "date", "", "")
	return f, o
}

// importOne imports one file, read from in.
func importOne(ctx context.Context, h *house, args []string, in io.Reader, out io.Writer) error {
	f, o := importFlags()
	if err := f.parse(args); err != nil {
		return err
	}
	if len(f.rest) != 2 {
		return usagef("Une option s’écrit --nom=valeur.")
	}
	what, name := f.rest[0], f.rest[1]
	if what == "notes" {
		return h.importNotes(ctx, o, name, in, out)
	}
	if what != "elus" && what != "contributions" {
		return usagef("« %s » ne s’importe pas : elus, contributions ou notes.", what)
	}
	table, err := corpora.Read(name, in, corpora.Limits{Sheet: o.sheet})
	if err != nil {
		return err
	}
	if what == "elus" {
		return h.importElus(ctx, table, o.check, out)
	}
	if o.origin == "" {
		o.origin = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return h.importContributions(ctx, table, o, out)
}

func (h *house) importElus(ctx context.Context, t *corpora.Table, check bool, out io.Writer) error {
	columns := consult.GuessRoster(t)
	if columns.Email == "" {
		return problemf(nil, "%s\u00a0: aucune colonne ne donne les courriels, sans lesquels personne ne peut entrer. Nommez-la «\u00a0courriel\u00a0» dans le fichier, puis recommencez\u202f; rien n’a été écrit. Ses colonnes\u00a0: %s.", t.Name, strings.Join(t.Header, ", "))
	}
	r := consult.ReadRoster(t, columns)
	h.ledger.View(func(v ledger.View) { r.Compare(ledger.Of[*consult.State](v)) })
	for _, d := range r.Doubts {
		fmt.Fprintln(out, d)
	}
	fmt.Fprintf(out, "%s : %s, %s, %s, %s.\n", many(r.Total, "ligne", "lignes"), many(r.New, "nouvelle personne", "nouvelles personnes"),
		many(r.Changed, "modifiée", "modifiées"), many(r.Same, "inchangée", "inchangées"), many(r.Left, "laissée de côté", "laissées de côté"))
	if check {
		fmt.Fprintln(out, "Rien n’a été écrit.")
		return nil
	}
	_, err := h.ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) error {
		for _, p := range r.People {
			if _, _, err := consult.Accredit(tx, p); err != nil {
				return err
			}
		}
		return nil
	}})
	return err
}

func (h *house) importContributions(ctx context.Context, t *corpora.Table, o *importOptions, out io.Writer) error {
	var e *consult.Edition
	var people []*consult.Person
	h.ledger.View(func(v ledger.View) {
		st := ledger.Of[*consult.State](v)
		e, people = st.Current(h.ledger.Now()), st.People()
	})
	if e == nil {
		return errNoEdition
	}
	columns := t.Guess()
	if o.text != "" {
		text, err := t.Find(o.text)
		if err != nil {
			return err
		}
		columns = columns.Without(text)
		columns.Text, columns.Title = text, ""
	}
	if columns.Text == "" && columns.Title == "" {
		return problemf(nil, "Aucune colonne de textes n’a été reconnue dans ce fichier : renommez celle qui les porte « texte », ou nommez-la par --text.")
	}
	r := consult.ReadContributions(t, consult.Choice{Columns: columns, Alone: o.text != ""}, o.origin, e, people)
	r.Compare(e.ID, func(fn func(*consult.State)) {
		h.ledger.View(func(v ledger.View) { fn(ledger.Of[*consult.State](v)) })
	})
	read := slices.DeleteFunc(columns.Mapped(), func(h string) bool { return slices.Contains(r.Unread, h) })
	fmt.Fprintf(out, "%s ; colonnes : %s\n", t.Kind(), strings.Join(read, ", "))
	if len(r.Unread) > 0 {
		fmt.Fprintf(out, "Pas importé\u00a0: %s.\n", listed(r.Unread))
	}
	for _, q := range r.Questions {
		under := "gardée avec chaque réponse"
		if q.Axis != "" {
			under = "question «\u00a0" + q.Axis + "\u00a0» de l’édition"
		}
		fmt.Fprintf(out, "Question «\u00a0%s\u00a0»\u00a0: %s, %s. Pour n’en lire qu’une\u00a0: --text COLONNE.\n", q.Name, many(q.Answers, "réponse", "réponses"), under)
	}
	for _, d := range r.Doubts {
		fmt.Fprintln(out, d)
	}
	if n := len(r.Copies); n > 0 && o.skip {
		fmt.Fprintln(out, many(n, "texte déjà là, mot pour mot, venu d’ailleurs\u00a0: laissé de côté.", "textes déjà là, mot pour mot, venus d’ailleurs\u00a0: laissés de côté."))
		r.LeaveCopies()
	} else if n > 0 {
		fmt.Fprintln(out, many(n, "texte déjà là, mot pour mot, venu d’ailleurs. Pour le laisser de côté\u00a0: --skip-copies.",
			"textes déjà là, mot pour mot, venus d’ailleurs. Pour les laisser de côté\u00a0: --skip-copies."))
	}
	if o.check {
		fmt.Fprintf(out, "%s Rien n’a été écrit.\n", tallied(r, r.Tally, r.Left))
		return nil
	}
	var tally consult.Tally
	for rows := range r.Commands() {
		var part consult.Tally
		_, err := h.ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) (err error) {
			part, err = consult.Import(tx, e.ID, r.Origin, rows)
			return err
		}})
		if err != nil {
			if n := tally.New + tally.Changed + tally.Same; n > 0 {
				fmt.Fprintf(out, "L’import s’est arrêté après %s. Relancez-le ensuite\u00a0: rien ne sera ajouté deux fois.\n", many(n, "contribution, qui est gardée", "contributions, qui sont gardées"))
			}
			return err
		}
		tally = tally.Add(part)
	}
	fmt.Fprintln(out, tallied(r, tally, r.Left+tally.Refused))
	return nil
}

// tallied is what an import of contributions made, or would make, of a file's
// lines.
func tallied(r *consult.Reading, t consult.Tally, left int) string {
	what := many(r.Total, "ligne", "lignes")
	if r.Questions != nil {
		what += ", " + many(r.Answers, "réponse", "réponses")
	}
	return fmt.Sprintf("%s : %s, %s, %s, %s.", what, many(t.New, "nouvelle", "nouvelles"),
		many(t.Changed, "modifiée", "modifiées"), many(t.Same, "inchangée", "inchangées"), many(left, "laissée de côté", "laissées de côté"))
}

var errNoEdition = errors.New("no edition")

func (h *house) importNotes(ctx context.Context, o *importOptions, name string, in io.Reader, out io.Writer) error {
	notes, err := corpora.ReadNotes(name, in, corpora.Limits{})
	if err != nil {
		return err
	}
	given := o.date
	if o.title == "" {
		o.title = strings.TrimSuffix(name, filepath.Ext(name))
	}
	if o.date == "" {
		o.date = h.ledger.Now().In(consult.Paris).Format(time.DateOnly)
	}
	if o.check {
		var e *consult.Edition
		h.ledger.View(func(v ledger.View) { e = ledger.Of[*consult.State](v).Current(h.ledger.Now()) })
		if e == nil {
			return errNoEdition
		}
		m := consult.Meeting{Edition: e.ID, Title: o.title, Place: o.place, Date: o.date, Notes: notes}
		if _, err := m.Clean(); err != nil {
			return err
		}
		fmt.Fprintf(out, "Les notes de « %s » se lisent. Rien n’a été écrit.\n", o.title)
		return nil
	}
	said := ""
	_, err = h.ledger.Do(ctx, ledger.Command{Decide: func(tx *ledger.Tx) error {
		st := ledger.Of[*consult.State](tx)
		e := st.Current(h.ledger.Now())
		if e == nil {
			return errNoEdition
		}
		m := consult.Meeting{Edition: e.ID, Title: o.title, Place: o.place, Date: o.date, Notes: notes}
		said = "enregistrée"
		if known := st.MeetingTitled(e.ID, o.title, given); known != nil {
			m.ID, m.Date, m.Place = known.ID, known.Date, cmp.Or(o.place, known.Place)
			if said = "modifiée"; known.Same(m) {
				said = "inchangée"
				return nil
			}
		}
		_, err := consult.NoteMeeting(tx, m)
		return err
	}})
	if err == nil {
		fmt.Fprintf(out, "Rencontre « %s » %s.\n", o.title, said)
	}
	return err
}
