package corpora

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/villes-internet/congres/corpora/office"
)

// readOffice reads a workbook or a text document; it says no when data is no
// such thing and no archive at all.
func (t *Table) readOffice(data []byte, limits Limits) (is bool, err error) {
	if office.Locked(data) {
		return true, t.refused(&office.Error{Err: office.ErrPassword}, limits)
	}
	if !office.Zipped(data) {
		return false, nil
	}
	f, err := office.Open(data, office.Limits{Bytes: limits.Bytes, Rows: limits.Rows, Cell: limits.Cell})
	if err != nil {
		return true, t.refused(err, limits)
	}
	t.Format, t.Encoding = string(f.Kind), "UTF-8"
	if f.Kind == office.XLSX || f.Kind == office.ODS {
		sheet, err := f.Sheet(limits.Sheet)
		if err != nil {
			return true, t.refused(err, limits)
		}
		return true, t.readSheet(sheet)
	}
	blocks, err := f.Blocks()
	if err != nil {
		return true, t.refused(err, limits)
	}
	return true, t.readBlocks(blocks)
}

// belied refuses a file that its name calls a workbook or a text document, and that
// is none.
func (t *Table) belied() error {
	extension := strings.ToLower(filepath.Ext(t.Name))
	is := "un classeur"
	switch extension {
	case ".docx", ".odt":
		is = "un document"
	case ".xlsx", ".ods":
	default:
		return nil
	}
	return &FileError{t.Name, 0, fmt.Sprintf("son nom se termine par «\u00a0%s\u00a0», mais ce n’est pas %s de ce format. Ouvrez-le dans le logiciel qui l’a fait et enregistrez-le de nouveau\u202f; si c’est un tableau en texte, renommez-le en «\u00a0.csv\u00a0».", extension, is), ErrDamaged}
}

// refused says in French why a workbook or a text document is not read.
func (t *Table) refused(err error, limits Limits) error {
	var where *office.Error
	at := ""
	if errors.As(err, &where) && where.Where != "" {
		at = " (" + where.Where + ")"
	}
	fail := func(cause error, format string, args ...any) error {
		return &FileError{t.Name, 0, fmt.Sprintf(format, args...), cause}
	}
	switch {
	case errors.Is(err, office.ErrPassword):
		return fail(ErrPassword, "le fichier est protégé par un mot de passe. Ouvrez-le, enlevez le mot de passe, enregistrez-le, puis recommencez.")
	case errors.Is(err, office.ErrKind):
		return fail(ErrBinary, "c’est une archive, ni un classeur (xlsx, ods) ni un texte (docx, odt). Envoyez le fichier qu’elle contient.")
	case errors.Is(err, office.ErrNoSheet):
		return fail(ErrSheet, "le classeur n’a pas de feuille «\u00a0%s\u00a0». Ses feuilles\u00a0: %s.", limits.Sheet, where.Where)
	case errors.Is(err, office.ErrTooLarge):
		return fail(ErrTooLarge, "une fois décompressé, le fichier dépasse %s de texte%s. Partagez-le en plusieurs fichiers.", size(limits.Bytes), at)
	case errors.Is(err, office.ErrTooMany):
		return fail(ErrTooMany, "le fichier compte plus de %d lignes%s. Partagez-le en plusieurs fichiers.", limits.Rows, at)
	case errors.Is(err, office.ErrTooWide):
		return fail(ErrTooMany, "le tableau a trop de cellules%s. Supprimez les colonnes inutiles, puis recommencez.", at)
	case errors.Is(err, office.ErrTooLong):
		return fail(ErrTooLong, "un texte dépasse %s%s. Raccourcissez-le, ou partagez-le en plusieurs lignes.", size(min(limits.Cell, office.MaxToken)), at)
	}
	return fail(ErrDamaged, "le fichier est incomplet ou abîmé%s. Ouvrez-le dans le logiciel qui l’a fait, enregistrez-le de nouveau, puis recommencez.", at)
}

// titleRows is how many of the first rows may stand above the names of columns.
const titleRows = 20

const titleSentence = "Ce qui précède la ligne %d est lu comme un titre, et n’est pas importé."

// headRow finds the row that names the columns: the first, unless it and those
// that follow hold one cell each, as a title does above a table.
func headRow(rows [][]string) int {
	filled := func(cells []string) (n int) {
		for _, cell := range cells {
			if strings.TrimSpace(cell) != "" {
				n++
			}
		}
		return n
	}
	for i, r := range rows[:min(len(rows), titleRows)] {
		if filled(r) > 1 {
			return i
		}
		if familiar(r) {
			break
		}
	}
	return 0
}

// readSheet reads the cells of a sheet. Rows of unlike lengths are usual there,
// and no reason for doubt.
func (t *Table) readSheet(s *office.Sheet) error {
	if len(s.Rows) == 0 {
		return &FileError{t.Name, 0, "le classeur ne contient aucune cellule remplie. Vérifiez que c’est le bon fichier.", ErrEmpty}
	}
	t.Sheet, t.Sheets = s.Name, append([]string{s.Name}, s.Others...)
	if len(s.Others) > 0 {
		t.doubt(0, "", false, "Seule la feuille «\u00a0%s\u00a0» est lue. Le classeur en a d’autres\u00a0: %s. Pour en lire une autre, choisissez-la (en ligne de commande, --sheet).", s.Name, office.Quoted(s.Others))
	}
	if s.Merged > 0 {
		t.doubt(0, "", false, "Des cellules sont fusionnées sur plusieurs lignes\u00a0: leur valeur est répétée sur chacune. Vérifiez que c’est bien ce que vous voulez.")
	}
	if s.Hidden > 0 {
		t.doubt(0, "", false, "%s quand même. Supprimez du classeur ce que vous ne voulez pas importer.", count(s.Hidden, "ligne masquée ou filtrée est lue", "lignes masquées ou filtrées sont lues"))
	}
	rows := make([][]string, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = r.Cells
	}
	head, width := headRow(rows), 0
	for _, r := range s.Rows[head:] {
		width = max(width, len(r.Cells))
	}
	if head > 0 {
		t.doubt(s.Rows[0].Number, "", false, titleSentence, s.Rows[head].Number)
	}
	first := s.Rows[head]
	if headless(first.Cells) {
		t.name(make([]string, width))
		t.doubt(first.Number, "", false, "%s", headlessSentence)
	} else {
		t.name(slices.Grow(first.Cells, width)[:width])
		head++
	}
	for _, r := range s.Rows[head:] {
		t.add(r.Number, r.Cells)
	}
	uncomputed := make(map[int][]office.Fault) // by column
	for _, f := range s.Faults {
		if f.Row <= first.Number || f.Column >= width {
			continue
		}
		if t.faults == nil {
			t.faults = make(map[cellOf]bool)
		}
		t.faults[cellOf{f.Row, t.Header[f.Column]}] = true
		if f.Shown == "" {
			uncomputed[f.Column] = append(uncomputed[f.Column], f)
			continue
		}
		t.doubt(f.Row, t.Header[f.Column], false, "La formule de la cellule %s donne %s\u00a0: elle est lue comme vide. Corrigez-la dans le classeur, puis enregistrez-le.", office.CellName(f.Column, f.Row), f.Shown)
	}
	for _, column := range slices.Sorted(maps.Keys(uncomputed)) { // a program that does not compute leaves whole columns so
		all := uncomputed[column]
		name := office.CellName(column, all[0].Row)
		if len(all) == 1 {
			t.doubt(all[0].Row, t.Header[column], false, "La formule de la cellule %s n’a jamais été calculée\u00a0: elle est lue comme vide. %s", name, computeSentence)
		} else {
			t.doubt(0, t.Header[column], false, "%d formules n’ont jamais été calculées, la première en %s\u00a0: elles sont lues comme vides. %s", len(all), name, computeSentence)
		}
	}
	return t.pad()
}

const computeSentence = "Ouvrez le classeur dans un tableur, enregistrez-le, puis recommencez."

// A cellOf is a cell by its line and the header above it.
type cellOf struct {
	line   int
	column string
}

// Missing says why a row has no text, and what becomes of it.
func (t *Table) Missing(row int, column string) string {
	if t.faults[cellOf{t.Lines[row], column}] {
		return "Sans ce calcul, le texte manque\u00a0: cette ligne est laissée de côté."
	}
	return "Le texte est vide\u00a0: cette ligne est laissée de côté. Complétez-la ou supprimez-la."
}

// pad gives every row a cell under each header.
func (t *Table) pad() error {
	if len(t.Rows)*len(t.Header) > office.MaxCells {
		return &FileError{t.Name, 0, fmt.Sprintf("le tableau a trop de cellules (%d lignes et %d colonnes). Supprimez les colonnes inutiles, puis recommencez.", len(t.Rows), len(t.Header)), ErrTooMany}
	}
	for i, row := range t.Rows {
		if missing := len(t.Header) - len(row); missing > 0 {
			t.Rows[i] = append(row, make([]string, missing)...)
		}
	}
	return nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
