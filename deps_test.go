package congres

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/villes-internet/congres/"

// rooms says which package of this module may import which others, and why.
// A package below a room (a reader, a writer, an implementation) belongs to
// the longest prefix listed here.
var rooms = map[string]struct {
	may []string
	why string
}{
	"corpora":             {nil, "reads and writes corpora, knows nothing else"},
	"corpora/tables/gen":  {[]string{"corpora", "analysis/lexis"}, "makes the word vectors, with the stems that the analysis will look up"},
	"analysis/french":     {[]string{"corpora"}, "the French chain; lexical tables come from corpora"},
	"analysis/lexis":      {[]string{"analysis/french", "corpora"}, "counts what the chain yields; parts of speech are named in corpora"},
	"analysis/theme":      {[]string{"analysis/lexis", "analysis/french", "corpora"}, "groups segments"},
	"analysis/textometry": {[]string{"analysis/lexis"}, "methods on lexical tables"},
	"analysis/chart":      {nil, "draws figures, whatever they are of"},
	"analysis": {[]string{"corpora", "analysis/french", "analysis/lexis", "analysis/theme", "analysis/textometry", "analysis/chart"},
		"pure: works on anybody's corpus, knows neither accounts nor HTTP"},
	"analysis/paper": {[]string{"analysis", "analysis/chart", "motion/publish"},
		"sets a report with the writers of publications; analysis itself must not know motions"},
	"consult/store":           {nil, "what is kept, and nothing about what it means"},
	"consult/store/bolt":      {[]string{"consult/store"}, "one file"},
	"consult/store/redis":     {[]string{"consult/store"}, "one Redis shared by many nodes"},
	"consult/store/storetest": {[]string{"consult/store"}, "the one contract suite"},
	"consult/ledger":          {[]string{"consult/store"}, "the one deciding goroutine; folds facts for every domain"},
	"consult":                 {[]string{"consult/ledger", "consult/store", "corpora"}, "the consultation's rules"},
	"consult/access":          {[]string{"consult", "consult/ledger", "consult/store"}, "who is speaking"},
	"analysis/desk":           {[]string{"analysis", "consult", "consult/ledger", "consult/store", "corpora"}, "runs kept and people's decisions over them"},
	"motion/ydoc":             {nil, "the shared document in Yjs's format"},
	"motion": {[]string{"motion/ydoc", "consult", "consult/ledger", "consult/store", "analysis/desk", "analysis"},
		"the text's model and its thread of provenance"},
	"motion/room":    {[]string{"motion/ydoc", "motion", "consult", "consult/store", "consult/ledger"}, "one goroutine an open document"},
	"motion/publish": {[]string{"motion"}, "neutral tree and its writers"},
	"web/ui":         {nil, "templates, scripts, styles"},
	"web": {[]string{"web/ui", "corpora", "analysis", "analysis/desk", "consult", "consult/access", "consult/ledger", "consult/store",
		"motion", "motion/room", "motion/publish", "motion/ydoc", "analysis/paper", "analysis/chart"}, "routes"},
	"cmd/congres": {[]string{"*"}, "wiring"},
}

// only lists outside packages that exactly one package may import, tests aside.
var only = map[string]string{
	"go.etcd.io/bbolt":             "consult/store/bolt",
	"github.com/redis/go-redis/v9": "consult/store/redis",
	"github.com/gorilla/websocket": "web",
	"github.com/jdkato/prose/v2":   "analysis/french",
	"github.com/kljensen/snowball": "analysis/french",
}

func room(dir string) string {
	for d := dir; d != "." && d != ""; d = filepath.Dir(d) {
		if _, ok := rooms[d]; ok {
			return d
		}
	}
	return ""
}

func TestImports(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == "." {
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		here := room(dir)
		if here == "" {
			t.Errorf("%s: package %s has no row in rooms", path, dir)
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			for outside, owner := range only {
				if (name == outside || strings.HasPrefix(name, outside+"/")) && here != owner {
					t.Errorf("%s imports %s: only %s may", path, name, owner)
				}
			}
			ours, found := strings.CutPrefix(name, module)
			if !found {
				continue
			}
			to := room(ours)
			if to == here || slices.Contains(rooms[here].may, "*") {
				continue
			}
			if !slices.Contains(rooms[here].may, to) {
				t.Errorf("%s imports %s: %s (%s) may not", path, ours, here, rooms[here].why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTopLevel keeps the repository's first page as small as it was meant.
func TestTopLevel(t *testing.T) {
	fixed := []string{"cmd", "consult", "analysis", "motion", "web", "corpora", "bin", "go.mod", "go.sum", "README.md",
		"Makefile", "CHANGELOG.md", "LICENSE", "NOTICE", "deps_test.go"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s stands at the top level, which is fixed", e.Name())
		}
	}
}
