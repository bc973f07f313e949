package analysis

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/villes-internet/congres/analysis/french"
)

// TestGuided sees that seeds attract what holds them, that the rest forms its own
// themes, and that the number asked for is the number at the top.
func TestGuided(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	guides := []Guide{{Name: "Mobilité", Seeds: []string{"vélo", "transports en commun"}}, {Name: "Référendum", Seeds: nil}, {Name: "Licornes", Seeds: []string{"licorne"}}}
	for _, themes := range []int{4, 8, 0} {
		r := analyse(t, c, Settings{Themes: themes, Axes: guides})
		if themes > 0 && len(r.Themes) != themes {
			t.Errorf("%d themes, want %d", len(r.Themes), themes)
		}
		id := make(map[string]string)
		for _, x := range r.Themes {
			if x.Guided {
				id[x.Label] = x.ID
				if len(x.Seeds) == 0 || x.Stability != 0 {
					t.Errorf("guided theme %q: seeds %q, stability %g", x.Label, x.Seeds, x.Stability)
				}
			}
		}
		if len(id) != 2 || id["Mobilité"] == "" || id["Référendum"] == "" {
			t.Fatalf("guided themes %v", id)
		}
		if len(r.Notes) == 0 {
			t.Error("nothing says that unicorns attract nobody")
		}
		text := make(map[string]string)
		for _, d := range c.Documents {
			text[d.ID] = d.Text
		}
		held, there := 0, 0
		for _, d := range r.Documents {
			bike, vote := false, false
			for _, w := range french.Tokens(nil, text[d.ID]) {
				switch w.Form(text[d.ID]) {
				case "vélo", "vélos":
					bike = true
				case "référendum", "référendums":
					vote = true
				}
			}
			if bike && !vote {
				held++
				if d.Theme == id["Mobilité"] {
					there++
				}
			}
		}
		if held < 5 || 10*there < 9*held {
			t.Errorf("%d themes: %d of %d texts with a seed are where it leads", themes, there, held)
		}
	}
}

func TestGuidesRefused(t *testing.T) {
	for _, s := range []Settings{
		{Axes: []Guide{{Name: " "}}}, {Axes: []Guide{{Name: "a"}, {Name: "a"}}}, {Themes: 1, Axes: []Guide{{Name: "a"}}},
		{Axes: make([]Guide, MaxGuides+1)}, {Axes: []Guide{{Name: "a", Seeds: []string{fmt.Sprintf("%3000s", "x")}}}},
	} {
		if _, err := Run(context.Background(), small(), s); !errors.Is(err, ErrGuides) {
			t.Errorf("%d axes: error %v, want ErrGuides", len(s.Axes), err)
		}
	}
	if _, err := Run(context.Background(), small(), Settings{Axes: []Guide{{Name: "\x00\xff", Seeds: []string{"", "…"}}}}); err != nil {
		t.Errorf("an axis without a word: %v", err)
	}
}
