package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/villes-internet/congres/consult/store/storetest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"congres": func() { os.Exit(run()) }})
}

// TestStory tells the whole thread at the command line: read testdata/*.txtar
// as a manual.
func TestStory(t *testing.T) { tellStory(t, "") }

// TestStoryOnRedis tells the thread again where all is kept in a Redis, and
// where each command is a node of its own beside the service.
func TestStoryOnRedis(t *testing.T) { tellStory(t, storetest.Redis(t)) }

func tellStory(t *testing.T, store string) {
	files := []string{"testdata/1-entree.txtar", "testdata/2-fil.txtar"}
	if store != "" {
		files = files[1:]
	}
	testscript.Run(t, testscript.Params{
		Files: files,
		Cmds:  storyCommands(),
		Setup: func(e *testscript.Env) error {
			st := &story{jars: map[string]*http.Client{}}
			e.Values["story"] = st
			e.Defer(st.kill)
			shared, err := filepath.Abs("../../../shared/data")
			if err != nil {
				return err
			}
			e.Setenv("SHARED", shared)
			if store != "" {
				e.Setenv("CONGRES_STORE", store)
			}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "shared": // the real corpora are beside the repository
				_, err := os.Stat("../../../shared/data")
				return err == nil, nil
			case "file": // all is kept in one file
				return store == "", nil
			}
			return false, fmt.Errorf("no condition %s", cond)
		},
	})
}
