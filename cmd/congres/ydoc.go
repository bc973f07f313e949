package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion/ydoc"
)

const manualYdoc = `Montre ou réunit ce qu’un document partagé contient, pour qui doit le réparer.
L’entrée standard est une suite de mises à jour Yjs (v1), chacune précédée de sa
longueur sur quatre octets, l’octet de poids faible en premier. Celles qui sont au
format v2 sont reconnues, et lues comme telles : une ligne le dit.

inspect écrit ce que Yjs lirait : pour chaque racine son type, sa valeur et, pour
un texte, son delta ; puis l’horloge de chaque client. Une mise à jour ne dit pas
le type des racines : --root NOM=text|xml|map|array le donne, autant de fois qu’il
faut ; sinon il est deviné. Ce qui attend une mise à jour absente est dans
« pending » : ce qui attend, et depuis quelle horloge il en manque. --json met tout sur une ligne, pour un programme.
merge écrit une seule mise à jour (v1) qui dit la même chose que toutes.`

// ydocTool looks into a document: inspect or merge.
func ydocTool(_ context.Context, args []string, in io.Reader, out, notes io.Writer) error {
	f := newFlags("ydoc")
	compact := f.Bool("json", false, "")
	roots := rootFlags{}
	f.Var(roots, "root", "")
	if err := f.parse(args); err != nil {
		return err
	}
	if len(f.rest) != 1 || f.rest[0] != "inspect" && f.rest[0] != "merge" {
		return usagef("Dites quoi faire : inspect ou merge.")
	}
	if f.rest[0] == "merge" && (*compact || len(roots) > 0) {
		return usagef("« merge » ne prend pas d’option.")
	}
	updates, err := readUpdates(in)
	if err != nil {
		return err
	}
	if err := allV1(updates, notes); err != nil {
		return err
	}
	if f.rest[0] == "inspect" {
		return inspectUpdates(updates, roots, *compact, out, notes)
	}
	merged, err := ydoc.Merge(updates...)
	if err != nil {
		return badUpdate(err, 0)
	}
	_, err = out.Write(merged)
	return err
}

// rootFlags are the kinds of roots that flags name.
type rootFlags map[string]ydoc.Kind

func (r rootFlags) String() string { return "" }

func (r rootFlags) Set(s string) error {
	at := strings.LastIndex(s, "=")
	if at < 0 {
		return errors.New("écrivez NOM=text, NOM=xml, NOM=map ou NOM=array")
	}
	kind := ydoc.Kind(s[at+1:])
	switch kind {
	case ydoc.AsText, ydoc.AsXML, ydoc.AsMap, ydoc.AsArray:
		r[s[:at]] = kind
		return nil
	}
	return errors.New("un type est text, xml, map ou array")
}

// readUpdates reads updates, each behind its length.
func readUpdates(in io.Reader) (updates [][]byte, err error) {
	rest, err := io.ReadAll(in)
	if err != nil {
		return nil, problemf(err, "Impossible de lire l’entrée standard. Détail : %v", err)
	}
	for n := 1; len(rest) > 0; n++ {
		if len(rest) < 4 {
			return nil, problemf(nil, "L’entrée est tronquée : il ne reste que %d octet(s) là où la longueur de la mise à jour n° %d en demande quatre. Redonnez l’entrée entière.", len(rest), n)
		}
		length := uint64(binary.LittleEndian.Uint32(rest))
		rest = rest[4:]
		if length > uint64(len(rest)) {
			return nil, problemf(nil, "L’entrée est tronquée : la mise à jour n° %d annonce %d octet(s), il en reste %d. Vérifiez que la longueur tient sur quatre octets, celui de poids faible en premier.", n, length, len(rest))
		}
		updates = append(updates, rest[:length:length])
		rest = rest[length:]
	}
	return updates, nil
}

// allV1 puts v1 in place of updates in format v2, and notes it.
func allV1(updates [][]byte, notes io.Writer) error {
	for i, u := range updates {
		if _, err := ydoc.UpdateClients(u); err == nil || !ydoc.LooksV2(u) {
			continue // what is neither is refused where it is read
		}
		v1, err := ydoc.ToV1(u)
		if errors.Is(err, ydoc.ErrMalformed) {
			return problemf(err, "La mise à jour n° %d semble être au format v2, mais ne s’y lit pas : redonnez-la entière. Détail : %v", i+1, err)
		}
		if err != nil {
			return badUpdate(err, i+1)
		}
		fmt.Fprintf(notes, "La mise à jour n° %d est au format v2 : elle est lue comme telle.\n", i+1)
		updates[i] = v1
	}
	return nil
}

// badUpdate says what is wrong with an update, numbered from 1; 0 is unknown.
func badUpdate(err error, n int) error {
	which := "Une mise à jour"
	if n > 0 {
		which = "La mise à jour n° " + strconv.Itoa(n)
	}
	switch {
	case errors.Is(err, ydoc.ErrMalformed):
		return problemf(err, "%s est malformée : ce n’est pas une mise à jour Yjs v1. Ôtez-la ou redonnez-la. Détail : %v", which, err)
	case errors.Is(err, ydoc.ErrUnsupported):
		return problemf(err, "%s contient un sous-document ou un type que congres ne connaît pas : ôtez-la. Détail : %v", which, err)
	case errors.Is(err, ydoc.ErrTooLarge):
		return problemf(err, "%s est trop grande : un client y compte au-delà de 4\u202f294\u202f967\u202f295, ou une valeur y est trop imbriquée. Ôtez-la. Détail : %v", which, err)
	}
	return problemf(err, "%s ne peut pas être lue. Détail : %v", which, err)
}

// inspected is one root as Yjs would show it.
type inspected struct {
	Type  ydoc.Kind       `json:"type"`
	Value json.RawMessage `json:"value"`
	Delta json.RawMessage `json:"delta,omitempty"`
}

// waiting is what waits for an update that is not there.
type waiting struct {
	Clients map[uint64]clocks `json:"clients,omitempty"` // that it writes
	Deleted map[uint64]uint64 `json:"deleted,omitempty"` // how many clocks it deletes
	Missing map[uint64]uint64 `json:"missing"`           // the first clock that is not there
}

// clocks are from ≤ clock < to.
type clocks struct {
	From uint64 `json:"from"`
	To   uint64 `json:"to"`
}

// waits is what of a document waits, nil where nothing does.
func waits(d *ydoc.Doc) *waiting {
	if !d.Pending() {
		return nil
	}
	f, missing := d.Waits()
	w := &waiting{map[uint64]clocks{}, f.Deleted, missing}
	for client, c := range f.Clients {
		w.Clients[client] = clocks{c.From, c.To}
	}
	return w
}

// String is what waits, in French.
func (w *waiting) String() string {
	var lacks []string
	for _, client := range slices.Sorted(maps.Keys(w.Missing)) {
		lacks = append(lacks, fmt.Sprintf("du client %d à partir de l’horloge %d", client, w.Missing[client]))
	}
	return "Une partie attend une mise à jour qui n’est pas là, et n’est pas montrée : il manque ce qui vient " + strings.Join(lacks, ", ") + "."
}

func inspectUpdates(updates [][]byte, kinds rootFlags, compact bool, out, notes io.Writer) error {
	d := ydoc.New(0)
	d.MaxPending, d.MaxWork = math.MaxInt, ydoc.NoLimit
	for i, u := range updates {
		if err := d.Apply(u); err != nil {
			return badUpdate(err, i+1)
		}
	}
	said := struct {
		Roots       map[string]inspected `json:"roots"`
		StateVector map[uint64]uint64    `json:"stateVector"`
		Pending     *waiting             `json:"pending,omitempty"`
	}{map[string]inspected{}, d.Clocks(), waits(d)}
	if said.Pending != nil {
		fmt.Fprintln(notes, said.Pending)
	}
	for _, root := range append(d.Roots(), slices.Sorted(maps.Keys(kinds))...) {
		v := d.View(root, kinds[root])
		r := inspected{Type: v.Kind}
		var err error
		if r.Value, err = v.JSON(); err == nil && v.Kind == ydoc.AsText {
			r.Delta, err = v.Delta()
		}
		if err != nil {
			return problemf(err, "La racine « %s » imbrique trop de types pour être montrée. Détail : %v", root, err)
		}
		said.Roots[root] = r
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if !compact {
		e.SetIndent("", "  ")
	}
	if err := e.Encode(said); err != nil {
		return err
	}
	_, err := b.WriteTo(out)
	return err
}
