// Package tables carries the French tables that the analysis reads: today one,
// of word vectors, by which two texts that say the same thing in other words are
// found alike.
//
// [Words] is the embedded table of vectors: each row is the stem of package
// french (its Root) and 128 numbers. Its file says how it is laid out in
// table.go; how it was made, from what, and what it is worth is in
// corpora/README.md.
//
// What always holds: a table is read where it stands, at no cost before its first
// row is asked for; reading it never fails, since a test reads it whole; and no
// build, no test and no run needs the network: only « make tables », which makes
// the same bytes from the same pinned sources, does.
//
// It deliberately knows neither tokens nor texts: package theme sums the rows.
package tables

//go:generate go run ./gen -out n.bin
