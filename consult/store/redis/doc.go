// Package redis keeps a whole store in one Redis (7.0 or newer) that any number
// of nodes share.
//
// All keys lie under one hash tag, hence in one slot of a Cluster:
//
//	{congres}:format        version of this layout
//	{congres}:head          hash: seq, hash, time of the last fact
//	{congres}:journal       stream of headers, entry SEQ-0
//	{congres}:data          hash: seq → salt ‖ data
//	{congres}:doc:NAME      stream of a document's entries, entry NUMBER-0
//	{congres}:last:NAME     number of its last entry
//	{congres}:check:NAME    hash: n, v (the checkpoint's number and CBOR)
//	{congres}:push:TOKEN    what a recent push was answered, for ten minutes
//	{congres}:blob:KEY      bytes
//	{congres}:secret:KEY    bytes that expire
//
// and {congres}:wire:TOPIC is a sharded channel, of which nothing is kept.
//
// What compares and writes is a Redis Function (functions.lua), atomic and
// replicated by its effects. The library's name holds the digest of its code,
// so that nodes of different versions do not overwrite each other's.
//
// Acknowledged means on disk: Open and Healthy refuse a Redis whose settings
// would lose facts, and each write waits for a replica (WAIT) where there are
// any. An operator who wants more sets min-replicas-to-write.
//
// An answer can be lost on its way. Every write here may be sent twice: an
// append is known by its first header (whose salt is random), a push by its
// token. So an error is returned only after sending it again, and looking, for
// [Options].Patience.
//
// Compact rewrites the append-only file of the node that it talks to (and its
// snapshot, when it makes any); replicas rewrite theirs by their own settings.
//
// URLs: redis://, rediss:// and unix://. With ?master_name=NAME the host, and
// each further addr=HOST:PORT, is a Sentinel. With addr=HOST:PORT alone they
// are nodes of a Cluster.
package redis
