package main

import (
	"context"
	"fmt"
	"io"

	"github.com/villes-internet/congres/consult"
)

const manualInvite = `RÔLE est élu, rapporteur ou équipe. C'est ainsi qu'entre la première personne
de l'équipe. L'adresse du lien suit --public-url.`

func invite(ctx context.Context, h *house, args []string, _ io.Reader, out io.Writer) error {
	f := newFlags("invite")
	public := f.String("public-url", "http://127.0.0.1:8080", "")
	if err := f.parse(args); err != nil {
		return err
	}
	if len(f.rest) != 2 {
		return usagef("Donnez un rôle et une adresse électronique.")
	}
	role, ok := consult.ParseRole(f.rest[0])
	if !ok {
		return usagef("Le rôle « %s » n'existe pas : élu, rapporteur ou équipe.", f.rest[0])
	}
	token, err := h.access.Invite(ctx, "", role, f.rest[1])
	if err != nil {
		return err
	}
	if h.public != "" {
		*public = h.public
	}
	fmt.Fprintf(out, "%s/entrer/%s\n", *public, token)
	return nil
}
