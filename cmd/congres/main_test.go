package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

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
			st := &story{jars: map[string]*http.Client{}}
			e.Values["story"] = st
			e.Defer(st.kill)
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
