package desk

import (
	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/store"
)

// Kinds of facts. The subject of a run's is the run, that of a decision its
// theme, the contribution whose segment, or the first of whose segments, was moved,
// or the axis that guides the runs.
const (
	kindRun     = "run.kept"
	kindPurged  = "run.purged"
	kindRenamed = "theme.renamed"
	kindMerged  = "theme.merged"
	kindSplit   = "theme.split"
	kindMoved   = "segment.moved"
	kindFrozen  = "theme.frozen"
	kindThawed  = "theme.thawed"
	kindPlaced  = "theme.placed"
	kindUndone  = "decision.undone"

	kindGiven     = "axis.given"
	kindWithdrawn = "axis.withdrawn"
	kindCleared   = "axis.cleared" // of seeds that somebody erased had written
)

// Decided says whether a fact of this kind changes an edition's themes or the axes
// that guide its runs: what shows them is then of before.
func Decided(kind string) bool {
	switch kind {
	case kindRun, kindRenamed, kindMerged, kindSplit, kindMoved, kindFrozen, kindThawed, kindPlaced, kindGiven, kindWithdrawn, kindCleared, kindUndone:
		return true
	}
	return false
}

// Kinds of the consultation that change what a report may show.
const (
	kindHidden = "contribution.hidden"
	kindShown  = "contribution.shown"
	kindErased = "person.erased"
)

type runData struct {
	Edition string       `cbor:"edition"`
	After   string       `cbor:"after"` // the edition's run before, "" for its first
	Blob    string       `cbor:"blob"`
	Hash    store.Hash   `cbor:"hash"`
	Started int64        `cbor:"started"` // UTC milliseconds
	Heard   uint64       `cbor:"heard"`   // the last fact whose decisions the run was told
	Using   settingsData `cbor:"settings"`
	Counts  countsData   `cbor:"counts"`
	Themes  []string     `cbor:"themes"`
	Purged  bool         `cbor:"purged,omitempty"` // somebody was erased while it ran
	Back    string       `cbor:"back,omitempty"`   // the run that it returns to
}

type settingsData struct {
	Themes int    `cbor:"themes"`
	View   string `cbor:"view"`
	Seed   uint64 `cbor:"seed"`
}

type countsData struct {
	Documents int `cbor:"documents"`
	Segments  int `cbor:"segments"`
	Authors   int `cbor:"authors"`
	Communes  int `cbor:"communes"`
	Unplaced  int `cbor:"unplaced"`
}

func counts(s analysis.Summary) countsData {
	return countsData{s.Documents, s.Segments, s.Authors, s.Communes, s.Unplaced}
}

type purgedData struct {
	Edition string     `cbor:"edition"`
	Old     string     `cbor:"old"` // the blob that goes
	Blob    string     `cbor:"blob"`
	Hash    store.Hash `cbor:"hash"`
}

// decisionData is every decision's; each kind fills its own fields. It holds
// no word of a contribution but what somebody typed over: [EraseSeeds] sees to
// those of seeds.
type decisionData struct {
	Edition string  `cbor:"edition"`
	Label   string  `cbor:"label,omitempty"` // renamed, split; the axis' name when given or withdrawn
	Into    string  `cbor:"into,omitempty"`  // merged: the theme that the subject joined
	To      string  `cbor:"to,omitempty"`    // moved: "" for unclassified
	Moves   []moved `cbor:"moves,omitempty"` // moved, split
	Axis    string  `cbor:"axis,omitempty"`  // placed
	Undoes  uint64  `cbor:"undoes,omitempty"`

	Seeds []string `cbor:"seeds,omitempty"` // given
}

// moved are segments that left one theme, merges aside.
type moved struct {
	From     string   `cbor:"from"` // "": unclassified
	Segments []string `cbor:"segments"`
}
