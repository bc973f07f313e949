package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/analysis/paper"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// tellRuns passes the progress of analyses to the staff's pages.
func (s *Server) tellRuns() {
	events, cancel := s.Desk.Watch()
	defer cancel()
	for {
		select {
		case <-s.ctx.Done():
			return
		case e, ok := <-events:
			if !ok {
				return
			}
			f := frameOut{Kind: "analysis.progress", Run: e.Run, Stage: e.Stage, Done: e.Done, Total: e.Total}
			if e.Total > 0 {
				f.Percent = 100 * e.Done / e.Total
			}
			if e.Finished {
				f.Kind = "analysis.done"
				f.Error = runProblem(e.Err)
			}
			s.live.send(f, s.isStaff)
		}
	}
}

func (s *Server) isStaff(person string) (yes bool) {
	s.view(func(st *consult.State) { yes = st.Role(person) == consult.Staff })
	return yes
}

// edition is the current one's identifier, ErrNotFound before the first.
func (v *visit) edition() (id string, err error) {
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil {
			id = e.ID
		} else {
			err = consult.ErrNotFound
		}
	})
	return id, err
}

func (v *visit) workshop() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	return v.workshopPage(http.StatusOK, "", "")
}

// workshopPage is the workshop with why what was asked for was refused, "" when
// nothing was, and the number of themes that was typed.
func (v *visit) workshopPage(status int, problem, themes string) error {
	var data struct {
		Running  string
		Stage    string
		Percent  int
		Report   *analysis.Report
		Changes  desk.Changes
		History  []decision
		New      int // contributions since the newest run
		Key      string
		Problem  string // why the run that was asked for came to nothing
		Themes   string // how many were asked for, as typed
		Unplaced int
		Share    map[string]int
		Total    int
		Axes     []guidedAxis
		Figures  figures
		Formerly map[string]string // what themes under a name of the machine's were called before
	}
	data.Key, data.Problem, data.Themes = store.NewID(), problem, themes
	show := func() error { return v.render(status, "atelier.html", "Atelier", data) }
	edition, err := v.edition()
	if err != nil {
		return show()
	}
	if run, of := v.s.Desk.Running(); of == edition && run != "" {
		stage, done, total, _, _ := v.s.Desk.Progress(run)
		data.Running, data.Stage = run, stage
		if total > 0 {
			data.Percent = 100 * done / total
		}
	}
	if problem == "" {
		data.Problem = v.s.came(edition, v.r.URL.Query().Get("analyse"))
	}
	ctx := v.r.Context()
	history, err := v.s.Desk.History(ctx, edition)
	if err != nil {
		return err
	}
	data.History = v.decisions(history)
	v.s.view(func(st *consult.State) { data.Total = st.Count(edition).Contributions })
	data.New = data.Total
	data.Report, err = v.s.Desk.Report(ctx, edition)
	switch {
	case errors.Is(err, desk.ErrNoRun):
		data.Axes = v.s.guidedAxes(edition, nil)
		return show()
	case err != nil:
		return err
	}
	if runs := v.s.Desk.Runs(edition); len(runs) > 0 {
		data.New = max(0, data.Total-data.Report.Corpus.Documents)
	}
	if data.Changes, err = v.s.Desk.Changes(ctx, edition); err != nil {
		return err
	}
	if data.Formerly, err = v.s.Desk.Formerly(ctx, edition); err != nil {
		return err
	}
	data.Axes, data.Figures = v.s.guidedAxes(edition, data.Report), figuresOf(data.Report)
	for _, s := range data.Report.Segments {
		if s.Theme == "" {
			data.Unplaced++
		}
	}
	data.Share = barsOf(data.Report)
	return show()
}

// came says what a run came to, "" when it goes on or was kept.
func (s *Server) came(edition, run string) string {
	if _, _, _, finished, err := s.Desk.Progress(run); finished {
		return runProblem(err)
	}
	now, _ := s.Desk.Running()
	kept := slices.ContainsFunc(s.Desk.Runs(edition), func(r *desk.Run) bool { return r.ID == run })
	if run == "" || now == run || kept || !s.Alone { // where nodes share the store, it may go on at another
		return ""
	}
	return "L’analyse a été interrompue par un arrêt du serveur\u00a0: les thèmes sont restés ce qu’ils étaient. Lancez-la de nouveau."
}

// runProblem is why a run was not kept, in a sentence.
func runProblem(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return "L’analyse a été arrêtée\u00a0: les thèmes sont restés ce qu’ils étaient."
	}
	if _, sentence := explain(err); sentence != "" {
		return sentence
	}
	return "L’analyse n’a pas abouti\u00a0: les thèmes sont restés ce qu’ils étaient. Lancez-la de nouveau."
}

// A decision is one of the history, with who took it.
type decision struct {
	desk.Decision
	Who string
}

// maxHistory bounds the decisions that one page shows: the newest.
const maxHistory = 100

// decisions are those of an edition, the newest first.
func (v *visit) decisions(all []desk.Decision) (out []decision) {
	v.s.view(func(st *consult.State) {
		for _, d := range slices.Backward(all[max(0, len(all)-maxHistory):]) {
			who := "la ligne de commande"
			if p := st.Person(d.Actor); p != nil {
				who = p.Name()
			}
			out = append(out, decision{d, who})
		}
	})
	return out
}

func (v *visit) startRun() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	edition, err := v.edition()
	if err != nil {
		return err
	}
	typed := strings.ToValidUTF8(strings.TrimSpace(v.r.FormValue("themes")), "\uFFFD")
	settings := analysis.Settings{}
	if typed != "" && typed != "auto" {
		settings.Themes, err = strconv.Atoi(typed)
		if err != nil || settings.Themes < 2 || settings.Themes > 60 {
			return v.workshopPage(http.StatusUnprocessableEntity, "Le nombre de thèmes va de 2 à 60\u202f; laissez vide pour que l’analyse en décide.", typed)
		}
	}
	run, err := v.s.Desk.Start(v.r.Context(), v.id(), edition, settings)
	var field *consult.FieldError
	switch {
	case errors.Is(err, desk.ErrRunning), errors.As(err, &field):
		status, sentence := explain(err)
		return v.workshopPage(status, sentence, typed)
	case err != nil:
		return err
	}
	return v.redirect("/atelier?analyse=" + run)
}

func (v *visit) stopRun() error {
	run := v.r.FormValue("analyse")
	if err := v.s.Desk.Cancel(v.r.Context(), v.id(), run); err != nil {
		return err
	}
	return v.redirect("/atelier?analyse=" + url.QueryEscape(run))
}

// returnToRun has an earlier analysis be today's again.
func (v *visit) returnToRun() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	if err := v.s.Desk.Return(v.r.Context(), v.id(), edition, v.r.FormValue("analyse"), v.r.FormValue("cle")); err != nil {
		return err
	}
	return v.redirect("/atelier?fait=revenu")
}

func (v *visit) undo() error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	seq, err := strconv.ParseUint(v.r.FormValue("seq"), 10, 64)
	if err != nil {
		return consult.ErrNotFound
	}
	if err := v.s.Desk.Undo(v.r.Context(), v.id(), edition, seq, v.r.FormValue("cle")); err != nil {
		return err
	}
	return v.redirect("/atelier?fait=annule")
}

// reportFile downloads one of the report's files.
func (v *visit) reportFile() error {
	if err := v.need(consult.Staff, consult.Rapporteur); err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name := path.Base(v.r.URL.Path)
	kind, csv := "", true
	switch name {
	case "rapport.html":
		kind, csv, err = "text/html; charset=utf-8", false, r.WriteHTML(&b)
		v.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups")
	case "rapport.json":
		kind, csv, err = "application/json", false, r.WriteJSON(&b)
	case "rapport.pdf":
		kind, csv, err = "application/pdf", false, paper.PDF(&b, r, PrintFonts())
	case "rapport.docx":
		kind, csv, err = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, paper.DOCX(&b, r)
	case "rapport.xlsx":
		kind, csv, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, paper.XLSX(&b, r)
	case "carte.opml":
		kind, csv, err = "text/x-opml; charset=utf-8", false, r.WriteOPML(&b)
	case "carte.mm":
		kind, csv, err = "application/x-freemind", false, r.WriteFreeplane(&b)
	case "themes.csv":
		err = r.WriteThemes(&b)
	case "segments.csv":
		err = r.WriteSegments(&b)
	default:
		err = r.WriteDocuments(&b)
	}
	if err != nil {
		return err
	}
	if csv {
		return v.sheet(name).copySheet(&b)
	}
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	http.ServeContent(v.w, v.r, "", v.s.now(), bytes.NewReader(b.Bytes()))
	return nil
}
