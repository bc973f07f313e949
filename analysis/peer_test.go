package analysis

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

// TestPeer times the whole analysis, report written, beside Debian's
// python3-sklearn on the same texts, and prints the ratio: above 1 we are faster.
// The texts are 30 words drawn from the vocabulary of real comments.
func TestPeer(t *testing.T) {
	if *peer == "" {
		t.Skip("a measure: -args -peer 4000")
	}
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import sklearn").Run(); err != nil {
		t.Skip("needs Debian's python3-sklearn")
	}
	var pool [][]string // the words of each comment
	for _, d := range shared(t, "decidim-mel/comments.tsv", "text").Documents {
		if words := strings.Fields(d.Text); len(words) > 0 {
			pool = append(pool, words)
		}
	}
	for size := range strings.SplitSeq(*peer, ",") {
		n := 0
		if _, err := fmt.Sscan(size, &n); err != nil || n < 1 {
			t.Fatalf("-peer %s: %v", *peer, err)
		}
		draw := rand.New(rand.NewPCG(1, uint64(n)))
		path := filepath.Join(t.TempDir(), "textes.csv")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		rows := csv.NewWriter(file)
		rows.Write([]string{"id", "texte"})
		var c corpora.Corpus
		for i := range n {
			about := [][]string{pool[draw.IntN(len(pool))], pool[draw.IntN(len(pool))]} // two comments' words
			words := make([]string, 30)
			for j := range words {
				from := about[draw.IntN(2)]
				words[j] = from[draw.IntN(len(from))]
			}
			text := strings.Join(words, " ")
			rows.Write([]string{fmt.Sprint(i), text})
			c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(i), Text: text})
		}
		rows.Flush()
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if out, err := exec.Command(python, "-c", peerScript, path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		theirs := time.Since(began)
		began = time.Now()
		r, err := Run(context.Background(), c, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		for _, write := range []func(io.Writer) error{r.WriteHTML, r.WriteJSON, r.WriteDocuments, r.WriteThemes, r.WriteSegments} {
			if err := write(io.Discard); err != nil {
				t.Fatal(err)
			}
		}
		ours := time.Since(began)
		t.Logf("%d texts: ours %.2f s, scikit-learn %.2f s, ratio %.2f", n, ours.Seconds(), theirs.Seconds(), theirs.Seconds()/ours.Seconds())
	}
}
