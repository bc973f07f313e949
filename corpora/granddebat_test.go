package corpora

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// debate invents an export of the Grand débat: n contributions, each with two
// open questions and two closed ones.
func debate(n int) (csv, jsonl string) {
	code := func(n int) string { return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "Question:%d", n)) }
	questions := []string{code(160) + " - Que faut-il faire\u00a0?", code(107) + " - Qui vous représente\u00a0?", code(146) + " - Êtes-vous d’accord\u00a0?", code(65) + " - Quelles dépenses\u00a0?"}
	var c, j strings.Builder
	c.WriteString("id,reference,title,createdAt,publishedAt,updatedAt,trashed,trashedStatus,authorId,authorType,authorZipCode")
	for _, q := range questions {
		c.WriteString(`,"Q` + q + `"`)
	}
	c.WriteString("\n")
	for i := range n {
		open := fmt.Sprintf("Il faudrait %d lignes de bus, et des trains.", i)
		who := fmt.Sprintf("Le maire numéro %d", i)
		if i == 1 {
			who = ""
		}
		choice, labels := "Oui", `{"labels":["L’État","Les communes"],"other":null}`
		if i%3 == 0 {
			choice, labels = "Non", fmt.Sprintf(`{"labels":["L’État"],"other":"libre %d"}`, i%2)
		}
		var chosen struct {
			Labels []string
			Other  string
		}
		json.Unmarshal([]byte(labels), &chosen)
		joined := strings.Join(chosen.Labels, "|")
		if chosen.Other != "" {
			joined += "|" + chosen.Other
		}
		trashed := i == 2
		fmt.Fprintf(&c, "UHJv%d,2-%d,Mon titre,2019-01-22 10:00:00,2019-01-22 10:00:01,,%v,,VXNl%d,Citoyen / Citoyenne,01000,\"%s\",%s,%s,\"%s\"\n", i, i, trashed, i%5, open, who, choice, joined)
		answers := []map[string]any{}
		for k, value := range []string{open, who, choice, labels} {
			id, title, _ := strings.Cut(questions[k], " - ")
			answers = append(answers, map[string]any{"questionId": id, "questionTitle": title, "value": value, "formattedValue": value})
		}
		b, _ := json.Marshal(map[string]any{"id": fmt.Sprint("UHJv", i), "reference": fmt.Sprint("2-", i), "title": "Mon titre", "createdAt": "2019-01-22 10:00:00", "publishedAt": "2019-01-22 10:00:01", "trashed": trashed,
			"authorId": fmt.Sprint("VXNl", i%5), "authorType": "Citoyen / Citoyenne", "authorZipCode": "01000", "responses": answers})
		j.Write(b)
		j.WriteString("\n")
	}
	return c.String(), j.String()
}

func TestGrandDebat(t *testing.T) {
	csv, jsonl := debate(30)
	array := "[" + strings.ReplaceAll(strings.TrimSpace(jsonl), "\n", ",\n") + "]"
	var first string
	for _, c := range []struct{ name, text string }{{"a.csv", csv}, {"a.jsonl", jsonl}, {"a.json", array}} {
		table := read(t, c.name, c.text)
		if !table.Unfolded || len(table.Rows) != 57 { // two a contribution, but for one without an answer and one taken away
			t.Fatalf("%s: %d answers: %q", c.name, len(table.Rows), table.Header)
		}
		wantDoubts(t, table, []string{"1 contribution a été retirée par la modération"})
		documents, doubts := table.Documents(table.Guess())
		if len(documents) != 57 || len(doubts) != 1 {
			t.Fatalf("%s: %d documents, doubts %v", c.name, len(documents), doubts)
		}
		d := documents[0]
		want := map[string]string{VarAuthor: "VXNl0", VarAxis: "Que faut-il faire ?", VarDate: "2019-01-22 10:00:00", "titre donné": "Mon titre", "publishedAt": "2019-01-22 10:00:01",
			"authorType": "Citoyen / Citoyenne", "authorZipCode": "01000", "Êtes-vous d’accord ?": "Non", "Quelles dépenses ?": "L’État|libre 0"}
		if d.ID != "2-0/160" || d.Text != "Il faudrait 0 lignes de bus, et des trains." || fmt.Sprint(d.Variables) != fmt.Sprint(want) {
			t.Errorf("%s: %+v\nwant %v", c.name, d, want)
		}
		if documents[2].ID != "2-1/160" || documents[3].ID != "2-3/160" {
			t.Errorf("%s: an empty or a withdrawn answer was read: %s, %s", c.name, documents[2].ID, documents[3].ID)
		}
		if got := fmt.Sprint(documents); first == "" {
			first = got
		} else if got != first {
			t.Errorf("%s is read otherwise than the csv", c.name)
		}
	}
}

// TestGrandDebatNames reads the names that one question has in files of
// different dates, and what is too small to tell by counting.
func TestGrandDebatNames(t *testing.T) {
	for header, want := range map[string]string{
		"QUXVlc3Rpb246MTYw - Que faire\u00a0?": "160/Que faire\u00a0?",
		"Q160 - Que faire\u00a0?":              "160/Que faire\u00a0?",
		"Que faire\u00a0?":                     "/Que faire\u00a0?",
		"Quand - et comment\u00a0?":            "uand/et comment\u00a0?",
		"Quel avenir - et pour qui\u00a0?":     "/Quel avenir - et pour qui\u00a0?",
		"Q6b8f - Un identifiant d’autre sorte": "6b8f/Un identifiant d’autre sorte",
	} {
		if code, title := questionName(header); code+"/"+title != want {
			t.Errorf("%q: %q, want %q", header, code+"/"+title, want)
		}
	}
	csv, _ := debate(30)
	for name, want := range map[string]int{"QUXVlc3Rpb246MTYw - Que faut-il faire ?": 29, "que faut il faire": 29, "Qui vous représente ?": 28, "Êtes-vous d’accord ?": 57, "rien": 57} {
		table := read(t, "a.csv", csv)
		if yes := table.Only(name); yes != (want < 57) || len(table.Rows) != want || len(table.Lines) != want {
			t.Errorf("only %q: %v, %d answers, want %d", name, yes, len(table.Rows), want)
		}
	}
	csv, _ = debate(3)
	if table := read(t, "a.csv", csv); len(table.Rows) != 3 || table.Column("Êtes-vous d’accord ?") < 0 {
		t.Errorf("of three contributions: %q", rows(table))
	}
	if table := read(t, "a.csv", "id,texte,createdAt,authorId\n1,Un,2019,2\n"); table.Unfolded {
		t.Error("any table with an author is taken for the Grand débat")
	}
}

// TestDecidimColumns guesses the columns of exports of today's Decidim, whose
// titles and bodies come in languages.
func TestDecidimColumns(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Columns
	}{
		{"proposals", "id;author/id;author/name;category/id;category/name/fr;scope/id;scope/name/fr;participatory_space/id;participatory_space/url;component/id;title/fr;body/fr;address;latitude;state;reference;answer/fr;supports;endorsements/total_count;comments;attachments;followers;published_at;url;is_amend\n" +
			"12;7;;3;Eau;;;1;https://x;2;Un titre;Un texte assez long pour être lu;;;accepted;REF-12;;3;1;0;0;0;2026-01-01 10:00:00 UTC;https://x/12;false\n",
			Columns{ID: "id", Title: "title/fr", Text: "body/fr", Author: "author/id", Axis: "category/name/fr", Support: "supports", Date: "published_at"}},
		{"comments", "id;created_at;body;locale;author/id;author/name;alignment;depth;user_group/id;commentable_id;commentable_type;root_commentable_url\n" +
			"5;2026-01-01 10:00:00 UTC;Je suis d’accord avec cela;fr;7;Ana;0;0;;12;Decidim::Proposals::Proposal;https://x/12\n",
			Columns{ID: "id", Text: "body", Author: "author/id", Date: "created_at"}},
		{"in JSON", `[{"id":12,"category":{"name":{"fr":"Eau"}},"title":{"fr":"Un titre"},"body":{"fr":"Un texte"},"supports":3}]`,
			Columns{ID: "id", Title: "title/fr", Text: "body/fr", Axis: "category/name/fr", Support: "supports"}},
	} {
		name := "a.csv"
		if strings.HasPrefix(c.text, "[") {
			name = "a.json"
		}
		if got := read(t, name, c.text).Guess(); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}
