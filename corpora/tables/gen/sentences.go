package main

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What the teacher reads of the sources: sentences of shortSentence to
// longSentence letters, at most mostSentences, the best source first, each while
// it holds a stem met in fewer than rareBelow of those before it.
const (
	shortSentence = 30
	longSentence  = 260
	mostSentences = 60_000
	rareBelow     = 30
)

// A lesson is a French text, as numbers of stems, and what the teacher reads for
// it: the same text, or an English one that says the same.
type lesson struct {
	stems   []int32
	read    string
	english bool
}

func (l lesson) weight() float32 {
	if l.english {
		return translated
	}
	return 1
}

// lessons are the sentences of the sources.
func (b *builder) lessons() []lesson {
	var out []lesson
	met := make(map[int32]int)
	for _, c := range b.sources {
		for _, text := range c.sentences {
			if len(out) == mostSentences {
				return out
			}
			stems := b.stems(text)
			if !slices.ContainsFunc(stems, func(s int32) bool { return met[s] < rareBelow }) {
				continue
			}
			for _, s := range stems {
				met[s]++
			}
			out = append(out, lesson{stems, text, false})
		}
	}
	return out
}

// sentencesOf cuts a paragraph where a full stop, a semicolon or a colon ends
// something. That it cuts too often harms nobody.
func sentencesOf(paragraph string) []string {
	text := strings.Join(strings.Fields(paragraph), " ")
	var out []string
	for at := 0; at < len(text); {
		end := len(text)
		for i := at; i+1 < len(text); i++ {
			if strings.IndexByte(".;:!?", text[i]) >= 0 && text[i+1] == ' ' && i-at >= shortSentence {
				end = i + 1
				break
			}
		}
		piece := strings.TrimSpace(text[at:end])
		if n := utf8.RuneCountInString(piece); n >= shortSentence && n <= longSentence {
			out = append(out, piece)
		}
		at = end
	}
	return out
}
