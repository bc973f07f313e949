// Package analysis turns a corpus into themes that people can understand,
// defend and correct.
//
// [Run] cuts every document into segments (sentence-sized pieces, each an
// exact span of its author's words), groups them into themes, says what sets
// each theme apart (χ² of its words against the rest of the corpus), ranks the
// verbatims that speak best for it, and keeps what it could not place in sight
// as unclassified. [Revise] describes again a partition that people corrected:
// it never regroups anything by itself. A run may follow an earlier one
// ([Settings].Previous, [Report.Priors]): a theme that continues keeps its identifier,
// its name, its axis and its place on the map, for people have learnt them.
//
// A report also says what stands above themes ([Axis]) and within them
// ([Subtheme]), who speaks of what ([Variable], [Share]), and how other methods read
// the same segments ([Second], [Plane], [Network], [Bare]): a theme that they find
// too owes less to ours. People may say which themes they expect ([Guide]).
//
// What always holds: the same corpus, settings and seed give the same bytes,
// whatever the number of processors; every figure can be led back to segments,
// and every segment to the bytes of a document; a [Report] is never changed
// once it has been returned.
//
// It deliberately knows neither accounts, nor stores, nor HTTP: it works on
// anybody's corpus. People's decisions live in package desk.
package analysis
