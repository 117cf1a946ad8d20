package dispatch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// The ways of encrypting the connection to the mail server.
const (
	TLSRequired      = "required"      // STARTTLS, or no mail (the default)
	TLSImplicit      = "implicit"      // TLS from the first byte, usually port 465
	TLSOpportunistic = "opportunistic" // STARTTLS where the server offers it
	TLSNone          = "none"          // in clear: only to a relay on the same machine
)

// SMTPConfig is a mail server and how to speak to it.
type SMTPConfig struct {
	Address  string // host:port
	From     string // sender, as "Name <address>" or the bare address
	Username string // empty: no authentication
	Password string
	TLS      string        // one of the four ways; empty: required
	Timeout  time.Duration // for the connection and again for the message; zero: 10 s
	Portal   string        // address of the tracking page, told in every letter; may be empty
}

// SMTP sends each notice as one letter.
type SMTP struct {
	config SMTPConfig
	host   string
	port   int
	from   *mail.Address
}

const defaultTimeout = 10 * time.Second

// NewSMTP checks the configuration; it does not connect.
func NewSMTP(c SMTPConfig) (*SMTP, error) {
	host, port, err := net.SplitHostPort(c.Address)
	if err != nil {
		return nil, fmt.Errorf("read address of the mail server: %w", err)
	}
	s := &SMTP{config: c, host: host}
	if s.port, err = strconv.Atoi(port); err != nil {
		return nil, fmt.Errorf("read port of the mail server: %w", err)
	}
	if s.from, err = mail.ParseAddress(c.From); err != nil {
		return nil, fmt.Errorf("read sender of mail: %w", err)
	}
	if s.config.Timeout == 0 {
		s.config.Timeout = defaultTimeout
	}
	if _, err := s.client(); err != nil {
		return nil, err
	}
	return s, nil
}

// client makes a client for one message: a client holds the connection's state.
func (s *SMTP) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.config.Timeout)}
	switch s.config.TLS {
	case "", TLSRequired:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLSImplicit:
		options = append(options, gomail.WithSSL())
	case TLSOpportunistic:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case TLSNone:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("mail server: tls %q is none of required, implicit, opportunistic, none", s.config.TLS)
	}
	if s.config.Username != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.config.Username), gomail.WithPassword(s.config.Password))
	}
	c, err := gomail.NewClient(s.host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	if err := c.SetTLSConfig(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}); err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return c, nil
}

// Send hands the letter to the mail server. An address or a letter that the server refuses for
// good is ErrPermanent. A refused login or sender is not: that is our configuration's fault, and
// the notice goes out once it is mended.
func (s *SMTP) Send(ctx context.Context, n Notice) error {
	msg, err := s.message(n)
	if err != nil {
		return err
	}
	c, err := s.client()
	if err != nil {
		return err
	}
	conn, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("send notice %s: reach the mail server: %w", n.ID, err)
	}
	err = errors.Join(c.SendWithSMTPClient(conn, msg), c.CloseWithSMTPClient(conn))
	if msg.IsDelivered() {
		return nil // what goes wrong once the server has taken the letter is no reason to send it again
	}
	return failure(n, err)
}

// failure says why, without the server's own words: they may repeat the address.
func failure(n Notice, err error) error {
	var told *gomail.SendError
	if !errors.As(err, &told) {
		return fmt.Errorf("send notice %s: the mail server broke off", n.ID)
	}
	theirs := told.Reason == gomail.ErrSMTPRcptTo || told.Reason == gomail.ErrSMTPData || told.Reason == gomail.ErrSMTPDataClose
	if code := told.ErrorCode(); theirs && code >= 500 && code < 600 {
		return fmt.Errorf("send notice %s: %w: the mail server answered %d %s", n.ID, ErrPermanent, code, told.EnhancedStatusCode())
	}
	return fmt.Errorf("send notice %s: %s: the mail server answered %d %s", n.ID, told.Reason, told.ErrorCode(), told.EnhancedStatusCode())
}

func (s *SMTP) message(n Notice) (*gomail.Msg, error) {
	subject, body, err := compose(n, s.config.Portal)
	if err != nil {
		return nil, err
	}
	to, err := mail.ParseAddress(n.Email)
	if err != nil {
		return nil, fmt.Errorf("send notice %s: %w: the address is none", n.ID, ErrPermanent)
	}
	to.Name = strings.Join(strings.Fields(n.Name), " ")
	m := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingB64))
	m.FromMailAddress(s.from)
	m.ToMailAddress(to)
	_, domain, _ := strings.Cut(s.from.Address, "@")
	m.SetMessageIDWithValue(n.ID + "@" + domain)
	m.SetDate()
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no vacation reply to it
	m.Subject(subject)
	m.SetBodyString(gomail.TypeTextPlain, body)
	return m, nil
}
