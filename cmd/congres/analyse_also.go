package main

import (
	"errors"
	"io"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/paper"
	"github.com/villes-internet/congres/motion/publish/pdf"
	"github.com/villes-internet/congres/web"
)

// An extra is a file that --also asks for.
type extra struct {
	name  string
	write func(io.Writer, *analysis.Report) error
}

// formats reads --also; the mind maps are always written.
func formats(list string) ([]extra, error) {
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
			out = append(out, extra{"rapport.pdf", func(w io.Writer, r *analysis.Report) error {
				err := paper.PDF(w, r, web.PrintFonts())
				if errors.Is(err, pdf.ErrFont) {
					return problemf(err, "Ce programme a été construit sans les caractères du PDF : lancez « make build », puis recommencez.")
				}
				return err
			}})
		case "docx":
			out = append(out, extra{"rapport.docx", paper.DOCX})
		case "xlsx":
			out = append(out, extra{"rapport.xlsx", paper.XLSX})
		default:
			return nil, usageError("--also attend une liste parmi pdf, docx, xlsx, opml et mm, séparés par des virgules.")
		}
	}
	return out, nil
}
