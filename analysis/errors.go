package analysis

import (
	"errors"
	"fmt"
)

// What [Run] and [Revise] refuse. Their text is French and says what to do.
var (
	ErrEmpty     = errors.New("le corpus ne contient aucun texte\u00a0: vérifiez la colonne des textes")
	ErrDuplicate = errors.New("plusieurs textes portent le même identifiant\u00a0: chaque texte doit avoir le sien")
	ErrNoID      = errors.New("un texte n’a pas d’identifiant\u00a0: chaque texte doit avoir le sien")
	ErrThemes    = errors.New("le nombre de thèmes doit être compris entre 1 et 500 (ou 0 pour laisser le corpus en décider)")
	ErrView      = errors.New("vue inconnue\u00a0: choisissez «\u00a0fused\u00a0» ou «\u00a0lexical\u00a0»")
	ErrGuides    = errors.New("les axes guidés ne peuvent pas être suivis")
	ErrReport    = errors.New("ce rapport ne correspond pas à ce corpus\u00a0: relancez l’analyse")
)

// MaxThemes is the highest number of themes that can be asked for.
const MaxThemes = 500

func (s Settings) check() error {
	if s.Themes < 0 || s.Themes > MaxThemes {
		return ErrThemes
	}
	switch s.View {
	case "", "fused", "lexical":
		return s.checkGuides()
	}
	return fmt.Errorf("%w (reçu «\u00a0%s\u00a0»)", ErrView, s.View)
}
