// Package motion is the motion's model and its rules: a text that people write
// together, every sentence of which leads back to the contributions behind it.
//
// The text is flat (see package ydoc and the shared document's promise): runs
// of characters, and newlines whose attribute `b` says what the block that
// they end is. [Parse] reads it, whatever it holds; numbers are computed here
// and never typed. A run's attribute `cite--SEGMENT` says that these words are
// supported by that segment of a contribution. So coverage, provenance,
// publication and erasure are all read from the text itself, on the server.
//
// What always holds:
//
//   - Figures in a draft are counted, and somebody unknown is never counted as
//     an élu.
//   - Words in « » with a citation are the contribution's own, but for line
//     ends, which a block cannot hold.
//   - Before what could cost words (a way back, words replaced everywhere, a
//     long passage deleted) a copy of the draft is kept; going back is an edit
//     like any other, and lets every word stand that both states have.
//   - Comments are facts and never part of the text, whose attribute
//     `comment--ID` only says where they belong; they are not published, and
//     outlive their words. Names in them are identifiers until they are shown.
//   - A territory narrows verbatims only where at least five élus fit it.
//   - What is grave in a text, as a quote that is no longer its source's, is
//     published only by who says that they know; what the newest version already
//     says is not published again.
//   - No text, title or name holds what steers its display (consult.Unseen).
//   - A published version never changes, but for words that had to be erased:
//     these are replaced, and a fact says so.
//
// Vocabulary: visa Visa, considérant Recital, axe Axis, proposition Proposal,
// version publiée Version, version gardée Copy (known as Kept), fil Thread,
// commentaire Comment, source Source.
//
// It deliberately knows neither sockets nor how the shared text is kept (room)
// nor how a version is written out (publish).
package motion
