package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// health answers machines: 200 when writes are taken, 503 and why when not.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	answer, status := map[string]any{"ok": true, "seq": s.Ledger.Head().Seq}, http.StatusOK
	err := s.Store.Healthy(ctx)
	if err == nil {
		err = s.Ledger.Failure()
	}
	if err != nil {
		_, why := explain(err)
		if why == "" {
			why = "Le serveur ne peut pas enregistrer."
		}
		answer, status = map[string]any{"ok": false, "pourquoi": why}, http.StatusServiceUnavailable
		s.Log.Error("not healthy", "error", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(answer)
}
