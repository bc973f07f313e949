package corpora

import (
	"strings"
	"unicode"
)

// An IramuteqText is one text of a corpus for IRaMuTeQ (P. Ratinaud), which is
// read and written without loss.
type IramuteqText struct {
	Line  int            // of its « **** » in the file, from 1; not written
	Stars []Star         // its starred variables, in order
	Odd   []string       // what stands among them and names none; not written
	Parts []IramuteqPart // at least one; only the first may lack a theme
}

// A Star is « *name_value »; one without a value (« *vue ») has Bare set.
type Star struct {
	Name, Value string
	Bare        bool
}

// An IramuteqPart is what follows a line « -*theme »; Theme is "" before any.
type IramuteqPart struct{ Theme, Text string }

// ParseIramuteq reads a corpus: each text follows a line
// « **** *variable_value *variable_value »; inside it, a line « -*theme » opens a
// part. White space around a part is no part of it. before is the line on which
// something stands that precedes all texts, 0 when nothing does.
func ParseIramuteq(text string) (texts []IramuteqText, before int) {
	var body []string
	flush := func() {
		if len(texts) > 0 {
			parts := texts[len(texts)-1].Parts
			parts[len(parts)-1].Text = strings.TrimSpace(strings.Join(body, "\n"))
		}
		body = body[:0]
	}
	line := 0
	for raw := range strings.Lines(text) {
		line++
		raw = strings.TrimRight(raw, "\r\n")
		if stars, ok := strings.CutPrefix(raw, "****"); ok && (stars == "" || stars[0] == ' ' || stars[0] == '\t') {
			flush()
			known, odd := parseStars(stars)
			texts = append(texts, IramuteqText{Line: line, Stars: known, Odd: odd, Parts: make([]IramuteqPart, 1)})
			continue
		}
		if len(texts) == 0 {
			if before == 0 && strings.TrimSpace(raw) != "" {
				before = line
			}
			continue
		}
		if theme, ok := strings.CutPrefix(raw, "-*"); ok {
			last := &texts[len(texts)-1]
			flush()
			if len(last.Parts) == 1 && last.Parts[0] == (IramuteqPart{}) {
				last.Parts = last.Parts[:0]
			}
			last.Parts = append(last.Parts, IramuteqPart{Theme: strings.TrimSpace(theme)})
			continue
		}
		body = append(body, raw)
	}
	flush()
	return texts, before
}

// parseStars reads the variables of a text as IRaMuTeQ does: the name ends at the
// first underscore, the value is all the rest.
func parseStars(line string) (out []Star, odd []string) {
	for _, field := range strings.Fields(line) {
		name, value, found := strings.Cut(strings.TrimPrefix(field, "*"), "_")
		if name == "" {
			odd = append(odd, field)
			continue
		}
		out = append(out, Star{name, value, !found})
	}
	return out, odd
}

// starred makes a name or a value that IRaMuTeQ takes: letters, digits and
// hyphens; the underscore ends a name, white space a variable.
func starred(s string, underscore bool) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '-', r == '_' && underscore:
			b.WriteRune(r)
		case r == '\'', r == '’', unicode.IsSpace(r), r == '_', unicode.IsPunct(r), unicode.IsSymbol(r):
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
	}
	return strings.Trim(b.String(), "-")
}
