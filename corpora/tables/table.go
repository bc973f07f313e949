package tables

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"strings"
)

// A table's file, version 1, numbers little-endian:
//
//	8 bytes  "CONGRESW"
//	uint16   version
//	uint16   dim: how many numbers a row has
//	uint32   n: how many rows
//	uint32   size of the block of stems
//	stems    in ascending order of bytes, each ended by a line feed
//	n × float16   the scale of each row
//	n × dim × int8 the rows, in the order of the stems; times their scale
const (
	magic   = "CONGRESW"
	version = 1
	header  = len(magic) + 2 + 2 + 4 + 4
)

// ErrFormat is returned for what is not a table of a version that is known here.
var ErrFormat = errors.New("not a table of word vectors, or of a later version")

//go:embed n.bin
var near string

//go:embed s.bin
var sentences string

// Words returns the embedded tables of word vectors: N, learnt from which texts
// stand beside each other, and S, learnt from what a network says of sentences.
func Words() []Table {
	var out []Table
	for _, data := range []string{near, sentences} {
		t, err := Read(data)
		if err != nil {
			panic(err) // a test reads them
		}
		out = append(out, t)
	}
	return out
}

// A Table is rows of numbers by stem. It is a view of the bytes that it was read
// from, and may be used by several goroutines. Its zero value has no row.
type Table struct {
	Dim    int // numbers in a row
	Rows   int
	stems  string
	scales string
	values string
}

// Read returns the table that data holds.
func Read(data string) (Table, error) {
	if len(data) < header || !strings.HasPrefix(data, magic) {
		return Table{}, ErrFormat
	}
	head := []byte(data[len(magic):header])
	if binary.LittleEndian.Uint16(head) != version {
		return Table{}, ErrFormat
	}
	dim, rows := int(binary.LittleEndian.Uint16(head[2:])), int(binary.LittleEndian.Uint32(head[4:]))
	size := int(binary.LittleEndian.Uint32(head[8:]))
	if rest := len(data) - header; rest < size || rest-size != rows*(dim+2) {
		return Table{}, ErrFormat
	}
	stems, rest := data[header:header+size], data[header+size:]
	if strings.Count(stems, "\n") != rows || rows > 0 && stems[size-1] != '\n' {
		return Table{}, ErrFormat
	}
	return Table{dim, rows, stems, rest[:2*rows], rest[2*rows:]}, nil
}

// A Reader finds rows of a table by stem.
type Reader struct {
	Table
	at []int32 // where each stem starts
}

// Reader returns a reader of the table, of which the caller keeps one for many
// stems: it has to walk through the stems once.
func (t Table) Reader() *Reader {
	r := &Reader{t, make([]int32, 0, t.Rows+1)}
	for at := 0; at < len(t.stems); {
		r.at = append(r.at, int32(at))
		at += strings.IndexByte(t.stems[at:], '\n') + 1
	}
	r.at = append(r.at, int32(len(t.stems)))
	return r
}

// Stem returns the stem of a row.
func (r *Reader) Stem(row int) string { return r.stems[r.at[row] : r.at[row+1]-1] }

// Row returns the row of a stem, or -1.
func (r *Reader) Row(stem string) int {
	low, high := 0, r.Rows
	for low < high {
		if middle := (low + high) / 2; r.Stem(middle) < stem {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < r.Rows && r.Stem(low) == stem {
		return low
	}
	return -1
}

// Add adds weight times a row to sum, which has Dim numbers.
func (t Table) Add(sum []float32, row int, weight float32) {
	scale := weight * half(uint16(t.scales[2*row])|uint16(t.scales[2*row+1])<<8)
	values := t.values[row*t.Dim : (row+1)*t.Dim]
	for i := range sum {
		// The conversion keeps the product from being fused with the sum, which
		// would round differently from one machine to another.
		sum[i] += float32(scale * float32(int8(values[i])))
	}
}

// Unpack sets values, which has Dim numbers, to those of a row, and returns the scale
// by which all are to be multiplied: what adds many times the same row adds these.
func (t Table) Unpack(values []float32, row int) (scale float32) {
	for i := range values {
		values[i] = float32(int8(t.values[row*t.Dim+i]))
	}
	return half(uint16(t.scales[2*row]) | uint16(t.scales[2*row+1])<<8)
}

// half reads a number of IEEE 754's binary16.
func half(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits>>15)<<31, uint32(bits>>10)&31, uint32(bits)&1023
	switch exponent {
	case 0:
		f := float32(fraction) / (1 << 24)
		return math.Float32frombits(math.Float32bits(f) | sign)
	case 31:
		return math.Float32frombits(sign | 255<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
