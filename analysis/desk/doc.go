// Package desk is the staff's workbench: it keeps the runs of the analysis and
// what people decided over them.
//
// A run's report is a file of the store; the fact run.kept says where. What
// people decide afterwards (rename, merge, split, move, freeze, place under an
// axis), and beforehand (an axis that guides the runs), is a fact each: attributed, dated, and undone by another fact, never
// taken away. [Desk.Report] is the newest run with every decision that stands
// applied, described again by the analysis.
//
// What always holds: decisions stand through the next run, for they are applied
// over its result again, whatever the machine grouped; the machine is told of
// them as well (analysis.Prior), so that themes keep their identifiers. Merged
// themes stay apart in what the machine is told, which is why a merge can still
// be undone ten runs later; it is told that they were joined, and gives them back
// joined. Decisions on what is no longer there (a sentence
// that its author changed, a theme that is gone) say nothing and wait. What was
// erased or hidden is in no report that the desk hands out; what was erased
// leaves the kept files too ([Desk.Purge]).
//
// Themes' identifiers are minted here and nowhere else, at random: the
// analysis only numbers the ones it finds new.
//
// Vocabulary: décision Decision, figer Freeze, axe or enjeu Place, atelier Desk.
//
// It deliberately knows neither how themes are found, nor the motion, nor HTTP.
package desk
