package room

import "fmt"

// How a connection ends. The code goes to the client in the websocket's close
// frame (RFC 6455 §7.4; 4000–4999 are an application's own).
//
//	code  why                                          reconnect
//	1001  the server stops                             yes
//	1009  a message far too large to be read           no
//	1013  too many people or texts are open            yes, later
//	4400  a frame that is not in the protocol          no
//	4401  not signed in (any more)                     no
//	4403  refused: may not read, or not write that     no
//	4408  does not read fast enough                    yes
//	4413  the text, or a frame, is too large           no
//	4500  the store failed                             yes
const (
	Stopping  = 1001
	TooBig    = 1009 // the websocket's own; rooms never say it
	Crowded   = 1013
	Malformed = 4400
	SignedOut = 4401
	Refused   = 4403
	TooSlow   = 4408
	Full      = 4413
	Failed    = 4500
)

// A Close is why a connection ended, as an error. Reason is French, and fits
// a close frame (123 bytes).
type Close struct {
	Code   int
	Reason string
}

func (c *Close) Error() string { return fmt.Sprintf("room: %d: %s", c.Code, c.Reason) }

// Reconnect is whether the client does well to come back by itself.
func (c *Close) Reconnect() bool { return Reconnect(c.Code) }

// Reconnect is whether a client that a connection of this code ended does
// well to come back by itself.
func Reconnect(code int) bool {
	switch code {
	case TooBig, Malformed, SignedOut, Refused, Full:
		return false
	}
	return true
}

// ending is a Close whose reason, if it is empty, is the code's own.
func ending(code int, reason string) *Close {
	if reason == "" {
		switch code {
		case Stopping:
			reason = "Le serveur redémarre\u00a0: vos mots sont gardés, la page revient d’elle-même."
		case Crowded:
			reason = "Trop de monde écrit en ce moment\u00a0: réessayez dans un instant."
		case Malformed:
			reason = "Message illisible\u00a0: rechargez la page."
		case SignedOut:
			reason = "Vous n’êtes plus connecté·e\u00a0: entrez de nouveau."
		case Refused:
			reason = "Vous ne pouvez pas écrire dans ce texte\u00a0: copiez vos mots, et transmettez-les à l’équipe."
		case TooSlow:
			reason = "La connexion est trop lente\u00a0: elle reprend d’elle-même."
		case Full:
			reason = "Le texte est trop long\u00a0: raccourcissez-le avant d’ajouter."
		case Failed:
			reason = "L’enregistrement a échoué\u00a0: vos mots restent sur cette page, elle réessaie."
		}
	}
	return &Close{code, short(reason)}
}

// short cuts a reason to what a close frame holds.
func short(s string) string {
	const limit = 123
	if len(s) <= limit {
		return s
	}
	end := 0
	for i := range s {
		if i > limit-len("…") {
			break
		}
		end = i
	}
	return s[:end] + "…"
}
