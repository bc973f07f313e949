// Package ydoc is the shared document, in the format of Yjs 13: any Yjs
// client can exchange updates with it.
//
// A [Doc] is a set of items, each known by (client, clock), woven into
// sequences and maps by the YATA algorithm (Nicolaescu et al., "Near Real-Time
// Peer-to-Peer Shared Editing on Extensible Data Types", GROUP 2016), encoded
// as Yjs updates. Applying the same updates in any order, any number of
// times, gives the same document. An update that arrives before its cause
// waits, bounded by [Doc.MaxPending].
//
// Vocabulary: a client is one writer's session and a clock counts what it
// wrote, in UTF-16 code units for texts, as in Yjs; a state vector says for
// each client the next clock; a delete set says which clocks are deleted. A
// root is a shared type known by its name, made at its first mention.
//
// A client's clocks end at 4,294,967,295, where Yjs counts to 2⁵³: nobody types
// so much in a life, and an item is a third smaller for it. What goes beyond, or
// refers to what would be there, is refused with [ErrTooLarge], by documents and
// by the functions on updates. A document whose own client has come to its end
// goes on as the next one.
//
// Positions and lengths in texts are UTF-16 code units. Deleted content is
// forgotten when the transaction that deleted it ends. Where a deletion or a
// difference cuts a surrogate pair, both halves become U+FFFD, as in Yjs.
//
// Formatting that has become redundant is deleted where Yjs deletes it: after
// a local deletion, and after another's update to a text that [Doc.Text] has
// opened. What this writes goes to [Doc.OnUpdate]; a document that must not
// write by itself is [Doc.Passive]. Only with Passive, or once everybody has
// everybody's clean-ups, is the promise on order above true to the last mark.
//
// Beside documents, updates are themselves material: [Merge], [Diff] and
// [StateVectorOf] work on them, [ToV1] and [ToV2] change between Yjs's two
// formats. A [Snapshot] is a moment of a document, which needs [Doc.Keep] to be
// shown; a [Position] is a place in a text that moves with it; a [View] reads
// roots of every kind, of which only texts can be edited here.
//
// An update ends where its bytes end: what comes behind is refused, which Yjs
// passes over, because an update in format v2 reads as an empty one in v1 with
// bytes behind it.
//
// Input is hostile until proved otherwise: an update is read once completely
// before anything changes, a refused update changes nothing, and lengths it
// claims never allocate. All that applying an update allocates, kept or not,
// stays below 256 bytes for each of its bytes. Its time grows with its length
// times a logarithm, but for one thing: as in Yjs, items written at one place
// without knowledge of each other are passed one by one, and an update made for
// it would cost the square of its items. So one Apply may pass 4,194,304 items
// and 16 more for each byte of the update, above a thousand times what the
// sessions and traces of the tests need; then it ends with [ErrTooLarge] and is
// taken back. See [Doc.MaxWork] for documents that are loaded and [Doc.Check]
// for those that several processes keep. Reading a text's attributes costs the
// number of its runs times that of the attributes in force.
//
// The package deliberately knows neither networks, nor stores, nor what the
// text means; it keeps subdocuments out; it has no undo.
package ydoc
