package main

import (
	"encoding/json"
	"path"
	"strings"
)

// A node is an element, or a text, of a sheet: XML turned into JSON.
type node struct {
	Type, Name, Text string
	Children         []node
}

// readSheets reads service-public.fr's sheets, one a file.
func readSheets(archive string, to *collection) error {
	return files(archive, func(name string, data []byte) error {
		if !strings.HasPrefix(name, "data/") || path.Base(name) == "index.json" {
			return nil
		}
		var sheet node
		if err := json.Unmarshal(data, &sheet); err != nil {
			return err
		}
		title := ""
		for _, root := range sheet.Children {
			for _, n := range root.Children {
				switch n.Name {
				case "dc:title":
					title = n.all()
				case "dc:date":
					if _, day, ok := strings.Cut(n.all(), " "); ok {
						to.date = max(to.date, day)
					}
				}
			}
			to.open(title)
			for _, n := range root.Children {
				if n.Name == "dc:description" {
					to.paragraph(n.all())
				}
			}
			to.walk(root)
			to.close()
		}
		return nil
	})
}

// aside names the elements that lead elsewhere or say nothing of the subject.
var aside = map[string]bool{
	"SurTitre": true, "Audience": true, "Canal": true, "FilDAriane": true, "Theme": true, "DossierPere": true,
	"SousDossierPere": true, "SousThemePere": true, "SousDossier": true, "Dossier": true, "Fiche": true,
	"VoirAussi": true, "Reference": true, "OuSAdresser": true, "OuSAdresserSupport": true, "Source": true,
	"RessourceWeb": true, "PivotLocal": true, "FicheLiee": true, "QuestionReponse": true, "CommentFaireSi": true,
	"NumeroCerfa": true, "AutreNumero": true, "LienWeb": true, "NoticeLiee": true, "Cible": true, "Complement": true,
	"Titre": true, "PourEnSavoirPlus": true,
}

// boxes are headed « À noter », « Attention »: no subject.
var boxes = map[string]bool{"ANoter": true, "ASavoir": true, "Attention": true, "Rappel": true}

func (c *collection) walk(n node) {
	heading := ""
	for _, child := range n.Children {
		if child.Name == "Titre" && !boxes[n.Name] {
			heading = child.all()
		}
	}
	if heading != "" {
		c.head(heading)
		defer c.unhead()
	}
	for _, child := range n.Children {
		switch {
		case aside[child.Name] || strings.HasPrefix(child.Name, "dc:"):
		case child.Name == "Paragraphe":
			c.paragraph(child.all())
		default:
			c.walk(child)
		}
	}
}

// all returns the text inside a node.
func (n node) all() string {
	if n.Type == "text" {
		return n.Text
	}
	var b strings.Builder
	for _, child := range n.Children {
		b.WriteString(child.all())
	}
	return b.String()
}
