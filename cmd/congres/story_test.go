package main

import (
	"bytes"
	"html"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// A story is one script's running service and who visits it: each name has
// cookies of its own.
type story struct {
	mu     sync.Mutex
	server *exec.Cmd
	gone   chan struct{}
	jars   map[string]*http.Client
}

func (s *story) kill() {
	if s.server != nil {
		s.server.Process.Kill()
		<-s.gone
		s.server = nil
	}
}

func of(ts *testscript.TestScript) *story { return ts.Value("story").(*story) }

func (s *story) client(who string) *http.Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.jars[who] == nil {
		jar, _ := cookiejar.New(nil)
		s.jars[who] = &http.Client{Jar: jar, Timeout: time.Minute,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return s.jars[who]
}

// storyCommands are what a story does besides running congres:
//
//	serve [flags]                        starts `congres serve`; sets $URL
//	crash                                kill -9 of the service
//	enter WHO LINK                       signs in with a link (@FILE: that a file holds)
//	[!] visit WHO PATH STATUS [WORDS…]   GETs a page that holds (does not hold) the words
//	send WHO PATH STATUS [FIELD=VALUE…]  POSTs a form (FIELD=@FILE: its content); sets $LOCATION
//	upload WHO PATH STATUS FILE [FIELD=VALUE…]  the same with a file
//	await WHO PATH WORDS                 visits until the page holds the words
//	await-gone WHO PATH WORDS            visits until the page no longer holds the words
//	no-trace DIR WORDS                   no file of a directory holds the words
//	find WHO PATH NAME REGEXP            sets $NAME to the first group found in a page
func storyCommands() map[string]func(*testscript.TestScript, bool, []string) {
	type command = func(ts *testscript.TestScript, neg bool, args []string)
	return map[string]command{
		"serve": serveCommand,
		"crash": func(ts *testscript.TestScript, neg bool, args []string) { of(ts).kill() },
		"enter": func(ts *testscript.TestScript, neg bool, args []string) {
			_, given := field(ts, "="+args[1])
			u, err := url.Parse(strings.TrimSpace(given))
			ts.Check(err)
			post(ts, args[0], u.Path, "303", strings.NewReader(""), "application/x-www-form-urlencoded")
		},
		"visit": func(ts *testscript.TestScript, neg bool, args []string) {
			status, body := get(ts, args[0], args[1])
			if status != args[2] {
				ts.Fatalf("GET %s: %s, want %s\n%s", args[1], status, args[2], body)
			}
			for _, w := range args[3:] {
				if strings.Contains(body, w) == neg {
					ts.Fatalf("GET %s: %q there: %v, which is wrong\n%s", args[1], w, neg, body)
				}
			}
		},
		"send": func(ts *testscript.TestScript, neg bool, args []string) {
			form := url.Values{}
			for _, a := range args[3:] {
				name, value := field(ts, a)
				form.Add(name, value)
			}
			post(ts, args[0], args[1], args[2], strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
		},
		"upload": func(ts *testscript.TestScript, neg bool, args []string) {
			b, err := os.ReadFile(ts.MkAbs(args[3]))
			ts.Check(err)
			var body bytes.Buffer
			w := multipart.NewWriter(&body)
			for _, a := range args[4:] {
				name, value := field(ts, a)
				ts.Check(w.WriteField(name, value))
			}
			part, err := w.CreateFormFile("fichier", filepath.Base(args[3]))
			ts.Check(err)
			part.Write(b)
			ts.Check(w.Close())
			post(ts, args[0], args[1], args[2], &body, w.FormDataContentType())
		},
		"await": func(ts *testscript.TestScript, neg bool, args []string) {
			var body string
			for range 300 {
				if _, body = get(ts, args[0], args[1]); strings.Contains(body, args[2]) {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			ts.Fatalf("%s never held %q:\n%s", args[1], args[2], body)
		},
		"await-gone": func(ts *testscript.TestScript, neg bool, args []string) {
			var body string
			for range 300 {
				if _, body = get(ts, args[0], args[1]); !strings.Contains(body, args[2]) {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			ts.Fatalf("%s still holds %q:\n%s", args[1], args[2], body)
		},
		"no-trace": func(ts *testscript.TestScript, neg bool, args []string) {
			ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				b, err := os.ReadFile(path)
				if bytes.Contains(b, []byte(args[1])) {
					ts.Fatalf("%s still holds %q", path, args[1])
				}
				return err
			}))
		},
		"find": func(ts *testscript.TestScript, neg bool, args []string) {
			_, body := get(ts, args[0], args[1])
			m := regexp.MustCompile(args[3]).FindStringSubmatch(body)
			if m == nil {
				ts.Fatalf("%s has no %s:\n%s", args[1], args[3], body)
			}
			ts.Setenv(args[2], html.UnescapeString(m[1]))
		},
	}
}

// field reads FIELD=VALUE; a VALUE of @FILE is the file's content.
func field(ts *testscript.TestScript, arg string) (name, value string) {
	name, value, _ = strings.Cut(arg, "=")
	if file, ok := strings.CutPrefix(value, "@"); ok {
		value = ts.ReadFile(file)
	}
	return name, value
}

func get(ts *testscript.TestScript, who, path string) (status, body string) {
	res, err := of(ts).client(who).Get(ts.Getenv("URL") + path)
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	// Scripts write plain spaces where the page has no-break ones.
	return res.Status[:3], strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(string(b)))
}

func post(ts *testscript.TestScript, who, path, want string, body io.Reader, contentType string) {
	res, err := of(ts).client(who).Post(ts.Getenv("URL")+path, contentType, body)
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	if res.Status[:3] != want {
		ts.Fatalf("POST %s: %s, want %s\n%s", path, res.Status, want, html.UnescapeString(string(b)))
	}
	ts.Setenv("LOCATION", res.Header.Get("Location"))
	path, _, _ = strings.Cut(res.Header.Get("Location"), "?")
	ts.Setenv("PLACE", path)
}

var ready = regexp.MustCompile(`prêt (http://\S+)`)

func serveCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	s.kill()
	out := ts.MkAbs("serve.out")
	f, err := os.Create(out)
	ts.Check(err)
	defer f.Close()
	var program string
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if p := filepath.Join(dir, "congres"); program == "" && exists(p) {
			program = p
		}
	}
	addr := "127.0.0.1:0"
	if old := ts.Getenv("URL"); old != "" { // again at the same address
		addr = strings.TrimPrefix(old, "http://")
	}
	cmd := exec.Command(program, append([]string{"serve", "--addr", addr}, args...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = ts.MkAbs("."), f, f
	if store := ts.Getenv("CONGRES_STORE"); store != "" {
		cmd.Env = append(os.Environ(), "CONGRES_STORE="+store)
	}
	ts.Check(cmd.Start())
	gone := make(chan struct{})
	go func() { cmd.Wait(); close(gone) }()
	s.server, s.gone = cmd, gone
	for range 400 {
		b, _ := os.ReadFile(out)
		if m := ready.FindStringSubmatch(string(b)); m != nil {
			ts.Setenv("URL", m[1])
			return
		}
		select {
		case <-gone:
			ts.Fatalf("serve ended: %s", b)
		case <-time.After(25 * time.Millisecond):
		}
	}
	ts.Fatalf("serve is not ready")
}
