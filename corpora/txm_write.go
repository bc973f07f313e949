package corpora

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// WriteTXM writes a corpus as a zip that TXM imports once unpacked (its
// « TXT+CSV » module): one UTF-8 text a document and metadata.csv, whose column
// « id » is the text's file name without « .txt ». Names are kept to letters
// without accents, digits, hyphens and underscores, for TXM's files and
// properties take no others; where a document's identifier had to change, the
// column « identifiant » has it as it was, and [Read] takes it back from there.
func WriteTXM(w io.Writer, c Corpus) error {
	return c.writeTXM(w, ".txt", func(d Document, _ string) ([]byte, error) { return []byte(d.Text), nil })
}

// A TXMWord is a word with what is known of it; empty fields are left out.
type TXMWord struct{ Form, Lemma, Pos string }

// WriteTXMWords writes a corpus whose words are already cut, for TXM's
// « XML/w+CSV » module: <text id=…><p><s n=…><w lemma=… pos=…>form</w>…. words
// gives the paragraphs, sentences and words of each document, in order; its error
// is returned.
func WriteTXMWords(w io.Writer, c Corpus, words func(Document) ([][][]TXMWord, error)) error {
	return c.writeTXM(w, ".xml", func(d Document, name string) ([]byte, error) {
		paragraphs, err := words(d)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		attribute := func(key, value string) {
			if value != "" {
				b.WriteString(" " + key + `="`)
				xml.EscapeText(&b, []byte(value))
				b.WriteByte('"')
			}
		}
		b.WriteString(xml.Header + "<text")
		attribute("id", name)
		b.WriteString(">\n")
		n := 0
		for _, paragraph := range paragraphs {
			b.WriteString("<p>\n")
			for _, sentence := range paragraph {
				n++
				b.WriteString("<s")
				attribute("n", strconv.Itoa(n))
				b.WriteByte('>')
				for i, word := range sentence {
					if i > 0 {
						b.WriteByte(' ')
					}
					b.WriteString("<w")
					attribute("lemma", word.Lemma)
					attribute("pos", word.Pos)
					b.WriteByte('>')
					xml.EscapeText(&b, []byte(word.Form))
					b.WriteString("</w>")
				}
				b.WriteString("</s>\n")
			}
			b.WriteString("</p>\n")
		}
		b.WriteString("</text>\n")
		return b.Bytes(), nil
	})
}

func (c Corpus) writeTXM(w io.Writer, extension string, body func(d Document, name string) ([]byte, error)) error {
	archive := zip.NewWriter(w) // entries bear no date: the same corpus, the same bytes
	names, changed := make([]string, len(c.Documents)), false
	files := map[string]bool{"metadata": true}
	for i, d := range c.Documents {
		names[i] = unique(files, ascii(d.ID, "-_"), "texte")
		changed = changed || names[i] != d.ID
		file, err := archive.Create(names[i] + extension)
		if err != nil {
			return err
		}
		text, err := body(d, names[i])
		if err != nil {
			return err
		}
		if _, err := file.Write(text); err != nil {
			return err
		}
	}
	file, err := archive.Create(metadataFile)
	if err != nil {
		return err
	}
	var variables []string
	for _, d := range c.Documents {
		variables = append(variables, d.names()...)
	}
	slices.Sort(variables)
	variables = slices.Compact(variables)
	header, taken := []string{"id"}, map[string]bool{"id": true, originalID: true, "texte": true}
	if changed {
		header = append(header, originalID)
	}
	for _, v := range variables {
		column := strings.ReplaceAll(ascii(v, "_"), "-", "")
		if column != "" && (column[0] >= '0' && column[0] <= '9' || column[0] == '_') {
			column = "v" + column
		}
		header = append(header, unique(taken, column, "variable"))
	}
	records := NewRecords(file)
	records.Write(header...)
	for i, d := range c.Documents {
		row := []string{names[i]}
		if changed {
			row = append(row, d.ID)
		}
		for _, v := range variables {
			row = append(row, d.Variables[v])
		}
		records.Write(row...)
	}
	if err := records.Flush(); err != nil {
		return err
	}
	return archive.Close()
}

const (
	metadataFile = "metadata.csv"
	originalID   = "identifiant"
)

// ascii keeps letters without accents, digits and the marks allowed; anything
// else parts words, which a hyphen joins where that is allowed.
func ascii(s, marks string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(marks, r):
			if gap && b.Len() > 0 && strings.Contains(marks, "-") {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r >= 0x300 && r <= 0x36f:
		default:
			gap = true
		}
	}
	return b.String()
}

// unique returns name, or otherwise, with a number when it is taken; capitals
// alone do not tell two files apart.
func unique(taken map[string]bool, name, otherwise string) string {
	if name == "" {
		name = otherwise
	}
	base := name
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = base + "-" + strconv.Itoa(n)
	}
	taken[strings.ToLower(name)] = true
	return name
}
