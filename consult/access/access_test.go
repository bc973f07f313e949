package access_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store/bolt"
)

func open(t *testing.T, now func() time.Time) *access.Access {
	t.Helper()
	st, err := bolt.Open(t.Context(), filepath.Join(t.TempDir(), "congres.db"), &bolt.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), ledger.Config{Journal: st, Now: now, Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState()} }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); st.Close() })
	return &access.Access{Ledger: l, Secrets: st}
}

func TestLinkSignsInOnceAndInTime(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	a := open(t, func() time.Time { return now })
	ctx := t.Context()
	in, err := a.Invite(ctx, "", consult.Staff, "Equipe@Congres.example")
	if err != nil {
		t.Fatal(err)
	}
	link := in.Token
	if p, err := a.Look(ctx, link); err != nil || p.Email != "equipe@congres.example" || p.Role != consult.Staff {
		t.Fatalf("Look = %+v, %v", p, err)
	}
	session, err := a.SignIn(ctx, link)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.SignIn(ctx, link); !errors.Is(err, access.ErrLink) {
		t.Errorf("second use: %v, want ErrLink", err)
	}
	if p, err := a.Who(ctx, session); err != nil || p.Role != consult.Staff {
		t.Errorf("Who = %+v, %v", p, err)
	}
	if _, err := a.Who(ctx, session+"x"); !errors.Is(err, access.ErrNoSession) {
		t.Errorf("forged session: %v, want ErrNoSession", err)
	}
	in, err = a.Invite(ctx, "", consult.Elu, "elue@ville.example")
	if err != nil {
		t.Fatal(err)
	}
	late := in.Token
	now = now.Add(access.LinkLife + time.Second)
	if _, err := a.SignIn(ctx, late); !errors.Is(err, access.ErrLink) {
		t.Errorf("expired: %v, want ErrLink", err)
	}
	if err := a.SignOut(ctx, session); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Who(ctx, session); !errors.Is(err, access.ErrNoSession) {
		t.Errorf("after signing out: %v, want ErrNoSession", err)
	}
}

func TestOnlyStaffInvite(t *testing.T) {
	a := open(t, time.Now)
	ctx := t.Context()
	if _, err := a.Invite(ctx, "", consult.Elu, "elu@ville.example"); err != nil {
		t.Fatal(err)
	}
	var elu string
	a.Ledger.View(func(v ledger.View) { elu = ledger.Of[*consult.State](v).PersonByEmail("elu@ville.example").ID })
	if _, err := a.Invite(ctx, elu, consult.Staff, "moi@ville.example"); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("an élu invites: %v, want ErrForbidden", err)
	}
	var field *consult.FieldError
	if _, err := a.Invite(ctx, "", consult.Elu, "pas une adresse"); !errors.As(err, &field) {
		t.Errorf("bad address: %v, want a FieldError", err)
	}
}

func TestErasureEndsSessions(t *testing.T) {
	a := open(t, time.Now)
	ctx := t.Context()
	in, err := a.Invite(ctx, "", consult.Elu, "elu@ville.example")
	if err != nil {
		t.Fatal(err)
	}
	link := in.Token
	session, err := a.SignIn(ctx, link)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := a.Who(ctx, session)
	_, err = a.Ledger.Do(ctx, ledger.Command{Actor: p.ID, Decide: func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, p.ID)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Who(ctx, session); !errors.Is(err, access.ErrNoSession) {
		t.Errorf("after erasure: %v, want ErrNoSession", err)
	}
}

// TestInviteTellsRoles says what became of the role of somebody who is known.
func TestInviteTellsRoles(t *testing.T) {
	a := open(t, nil)
	for _, tc := range []struct{ asked, before, now consult.Role }{
		{consult.Elu, "", consult.Elu},
		{consult.Elu, consult.Elu, consult.Elu},
		{consult.Rapporteur, consult.Elu, consult.Rapporteur},
		{consult.Elu, consult.Rapporteur, consult.Rapporteur},
		{consult.Staff, consult.Rapporteur, consult.Staff},
		{consult.Rapporteur, consult.Staff, consult.Staff},
	} {
		in, err := a.Invite(t.Context(), "", tc.asked, "Zoe@ville.example")
		if err != nil || in.Before != tc.before || in.Now != tc.now || in.Token == "" {
			t.Errorf("as %s: got %+v, error %v, want %q, then %q", tc.asked, in, err, tc.before, tc.now)
		}
	}
}
