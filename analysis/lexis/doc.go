// Package lexis counts what package french yields: which words a segment holds,
// how much each weighs, which of them a group of segments uses more than the
// rest, and which words go together as one term.
//
// A [Lexicon] gives every root and every form a number; [Lexicon.Read] turns a
// text into [Word]s; a [Table] counts roots by row (segments × forms);
// [Table.BM25] weighs it; [Chi2] says what is over-used; [Terms] finds the words
// and the terms of several words that set groups apart.
//
// [Lexicon.Concordance], [Cooccurrents], [Frequencies], [Richness], [Grow] and
// [Specificity] are the textometry that needs no table.
//
// What always holds: numbers are given in the order of reading, so that the same
// texts in the same order give the same tables, and every form shown to people
// is one that people wrote.
//
// It deliberately groups nothing: groups come from package theme or from people.
package lexis
