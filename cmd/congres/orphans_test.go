package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/storetest"
	"github.com/villes-internet/congres/web"
)

// TestOrphans deletes a blob that no fact names after a day, and none that a
// version or a waiting file names.
func TestOrphans(t *testing.T) {
	t.Run("file", func(t *testing.T) { orphans(t, place{dir: t.TempDir()}) })
	t.Run("redis", func(t *testing.T) { orphans(t, place{store: storetest.Redis(t)}) })
}

func orphans(t *testing.T, p place) {
	ctx := t.Context()
	h, _ := newHouse(t, p)
	defer func() { h.Close() }()
	version := named(t, h)
	if len(version) != 1 {
		t.Fatalf("%d blobs are named, want the version's", len(version))
	}
	waiting := upload(t, h)
	orphan, _, err := h.store.PutBlob(ctx, []byte("personne ne le nomme"))
	if err != nil {
		t.Fatal(err)
	}
	// The ledger's clock runs ahead, a few hours at a time.
	start := time.Now()
	at := func(d time.Duration) {
		t.Helper()
		h.ledger.Close()
		h.ledger, err = ledger.Open(ctx, ledger.Config{Journal: h.store, Folds: folds, Now: func() time.Time { return start.Add(d) }})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		after   time.Duration
		deleted int
	}{{0, 0}, {12 * time.Hour, 0}, {24*time.Hour - time.Second, 0}, {24 * time.Hour, 1}, {25 * time.Hour, 0}} {
		at(tc.after)
		if n, err := h.clearOrphans(ctx); err != nil || n != tc.deleted {
			t.Errorf("after %v: %d deleted, error %v, want %d", tc.after, n, err, tc.deleted)
		}
	}
	if _, err := h.store.Blob(ctx, orphan); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the blob that nobody names is still there: %v", err)
	}
	for _, key := range []string{version[0].Blob, waiting} {
		if _, err := h.store.Blob(ctx, key); err != nil {
			t.Errorf("a blob that is named: %v", err)
		}
	}
}

func named(t *testing.T, h *house) []store.Named {
	t.Helper()
	names, err := h.named(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// upload has staff send a file to be imported, and returns its blob.
func upload(t *testing.T, h *house) string {
	t.Helper()
	ctx := t.Context()
	site, err := web.New(h.config("http://congres.example", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	server := httptest.NewServer(site)
	defer server.Close()
	in, err := h.access.Invite(ctx, "", consult.Staff, "sam@congres.example")
	if err != nil {
		t.Fatal(err)
	}
	session, err := h.access.SignIn(ctx, in.Token)
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	here, _ := url.Parse(server.URL)
	jar.SetCookies(here, []*http.Cookie{{Name: "congres", Value: session}})
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, _ := w.CreateFormFile("fichier", "idees.csv")
	part.Write([]byte("id;texte\n1;Une idée\n"))
	w.Close()
	client := http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, _ := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/pilotage/imports", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("the upload: %s", res.Status)
	}
	for _, n := range named(t, h) {
		if n.Kind == "upload" {
			return n.Blob
		}
	}
	t.Fatal("no file waits")
	return ""
}

// TestJanitorClears has the janitor do it by itself, at its start.
func TestJanitorClears(t *testing.T) {
	var said bytes.Buffer
	p := place{dir: t.TempDir()}
	h, _ := newHouse(t, p)
	ctx := t.Context()
	orphan, _, err := h.store.PutBlob(ctx, []byte("personne ne le nomme"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.clearOrphans(ctx); err != nil {
		t.Fatal(err)
	}
	h.Close()
	if h, err = p.open(ctx, slog.New(slog.NewTextHandler(&said, nil)), func() time.Time { return time.Now().Add(25 * time.Hour) }); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	run, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); h.tidy(run) }()
	for err == nil {
		_, err = h.store.Blob(ctx, orphan)
	}
	stop()
	<-done
	if !errors.Is(err, store.ErrNotFound) || !strings.Contains(said.String(), "count=1") {
		t.Errorf("the blob: %v; said %q", err, said.String())
	}
}
