package corpora

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode brings a file to UTF-8 and says what it was written in. A file that is
// UTF-8 but for a few bytes is kept as it is, those bytes included; one in which
// bytes above 127 are mostly no UTF-8 was written in Windows-1252, or in Mac
// Roman where that gives more of the letters that French writes.
func Decode(data []byte) (text, encoding string) {
	switch utf16Order(data) {
	case 'l', 'b':
		order := unicode.LittleEndian
		if utf16Order(data) == 'b' {
			order = unicode.BigEndian
		}
		out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		if err == nil {
			return strings.TrimPrefix(string(out), "\ufeff"), "UTF-16"
		}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	valid, invalid := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			valid++
		}
		i += n
	}
	if invalid > valid {
		if macintosh(data) {
			if out, err := charmap.Macintosh.NewDecoder().Bytes(data); err == nil {
				return string(out), "Mac Roman"
			}
		}
		if out, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			return string(out), "Windows-1252"
		}
	}
	return string(data), "UTF-8"
}

// French letters and the apostrophe, in Windows-1252 and in Mac Roman.
const (
	french1252 = "\xe9\xe8\xe0\xea\xe7\xf9\xf4\xee\xfb\xe2\xeb\xef\xc9\xc0\x92\xab\xbb\xa0"
	frenchMac  = "\x8e\x8f\x88\x90\x8d\x9d\x99\x94\x9e\x89\x91\x95\x83\xcb\xd5\xc7\xc8\xca"
)

// macintosh says whether bytes above 127 are French in Mac Roman rather than in
// Windows-1252.
func macintosh(data []byte) bool {
	var count [256]int
	for _, c := range data {
		count[c]++
	}
	windows, mac := 0, 0
	for i := range len(frenchMac) {
		windows, mac = windows+count[french1252[i]], mac+count[frenchMac[i]]
	}
	return mac > windows
}

// utf16Order returns 'l' or 'b' when data is UTF-16, by its mark or, without
// one, because every other byte of a text in our alphabet is zero; else 0.
func utf16Order(data []byte) byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return 'l'
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return 'b'
	}
	head := data[:min(len(data), 4096)&^1]
	if len(head) < 4 {
		return 0
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zeros[1]*10 > half*7 && zeros[0] == 0:
		return 'l'
	case zeros[0]*10 > half*7 && zeros[1] == 0:
		return 'b'
	}
	return 0
}

// doubtBytes mentions the lines that hold bytes of another encoding.
func (t *Table) doubtBytes(text string) {
	if utf8.ValidString(text) {
		return
	}
	line, said := 1, 0
	for _, row := range strings.SplitAfter(text, "\n") {
		if !utf8.ValidString(row) {
			if said == 20 {
				t.doubt(0, "", false, "D’autres lignes encore contiennent des caractères illisibles. Réenregistrez le fichier en UTF-8.")
				return
			}
			said++
			t.doubt(line, "", false, "Des caractères sont illisibles. Réenregistrez le fichier en UTF-8, ou retapez les lettres accentuées de cette ligne.")
		}
		line++
	}
}
