package desk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
)

// TestJoins places words that no run has read among the themes as people have just
// left them.
func TestJoins(t *testing.T) {
	h := newHouse(t, nil)
	ctx := context.Background()
	h.sayAll()
	const text = "La fibre optique et le réseau mobile manquent encore aux hameaux."
	if _, err := h.desk.Joins(ctx, h.edition, text); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("before the first run: %v", err)
	}
	h.themes = 4
	h.run()
	joins := func(text string) desk.Named {
		t.Helper()
		to, err := h.desk.Joins(ctx, h.edition, text)
		h.must(err)
		return to
	}
	network := h.segment("La fibre").Theme
	first := joins(text)
	if first.Theme != network || first.Label != h.label(network) || joins(text) != first {
		t.Errorf("%+v, want %s", first, network)
	}
	if to := joins("Hello everybody, nice to meet you."); to != (desk.Named{}) {
		t.Errorf("another language joins %+v", to)
	}
	h.must(h.desk.Rename(ctx, h.staff, h.edition, network, "Être relié", h.key()))
	if to := joins(text); to != (desk.Named{Theme: network, Label: "Être relié"}) {
		t.Errorf("renamed: %+v", to)
	}
	bike := h.segment("Une piste").Theme
	h.must(h.desk.Merge(ctx, h.staff, h.edition, bike, network, h.key()))
	if to := joins(text); to.Theme != bike {
		t.Errorf("merged: %+v, want %s", to, bike)
	}
}

// label is what a theme is called.
func (h *house) label(theme string) string {
	for _, x := range h.report().Themes {
		if x.ID == theme {
			return x.Label
		}
	}
	return ""
}
