package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
)

// A meddling store has a person's page keep a draft just before she is erased, and
// deletes no file while it is stuck.
type meddling struct {
	store.Store
	person string
	stuck  bool
}

func (m *meddling) Append(ctx context.Context, expect store.Head, b store.Batch) ([]store.Fact, error) {
	for _, d := range b.Drafts {
		if d.Kind == "person.erased" {
			if err := m.PutSecret(ctx, draftKey(m.person, newDraft), []byte("{}"), time.Hour); err != nil {
				return nil, err
			}
		}
	}
	return m.Store.Append(ctx, expect, b)
}

func (m *meddling) DeleteBlob(ctx context.Context, key string) error {
	if m.stuck {
		return errors.New("stuck")
	}
	return m.Store.DeleteBlob(ctx, key)
}

// TestErasureLeavesNothingBeside: a file that waits and cannot be deleted keeps the
// erasure from being told as done, and a draft that comes meanwhile goes too.
func TestErasureLeavesNothingBeside(t *testing.T) {
	m := &meddling{}
	s := siteOn(t, func(now func() time.Time) (store.Store, error) {
		b, err := bolt.Open(t.Context(), filepath.Join(t.TempDir(), "congres.db"), &bolt.Options{Now: now})
		m.Store = b
		return m, err
	})
	staff := s.accredit("", consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "equipe@congres.example", Role: consult.Staff})
	m.person = s.accredit(staff, consult.Person{FirstName: "Zoé", LastName: "Brume", Email: "zoe@villebrume.example", Role: consult.Elu})
	s.do(staff, func(tx *ledger.Tx) error {
		_, err := consult.OpenEdition(tx, consult.Edition{Title: "Congrès", Axes: []consult.Axis{{Title: "Inclusion"}},
			Opens: s.now(), Closes: s.now().Add(time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	c := s.as(staff)
	c.upload("/pilotage/imports", nil, "idees.csv", []byte("id;texte\n1;Une idée\n"))
	form := url.Values{"personne": {m.person}, "oui": {"effacer"}}
	m.stuck = true
	c.post("/pilotage/accreditation/effacer", form).want(t, 500)
	s.view(func(st *consult.State) {
		if st.Person(m.person).Erased {
			t.Error("erased, and a file that may hold her words waits")
		}
	})
	m.stuck = false
	c.post("/pilotage/accreditation/effacer", form).goes(t, "/pilotage/accreditation?fait=efface")
	if _, err := s.store.Secret(t.Context(), draftKey(m.person, newDraft)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
}

// looking calls back at the first byte that is read.
type looking struct {
	io.Reader
	look func()
}

func (l *looking) Read(p []byte) (int, error) {
	if l.look != nil {
		l.look()
		l.look = nil
	}
	return l.Reader.Read(p)
}

// TestSpoolHasNoName: a file that is being received is gone with the process.
func TestSpoolHasNoName(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := newSite(t)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, _ := w.CreateFormFile("fichier", "idees.csv")
	part.Write([]byte("id;texte\n1;Une idée\n"))
	w.Close()
	looked := false
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/pilotage/imports", &looking{&body, func() {
		looked = true
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("received in %v, %v", left, err)
		}
	}})
	r.Header.Set("Content-Type", w.FormDataContentType())
	v := &visit{s: s.server, w: httptest.NewRecorder(), r: r, who: &consult.Person{ID: s.staff, Role: consult.Staff}}
	u, err := s.server.steering.receive(v, ofContributions)
	if err != nil || u.Size == 0 || !looked {
		t.Errorf("got %+v, %v", u, err)
	}
}
