// Package consult holds the consultation's rules: editions and their calendar,
// élus and their accreditation, contributions and what supports them, meetings
// and imports.
//
// Each act is a method of [Consultation]: it checks who acts and when, on the
// server, and emits facts (decide); [State] is what folding the facts gives
// (apply). Words are kept exactly as they were written, but for line ends (a
// form sends CRLF, LF is kept) and invisible characters that control the display,
// which no one wrote on purpose. A changed text is a new version; every version stays.
//
// What others see of a person is decided in one place, [State.Signature].
//
// Erasing a person takes away the data of every fact that holds their name or
// words. The facts' headers stay, and state without data is folded as gone.
//
// Vocabulary: édition Edition, élu·e and staff Person, collectivité
// Collectivity, mandat Mandate, contribution Contribution, soutien Support,
// rencontre thématique Meeting.
//
// It deliberately knows neither themes, nor the motion, nor how people sign in.
package consult
