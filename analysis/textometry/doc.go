// Package textometry holds the methods that French analysts of texts expect,
// over the lexical tables of package lexis, and as they know them from IRaMuTeQ,
// TXM and rainette.
//
//   - [Specificities]: which forms each modality of a variable over-uses or
//     avoids (Lafon 1980).
//   - [Correspondence]: l'analyse factorielle des correspondances, AFC (Benzécri
//     1973, Greenacre 2007).
//   - [Classify] and [Double]: la classification descendante hiérarchique, CHD,
//     simple and double (Reinert 1983, 1990), with [Profiles] and [Typical] to
//     read its classes.
//   - [Similarity]: l'analyse de similitudes (Flament 1962, Degenne and Vergès
//     1973): the graph, its maximum tree, its communities, its drawing.
//
// Frequencies, richness, concordances and co-occurrents need no table and are in
// package lexis.
//
// What always holds: the same table gives the same figures, whatever the number
// of processors: nothing runs in parallel, every tie has a rule, every factor a
// sign convention. Every method is checked against a brute-force oracle.
//
// Vocabulary: a row of a table is a segment (énoncé, uce); a column is a form,
// which lexis numbers as roots; a modality is a value of a variable; class −1
// means « unclassified ».
//
// It deliberately chooses neither forms nor segments, knows no text and draws
// nothing.
package textometry
