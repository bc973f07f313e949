package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"congres": func() { os.Exit(run()) }})
}

// TestStory tells the whole thread at the command line: read testdata/*.txtar
// as a manual.
func TestStory(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: storyCommands(),
		Setup: func(e *testscript.Env) error {
			shared, err := filepath.Abs("../../../shared/data")
			if err != nil {
				return err
			}
			e.Setenv("SHARED", shared)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "shared":
				_, err := os.Stat("../../../shared/data")
				return err == nil, nil
			}
			return false, nil
		},
	})
}

// storyCommands are what a story does besides running congres.
func storyCommands() map[string]func(*testscript.TestScript, bool, []string) {
	var ready = regexp.MustCompile(`prêt (http://\S+)`)
	return map[string]func(*testscript.TestScript, bool, []string){
		// serve [flags]: starts `congres serve` in the background and sets $URL.
		"serve": func(ts *testscript.TestScript, neg bool, args []string) {
			out := ts.MkAbs("serve.out")
			f, err := os.Create(out)
			ts.Check(err)
			defer f.Close()
			exe, err := exec.LookPath(filepath.Join(ts.Getenv("TESTSCRIPT_COMMAND_DIR"), "congres"))
			if err != nil {
				exe, err = lookIn(ts.Getenv("PATH"), "congres")
			}
			ts.Check(err)
			cmd := exec.Command(exe, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
			cmd.Dir, cmd.Stdout, cmd.Stderr = ts.MkAbs("."), f, f
			ts.Check(cmd.Start())
			gone := make(chan struct{})
			go func() { cmd.Wait(); close(gone) }()
			ts.Defer(func() { cmd.Process.Kill(); <-gone })
			for range 200 {
				b, _ := os.ReadFile(out)
				if m := ready.FindStringSubmatch(string(b)); m != nil {
					ts.Setenv("URL", m[1])
					served[ts.Getenv("WORK")] = cmd
					return
				}
				select {
				case <-gone:
					ts.Fatalf("serve ended: %s", b)
				case <-time.After(50 * time.Millisecond):
				}
			}
			ts.Fatalf("serve is not ready")
		},
		// crash: kill -9 of the server.
		"crash": func(ts *testscript.TestScript, neg bool, args []string) {
			cmd := served[ts.Getenv("WORK")]
			ts.Check(cmd.Process.Kill())
			for range 200 {
				if cmd.ProcessState != nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		},
		// page STATUS PATH WORDS…: GETs a page, which must hold the words.
		"page": func(ts *testscript.TestScript, neg bool, args []string) {
			res, err := http.Get(ts.Getenv("URL") + args[1])
			ts.Check(err)
			defer res.Body.Close()
			var b strings.Builder
			_, err = copyBody(&b, res.Body)
			ts.Check(err)
			if res.Status[:3] != args[0] {
				ts.Fatalf("GET %s: %s, want %s", args[1], res.Status, args[0])
			}
			for _, w := range args[2:] {
				if strings.Contains(b.String(), w) == neg {
					ts.Fatalf("GET %s: %q there: %v, in\n%s", args[1], w, !neg, b.String())
				}
			}
		},
	}
}
