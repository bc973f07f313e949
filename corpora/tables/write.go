package tables

import (
	"encoding/binary"
	"math"
)

// Bytes returns the file of a table, where values[i] is the row of stems[i] and
// stems ascend. Each row is brought to whole numbers of -127 to 127.
func Bytes(stems []string, values [][]float32) []byte {
	dim, size := 0, 0
	if len(values) > 0 {
		dim = len(values[0])
	}
	for _, stem := range stems {
		size += len(stem) + 1
	}
	out := append(make([]byte, 0, header+size+len(stems)*(dim+2)), magic...)
	out = binary.LittleEndian.AppendUint16(out, version)
	out = binary.LittleEndian.AppendUint16(out, uint16(dim))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(stems)))
	out = binary.LittleEndian.AppendUint32(out, uint32(size))
	for _, stem := range stems {
		out = append(append(out, stem...), '\n')
	}
	scales := make([]float32, len(values))
	for i, row := range values {
		most := float32(0)
		for _, v := range row {
			most = max(most, max(v, -v))
		}
		bits := toHalf(most / 127)
		out, scales[i] = binary.LittleEndian.AppendUint16(out, bits), half(bits)
	}
	for i, row := range values {
		for _, v := range row {
			q := 0.
			if scales[i] > 0 {
				q = math.Round(float64(v / scales[i]))
			}
			out = append(out, byte(int8(max(-127, min(127, q)))))
		}
	}
	return out
}

// toHalf returns the nearest binary16 of a number from 0 to 65504.
func toHalf(f float32) uint16 {
	if f < 1./(1<<14) {
		return uint16(math.RoundToEven(float64(f) * (1 << 24)))
	}
	bits := math.Float32bits(f)
	return uint16((bits + 0xFFF + bits>>13&1 - 112<<23) >> 13)
}
