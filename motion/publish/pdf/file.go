package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A file is objects in the making (ISO 32000-1 §7.5). An object's number is
// taken before its content is known.
type file struct {
	bytes.Buffer
	at []int // offset of object n+1; 0 not yet written
}

func (f *file) take() int {
	f.at = append(f.at, 0)
	return len(f.at)
}

// set writes an object.
func (f *file) set(n int, body string) {
	f.at[n-1] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n%s\nendobj\n", n, body)
}

// stream writes a compressed stream; dict is more of its dictionary.
func (f *file) stream(n int, dict string, data []byte) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data) // a Buffer never fails
	z.Close()
	f.raw(n, dict+" /Filter /FlateDecode", b.Bytes())
}

func (f *file) raw(n int, dict string, data []byte) {
	f.at[n-1] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n<<%s /Length %d>>\nstream\n", n, dict, len(data))
	f.Write(data)
	f.WriteString("\nendstream\nendobj\n")
}

// end writes the table of objects and the trailer.
func (f *file) end(root, info int) {
	id := sha256.Sum256(f.Bytes())
	at := f.Len()
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", len(f.at)+1)
	for _, o := range f.at {
		fmt.Fprintf(f, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(f, "trailer\n<</Size %d /Root %s /Info %s /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n", len(f.at)+1, ref(root), ref(info), id[:16], id[:16], at)
}

func ref(n int) string { return fmt.Sprintf("%d 0 R", n) }

func refs(list []int) string {
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(ref(n))
	}
	return "[" + b.String() + "]"
}

// words writes a text string in UTF-16 (§7.9.2.2).
func words(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// address writes a URI, which is of ASCII alone (§12.6.4.7).
func address(s string) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= ' ' || c >= 0x7f:
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + ")"
}

// num writes a length in points, to a hundredth.
func num(x float64) string {
	s := fmt.Sprintf("%.2f", x)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
