package corpora

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// What a file can be refused for. A reader wraps them in a [FileError], whose
// text is a French sentence that says what to do.
var (
	ErrEmpty    = errors.New("empty file")
	ErrBinary   = errors.New("not a text file")
	ErrTooLarge = errors.New("file too large")
	ErrTooMany  = errors.New("too many rows")
	ErrTooLong  = errors.New("text too long")
	ErrNoTable  = errors.New("not a table")
	ErrJSON     = errors.New("malformed JSON")
	ErrColumn   = errors.New("no such column")
	ErrSheet    = errors.New("no such sheet")
	ErrPassword = errors.New("file under a password")
	ErrDamaged  = errors.New("file damaged")
)

// A FileError says why a file, or what was asked of it, is refused.
type FileError struct {
	File     string
	Line     int    // from 1; 0: the whole file
	Sentence string // French, whole, for the person who sent the file
	Err      error  // one of this package's
}

func (e *FileError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s, ligne %d\u00a0: %s", e.File, e.Line, e.Sentence)
	}
	if e.File == "" {
		r, n := utf8.DecodeRuneInString(e.Sentence)
		return string(unicode.ToUpper(r)) + e.Sentence[n:]
	}
	return e.File + "\u00a0: " + e.Sentence
}

func (e *FileError) Unwrap() error { return e.Err }

// A Doubt is something in a file that its author should look at. Reading goes
// on: an import that must be exact refuses what is Severe, an analysis only
// mentions it.
type Doubt struct {
	Line     int    // from 1, where the row starts; 0: the whole file
	Column   string // header of the column; "": the row
	Sentence string // French: what is wrong, and what to do
	Severe   bool   // the row is not what its author meant, or is left out
}

func (d Doubt) String() string {
	where := ""
	if d.Line > 0 {
		where = fmt.Sprintf("ligne %d", d.Line)
	}
	if d.Column != "" {
		if where != "" {
			where += ", "
		}
		where += "colonne «\u00a0" + d.Column + "\u00a0»"
	}
	if where == "" {
		return d.Sentence
	}
	return where + "\u00a0: " + d.Sentence
}
