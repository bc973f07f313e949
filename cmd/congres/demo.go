package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora/demo"
)

const manualDemo = `Au premier démarrage, remplit DIR d’un congrès inventé. Écrit ensuite une ligne
par rôle : le rôle, une tabulation, un lien d’entrée. Ces liens servent
plusieurs fois ; cela n’existe qu’ici, et serve refuse un tel répertoire.`

// shownPeople are those whose links the demo prints, by their key.
var shownPeople = []struct{ role, key string }{
	{"élue", "haddouche"}, {"élu", "vautrelle"}, {"rapporteur", "pelletan"}, {"rapporteure", "tanguic"}, {"équipe", "equipe-roussillat"},
}

func demoCongress(ctx context.Context, args []string, _ io.Reader, out, errOut io.Writer) error {
	var p place
	f := newFlags("demo")
	f.StringVar(&p.dir, "data", "congres-demo", "")
	addr := f.String("addr", "127.0.0.1:8080", "")
	public := f.String("public-url", "", "")
	if err := f.parseInto(args); err != nil {
		return err
	}
	if err := addresses(*addr, *public); err != nil {
		return err
	}
	if _, err := os.Stat(p.file()); err == nil && !p.isDemo() {
		return problemf(nil, "Le répertoire %s contient un vrai congrès : la démonstration n’y touche pas. Choisissez-en un autre avec --data.", p.dir)
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	c, err := demo.Load()
	if err != nil {
		return err
	}
	if _, err := os.Stat(p.file()); errors.Is(err, fs.ErrNotExist) || !p.filled() {
		if err := p.fill(ctx, c, log); err != nil {
			return err
		}
	}
	h, err := p.open(ctx, log, nil)
	if err != nil {
		return err
	}
	h.access.Reusable = true
	if err := h.prepareMotion(ctx, c); err != nil {
		return errors.Join(err, h.Close())
	}
	return h.serve(ctx, *addr, *public, nil, out, errOut, func(url string) error {
		for _, s := range shownPeople {
			token, err := h.access.Link(ctx, h.personOf(c, s.key))
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s\t%s/entrer/%s\n", s.role, url, token)
		}
		return nil
	})
}

func (h *house) personOf(c *demo.Congress, key string) (id string) {
	for _, e := range c.Elus {
		if e.Key == key {
			h.ledger.View(func(v ledger.View) {
				if p := ledger.Of[*consult.State](v).PersonByEmail(e.Email); p != nil {
					id = p.ID
				}
			})
		}
	}
	return id
}

// filled says whether a first start went to its end: the marker then holds a
// word.
func (p place) filled() bool {
	b, err := os.ReadFile(p.marker())
	return err == nil && len(b) > 0
}

// fill makes the demo congress: its window opened LaterFrom days ago, and each
// act has the date that it would have had. A first start that was cut off is
// begun again.
func (p place) fill(ctx context.Context, c *demo.Congress, log *slog.Logger) error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(p.marker(), nil, 0o600); err != nil {
		return err
	}
	if err := os.Remove(p.file()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	opens := time.Now().In(consult.Paris).AddDate(0, 0, -demo.LaterFrom)
	opens = time.Date(opens.Year(), opens.Month(), opens.Day(), 8, 0, 0, 0, consult.Paris)
	clock := opens.AddDate(0, 0, -10)
	h, err := p.open(ctx, log, func() time.Time { return clock })
	if err != nil {
		return err
	}
	err = h.play(ctx, c, opens, &clock)
	if err = errors.Join(err, h.Close()); err != nil {
		return err
	}
	return os.WriteFile(p.marker(), []byte("Congrès de démonstration : ne pas servir en vrai.\n"), 0o600)
}

func (h *house) play(ctx context.Context, c *demo.Congress, opens time.Time, clock *time.Time) error {
	do := func(actor string, fn func(tx *ledger.Tx) error) error {
		_, err := h.ledger.Do(ctx, ledger.Command{Actor: actor, Decide: fn})
		return err
	}
	people, edition, axes, err := h.prepare(c, opens, do)
	if err != nil {
		return err
	}
	ids := map[string]string{}
	meetings := c.Meetings
	for day := 0; day < demo.LaterFrom; day++ {
		var today []demo.Contribution
		for _, x := range c.Contributions {
			if x.Day == day {
				today = append(today, x)
			}
		}
		for i, x := range today {
			*clock = opens.AddDate(0, 0, day).Add(time.Duration(i+1) * 13 * time.Hour / time.Duration(len(today)+1))
			err := do(people[x.Author], func(tx *ledger.Tx) (err error) {
				ids[x.Key], err = consult.Submit(tx, edition, axes[x.Axis], x.Text)
				return err
			})
			if err != nil {
				return fmt.Errorf("demo: %s: %w", x.Key, err)
			}
		}
		*clock = opens.AddDate(0, 0, day).Add(13*time.Hour + 30*time.Minute)
		for len(meetings) > 0 && meetings[0].Day <= day {
			m := meetings[0]
			meetings = meetings[1:]
			err := do("", func(tx *ledger.Tx) error {
				_, err := consult.NoteMeeting(tx, consult.Meeting{Edition: edition, Title: m.Title, Place: m.Place,
					Date: opens.AddDate(0, 0, m.Day).Format("2006-01-02"), Notes: m.Notes})
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	for _, x := range c.Contributions {
		for _, by := range x.Supports {
			if err := do(people[by], func(tx *ledger.Tx) error { return consult.Support(tx, ids[x.Key], true) }); err != nil {
				return fmt.Errorf("demo: support of %s: %w", x.Key, err)
			}
		}
	}
	return nil
}

// prepare accredits people and opens the edition.
func (h *house) prepare(c *demo.Congress, opens time.Time, do func(string, func(*ledger.Tx) error) error) (people map[string]string, edition string, axes map[string]string, err error) {
	towns := map[string]consult.Collectivity{}
	for _, t := range c.Towns {
		towns[t.Code] = consult.Collectivity{Code: t.Code, Name: t.Name, Department: t.Department, DepartmentName: t.DepartmentName, Population: t.Population}
	}
	people, axes = map[string]string{}, map[string]string{}
	err = do("", func(tx *ledger.Tx) error {
		for _, e := range c.Elus {
			id, _, err := consult.Accredit(tx, consult.Person{FirstName: e.FirstName, LastName: e.LastName, Email: e.Email,
				Mandate: e.Mandate, Town: towns[e.Town], Role: consult.Role(e.Role)})
			if err != nil {
				return err
			}
			people[e.Key] = id
		}
		return nil
	})
	if err != nil {
		return nil, "", nil, err
	}
	ed := consult.Edition{Title: c.Title, Opens: opens, Closes: opens.AddDate(0, 0, demo.LaterFrom+9).Add(12 * time.Hour),
		Readers: consult.ReadPublic, Names: consult.ByName, Licence: "Licence Ouverte 2.0"}
	for _, a := range c.Axes {
		ed.Axes = append(ed.Axes, consult.Axis{Title: a.Title, Question: a.Question})
		axes[a.Key] = a.Title
	}
	err = do("", func(tx *ledger.Tx) (err error) {
		edition, err = consult.OpenEdition(tx, ed)
		return err
	})
	return people, edition, axes, err
}
