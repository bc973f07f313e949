package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// english are words that a French sentence does not have.
var english = regexp.MustCompile(`(?i)\b(the|failed|refused|invalid|cannot|error|file|connection|dial|connect|redis: |store: )\b`)

// wantFrench checks that what a command said is one French line, in which a
// library's words only stand behind « Détail technique : ».
func wantFrench(t *testing.T, said, want string) {
	t.Helper()
	ours, _, _ := strings.Cut(said, "Détail technique : ")
	if !strings.Contains(ours, want) || english.MatchString(ours) || strings.Count(said, "\n") != 1 {
		t.Errorf("said %q, want one French line with %q", said, want)
	}
}

// TestStoresThatFail names what to do about data that cannot be opened.
func TestStoresThatFail(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	locked := storetest.StartRedis(t, "--requirepass", "secret").URL
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "congres.db"), make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, want string
		args       []string
		status     int
	}{
		{"no Redis there", "Aucun Redis ne répond", []string{"--store", "redis://" + closed.Addr().String()}, 1},
		{"no password", "mot de passe", []string{"--store", locked}, 1},
		{"no URL", "ne se lit pas", []string{"--store", "redis://[::1"}, 1},
		{"not redis://", "attend une adresse", []string{"--store", "postgres://x"}, 2},
		{"a damaged file", "sont abîmées", []string{"--data", damaged}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			status, out, errOut := congres(t, append([]string{"verify"}, tc.args...)...)
			if status != tc.status || out != "" {
				t.Errorf("status %d, out %q, want %d and nothing", status, out, tc.status)
			}
			wantFrench(t, errOut, tc.want)
		})
	}
}

// TestGarbage talks to what is no Redis.
func TestGarbage(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Write([]byte("SSH-2.0-OpenSSH_9.2\r\n"))
			c.Close()
		}
	}()
	_, err = redis.Open(t.Context(), "redis://"+l.Addr().String(), &redis.Options{Patience: 200 * time.Millisecond})
	wantFrench(t, strings.ReplaceAll(sentence(err), "\u00a0", " ")+"\n", "Aucun Redis ne répond")
}
