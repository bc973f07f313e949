package ledger_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const (
	module = "github.com/villes-internet/congres/"
	root   = "../.." // of the module
)

// TestViewsDoNotNest reads the source: what looks at the states inside a View must
// not, by whatever it calls, come back to the ledger, for where a commit waits
// between the two neither ever ends. Only its clock may be asked.
func TestViewsDoNotNest(t *testing.T) {
	m := &sources{fset: token.NewFileSet(), packages: map[string]*types.Package{}, uses: map[*ast.Ident]types.Object{},
		bodies: map[*types.Func]*ast.BlockStmt{}}
	for _, dir := range []string{"web", "analysis/desk", "motion", "motion/room", "consult", "consult/access", "cmd/congres"} {
		if _, err := m.Import(module + dir); err != nil {
			t.Fatal(err)
		}
	}
	ledger := m.packages[module+"consult/ledger"]
	views := map[*types.Func]string{} // how each comes to the ledger
	methods := ledger.Scope().Lookup("Ledger").Type().(*types.Named)
	for method := range methods.Methods() {
		if method.Exported() && method.Name() != "Now" {
			views[method] = "Ledger." + method.Name()
		}
	}
	for more := true; more; {
		more = false
		for f, body := range m.bodies {
			if views[f] != "" {
				continue
			}
			if called := m.calls(body, views); called != nil {
				views[f], more = f.Name()+" → "+views[called], true
			}
		}
	}
	if len(views) < 50 {
		t.Fatalf("only %d functions come to the ledger: the source was not understood", len(views))
	}
	looked := 0
	for _, body := range m.bodies {
		ast.Inspect(body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			f := m.callee(call)
			if f == nil || views[f] == "" || strings.ToLower(f.Name()) != "view" {
				return true
			}
			for _, arg := range call.Args {
				if within, ok := arg.(*ast.FuncLit); ok {
					looked++
					if nested := m.calls(within.Body, views); nested != nil {
						t.Errorf("%s: from within, it comes back to the ledger by %s", m.fset.Position(call.Pos()), views[nested])
					}
				}
			}
			return true
		})
	}
	if looked < 50 {
		t.Errorf("only %d views were looked into: the source was not understood", looked)
	}
}

// sources are packages of this module, checked as far as it takes to know who
// calls whom: what is imported from outside is empty.
type sources struct {
	fset     *token.FileSet
	packages map[string]*types.Package
	uses     map[*ast.Ident]types.Object
	bodies   map[*types.Func]*ast.BlockStmt
}

// Import implements types.Importer.
func (m *sources) Import(name string) (*types.Package, error) {
	if p := m.packages[name]; p != nil {
		return p, nil
	}
	dir, ours := strings.CutPrefix(name, module)
	if !ours {
		p := types.NewPackage(name, path.Base(name))
		p.MarkComplete()
		m.packages[name] = p
		return p, nil
	}
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(m.fset, filepath.Join(root, dir, e.Name()), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: m.uses, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: m, Error: func(error) {}} // what comes from outside is unknown
	p, _ := config.Check(name, m.fset, files, info)
	m.packages[name] = p
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				if f, ok := info.Defs[d.Name].(*types.Func); ok {
					m.bodies[f] = d.Body
				}
			}
		}
	}
	return p, nil
}

// callee is whom a call calls, nil where that is not a function of this module.
func (m *sources) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	name, ok := fun.(*ast.Ident)
	if selector, selects := fun.(*ast.SelectorExpr); selects {
		name, ok = selector.Sel, true
	}
	if !ok {
		return nil
	}
	f, _ := m.uses[name].(*types.Func)
	return f
}

// calls is the first of functions that is called within a body, nil where none is.
func (m *sources) calls(body *ast.BlockStmt, functions map[*types.Func]string) (found *types.Func) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && found == nil {
			if f := m.callee(call); f != nil && functions[f] != "" {
				found = f
			}
		}
		return found == nil
	})
	return found
}
