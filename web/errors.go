package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

var (
	errTooOften     = errors.New("web: too many tries")
	errCrossOrigin  = errors.New("web: a form from another site")
	errFileTooLarge = errors.New("web: a file above the limit")
)

// maxDrained bounds what is read of a form that is refused for its length.
const maxDrained = 64 << 20

// Explain is the French sentence for an error, "" when it is not one that a
// person can do something about.
func Explain(err error) string {
	_, sentence := explain(err)
	return sentence
}

// explain turns an error into a status and what the person reads. An error
// that it does not know gives status 500 and no sentence.
func explain(err error) (status int, sentence string) {
	var field *consult.FieldError
	var tooLarge *http.MaxBytesError
	var file *corpora.FileError
	var merged *mergedError
	switch {
	case errors.As(err, &field):
		return http.StatusUnprocessableEntity, field.Problem
	case errors.Is(err, errFileTooLarge):
		return http.StatusRequestEntityTooLarge, "Ce fichier dépasse 50\u00a0Mo\u00a0: rien n’en a été gardé. Partagez-le en plusieurs fichiers, puis envoyez-les l’un après l’autre."
	case errors.As(err, &tooLarge), errors.Is(err, store.ErrTooLarge):
		return http.StatusRequestEntityTooLarge, "Ce que vous envoyez est trop volumineux\u00a0: 50\u00a0Mo au plus pour un fichier, 20\u202f000 caractères pour une contribution. Rien n’a été enregistré, et rien n’est perdu\u00a0: ce que vous avez écrit est encore dans votre navigateur. Revenez en arrière, raccourcissez-le ou envoyez-le en plusieurs fois."
	case errors.Is(err, access.ErrNoSession):
		return http.StatusUnauthorized, "Votre session a pris fin\u00a0: rien n’a été envoyé. Copiez votre texte, qui est ci-dessous, puis entrez de nouveau."
	case errors.Is(err, consult.ErrForbidden):
		return http.StatusForbidden, "Votre rôle ne permet pas cette action. Si cela vous étonne, écrivez à l’équipe du congrès."
	case errors.As(err, &merged):
		return http.StatusGone, "Ce thème a été réuni à «\u00a0" + merged.Label + "\u00a0», qui tient maintenant toutes ses phrases. Rien d’autre n’a changé."
	case errors.Is(err, consult.ErrNotFound), errors.Is(err, store.ErrNotFound):
		return http.StatusNotFound, "Cette page n’existe pas, ou n’existe plus. Revenez à l’accueil pour retrouver votre chemin."
	case errors.Is(err, consult.ErrErased):
		return http.StatusGone, "Ces propos ont été effacés à la demande de leur auteur."
	case errors.Is(err, consult.ErrNotOpen):
		return http.StatusConflict, "L’espace d’expression n’est pas encore ouvert."
	case errors.Is(err, consult.ErrOver):
		return http.StatusConflict, "L’espace d’expression est fermé\u00a0: cette action n’est plus possible."
	case errors.Is(err, access.ErrLink):
		return http.StatusGone, "Un lien pour entrer sert une seule fois, pendant sept jours\u00a0: celui-ci a déjà servi, a expiré, ou n’est pas entier. Demandez-en un autre ci-dessous."
	case errors.Is(err, desk.ErrRunning):
		return http.StatusConflict, "Une analyse est déjà en cours\u00a0: attendez qu’elle se termine, ou arrêtez-la."
	case errors.Is(err, desk.ErrNoRun):
		return http.StatusNotFound, "Aucune analyse n’a encore été faite pour cette édition\u00a0: l’équipe la lance depuis l’atelier."
	case errors.Is(err, analysis.ErrEmpty):
		return http.StatusUnprocessableEntity, "Il n’y a encore aucune contribution à analyser."
	case errors.Is(err, motion.ErrFrozen):
		return http.StatusConflict, "Cette motion est figée\u00a0: plus personne ne peut la modifier."
	case errors.Is(err, motion.ErrUnchanged):
		return http.StatusConflict, "Rien n’est publié\u00a0: la dernière version publiée dit exactement la même chose."
	case errors.Is(err, motion.ErrUnread):
		return http.StatusConflict, "Rien n’est publié\u00a0: le texte a changé depuis que vous avez ouvert cette page. Relisez-le ci-dessus tel qu’il est maintenant, puis publiez."
	case errors.Is(err, motion.ErrUnconfirmed):
		return http.StatusUnprocessableEntity, "Rien n’est publié\u00a0: relisez ce qui est dit ci-dessous, puis cochez la case si vous publiez quand même."
	case errors.Is(err, motion.ErrStale):
		return http.StatusConflict, "Rien n’est fait\u00a0: le texte, ou ce qu’il cite, vient de changer. Relisez-le, puis recommencez."
	case errors.As(err, &file):
		return http.StatusUnprocessableEntity, file.Error()
	case errors.Is(err, errFileGone):
		return http.StatusGone, "Ce fichier n’est plus sur le serveur, où il ne reste qu’un jour. Envoyez-le de nouveau."
	case errors.Is(err, errImporting):
		return http.StatusConflict, "Un import est déjà en cours\u00a0: attendez qu’il se termine, puis recommencez."
	case errors.Is(err, errVerifying):
		return http.StatusConflict, "Une vérification de la chaîne est déjà en cours\u00a0: attendez qu’elle se termine."
	case errors.Is(err, io.ErrUnexpectedEOF):
		return http.StatusBadRequest, "L’envoi a été interrompu avant la fin\u00a0: rien n’a été gardé. Vérifiez la connexion, puis recommencez."
	case errors.Is(err, errTooOften):
		return http.StatusTooManyRequests, "Trop de tentatives en peu de temps. Patientez une minute, puis recommencez."
	case errors.Is(err, errCrossOrigin):
		return http.StatusForbidden, "Ce formulaire vient d’un autre site\u00a0: rien n’a été enregistré. Ouvrez la page du congrès et recommencez."
	case errors.Is(err, ledger.ErrBusy), errors.Is(err, ledger.ErrClosed):
		return http.StatusServiceUnavailable, "Le serveur est très occupé. Votre texte n’est pas perdu\u00a0: patientez un instant, puis renvoyez-le."
	case errors.Is(err, store.ErrAway):
		return http.StatusServiceUnavailable, "Le serveur n’atteint plus l’endroit où il garde ce que vous écrivez. Rien n’a été écrit à moitié\u202f; gardez votre texte, patientez un instant, puis renvoyez-le."
	case errors.Is(err, store.ErrUnsafe):
		return http.StatusServiceUnavailable, "Le serveur n’enregistre plus rien\u00a0: Redis est réglé de telle sorte qu’il pourrait perdre ce que vous écrivez. Gardez votre texte et prévenez l’équipe du congrès."
	case errors.Is(err, store.ErrCorrupt):
		return http.StatusInternalServerError, "Ce qui est gardé à cet endroit est abîmé et ne peut pas être montré. Prévenez l’équipe du congrès\u00a0: sur le serveur, «\u00a0congres verify\u00a0» dit ce qui est touché et que faire."
	case errors.Is(err, pdf.ErrFont):
		return http.StatusServiceUnavailable, "Ce serveur a été construit sans les caractères du PDF : prenez un autre format, ou lancez make build et redémarrez-le."
	case errors.Is(err, store.ErrReadOnly):
		return http.StatusServiceUnavailable, "Le serveur ne peut plus rien enregistrer (disque plein ou protégé). Rien n’a été écrit à moitié\u202f; gardez votre texte et prévenez l’équipe du congrès."
	}
	return http.StatusInternalServerError, ""
}

// fail answers a request that led to err.
func (v *visit) fail(err error) {
	words := v.carried()
	if errors.Is(err, access.ErrNoSession) && (words == "" || session(v.r) == "") {
		to := "/entrer"
		if v.r.Method == http.MethodGet {
			to += "?retour=" + url.QueryEscape(v.r.URL.RequestURI())
		}
		http.Redirect(v.w, v.r, to, http.StatusSeeOther)
		return
	}
	status, sentence := explain(err)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) && v.body != nil {
		// A browser shows no answer before it has sent all: what is left is read
		// to some extent.
		io.Copy(io.Discard, io.LimitReader(v.body, maxDrained)) // what comes of it does not matter
	}
	if errors.Is(err, store.ErrCorrupt) || errors.Is(err, store.ErrAway) || errors.Is(err, store.ErrUnsafe) {
		v.s.Log.Error("the store failed", "path", v.r.Pattern, "error", err)
	}
	if sentence == "" {
		reference := store.NewID()[:8]
		v.s.Log.Error("request failed", "reference", reference, "path", v.r.Pattern, "error", err)
		sentence = "Une erreur inattendue s’est produite. Recommencez\u202f; si elle revient, donnez à l’équipe du congrès la référence " + reference + "."
	}
	if v.r.Header.Get("X-Requested-With") != "" {
		http.Error(v.w, sentence, status)
		return
	}
	link := errors.Is(err, access.ErrLink)
	if link && v.s.Mail == nil {
		link, sentence = false, "Un lien pour entrer sert une seule fois, pendant sept jours\u00a0: celui-ci a déjà servi, a expiré, ou n’est pas entier. Demandez-en un autre à l’équipe du congrès."
	}
	title := heading(err, status)
	p := map[string]any{"Title": title, "Sentence": sentence, "Link": link, "Back": "", "Start": "", "Words": words, "Ways": v.ways(err)}
	if errors.Is(err, access.ErrNoSession) {
		p["Link"] = v.s.Mail != nil
		if back, err := url.Parse(v.r.Referer()); err == nil && sameSite(back.Path) {
			p["Back"] = back.Path
		}
	}
	if errors.Is(err, access.ErrLink) {
		if back := v.r.FormValue("retour"); sameSite(back) {
			p["Back"] = back
		}
		if v.who != nil { // a link that has served often leads somebody who is in already
			p["Start"] = v.s.start(v.who)
		}
	}
	if err := v.render(status, "erreur.html", title, p); err != nil {
		http.Error(v.w, sentence, status)
	}
}

// heading is the title of the page that says what err is.
func heading(err error, status int) string {
	switch {
	case errors.Is(err, access.ErrLink):
		return "Ce lien ne fonctionne plus"
	case errors.Is(err, access.ErrNoSession):
		return "Entrez de nouveau"
	}
	switch status {
	case http.StatusNotFound:
		return "Page introuvable"
	case http.StatusForbidden:
		return "Accès réservé"
	case http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return "À corriger"
	case http.StatusConflict:
		return "Ce n’est pas possible"
	case http.StatusGone:
		return "Ce n’est plus là"
	case http.StatusBadRequest:
		return "À recommencer"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return "Pas maintenant"
	}
	return "Un imprévu"
}

// ways leads on from the page that says what err is: to what took the place of
// what is gone, and back to the page that the person comes from.
func (v *visit) ways(err error) (out []link) {
	if errors.Is(err, access.ErrLink) || errors.Is(err, access.ErrNoSession) {
		return nil // they have their own
	}
	var merged *mergedError
	if errors.As(err, &merged) {
		out = append(out, link{merged.Address, "Ouvrir «\u00a0" + merged.Label + "\u00a0»"})
	}
	back, err := url.Parse(v.r.Referer())
	if err != nil {
		return out
	}
	q := back.Query()
	q.Del("fait") // what that page said was done is not done again
	to := url.URL{Path: back.Path, RawQuery: q.Encode()}
	if sameSite(to.String()) && to.Path != "/" && (v.r.Method != http.MethodGet || to.Path != v.r.URL.Path) {
		out = append(out, link{to.String(), "Revenir à la page précédente"})
	}
	return out
}

// carried is what a person wrote in the form that failed, so that the page that
// says why can give it back; "" where the form holds no such field, or where
// its own page gives it back.
func (v *visit) carried() string {
	if v.r.Method != http.MethodPost || v.r.Header.Get("X-Requested-With") != "" || v.body == nil ||
		!strings.HasPrefix(v.r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return ""
	}
	if v.r.PostForm == nil {
		v.r.Body = http.MaxBytesReader(v.w, v.body, maxWriting)
		if v.r.ParseForm() != nil {
			return ""
		}
	}
	for _, field := range []string{"texte", "notes", "nom", "titre"} {
		if words := strings.ToValidUTF8(v.r.PostForm.Get(field), "\uFFFD"); strings.TrimSpace(words) != "" {
			return words
		}
	}
	return ""
}
