package analysis

import "testing"

// What people wrote is no markup in the lists that are written without templates.
func TestLists(t *testing.T) {
	for _, x := range []struct {
		name      string
		got, want string
	}{
		{"a sentence", string(itemsOf([]quote{{Text: " <b>\xff ", From: textLink{`"a&b`, 3}}})), "<li>«\u00a0&lt;b&gt;\ufffd\u00a0» <a href=\"#texte-3\">texte &#34;a&amp;b</a></li>"},
		{"one of a text that is not in the page", string(itemsOf([]quote{{Text: "oui", From: textLink{Name: "<i>"}}})), "<li>«\u00a0oui\u00a0» <span class=\"soft\">texte &lt;i&gt;</span></li>"},
		{"texts", string(linksTo([]textLink{{"1", 1}, {"2, Lille", 2}})), `<a href="#texte-1">1</a> <a href="#texte-2">2, Lille</a>`},
	} {
		if x.got != x.want {
			t.Errorf("%s: %q, want %q", x.name, x.got, x.want)
		}
	}
}
