// Package ydoc is the shared document, in the format of Yjs: any Yjs client
// can exchange updates with it.
//
// A [Doc] is a set of items, each known by (client, clock), woven into
// sequences and maps by the YATA algorithm (Nicolaescu et al., "Near Real-Time
// Peer-to-Peer Shared Editing on Extensible Data Types", GROUP 2016), encoded
// as Yjs v1 updates. Applying the same updates in any order, any number of
// times, gives the same document. An update that arrives before its cause
// waits, bounded.
//
// Positions and lengths in texts are UTF-16 code units, as in Yjs.
//
// It deliberately knows neither networks, nor stores, nor what the text means.
package ydoc
