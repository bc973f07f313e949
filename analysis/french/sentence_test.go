package french

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func cut(t *testing.T, texts ...string) [][]string {
	t.Helper()
	spans, err := Segmenter{}.Sentences(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]string, len(texts))
	for i := range spans {
		for _, s := range spans[i] {
			out[i] = append(out[i], texts[i][s.Start:s.End])
		}
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"   \n ", ""},
		{"Bonjour. Il pleut.", "Bonjour.|Il pleut."},
		{"M. Dupont est venu. Mme Durand aussi.", "M. Dupont est venu.|Mme Durand aussi."},
		{"Voir art. 3 et p. 12. Fin.", "Voir art. 3 et p. 12.|Fin."},
		{"J. Durand, élu, etc. Puis la suite, etc. et la fin.", "J. Durand, élu, etc.|Puis la suite, etc. et la fin."},
		{"Il coûte 3.5 euros. Trop cher !", "Il coûte 3.5 euros.|Trop cher !"},
		{"Pourquoi ? Parce que… Voilà.", "Pourquoi ?|Parce que…|Voilà."},
		{"Il dit : « C'est fini ! » Puis il part.", "Il dit : « C'est fini ! »|Puis il part."},
		{"Titre sans point\n\nUne phrase.\n- un\n- deux", "Titre sans point|Une phrase.|- un|- deux"},
		{"Une ligne coupée\nau milieu, et\nqui finit.", "Une ligne coupée\nau milieu, et\nqui finit."},
		{"Une ligne coupée\r\nau milieu.\r\nUne autre.", "Une ligne coupée\r\nau milieu.|Une autre."},
		{"Ok\njean-luc@x.fr\nles ami-e-s", "Ok|jean-luc@x.fr|les ami-e-s"},
		{"La 1ère, la 4ème\nles ami-e-s\ntoustes et celleux", "La 1ère, la 4ème|les ami-e-s|toustes et celleux"},
		{"Rendre à l’animal sa\ndignité", "Rendre à l’animal sa\ndignité"},
		{"Nous voulons interdire\nles pesticides", "Nous voulons interdire\nles pesticides"},
		{"Faire moins cher que le prix au kilo du même paquet proposé à 480g\netc, etc", "Faire moins cher que le prix au kilo du même paquet proposé à 480g\netc, etc"},
		{"Les entreprises doivent arrêter de chercher des salariés à l’étranger\nil faut des forums", "Les entreprises doivent arrêter de chercher des salariés à l’étranger|il faut des forums"},
		{"Dans notre commune, plus personne ne sait où\ntrouver un médecin quand les enfants toussent\nla nuit, et l’hôpital est à une heure de route\nquand il neige.", "Dans notre commune, plus personne ne sait où\ntrouver un médecin quand les enfants toussent\nla nuit, et l’hôpital est à une heure de route\nquand il neige."},
		{"la mobilité\nla santé\nl’école", "la mobilité|la santé|l’école"},
		{"Un. \xff\n\xe9 \xff\xfe \x00\nDeux.", "Un.|Deux."},
		{"Fini, c.-à-d. Paris et Lille. Oui.", "Fini, c.-à-d. Paris et Lille.|Oui."},
		{"C'est fini.Les gens partent.", "C'est fini.|Les gens partent."},
		{"1. Premier point. 2. Second point.", "1. Premier point.|2. Second point."},
		{"Écoutez. Étudiez. À demain.", "Écoutez.|Étudiez.|À demain."},
		{"La loi n. 3 dit non. Oui.", "La loi n. 3 dit non.|Oui."},
		{"Alésia, en 52 av. J.-C. Les Romains vinrent.", "Alésia, en 52 av. J.-C.|Les Romains vinrent."},
		{"En 52 av. J.-C. la ville tombe. Au IIe s. ap. J.-C. elle renaît.", "En 52 av. J.-C. la ville tombe.|Au IIe s. ap. J.-C. elle renaît."},
		{"Il cite J.-P. Durand. Fin.", "Il cite J.-P. Durand.|Fin."},
		{"(Il rit.) Puis il pleure.", "(Il rit.)|Puis il pleure."},
	} {
		got := cut(t, c.text)[0]
		want := strings.Split(c.want, "|")
		if c.want == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("Sentences(%q)\n got %q\nwant %q", c.text, got, want)
		}
	}
}

// A text is cut the same way whatever stands beside it.
func TestSentencesAlone(t *testing.T) {
	texts := []string{"Un. Deux", ". point d'abord. Puis", "M.", "Dupont est là. Oui ?", "", "...", "\xff\xfe. Ah. ", "Sans fin", "1. Un"}
	together := cut(t, texts...)
	for i, text := range texts {
		if alone := cut(t, text)[0]; !slices.Equal(alone, together[i]) {
			t.Errorf("%q: alone %q, together %q", text, alone, together[i])
		}
	}
}

// Punkt is asked in vain wherever French is sure.
func TestSentencesSure(t *testing.T) {
	texts, _ := treebank(t, "fr_gsd-ud-dev.conllu")
	var blocks []string
	var joined strings.Builder
	var places []place
	for i := 0; i < len(texts); i += 10 {
		text := strings.Join(texts[i:min(len(texts), i+10)], " ")
		places = append(places, place{len(blocks), joined.Len(), Span{0, len(text)}})
		blocks = append(blocks, text)
		joined.WriteString(text + part)
	}
	unsure := 0
	for i, proposed := range punkt(joined.String(), places) {
		alone, sure := repair(blocks[i], nil)
		asked, _ := repair(blocks[i], proposed)
		if !sure {
			unsure++
		} else if !slices.Equal(alone, asked) {
			t.Errorf("%q: %v without Punkt, %v with it", blocks[i], alone, asked)
		}
	}
	if unsure == 0 || 4*unsure > len(blocks) {
		t.Errorf("Punkt is asked of %d blocks in %d", unsure, len(blocks))
	}
}

func TestSentencesStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Segmenter{}).Sentences(ctx, []string{"Un."}); err != context.Canceled {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// TestSentencesQuadratic cuts what would take many minutes if each mark had all that
// stands before it read again.
func TestSentencesQuadratic(t *testing.T) {
	const n = 100_000
	for piece, want := range map[string]int{"abc.Ab'": 2, "abc!Ab'": n + 1, "abc.": 1, "a:b.Ab": 1} {
		if got := len(cut(t, strings.Repeat(piece, n))[0]); got != want {
			t.Errorf("%q again and again: %d sentences, want %d", piece, got, want)
		}
	}
}

// treebank reads one of the shared treebanks: the texts of its sentences and
// their tokens, or skips.
func treebank(t *testing.T, name string) (texts []string, tokens [][]string) {
	t.Helper()
	texts, words := sentences(t, name)
	for _, list := range words {
		var forms []string
		for _, w := range list {
			forms = append(forms, w.form)
		}
		tokens = append(tokens, forms)
	}
	return texts, tokens
}

// spansOf finds tokens in text, in order.
func spansOf(text string, tokens []string) map[[2]int]bool {
	spans := make(map[[2]int]bool)
	at := 0
	for _, token := range tokens {
		i := strings.Index(text[at:], token)
		if i < 0 {
			continue
		}
		spans[[2]int{at + i, at + i + len(token)}] = true
		at += i + len(token)
	}
	return spans
}

// TestTreebanks holds the chain to what linguists marked by hand.
func TestTreebanks(t *testing.T) {
	for _, c := range []struct {
		name             string
		tokens, sentence float64
	}{
		{"fr_gsd-ud-dev.conllu", .995, .94},
		{"fr_sequoia-ud-dev.conllu", .993, .9},
	} {
		texts, gold := treebank(t, c.name)
		var hit, found, wanted float64
		for i, text := range texts {
			want := spansOf(text, gold[i])
			for _, token := range Tokens(nil, text) {
				found++
				if want[[2]int{token.Start, token.End}] {
					hit++
				}
			}
			wanted += float64(len(want))
		}
		f := 2 * hit / (found + wanted)
		// Ten sentences a paragraph, so that ends must be found.
		var paragraphs []string
		ends := make(map[[2]int]bool)
		for i := 0; i < len(texts); i += 10 {
			at := 0
			group := texts[i:min(len(texts), i+10)]
			for _, text := range group {
				at += len(text)
				ends[[2]int{len(paragraphs), at}] = true
				at++
			}
			paragraphs = append(paragraphs, strings.Join(group, " "))
		}
		spans, _ := Segmenter{}.Sentences(context.Background(), paragraphs)
		var right, said float64
		for i := range spans {
			for _, s := range spans[i] {
				said++
				if ends[[2]int{i, s.End}] {
					right++
				} else if testing.Verbose() {
					t.Logf("wrong end: %q", paragraphs[i][max(0, s.End-30):min(len(paragraphs[i]), s.End+20)])
				}
			}
		}
		g := 2 * right / (said + float64(len(ends)))
		t.Logf("%s: tokens F1 %.5f, sentences F1 %.4f", c.name, f, g)
		if f < c.tokens || g < c.sentence {
			t.Errorf("%s: below %.3f and %.3f", c.name, c.tokens, c.sentence)
		}
	}
}

func BenchmarkSentences(b *testing.B) {
	texts := slices.Repeat([]string{sample}, 2000)
	b.SetBytes(int64(len(sample) * len(texts)))
	for b.Loop() {
		Segmenter{}.Sentences(context.Background(), texts)
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("M. Dupont. Il part…\n- a) b\r\n« Oui ! » dit-il.")
	f.Fuzz(func(t *testing.T, text string) {
		// Our own layer, by itself: Punkt loads its model at each call.
		end := 0
		for _, b := range blocks(text) {
			cuts, _ := repair(text[b.Start:b.End], nil)
			for _, s := range cuts {
				s = Span{b.Start + s.Start, b.Start + s.End}
				if s.Start < end || s.End <= s.Start || s.End > b.End {
					t.Fatalf("span %v after %d in %q", s, end, text)
				}
				end = s.End
			}
		}
	})
}
