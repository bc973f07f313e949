package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What a file can be refused for, inside an [Error].
var (
	ErrPassword = errors.New("office: encrypted")
	ErrDamaged  = errors.New("office: damaged")
	ErrKind     = errors.New("office: neither a workbook nor a text document")
	ErrTooLarge = errors.New("office: too much to unpack")
	ErrTooMany  = errors.New("office: too many rows")
	ErrTooWide  = errors.New("office: too many cells")
	ErrTooLong  = errors.New("office: a text is too long")
	ErrNoSheet  = errors.New("office: no such sheet")
)

// An Error says where in a file reading ended.
type Error struct {
	Where string // for people, in French: « feuille « Réponses », cellule B3 »; or a part's name; may be ""
	Err   error  // one of this package's
}

func (e *Error) Error() string { return fmt.Sprintf("%v (%s)", e.Err, e.Where) }
func (e *Error) Unwrap() error { return e.Err }

// Limits bounds what reading a file costs.
type Limits struct {
	Bytes int // of text kept, a repeated cell counted each time; unpacked is four times as much, or less where a file is small
	Rows  int // of a sheet; blocks of a document
	Cell  int // bytes of a cell or a block
}

// Bounds that no file of people's comes near.
const (
	MaxCells   = 10_000_000 // of one sheet, empty ones between others included
	MaxColumns = 16_384     // as Excel
	maxParts   = 100_000    // entries of the archive
	MaxToken   = 8 << 20    // bytes of one tag or one run of text
	maxDepth   = 256        // elements inside elements
	maxMerges  = 100_000
	maxList    = 1 << 16 // styles, links, sheets, faults
	mostRatio  = 100     // of unpacked to packed, beyond 8 MiB: people's files come to 30
)

// A Kind is what a file is, by its usual extension.
type Kind string

// The kinds that are read.
const (
	XLSX Kind = "xlsx"
	ODS  Kind = "ods"
	DOCX Kind = "docx"
	ODT  Kind = "odt"
)

// A File is an open workbook or text document. It reads once: a limit spans
// all that is asked of it.
type File struct {
	Kind   Kind
	limits Limits
	parts  map[string]*zip.File
	main   string // the part that the others hang on
	left   int64  // bytes that may still be unpacked
	text   int    // bytes of text that may still be kept
}

// Zipped says whether data begins as a zip archive does.
func Zipped(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// Locked says whether data is a document of after 2007 under a password: a
// compound file with one stream, which [MS-OFFCRYPTO] names so.
func Locked(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) && bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"))
}

// Open looks what data is. Errors are [Error]s.
func Open(data []byte, limits Limits) (*File, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(archive.File) > maxParts {
		return nil, &Error{"", ErrDamaged}
	}
	f := &File{limits: limits, parts: make(map[string]*zip.File, len(archive.File)), left: min(4*int64(limits.Bytes), 8<<20+mostRatio*int64(len(data))), text: limits.Bytes}
	for _, part := range archive.File {
		name := strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/")
		if part.Flags&1 != 0 {
			return nil, &Error{"", ErrPassword}
		}
		if f.part(name) == nil {
			f.parts[strings.ToLower(name)] = part
		}
	}
	if f.part("[Content_Types].xml") != nil {
		return f, f.openXML()
	}
	return f, f.openDocument()
}

// part returns a part by its name, nil when there is none. Capitals do not count
// (ECMA-376 part 2, 6.2.2.3), and programs do differ.
func (f *File) part(name string) *zip.File { return f.parts[strings.ToLower(name)] }

// openXML finds the main part of an Office Open XML package by its root
// element, whatever its name.
func (f *File) openXML() error {
	links, err := f.links("")
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.kind == "officeDocument" {
			f.main = l.target
		}
	}
	p, err := f.open(f.main)
	if err != nil {
		return err
	}
	root, err := p.root()
	if err != nil {
		return err
	}
	switch root.Name.Local {
	case "workbook":
		f.Kind = XLSX
	case "document":
		f.Kind = DOCX
	default:
		return &Error{"", ErrKind}
	}
	return nil
}

// openDocument tells an OpenDocument file by its mimetype.
func (f *File) openDocument() error {
	mime, err := f.whole("mimetype", 200)
	if err != nil {
		return &Error{"", ErrKind}
	}
	manifest, err := f.whole("META-INF/manifest.xml", 8<<20)
	if err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return &Error{"", ErrPassword}
	}
	f.main = "content.xml"
	switch rest, ok := strings.CutPrefix(strings.TrimSpace(string(mime)), "application/vnd.oasis.opendocument."); {
	case ok && strings.HasPrefix(rest, "spreadsheet"):
		f.Kind = ODS
	case ok && strings.HasPrefix(rest, "text"):
		f.Kind = ODT
	default:
		return &Error{"", ErrKind}
	}
	return nil
}

// whole reads a small part.
func (f *File) whole(name string, most int64) ([]byte, error) {
	part := f.part(name)
	if part == nil {
		return nil, &Error{name, ErrDamaged}
	}
	r, err := part.Open()
	if err != nil {
		return nil, &Error{name, ErrDamaged}
	}
	defer r.Close()
	most = min(most, f.left)
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, &Error{name, ErrDamaged}
	}
	if f.left -= int64(len(data)); int64(len(data)) > most {
		return nil, &Error{name, ErrTooLarge}
	}
	return data, nil
}

// keep counts a text against what may be kept.
func (f *File) keep(text string, where func() string) error {
	if len(text) > f.limits.Cell {
		return &Error{where(), ErrTooLong}
	}
	if f.text -= len(text); f.text < 0 {
		return &Error{where(), ErrTooLarge}
	}
	return nil
}

// A link is a relationship of a part of an Office Open XML package.
type link struct{ id, kind, target string }

// links lists what a part points to inside the package; "" is the package
// itself. A part without any has no list.
func (f *File) links(part string) ([]link, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if f.part(name) == nil {
		if part == "" {
			return nil, &Error{name, ErrDamaged}
		}
		return nil, nil
	}
	p, err := f.open(name)
	if err != nil {
		return nil, err
	}
	if _, err := p.root(); err != nil {
		return nil, err
	}
	var out []link
	err = p.each(func(e element) error {
		if len(out) > maxList {
			return &Error{name, ErrDamaged}
		}
		target := e.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		if e.attr("TargetMode") != "External" {
			out = append(out, link{e.attr("Id"), path.Base(e.attr("Type")), strings.TrimPrefix(path.Clean(target), "/")})
		}
		return p.skip()
	}, nil)
	return out, err
}
