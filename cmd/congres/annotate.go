package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora"
)

const annotateHelp = `congres annotate FICHIER.txt — montre la chaîne du français

Écrit un objet JSON par mot ou signe, un par ligne :
  start, end   ses octets dans le fichier
  form         ce qui est écrit
  stem         sa racine (Snowball)
  lemma        le mot dont c’est une forme, à la manière des corpus arborés français
               d’Universal Dependencies : « les » est « le », « élu·es » est « élu »
  pos          sa nature (NOUN, VERB, ADJ, ADP… d’Universal Dependencies)
  stop         vrai pour un mot outil, un signe ou un nombre
  sentence     le rang de sa phrase, à partir de 0

Les octets qui ne sont pas de l’UTF-8 restent où ils sont et n’appartiennent à aucun mot.
`

// An annotation is one token as « congres annotate » prints it.
type annotation struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Form     string `json:"form"`
	Stem     string `json:"stem"`
	Lemma    string `json:"lemma"`
	POS      string `json:"pos"`
	Stop     bool   `json:"stop"`
	Sentence int    `json:"sentence"`
}

// annotate is « congres annotate ».
func annotate(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	files, err := parse(flag.NewFlagSet("annotate", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return usageError("Indiquez un fichier, et un seul\u00a0: congres annotate FICHIER.txt.")
	}
	file, err := openFile(files[0])
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, corpora.MaxUpload+1))
	if err != nil {
		return err
	}
	if len(data) > corpora.MaxUpload {
		return problemf(nil, "Le fichier %s dépasse %d\u00a0Mo\u00a0: partagez-le.", files[0], corpora.MaxUpload>>20)
	}
	if _, encoding := corpora.Decode(data); encoding != "UTF-8" {
		fmt.Fprintf(stderr, "Le fichier %s semble être en %s\u00a0: ce qui n’y est pas de l’UTF-8 est passé. Réenregistrez-le en UTF-8 pour que tout soit lu.\n", files[0], encoding)
	}
	text := string(data)
	sentences, err := french.Segmenter{}.Sentences(ctx, []string{text})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	tokens := french.Tokens(nil, text)
	glosses, err := new(french.Glosser).Text(ctx, nil, text, tokens, sentences[0])
	if err != nil {
		return err
	}
	sentence := 0
	for i, t := range tokens {
		if i&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for sentence+1 < len(sentences[0]) && t.Start >= sentences[0][sentence].End {
			sentence++
		}
		form := t.Form(text)
		a := annotation{t.Start, t.End, strings.ToValidUTF8(text[t.Start:t.End], "\ufffd"), form, strings.ToValidUTF8(glosses[i].Lemma, "\ufffd"), glosses[i].POS.String(), true, sentence}
		switch t.Kind {
		case french.Punct, french.Symbol, french.Number, french.Ordinal, french.URL, french.Email, french.Elided, french.Clitic:
		default:
			a.Stem, a.Stop = french.Stem(french.Base(form)), french.IsStop(form)
		}
		if err := encoder.Encode(a); err != nil {
			return err
		}
	}
	return out.Flush()
}
