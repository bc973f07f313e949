package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
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
	var unsafe *redis.Unsafe
	var file *corpora.FileError
	if errors.As(err, &file) {
		return file.Error()
	}
	switch {
	case errors.Is(err, errNoEdition):
		return "Aucune édition n’est encore ouverte : l’équipe l’ouvre depuis la page Pilotage."
	case errors.Is(err, store.ErrInUse):
		return "Ce répertoire de données est déjà utilisé par un autre processus : arrêtez-le, ou passez par le serveur qui tourne."
	case errors.Is(err, store.ErrFormat):
		return "Ces données ont été écrites par une version plus récente de congres : mettez congres à jour."
	case errors.Is(err, store.ErrCorrupt):
		return "Les données gardées ici sont abîmées, ou ne sont pas celles d’un congrès\u00a0: n’y touchez plus, et restaurez la dernière copie dans un autre répertoire (congres restore FICHIER --data RÉPERTOIRE)." + detail(err)
	case errors.As(err, &unsafe):
		var wrong []string
		for _, s := range unsafe.Settings {
			wrong = append(wrong, fmt.Sprintf("%s vaut « %s », il faut « %s »", s.Name, s.Have, s.Want))
		}
		return "Ce Redis perdrait des faits : " + strings.Join(wrong, " ; ") + ". Corrigez redis.conf, puis recommencez."
	case errors.Is(err, store.ErrUnsafe):
		return "Ce Redis est trop ancien : il faut la version 7.0 ou une plus récente."
	case errors.Is(err, store.ErrAddress):
		return "L’adresse donnée à --store ne se lit pas\u00a0: écrivez-la comme redis://hôte:6379/0." + detail(err)
	case errors.Is(err, store.ErrRefused):
		return "Ce Redis refuse d’ouvrir sa porte\u00a0: donnez son nom d’utilisateur et son mot de passe dans l’adresse, redis://nom:mot-de-passe@hôte:6379/0." + detail(err)
	case errors.Is(err, store.ErrReadOnly):
		return "Impossible d’écrire dans le répertoire de données (droits, disque plein ou protégé) : rien n’a été écrit à moitié. Libérez de la place ou corrigez les droits."
	case errors.Is(err, store.ErrAway):
		return "Aucun Redis ne répond à l’adresse donnée à --store\u00a0: vérifiez-la, et que Redis est démarré. Ce qui a été acquitté avant est gardé." + detail(err)
	case errors.Is(err, os.ErrNotExist):
		return "Fichier introuvable\u00a0: vérifiez le chemin." + detail(err)
	case errors.Is(err, os.ErrPermission):
		return "Accès refusé par le système\u00a0: vérifiez les droits." + detail(err)
	case errors.Is(err, context.Canceled):
		return "La commande a été interrompue\u00a0: relancez-la."
	}
	if s := web.Explain(err); s != "" {
		return s
	}
	return "La commande n’a pas abouti\u00a0: recommencez\u202f; si cela revient, transmettez cette ligne à qui administre le serveur." + detail(err)
}

// detail is what a library said, in its own language, behind our sentence and
// on the same line.
func detail(err error) string {
	return " Détail technique\u00a0: " + strings.Join(strings.Fields(err.Error()), " ")
}

// usageError is errUsage with a French sentence.
func usageError(sentence string) error { return &problem{sentence, errUsage} }

// flags is a set of flags and, once parsed, what else stood on the line.
type flags struct {
	*flag.FlagSet
	rest []string
}

func newFlags(name string) *flags {
	return &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
}

func (f *flags) parse(args []string) (err error) {
	f.rest, err = parse(f.FlagSet, args)
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

// parse reads flags, which may stand before, between and after the arguments,
// and returns the arguments. A flag that is not given is read from the
// environment (CONGRES_SEED for --seed). Errors are errUsage.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	var rest []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, inFrench(flags.Name(), err)
		}
		left := flags.Args()
		if n := len(args) - len(left); n > 0 && args[n-1] == "--" {
			rest = append(rest, left...)
			break
		}
		if len(left) == 0 {
			break
		}
		rest, args = append(rest, left[0]), left[1:]
	}
	given := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var failed error
	flags.VisitAll(func(f *flag.Flag) {
		name := "CONGRES_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value := os.Getenv(name); value != "" && !given[f.Name] {
			if err := flags.Set(f.Name, value); err != nil && failed == nil {
				failed = usageError(fmt.Sprintf("La variable %s vaut «\u00a0%s\u00a0», qui ne convient pas à --%s.", name, value, f.Name))
			}
		}
	})
	return rest, failed
}

// inFrench says what package flag refused.
func inFrench(command string, err error) error {
	text := err.Error()
	manual := fmt.Sprintf("Voyez «\u00a0congres help %s\u00a0».", command)
	switch {
	case strings.HasPrefix(text, "flag provided but not defined: -"):
		name := strings.TrimPrefix(text, "flag provided but not defined: -")
		return usageError(fmt.Sprintf("L’option --%s n’existe pas. %s", strings.TrimPrefix(name, "-"), manual))
	case strings.HasPrefix(text, "flag needs an argument: -"):
		return usageError(fmt.Sprintf("L’option --%s attend une valeur. %s", strings.TrimPrefix(text, "flag needs an argument: -"), manual))
	case strings.HasPrefix(text, "invalid"):
		if _, name, ok := strings.Cut(text, "flag -"); ok {
			name, why, _ := strings.Cut(name, ": ")
			if why != "" && why != "parse error" && why != "value out of range" { // a flag of ours says it in French
				return usageError(fmt.Sprintf("La valeur de --%s ne convient pas\u00a0: %s.", name, strings.TrimSuffix(why, ".")))
			}
			return usageError(fmt.Sprintf("La valeur de --%s ne convient pas. %s", name, manual))
		}
	}
	return usageError("Commande mal écrite. " + manual)
}
