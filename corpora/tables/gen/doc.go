// Command gen makes the tables of word vectors n.bin and s.bin from scratch.
//
// For N, four stages, one a file: fetch (the pinned packages, by the npm client,
// into a cache folder), sheets, labour and codes (their text, under its
// headings), pairs (two pieces of text that speak of one thing), train (vectors
// under which the two pieces of a pair are near and others far).
//
// For S: sentences (of the same text), bilingual (what things are called in
// French and in English), teacher (a network that reads both), student (vectors
// whose sum comes near to what it says).
//
// What always holds: one goroutine, every random number from a fixed seed,
// products never fused with sums: the same sources give the same bytes. The
// teacher alone computes as the processor's own library does: on another kind of
// processor a few of S's numbers may differ by one.
package main
