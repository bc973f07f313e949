package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// errFileGone is a file that waited to be imported and is no longer there.
var errFileGone = errors.New("web: this file is no longer kept")

// Bounds of the files that wait.
const (
	uploadLife = 24 * time.Hour
	maxUploads = 50
	shelfLife  = 10 * 365 * 24 * time.Hour
)

// What an upload may hold.
const (
	ofRoster        = "elus"
	ofContributions = "contributions"
)

// How far an upload is.
const (
	stageRead    = ""
	stageRunning = "running"
	stageDone    = "done"
	stageFailed  = "failed"
)

// An upload is a file that staff sent, how they read it, and what came of it.
// It is kept a day; the file itself lies apart.
type upload struct {
	ID, Kind, Name, Blob string
	Size                 int
	At                   time.Time
	Columns              corpora.Columns
	Skipped              []string // open questions that are not read
	Roster               consult.RosterColumns
	Origin               string
	Sheet                string // of a workbook
	Edition              string // that it was imported into
	Stage                string
	Done, Total          int
	Tally                consult.Tally
	Skip                 bool // texts that are there already are left out
	Copies               int  // of them, that were left out
	Problem              string
}

// A shelvedFile is an upload as the shelf lists it: what must be taken away in time.
type shelvedFile struct {
	ID, Kind, Name, Blob string
	Hash                 string // of its bytes, hexadecimal; "" for one that an older version shelved
	At                   time.Time
}

func uploadKey(id string) string { return "upload:" + id }

// keep writes what is known of an upload.
func (d *steering) keep(ctx context.Context, u *upload) error {
	b, err := json.Marshal(u)
	if err != nil {
		return err
	}
	return d.s.Store.PutSecret(ctx, uploadKey(u.ID), b, u.At.Add(uploadLife).Sub(d.s.now()))
}

// guess takes the columns as they seem to be.
func (u *upload) guess(t *corpora.Table) {
	if u.Sheet = t.Sheet; u.Kind == ofRoster {
		u.Roster = consult.GuessRoster(t)
	} else {
		u.Columns = t.Guess()
	}
}

// otherSheet goes to the sheet of a workbook that the form names, whose columns are
// guessed anew. It says no when the upload is on that sheet already.
func (d *steering) otherSheet(v *visit, u *upload) (turned bool, err error) {
	sheet := v.column("feuille")
	if sheet == "" || sheet == u.Sheet {
		return false, nil
	}
	other := *u
	other.Sheet = sheet
	t, done, err := d.table(v.r.Context(), &other)
	if err != nil {
		return false, err
	}
	defer done()
	other.guess(t)
	*u = other
	return true, nil
}

// find returns an upload of that kind.
func (d *steering) find(ctx context.Context, id, kind string) (*upload, error) {
	b, err := d.s.Store.Secret(ctx, uploadKey(id))
	if errors.Is(err, store.ErrNotFound) {
		return nil, errFileGone
	} else if err != nil {
		return nil, err
	}
	var u upload
	if err := json.Unmarshal(b, &u); err != nil {
		return nil, err
	}
	if u.Kind != kind {
		return nil, errFileGone
	}
	return &u, nil
}

// table reads an upload's file. One file at a time is in memory: done gives
// the turn back.
func (d *steering) table(ctx context.Context, u *upload) (t *corpora.Table, done func(), err error) {
	if done, err = d.alone(ctx); err != nil {
		return nil, nil, err
	}
	data, err := d.s.Store.Blob(ctx, u.Blob)
	if errors.Is(err, store.ErrNotFound) {
		err = errFileGone
	}
	if err == nil {
		t, err = corpora.Read(u.Name, bytes.NewReader(data), corpora.Limits{Sheet: u.Sheet})
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return t, done, nil
}

// receive takes a file from a form: it is spooled to the disk as it comes,
// checked to be a table, and kept. The same form with the same file is the same
// upload.
func (d *steering) receive(v *visit, kind string) (*upload, error) {
	file, err := os.CreateTemp("", "congres-import-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	_ = os.Remove(file.Name()) // where an open file needs no name, it is gone with the process, however that ends
	name, cle, err := v.spool(file)
	if err != nil {
		return nil, err
	}
	ctx := v.r.Context()
	done, err := d.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	data, err := io.ReadAll(io.NewSectionReader(file, 0, corpora.MaxUpload))
	if err != nil {
		return nil, err
	}
	t, err := corpora.Read(name, bytes.NewReader(data), corpora.Limits{})
	if err != nil {
		return nil, err
	}
	u := &upload{Kind: kind, Name: name, Size: len(data), At: v.s.now(), Origin: consult.OriginOf(name)}
	u.guess(t)
	content := sha256.Sum256(data)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%x", v.id(), kind, cle, content))
	u.ID = hex.EncodeToString(sum[:10])
	if again, err := d.find(ctx, u.ID, kind); err == nil {
		return again, nil
	}
	var hash store.Hash
	if u.Blob, hash, err = d.s.Store.PutBlob(ctx, data); err != nil {
		return nil, err
	}
	if err := d.shelve(ctx, u, hash); err != nil {
		return nil, err
	}
	return u, d.keep(ctx, u)
}

// spool copies the form's file as it comes. A body that is too large is read to
// some extent further, for a browser shows no answer before it has sent all.
func (v *visit) spool(to io.Writer) (name, cle string, err error) {
	const limit = corpora.MaxUpload + 64<<10
	body := v.r.Body
	v.r.Body = http.MaxBytesReader(v.w, body, limit)
	name, cle, err = v.parts(to)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		io.Copy(io.Discard, io.LimitReader(body, 3*limit)) // what comes of it does not matter
		err = errFileTooLarge
	}
	return name, cle, err
}

func (v *visit) parts(to io.Writer) (name, cle string, err error) {
	form, err := v.r.MultipartReader()
	if err != nil {
		return "", "", &consult.FieldError{Field: "fichier", Problem: "Choisissez un fichier, puis envoyez-le."}
	}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", "", err
		}
		switch part.FormName() {
		case "cle":
			b, err := io.ReadAll(io.LimitReader(part, 64))
			if err != nil {
				return "", "", err
			}
			cle = string(b)
		case "fichier":
			if name != "" || part.FileName() == "" {
				continue
			}
			name = debut(strings.ToValidUTF8(part.FileName(), "_"), 200)
			if n, err := io.Copy(to, part); err != nil {
				return "", "", err
			} else if n > corpora.MaxUpload {
				return "", "", &http.MaxBytesError{Limit: corpora.MaxUpload}
			}
		}
	}
	if name == "" {
		return "", "", &consult.FieldError{Field: "fichier", Problem: "Choisissez un fichier, puis envoyez-le."}
	}
	return name, cle, nil
}

// shelved lists the files that wait, the newest first. The caller holds d.shelf.
func (d *steering) shelved(ctx context.Context) ([]shelvedFile, error) {
	return shelvedIn(ctx, d.s.Store)
}

func shelvedIn(ctx context.Context, secrets store.Secrets) (all []shelvedFile, err error) {
	b, err := secrets.Secret(ctx, "uploads")
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(b, &all)
}

// Waiting are the blobs of files that wait to be imported, which no fact names
// yet: for whoever looks after what is kept.
func Waiting(ctx context.Context, secrets store.Secrets) ([]store.Named, error) {
	all, err := shelvedIn(ctx, secrets)
	if err != nil {
		return nil, fmt.Errorf("web: files that wait: %w", err)
	}
	var out []store.Named
	for _, f := range all {
		n := store.Named{Kind: "upload", Subject: f.ID, Blob: f.Blob}
		if b, err := hex.DecodeString(f.Hash); err == nil {
			copy(n.Hash[:], b)
		}
		out = append(out, n)
	}
	return out, nil
}

// change rewrites the shelf: fn returns the files that stay; the others are
// deleted.
func (d *steering) change(ctx context.Context, fn func([]shelvedFile) []shelvedFile) error {
	d.shelf.Lock()
	defer d.shelf.Unlock()
	old, err := d.shelved(ctx)
	if err != nil {
		return err
	}
	stay := fn(slices.Clone(old))
	for _, w := range old {
		if !slices.ContainsFunc(stay, func(s shelvedFile) bool { return s.Blob == w.Blob }) {
			if err := errors.Join(d.s.Store.DeleteBlob(ctx, w.Blob), d.s.Store.DeleteSecret(ctx, uploadKey(w.ID))); err != nil {
				return err
			}
		}
	}
	if slices.Equal(old, stay) {
		return nil
	}
	b, err := json.Marshal(stay)
	if err != nil {
		return err
	}
	return d.s.Store.PutSecret(ctx, "uploads", b, shelfLife)
}

// shelve adds an upload; beyond fifty, the oldest goes.
func (d *steering) shelve(ctx context.Context, u *upload, hash store.Hash) error {
	return d.change(ctx, func(all []shelvedFile) []shelvedFile {
		all = slices.Insert(all, 0, shelvedFile{u.ID, u.Kind, u.Name, u.Blob, hash.String(), u.At.UTC()})
		for i := len(all) - 1; len(all) > maxUploads && i > 0; i-- {
			if all[i].ID != d.now() {
				all = slices.Delete(all, i, i+1)
			}
		}
		return all
	})
}

// take deletes the files that gone selects, but the one that is being imported.
func (d *steering) take(ctx context.Context, gone func(shelvedFile) bool) error {
	return d.change(ctx, func(all []shelvedFile) []shelvedFile {
		return slices.DeleteFunc(all, func(w shelvedFile) bool { return gone(w) && w.ID != d.now() })
	})
}

// sweep deletes files older than a day.
func (d *steering) sweep() {
	err := d.take(d.s.ctx, func(w shelvedFile) bool { return d.s.now().Sub(w.At) >= uploadLife })
	if err != nil && d.s.ctx.Err() == nil {
		d.s.Log.Error("files that waited were not taken away", "error", err)
	}
}

// clear deletes all files that wait.
func (d *steering) clear(ctx context.Context) error {
	return d.take(ctx, func(shelvedFile) bool { return true })
}

func (d *steering) discard(v *visit) error {
	id := v.r.PathValue("id")
	if id == d.now() {
		return errImporting
	}
	if err := d.take(v.r.Context(), func(w shelvedFile) bool { return w.ID == id }); err != nil {
		return err
	}
	return v.redirect("/pilotage/imports?fait=retire")
}

// now is the upload that is being imported here, "" when none is.
func (d *steering) now() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.running
}
