package analysis

import (
	"reflect"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

func TestThemed(t *testing.T) {
	c := corpora.Corpus{Documents: []corpora.Document{
		{ID: "a", Text: "A", Variables: map[string]string{"commune": "Lens"}}, {ID: "b", Text: "B"}, {ID: "c", Text: "C"},
	}}
	r := &Report{
		Themes:    []Theme{{ID: "x", Label: "Bus"}, {ID: "y", Label: "Eau"}},
		Documents: []Placed{{ID: "a", Theme: "y", Themes: []string{"x", "y"}}, {ID: "b", Theme: "x", Themes: []string{"x"}}, {ID: "c"}},
	}
	want := []map[string]string{{"commune": "Lens", "theme": "Eau", "theme_2": "Bus"}, {"theme": "Bus"}, {"theme": "sans thème"}}
	for i, d := range r.Themed(c).Documents {
		if !reflect.DeepEqual(d.Variables, want[i]) {
			t.Errorf("%s: %v, want %v", d.ID, d.Variables, want[i])
		}
	}
	if len(c.Documents[0].Variables) != 1 || c.Documents[1].Variables != nil {
		t.Errorf("the corpus was changed: %v", c.Documents)
	}
	c.Documents[1].Variables = map[string]string{"theme": "à elle"}
	if v := r.Themed(c).Documents[1].Variables; v["theme"] != "à elle" || v["theme_analyse"] != "Bus" {
		t.Errorf("a theme of its own: %v", v)
	}
	c.Documents[0].Variables = map[string]string{"theme_analyse_2": "d’avant"}
	if v := r.Themed(c).Documents; v[0].Variables["theme_analyse_2"] != "d’avant" || v[0].Variables["theme_analyse2_2"] != "Bus" || v[1].Variables["theme_analyse2"] != "Bus" {
		t.Errorf("themes of an analysis before: %v", v)
	}
}
