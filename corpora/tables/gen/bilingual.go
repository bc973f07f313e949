package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"slices"
	"strings"
)

// A bilingual package says the same things in French and in English. Its French
// is never shown to the teacher, which hardly knows any: the student is told what
// the English means (Reimers and Gurevych, « Making Monolingual Sentence
// Embeddings Multilingual using Knowledge Distillation », 2020).
type bilingual struct {
	source
	pairs func(archive string) ([][2]string, error) // French, English
}

var bilinguals = []bilingual{
	{source{"emojibase-data", "17.0.0", "sha512-Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA==", nil, 0}, readEmoji},
	{source{"@openstreetmap/id-tagging-schema", "7.2.0", "sha512-7hjV8Xl3CoaO0u+M/Po0u33YIRahL8jEJtOzho189VOqqQQB3L9UGv2o93o/T4G3I0z5sFvQhn0apOz6+j253w==", nil, 0}, readPlaces},
	{source{"cldr-localenames-full", "48.2.0", "sha512-4o0paYDz0UXhfhChAVFkmVl2CP0YTSEqE6WrC0fNafaSC5u5DAXphxH3SZ1Ujczarikr8DToKZfiok6EqWLdNQ==", nil, 0}, readNames},
}

// translations are the lessons of the bilingual packages.
func (b *builder) translations(cache string) ([]lesson, error) {
	var out []lesson
	for _, p := range bilinguals {
		archive, err := fetch(cache, p.source)
		if err != nil {
			return nil, err
		}
		pairs, err := p.pairs(archive)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		for _, pair := range pairs {
			if stems := b.stems(pair[0]); len(stems) > 0 {
				out = append(out, lesson{stems, pair[1], true})
			}
		}
		log.Printf("%s %s: %d texts in two languages", p.name, p.version, len(pairs))
	}
	return out, nil
}

// readEmoji reads what emoji are called, and the words by which they are found.
func readEmoji(archive string) ([][2]string, error) {
	type emoji struct {
		Hexcode, Label string
		Tags           []string
	}
	said := make(map[string]map[string]string)
	err := files(archive, func(name string, data []byte) error {
		if name != "fr/data.json" && name != "en/data.json" {
			return nil
		}
		var list []emoji
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		texts := make(map[string]string)
		for _, e := range list {
			texts[e.Hexcode] = e.Label + ", " + strings.Join(e.Tags, ", ")
		}
		said[name[:2]] = texts
		return nil
	})
	return matched(said["fr"], said["en"]), err
}

// readPlaces reads what places and things of a town are called (OpenStreetMap).
func readPlaces(archive string) ([][2]string, error) {
	type entry struct {
		Name, Label string
		Terms       []string
		Options     map[string]json.RawMessage
	}
	said := make(map[string]map[string]string)
	err := files(archive, func(name string, data []byte) error {
		language, ok := strings.CutPrefix(name, "dist/translations/")
		if !ok || language != "fr.json" && language != "en.json" {
			return nil
		}
		language = language[:2]
		var file map[string]struct {
			Presets struct{ Fields, Presets map[string]entry }
		}
		if err := json.Unmarshal(data, &file); err != nil {
			return err
		}
		texts := make(map[string]string)
		for key, p := range file[language].Presets.Presets {
			if p.Name != "" {
				texts["p "+key] = p.Name + ", " + strings.Join(p.Terms, ", ")
			}
		}
		for key, f := range file[language].Presets.Fields {
			for option, raw := range f.Options {
				var text string
				if json.Unmarshal(raw, &text) == nil && text != "" {
					texts["f "+key+" "+option] = text
				}
			}
		}
		said[language] = texts
		return nil
	})
	return matched(said["fr"], said["en"]), err
}

// readNames reads what countries, regions and languages are called (CLDR).
func readNames(archive string) ([][2]string, error) {
	said := map[string]map[string]string{"fr": {}, "en": {}}
	err := files(archive, func(name string, data []byte) error {
		parts := strings.Split(name, "/")
		if len(parts) != 3 || parts[0] != "main" || said[parts[1]] == nil || parts[2] != "territories.json" && parts[2] != "languages.json" {
			return nil
		}
		var file struct {
			Main map[string]struct {
				LocaleDisplayNames struct{ Territories, Languages map[string]string }
			}
		}
		if err := json.Unmarshal(data, &file); err != nil {
			return err
		}
		names := file.Main[parts[1]].LocaleDisplayNames
		for key, text := range names.Territories {
			said[parts[1]]["t "+key] = text
		}
		for key, text := range names.Languages {
			said[parts[1]]["l "+key] = text
		}
		return nil
	})
	return matched(said["fr"], said["en"]), err
}

// matched pairs what two languages say under one key, in the order of the keys.
func matched(fr, en map[string]string) [][2]string {
	var out [][2]string
	for _, key := range slices.Sorted(maps.Keys(fr)) {
		if english, ok := en[key]; ok {
			out = append(out, [2]string{fr[key], english})
		}
	}
	return out
}
