package analysis

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/villes-internet/congres/corpora"
)

var peer = flag.String("peer", "", "numbers of texts to analyse beside scikit-learn: 4000,20000")

// peerScript is what analysts do with scikit-learn, in one process: TF-IDF, SVD of
// 100 dimensions, k-means.
const peerScript = `
import sys, csv
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.decomposition import TruncatedSVD
from sklearn.cluster import KMeans
texts = [row["texte"] for row in csv.DictReader(open(sys.argv[1]))]
x = TfidfVectorizer().fit_transform(texts)
KMeans(20, n_init=10, random_state=0).fit(TruncatedSVD(100, random_state=0).fit_transform(x))
`

// drawn is so many texts of 30 words, each of the words of two real comments.
func drawn(t testing.TB, n int) corpora.Corpus {
	t.Helper()
	var pool [][]string // the words of each comment
	for _, d := range shared(t, "decidim-mel/comments.tsv", "text").Documents {
		if words := strings.Fields(d.Text); len(words) > 0 {
			pool = append(pool, words)
		}
	}
	draw := rand.New(rand.NewPCG(1, uint64(n)))
	var c corpora.Corpus
	for i := range n {
		about := [][]string{pool[draw.IntN(len(pool))], pool[draw.IntN(len(pool))]}
		words := make([]string, 30)
		for j := range words {
			from := about[draw.IntN(2)]
			words[j] = from[draw.IntN(len(from))]
		}
		c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(i), Text: strings.Join(words, " ")})
	}
	return c
}

// A cost is what a work took.
type cost struct {
	wall, cpu time.Duration // cpu: of all processors
	memory    int64         // the most that the process had, in kB
}

func (c cost) String() string {
	return fmt.Sprintf("%.2f s (%.2f s of processor)", c.wall.Seconds(), c.cpu.Seconds())
}

func costOf(u *syscall.Rusage, wall, before time.Duration) cost {
	return cost{wall, time.Duration(u.Utime.Nano()+u.Stime.Nano()) - before, u.Maxrss}
}

// ours analyses a corpus and writes the report, as the command does.
func ours(t *testing.T, c corpora.Corpus) cost {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	debug.SetMemoryLimit(700 << 20) // or garbage is left until it has doubled
	before, began := time.Duration(u.Utime.Nano()+u.Stime.Nano()), time.Now()
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup // at once, likewise
	for _, write := range []func(io.Writer) error{r.WriteHTML, r.WriteJSON, r.WriteDocuments, r.WriteThemes, r.WriteSegments} {
		all.Go(func() {
			if err := write(io.Discard); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return costOf(&u, time.Since(began), before)
}

// TestPeer times the whole analysis, report written, beside Debian's
// python3-sklearn on the same texts, and prints the ratio: above 1 we are faster.
// From the first size to each next, which should be in ascending order, our
// processors' time must not grow faster than n log n.
func TestPeer(t *testing.T) {
	if *peer == "" {
		t.Skip("a measure: -args -peer 4000")
	}
	const python = "/usr/bin/python3"
	beside := exec.Command(python, "-c", "import sklearn").Run() == nil
	if !beside {
		t.Log("no peer: Debian's python3-sklearn is not installed")
	}
	first, firstSize := cost{}, 0.
	for size := range strings.SplitSeq(*peer, ",") {
		n := 0
		if _, err := fmt.Sscan(size, &n); err != nil || n < 2 {
			t.Fatalf("-peer %s: %v", *peer, err)
		}
		c := drawn(t, n)
		took := ours(t, c)
		t.Logf("%d texts: ours %v, at most %d MB", n, took, took.memory/1024)
		if firstSize == 0 {
			first, firstSize = took, float64(n)
		} else {
			grown := took.cpu.Seconds() / first.cpu.Seconds()
			growth := grown / (float64(n) * math.Log(float64(n)) / (firstSize * math.Log(firstSize)))
			t.Logf("%d texts: %.1f times the time of %.0f texts, %.2f of what n log n gives", n, grown, firstSize, growth)
			if growth > 1 {
				t.Errorf("%d texts: the time grows faster than n log n", n)
			}
		}
		if !beside {
			continue
		}
		path := filepath.Join(t.TempDir(), "textes.csv")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		rows := csv.NewWriter(file)
		rows.Write([]string{"id", "texte"})
		for _, d := range c.Documents {
			rows.Write([]string{d.ID, d.Text})
		}
		rows.Flush()
		if err := errors.Join(rows.Error(), file.Close()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		cmd := exec.Command(python, "-c", peerScript, path)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		// Its memory is not told: a child's count begins at its parent's.
		theirs := costOf(cmd.ProcessState.SysUsage().(*syscall.Rusage), time.Since(began), 0)
		t.Logf("%d texts: scikit-learn %v, ratio %.2f (%.2f of processor)", n, theirs, theirs.wall.Seconds()/took.wall.Seconds(), theirs.cpu.Seconds()/took.cpu.Seconds())
	}
}
