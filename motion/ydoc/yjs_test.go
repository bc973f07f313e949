package ydoc_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// yjs drives documents of npm's yjs in one node process.
type yjs struct {
	t   testing.TB
	in  io.Writer
	out *bufio.Reader
}

type command map[string]any

// startYjs skips the test where node or yjs is absent: `npm install` in
// web/ui brings yjs, CONGRES_NODE_MODULES names another place.
func startYjs(t testing.TB) *yjs {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is absent")
	}
	modules := os.Getenv("CONGRES_NODE_MODULES")
	if modules == "" {
		modules = filepath.Join(repository(t), "web", "ui", "node_modules")
	}
	if _, err := os.Stat(filepath.Join(modules, "yjs", "package.json")); err != nil {
		t.Skip("yjs is absent from", modules)
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join("testdata", "yjs.mjs"), modules)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return &yjs{t, in, bufio.NewReaderSize(out, 1<<20)}
}

// repository is the absolute path of the directory that holds go.mod.
func repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above")
		}
	}
}

// do runs one command and reads its result.
func do[T any](y *yjs, c command) (result T) {
	y.t.Helper()
	line, err := json.Marshal([]command{c})
	if err != nil {
		y.t.Fatal(err)
	}
	if _, err := y.in.Write(append(line, '\n')); err != nil {
		y.t.Fatal("yjs:", err)
	}
	reply, err := y.out.ReadBytes('\n')
	if err != nil {
		y.t.Fatal("yjs:", err)
	}
	var results []struct {
		OK    T
		Error string
	}
	if err := json.Unmarshal(reply, &results); err != nil {
		y.t.Fatal("yjs:", err)
	}
	if results[0].Error != "" {
		y.t.Fatalf("yjs %s: %s", c["cmd"], results[0].Error)
	}
	return results[0].OK
}

// reading is what a document shows of its text. []byte is base64 in JSON.
type reading struct {
	Delta  []any
	Text   string
	Length int
	Vector []byte
	State  []byte
	Own    [][]byte // updates that the document made itself
}
