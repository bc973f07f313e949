// Package demo is a congress to look around in: the Congrès national des
// élu·es au numérique, where élus of twelve communes prepare a motion on local
// digital public policy.
//
// Everything in it was invented for this project: no town, person, place or
// sentence comes from anywhere else. The départements exist, the communes do
// not; their codes begin with X, as no INSEE code does, and every e-mail
// address ends in .example (RFC 2606 §2), so that nothing sent to it arrives.
//
// Its data lies in data, one JSON object a line: what each commune's élus
// wrote is in a file of its own. elus.csv is the same people in the form of a
// spreadsheet that staff would import. The texts are as people type them, some
// with a word processor's typography, some from a phone without an accent;
// they are not to be corrected.
//
// A first analysis is meant to run on what was written before [LaterFrom], a
// second one on that and what came later, which brings a new subject.
// testdata/subjects.csv says which subject each contribution was written
// about, for tests that judge an analysis; the program never sees it.
package demo
