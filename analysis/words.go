package analysis

import (
	"context"
	"io"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora"
)

// WriteWords writes a corpus for TXM's « XML/w+CSV » import, each word with the
// lemma and the part of speech by which we read it: TXM then asks for no tagger,
// and counts the words that we count. It returns early with the context's error.
func WriteWords(ctx context.Context, w io.Writer, c corpora.Corpus) error {
	texts := make([]string, len(c.Documents))
	for i, d := range c.Documents {
		texts[i] = d.Text
	}
	sentences, err := french.Segmenter{}.Sentences(ctx, texts)
	if err != nil {
		return err
	}
	var glosser french.Glosser
	n := 0
	return corpora.WriteTXMWords(w, c, func(d corpora.Document) ([][][]corpora.TXMWord, error) {
		spans := sentences[n]
		n++
		tokens := french.Tokens(nil, d.Text)
		glosses, err := glosser.Text(ctx, nil, d.Text, tokens, spans)
		return paragraphs(d.Text, spans, tokens, glosses), err
	})
}

// paragraphs are a text's words, each in its sentence and its paragraph, which a
// line's end closes.
func paragraphs(text string, sentences []french.Span, tokens []french.Token, glosses []french.Gloss) (out [][][]corpora.TXMWord) {
	last, at := 0, 0 // the end of the sentence before, the token at hand
	for n, s := range sentences {
		var words []corpora.TXMWord
		for ; at < len(tokens) && (tokens[at].Start < s.End || n+1 == len(sentences)); at++ {
			t, g := tokens[at], glosses[at]
			words = append(words, corpora.TXMWord{Form: text[t.Start:t.End], Lemma: g.Lemma, Pos: g.POS.String()})
		}
		if len(words) == 0 {
			continue
		}
		if len(out) == 0 || strings.ContainsAny(text[last:s.Start], "\r\n") {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], words)
		last = s.End
	}
	return out
}
