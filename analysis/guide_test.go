package analysis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// TestGuided sees that seeds attract what holds them, that the rest forms its own
// themes, and that the number asked for is the number at the top.
func TestGuided(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	guides := []Guide{{Name: "Mobilité", Seeds: []string{"vélo", "transports en commun"}}, {Name: "Référendum", Seeds: []string{"référendum"}}, {Name: "Licornes", Seeds: []string{"licorne"}}, {Name: "Vote"}}
	for _, themes := range []int{5, 8, 0} {
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
		for _, want := range []string{"« Licornes » n’attire aucun texte", "« Vote » n’a pas d’amorces"} {
			if !slices.ContainsFunc(r.Notes, func(note string) bool { return strings.Contains(strings.ReplaceAll(note, "\u00a0", " "), want) }) {
				t.Errorf("no note says %q: %q", want, r.Notes)
			}
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

// TestHomonyms holds what single words attract to what a person said of the texts
// that hold them: those that speak of the axis, and those that only hold the word
// (« entreprises étrangères », « un collège de maires »).
func TestHomonyms(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	r := analyse(t, c, Settings{Axes: []Guide{{Name: "Immigration et accueil", Seeds: []string{"immigration", "migrants", "étrangers"}}, {Name: "Éducation", Seeds: []string{"école", "enseignants", "collège"}}}})
	guided := make(map[string]bool)
	for _, x := range r.Themes {
		guided[x.ID] = x.Guided
	}
	drawn := make(map[string]bool)
	for _, d := range r.Documents {
		drawn[d.ID] = d.Theme != "" && guided[d.Theme]
	}
	count := func(ids string) (n, of int) {
		for id := range strings.FieldsSeq(ids) {
			if of++; drawn[id] {
				n++
			}
		}
		return n, of
	}
	right, all := count("72 215 233 240 248 297 392 433 472 544 550 573 582 14 164 166 251 266 267 324 332 407 412 480 507 543 563")
	wrong, homonyms := count("10 69 75 229 232 303 366 419 577 602 636 39 163 203 213 242 354 394 397 417 427 446 491 509 511 521 546 549 605")
	t.Logf("%d of %d texts on the axes are attracted, and %d of %d that only hold a word", right, all, wrong, homonyms)
	if 5*right < 4*all || 3*wrong > homonyms {
		t.Error("too few of the first, or too many of the others")
	}
}

// stopping is a view that somebody stops as soon as it is looked at.
type stopping struct {
	n, looks int
	stop     func()
}

func (v *stopping) Len() int { return v.n }

func (v *stopping) Add([]float32, int, float32) {
	v.looks++
	v.stop()
}

// TestAttractStops keeps what single words need alone, and stops when it is told to.
func TestAttractStops(t *testing.T) {
	var lexicon lexis.Lexicon
	var rows [][]lexis.Word
	for _, text := range []string{"un vélo", "des vélos, un vélo", "une piste pour un vélo", "vélo", "une piste pour un vélo"} { // the last two are seeds
		rows = append(rows, lexicon.Read(text))
	}
	table := lexis.NewTable(rows, len(lexicon.Roots))
	none := func(stop func()) *stopping { return &stopping{n: len(rows), stop: stop} }
	a, err := attract(t.Context(), none(func() {}), table, []int{0, 0}, 1, 3)
	if err != nil || !slices.Equal(a.lone[0], []int{0, 2}) || a.lone[1] != nil || !slices.Equal(a.holders, []int{3, 1}) || a.holds[2][0] != 2 {
		t.Errorf("%+v, %v", a, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	view := none(cancel)
	if _, err := attract(ctx, view, table, []int{0, 0}, 1, 3); err != context.Canceled || view.looks != 1 {
		t.Errorf("%v after %d seeds", err, view.looks)
	}
	if err := a.doubt(ctx, rows[:3], rows[3:], lexicon.Roots); err != context.Canceled {
		t.Errorf("senses were told all the same: %v", err)
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

func TestReadSeeds(t *testing.T) {
	for text, want := range map[string]string{
		"hôpital, médecins, déserts médicaux":              "hôpital/médecins/déserts médicaux",
		"hôpital ; médecins":                               "hôpital/médecins",
		"bus|train,  tram\r\nvélo":                         "bus/train/tram/vélo",
		"Il faut des bus le soir, le dimanche, en été":     "Il faut des bus le soir, le dimanche, en été",
		"Le soir, rien ne passe.":                          "Le soir, rien ne passe.",
		"des bus plus fréquents le soir\n\n , ;\nmobilité": "des bus plus fréquents le soir/mobilité",
		"": "",
	} {
		if got := strings.Join(ReadSeeds(text), "/"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
