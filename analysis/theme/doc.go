// Package theme groups texts that speak of one thing, without knowing what they
// are texts of.
//
// A [View] says how alike two units are; [Links] links each unit to those nearest
// to it ([Neighbours]), corrects for hubs ([Graph.Scaled]) and reads each unit
// together with its neighbours ([Graph.Smoothed]); [Leiden] finds communities in
// that graph; [Partition] brings them to the number of themes that was asked for
// and lets units settle among them; [Stability] says how much a
// theme owes to chance; [Labels] names them with words that people wrote;
// [Rank] chooses the sentences that speak best for one; [Listener] says what a
// sentence does.
//
// What always holds: the same input and seed give the same output, whatever the
// number of processors; a unit that is like no other is left alone and said to
// be so, rather than put anywhere.
//
// There are two views, the words that units share ([Lexical], BM25) and words of
// near meaning ([Static], the word vectors of package tables); [Both] fuses them.
//
// It deliberately knows nothing of documents, authors and decisions: package
// analysis does.
package theme
