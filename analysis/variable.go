package analysis

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/textometry"
	"github.com/villes-internet/congres/corpora"
)

// What makes a variable nominal, and a modality or a form worth showing.
const (
	fewestValues = 2
	MostValues   = 30
	rareModality = 5 // people, see [reading.modalities]
	maxSpecific  = 12
	maxVariables = 12
)

// sureScore is the specificity from which one is said to be more than chance gives:
// one chance in a hundred, TXM's threshold of banality.
const sureScore = 2

// Sure is whether a specificity, to the two decimals that are shown of it, is more
// than chance gives: the one rule for words and for themes.
func Sure(score float64) bool { return round(math.Abs(score), 2) >= sureScore }

// A voice is a variable, and each document's modality, "" where it has none.
type voice struct {
	Variable
	modality []string
}

// variables says how present each theme is in each modality of the corpus'
// variables.
func (r *reading) variables(report *Report, of []int) {
	if r.voices == nil {
		r.listen()
	}
	speaks := r.speaks(of, len(report.Themes))
	for n := range r.voices {
		variable, modality := &r.voices[n].Variable, r.voices[n].modality
		for d, value := range modality {
			if value == "" {
				continue
			}
			if report.Documents[d].Values == nil {
				report.Documents[d].Values = make(map[string]string)
			}
			report.Documents[d].Values[variable.Name] = value
		}
		report.Variables = append(report.Variables, *variable)
		for t := range report.Themes {
			report.Themes[t].Profile = append(report.Themes[t].Profile, profile(variable, modality, speaks[t])...)
		}
	}
	for t := range report.Themes {
		p := report.Themes[t].Profile
		slices.SortStableFunc(p, func(a, b Share) int { return cmp.Compare(b.Score, a.Score) })
	}
}

// listen finds the nominal variables of the corpus, and the forms that each of their
// modalities over-uses.
func (r *reading) listen() {
	r.voices = []voice{}
	var names []string
	values := make(map[string]map[string]bool)
	for _, d := range r.corpus.Documents {
		for name, value := range d.Variables {
			switch name {
			case corpora.VarAuthor, corpora.VarTitle, corpora.VarDate, corpora.VarSupport:
				continue
			}
			if strings.TrimSpace(value) == "" {
				continue
			}
			if values[name] == nil {
				values[name] = make(map[string]bool)
				names = append(names, name)
			}
			if len(values[name]) <= MostValues {
				values[name][value] = true
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { // ours first: of two that say the same, the first is shown
		return cmp.Or(cmp.Compare(foreign(a), foreign(b)), cmp.Compare(a, b))
	})
	for _, name := range names {
		if FateOf(name, values[name]) != Compared {
			continue
		}
		// Ours mean something each, even where a town is all that is known of a size.
		if n := slices.IndexFunc(r.voices, func(v voice) bool { return r.same(v.Name, name) }); n >= 0 && foreign(name) > 0 {
			r.voices[n].Same = append(r.voices[n].Same, name)
			continue
		}
		modality, variable := r.modalities(name)
		if len(variable.Modalities) < 2 || len(r.voices) == maxVariables {
			continue
		}
		r.specific(&variable, modality)
		r.voices = append(r.voices, voice{variable, modality})
	}
}

// foreign is 0 for the variables that every corpus calls alike, 1 for columns of its own.
func foreign(name string) int {
	switch name {
	case corpora.VarSize, corpora.VarDepartment, corpora.VarCommune, corpora.VarAxis, corpora.VarSource, corpora.VarMandate:
		return 0
	}
	return 1
}

// same is whether two variables say the same of every text: one value of one for one
// value of the other.
func (r *reading) same(a, b string) bool {
	there, back := make(map[string]string), make(map[string]string)
	for _, d := range r.corpus.Documents {
		x, y := strings.TrimSpace(d.Variables[a]), strings.TrimSpace(d.Variables[b])
		if (x == "") != (y == "") {
			return false
		}
		if was, ok := there[x]; ok && was != y {
			return false
		}
		if was, ok := back[y]; ok && was != x {
			return false
		}
		there[x], back[y] = y, x
	}
	return true
}

// A Fate is what becomes of a variable in an analysis.
type Fate int

// The fates.
const (
	Compared   Fate = iota // its values are set side by side
	OneValue               // all texts have the same
	ManyValues             // more than are compared
	Numbers                // counts, not classes
)

// FateOf says what becomes of a variable with these values, of which one
// more than [MostValues] is enough.
func FateOf(name string, values map[string]bool) Fate {
	switch n := len(values); {
	case n < fewestValues:
		return OneValue
	case numbers(values, code(name)):
		return Numbers
	case n > MostValues:
		return ManyValues
	}
	return Compared
}

// code says whether a variable's whole numbers name something: a département, a
// question, or whatever has « id » or « code » as the first or last word of its name.
func code(name string) bool {
	if name == corpora.VarDepartment || name == corpora.VarAxis {
		return true
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	is := func(w string) bool { return w == "id" || w == "code" }
	return len(words) > 0 && (is(words[0]) || is(words[len(words)-1]))
}

// numbers says whether all values are: counts are no modalities. Whole ones are
// none where they are codes.
func numbers(values map[string]bool, codes bool) bool {
	for v := range values {
		v = strings.TrimSpace(v)
		if _, err := strconv.ParseFloat(strings.Replace(v, ",", ".", 1), 64); err != nil || codes && strings.Trim(v, "0123456789") == "" {
			return false
		}
	}
	return true
}

// speaks lists the documents that speak of each theme, ascending.
func (r *reading) speaks(of []int, themes int) [][]int {
	out := make([][]int, themes)
	for i, t := range of {
		if t < 0 {
			continue
		}
		if list := out[t]; len(list) == 0 || list[len(list)-1] != r.document[i] {
			out[t] = append(list, r.document[i])
		}
	}
	return out
}

// modalities gives each document its modality, "" where it has not the variable,
// and counts them. Values of fewer than [rareModality] people go to [Others]: known
// authors count once each, and a text of nobody known as somebody else's, so that a
// corpus that names none is counted in texts.
func (r *reading) modalities(name string) ([]string, Variable) {
	modality := make([]string, len(r.corpus.Documents))
	authors, anonymous := make(map[string]map[string]bool), make(map[string]int)
	for d, document := range r.corpus.Documents {
		value := strings.TrimSpace(document.Variables[name])
		if modality[d] = value; value == "" {
			continue
		}
		if a := author(document); a == "" {
			anonymous[value]++
		} else if authors[value] == nil {
			authors[value] = map[string]bool{a: true}
		} else {
			authors[value][a] = true
		}
	}
	rare := func(value string) bool { return len(authors[value])+anonymous[value] < rareModality }
	v := Variable{Name: name}
	index := make(map[string]int)
	people := make(map[string]map[string]bool)
	for d, value := range modality {
		if value == "" {
			continue
		}
		if rare(value) {
			value = Others
			modality[d] = value
		}
		at, ok := index[value]
		if !ok {
			at = len(v.Modalities)
			index[value] = at
			v.Modalities = append(v.Modalities, Modality{Name: value, Specific: []Specific{}})
			people[value] = make(map[string]bool)
		}
		v.Modalities[at].Documents++
		v.Documents++
		if a := author(r.corpus.Documents[d]); a != "" && !people[value][a] {
			people[value][a] = true
			v.Modalities[at].Authors++
		}
	}
	slices.SortFunc(v.Modalities, func(a, b Modality) int {
		if (a.Name == Others) != (b.Name == Others) {
			if a.Name == Others {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Name, b.Name))
	})
	return modality, v
}

// specific finds the words that modalities over-use, of two of their texts or more,
// counted by occurrences among those that carry a subject.
func (r *reading) specific(v *Variable, modality []string) {
	of := make([]string, len(r.segments))
	for i, s := range r.segments {
		of[i] = modality[s.document]
	}
	cross := textometry.Cross(r.table, of)
	group := make([]int, len(of))
	for i, name := range of {
		group[i] = slices.Index(cross.Modalities, name)
	}
	spread := r.spreads(group, len(cross.Modalities))
	scores := textometry.Specificities(cross)
	for m, name := range cross.Modalities {
		at := slices.IndexFunc(v.Modalities, func(x Modality) bool { return x.Name == name })
		v.Modalities[at].Words = cross.Sizes[m]
		v.Words += cross.Sizes[m]
		if name == Others {
			continue
		}
		for _, s := range scores.Of(m, sureScore-.01) { // two decimals are not rounded yet
			if s.Score < 0 || len(v.Modalities[at].Specific) == maxSpecific {
				break
			}
			if Sure(s.Score) && spread[m][s.Form] >= 2 {
				v.Modalities[at].Specific = append(v.Modalities[at].Specific, Specific{r.spelled[s.Form], s.In, s.All, round(min(s.Score, 999), 2)})
			}
		}
	}
}

// spreads counts the documents in which each group of segments holds each lemma. of
// gives each segment's group; -1: none.
func (r *reading) spreads(of []int, groups int) [][]int32 {
	out, last := make([][]int32, groups), make([][]int32, groups)
	for g := range out {
		out[g], last[g] = make([]int32, len(r.lexicon.Lemmas)), make([]int32, len(r.lexicon.Lemmas))
	}
	for i, words := range r.words {
		g := of[i]
		if g < 0 {
			continue
		}
		document := int32(r.document[i]) + 1
		for _, w := range words {
			if w.Lemma >= 0 && last[g][w.Lemma] != document {
				last[g][w.Lemma] = document
				out[g][w.Lemma]++
			}
		}
	}
	return out
}

// profile says how present a theme, of which texts are given, is in each
// modality.
func profile(v *Variable, modality []string, texts []int) []Share {
	in, size := make(map[string]int), 0
	for _, d := range texts {
		if modality[d] != "" {
			in[modality[d]]++
			size++
		}
	}
	out := make([]Share, len(v.Modalities))
	for i, m := range v.Modalities {
		score := lexis.Specificity(in[m.Name], m.Documents, size, v.Documents)
		out[i] = Share{v.Name, m.Name, in[m.Name], size, m.Documents, v.Documents, round(max(-999, min(score, 999)), 2)}
	}
	return out
}
