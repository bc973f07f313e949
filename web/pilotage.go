package web

import "github.com/villes-internet/congres/consult"

func (s *Server) routeSteering(on register) {
	on("GET /pilotage", (*visit).steering)
}

func (v *visit) steering() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	return v.page("pilotage.html", "Pilotage", nil)
}
