package publish

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/villes-internet/congres/motion"
)

// annex lays out what became of each contribution: a heading, a sentence of
// figures, and one paragraph each, those that the text cites first, then by theme
// and by who wrote them, so that one finds one's own. page is the address of the
// text's page up to « # ».
func annex(d *motion.Document, base, page string) (out []part) {
	if len(d.Annex) == 0 {
		return nil
	}
	cited := d.Text().References() // what the text says now: words may have been taken out of it since
	var groups [motion.Unplaced + 1][]*motion.Fate
	for i := range d.Annex {
		f := &d.Annex[i]
		groups[f.Outcome()] = append(groups[f.Outcome()], f)
	}
	add := func(k motion.Kind, anchor string, pieces ...piece) {
		out = append(out, part{Kind: k, Anchor: anchor, Sentences: []sentence{{Pieces: pieces}}})
	}
	plain := func(text string) piece { return piece{DocumentRun: motion.DocumentRun{Text: text}} }
	add(motion.Axis, "annexe", plain("Annexe"+nbsp+": ce que sont devenues vos contributions"))
	var counts [len(groups)]int
	for o := range groups {
		counts[o] = len(groups[o])
	}
	add(motion.Paragraph, "annexe-1", plain(figures(len(d.Annex), counts)))
	for o, fates := range groups {
		if len(fates) == 0 {
			continue
		}
		head := func(title string, n, level int) {
			add(motion.Paragraph, "annexe-"+strconv.Itoa(len(out)), plain(title+" ("+strconv.Itoa(n)+")"))
			out[len(out)-1].Level = level
		}
		head(outcome(motion.Outcome(o)), len(fates), 3)
		arrange(fates)
		for i, f := range fates {
			if t := theme(f); motion.Outcome(o) != motion.Unplaced && (i == 0 || t != theme(fates[i-1])) {
				n := 0
				for _, g := range fates[i:] {
					if theme(g) == t {
						n++
					}
				}
				head(t, n, 4)
			}
			add(motion.Paragraph, FateAnchor(f.Contribution), fate(f, cited[f.Contribution], base, page)...)
		}
	}
	return out
}

// theme is the one under which a contribution is told.
func theme(f *motion.Fate) string {
	if len(f.Themes) == 0 {
		return outcome(motion.Unplaced)
	}
	return f.Themes[0]
}

// arrange puts contributions in the order of their themes and signatures, as a French
// dictionary has them, those without a theme last.
func arrange(fates []*motion.Fate) {
	order := collate.New(language.French)
	slices.SortStableFunc(fates, func(a, b *motion.Fate) int {
		if x, y := len(a.Themes) == 0, len(b.Themes) == 0; x != y {
			if x {
				return 1
			}
			return -1
		}
		return cmp.Or(order.CompareString(theme(a), theme(b)), cmp.Compare(theme(a), theme(b)), order.CompareString(a.Signature, b.Signature))
	})
}

// outcome titles a group.
func outcome(o motion.Outcome) string {
	s := o.Says(2)
	return strings.ToUpper(s[:1]) + s[1:]
}

// FateAnchor names, within an annex, what became of a contribution.
func FateAnchor(contribution string) string { return "annexe-" + contribution }

func figures(all int, n [motion.Unplaced + 1]int) string {
	var list []string
	for o, count := range n {
		if count > 0 {
			list = append(list, strconv.Itoa(count)+" "+motion.Outcome(o).Says(count))
		}
	}
	return strconv.Itoa(all) + " " + plural("contribution[s]", all) + nbsp + ": " + strings.Join(list, "\u202f; ") + "."
}

// plural keeps or drops what stands in brackets.
func plural(s string, n int) string {
	if n > 1 {
		return strings.NewReplacer("[", "", "]", "").Replace(s)
	}
	return strings.ReplaceAll(s, "[s]", "")
}

func fate(f *motion.Fate, cited []motion.Reference, base, page string) (out []piece) {
	link := base + "/contributions/" + f.Contribution
	say := func(text, link, leads string) {
		out = append(out, piece{DocumentRun: motion.DocumentRun{Text: text, Link: link}, Leads: leads})
	}
	who := whose(f.Signature, false)
	if f.Opening != "" {
		say("«\u202f"+f.Opening+"\u202f»", link, who)
		say(", "+f.Signature+".", "", "")
	} else {
		say("Contribution", link, who)
		say(" de"+nbsp+": "+f.Signature+".", "", "")
	}
	if len(f.Themes) > 0 {
		say(plural(" Thème[s]", len(f.Themes))+nbsp+": "+strings.Join(f.Themes, "\u202f; ")+".", "", "")
	}
	for i, r := range cited {
		before := " Citée ("
		if i > 0 {
			before = "\u202f; ("
		}
		say(before+r.Place+")"+nbsp+": ", "", "")
		text := strings.TrimRight(r.Excerpt, " ,;:\u00a0\u202f") // recitals end in « ; »
		say(text, page+"#"+r.Anchor, "phrase de la motion"+nbsp+": "+r.Place)
		if end, _ := utf8.DecodeLastRuneInString(text); i == len(cited)-1 && !strings.ContainsRune(".!?…", end) {
			say(".", "", "")
		}
	}
	return out
}
