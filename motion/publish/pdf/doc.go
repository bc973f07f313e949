// Package pdf sets a text of headings, paragraphs, lists and footnotes in
// pages of A4, as a tagged PDF that a screen reader reads in order: PDF 1.7
// (ISO 32000-1) with the structure, metadata and Unicode maps that PDF/UA-1
// (ISO 14289-1) asks for, fonts embedded.
//
// The words of a page, copied, are the words that were given: each character
// of a font has a code of its own that maps back to it, even where the font
// lacks it and shows one like it in its place. One that no font has is called by
// its name in brackets, « [bus] », and is copied and read out as itself. Of a
// font, the outlines that are used are embedded. A footnote stands at the foot of
// the page that calls it and goes on at the foot of the next where it is
// long. The same text gives the same bytes.
//
// It deliberately knows neither motions nor where fonts come from, and does
// not hyphenate, justify, kern or set right-to-left scripts.
package pdf
