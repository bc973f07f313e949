package web

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A postman sends when he is let, and nothing to some.
type postman struct {
	gate chan struct{}
	lost string
}

func (p *postman) Send(ctx context.Context, to, _, _ string) error {
	select {
	case <-p.gate:
	case <-ctx.Done():
	}
	if to == p.lost {
		return errors.New("nobody there")
	}
	return nil
}

// TestLinksThatDoNotLeave: staff are told of a link's e-mail that it waits, that it
// was sent, or that it was not.
func TestLinksThatDoNotLeave(t *testing.T) {
	mail := &postman{gate: make(chan struct{}), lost: "zoe@villebrume.example"}
	s := newSite(t, func(c *Config, _ *site) { c.Mail = mail })
	s.server.post.pause = time.Nanosecond
	staff := s.as(s.staff)
	list := func() map[string]string {
		t.Helper()
		out := map[string]string{}
		for _, row := range strings.Split(staff.get("/pilotage/accreditation").want(t, 200).Body, "<tr>") {
			for who, address := range map[string]string{"zoé": "zoe@", "karim": "karim@"} {
				if strings.Contains(row, address) {
					_, out[who], _ = strings.Cut(row, "dernier lien")
				}
			}
		}
		return out
	}
	for _, id := range []string{s.zoe, s.karim} {
		staff.post("/pilotage/accreditation/liens", url.Values{"personne": {id}}).goes(t, "/pilotage/accreditation?fait=courriel")
	}
	const waits, fails = "le courriel n’est pas encore parti", "mais le courriel n’est pas parti"
	if got := list(); !strings.Contains(got["zoé"], waits) || !strings.Contains(got["karim"], waits) {
		t.Errorf("before it leaves: %q", got)
	}
	close(mail.gate)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if got := list(); !strings.Contains(got["karim"], waits) {
			break
		}
	}
	if got := list(); !strings.Contains(got["zoé"], fails) || got["karim"] == "" || strings.Contains(got["karim"], "courriel") && strings.Contains(got["karim"], "parti") {
		t.Errorf("afterwards: %q", got)
	}
}
