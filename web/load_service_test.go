package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/motion"
)

// A house is a directory that congres serve takes, with one motion and the
// session of somebody who may write it.
type house struct {
	dir, motion, session string
}

func newHouse(t *testing.T) house {
	t.Helper()
	h := house{dir: t.TempDir()}
	ctx := context.Background()
	s, err := bolt.Open(ctx, filepath.Join(h.dir, "congres.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := ledger.Open(ctx, ledger.Config{Journal: s, Folds: func() []ledger.Fold {
		return []ledger.Fold{consult.NewState(), desk.NewState(), motion.NewState()}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	do := func(decide func(*ledger.Tx) error) {
		if _, err := l.Do(ctx, ledger.Command{Decide: decide}); err != nil {
			t.Fatal(err)
		}
	}
	var edition string
	do(func(tx *ledger.Tx) (err error) {
		now := time.Now()
		edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès", Axes: []consult.Axis{{Title: "Axe"}},
			Opens: now.Add(-time.Hour), Closes: now.Add(24 * time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	do(func(tx *ledger.Tx) (err error) {
		h.motion, err = motion.Open(tx, edition, "Motion", nil)
		return err
	})
	a := &access.Access{Ledger: l, Secrets: s}
	in, err := a.Invite(ctx, "", consult.Rapporteur, "rapporteur@congres.example")
	if err != nil {
		t.Fatal(err)
	}
	if h.session, err = a.SignIn(ctx, in.Token); err != nil {
		t.Fatal(err)
	}
	return h
}

// buildCongres compiles the service.
func buildCongres(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "congres")
	cmd := exec.Command("go", "build", "-o", out, "../cmd/congres")
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, b)
	}
	return out
}

// A process is a server of ours or of others that runs beside the test.
type process struct {
	cmd  *exec.Cmd
	addr string
	exit chan error
}

// serve starts congres serve on the house.
func (h house) serve(t *testing.T, binary, addr string) *process {
	t.Helper()
	return start(t, func(line string) (string, bool) { return strings.CutPrefix(line, "prêt http://") },
		exec.Command(binary, "serve", "--data", h.dir, "--addr", addr))
}

// servePeer starts one of the servers that npm has, on a free port.
func servePeer(t *testing.T, script string, env []string, args ...string) *process {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command("node", append([]string{script}, append(args, port)...)...)
	cmd.Dir = "peers"
	cmd.Env = append(os.Environ(), append(env, "HOST=127.0.0.1", "PORT="+port)...)
	return start(t, func(line string) (string, bool) { return addr, true }, cmd)
}

// start runs cmd and waits for the line that says that it accepts.
func start(t *testing.T, ready func(line string) (addr string, ok bool), cmd *exec.Cmd) *process {
	t.Helper()
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd, exit: make(chan error, 1)}
	t.Cleanup(p.kill)
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	addr, ok := ready(strings.TrimSpace(line))
	if err != nil || !ok {
		t.Fatalf("%s said %q, %v", cmd.Path, line, err)
	}
	p.addr = addr
	go func() {
		io.Copy(io.Discard, lines)
		p.exit <- cmd.Wait()
	}()
	return p
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	if p.cmd.Process.Kill() == nil {
		<-p.exit
	}
}

// cpu is the processor time that the process has used, of Linux's proc(5).
func (p *process) cpu() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(fields) < 13 {
		return 0, errors.New("/proc/PID/stat is short")
	}
	user, err := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err, err2)
}

// memory is what it has in memory, in bytes.
func (p *process) memory() (int, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	var kb int
	_, err = fmt.Sscan(rest, &kb)
	return kb << 10, err
}
