package corpora

import "testing"

func TestFromHTML(t *testing.T) {
	for html, want := range map[string]string{
		"<p>Bonjour,</p><p>il  faut <strong>vite</strong> agir&nbsp;!<br>Oui.</p>": "Bonjour,\n\nil faut vite agir\u00a0!\nOui.",
		"<p>Voici :</p><ul><li>un</li>\n<li><p>deux</p></li></ul><p>Fin</p>":       "Voici :\n- un\n- deux\n\nFin",
		"<ul><li>un</li></ul>":                                   "- un",
		"<div><p>a &amp; b &lt; c &eacute;t&eacute;</p></div>":   "a & b < c été",
		"<p>un</p><script>x < y</script><p></p>":                 "",
		"<p>un <a href=x>lien</a> &inconnu; <img src=\"y\"></p>": "un lien &inconnu;",
		"<3 et d’autres >":                                       "",
		"Un texte <b>ici</b>":                                    "",
		"<p>jamais fermé <b>>":                                   "jamais fermé >",
		"<p>":                                                    "",
	} {
		if got, _ := fromHTML(html); got != want {
			t.Errorf("%q\n got %q\nwant %q", html, got, want)
		}
	}
}

func TestDecidimHTML(t *testing.T) {
	const body = "\"<p>Un texte</p><p>deux paragraphes</p>\""
	table := read(t, "a.csv", "id;component/id;title/fr;body/fr\n1;2;A <b> c;"+body+"\n2;2;B;Sans balise, 3 < 4\n")
	if got, want := rows(table), "1¦2¦A <b> c¦Un texte\n\ndeux paragraphes⏎2¦2¦B¦Sans balise, 3 < 4"; got != want {
		t.Errorf("rows %q, want %q", got, want)
	}
	wantDoubts(t, table, []string{"1 texte est écrit en HTML"})
	if got := rows(read(t, "a.csv", "id;body\n1;"+body+"\n")); got != "1¦<p>Un texte</p><p>deux paragraphes</p>" {
		t.Errorf("another table's text was touched: %q", got)
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
