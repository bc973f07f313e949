package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
)

// A visit is one request and who makes it.
type visit struct {
	s   *Server
	w   http.ResponseWriter
	r   *http.Request
	who *consult.Person // nil: a visitor

	body io.ReadCloser // the request's, before its length is bounded
}

// id is the person's identifier, "" for a visitor.
func (v *visit) id() string {
	if v.who == nil {
		return ""
	}
	return v.who.ID
}

// is says whether the person has one of the roles.
func (v *visit) is(roles ...consult.Role) bool {
	for _, r := range roles {
		if v.who != nil && v.who.Role == r {
			return true
		}
	}
	return false
}

// need refuses whoever has none of the roles: visitors are sent to sign in.
func (v *visit) need(roles ...consult.Role) error {
	switch {
	case v.who == nil:
		return access.ErrNoSession
	case !v.is(roles...):
		return consult.ErrForbidden
	}
	return nil
}

func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

const cookieName = "congres"

func (s *Server) cookie(value string, life time.Duration) *http.Cookie {
	c := &http.Cookie{Name: cookieName, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(s.PublicURL, "https://"), MaxAge: int(life / time.Second)}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

func session(r *http.Request) string {
	if c, err := r.Cookie(cookieName); err == nil {
		return c.Value
	}
	return ""
}

// maxForm bounds a form; uploads have their own bound.
const maxForm = 1 << 20

// handle turns a handler into an http.Handler: who is there, how large a body
// may be, what errors and panics lead to.
func (s *Server) handle(fn func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{s: s, w: w, r: r, body: r.Body}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				v.fail(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
			}
		}()
		if r.Body != nil && !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		who, err := s.Access.Who(r.Context(), session(r))
		if err != nil && !errors.Is(err, access.ErrNoSession) {
			v.fail(err)
			return
		}
		v.who = who
		if err := fn(v); err != nil {
			v.fail(err)
		}
	})
}

// secure sets what every answer carries.
func secure(next http.Handler) http.Handler {
	const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), payment=()")
		h.Set("Cache-Control", "private, no-store")
		next.ServeHTTP(w, r)
	})
}
