package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// styles says which cells of a workbook show a number as something else.
type styles struct {
	from1904 bool
	formats  []string // of each style, by its number: how a number is written
}

// builtIn are the number formats that have a number and no text (ECMA-376 part
// 1, 18.8.30), where they are dates or times.
func builtIn(id int) string {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return "yyyy-mm-dd"
	case id >= 18 && id <= 21:
		return "h:mm:ss"
	case id == 22:
		return "yyyy-mm-dd h:mm"
	}
	return ""
}

func (s *styles) read(f *File, part string) error {
	p, err := f.open(part)
	if err != nil {
		return err
	}
	if _, err := p.root(); err != nil {
		return err
	}
	codes := make(map[int]string)
	return p.each(func(e element) error {
		switch e.Name.Local {
		case "numFmts":
			return p.each(func(e element) error {
				if id, err := strconv.Atoi(e.attr("numFmtId")); err == nil && len(codes) < maxList {
					codes[id] = e.attr("formatCode")
				}
				return p.skip()
			}, nil)
		case "cellXfs":
			return p.each(func(e element) error {
				id, _ := strconv.Atoi(e.attr("numFmtId"))
				code, ok := codes[id]
				if !ok {
					code = builtIn(id)
				}
				if s.formats = append(s.formats, code); len(s.formats) > maxList {
					return &Error{part, ErrDamaged}
				}
				return p.skip()
			}, nil)
		}
		return p.skip()
	}, nil)
}

// number writes a number as a person would type it: 15 significant digits, a
// date as 2026-11-24, leading zeros where the format asks for them (postal
// codes, départements).
func (s *styles) number(style, raw string) string {
	x, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return raw
	}
	code := ""
	if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(s.formats) {
		code = s.formats[n]
	}
	if dated(code) {
		if text := s.date(x); text != "" {
			return text
		}
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	text := strconv.FormatFloat(rounded, 'f', -1, 64)
	if zeros := len(code); zeros > 1 && zeros <= 20 && strings.Trim(code, "0") == "" && strings.Trim(text, "0123456789") == "" && len(text) < zeros {
		text = strings.Repeat("0", zeros-len(text)) + text
	}
	return text
}

// dated says whether a format code writes a day or an hour: one of the letters
// y m d h s, outside quotation marks, escapes and brackets. A span of hours
// beyond the day ([h]:mm) is no hour.
func dated(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if inside := strings.ToLower(code[i+1 : i+end]); inside != "" && strings.Trim(inside, "hms") == "" {
				return false
			}
			i += end
		case c == 'y' || c == 'm' || c == 'd' || c == 'h' || c == 's':
			return true
		}
	}
	return false
}

// date writes a count of days since the workbook's day 0, which for 1900 is 30
// December 1899 from March 1900 on, and a day later before: Excel counts a 29
// February 1900 that never was.
func (s *styles) date(x float64) string {
	if x < 0 || x >= 2_958_466 { // the year 10,000
		return ""
	}
	seconds := int64(math.Round(x * 86_400))
	if seconds < 86_400 && !s.from1904 {
		return time.Unix(seconds, 0).UTC().Format("15:04:05")
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case s.from1904:
		day = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case x < 60:
		day = day.AddDate(0, 0, 1)
	}
	at := day.AddDate(0, 0, int(seconds/86_400)).Add(time.Duration(seconds%86_400) * time.Second)
	if seconds%86_400 == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}
