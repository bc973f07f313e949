// Package tables carries the French tables that the analysis reads: today two, of
// word vectors, by which two texts that say the same thing in other words are
// found alike.
//
// [Words] returns the embedded tables: each row is the stem of package french (its
// Root) and 128 numbers. N knows the language of town halls and of the law; S, of
// which a network's reading of sentences is the source, also knows what the news
// speaks of. Their files are laid out as table.go says; how they were made, from
// what, and what they are worth is in corpora/README.md.
//
// What always holds: a table is read where it stands, at no cost before its first
// row is asked for; reading it never fails, since a test reads it whole; and no
// build, no test and no run needs the network: only « make tables » does, which
// makes the tables again from the same pinned sources.
//
// It deliberately knows neither tokens nor texts: package theme sums the rows.
package tables

//go:generate go run ./gen
