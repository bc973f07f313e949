// Command congres is the whole service: pages, analysis, co-writing, and the
// commands of whoever runs it. `congres help` is its manual.
//
// One file a command. A command that touches an edition either opens the store
// itself or, beside a running server, has the server do it through
// DIR/congres.sock, since one process holds the file.
package main
