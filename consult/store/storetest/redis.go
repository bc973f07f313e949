package storetest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// Redis starts a redis-server of the test's own that keeps what it
// acknowledges, and returns its URL. Without the program the test is skipped.
func Redis(t testing.TB) string { return StartRedis(t).URL }

// A Server is a running redis-server.
type Server struct {
	URL  string
	Addr string // host:port on the loopback interface
	Dir  string // where its files are

	t    testing.TB
	args []string
	cmd  *exec.Cmd
}

// StartRedis starts a redis-server with further settings, "--name", "value"…,
// and stops it when the test ends.
func StartRedis(t testing.TB, settings ...string) *Server {
	t.Helper()
	return serve(t, append([]string{"--appendonly", "yes", "--appendfsync", "always"}, settings...)...)
}

// StartSentinel starts a Sentinel with a configuration file, which it rewrites.
func StartSentinel(t testing.TB, file string) *Server {
	t.Helper()
	return serve(t, file, "--sentinel")
}

func serve(t testing.TB, args ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	dir, err := os.MkdirTemp("", "redis-*")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Dir: dir, t: t}
	t.Cleanup(func() {
		s.Kill()
		// A child that rewrites the files may outlive the server a little.
		for range 100 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	})
	for range 5 { // another may take the port meanwhile
		s.Addr = freeAddr(t)
		_, port, _ := net.SplitHostPort(s.Addr)
		s.args = append(slices.Clone(args), "--port", port, "--bind", "127.0.0.1", "--dir", s.Dir)
		s.URL = "redis://" + s.Addr
		if err = s.start(); err == nil {
			return s
		}
	}
	t.Fatal(err)
	return nil
}

// freeAddr is a loopback address that nothing listens at.
func freeAddr(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Start starts it again after Kill, in the same place.
func (s *Server) Start() {
	s.t.Helper()
	if err := s.start(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) start() error {
	s.cmd = exec.Command("redis-server", s.args...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	var said strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ready to accept connections") || strings.Contains(lines.Text(), "Sentinel ID is") {
			go io.Copy(io.Discard, out) // ends with the process
			return nil
		}
		fmt.Fprintln(&said, lines.Text())
	}
	s.cmd.Wait()
	s.cmd = nil
	return fmt.Errorf("redis-server: %s", said.String())
}

// Kill ends it without warning, as a crash would.
func (s *Server) Kill() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		s.cmd = nil
	}
}
