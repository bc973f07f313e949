package consult

// A voice is who said what, in answer to which question: "" where that is
// unknown, [whichever] to speak of all.
type voice struct{ words, under, who string }

const whichever = "*"

// voices finds what was said before, and the line on which it was.
type voices map[voice]int

// add keeps the first line on which somebody said it.
func (v voices) add(said voice, line int) {
	for _, under := range []string{said.under, whichever} {
		for _, who := range []string{said.who, whichever} {
			if _, known := v[voice{said.words, under, who}]; !known {
				v[voice{said.words, under, who}] = line
			}
		}
	}
}

// find returns where the same was said: under the same question and by the same
// person, as far as both are known. Two people who are known may say the same.
func (v voices) find(said voice) (line int, again bool) {
	for _, under := range alike(said.under) {
		for _, who := range alike(said.who) {
			if line, again := v[voice{said.words, under, who}]; again {
				return line, true
			}
		}
	}
	return 0, false
}

// alike is what may be the same as a value.
func alike(value string) []string {
	if value == "" {
		return []string{whichever}
	}
	return []string{value, ""}
}
