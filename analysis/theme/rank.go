package theme

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// Weights of the parts of a verbatim's rank. They sum to 1.
const (
	WeightTypical   = 0.40
	WeightFormed    = 0.25
	WeightSupported = 0.15
	WeightDistinct  = 0.20
)

// A Candidate is a segment that may be quoted; its parts are 0…1.
type Candidate struct {
	Segment   int
	Row       lexis.Vector
	Typical   float64
	Formed    float64
	Supported float64
	Distinct  float64 // set by Rank
	Score     float64 // set by Rank
	Author    string  // "": unknown
	Commune   string
}

// Rank returns at most limit candidates, best first. The first is the best by
// itself; each next one is also weighed by how unlike those above it it is, in
// its words, its author and its town (Carbonell and Goldstein's maximal marginal
// relevance, 1998).
func Rank(candidates []Candidate, limit int) []Candidate {
	alone := func(c *Candidate) float64 {
		return WeightTypical*c.Typical + WeightFormed*c.Formed + WeightSupported*c.Supported
	}
	order, worth := make([]int, len(candidates)), make([]float64, len(candidates))
	for i := range candidates {
		order[i], worth[i] = i, alone(&candidates[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worth[b], worth[a]) })
	var pool []Candidate
	for _, i := range order[:min(len(order), 10*limit)] { // what is far below cannot come up
		pool = append(pool, candidates[i])
	}
	closest := make([]float64, len(pool))
	var out []Candidate
	for len(out) < limit && len(pool) > 0 {
		best := 0
		for i := range pool {
			pool[i].Distinct = 1 - closest[i]
			pool[i].Score = alone(&pool[i]) + WeightDistinct*pool[i].Distinct
			if pool[i].Score > pool[best].Score+1e-12 {
				best = i
			}
		}
		chosen := pool[best]
		out = append(out, chosen)
		pool, closest = slices.Delete(pool, best, best+1), slices.Delete(closest, best, best+1)
		for i, c := range pool {
			near := c.Row.Dot(chosen.Row)
			if c.Author != "" && c.Author == chosen.Author {
				near += .3
			} else if c.Commune != "" && c.Commune == chosen.Commune {
				near += .1
			}
			closest[i] = min(1, max(closest[i], near))
		}
	}
	return out
}

// quotable is how many letters a quotation has at most that is still read at once:
// about four lines.
const quotable = 300

// Formed says how well a segment can be quoted by itself, 0…1: a whole sentence,
// neither a shred nor a page, that does not lean on the one before it.
func Formed(text string) float64 {
	text = strings.TrimSpace(text)
	length := utf8.RuneCountInString(text)
	score := 0.
	switch {
	case length >= 60 && length <= 280:
		score += .5
	case length >= 35 && length <= quotable:
		score += .3
	}
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.IsUpper(first) || first == '«' {
		score += .15
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, " \u00a0\u202f»\")"))
	if strings.ContainsRune(".!?…", last) {
		score += .2
	}
	if !leans(text) {
		score += .15
	}
	if strings.ContainsAny(text, "\n\r") {
		score -= .1
	}
	if length > quotable { // however well it is made
		score *= math.Pow(quotable/float64(length), 2)
	}
	return max(0, min(1, score))
}

// leans says whether a sentence opens on a word that points back.
func leans(text string) bool {
	var room [16]french.Token
	for _, t := range french.Tokens(room[:0], text[:min(len(text), 40)]) {
		if !t.Lexical() && t.Kind != french.Elided {
			continue
		}
		switch t.Form(text) {
		case "il", "elle", "ils", "elles", "ce", "c'", "cela", "ça", "ceci", "celui-ci", "celle-ci", "ceux-ci", "mais", "et",
			"donc", "or", "car", "aussi", "ainsi", "cependant", "toutefois", "puis", "ensuite", "enfin", "alors", "oui", "non", "y", "en":
			return true
		}
		return false
	}
	return true
}
