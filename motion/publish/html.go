package publish

import (
	"fmt"
	"html/template"
	"io"

	"github.com/villes-internet/congres/motion"
)

// Style is what stands in the <style> of [HTML]'s page, for whoever must give
// its hash in a Content-Security-Policy.
const Style = `
:root{color-scheme:light dark;background:Canvas;color:CanvasText}
body{font:1.125rem/1.6 "Atkinson Hyperlegible Next","Atkinson Hyperlegible",Verdana,sans-serif;max-width:38em;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
h1{line-height:1.25}h2{margin-top:2.5em;line-height:1.3}
.number{font-weight:bold}
@counter-style lettre{system:extends lower-alpha;suffix:")\a0"}
.items{list-style:lettre}
.imprint{white-space:pre-line}
.proposal{border-left:.25em solid;padding-left:1em}
.source{font-size:.75em;line-height:0;vertical-align:super;padding:0 .15em}
:target{outline:.15em solid;outline-offset:.15em}
footer,.sources,.annex{font-size:.875em}
.sources li{overflow-wrap:anywhere}
@media print{body{font-size:11pt;max-width:none;padding:0}h2{break-after:avoid}.proposal,.recital{break-inside:avoid-page}a{color:inherit;text-decoration:none}}
`

const templates = `
{{define "sentences"}}{{range .}}{{if .Anchor}}<span class="sentence" id="{{.Anchor}}">{{end}}{{range .Pieces}}{{template "piece" .}}{{end}}{{if .Anchor}}</span>{{end}}{{end}}{{end}}
{{define "piece"}}{{if .Link}}<a href="{{.Link}}" rel="noopener noreferrer">{{end}}{{if .Strong}}<strong>{{end}}{{if .Em}}<em>{{end}}{{.Text}}{{if .Em}}</em>{{end}}{{if .Strong}}</strong>{{end}}{{if .Link}}</a>{{end}}{{range .Calls}}<a class="source" href="{{.Href}}" aria-label="Source {{.Number}} : {{.Source.Signature}}">{{.Number}}</a>{{end}}{{end}}
{{define "label"}}{{if .}}<span class="number">{{.}}</span> {{end}}{{end}}
{{define "bare"}}{{range .Sentences}}{{range .Pieces}}{{.Text}}{{end}}{{end}}{{end}}
{{define "part"}}{{if .Items}}<ol class="items" type="a">
{{range .Items}}<li id="{{.Anchor}}">{{template "sentences" .Sentences}}</li>
{{end}}</ol>{{else if eq .Kind "title"}}<h1 id="{{.Anchor}}">{{template "sentences" .Sentences}}</h1>{{else if eq .Kind "axis"}}<h2 id="{{.Anchor}}">{{template "label" .Label}}{{template "sentences" .Sentences}}</h2>{{else if eq .Level 2}}<h2 id="{{.Anchor}}">{{template "bare" .}}</h2>{{else if eq .Level 3}}<h3 id="{{.Anchor}}">{{template "bare" .}}</h3>{{else if eq .Level 4}}<h4 id="{{.Anchor}}">{{template "bare" .}}</h4>{{else if .Imprint}}<p class="imprint" id="{{.Anchor}}">{{template "sentences" .Sentences}}</p>{{else}}<p class="{{.Kind}}" id="{{.Anchor}}">{{template "label" .Label}}{{template "sentences" .Sentences}}</p>{{end}}
{{end}}
{{define "fragment"}}<article class="motion">
{{range .Parts}}{{template "part" .}}{{end}}{{if .Sources}}<section class="sources" aria-labelledby="sources">
<h2 id="sources">Sources</h2>
<ol>
{{range .Sources}}<li id="source-{{.Number}}">{{quoted .Source}}{{with later .Source}} ({{.}}){{end}}. <a href="{{.Href}}" aria-label="Lire la contribution de la source {{.Number}}">Lire la contribution</a></li>
{{end}}</ol>
</section>
{{end}}</article>
{{end}}
{{define "link"}}<a href="#{{.Anchor}}">{{template "bare" .}}</a>{{end}}
{{define "annex"}}{{if .Annexed}}<section class="annex">
{{range $i, $p := .Annexed}}{{if eq $i $.Figures}}{{template "part" $p}}<nav aria-label="Contributions par thème"><ul>
{{range $.Contents}}<li>{{template "link" .}}{{with .Themes}}<ul>
{{range .}}<li>{{template "link" .}}</li>
{{end}}</ul>{{end}}</li>
{{end}}</ul></nav>
{{else}}{{template "part" $p}}{{end}}{{end}}</section>
{{end}}{{end}}
{{define "page"}}<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
<main>
{{template "fragment" .}}{{template "annex" .}}</main>
<footer>
<p>{{.Congress}}{{if .Congress}}. {{end}}{{.Edition}}.{{with .Licence}} Licence : {{.}}.{{end}}</p>
<p>Journal : fait nᵒ {{.Head.Seq}}, empreinte <code>{{.Head.Hash}}</code>.</p>
</footer>
</body>
</html>
{{end}}`

// A view is what the templates see.
type view struct {
	*motion.Document
	Edition string
	Parts   []part
	Annexed []part
	Figures int // of Annexed, what says how many there are
	Sources []call
	Style   template.CSS
}

// A group is a heading of the annex and those of the themes under it.
type group struct {
	part
	Themes []part
}

// Contents are the annex's headings.
func (v *view) Contents() (out []group) {
	for _, p := range v.Annexed {
		switch n := len(out); {
		case p.Level == 0:
		case n > 0 && p.Level > out[0].Level:
			out[n-1].Themes = append(out[n-1].Themes, p)
		default:
			out = append(out, group{part: p})
		}
	}
	return out
}

// HTML writes the document as a whole page that needs nothing else.
func HTML(w io.Writer, d *motion.Document, base string) error { return render(w, "page", d, base) }

// Fragment writes the text and its sources as one <article>, for the site's
// own page.
func Fragment(w io.Writer, d *motion.Document, base string) error {
	return render(w, "fragment", d, base)
}

// Annex writes what became of each contribution as one <section> without its
// heading, for the site's own page; nothing where the document has no annex.
func Annex(w io.Writer, d *motion.Document, base string) error { return render(w, "annex", d, base) }

func render(w io.Writer, name string, d *motion.Document, base string) error {
	t, err := template.New("").Funcs(template.FuncMap{"quoted": quoted, "later": later}).Parse(templates)
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	v := &view{Document: d, Edition: state(d), Parts: parts(d, base), Annexed: annex(d, base, permanent(d, base)), Style: Style}
	switch {
	case name == "page":
		v.Parts, v.Annexed, v.Figures = sheet(d, base), annex(d, base, ""), 1
	case len(v.Annexed) > 0:
		v.Annexed = v.Annexed[1:]
		for i := range v.Annexed { // under the page's own heading
			v.Annexed[i].Level = max(0, v.Annexed[i].Level-1)
		}
	}
	for i := range d.Sources {
		v.Sources = append(v.Sources, call{i + 1, base + d.Sources[i].Path(), &d.Sources[i]})
	}
	if err := t.ExecuteTemplate(w, name, v); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}
