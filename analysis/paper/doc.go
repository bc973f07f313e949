// Package paper writes a report of the analysis to be printed and worked with: a
// tagged PDF ([PDF]), a text for a word processor ([DOCX]) and a workbook ([XLSX]).
//
// They say what the page rapport.html says, in its order, less the full lists of
// sentences; the workbook has those. The same report gives the same bytes: no file
// bears a date. In the workbook every cell of words is words, whatever they begin
// with: none is ever a formula.
//
// It deliberately computes nothing and reads nothing but the report.
package paper
