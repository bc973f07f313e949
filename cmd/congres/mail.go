package main

import (
	"context"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/villes-internet/congres/web"
)

// smtpFlags say which server takes our e-mails; none by default.
type smtpFlags struct {
	host, user, password, from string
	port                       int
	plain                      bool
}

func (s *smtpFlags) flags(f *flags) {
	f.StringVar(&s.host, "smtp-host", "", "")
	f.IntVar(&s.port, "smtp-port", 587, "")
	f.StringVar(&s.user, "smtp-user", "", "")
	f.StringVar(&s.password, "smtp-password", "", "")
	f.StringVar(&s.from, "smtp-from", "", "")
	f.BoolVar(&s.plain, "smtp-plain", false, "")
}

// mailer is nil, and no error, when no server was named.
func (s *smtpFlags) mailer() (web.Mailer, error) {
	if s.host == "" {
		return nil, nil
	}
	if s.from == "" {
		return nil, usagef("Donnez aussi l’adresse d’expédition : --smtp-from ou CONGRES_SMTP_FROM.")
	}
	options := []mail.Option{mail.WithPort(s.port), mail.WithTimeout(20 * time.Second), mail.WithTLSPolicy(mail.TLSMandatory)}
	if s.plain { // a relay on this very machine
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.user != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.user), mail.WithPassword(s.password))
	}
	c, err := mail.NewClient(s.host, options...)
	if err != nil {
		return nil, problemf(err, "Le serveur de courriel est mal indiqué (%v).", err)
	}
	return &smtp{c, s.from}, nil
}

type smtp struct {
	client *mail.Client
	from   string
}

func (s *smtp) Send(ctx context.Context, to, subject, text string) error {
	m := mail.NewMsg()
	if err := m.From(s.from); err != nil {
		return err
	}
	if err := m.To(to); err != nil {
		return err
	}
	m.Subject(subject)
	m.SetBodyString(mail.TypeTextPlain, text)
	return s.client.DialAndSendWithContext(ctx, m)
}
