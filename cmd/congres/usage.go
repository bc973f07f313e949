package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/web"
)

// errUsage is a command line that cannot be understood: status 2.
var errUsage = errors.New("usage")

// A problem is an error whose text is already the French sentence to print.
type problem struct {
	text  string
	cause error
}

func (p *problem) Error() string { return p.text }
func (p *problem) Unwrap() error { return p.cause }

func problemf(cause error, format string, args ...any) error {
	return &problem{fmt.Sprintf(format, args...), cause}
}

func usagef(format string, args ...any) error { return problemf(errUsage, format, args...) }

// sentence is what to print for an error: what happened and what to do.
func sentence(err error) string {
	var p *problem
	if errors.As(err, &p) {
		return p.text
	}
	var file *corpora.FileError
	if errors.As(err, &file) {
		return file.Sentence
	}
	switch {
	case errors.Is(err, errNoEdition):
		return "Aucune édition n'est encore ouverte : l'équipe l'ouvre depuis la page Pilotage."
	case errors.Is(err, store.ErrInUse):
		return "Ce répertoire de données est déjà utilisé par un autre processus : arrêtez-le, ou passez par le serveur qui tourne."
	case errors.Is(err, store.ErrFormat):
		return "Ces données ont été écrites par une version plus récente de congres : mettez congres à jour."
	case errors.Is(err, store.ErrCorrupt):
		return "Le journal ne se vérifie pas, ou le fichier est abîmé : restaurez la dernière copie (congres restore). Détail : " + err.Error()
	case errors.Is(err, store.ErrUnsafe):
		return "Ce Redis perdrait des faits : " + strings.TrimPrefix(err.Error(), store.ErrUnsafe.Error()+": ")
	case errors.Is(err, store.ErrReadOnly):
		return "Impossible d'écrire dans le répertoire de données (droits, disque plein ou protégé) : rien n'a été écrit à moitié. Libérez de la place ou corrigez les droits."
	case errors.Is(err, os.ErrNotExist):
		return "Fichier introuvable : vérifiez le chemin. Détail : " + err.Error()
	case errors.Is(err, os.ErrPermission):
		return "Accès refusé par le système : vérifiez les droits. Détail : " + err.Error()
	}
	if s := web.Explain(err); s != "" {
		return s
	}
	return "Échec : " + err.Error()
}

// flags makes a set whose every flag may also come from the environment:
// --public-url is CONGRES_PUBLIC_URL. Flags may stand after arguments.
type flags struct {
	*flag.FlagSet
	rest []string
}

func newFlags(name string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.SetOutput(io.Discard)
	return f
}

func (f *flags) parse(args []string) error {
	for {
		if err := f.Parse(args); err != nil {
			return usagef("Option inconnue ou incomplète (%v).", err)
		}
		if f.NArg() == 0 {
			break
		}
		f.rest = append(f.rest, f.Arg(0))
		args = f.Args()[1:]
	}
	given := map[string]bool{}
	f.Visit(func(x *flag.Flag) { given[x.Name] = true })
	var err error
	f.VisitAll(func(x *flag.Flag) {
		name := "CONGRES_" + strings.ToUpper(strings.ReplaceAll(x.Name, "-", "_"))
		if value, ok := os.LookupEnv(name); ok && !given[x.Name] {
			if e := f.Set(x.Name, value); e != nil {
				err = usagef("La variable %s n'est pas valable (%v).", name, e)
			}
		}
	})
	return err
}

// parseInto parses args that hold flags only.
func (f *flags) parseInto(args []string) error {
	if err := f.parse(args); err != nil {
		return err
	}
	if len(f.rest) > 0 {
		return usagef("« %s » est de trop.", f.rest[0])
	}
	return nil
}

func hasPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
