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
// Two thousand units are compared with all others. Beyond, each is compared with
// those that are likely to be near it, through an index of rare words and one of
// cells of near words (divide.go), and communities are sought among small ones
// (resolve.go): the work grows like n√n at most. What is found differs from what
// comparing all would find; on labelled texts it is no worse (corpora/README.md).
// Themes may also be found in a sample: each of the other units then joins the theme
// of those of the sample that are most like it.
//
// It deliberately knows nothing of documents, authors and decisions: package
// analysis does.
package theme
