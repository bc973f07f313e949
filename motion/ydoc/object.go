package ydoc

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// object writes one object as JavaScript would have it: the last of equal
// keys counts, at the place of the first, and array indices come before other
// keys (ECMA-262 OrdinaryOwnPropertyKeys). Its entries are written where they
// belong, and moved only where they do not.
type object struct {
	start   int // of the entries
	entries []entry
	at      map[string]int // entries by key, from the second entry on
	again   bool           // a key came twice, or an index after another key
}

// entry is a key with its value, as bytes of the writer.
type entry struct {
	key        string
	start, end int
	index      int64 // of an integer-like key; -1 otherwise
}

func (o *object) begin(w *writer) { o.start = len(w.b) }

// key writes a key, whose value must follow.
func (o *object) key(w *writer, key []byte) {
	o.close(w)
	e := entry{key: string(key), start: len(w.b), index: arrayIndex(string(key))}
	if n := len(o.entries); n > 0 {
		if o.at == nil {
			o.at = map[string]int{o.entries[0].key: 0}
		}
		_, twice := o.at[e.key]
		last := o.entries[n-1].index
		o.again = o.again || twice || e.index >= 0 && (last < 0 || last > e.index)
		o.at[e.key] = n
	}
	o.entries = append(o.entries, e)
	w.bytes(key)
}

func (o *object) close(w *writer) {
	if n := len(o.entries); n > 0 {
		o.entries[n-1].end = len(w.b)
	}
}

// end puts the object's tag and size before its entries.
func (o *object) end(w *writer) {
	o.close(w)
	list := o.entries
	if o.again {
		first := make([]entry, 0, len(o.at))
		for _, e := range list {
			if last, ok := o.at[e.key]; ok {
				e.start, e.end = list[last].start, list[last].end
				first = append(first, e)
				delete(o.at, e.key)
			}
		}
		list = first
		slices.SortStableFunc(list, func(a, b entry) int {
			switch {
			case a.index >= 0 && b.index >= 0:
				return cmp.Compare(a.index, b.index)
			case a.index >= 0:
				return -1
			case b.index >= 0:
				return 1
			}
			return 0
		})
	}
	if o.again {
		w.spare = append(w.spare[:0], w.b[o.start:]...)
		w.b = w.b[:o.start]
		for _, e := range list {
			w.b = append(w.b, w.spare[e.start-o.start:e.end-o.start]...)
		}
	}
	w.insertHead(o.start, anyObject, uint64(len(list)))
}

// insertHead puts a tag and a size before what was written since start.
func (w *writer) insertHead(start int, tag byte, n uint64) {
	var room [12]byte
	head := writer{b: room[:0]}
	head.byte(tag)
	head.uint(n)
	w.b = slices.Insert(w.b, start, head.b...)
}

// anyFromJSON writes valid JSON text as the value that JSON.parse makes of it,
// unless that is nested too deep.
func anyFromJSON(w *writer, text []byte) error {
	switch string(text) {
	case "true":
		w.byte(anyTrue)
		return nil
	case "null":
		w.byte(anyNull)
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return jsonValue(w, d, 0)
}

func jsonValue(w *writer, d *json.Decoder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: value nested too deep", ErrTooLarge)
	}
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch v := token.(type) {
	case nil:
		w.byte(anyNull)
	case bool:
		w.byte(map[bool]byte{false: anyFalse, true: anyTrue}[v])
	case json.Number:
		f, _ := strconv.ParseFloat(string(v), 64) // beyond the range: infinite
		writeNumber(w, f)
	case string:
		w.byte(anyString)
		w.string(v)
	case json.Delim:
		return jsonInside(w, d, v == '{', depth)
	}
	return nil
}

// jsonInside writes what an object or an array holds.
func jsonInside(w *writer, d *json.Decoder, isObject bool, depth int) error {
	var o object
	o.begin(w)
	n := uint64(0)
	for ; d.More(); n++ {
		if isObject {
			key, err := d.Token()
			if err != nil {
				return err
			}
			o.key(w, []byte(key.(string)))
		}
		if err := jsonValue(w, d, depth+1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if isObject {
		o.end(w)
	} else {
		w.insertHead(o.start, anyArray, n)
	}
	return nil
}
