package french

// A slot is where a word may stand: its part of speech, told finer where that
// decides what may stand beside it.
type slot uint8

const (
	edge slot = iota // of the sentence
	noun
	proper
	adjective
	determiner
	preposition
	subject // je, il, qui, ce
	clitic  // ne, se, le, y before a verb
	pronoun // the others
	finite
	auxiliary // finite être or avoir
	infinitive
	past
	present
	adverb
	coordinating
	subordinating
	numeral
	punctuation
	slots int = iota
)

// unlikely is what a pair costs that the table does not name.
const unlikely = 4

// follows is what it costs that a slot comes after another, in the order of
// the table's words: 0 where nothing is more usual. The figures are ours, from
// what grammars say may stand beside what.
var follows = func() (table [slots][slots]float32) {
	for from := range table {
		for to := range table[from] {
			table[from][to] = unlikely
		}
	}
	set := func(from []slot, costs map[float32][]slot) {
		for _, f := range from {
			for cost, to := range costs {
				for _, t := range to {
					table[f][t] = cost
				}
			}
		}
	}
	type costs = map[float32][]slot
	set([]slot{edge, punctuation}, costs{
		0:   {edge, determiner, preposition, subject, adverb, coordinating, subordinating, punctuation, pronoun},
		.5:  {proper, numeral, present, noun},
		1:   {adjective, infinitive, past, clitic},
		1.5: {finite, auxiliary}})
	set([]slot{determiner}, costs{
		0: {noun}, .4: {adjective}, .6: {numeral, proper}, 1: {pronoun, determiner}, 2: {adverb, past}, 3: {punctuation}, 6: {finite, auxiliary, infinitive, preposition, subject, clitic}})
	set([]slot{preposition}, costs{
		0: {determiner, noun}, .3: {proper, infinitive, numeral, pronoun}, .8: {present, subordinating, clitic}, 1.2: {adjective, adverb, preposition}, 3: {past, punctuation, subject}, 6: {finite, auxiliary}})
	set([]slot{noun}, costs{
		0: {preposition, punctuation, edge}, .3: {adjective, coordinating, past}, .6: {auxiliary, subordinating, subject, adverb, pronoun}, .9: {finite}, 1: {clitic, present, proper, numeral}, 1.8: {determiner, noun}, 3: {infinitive}})
	set([]slot{proper}, costs{
		0: {preposition, punctuation, edge, proper}, .5: {coordinating, finite, auxiliary, past, clitic}, .8: {subordinating, subject, adverb, pronoun, numeral, adjective}, 1.5: {determiner, noun, present}, 3: {infinitive}})
	set([]slot{adjective}, costs{
		0: {preposition, punctuation, edge}, .3: {noun, coordinating}, .5: {adjective}, .8: {finite, auxiliary, subordinating, subject, adverb, past, pronoun}, 1.2: {clitic, proper, present, numeral}, 2: {determiner, infinitive}})
	set([]slot{subject}, costs{
		0: {finite, auxiliary, clitic}, 1.5: {adverb, subject, punctuation}, 2: {pronoun, determiner, preposition}, 3: {noun, adjective, past}, 5: {infinitive}})
	set([]slot{clitic}, costs{
		0: {finite, auxiliary, clitic}, .2: {infinitive}, .5: {present}, 1.5: {adverb}, 3: {punctuation, past}, 5: {noun, adjective, proper}})
	set([]slot{pronoun}, costs{
		0: {preposition, punctuation, edge}, .3: {finite, auxiliary, subject, clitic, coordinating}, .5: {determiner, adverb, past, subordinating}, 1: {adjective, pronoun, proper, numeral, infinitive}, 1.3: {noun}})
	set([]slot{finite}, costs{
		0: {determiner, preposition, punctuation, edge}, .2: {adverb, infinitive, subordinating}, .6: {adjective, pronoun, coordinating}, 1.1: {past}, .9: {subject, noun, proper, numeral, present}, 1.5: {clitic}, 5: {finite, auxiliary}})
	set([]slot{auxiliary}, costs{
		0: {past}, .2: {adverb, determiner, preposition}, .4: {adjective, punctuation}, .8: {pronoun, subject, subordinating, numeral, coordinating, edge}, 1: {noun, proper}, 1.5: {infinitive, clitic}, 5: {finite, auxiliary}})
	set([]slot{infinitive}, costs{
		0: {determiner, preposition, punctuation, edge}, .3: {adverb, coordinating, subordinating}, .7: {past, pronoun, noun, adjective}, 1: {infinitive, proper, numeral, subject, clitic}, 2.5: {finite, auxiliary}})
	set([]slot{past}, costs{
		0: {preposition, punctuation, edge}, .3: {determiner, adverb, coordinating, subordinating}, .8: {infinitive, noun, adjective, pronoun, subject, past}, 1.2: {proper, numeral, finite, auxiliary, clitic}})
	set([]slot{present}, costs{
		0: {determiner, preposition, punctuation, edge}, .3: {adverb, coordinating, past}, .8: {infinitive, noun, adjective, pronoun, subordinating}, 1.2: {proper, numeral, finite, auxiliary, clitic}})
	set([]slot{adverb}, costs{
		0: {preposition, punctuation, edge}, .3: {adjective, past, determiner, adverb}, .5: {finite, auxiliary, infinitive, subject, coordinating, subordinating}, .8: {clitic, numeral, pronoun, present}, 1.3: {noun, proper}})
	set([]slot{coordinating}, costs{
		0: {determiner, preposition, noun}, .3: {adjective, adverb, subject, proper, pronoun}, .6: {finite, auxiliary, infinitive, past, subordinating, clitic, numeral, present}, 1: {punctuation}})
	set([]slot{subordinating}, costs{
		0: {subject, determiner}, .4: {preposition, adverb, proper, pronoun, clitic}, .8: {noun, adjective, numeral, punctuation, finite, auxiliary}, 1.2: {infinitive, past, present, coordinating}})
	set([]slot{numeral}, costs{
		0: {noun}, .3: {punctuation, edge, numeral}, .6: {preposition, adjective, coordinating, proper}, 1: {adverb, finite, auxiliary, past, subordinating, subject, pronoun}, 2: {determiner, clitic}})
	return table
}()
