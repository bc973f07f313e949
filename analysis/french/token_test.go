package french

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func words(text string) string {
	var out []string
	for _, t := range Tokens(nil, text) {
		out = append(out, text[t.Start:t.End])
	}
	return strings.Join(out, "|")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"L'accès à l’eau.", "L'|accès|à|l’|eau|."},
		{"Aujourd'hui, aujourd’hui", "Aujourd'hui|,|aujourd’hui"},
		{"jusqu'à ce qu'il dise", "jusqu'|à|ce|qu'|il|dise"},
		{"quelqu'un, prud'hommes, main-d'œuvre", "quelqu'un|,|prud'hommes|,|main-d'œuvre"},
		{"Qu'en pense-t-il ? Y a-t-elle droit", "Qu'|en|pense|-t-il|?|Y|a|-t-elle|droit"},
		{"Donnez-le-moi, allons-y, ces villes-là", "Donnez|-le|-moi|,|allons|-y|,|ces|villes|-là"},
		{"rendez-vous, celui-ci, peut-être, Saint-Denis-en-Val", "rendez-vous|,|celui-ci|,|peut-être|,|Saint-Denis-en-Val"},
		{"c'est-à-dire c'est", "c'est-à-dire|c'|est"},
		{"élu·es élu.e.s élu.es habitant(e)s celles·eux tou·te·s élu•e•s élu/e/s citoyen-ne-s", "élu·es|élu.e.s|élu.es|habitant(e)s|celles·eux|tou·te·s|élu•e•s|élu/e/s|citoyen-ne-s"},
		{"directeur.trice.s et conseiller(ère)s", "directeur.trice.s|et|conseiller(ère)s"},
		{"C'est fini.Les gens", "C'|est|fini|.|Les|gens"},
		{"c'est fini.les gens", "c'|est|fini|.|les|gens"},
		{"la ville(voir plus bas)", "la|ville|(|voir|plus|bas|)"},
		{"3,5 % de 10 000 € et 1 200 000", "3,5|%|de|10 000|€|et|1 200 000"},
		{"en 2019 2020 et 12 3456", "en|2019|2020|et|12|3456"},
		{"le 12/03/2019 à 20h30, 1er, 5G, n° 5, N°12", "le|12/03/2019|à|20h30|,|1er|,|5G|,|n°|5|,|N°|12"},
		{"voir https://ville.fr/a(b)?c=1, www.ville.fr.", "voir|https://ville.fr/a(b)?c=1|,|www.ville.fr|."},
		{"écrire à jean.dupont@ville-lille.fr.", "écrire|à|jean.dupont@ville-lille.fr|."},
		{"sur lillemetropole.fr/page, #Transition @ville", "sur|lillemetropole.fr/page|,|#Transition|@ville"},
		{"M. Dupont et J. Durand, S.N.C.F. etc. Voir art. 3", "M.|Dupont|et|J.|Durand|,|S.N.C.F.|etc.|Voir|art.|3"},
		{"« Oui… » dit-il...", "«|Oui|…|»|dit|-il|..."},
		{"caf\xe9 et\xff vin", "caf|et|vin"},
		{"co\u00adopérer", "co\u00adopérer"},
		{"R&D, and/or", "R&D|,|and|/|or"},
		{"👍🏽 bravo 🇫🇷🇧🇪 🇫", "👍🏽|bravo|🇫🇷|🇧🇪|🇫"},
		{"auteur-rice tou-te-s étudiant_e_s citoyen*ne*s étudiantEs chef(fe)s maire(sse)s ell·eux iel·s professionnel-les tous(tes)", "auteur-rice|tou-te-s|étudiant_e_s|citoyen*ne*s|étudiantEs|chef(fe)s|maire(sse)s|ell·eux|iel·s|professionnel-les|tous(tes)"},
		{"un *mot*e et **gras**, 2*3, a*e, mot*suite", "un|*|mot|*|e|et|*|*|gras|*|*|,|2|*|3|,|a|*|e|,|mot|*|suite"},
		{"porte-à-porte, jean_luc, (s), iPhone", "porte-à-porte|,|jean_luc|,|(|s|)|,|iPhone"},
		{"Donne-m'en, donnez-m’en, va-t'en, mets-l'y, dis-m'encore", "Donne|-m'|en|,|donnez|-m’|en|,|va|-t'|en|,|mets|-l'|y|,|dis-m'encore"},
		{"C.-à-d. oui, c.-à-d. non, c-à-d. rien", "C.-à-d.|oui|,|c.-à-d.|non|,|c-à-d.|rien"},
		{"de 17h30-18h, à 14H, 5G, 24h/24", "de|17h30|-|18h|,|à|14H|,|5G|,|24h|/|24"},
		{"CO₂, H₂O, 12 m², km³, 12m², citoyens³", "CO₂|,|H₂O|,|12|m²|,|km³|,|12m²|,|citoyens|³"},
		{"LʼAmi, aujourdʼhui, ʼ", "Lʼ|Ami|,|aujourdʼhui|,|ʼ"},
		{"👨‍👩‍👧👧 👩🏽‍🌾 ❤️‍🔥 🎉‍ fin", "👨‍👩‍👧|👧|👩🏽‍🌾|❤️‍🔥|🎉|fin"},
		{"av. J.-C., J.-P. Dupont et J.-Pierre, A.-", "av.|J.-C.|,|J.-P.|Dupont|et|J|.|-|Pierre|,|A|.|-"},
		{"élu⸱es conseiller⸱ère⸱s élu‧e élu•e élu⋅e élu∙e élu・e ⸱ mot", "élu⸱es|conseiller⸱ère⸱s|élu‧e|élu•e|élu⋅e|élu∙e|élu・e|⸱|mot"},
		{"acteurs/trices, chercheurs/euses, conseiller/ère/s, sportifs/ives ou sportifs/ves", "acteurs/trices|,|chercheurs/euses|,|conseiller/ère/s|,|sportifs/ives|ou|sportifs/ves"},
		{"professionnels/elles, citoyens/ennes, locaux/ales, adhérents/es", "professionnels/elles|,|citoyens/ennes|,|locaux/ales|,|adhérents/es"},
		{"ils/elles, et/ou, eau/air, bus/vélo, acteurs/tricesses, mer/ère", "ils|/|elles|,|et|/|ou|,|eau|/|air|,|bus|/|vélo|,|acteurs|/|tricesses|,|mer|/|ère"},
		{"l'« État »", "l'|«|État|»"},
		{norm.NFD.String("Égalité à l'école"), norm.NFD.String("Égalité|à|l'|école")},
		{"grand-mère - voilà -- fin", "grand-mère|-|voilà|-|-|fin"},
		{"Est-ce que", "Est|-ce|que"},
	} {
		if got := words(c.text); got != c.want {
			t.Errorf("Tokens(%q)\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// What is a figure is no word, whatever letters it is written with.
func TestKinds(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		words string
	}{
		{Number, "14h30 17h 9H 3,5 12/03/2019"},
		{Ordinal, "1er 1ère 1re 1ers 2nd 2nde 4e 4ème 4ième XXIe XXIème Ier Ve VIe XIXe"},
		{Word, "5G 3D 2CV 4x4 Vie Vers Ire vie XXL IVG Xavier Inde h2o m²"},
	} {
		for word := range strings.FieldsSeq(c.words) {
			if got := Tokens(nil, word); len(got) != 1 || got[0].Kind != c.kind {
				t.Errorf("%s: %v, want one token of kind %d", word, got, c.kind)
			}
		}
	}
}

// Base reads an inclusive spelling as its word, and nothing else so.
func TestBase(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"auteur-rice", "auteur"}, {"auteur-rice-s", "auteurs"}, {"tou-te-s", "tous"}, {"étudiant_e_s", "étudiants"}, {"citoyen*ne*s", "citoyens"},
		{"étudiantEs", "étudiants"}, {"CitoyenNEs", "citoyens"}, {"éluE", "élu"}, {"chef(fe)s", "chefs"}, {"maire(sse)s", "maires"}, {"ell·eux", "elles"}, {"elleux", "elles"},
		{"celleux", "celles"}, {"toustes", "tous"}, {"iel·s", "iels"}, {"professionnel-les", "professionnels"}, {"vice-président-e-s", "vice-présidents"},
		{"peut-être", "peut-être"}, {"rendez-vous", "rendez-vous"}, {"Saint-Denis", "saint-denis"}, {"porte-à-porte", "porte-à-porte"}, {"jean_luc", "jean_luc"},
		{"iPhone", "iphone"}, {"MAIRES", "maires"}, {"ÉTUDIANTES", "étudiantes"}, {"arc-en-ciel", "arc-en-ciel"}, {"pique-nique", "pique-nique"}, {"heureux", "heureux"}, {"ex-elles", "ex-elles"},
	} {
		if got := Base(Token{0, len(c.written), Word}.Form(c.written)); got != c.want {
			t.Errorf("Base(%q) = %q, want %q", c.written, got, c.want)
		}
	}
}

func TestForm(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"école", "école"}, {norm.NFD.String("École"), "école"}, {"L’", "l'"}, {"ÉLU•ES", "élu·es"}, {"co\u00adopérer", "coopérer"},
	} {
		if got := Normalise(c.in); got != c.want {
			t.Errorf("Normalise(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if got := Fold("égalité, œuvre"); got != "egalite, oeuvre" {
		t.Errorf("Fold: %q", got)
	}
}

func TestRoot(t *testing.T) {
	for _, same := range []string{
		"élu élus élue élues élu·es élu·e·s élu.e.s élu(e)s", "loi lois", "habitant habitants habitant(e)s habitantes habitant·es",
		"école écoles ecole", "emploi emplois", "local locaux locale", "citoyen citoyens citoyen-ne-s", "conseillers conseiller⸱ère⸱s conseiller/ères conseiller・ère・s", "acteurs acteurs/trices", "#transition transitions",
	} {
		list := strings.Fields(same)
		for _, form := range list[1:] {
			if got, want := Root(form), Root(list[0]); got != want {
				t.Errorf("Root(%q) = %q, Root(%q) = %q", form, got, list[0], want)
			}
		}
	}
}

func TestStop(t *testing.T) {
	for _, form := range strings.Fields("l' les des qu' être etre déjà deja très tres celles·eux tou·te·s") {
		if !IsStop(form) {
			t.Errorf("IsStop(%q) = false", form)
		}
	}
	for _, form := range strings.Fields("école eau prés pres sûr marché") {
		if IsStop(form) {
			t.Errorf("IsStop(%q) = true", form)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"L'élu·e.s (e)s 3,5 10 000 a@b.fr http://x", "n° c'est-à-dire d'", "\xff\xfe -t-il", "M. J. a.b.c", "e\u0301-\u2011", "citoyen*ne*s éluEs donne-m'en ʼ 🇫🇷🇫 c.-à-d. 1er XIe 14h3 m²₂"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, token := range Tokens(nil, text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("token %v after %d in %q", token, end, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[token.Start:token.End]) {
				t.Fatalf("token %v cuts a letter in %q", token, text)
			}
			end = token.End
			Root(token.Form(text))
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat(sample, 100)
	b.SetBytes(int64(len(text)))
	var tokens []Token
	for b.Loop() {
		tokens = Tokens(tokens[:0], text)
	}
}

// sample is made of the habits that cost a tokenizer most.
const sample = `Les élu·es de l'agglomération n'ont pas attendu qu'on leur dise : « Il faut agir ! » Aujourd'hui, 3,5 % des
habitant(e)s — soit 10 000 personnes — n’ont pas d’accès à l'internet ; M. le maire pense-t-il qu'une maison France
services suffira ? Rendez-vous sur www.ville.fr, ou écrivez à mairie@ville.fr avant le 12/03/2026.

`

// What is plain is normalised as anything is.
func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"L’Été à Ÿ, ×ÞßÀ « CŒUR » \u00ad\u00b4\u00b5", "E\u0301le\u0300ve", "\xc3", "\xc2A\xc3\xa0\xe2\x80", "d'aujourd’hui ‘ici’", "K\u212a\u0130"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Normalise(s), normalise(s); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", s, got, want)
		}
	})
}
