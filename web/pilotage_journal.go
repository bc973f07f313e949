package web

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// Bounds of the journal's pages.
const (
	journalPage = 50
	maxVerified = 2_000_000 // facts that one request verifies
	verifyTime  = time.Minute
)

// errVerifying is a second verification at once.
var errVerifying = errors.New("web: the chain is being verified")

// factNames are the facts in French.
var factNames = map[string]string{
	"edition.opened":           "édition ouverte ou modifiée",
	"person.accredited":        "personne accréditée ou mise à jour",
	"person.erased":            "personne effacée",
	"contribution.submitted":   "contribution reçue",
	"contribution.revised":     "contribution modifiée",
	"contribution.supported":   "soutien donné",
	"contribution.unsupported": "soutien retiré",
	"contribution.hidden":      "contribution masquée",
	"contribution.shown":       "contribution de nouveau visible",
	"meeting.noted":            "rencontre notée",
	"run.kept":                 "analyse gardée",
	"run.purged":               "propos effacés d’une analyse",
	"theme.renamed":            "thème renommé",
	"theme.merged":             "thèmes réunis",
	"theme.split":              "thème partagé",
	"segment.moved":            "phrase déplacée",
	"theme.frozen":             "thème figé",
	"theme.thawed":             "thème libéré",
	"theme.placed":             "thème rangé sous un axe",
	"decision.undone":          "décision annulée",
	"axis.given":               "axe donné pour guider les analyses",
	"axis.withdrawn":           "axe retiré des analyses",
	"motion.opened":            "motion ouverte",
	"motion.snapshot":          "état du texte partagé noté",
	"motion.kept":              "version de la motion gardée",
	"motion.named":             "version de la motion nommée",
	"motion.restored":          "retour de la motion à une version",
	"motion.copy.redacted":     "propos effacés d’une version gardée",
	"motion.thread":            "fil de commentaires ouvert",
	"motion.comment":           "commentaire sur la motion",
	"motion.thread.resolved":   "fil de commentaires résolu ou rouvert",
	"motion.comments.erased":   "commentaires effacés",
	"motion.published":         "motion publiée",
	"motion.frozen":            "motion figée ou rouverte",
	"motion.frozen.reason":     "motif de figer ou de rouvrir la motion",
	"motion.redacted":          "propos retirés de la motion",
}

// A journalEntry is a fact as the journal's page shows it.
type journalEntry struct {
	Seq     uint64
	At      time.Time
	What    string
	Who     string
	Subject string
	Hash    string
	Erased  bool
}

type journalData struct {
	Entries         []journalEntry
	Head            store.Head
	Older, Newer    uint64 // the address' « avant »; 0: none
	Verdict         string
	Sound, Verified bool
}

func (v *visit) journal() error { return v.journalPage(http.StatusOK, journalData{}) }

// journalPage shows the facts before the number that the address names, the
// newest first.
func (v *visit) journalPage(status int, d journalData) error {
	d.Head = v.s.Ledger.Head()
	before := d.Head.Seq + 1
	if n, err := strconv.ParseUint(v.r.URL.Query().Get("avant"), 10, 64); err == nil && n > 0 && n < before {
		before = n
	}
	from := uint64(1)
	if before > journalPage {
		from = before - journalPage
	}
	var facts []store.Fact
	err := v.s.Store.Read(v.r.Context(), from, func(f store.Fact) bool {
		if f.Seq < before {
			facts = append(facts, f)
		}
		return f.Seq+1 < before
	})
	if errors.Is(err, store.ErrCorrupt) {
		d.Sound = false
		d.Verdict = cmp.Or(d.Verdict, "Le journal ne se lit plus ici\u00a0: la chaîne est rompue. Vérifiez-la, gardez une copie du fichier et prévenez qui administre le serveur.")
	} else if err != nil {
		return err
	}
	slices.Reverse(facts)
	v.s.view(func(st *consult.State) {
		for _, f := range facts {
			e := journalEntry{f.Seq, f.At(), cmp.Or(factNames[f.Kind], f.Kind), "le système", f.Subject, f.Hash.String()[:12], f.Erased}
			if f.Actor != "" {
				e.Who = f.Actor
				if p := st.Person(f.Actor); p != nil {
					e.Who = p.Name()
				}
			}
			d.Entries = append(d.Entries, e)
		}
	})
	if from > 1 {
		d.Older = from
	}
	if before <= d.Head.Seq {
		d.Newer = min(before+journalPage, d.Head.Seq+1)
	}
	return v.render(status, "pilotage-journal.html", "Le journal", d)
}

// verifyJournal walks the whole chain again, from the stored bytes.
func (d *steering) verifyJournal(v *visit) error {
	select {
	case d.walk <- struct{}{}:
		defer func() { <-d.walk }()
	default:
		return errVerifying
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), verifyTime)
	defer cancel()
	head := v.s.Ledger.Head()
	var at store.Head
	erased := 0
	var broken error
	err := v.s.Store.Read(ctx, 1, func(f store.Fact) bool {
		var salted []byte
		if f.Erased {
			erased++
		} else {
			salted = f.Salted()
		}
		again, err := store.Decode(at, f.Raw, salted)
		if err != nil {
			broken = err
			return false
		}
		at = store.Head{Seq: again.Seq, Hash: again.Hash}
		if at.Seq == head.Seq && at.Hash != head.Hash {
			broken = store.ErrCorrupt
			return false
		}
		return at.Seq < head.Seq && at.Seq < maxVerified
	})
	data := journalData{Verified: true}
	switch {
	case broken != nil || errors.Is(err, store.ErrCorrupt):
		v.s.Log.Error("the chain does not verify", "after", at.Seq, "error", cmp.Or(broken, err))
		data.Verdict = "La chaîne est rompue après le fait nᵒ " + strconv.FormatUint(at.Seq, 10) + "\u00a0: le journal a été altéré. N’écrivez plus rien, gardez une copie du fichier et prévenez qui administre le serveur."
	case errors.Is(err, context.DeadlineExceeded):
		data.Verdict = "Jusqu’au fait nᵒ " + strconv.FormatUint(at.Seq, 10) + ", la chaîne est intacte\u202f; le temps a manqué pour la suite. Sur le serveur, «\u00a0congres verify\u00a0» la parcourt entière."
	case err != nil:
		return err
	case at.Seq < head.Seq:
		data.Verdict = "Les " + consult.Thousands(int(at.Seq)) + " premiers faits sont intacts\u202f; le journal en compte " + consult.Thousands(int(head.Seq)) + ". Sur le serveur, «\u00a0congres verify\u00a0» les parcourt tous."
	default:
		data.Sound = true
		data.Verdict = "La chaîne est intacte\u00a0: " + pluriel(int(at.Seq), "fait relu", "faits relus") + ", " + pluriel(erased, "effacé", "effacés") + ", et chacun suit le précédent."
	}
	return v.journalPage(http.StatusOK, data)
}

// journalCSV downloads the headers of all facts. With the header's own bytes,
// anybody can check the chain: the hash is their SHA-256.
func (v *visit) journalCSV() error {
	sheet := v.sheet("journal.csv")
	sheet.Write("numéro", "heure (UTC)", "fait", "nature", "version", "acteur", "sujet", "effacé", "empreinte des données", "empreinte précédente", "empreinte", "en-tête (hexadécimal)")
	head := v.s.Ledger.Head()
	err := v.s.Store.Read(v.r.Context(), 1, func(f store.Fact) bool {
		if f.Seq > head.Seq {
			return false
		}
		erased := "non"
		if f.Erased {
			erased = "oui"
		}
		sheet.Write(strconv.FormatUint(f.Seq, 10), f.At().Format("2006-01-02T15:04:05.000Z"), cmp.Or(factNames[f.Kind], f.Kind), f.Kind,
			strconv.Itoa(int(f.KindVersion)), f.Actor, f.Subject, erased, f.DataHash.String(), f.PrevHash.String(), f.Hash.String(), hex.EncodeToString(f.Raw))
		return true
	})
	if err != nil {
		// Half a file must not pass for a whole one: the connection is cut.
		v.s.Log.Error("journal not downloaded whole", "error", err)
		panic(http.ErrAbortHandler)
	}
	return sheet.Close()
}
