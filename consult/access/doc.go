// Package access says who is speaking: invitations, sign-in links and
// sessions.
//
// Nobody has a password. A link sent by e-mail signs in once and within its
// time; following it shows a page, and only the button on that page uses it
// up, since mail programs follow links by themselves. A session is a random
// token in a cookie. The store knows links and sessions by their SHA-256 only,
// so that a copy of it signs nobody in.
//
// Roles live in package consult and are checked there at each act; a session
// says only which person acts.
package access
