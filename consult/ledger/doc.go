// Package ledger is the one place where commands become facts.
//
// A [Ledger] folds the journal into the states of every domain ([Fold]) and
// runs one deciding goroutine: it decides the commands that wait on a working
// state, commits the facts of all of them together as soon as the previous
// commit has returned, then answers, applies the facts to the published state
// and tells the subscribers. So whatever a reader is shown is kept, and
// commits are shared by those who wait together.
//
// Where another node was faster (store.ErrHeadMoved) its facts are folded and
// the commands decided again: Decide must therefore have no effect but what it
// emits.
//
// What a state hands out is never changed afterwards: folds replace what
// changes instead of changing it in place. Readers look at states only inside
// [Ledger.View].
//
// It deliberately knows no kind of fact.
package ledger
