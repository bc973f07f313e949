package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
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
longueur sur quatre octets, l’octet de poids faible en premier.

inspect écrit ce que Yjs lirait : pour chaque racine son type, sa valeur et, pour
un texte, son delta ; puis l’horloge de chaque client. Une mise à jour ne dit pas
le type des racines : --root NOM=text|xml|map|array le donne, autant de fois qu’il
faut ; sinon il est deviné. --json met tout sur une ligne, pour un programme.
merge écrit une seule mise à jour (v1) qui dit la même chose que toutes.`

// ydocTool looks into a document: inspect or merge.
func ydocTool(_ context.Context, args []string, in io.Reader, out, _ io.Writer) error {
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
	if f.rest[0] == "inspect" {
		return inspectUpdates(updates, roots, *compact, out)
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

func inspectUpdates(updates [][]byte, kinds rootFlags, compact bool, out io.Writer) error {
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
	}{map[string]inspected{}, d.Clocks()}
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
