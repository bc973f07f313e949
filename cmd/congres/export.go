package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
	"github.com/villes-internet/congres/motion/publish/pdf"
	"github.com/villes-internet/congres/web"
)

const manualExport = `Les CSV sont faits pour des programmes : RFC 4180, virgules, UTF-8, textes tels
quels. Pour un tableur, prenez ceux que donnent les pages.
contributions : csv (par défaut) ou json. themes : html (par défaut) ou json.
motion : html (par défaut), pdf, odt, docx, txt, xml (Akoma Ntoso) ou json, la
dernière version publiée. S’il y a plusieurs motions : celle qui a été publiée le
plus récemment, ou celle que dit --motion.
  --motion ID     l’identifiant que porte l’adresse de sa page : /motion/ID
  --version N     une de ses versions publiées, au lieu de la dernière
  --public-url URL  l’adresse du site, que le fichier donne pour revenir aux
                  contributions ; inutile à côté d’un service qui tourne
journal : csv, les en-têtes de tous les faits, jamais leurs données.`

func export(ctx context.Context, h *house, args []string, _ io.Reader, out io.Writer) error {
	f := newFlags("export")
	format := f.String("format", "", "")
	var e motionExport
	f.StringVar(&e.motion, "motion", "", "")
	f.IntVar(&e.version, "version", 0, "")
	f.StringVar(&e.public, "public-url", "", "")
	if err := f.parse(args); err != nil {
		return err
	}
	if len(f.rest) != 1 {
		return usagef("Dites quoi exporter : motion, contributions, themes ou journal.")
	}
	if f.rest[0] == "motion" {
		e.format = cmp.Or(*format, "html")
		return h.exportMotion(ctx, e, out)
	}
	if e.motion != "" || e.version != 0 {
		return usagef("--motion et --version disent quelle motion exporter\u00a0: «\u00a0congres export motion\u00a0».")
	}
	switch f.rest[0] + " " + *format {
	case "contributions ", "contributions csv":
		return h.exportContributions(out)
	case "contributions json":
		return h.exportContributionsJSON(out)
	case "themes ", "themes html", "themes json":
		return h.exportThemes(ctx, *format, out)
	case "journal ", "journal csv":
		return h.exportJournal(ctx, out)
	}
	if !slices.Contains([]string{"contributions", "themes", "journal"}, f.rest[0]) {
		return usagef("«\u00a0%s\u00a0» ne s’exporte pas\u00a0: motion, contributions, themes ou journal.", f.rest[0])
	}
	return usagef("«\u00a0%s\u00a0» ne s’exporte pas au format «\u00a0%s\u00a0».", f.rest[0], *format)
}

// contributions are all that are shown, in time, as the staff read them.
func (h *house) contributions() (rows [][]string, err error) {
	h.ledger.View(func(v ledger.View) {
		st := ledger.Of[*consult.State](v)
		e := st.Current(h.ledger.Now())
		if e == nil {
			err = errNoEdition
			return
		}
		for _, d := range st.Corpus(e.ID).Documents {
			c := st.Contribution(d.ID)
			rows = append(rows, []string{c.ID, strconv.Itoa(c.Version()), c.At().Format(time.RFC3339), e.Under(c),
				st.Signature(e, c.Author), strconv.Itoa(len(c.Supports)), c.Text()})
		}
	})
	return rows, err
}

var contributionColumns = []string{"id", "version", "date", "axe", "auteur", "soutiens", "texte"}

func (h *house) exportContributions(out io.Writer) error {
	rows, err := h.contributions()
	if err != nil {
		return err
	}
	w := corpora.NewRecords(out)
	w.Write(contributionColumns...)
	for _, r := range rows {
		w.Write(r...)
	}
	return w.Flush()
}

func (h *house) exportContributionsJSON(out io.Writer) error {
	rows, err := h.contributions()
	if err != nil {
		return err
	}
	list := make([]map[string]string, 0, len(rows))
	for _, r := range rows {
		m := map[string]string{}
		for i, name := range contributionColumns {
			m[name] = r[i]
		}
		list = append(list, m)
	}
	head := h.ledger.Head()
	return json.NewEncoder(out).Encode(map[string]any{"contributions": list, "seq": head.Seq, "tete": head.Hash.String()})
}

func (h *house) exportJournal(ctx context.Context, out io.Writer) error {
	w := corpora.NewRecords(out)
	w.Write("seq", "date", "acte", "acteur", "objet", "efface", "empreinte")
	err := h.store.Read(ctx, 1, func(f store.Fact) bool {
		w.Write(strconv.FormatUint(f.Seq, 10), f.At().Format(time.RFC3339Nano), f.Kind, f.Actor, f.Subject,
			strconv.FormatBool(f.Erased), f.Hash.String())
		return true
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// A motionExport says what to export of motions.
type motionExport struct {
	format  string
	motion  string // Motion.ID, "" the one published last
	version int    // its number, 0 the newest
	public  string // the site's address, "" the running service's
}

// exportMotion writes a published version.
func (h *house) exportMotion(ctx context.Context, e motionExport, out io.Writer) error {
	f, ok := publish.FormatOf(e.format)
	if !ok {
		return usagef("«\u00a0motion\u00a0» ne s’exporte pas au format «\u00a0%s\u00a0».", e.format)
	}
	base, err := site(e.public)
	if err != nil {
		return err
	}
	base = cmp.Or(base, h.public)
	var chosen *motion.Motion
	h.ledger.View(func(v ledger.View) {
		motions := ledger.Of[*motion.State](v)
		if e.motion != "" {
			chosen = motions.Motion(e.motion)
			return
		}
		if e := ledger.Of[*consult.State](v).Current(h.ledger.Now()); e != nil {
			for _, m := range motions.Motions(e.ID) {
				if latest := m.Latest(); latest != nil && (chosen == nil || latest.At.After(chosen.Latest().At)) {
					chosen = m
				}
			}
		}
	})
	switch {
	case chosen == nil && e.motion != "":
		return problemf(nil, "Aucune motion n’a l’identifiant «\u00a0%s\u00a0»\u00a0: c’est ce qui suit /motion/ dans l’adresse de sa page.", e.motion)
	case chosen == nil:
		return problemf(nil, "Aucune motion n’est encore publiée.")
	case chosen.Latest() == nil:
		return problemf(nil, "Cette motion n’est pas encore publiée.")
	}
	version := chosen.Latest()
	if e.version != 0 {
		if version = chosen.Version(e.version); version == nil {
			return problemf(nil, "Cette motion n’a pas de version %d\u00a0: la dernière publiée est la version %d.", e.version, len(chosen.Versions))
		}
	}
	d, err := h.shelf.Document(ctx, version)
	if err != nil {
		return err
	}
	h.ledger.View(func(v ledger.View) { d = d.Signed(ledger.Of[*consult.State](v)) })
	err = f.Write(out, d, publish.Options{Base: base, Fonts: web.PrintFonts()})
	switch {
	case errors.Is(err, pdf.ErrFont):
		return problemf(err, "Ce programme a été construit sans les caractères du PDF : lancez « make build », puis recommencez.")
	case err == nil && base == "" && f.Name != "json":
		return note(out, "Ce fichier ne dit pas à quelle adresse le site répond\u00a0: donnez-la par --public-url pour que ses liens y mènent.")
	}
	return err
}

// exportThemes writes the newest analysis as people left it.
func (h *house) exportThemes(ctx context.Context, format string, out io.Writer) error {
	var edition string
	h.ledger.View(func(v ledger.View) {
		if e := ledger.Of[*consult.State](v).Current(h.ledger.Now()); e != nil {
			edition = e.ID
		}
	})
	if edition == "" {
		return errNoEdition
	}
	r, err := h.desk.Report(ctx, edition)
	if err != nil {
		return err
	}
	if format == "json" {
		return r.WriteJSON(out)
	}
	return r.WriteHTML(out)
}
