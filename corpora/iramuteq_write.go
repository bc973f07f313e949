package corpora

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strings"
)

// WriteIramuteq writes texts as IRaMuTeQ reads them, in UTF-8. What
// [ParseIramuteq] read is written so that reading it again gives the same. A name
// or a value keeps its letters, digits and hyphens; anything else becomes a
// hyphen, for IRaMuTeQ would stop at it. A line of a text that looks like a
// command (« **** », « -* ») gets a space before it.
func WriteIramuteq(w io.Writer, texts []IramuteqText) error {
	out := bufio.NewWriter(w)
	for i, t := range texts {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString("****")
		for _, star := range t.Stars {
			name, value := starred(star.Name, false), starred(star.Value, true)
			if name == "" {
				continue
			}
			out.WriteString(" *" + name)
			if !star.Bare {
				out.WriteString("_" + value)
			}
		}
		out.WriteByte('\n')
		for j, part := range t.Parts {
			if part.Theme != "" || j > 0 {
				out.WriteString("-*" + cmp.Or(starred(part.Theme, true), "partie") + "\n")
			}
			for line := range strings.Lines(strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(part.Text))) {
				if strings.HasPrefix(line, "****") || strings.HasPrefix(line, "-*") {
					out.WriteByte(' ')
				}
				out.WriteString(line)
			}
			if part.Text != "" {
				out.WriteByte('\n')
			}
		}
	}
	return out.Flush()
}

// Iramuteq makes texts for [WriteIramuteq]: « *id_… » then each variable, by
// name; those without a value are left out.
func (c Corpus) Iramuteq() []IramuteqText {
	out := make([]IramuteqText, len(c.Documents))
	for i, d := range c.Documents {
		stars := []Star{{Name: "id", Value: d.ID}}
		for _, name := range d.names() {
			stars = append(stars, Star{Name: name, Value: d.Variables[name]})
		}
		out[i] = IramuteqText{Stars: stars, Parts: []IramuteqPart{{Text: d.Text}}}
	}
	return out
}

// names returns the variables that have a value, sorted.
func (d Document) names() []string {
	var out []string
	for name, value := range d.Variables {
		if name != "id" && strings.TrimSpace(value) != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
