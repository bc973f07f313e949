// Package web is the service as people meet it: pages rendered on the server,
// in French, that work without JavaScript but for the live parts, and two
// websockets, /live and /motion/{id}/sync.
//
// A handler receives a [visit] and returns an error; errors.go is the one place
// that turns errors into a status and a French sentence that says what to do
// next. Rights are checked in the domains at each act; a page only leaves out
// what its reader could not do.
//
// No text and no name is ever logged, and no page asks anything of a third
// party.
package web
