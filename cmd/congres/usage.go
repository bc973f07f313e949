package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// errUsage is what a command was asked wrongly: exit 2.
var errUsage = errors.New("usage")

// A usageError is errUsage with a French sentence.
type usageError string

func (e usageError) Error() string        { return string(e) }
func (e usageError) Is(target error) bool { return target == errUsage }

// parse reads flags, which may stand before, between and after the arguments,
// and returns the arguments. A flag that is not given is read from the
// environment (CONGRES_SEED for --seed). Errors are errUsage.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	var rest []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, usageError(fmt.Sprintf("Le mode d’emploi s’obtient par «\u00a0congres help %s\u00a0».", flags.Name()))
			}
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
			name, _, _ = strings.Cut(name, ":")
			return usageError(fmt.Sprintf("La valeur de --%s ne convient pas. %s", name, manual))
		}
	}
	return usageError("Commande mal écrite. " + manual)
}
