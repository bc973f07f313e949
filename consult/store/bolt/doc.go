// Package bolt keeps a whole store in one bbolt file, for one process.
//
// Everything is in flat buckets: the chain's headers, its data, documents'
// entries, checkpoints and last numbers, blobs, secrets, and a format version
// ([Layout]) of the file itself.
//
// One goroutine commits. It takes whatever waits in a bounded queue, writes it
// in one transaction (one fsync) and answers; no timer is involved, so a lone
// writer waits for nobody and fifty share their commits. Readers see only what
// is committed, in short transactions: no caller's code ever runs inside one,
// because bbolt cannot grow its file while a reader is at it.
//
// A compaction copies key by key to a new file beside the old one while both
// readers and writers go on; keys written meanwhile are noted and copied again
// at the end, between two commits, and the new file takes the old one's name.
// A freed page is never copied, so what was erased stays behind in the old
// file, which is gone. A backup is the same copy, handed out: it holds nothing
// erased either.
//
// The file is locked (flock). Because a compaction replaces it, having the lock
// is not enough: Open checks that the locked file still has its name.
package bolt
