package main

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// readLabour reads the sheets of the ministry of labour.
func readLabour(archive string, to *collection) error {
	return files(archive, func(name string, data []byte) error {
		if name != "data/fiches-travail.json" {
			return nil
		}
		var sheets []struct {
			Title, Intro, Date string
			Sections           []struct{ Title, HTML string }
		}
		if err := json.Unmarshal(data, &sheets); err != nil {
			return err
		}
		for _, s := range sheets {
			if day := strings.Split(s.Date, "/"); len(day) == 3 {
				to.date = max(to.date, day[2]+"-"+day[1]+"-"+day[0])
			}
			to.open(s.Title)
			to.html(s.Intro)
			for _, section := range s.Sections {
				to.head(section.Title)
				to.html(section.HTML)
				to.unhead()
			}
			to.close()
		}
		return nil
	})
}

// readAnswers reads answers to frequent questions on labour.
func readAnswers(archive string, to *collection) error {
	return files(archive, func(name string, data []byte) error {
		if name != "data/contributions.json" {
			return nil
		}
		var questions []struct {
			Title   string
			Answers struct {
				Generic     struct{ Markdown string }
				Conventions []struct{ Markdown string }
			}
		}
		if err := json.Unmarshal(data, &questions); err != nil {
			return err
		}
		for _, q := range questions {
			to.open(q.Title)
			to.html(q.Answers.Generic.Markdown)
			for _, c := range q.Answers.Conventions {
				to.section()
				to.html(c.Markdown)
			}
			to.close()
		}
		return nil
	})
}

var (
	heads  = regexp.MustCompile(`(?is)<h[2-6][^>]*>(.*?)</h[2-6]>`)
	blocks = regexp.MustCompile(`(?i)</?(p|li|ul|ol|div|br|tr|td|th|table|h[1-6]|blockquote|summary|details)\b[^>]*>|\n\s*\n|\n\s*[-*] `)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// html reads a page's text, under its headings.
func (c *collection) html(page string) {
	at, headed := 0, false
	for _, m := range append(heads.FindAllStringSubmatchIndex(page, -1), nil) {
		end := len(page)
		if m != nil {
			end = m[0]
		}
		for _, p := range blocks.Split(page[at:end], -1) {
			c.paragraph(plain(p))
		}
		if headed {
			c.unhead()
		}
		if headed = m != nil; headed {
			c.head(plain(page[m[2]:m[3]]))
			at = m[1]
		}
	}
}

func plain(s string) string { return html.UnescapeString(tags.ReplaceAllString(s, "")) }
