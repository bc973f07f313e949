package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/paper"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion/publish/pdf"
	"github.com/villes-internet/congres/web"
)

// An extra is a file that --also asks for.
type extra struct {
	name   string
	corpus bool // of texts and their variables, with numbers for authors
	write  func(io.Writer, *analysis.Report, corpora.Corpus) error
}

// everyFormat is all that --also takes, but for the mind maps.
const everyFormat = "pdf,docx,xlsx,iramuteq,txm,txm-mots"

// formats reads --also; the mind maps are always written. ctx stops the long ones.
func formats(ctx context.Context, list string) ([]extra, error) {
	var out []extra
	seen := make(map[string]bool)
	for _, f := range strings.Split(list, ",") {
		f = strings.ToLower(strings.TrimSpace(f))
		if seen[f] {
			continue
		}
		seen[f] = true
		switch f {
		case "", "opml", "mm":
		case "pdf":
			out = append(out, extra{"rapport.pdf", false, func(w io.Writer, r *analysis.Report, _ corpora.Corpus) error {
				err := paper.PDF(w, r, web.PrintFonts())
				if errors.Is(err, pdf.ErrFont) {
					return problemf(err, "Ce programme a été construit sans les caractères du PDF : lancez « make build », puis recommencez.")
				}
				return err
			}})
		case "docx":
			out = append(out, extra{"rapport.docx", false, alone(paper.DOCX)})
		case "xlsx":
			out = append(out, extra{"rapport.xlsx", false, alone(paper.XLSX)})
		case "iramuteq":
			out = append(out, extra{"corpus-iramuteq.txt", true, func(w io.Writer, r *analysis.Report, c corpora.Corpus) error {
				return corpora.WriteIramuteq(w, r.Themed(c).Pseudonymous().Iramuteq())
			}})
		case "txm":
			out = append(out, extra{"corpus-txm.zip", true, func(w io.Writer, r *analysis.Report, c corpora.Corpus) error {
				return corpora.WriteTXM(w, r.Themed(c).Pseudonymous())
			}})
		case "txm-mots":
			out = append(out, extra{"corpus-txm-mots.zip", true, func(w io.Writer, r *analysis.Report, c corpora.Corpus) error {
				return analysis.WriteWords(ctx, w, r.Themed(c).Pseudonymous())
			}})
		default:
			return nil, usageError("--also attend une liste parmi pdf, docx, xlsx, iramuteq, txm, txm-mots, opml et mm, séparés par des virgules.")
		}
	}
	return out, nil
}

// stale are the files of a folder that --also writes and that are not among what was
// asked for now: they are of another run. They stay, for people write in some of them.
func stale(folder string, asked []extra) (names []string) {
	all, _ := formats(context.Background(), everyFormat)
	for _, x := range all {
		if slices.ContainsFunc(asked, func(y extra) bool { return x.name == y.name }) {
			continue
		}
		if _, err := os.Stat(filepath.Join(folder, x.name)); err == nil {
			names = append(names, x.name)
		}
	}
	return names
}

// alone is a writer that needs the report alone.
func alone(write func(io.Writer, *analysis.Report) error) func(io.Writer, *analysis.Report, corpora.Corpus) error {
	return func(w io.Writer, r *analysis.Report, _ corpora.Corpus) error { return write(w, r) }
}
