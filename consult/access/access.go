package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// ErrLink is a sign-in link that is unknown, used or expired: to whoever holds
// it, these are the same.
var ErrLink = errors.New("access: this link signs nobody in")

// ErrNoSession is a visitor's, or a session that has ended.
var ErrNoSession = errors.New("access: not signed in")

// How long links and sessions live.
const (
	LinkLife    = 7 * 24 * time.Hour
	SessionLife = 30 * 24 * time.Hour
)

// Access invites and recognises people.
type Access struct {
	Ledger  *ledger.Ledger
	Secrets store.Secrets
	// Reusable makes links work more than once: only ever for the demo congress.
	Reusable bool
}

// An Invitation is a sign-in link, and what inviting did to the person's role.
type Invitation struct {
	Token  string
	Before consult.Role // "" when they were not known
	Now    consult.Role
}

// Invite accredits an address under a role when need be, and makes a sign-in
// link. Who has a role that allows more keeps it. actor "" is the command line.
func (a *Access) Invite(ctx context.Context, actor string, role consult.Role, address string) (in Invitation, err error) {
	var person string
	_, err = a.Ledger.Do(ctx, ledger.Command{Actor: actor, Decide: func(tx *ledger.Tx) (err error) {
		in = Invitation{Now: role}
		if p := ledger.Of[*consult.State](tx).PersonByEmail(address); p != nil {
			in.Before = p.Role
		}
		person, _, err = consult.Accredit(tx, consult.Person{Email: address, Role: role})
		return err
	}})
	if err != nil {
		return Invitation{}, err
	}
	a.Ledger.View(func(v ledger.View) { in.Now = ledger.Of[*consult.State](v).Role(person) })
	in.Token, err = a.Link(ctx, person)
	return in, err
}

// Link returns the token of a new sign-in link for a person who is known.
func (a *Access) Link(ctx context.Context, person string) (token string, err error) {
	token = newToken()
	return token, a.Secrets.PutSecret(ctx, hashed("link", token), []byte(person), LinkLife)
}

// Look returns whom a link would sign in, and leaves it usable.
func (a *Access) Look(ctx context.Context, token string) (*consult.Person, error) {
	value, err := a.Secrets.Secret(ctx, hashed("link", token))
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrLink
	} else if err != nil {
		return nil, err
	}
	p := a.person(ctx, string(value))
	if p == nil {
		return nil, ErrLink
	}
	return p, nil
}

// SignIn uses a link up and returns the token of a new session.
func (a *Access) SignIn(ctx context.Context, token string) (session string, err error) {
	take := a.Secrets.TakeSecret
	if a.Reusable {
		take = a.Secrets.Secret
	}
	value, err := take(ctx, hashed("link", token))
	if errors.Is(err, store.ErrNotFound) {
		return "", ErrLink
	} else if err != nil {
		return "", err
	}
	if a.person(ctx, string(value)) == nil {
		return "", ErrLink
	}
	session = newToken()
	return session, a.Secrets.PutSecret(ctx, hashed("session", session), value, SessionLife)
}

// Who returns the person of a session. Errors: ErrNoSession, or the store's.
func (a *Access) Who(ctx context.Context, session string) (*consult.Person, error) {
	if session == "" {
		return nil, ErrNoSession
	}
	value, err := a.Secrets.Secret(ctx, hashed("session", session))
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrNoSession
	} else if err != nil {
		return nil, err
	}
	p := a.person(ctx, string(value))
	if p == nil {
		return nil, ErrNoSession
	}
	return p, nil
}

// SignOut ends a session.
func (a *Access) SignOut(ctx context.Context, session string) error {
	return a.Secrets.DeleteSecret(ctx, hashed("session", session))
}

// person is nil for somebody unknown or erased. Another node may just have
// made them known: what it kept is read before that is said.
func (a *Access) person(ctx context.Context, id string) (p *consult.Person) {
	look := func(v ledger.View) { p = ledger.Of[*consult.State](v).Person(id) }
	if a.Ledger.View(look); p == nil && a.Ledger.CatchUp(ctx) == nil {
		a.Ledger.View(look)
	}
	if p == nil || p.Erased {
		return nil
	}
	return p
}

// newToken draws 192 bits that fit a URL.
func newToken() string {
	b := make([]byte, 24)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashed(use, token string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	return use + ":" + hex.EncodeToString(sum[:])
}
