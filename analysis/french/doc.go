// Package french reads French the way a careful clerk would: it says where a
// sentence begins, where a word ends, which words carry meaning and which forms
// are the same word, and it never changes a letter of what was written.
//
// The chain, one stage a file: [Segmenter] (sentence), [Tokens] (token),
// [Token.Form] (normalise), [IsStop] (stop words), [Stem] and [Stemmer] (stem),
// [Glosser] (lemma and part of speech, by the lexicon of corpora/lexicon).
//
// What always holds: a sentence or a token is a span of bytes of the text it was
// given, spans are in order and never overlap, and what a stage derives (a
// form, a stem) goes beside the span, never in its place. Bytes that are not
// UTF-8 are left where they are and belong to no token. Both apostrophes, both
// Unicode normal forms and inclusive spellings (élu·es, élu.e.s, habitant(e)s)
// read alike.
//
// The package is the only one to import prose, whose Punkt segmenter is a
// model of English that a layer of our own corrects, and snowball.
//
// It deliberately counts nothing: that is package lexis.
package french
