// Package chart draws small honest figures: bars, a map of groups, a tree, a
// dendrogram, a plane, a graph of words.
//
// Every function returns a [Drawing]: rectangles, discs, lines, curves and words
// at fixed places, which [Drawing.SVG] writes for a page and other writers set in
// their own way. Groups differ by pattern and by what is written on them, never by
// colour alone; words that would cover others are left out of a drawing (the table
// that stands behind each figure has them all).
//
// What always holds: the same data give the same drawing; every figure is finite
// and inside the drawing; words are escaped, so that nothing that a person wrote
// can become markup.
//
// It deliberately knows nothing of texts and themes, measures no fonts and needs
// no script.
package chart
