package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestApostrophes finds straight apostrophes in what these rooms write for
// people: the house has one, ’. English possessives are for errors that only
// programs read.
func TestApostrophes(t *testing.T) {
	straight, english := regexp.MustCompile(`\pL'\pL`), regexp.MustCompile(`\pL's\b`)
	for _, room := range []string{"consult", "motion", "analysis", "web", "cmd"} {
		err := filepath.WalkDir(filepath.Join("..", "..", room), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "french"): // the last reads people's words
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if s, err := strconv.Unquote(l.Value); err == nil && straight.MatchString(s) && !english.MatchString(s) {
						t.Errorf("%s: %.80q", files.Position(l.Pos()), s)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
