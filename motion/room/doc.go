// Package room holds open documents: one goroutine each.
//
// The order of the store's log is the truth. An update from a connection is
// checked, pushed to the log, and only then applied to the room's document,
// acknowledged to its sender and sent to the others; so what anybody is shown
// is kept. Updates that wait together travel in one push and leave in one
// frame, also with those of the next push where that is quick. What other nodes
// push is read from the log the same way, and every node that reads the same log
// has the same document.
//
// Which person a Yjs client identifier was is decided by the log too: the
// first entry that writes under it owns it, and an entry that writes under
// another person's is refused, or, where two nodes were as fast, skipped by
// all. Deletions belong to nobody: everybody who writes may delete.
//
// A room never writes by itself, but for [Hub.Seed] and [Hub.Edit]. When the
// log has grown, a checkpoint takes the place of its entries; after an Edit
// always, so that words that had to go are gone from it too.
//
// Who wrote what is read from the letters that stand ([Hub.Copy]). Before an
// update that takes a long passage away is shown, [Config].Before is given the
// document as it was.
//
// A connection speaks the y-websocket protocol (see wire.go), one message a
// frame. Who owns a socket calls [Hub.Join] with an [Outlet], to which the room
// writes without ever waiting for it, gives each frame that it reads to
// [Conn.Receive], and calls [Conn.Leave] in the end. How connections end is one
// table, in close.go. With an acknowledging connection ([Member].Ack) the room
// counts the frames that carry an update (sync step 2 and update, an empty one
// too) and sends how many of them are kept, in the order in which they came. Of who
// may not write nothing is kept: what costs nobody a letter is counted all the same,
// and any other update ends the connection, which says why.
//
// Presence is relayed and never kept. A connection speaks only for client
// identifiers that it introduced; name and colour are the server's. Where
// thousands read along, those who show a caret are told of, and few others.
//
// The rooms of one document on several nodes tell each other of their own
// connections over [Config].Wire, of which nothing is kept either (see nodes.go):
// a room that somebody joins asks who is there, one that has connections says all
// again from time to time, and one that has not been heard for long is taken for
// gone with its people. One node alone tells no more than that it is there.
//
// It deliberately knows no socket, no session and no rule: rights are asked of
// [Config].Rights at each frame.
package room
