package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// A notedPoint is a point of the notes, and what importing it would do.
type notedPoint struct{ Text, Do string }

// A notedTitle is a line that reads like a title, and whether it is a point too.
type notedTitle struct {
	consult.Statement
	Taken bool
}

// shownTitles bounds how many are offered.
const shownTitles = 200

// noteForm is the form for a meeting: whatever goes wrong, what was typed stays
// in it.
type noteFormData struct {
	Meeting    consult.Meeting
	Each       bool // of the points a contribution
	Key        string
	Problem    string
	Shown      bool // staff have seen which lines are read as titles
	Previewed  bool
	Statements []notedPoint
	Titles     []notedTitle
	Taken      []string // titles that are points too
	Meetings   []*consult.Meeting
	Ready      bool
}

func (v *visit) noteForm() error {
	f := noteFormData{Key: store.NewID()}
	if id := v.r.URL.Query().Get("id"); id != "" {
		var m *consult.Meeting
		v.s.view(func(st *consult.State) { m = st.Meeting(id) })
		if m == nil {
			return consult.ErrNotFound
		}
		f.Meeting = *m
	}
	return v.notePage(http.StatusOK, f)
}

func (v *visit) notePage(status int, f noteFormData) error {
	v.s.view(func(st *consult.State) {
		e := st.Current(v.s.now())
		if f.Ready = e != nil; !f.Ready {
			return
		}
		f.Meetings = st.Meetings(e.ID)
		slices.Reverse(f.Meetings)
		f.Meetings = f.Meetings[:min(len(f.Meetings), 200)]
		if f.Previewed {
			for _, s := range consult.Statements(f.Meeting.Notes) {
				if s.Title && len(f.Titles) < shownTitles {
					f.Titles = append(f.Titles, notedTitle{s, slices.Contains(f.Taken, s.ID())})
				}
			}
			for _, row := range f.points(f.Meeting.ID) {
				f.Statements = append(f.Statements, notedPoint{row.Text, st.Known(e.ID, consult.MeetingOrigin(f.Meeting.ID), row)})
			}
		}
	})
	title := "Les rencontres et leurs notes"
	if f.Meeting.ID != "" {
		title = "Modifier une rencontre"
	}
	return v.render(status, "pilotage-rencontres.html", title, f)
}

// points are what of the notes becomes contributions: without the titles that staff
// were shown and did not take.
func (f *noteFormData) points(meeting string) []consult.Imported {
	return consult.ReadStatements(meeting, slices.DeleteFunc(consult.Statements(f.Meeting.Notes), func(s consult.Statement) bool {
		return s.Title && f.Shown && !slices.Contains(f.Taken, s.ID())
	}))
}

// noteMeeting keeps a meeting and, when asked, makes each point of its notes a
// contribution: in one command.
func (v *visit) noteMeeting() error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, corpora.MaxUpload+maxForm)
	if err := v.r.ParseMultipartForm(maxForm); err != nil && err != http.ErrNotMultipart {
		return err
	}
	if v.r.MultipartForm != nil {
		defer v.r.MultipartForm.RemoveAll()
	}
	get := v.r.PostFormValue
	f := noteFormData{Key: get("cle"), Each: get("tirets") != "", Meeting: consult.Meeting{
		ID: get("id"), Title: get("titre"), Place: get("lieu"), Date: get("date"), Notes: get("notes"),
	}}
	f.Taken, f.Shown = v.r.PostForm["pris"], get("titres") != ""
	f.Taken = f.Taken[:min(len(f.Taken), shownTitles)]
	again := func(err error) error {
		status, sentence := explain(err)
		if sentence == "" {
			return err
		}
		f.Problem = sentence
		return v.notePage(status, f)
	}
	if err := v.notesFile(&f.Meeting); err != nil {
		return again(err)
	}
	if get("geste") == "apercu" {
		f.Previewed, f.Shown = true, true
		return v.notePage(http.StatusOK, f)
	}
	edition := ""
	v.s.view(func(st *consult.State) {
		if m := st.Meeting(f.Meeting.ID); m != nil {
			edition = m.Edition
		} else if e := st.Current(v.s.now()); e != nil {
			edition = e.ID
		}
	})
	if edition == "" {
		return again(&consult.FieldError{Field: "edition", Problem: "Ouvrez d’abord l’édition\u00a0: une rencontre en fait partie."})
	}
	f.Meeting.Edition = edition
	_, err := v.do(f.Key, func(tx *ledger.Tx) error {
		id, err := consult.NoteMeeting(tx, f.Meeting)
		if err != nil || !f.Each {
			return err
		}
		_, err = consult.Import(tx, edition, consult.MeetingOrigin(id), f.points(id))
		return err
	})
	if err != nil {
		return again(err)
	}
	return v.redirect("/pilotage/rencontres?fait=rencontre")
}

// notesFile takes the notes from a file, where one was sent.
func (v *visit) notesFile(m *consult.Meeting) error {
	if v.r.MultipartForm == nil || len(v.r.MultipartForm.File["fichier"]) == 0 {
		return nil
	}
	header := v.r.MultipartForm.File["fichier"][0]
	if header.Filename == "" || header.Size == 0 {
		return nil
	}
	if strings.TrimSpace(m.Notes) != "" {
		return &consult.FieldError{Field: "fichier", Problem: "Vous avez écrit des notes et joint un fichier\u00a0: gardez l’un des deux. Videz les notes pour prendre celles du fichier."}
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	done, err := v.s.steering.alone(v.r.Context())
	if err != nil {
		return err
	}
	defer done()
	m.Notes, err = corpora.ReadNotes(header.Filename, file, corpora.Limits{})
	return err
}
