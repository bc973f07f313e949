package ui

import (
	"embed"
	"io/fs"
)

//go:embed templates
var templates embed.FS

//go:embed all:dist
var dist embed.FS

// Templates are the pages, one file each, and layout.html and parts.html that
// all share.
func Templates() fs.FS { return sub(templates, "templates") }

// Dist is the bundle: app.js, motion.js, app.css, fonts. Empty but for .keep
// until `make build`.
func Dist() fs.FS { return sub(dist, "dist") }

// Built says whether the bundle is there.
func Built() bool {
	_, err := fs.Stat(Dist(), "app.css")
	return err == nil
}

// Print is the files of a face for documents that are not pages, the latin one
// first: style is "400-normal", "700-normal", "400-italic" or "700-italic".
// None until `make build`.
func Print(style string) (files [][]byte) {
	for _, part := range []string{"latin", "latin-ext"} {
		if data, err := fs.ReadFile(Dist(), "print-"+style+"-"+part+".woff"); err == nil {
			files = append(files, data)
		}
	}
	return files
}

func sub(f embed.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		panic(err) // the directory is embedded
	}
	return s
}
