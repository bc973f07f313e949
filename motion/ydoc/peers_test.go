package ydoc_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/villes-internet/congres/motion/ydoc"
)

var (
	peers  = flag.Bool("peers", false, "measure yjs, ywasm and ydoc beside each other (make bench-ydoc)")
	rounds = flag.Int("rounds", 3, "how often each row is measured; the best counts")
)

// mergedUpdates is how many updates are merged: yjs takes their square.
const mergedUpdates = 3000

// TestPeers prints how fast documents are beside npm's yjs and ywasm, in the
// same run, on recorded sessions with client identifiers of 32 bits.
func TestPeers(t *testing.T) {
	if !*peers {
		t.Skip("without -peers nothing is measured")
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "trace\trow\tyjs\tywasm\tydoc\tunit\tfaster peer / ydoc\t\n")
	for _, name := range []string{"automerge-paper", "friendsforever", "clownschool"} {
		theirs := runPeers(t, name)
		ours := measure(t, name)
		for _, row := range []string{"replay", "apply", "load", "encode", "merge", "memory"} {
			unit, scale := "ms", 1.0
			if row == "memory" {
				unit, scale = "kB", 1e3
			}
			least := math.Inf(1)
			fmt.Fprintf(w, "%s\t%s\t", name, row)
			for _, lib := range []string{"yjs", "ywasm"} {
				if v, ok := theirs[lib][row]; ok {
					least = min(least, v)
					fmt.Fprintf(w, "%.2f\t", v/scale)
				} else {
					fmt.Fprint(w, "–\t")
				}
			}
			fmt.Fprintf(w, "%.2f\t%s\t%.1f\t\n", ours[row]/scale, unit, least/ours[row])
		}
		for lib, said := range theirs {
			if said["length"] != ours["length"] || said["size"] != ours["size"] {
				t.Errorf("%s: %s ends with %v characters in %v bytes, ours with %v in %v", name, lib, said["length"], said["size"], ours["length"], ours["size"])
			}
		}
	}
	fmt.Fprintf(w, "\nThe best of %d after one to warm up; merge: the first %d updates; memory: of a loaded document.\n", *rounds, mergedUpdates)
	w.Flush()
}

func runPeers(t *testing.T, name string) (said map[string]map[string]float64) {
	t.Helper()
	dir := repository(t)
	modules := filepath.Join(dir, "web", "ui", "node_modules")
	if m := os.Getenv("CONGRES_NODE_MODULES"); m != "" {
		modules = m
	}
	file := filepath.Join(dir, "..", "shared", "data", "editing-traces", name+".json.gz")
	if _, err := os.Stat(file); err != nil {
		t.Skip("absent: ", file)
	}
	cmd := exec.CommandContext(t.Context(), "node", "--expose-gc", "testdata/bench.mjs", modules, file, fmt.Sprint(*rounds), fmt.Sprint(mergedUpdates))
	cmd.Stderr = os.Stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatal("node: ", err)
	}
	if err := json.Unmarshal(b, &said); err != nil {
		t.Fatal(err)
	}
	return said
}

// best is the least time of some rounds after one to warm up, in milliseconds.
func best(again int, work func()) float64 {
	least := time.Duration(math.MaxInt64)
	for i := range again + 1 {
		runtime.GC()
		start := time.Now()
		work()
		if i > 0 {
			least = min(least, time.Since(start))
		}
	}
	return float64(least.Nanoseconds()) / 1e6
}

func measure(t *testing.T, name string) map[string]float64 {
	t.Helper()
	tr := loadTrace(t, name)
	updates := tr.replay(t)
	open := func(updates ...[]byte) *ydoc.Doc {
		d := ydoc.New(1)
		d.Text(root)
		for _, u := range updates {
			if err := d.Apply(u); err != nil {
				t.Fatal(err)
			}
		}
		return d
	}
	all := open(updates...)
	state, _ := all.Update(nil)
	text := all.Text(root).String()
	said := map[string]float64{"length": float64(all.Text(root).Len()), "size": float64(len(state))}
	said["replay"] = best(*rounds, func() { tr.replay(t) })
	said["apply"] = best(*rounds, func() { open(updates...) })
	said["load"] = best(4**rounds, func() {
		if open(state).Text(root).String() != text {
			t.Error("loads otherwise")
		}
	})
	said["encode"] = best(4**rounds, func() { all.Update(nil) })
	said["merge"] = best(4**rounds, func() { ydoc.Merge(updates[:min(mergedUpdates, len(updates))]...) })
	var kept [10]*ydoc.Doc
	before := heap()
	for i := range kept {
		kept[i] = open(state)
	}
	said["memory"] = (heap() - before) / float64(len(kept))
	runtime.KeepAlive(kept)
	return said
}

func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
