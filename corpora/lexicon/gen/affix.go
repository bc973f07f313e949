package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// A rule is one line of an affix of hunspell's (man 5 hunspell): a word that ends
// as ending says loses strip and takes add.
type rule struct {
	strip, add string
	ending     []class // of the letters before the end
	fields     []string
}

// A class is a set of letters, or with except all others.
type class struct {
	letters string
	except  bool
}

// A prefix makes of « mètre » « kilomètre », which takes the suffixes of flags.
type prefix struct {
	add   string
	flags []string
}

// multiples reads the prefixes of units; those of other flags are elisions
// (l', d'…), which are tokens of their own here.
func multiples(path string) (map[string][]prefix, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out := map[string][]prefix{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 5 || f[0] != "PFX" || f[1][0] != 'U' || strings.Contains(f[3], "'") {
			continue
		}
		add, flags, _ := strings.Cut(f[3], "/")
		if add == "0" {
			add = ""
		}
		out[f[1]] = append(out[f[1]], prefix{add, pairs(flags)})
	}
	return out, lines.Err()
}

// pairs cuts flags, of two letters each.
func pairs(flags string) (out []string) {
	for ; len(flags) > 1; flags = flags[2:] {
		out = append(out, flags[:2])
	}
	return out
}

// suffixes reads the suffixes of a dictionary by their two-letter flags.
func suffixes(path string) (map[string][]rule, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out := map[string][]rule{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		f := strings.Fields(lines.Text())
		if len(f) < 5 || f[0] != "SFX" {
			continue
		}
		r := rule{strip: f[2], fields: f[5:]}
		r.add, _, _ = strings.Cut(f[3], "/") // what follows are elisions
		if r.strip == "0" {
			r.strip = ""
		}
		if r.add == "0" {
			r.add = ""
		}
		if r.ending, err = condition(f[4]); err != nil {
			return nil, err
		}
		out[f[1]] = append(out[f[1]], r)
	}
	return out, nil
}

// condition reads « [^aou]yer ».
func condition(s string) (out []class, err error) {
	if s == "." {
		return nil, nil
	}
	for s != "" {
		if s[0] != '[' {
			r := []rune(s)[0]
			out = append(out, class{letters: string(r)})
			s = s[len(string(r)):]
			continue
		}
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return nil, fmt.Errorf("a condition that does not end: %q", s)
		}
		letters, except := strings.CutPrefix(s[1:end], "^")
		out = append(out, class{letters, except})
		s = s[end+1:]
	}
	return out, nil
}

// apply returns what the rule makes of a word.
func (r *rule) apply(word string) (string, bool) {
	if !strings.HasSuffix(word, r.strip) {
		return "", false
	}
	letters := []rune(word)
	if len(letters) < len(r.ending) {
		return "", false
	}
	for i, c := range r.ending {
		if strings.ContainsRune(c.letters, letters[len(letters)-len(r.ending)+i]) == c.except {
			return "", false
		}
	}
	return strings.TrimSuffix(word, r.strip) + r.add, true
}
