package motion

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// A Thread is what people say to each other about some words of the draft,
// which bear the attribute `comment--ID`. It outlives these words. It is never
// published.
type Thread struct {
	ID       string
	Motion   string
	Comments []Comment // the oldest first
	Resolved bool
	By       string // Person.ID, who resolved or reopened it last
	Seq      uint64
}

// A Comment is one person's words in a thread.
type Comment struct {
	ID       string
	By       string // Person.ID
	At       time.Time
	Text     string   // who is mentioned stands in it as @{Person.ID}, see [Mentioning]
	Mentions []string // Person.ID
	Erased   bool
	seq      uint64
}

// Bounds of comments.
const (
	MaxComment  = 2000 // characters
	maxComments = 500  // of a thread
	maxThreads  = 2000 // of a motion
)

const (
	kindThread         = "motion.thread"
	kindComment        = "motion.comment"
	kindResolved       = "motion.thread.resolved"
	kindCommentsErased = "motion.comments.erased"
)

type threadData struct {
	Motion string `cbor:"motion"`
}

type commentData struct {
	Comment  string   `cbor:"comment"`
	Text     string   `cbor:"text"`
	Mentions []string `cbor:"mentions,omitempty"`
}

type resolvedData struct {
	Resolved bool `cbor:"resolved"`
}

type commentsErasedData struct {
	Facts []uint64 `cbor:"facts"` // whose data went
}

// Say begins a thread about words of the draft, or, where id names one, replies
// in it, which reopens it. Rapporteurs and staff may; a thread begins only in a
// text that may be written, for its words have to bear it.
func Say(tx *ledger.Tx, motion, id, text string) (thread string, err error) {
	m, err := writable(tx, motion)
	if err != nil {
		return "", err
	}
	text = strings.TrimSpace(legible(text))
	if n := utf8.RuneCountInString(text); n == 0 || n > MaxComment {
		return "", &consult.FieldError{Field: "texte", Problem: "Écrivez un commentaire de 2" + nnbsp + "000 caractères au plus" + nbsp + ": le vôtre en compte " + consult.Thousands(n) + "."}
	}
	state := ledger.Of[*State](tx)
	if id == "" {
		if m.Frozen {
			return "", ErrFrozen
		}
		if len(state.about[motion]) >= maxThreads {
			return "", &consult.FieldError{Field: "texte", Problem: "Cette motion a déjà 2" + nnbsp + "000 fils de commentaires" + nbsp + ": répondez dans l’un d’eux."}
		}
		id = store.NewID()
		tx.Emit(kindThread, 1, id, threadData{motion})
	} else {
		t := state.Thread(id)
		if t == nil || t.Motion != motion {
			return "", consult.ErrNotFound
		}
		if len(t.Comments) >= maxComments {
			return "", &consult.FieldError{Field: "texte", Problem: "Ce fil a déjà 500 réponses" + nbsp + ": ouvrez-en un autre."}
		}
		if t.Resolved {
			tx.Emit(kindResolved, 1, id, resolvedData{false})
		}
	}
	text, mentions := Mentioning(ledger.Of[*consult.State](tx), text)
	tx.Emit(kindComment, 1, id, commentData{store.NewID(), text, mentions})
	return id, nil
}

// Resolve closes a thread, or opens it again. Rapporteurs and staff may.
func Resolve(tx *ledger.Tx, motion, id string, resolved bool) error {
	if _, err := writable(tx, motion); err != nil {
		return err
	}
	t := ledger.Of[*State](tx).Thread(id)
	if t == nil || t.Motion != motion {
		return consult.ErrNotFound
	}
	if t.Resolved != resolved {
		tx.Emit(kindResolved, 1, id, resolvedData{resolved})
	}
	return nil
}

// Writers are those who may write motions, by name: whom a comment may mention.
func Writers(people *consult.State) []*consult.Person {
	out := slices.DeleteFunc(slices.Clone(people.People()), func(p *consult.Person) bool { return p.Erased || !MayEdit(people, p.ID) || p.Name() == "" })
	slices.SortFunc(out, func(a, b *consult.Person) int { return strings.Compare(a.Name()+a.ID, b.Name()+b.ID) })
	return out
}

// Mentioning puts @{Person.ID} where text says @ and the whole name of somebody
// who may write motions: so nobody's name is kept in another's words.
func Mentioning(people *consult.State, text string) (string, []string) {
	text = mention.ReplaceAllString(text, "@ {$1}") // only the house writes these
	writers := Writers(people)
	slices.SortStableFunc(writers, func(a, b *consult.Person) int { return len(b.Name()) - len(a.Name()) })
	var out strings.Builder
	var mentions []string
	for text != "" {
		at := strings.IndexByte(text, '@')
		if at < 0 {
			break
		}
		out.WriteString(text[:at])
		text = text[at:]
		i := slices.IndexFunc(writers, func(p *consult.Person) bool {
			rest, ok := cutFold(text[1:], p.Name())
			next, _ := utf8.DecodeRuneInString(rest)
			return ok && (rest == "" || !wordly(next))
		})
		if i < 0 {
			out.WriteByte('@')
			text = text[1:]
			continue
		}
		p := writers[i]
		out.WriteString("@{" + p.ID + "}")
		text, _ = cutFold(text[1:], p.Name())
		if !slices.Contains(mentions, p.ID) {
			mentions = append(mentions, p.ID)
		}
	}
	out.WriteString(text)
	return out.String(), mentions
}

// cutFold cuts name from the beginning of s, whatever its case.
func cutFold(s, name string) (rest string, ok bool) {
	n := 0
	for range name {
		if n >= len(s) {
			return s, false
		}
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
	}
	return s[n:], strings.EqualFold(s[:n], name)
}

var mention = regexp.MustCompile(`@\{([a-z0-9]+)\}`)

// Shown is the comment as it is read, with names where people are mentioned.
func (c *Comment) Shown(people *consult.State) string {
	return mention.ReplaceAllStringFunc(c.Text, func(s string) string {
		p := people.Person(s[2 : len(s)-1])
		if p == nil || p.Erased {
			return "@personne effacée"
		}
		return "@" + p.Name()
	})
}

// Thread returns nil when there is none.
func (s *State) Thread(id string) *Thread { return s.threads[id] }

// Threads are those of a motion, the oldest first.
func (s *State) Threads(motion string) []*Thread {
	var out []*Thread
	for _, id := range s.about[motion] {
		out = append(out, s.threads[id])
	}
	return out
}

// Mentions are the open threads in which a person was mentioned and has said
// nothing since, the newest first.
func (s *State) Mentions(person string) []*Thread {
	var out []*Thread
	for _, t := range s.threads {
		waits := false
		for _, c := range t.Comments {
			if c.By == person {
				waits = false
			} else if slices.Contains(c.Mentions, person) {
				waits = true
			}
		}
		if waits && !t.Resolved && s.motions[t.Motion] != nil {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *Thread) int { return int(b.Seq) - int(a.Seq) })
	return out
}

// applyThread folds a fact about comments.
func (s *State) applyThread(f *store.Fact) {
	change := func(fn func(*Thread)) {
		if old := s.threads[f.Subject]; old != nil {
			t := *old
			t.Comments = slices.Clone(t.Comments)
			fn(&t)
			s.threads[f.Subject] = &t
		}
	}
	switch f.Kind {
	case kindThread:
		var d threadData
		if read(f, &d) {
			s.threads[f.Subject] = &Thread{ID: f.Subject, Motion: d.Motion, Seq: f.Seq}
			s.about[d.Motion] = append(slices.Clip(s.about[d.Motion]), f.Subject)
		}
	case kindComment:
		var d commentData
		c := Comment{By: f.Actor, At: f.At(), seq: f.Seq}
		if read(f, &d) {
			c.ID, c.Text, c.Mentions = d.Comment, d.Text, d.Mentions
			s.words[f.Actor] = append(s.words[f.Actor], f.Seq)
		} else {
			c.Erased = true
		}
		change(func(t *Thread) { t.Comments = append(t.Comments, c) })
	case kindResolved:
		var d resolvedData
		if read(f, &d) {
			change(func(t *Thread) { t.Resolved, t.By = d.Resolved, f.Actor })
		}
	case kindCommentsErased:
		var d commentsErasedData
		if read(f, &d) {
			s.silence(func(c *Comment) bool { return slices.Contains(d.Facts, c.seq) })
		}
	}
}

// silence takes the words from comments.
func (s *State) silence(which func(*Comment) bool) {
	for id, old := range s.threads {
		if !slices.ContainsFunc(old.Comments, func(c Comment) bool { return !c.Erased && which(&c) }) {
			continue
		}
		t := *old
		t.Comments = slices.Clone(t.Comments)
		for i := range t.Comments {
			if c := &t.Comments[i]; which(c) {
				*c = Comment{By: c.By, At: c.At, Erased: true, seq: c.seq}
			}
		}
		s.threads[id] = &t
	}
}

// quoting are the comments that hold words of a person's contributions.
func (s *State) quoting(people *consult.State, person string) (facts []uint64) {
	said := people.Said(person)
	for _, t := range s.threads {
		for _, c := range t.Comments {
			if said.In(c.Text) {
				facts = append(facts, c.seq)
			}
		}
	}
	slices.Sort(facts)
	return facts
}
