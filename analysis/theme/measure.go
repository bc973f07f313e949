package theme

// A Measure says how often a nature is right: of Said sentences that [NatureOf] gave it,
// Right have it for a person too.
type Measure struct {
	Nature      string
	Right, Said int
}

// Percent is the precision in whole percents.
func (m Measure) Percent() int { return (100*m.Right + m.Said/2) / m.Said }

// Measured on that day, on those sentences: the ones of testdata/natures.tsv that are
// held out, those of testdata/natures_other.tsv and of natures_unseen.tsv. TestMeasures counts again.
const (
	MeasuredOn   = "30 novembre 2026"
	MeasuredWith = "385 phrases de consultations, de presse et de récits, dont celles et ceux qui font ce logiciel ont noté la nature, sans second avis indépendant"
)

// Measures are the figures of that day, one a nature.
func Measures() []Measure {
	return []Measure{{Fact, 160, 207}, {Proposal, 117, 132}, {Question, 18, 20}, {Witness, 23, 26}}
}
