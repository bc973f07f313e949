// Package publish writes a motion's neutral document out in every form in
// which it leaves the house: as a page that is permanent and prints well
// ([HTML]), as the part of a page that holds the text ([Fragment]), for a word
// processor ([ODT], [DOCX]), to print and to be read out ([PDF]), for other
// programs ([AkomaNtoso], [JSON]), and as plain words ([Text]). [Formats]
// lists them.
//
// What is printed or opened by a word processor says under its title which paper it
// is, and at every foot which page of it, in the same words everywhere (sheet.go).
//
// Every writer shows the same: the computed numbers, and after the words that
// a source supports its number, which leads to these very words in the
// contribution. Words are written exactly; nothing in a document can become
// markup. The same document gives the same bytes.
//
// base, where it is taken, is the site's address without a last slash, put
// before the paths of sources; "" leaves them as paths of the site itself.
//
// It deliberately reads nothing but the document: no store, no state, no clock.
package publish
