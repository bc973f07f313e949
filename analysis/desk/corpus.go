package desk

import (
	"context"

	"github.com/villes-internet/congres/corpora"
)

// Corpus is what the newest run read, without what is hidden or erased now, with
// the themes of each contribution among its variables: for those who carry on in
// another program. It bears what each says of its author, and is for staff.
// Errors: consult.ErrForbidden, those of Report.
func (d *Desk) Corpus(ctx context.Context, actor, edition string) (corpora.Corpus, error) {
	if err := d.staff(actor); err != nil {
		return corpora.Corpus{}, err
	}
	report, err := d.Report(ctx, edition)
	if err != nil {
		return corpora.Corpus{}, err
	}
	return report.Themed(d.moment(edition, true).read(report)), nil
}
