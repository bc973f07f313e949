package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/villes-internet/congres/web"
	"github.com/villes-internet/congres/web/ui"
)

const manualServe = `La première ligne écrite dit quand le service accepte : « prêt http://HÔTE:PORT »
(le port 0 en choisit un). SIGTERM l’arrête proprement. --public-url est
l’adresse que voient les élu·es, derrière le serveur mandataire. Le courriel :
CONGRES_SMTP_HOST, CONGRES_SMTP_PORT, CONGRES_SMTP_USER, CONGRES_SMTP_PASSWORD,
CONGRES_SMTP_FROM ; sans eux, l’équipe voit les liens et les transmet.`

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func serve(ctx context.Context, args []string, _ io.Reader, out, errOut io.Writer) error {
	var p place
	f := newFlags("serve")
	p.flags(f, "congres-data")
	addr := f.String("addr", "127.0.0.1:8080", "")
	public := f.String("public-url", "", "")
	var smtp smtpFlags
	smtp.flags(f)
	if err := f.parseInto(args); err != nil {
		return err
	}
	if p.store == "" && p.isDemo() {
		return problemf(nil, "Le répertoire %s est celui d’un congrès de démonstration, où les liens servent plusieurs fois : choisissez-en un autre avec --data.", p.dir)
	}
	if err := addresses(*addr, *public); err != nil {
		return err
	}
	mail, err := smtp.mailer()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(errOut, nil))
	h, err := p.open(ctx, log, nil)
	if err != nil {
		return err
	}
	return h.serve(ctx, *addr, *public, mail, out, errOut, nil)
}

// addresses refuses a malformed --addr or --public-url, before anything is made.
func addresses(addr, public string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return usagef("«\u00a0%s\u00a0» n’est pas une adresse où écouter\u00a0: --addr s’écrit 127.0.0.1:8080, un hôte puis un port.", addr)
	}
	_, err = site(public)
	return err
}

// site is the address that people see, without a last slash; "" when none is
// given.
func site(public string) (string, error) {
	if public == "" {
		return "", nil
	}
	u, err := url.Parse(public)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", usagef("« %s » n’est pas l’adresse d’un site : --public-url s’écrit https://congres.exemple.fr, sans rien derrière.", public)
	}
	return u.Scheme + "://" + u.Host, nil
}

// serve serves until ctx ends; ready is called with the site's address once
// the service accepts.
func (h *house) serve(ctx context.Context, addr, public string, mail web.Mailer, out, errOut io.Writer, ready func(url string) error) (err error) {
	defer func() { err = errors.Join(err, h.Close()) }()
	if public, err = site(public); err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return problemf(err, "Impossible d’écouter sur %s : l’adresse est prise ou interdite. Choisissez-en une autre avec --addr.", addr)
	}
	address := "http://" + l.Addr().String()
	if public == "" {
		public = address
	}
	h.public = public
	pages, err := web.New(h.config(public, mail))
	if err != nil {
		l.Close()
		return err
	}
	if h.place.store == "" {
		stop, err := listenSocket(h)
		if err != nil {
			l.Close()
			pages.Close()
			return err
		}
		defer stop()
	}
	// Stopped between an erasure and its end, the copies may still be there:
	// nobody reads them meanwhile.
	if err := h.follow(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("erasure not finished, to be tried again", "error", err)
	}
	tidying, stopTidying := context.WithCancel(ctx)
	var tidied sync.WaitGroup
	tidied.Go(func() { h.tidy(tidying) })
	defer tidied.Wait()
	defer stopTidying()
	if !ui.Built() {
		fmt.Fprintln(errOut, "Les pages sont servies sans script ni style : lancez make build.")
	}
	server := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	fmt.Fprintf(out, "prêt %s\n", address)
	if ready != nil {
		err = ready(public)
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-failed:
		}
	}
	pages.Close() // websockets are told first: Shutdown does not wait for them
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if server.Shutdown(drain) != nil {
		server.Close()
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

func (h *house) config(public string, mail web.Mailer) web.Config {
	return web.Config{Ledger: h.ledger, Store: h.store, Access: h.access, Desk: h.desk, Rooms: h.rooms, Shelf: h.shelf,
		Publisher: h.publisher, Alone: h.place.store == "", Mail: mail, PublicURL: public, Log: h.log}
}
