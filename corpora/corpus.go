package corpora

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Names of the variables that the rest of the house understands. A corpus may
// carry any others; they are kept and shown as they are.
const (
	VarAuthor     = "auteur"      // an identifier, the same for all texts of one person; absent: unknown author
	VarCommune    = "commune"     // the collectivity's name
	VarDepartment = "departement" // its département's code
	VarSize       = "taille"      // class of population: "moins de 3 500", …
	VarAxis       = "axe"         // the question or axis under which it was written
	VarMandate    = "mandat"      // the élu's, in a few classes: "maire", "adjoint·e au maire", …
	VarSupport    = "soutiens"    // how many other people support the text, a whole number
	VarDate       = "date"        // RFC 3339 or YYYY-MM-DD
	VarTitle      = "titre"       // its title, when that is no part of Text
	VarSource     = "source"      // "formulaire", "import", "rencontre"
	UnknownAuthor = "auteur inconnu"
	MaxDocument   = 20 << 20 // bytes of one document
	MaxRows       = 200_000  // rows of one import
	MaxUpload     = 50 << 20 // bytes of one file
)

// A Document is one text as its author wrote it.
type Document struct {
	ID        string            // unique in its corpus, stable from one import to the next
	Version   int               // from 1; a changed text is a new version
	Text      string            // UTF-8 as read; invalid bytes are kept
	Variables map[string]string // nil when there are none
}

// A Corpus is an ordered set of documents.
type Corpus struct {
	Name      string
	Documents []Document
}

// Pseudonymous returns c with a number for each author, in the order of their first
// texts: the same file, the same numbers, and no name can be found again from them.
// c is not changed.
func (c Corpus) Pseudonymous() Corpus {
	numbers := make(map[string]string)
	out := Corpus{Name: c.Name, Documents: slices.Clone(c.Documents)}
	for i := range out.Documents {
		d := &out.Documents[i]
		a := d.Variables[VarAuthor]
		if a == "" || a == UnknownAuthor {
			continue
		}
		if numbers[a] == "" {
			numbers[a] = strconv.Itoa(len(numbers) + 1)
		}
		d.Variables = maps.Clone(d.Variables)
		d.Variables[VarAuthor] = numbers[a]
	}
	return out
}

// SegmentID names the bytes [start, end) of one version of a document, for
// ever: "contribution@version:start-end".
func SegmentID(document string, version, start, end int) string {
	return fmt.Sprintf("%s@%d:%d-%d", document, version, start, end)
}

// ParseSegmentID undoes [SegmentID]; ok is false when id is not of that form.
func ParseSegmentID(id string) (document string, version, start, end int, ok bool) {
	at := -1
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == '@' {
			at = i
			break
		}
	}
	if at <= 0 {
		return
	}
	n, err := fmt.Sscanf(id[at:], "@%d:%d-%d", &version, &start, &end)
	if err != nil || n != 3 || version < 1 || start < 0 || end <= start {
		return
	}
	document = id[:at]
	return document, version, start, end, SegmentID(document, version, start, end) == id
}
