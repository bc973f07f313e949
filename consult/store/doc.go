// Package store says what is kept, and nothing about what it means.
//
// Four things are kept. A [Journal] is the chain of facts: what happened, in
// one order, each header hashed over the previous one so that anybody can
// verify that nothing was changed, inserted or dropped. A [Log] holds a shared
// document's updates in the store's order. [Blobs] are files under random
// keys. [Secrets] expire: sign-in links, sessions.
//
// Acknowledged means on disk. What an append returned without an error is
// there after a crash; what it returned an error for either is there whole or
// not at all.
//
// Erasure takes away the data of a fact together with its salt, and leaves the
// header: the chain still verifies, and nothing can be guessed from the hash
// that stays. After [Store.Compact] erased data is gone from the files too.
//
// Two implementations, bolt (one file) and redis (shared by many nodes), pass
// the one contract suite of package storetest. It deliberately knows no rule,
// no role and no kind of fact.
package store
