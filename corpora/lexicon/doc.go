// Package lexicon knows the forms of French words: what each may be the form of
// (its lemma), its part of speech, and how it agrees.
//
// [Lookup] finds a form as it is written in a dictionary: « élues » is the
// plural of the noun « élue » and a participle of « élire », « portes » a form of the noun « porte »
// and of the verb « porter ». Where the form may be several words it says all of
// them; which one a text means is for package french to decide.
//
// The table is a minimal acyclic automaton (Daciuk et al., Incremental
// construction of minimal acyclic finite-state automata, Computational
// Linguistics 26(1), 2000) whose words are a form, a mark, and the number of what
// the form may be; lemmas are kept as what to cut from the form and what to add,
// so that « élues » and « nues » end alike. It is read where it stands.
//
// The table was made from Debian's hunspell-fr-comprehensive by the command gen;
// corpora/README.md says how, and under which licence.
package lexicon

//go:generate go run ./gen
