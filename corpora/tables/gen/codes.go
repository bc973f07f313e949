package main

import (
	"encoding/json"
	"path"
	"strings"
)

// A section is one of a code or of a collective agreement, or an article.
type section struct {
	Type string
	Data struct {
		Title, Etat, DateModif string
		TexteHTML              string // of a code's article
		Content                string // of an agreement's
	}
	Children []section
}

// readCodes reads codes of law and collective agreements, one a file.
func readCodes(archive string, to *collection) error {
	return files(archive, func(name string, data []byte) error {
		if path.Dir(name) != "data" || path.Base(name) == "index.json" {
			return nil
		}
		var root section
		if err := json.Unmarshal(data, &root); err != nil {
			return err
		}
		to.date = max(to.date, root.Data.DateModif)
		to.open(root.Data.Title)
		for _, s := range root.Children {
			to.law(s)
		}
		to.close()
		return nil
	})
}

func (c *collection) law(s section) {
	if s.Type == "article" {
		if strings.HasPrefix(s.Data.Etat, "VIGUEUR") {
			c.html(s.Data.TexteHTML)
			c.html(s.Data.Content)
		}
		return
	}
	c.head(s.Data.Title)
	for _, child := range s.Children {
		c.law(child)
	}
	c.unhead()
}
