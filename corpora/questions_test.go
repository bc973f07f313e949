package corpora

import (
	"fmt"
	"reflect"
	"testing"
)

// asked invents a table of two open questions, of which each row answers one or two,
// beside what are no questions.
func asked(n int) string {
	text := "N°;Titre;Commune;Vos besoins\u00a0?;Vos propositions\u00a0?;Réponse de la mairie;Mot\n"
	for i := range n {
		need := fmt.Sprintf("Il nous faut bien plus de bus que les %d qui passent", i)
		idea := fmt.Sprintf("Ajouter %d bus le soir entre la gare et le centre", i)
		if i == 1 {
			idea = ""
		}
		if i == 2 {
			need = ""
		}
		text += fmt.Sprintf("k%d;T%d;Lens;%s;%s;Merci de votre réponse numéro %d que nous avons lue;bus\n", i, i, need, idea, i)
	}
	return text
}

func TestQuestions(t *testing.T) {
	table := read(t, "a.csv", asked(10)+"k10;;Lille;;;;\n")
	c := table.Guess()
	questions := table.Questions(c)
	if want := []string{"Vos besoins ?", "Vos propositions ?"}; !reflect.DeepEqual(questions, want) {
		t.Fatalf("questions %q of %+v", questions, c)
	}
	c, _ = table.Ask(c, questions)
	documents, doubts := table.Documents(c)
	if len(documents) != 18 || len(doubts) != 1 || !doubts[0].Severe || doubts[0].Line != 12 {
		t.Fatalf("%d documents, doubts %v", len(documents), doubts)
	}
	for i, want := range map[int]Document{
		0: {"k0/q1", 1, "T0\n\nIl nous faut bien plus de bus que les 0 qui passent", map[string]string{VarAxis: "Vos besoins ?", VarCommune: "Lens", "Mot": "bus", "Réponse de la mairie": "Merci de votre réponse numéro 0 que nous avons lue"}},
		1: {"k0/q2", 1, "Ajouter 0 bus le soir entre la gare et le centre", map[string]string{VarAxis: "Vos propositions ?", VarCommune: "Lens", "Mot": "bus", "Réponse de la mairie": "Merci de votre réponse numéro 0 que nous avons lue"}},
		3: {"k2/q2", 1, "T2\n\nAjouter 2 bus le soir entre la gare et le centre", map[string]string{VarAxis: "Vos propositions ?", VarCommune: "Lens", "Mot": "bus", "Réponse de la mairie": "Merci de votre réponse numéro 2 que nous avons lue"}},
	} {
		if !reflect.DeepEqual(documents[i], want) {
			t.Errorf("document %d\n got %+v\nwant %+v", i, documents[i], want)
		}
	}
}

// TestQuestionLeftOut keeps the ranks of the others, and gives the title to the first
// answer that is read.
func TestQuestionLeftOut(t *testing.T) {
	table := read(t, "a.csv", asked(10))
	c := table.Guess()
	questions := table.Questions(c)
	c, _ = table.Ask(c, questions, questions[0])
	documents, doubts := table.Documents(c)
	if len(documents) != 9 || len(doubts) != 0 {
		t.Fatalf("%d documents, doubts %v", len(documents), doubts)
	}
	if d := documents[0]; d.ID != "k0/q2" || d.Text != "T0\n\nAjouter 0 bus le soir entre la gare et le centre" || !reflect.DeepEqual(table.Asked, questions[1:]) {
		t.Errorf("document %+v of %q", d, table.Asked)
	}
	table = read(t, "a.csv", asked(10))
	table.Ask(table.Guess(), questions, questions...)
	if len(table.Rows) != 0 {
		t.Errorf("%d rows of no question", len(table.Rows))
	}
}

// TestNoQuestions leaves alone what only looks like a second question.
func TestNoQuestions(t *testing.T) {
	const long = "un texte d’au moins huit mots pour qu’il compte"
	for _, c := range []struct {
		header string
		other  func(i int) string
	}{
		{"id;texte;texte relu", func(i int) string { return fmt.Sprintf("%d "+long, i) }},
		{"id;texte;choix", func(i int) string { return long + " et un choix de la liste" }},
		{"id;texte;lieu", func(i int) string { return fmt.Sprintf("rue %d", i) }},
		{"component/id;texte;autre", func(i int) string { return fmt.Sprintf("autre %d "+long, i) }},
		{"id;texte;Réponse du service", func(i int) string { return fmt.Sprintf("merci %d "+long, i) }},
	} {
		text := c.header + "\n"
		for i := range 12 {
			text += fmt.Sprintf("%d;%d %s;%s\n", i, i, long, c.other(i))
		}
		table := read(t, "a.csv", text)
		if got := table.Questions(Columns{Text: "texte"}); got != nil {
			t.Errorf("%s: questions %q", c.header, got)
		}
	}
}
