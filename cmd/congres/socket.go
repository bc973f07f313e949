package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// An op is a command that needs the store, wherever it runs: in a process of
// its own, or in the server that holds the file.
// What is said beside its output goes through note.
type op func(ctx context.Context, h *house, args []string, in io.Reader, out io.Writer) error

// A noter is an output beside which something can be said: on stderr in the
// end, so that output stays what a script expects.
type noter interface{ Note(sentence string) error }

func note(out io.Writer, sentence string) error {
	if n, ok := out.(noter); ok && sentence != "" {
		return n.Note(sentence)
	}
	return nil
}

// both is a process' stdout, and its stderr for notes.
type both struct {
	io.Writer
	errOut io.Writer
}

func (b both) Note(sentence string) error {
	_, err := fmt.Fprintln(b.errOut, sentence)
	return err
}

func ops() map[string]op {
	return map[string]op{
		"invite": invite, "import": importOne, "export": export,
		"verify": verify, "compact": compact, "backup": backupTo,
	}
}

// A line is what the server answers, one JSON object a line: output as it
// comes, then how it ended.
type line struct {
	Out     []byte `json:"out,omitempty"`
	Note    string `json:"note,omitempty"` // for stderr
	Done    bool   `json:"done,omitempty"`
	Problem string `json:"problem,omitempty"`
	Usage   bool   `json:"usage,omitempty"`
}

// operate runs an operation through the running server when there is one,
// else on the store itself.
func operate(ctx context.Context, name string, p place, args []string, in io.Reader, out io.Writer) error {
	if p.store == "" {
		if _, err := os.Stat(p.socket()); err == nil {
			err := ask(ctx, p.socket(), name, args, in, out)
			if !errors.Is(err, errNobody) {
				return err
			}
		}
	}
	p.existing = name != "invite" // it may begin a congress
	p.readOnly = name == "verify"
	h, err := p.open(ctx, quiet(), nil)
	if err != nil {
		return err
	}
	err = ops()[name](ctx, h, args, in, out)
	return errors.Join(err, h.Close())
}

// operation is the command of an operation that reads no file.
func operation(name string) func(context.Context, []string, io.Reader, io.Writer, io.Writer) error {
	return func(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
		p, rest, err := placeOf(name, args)
		if err != nil {
			return err
		}
		return operate(ctx, name, p, rest, bytes.NewReader(nil), both{out, errOut})
	}
}

// placeOf takes --data and --store out of args and leaves the rest.
func placeOf(name string, args []string) (place, []string, error) {
	var p place
	f := newFlags(name)
	p.flags(f, "congres-data")
	var own, rest []string
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--data" || a == "-data" || a == "--store" || a == "-store":
			own = append(own, a)
			if i++; i < len(args) {
				own = append(own, args[i])
			}
		case hasPrefix(a, "--data=", "-data=", "--store=", "-store="):
			own = append(own, a)
		default:
			rest = append(rest, a)
		}
	}
	return p, rest, f.parseInto(own)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

var errNobody = errors.New("nobody answers on the socket")

// ask has the running server do it.
func ask(ctx context.Context, socket, name string, args []string, in io.Reader, out io.Writer) error {
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	b, err := json.Marshal(args)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://congres/"+name, in)
	if err != nil {
		return err
	}
	req.Header.Set("Congres-Args", string(b))
	res, err := client.Do(req)
	if err != nil {
		var dial *net.OpError
		if errors.As(err, &dial) && dial.Op == "dial" {
			return errNobody
		}
		return err
	}
	defer res.Body.Close()
	for d := json.NewDecoder(res.Body); ; {
		var l line
		if err := d.Decode(&l); err != nil {
			return problemf(err, "Le serveur s’est arrêté avant d’avoir fini : recommencez.")
		}
		if _, err := out.Write(l.Out); err != nil {
			return err
		}
		if l.Note != "" {
			if err := note(out, l.Note); err != nil {
				return err
			}
		}
		switch {
		case l.Usage:
			return problemf(errUsage, "%s", l.Problem)
		case l.Problem != "":
			return problemf(nil, "%s", l.Problem)
		case l.Done:
			return nil
		}
	}
}

// listenSocket serves operations to whoever runs on this machine as the same
// user.
func listenSocket(h *house) (func(), error) {
	os.Remove(h.socket()) // left by a crash: the store's lock says that nobody else is here
	l, err := net.Listen("unix", h.socket())
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	if err := os.Chmod(h.socket(), 0o600); err != nil {
		l.Close()
		return nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(h.serveOp), ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() { defer close(done); server.Serve(l) }()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			server.Close()
		}
		<-done
	}, nil
}

func (h *house) serveOp(w http.ResponseWriter, r *http.Request) {
	var args []string
	run := ops()[r.URL.Path[1:]]
	if run == nil || json.Unmarshal([]byte(r.Header.Get("Congres-Args")), &args) != nil {
		http.NotFound(w, r)
		return
	}
	e := &lineWriter{e: json.NewEncoder(w), flush: http.NewResponseController(w).Flush}
	err := run(r.Context(), h, args, r.Body, e)
	switch {
	case errors.Is(err, errUsage):
		e.e.Encode(line{Problem: sentence(err), Usage: true})
	case err != nil:
		e.e.Encode(line{Problem: sentence(err)})
	default:
		e.e.Encode(line{Done: true})
	}
}

type lineWriter struct {
	e     *json.Encoder
	flush func() error
}

func (l *lineWriter) Write(b []byte) (int, error) {
	if err := l.e.Encode(line{Out: b}); err != nil {
		return 0, err
	}
	return len(b), l.flush()
}

func (l *lineWriter) Note(sentence string) error {
	if err := l.e.Encode(line{Note: sentence}); err != nil {
		return err
	}
	return l.flush()
}
