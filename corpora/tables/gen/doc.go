// Command gen makes the table of word vectors n.bin from scratch, in four stages,
// one a file: fetch (the pinned packages, by the npm client, into a cache
// folder), sheets and labour (their text, under its headings), pairs (two pieces
// of text that speak of one thing), train (vectors under which the two pieces of
// a pair are near and others far).
//
// What always holds: one goroutine, every random number from a fixed seed,
// products never fused with sums: the same sources give the same bytes.
package main
