package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
)

const manualInvite = `RÔLE est élu, rapporteur ou équipe. C’est ainsi qu’entre la première personne
de l’équipe. L’adresse du lien suit --public-url. Une personne déjà accréditée
garde son rôle s’il donne plus de droits, sinon elle reçoit celui-ci : dans les
deux cas une phrase le dit sur la sortie d’erreur. Un rôle se retire depuis la
page Pilotage.`

func invite(ctx context.Context, h *house, args []string, _ io.Reader, out io.Writer) error {
	f := newFlags("invite")
	public := f.String("public-url", "", "")
	if err := f.parse(args); err != nil {
		return err
	}
	at := h.public
	if at == "" {
		var err error
		if at, err = site(cmp.Or(*public, "http://127.0.0.1:8080")); err != nil {
			return err
		}
	}
	if len(f.rest) != 2 {
		return usagef("Donnez un rôle et une adresse électronique.")
	}
	role, ok := consult.ParseRole(f.rest[0])
	if !ok {
		return usagef("Le rôle « %s » n’existe pas : élu, rapporteur ou équipe.", f.rest[0])
	}
	in, err := h.access.Invite(ctx, "", role, f.rest[1])
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s/entrer/%s\n", at, in.Token)
	if h.public == "" && *public == "" && h.place.store != "" {
		if err := note(out, "Ce lien suppose un service à l’adresse "+at+"\u00a0: s’il répond ailleurs, donnez-la par --public-url, ou remplacez-la dans le lien."); err != nil {
			return err
		}
	}
	return note(out, invited(role, in))
}

// invited says what an invitation did beyond the link, "" when nothing.
func invited(asked consult.Role, in access.Invitation) string {
	names := map[consult.Role]string{consult.Elu: "élu·e", consult.Rapporteur: "rapporteur·e", consult.Staff: "de l’équipe"}
	switch {
	case in.Before == "", in.Before == in.Now && in.Now == asked:
		return ""
	case in.Now != in.Before:
		return fmt.Sprintf("Cette personne était %s\u00a0: elle est maintenant %s.", names[in.Before], names[in.Now])
	}
	return fmt.Sprintf("Cette personne est déjà %s et le reste\u00a0: une invitation ne retire aucun droit. Pour lui retirer ce rôle, ouvrez la page Pilotage, «\u00a0Accréditer et inviter\u00a0», puis «\u00a0Modifier\u00a0» sur sa ligne.", names[in.Now])
}
