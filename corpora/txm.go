package corpora

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// readTXM reads a zip of TXM's « TXT+CSV » import: texts « NAME.txt » in any
// folder and a table metadata.csv whose column « id » names them. It returns nil
// and no error when the zip holds no such table, and is thus something else.
// What a zip unpacks to counts against the limit of a file.
func readTXM(name string, data []byte, limits Limits) (*Table, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil
	}
	t := &Table{Name: name, Format: "txm"}
	fail := func(err error, format string, args ...any) (*Table, error) {
		return nil, &FileError{name, 0, fmt.Sprintf(format, args...), err}
	}
	if !slices.ContainsFunc(archive.File, func(f *zip.File) bool { return path.Base(f.Name) == metadataFile }) {
		return nil, nil
	}
	if len(archive.File) > 2*limits.Rows {
		return fail(ErrTooMany, "l’archive compte %d fichiers, la limite est de %d textes. Partagez-la en plusieurs archives.", len(archive.File), limits.Rows)
	}
	texts, order, left := make(map[string]string), []string(nil), int64(limits.Bytes)
	var metadata string
	for _, f := range archive.File {
		base := path.Base(f.Name)
		key, isText := strings.CutSuffix(base, ".txt")
		if strings.HasPrefix(base, ".") || f.FileInfo().IsDir() || !isText && base != metadataFile { // .DS_Store, ._NAME
			continue
		}
		body, err := unpack(f, left)
		if err != nil {
			return fail(ErrNoTable, "l’archive est abîmée (%s). Refaites-la, puis recommencez.", base)
		}
		if left -= int64(len(body)); left < 0 {
			return fail(ErrTooLarge, "une fois décompressée, l’archive dépasse %s. Partagez-la en plusieurs archives.", size(limits.Bytes))
		}
		text, encoding := Decode(body)
		if base == metadataFile {
			metadata, t.Encoding = text, encoding
			continue
		}
		if _, twice := texts[key]; twice {
			t.doubt(0, "", true, "Deux fichiers s’appellent «\u00a0%s\u00a0»\u00a0: le premier est retenu.", base)
			continue
		}
		texts[key] = text
		order = append(order, key)
	}
	if strings.TrimSpace(metadata) == "" {
		return fail(ErrEmpty, "le fichier metadata.csv est vide. Il faut une ligne par texte, et une colonne «\u00a0id\u00a0» qui porte le nom du fichier sans «\u00a0.txt\u00a0».")
	}
	t.doubtBytes(metadata)
	format := t.Format
	if err := t.readDelimited(metadata, separatorOf(metadata)); err != nil {
		return nil, err
	}
	t.Format = format
	id, err := t.Find("id")
	if err != nil {
		return fail(ErrColumn, "metadata.csv n’a pas de colonne «\u00a0id\u00a0». Elle porte le nom de chaque fichier, sans «\u00a0.txt\u00a0».")
	}
	if i := t.Column("texte"); i >= 0 { // what the files say is the text
		t.Header[i] = "texte (metadata)"
	}
	at, original := t.Column(id), t.Column(originalID)
	t.Header = append(t.Header, "texte")
	for i, row := range t.Rows {
		key := strings.TrimSpace(row[at])
		text, ok := texts[key]
		if !ok {
			t.doubt(t.Lines[i], id, true, "L’archive n’a pas de fichier «\u00a0%s.txt\u00a0», ou deux lignes le réclament.", key)
		}
		delete(texts, key)
		if original >= 0 && row[original] != "" {
			row[at] = row[original]
		}
		t.Rows[i] = append(row[:len(t.Header)-1:len(t.Header)-1], text)
	}
	for _, key := range order {
		if text, ok := texts[key]; ok {
			t.doubt(0, "", true, "Le fichier «\u00a0%s.txt\u00a0» n’a pas de ligne dans metadata.csv\u00a0: il est lu sans variables.", key)
			row := make([]string, len(t.Header))
			row[at], row[len(row)-1] = key, text
			t.add(0, row)
		}
	}
	if len(t.Rows) > limits.Rows {
		return fail(ErrTooMany, "l’archive compte %d textes, la limite est de %d. Partagez-la en plusieurs archives.", len(t.Rows), limits.Rows)
	}
	for _, row := range t.Rows {
		if slices.ContainsFunc(row, func(cell string) bool { return len(cell) > limits.Cell }) {
			return fail(ErrTooLong, "le texte «\u00a0%s\u00a0» dépasse %s. Partagez-le en plusieurs fichiers.", row[at], size(limits.Cell))
		}
	}
	if original >= 0 {
		t.Header = slices.Delete(t.Header, original, original+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], original, original+1)
		}
	}
	return t, nil
}

// unpack reads one more byte than most, so that what is too much shows.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, most+1))
}
