package consult_test

import (
	"slices"
	"testing"

	"github.com/villes-internet/congres/consult"
)

// TestStatements: a # before what is wanted says that it is a title.
func TestStatements(t *testing.T) {
	for _, f := range []struct {
		name, notes string
		want        []string
	}{
		{"list", "Rencontre n° 1\nAccueil :\n- Ouvrir le samedi.\n  Même en été.\n* Former les agents\n\nFin\n1. Un\n2) Deux\n• Trois\n- Deux", []string{
			"Ouvrir le samedi.\nMême en été.", "Former les agents", "Un", "Deux", "Trois"}},
		{"dashes", "– Un tiret demi-cadratin\n— un cadratin\n-pas un tiret de liste\n---\n- ", []string{"Un tiret demi-cadratin", "un cadratin"}},
		{"sentences", "Notes\n\nIl faut des agents au guichet.\r\nLes délais sont trop longs :\nOn manque de formation partout.", []string{
			"Il faut des agents au guichet.", "On manque de formation partout."}},
		{"numbered titles", "1. Le guichet\n- Ouvrir plus tôt\n  - surtout le samedi\n\n  - et le soir\n- Former les agents\n2. Les bus\nIl faut plus de bus le soir.\n\nEt des trains le dimanche aussi.\n3. Ouvrir une crèche",
			[]string{"#Le guichet", "Ouvrir plus tôt\nsurtout le samedi\net le soir", "Former les agents", "#Les bus", "Il faut plus de bus le soir.", "Et des trains le dimanche aussi.", "Ouvrir une crèche"}},
		{"a title alone", "1. Le guichet\n\nIl faudrait l’ouvrir plus tôt.", []string{"#Le guichet", "Il faudrait l’ouvrir plus tôt."}},
		{"titles over points", "- Guichet\n  - Ouvrir le samedi\n    - Même en été\n  - Former les agents\n- Des bus\n\t- le soir", []string{
			"#Guichet", "Ouvrir le samedi", "Même en été", "Former les agents", "Des bus\nle soir"}},
		{"points with one of their own", "- Plus de bus\n  - Le samedi", []string{"Plus de bus", "Le samedi"}},
		{"what is asked for", "1. Ouvrir plus tôt\n- Le samedi\n2. Former\n- Les agents\n- Les élus", []string{"Ouvrir plus tôt", "Le samedi", "Former", "Les agents", "Les élus"}},
		{"sentences above points", "1. On attend trop.\n- Le samedi\n2. On manque d’agents.\n- Partout", []string{"On attend trop.", "Le samedi", "On manque d’agents.", "Partout"}},
		{"the end of a list", "1. Un guichet ouvert\n2. Des agents formés\n\nFin de la rencontre à dix-huit heures", []string{"Un guichet ouvert", "Des agents formés"}},
		{"nothing", "", nil},
	} {
		var got []string
		for _, s := range consult.Statements(f.notes) {
			if s.Title {
				s.Text = "#" + s.Text
			}
			got = append(got, s.Text)
		}
		if !slices.Equal(got, f.want) {
			t.Errorf("%s:\n got %q\nwant %q", f.name, got, f.want)
		}
	}
	read := func(meeting, notes string) []consult.Imported {
		return consult.ReadStatements(meeting, consult.Statements(notes))
	}
	rows := read("m1", "- Un\n- Deux\n- Un")
	if len(rows) != 2 || rows[0].Meeting != "m1" || rows[0].External == rows[1].External || rows[0].External == read("m2", "- Un")[0].External {
		t.Errorf("rows %+v", rows)
	}
}
