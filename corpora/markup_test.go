package corpora

import (
	"strings"
	"testing"
)

func TestFromHTML(t *testing.T) {
	for html, want := range map[string]string{
		"<p>Bonjour,</p><p>il  faut <strong>vite</strong> agir&nbsp;!<br>Oui.</p>": "Bonjour,\n\nil faut vite agir\u00a0!\nOui.",
		"<p>Voici :</p><ul><li>un</li>\n<li><p>deux</p></li></ul><p>Fin</p>":       "Voici :\n- un\n- deux\n\nFin",
		"<ul><li>un</li></ul>":                                   "- un",
		"<div><p>a &amp; b &lt; c &eacute;t&eacute;</p></div>":   "a & b < c été",
		"<p>un</p><script>x < y</script><p></p>":                 "un",
		"<p>un <a href=x>lien</a> &inconnu; <img src=\"y\"></p>": "un lien &inconnu;",
		"<3 et d’autres >":                                       "",
		"Un texte <b>ici</b>":                                    "",
		"<p>jamais fermé <b>>":                                   "jamais fermé >",
		"<p>":                                                    "",
		"<p>un</p><style>deux":                                   "un\n\ndeux",
		"<!-- a <b> --><p>un<!--x-->deux<!-- trois</p>":          "undeux<!-- trois",
	} {
		if got, _ := fromHTML(html); got != want {
			t.Errorf("%q\n got %q\nwant %q", html, got, want)
		}
	}
}

// TestUnclosedHTML reads what would take many minutes if what ends were looked for anew
// at each tag that nothing ends.
func TestUnclosedHTML(t *testing.T) {
	const n = 500_000
	if got, _ := fromHTML("<p>un" + strings.Repeat("<script>", n) + "deux"); got != "undeux" {
		t.Errorf("%.40q…", got)
	}
	if got, _ := fromHTML("<p>un</script>" + strings.Repeat("<script>", n) + "</script><script>deux"); got != "undeux" {
		t.Errorf("%.40q…", got)
	}
}

func TestDecidimHTML(t *testing.T) {
	const body = "\"<p>Un texte</p><p>deux paragraphes</p>\""
	table := read(t, "a.csv", "id;component/id;title/fr;body/fr\n1;2;A <b> c;"+body+"\n2;2;B;Sans balise, 3 < 4\n")
	if got, want := rows(table), "1¦2¦A <b> c¦Un texte\n\ndeux paragraphes⏎2¦2¦B¦Sans balise, 3 < 4"; got != want {
		t.Errorf("rows %q, want %q", got, want)
	}
	wantDoubts(t, table, []string{"1 texte est écrit en HTML"})
}

// TestColumnsInHTML reads columns that are HTML, of whatever table, and leaves those
// that merely hold chevrons.
func TestColumnsInHTML(t *testing.T) {
	for _, c := range []struct{ name, text, want, unmarked string }{
		{"a.csv", "id;category/name/fr;title;body\n1;Eau;A;\"<p>Un&nbsp;<a href=\"\"x\"\" target=\"\"_blank\"\" rel=\"\"noopener\"\">lien</a></p><p><br></p>\"\n2;Eau;B;\"<ul><li>a < b</li></ul>\"\n",
			"1¦Eau¦A¦Un\u00a0lien⏎2¦Eau¦B¦- a < b", "body"},
		{"a.csv", "commune;texte\n<b>Lille</b>;Un<br>Deux\n<b>Lens</b>;<p>Trois</p><script>x < y</script>&nbsp;&amp; suite\n",
			"Lille¦Un\nDeux⏎Lens¦Trois\n\n\u00a0& suite", "commune texte"},
		{"a.json", `[{"texte":"<div>Un</div>"},{"texte":"Deux <3"}, {"texte":"<p>Trois"}]`, "Un⏎Deux <3⏎Trois", "texte"},
		{"a.csv", "id;texte\n1;Un <3\n2;si a < b et b > c\n3;<nom de la rue> et <p>\n", "1¦Un <3⏎2¦si a < b et b > c⏎3¦<nom de la rue> et <p>", ""},
	} {
		table := read(t, c.name, c.text)
		if got := rows(table); got != c.want || strings.Join(table.Unmarked, " ") != c.unmarked {
			t.Errorf("%q:\n got %q, of %q\nwant %q, of %q", c.text, got, table.Unmarked, c.want, c.unmarked)
		}
	}
}

func FuzzFromHTML(f *testing.F) {
	f.Add("<p>un<br>deux</p>")
	f.Fuzz(func(t *testing.T, s string) {
		if words, ok := fromHTML(s); len(words) > 4*len(s)+4 || !ok && words != "" {
			t.Errorf("%q gives %q", s, words)
		}
	})
}
