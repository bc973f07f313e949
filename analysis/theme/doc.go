// Package theme groups texts that speak of one thing, without knowing what they
// are texts of.
//
// A [View] says how alike two units are; [Neighbours] links each unit to those
// nearest to it; [Leiden] finds communities in that graph; [Partition] brings
// them to the number of themes that was asked for; [Stability] says how much a
// theme owes to chance; [Labels] names them with words that people wrote;
// [Rank] chooses the sentences that speak best for one; [NatureOf] says what a
// sentence does.
//
// What always holds: the same input and seed give the same output, whatever the
// number of processors; a unit that is like no other is left alone and said to
// be so, rather than put anywhere.
//
// Today there is one view, the words themselves (BM25); [Fuse] is the place
// where a second one joins.
//
// It deliberately knows nothing of documents, authors and decisions: package
// analysis does.
package theme
