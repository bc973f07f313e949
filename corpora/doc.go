// Package corpora holds texts to be read together and the variables that say
// where each comes from: who wrote it, in which town, under which question.
//
// A [Corpus] is what every other room passes on: the consultation builds one
// from the élus' contributions, the analysis reads one, and files of many kinds
// are read into one by this package. A text is never altered: readers decode
// the file's characters and keep the words as they were written. Workbooks and
// text documents are opened by package office.
//
// The package also carries the demo congress, invented for this project, and
// the French lexical tables, each with its source and licence in README.md.
//
// It deliberately knows neither accounts nor themes.
package corpora
