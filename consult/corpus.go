package consult

import (
	"cmp"
	"strconv"
	"time"

	"github.com/villes-internet/congres/corpora"
)

// Corpus is what the analysis reads of an edition: every contribution that is
// neither hidden nor erased, in the order in which they came.
func (s *State) Corpus(edition string) corpora.Corpus {
	e := s.editions[edition]
	if e == nil {
		return corpora.Corpus{}
	}
	c := corpora.Corpus{Name: e.Title}
	for _, id := range s.order[edition] {
		x := s.contributions[id]
		if x.Erased || x.Hidden != "" {
			continue
		}
		v := map[string]string{
			corpora.VarSource:  string(x.Source),
			corpora.VarSupport: strconv.Itoa(len(x.Supports)),
			corpora.VarDate:    x.At().Format(time.RFC3339),
		}
		if under := e.Under(x); under != "" {
			v[corpora.VarAxis] = under
		}
		if p := s.people[x.Author]; p != nil && !p.Erased {
			v[corpora.VarAuthor] = p.ID
			if office := p.Office(); office != "" {
				v[corpora.VarMandate] = office
			}
			if p.Town.Name != "" {
				v[corpora.VarCommune] = cmp.Or(p.Town.Name, p.Town.Code)
				v[corpora.VarDepartment] = p.Town.Department
				v[corpora.VarSize] = p.Town.Size()
			}
		}
		c.Documents = append(c.Documents, corpora.Document{ID: x.ID, Version: x.Version(), Text: x.Text(), Variables: v})
	}
	return c
}
