package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"unicode"
	"unicode/utf8"
)

func main() { os.Exit(run()) }

// run is main, for testscript to call.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return execute(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// A command is one word of the command line.
type command struct {
	name   string
	usage  string // after the name
	short  string // one French line
	manual string // French, more lines
	run    func(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error
	kept   bool // it reads or writes what an installation keeps, see place
}

const manualPlace = `--data RÉPERTOIRE dit où sont les données (congres-data, sans lui) ; --store
redis://hôte:6379/0 les prend dans un Redis que plusieurs nœuds partagent.`

func commands() []command {
	return []command{
		{"serve", "[--addr 127.0.0.1:8080] [--public-url URL]", "démarre le service", manualServe, serve, true},
		{"demo", "[--addr 127.0.0.1:8080] [--data DIR]", "démarre le congrès de démonstration", manualDemo, demoCongress, true},
		{"analyse", "CORPUS… [options]", "analyse un corpus, sans serveur et sans réseau", analyseHelp, withoutInput(analyse), false},
		{"annotate", "FICHIER.txt", "montre la chaîne du français, mot par mot", annotateHelp, withoutInput(annotate), false},
		{"invite", "RÔLE COURRIEL", "donne un lien d’entrée à usage unique", manualInvite, operation("invite"), true},
		{"import", "elus|contributions|notes FICHIER… [--check]", "importe ce que les pages importent", manualImport, importFiles, true},
		{"export", "motion|contributions|themes|journal [--format …] [--motion ID] [--version N] [--public-url URL]", "exporte ce que les pages exportent", manualExport, operation("export"), true},
		{"verify", "", "vérifie la chaîne du journal et en donne la tête", manualVerify, operation("verify"), true},
		{"compact", "", "fait disparaître des fichiers ce qui a été effacé", manualCompact, operation("compact"), true},
		{"backup", "FICHIER", "copie tout à chaud", manualBackup, backup, true},
		{"restore", "FICHIER", "remet une copie en place", manualRestore, restore, true},
		{"ydoc", "inspect [--json] [--root NOM=text|xml|map|array]… | merge", "montre ou réunit ce qu’un document partagé contient", manualYdoc, ydocTool, false},
		{"version", "", "dit quelle version c’est", "", version, false},
	}
}

// execute runs one command and returns the process' status: 0 done, 1 failed,
// 2 wrong usage.
func execute(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	if len(args) == 0 {
		help(out, "")
		return 2
	}
	switch args[0] {
	case "--version":
		args = []string{"version"}
	case "help", "--help", "-h":
		topic := ""
		if len(args) > 1 {
			topic = args[1]
		}
		if !help(out, topic) {
			fmt.Fprintf(errOut, "La commande « %s » n’existe pas : « congres help » les donne toutes.\n", topic)
			return 2
		}
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		if asksHelp(args[1:]) {
			help(out, c.name)
			return 0
		}
		err := c.run(ctx, args[1:], in, out, errOut)
		switch {
		case err == nil:
			return 0
		case errors.Is(err, errUsage):
			fmt.Fprintf(errOut, "%s Usage : congres %s %s\n", sentence(err), c.name, c.usage)
			return 2
		}
		fmt.Fprintln(errOut, sentence(err))
		return 1
	}
	fmt.Fprintf(errOut, "La commande « %s » n’existe pas : « congres help » les donne toutes.\n", args[0])
	return 2
}

// capital begins a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// asksHelp says whether a command's arguments ask for its manual.
func asksHelp(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.ContainsFunc(args, func(a string) bool { return a == "--help" || a == "-help" || a == "-h" })
}

func help(out io.Writer, topic string) bool {
	if topic == "" {
		fmt.Fprint(out, "Congrès : des contributions des élu·es à la motion, fil après fil.\n\nUsage : congres COMMANDE [options]\n\n")
		for _, c := range commands() {
			fmt.Fprintf(out, "  %-9s %s\n", c.name, c.short)
		}
		fmt.Fprint(out, "\n« congres help COMMANDE » en dit plus. Chaque option se donne aussi par l’environnement : --public-url est CONGRES_PUBLIC_URL.\n")
		return true
	}
	for _, c := range commands() {
		if c.name == topic {
			fmt.Fprintf(out, "congres %s %s\n\n%s.\n", c.name, c.usage, capital(c.short))
			if c.manual != "" {
				fmt.Fprintf(out, "\n%s\n", c.manual)
			}
			if c.kept {
				fmt.Fprintf(out, "\n%s\n", manualPlace)
			}
			return true
		}
	}
	return false
}

func version(_ context.Context, _ []string, _ io.Reader, out, _ io.Writer) error {
	fmt.Fprintln(out, "congres 0.1.0")
	return nil
}

// withoutInput is a command that reads nothing from stdin.
func withoutInput(fn func(context.Context, []string, io.Writer, io.Writer) error) func(context.Context, []string, io.Reader, io.Writer, io.Writer) error {
	return func(ctx context.Context, args []string, _ io.Reader, out, errOut io.Writer) error {
		return fn(ctx, args, out, errOut)
	}
}
