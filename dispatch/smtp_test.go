package dispatch

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// sink is a mail server that keeps what it takes.
type sink struct {
	mu      sync.Mutex
	letters []string
	rcpt    error // what it answers to an address
	data    error // what it answers to a letter
	from    error // what it answers to a sender
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{s}, nil }

type session struct{ *sink }

func (s *session) Mail(string, *smtp.MailOptions) error { return s.from }
func (s *session) Rcpt(string, *smtp.RcptOptions) error { return s.rcpt }
func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, string(text))
	return s.data
}

func serve(t *testing.T, s *sink) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		// Where no client ever came, the server may not know its listener yet.
		if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func sender(t *testing.T, address string) *SMTP {
	t.Helper()
	s, err := NewSMTP(SMTPConfig{Address: address, From: "督办 <duban@regulator.example>", TLS: TLSNone, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var notice = Notice{
	ID: "k3v2notice", Number: "LN-C-2026-000001", Document: "acceptance-notice", To: "complainant",
	Name: "王芳\r\nBcc: x@y.example", Email: "wang@mail.example", Lang: "zh",
}

func TestLetterArrivesInChinese(t *testing.T) {
	s := &sink{}
	mailer := sender(t, serve(t, s))
	for range 2 { // at least once: the second is the same message
		if err := mailer.Send(t.Context(), notice); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.letters) != 2 {
		t.Fatalf("%d letters", len(s.letters))
	}
	for _, text := range s.letters {
		m, err := mail.ReadMessage(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Header.Get("Message-ID"); got != "<k3v2notice@regulator.example>" {
			t.Errorf("message id %q", got)
		}
		if bcc := m.Header.Get("Bcc"); bcc != "" {
			t.Errorf("a name became a header: %q", bcc)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != "【受理通知】LN-C-2026-000001" {
			t.Errorf("subject %q, %v", subject, err)
		}
		to, err := m.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "wang@mail.example" || !strings.HasPrefix(to[0].Name, "王芳") {
			t.Errorf("to %v, %v", to, err)
		}
		if got := m.Header.Get("Content-Transfer-Encoding"); got != "base64" {
			t.Fatalf("encoding %q", got)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
		if err != nil || !strings.Contains(string(body), "您的申诉已受理。") {
			t.Errorf("body %q, %v", body, err)
		}
	}
}

func TestWhichFailuresAreFinal(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user wang@mail.example"}
	busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
	for name, c := range map[string]struct {
		sink  *sink
		email string
		final bool
	}{
		"no such address":        {sink: &sink{rcpt: gone}, final: true},
		"letter refused":         {sink: &sink{data: gone}, final: true},
		"greylisted":             {sink: &sink{rcpt: busy}},
		"letter deferred":        {sink: &sink{data: busy}},
		"our sender refused":     {sink: &sink{from: gone}},
		"address that isn't one": {sink: &sink{}, email: "nobody", final: true},
	} {
		t.Run(name, func(t *testing.T) {
			n := notice
			if c.email != "" {
				n.Email = c.email
			}
			err := sender(t, serve(t, c.sink)).Send(t.Context(), n)
			if err == nil || errors.Is(err, ErrPermanent) != c.final {
				t.Fatalf("final %v: %v", c.final, err)
			}
			if strings.Contains(err.Error(), "wang") || strings.Contains(err.Error(), "nobody") {
				t.Errorf("the error tells the address: %v", err)
			}
		})
	}
}

func TestServerAway(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if err := sender(t, address).Send(t.Context(), notice); err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("server away: %v", err)
	}
}

// A server that takes the connection and says nothing holds nobody longer than the timeout.
func TestSilentServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	s, err := NewSMTP(SMTPConfig{Address: listener.Addr().String(), From: "a@b.example", TLS: TLSNone, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Send(ctx, notice); err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("silent server: %v", err)
	}
	if ctx.Err() != nil {
		t.Error("the timeout did not end the attempt")
	}
}

// In clear is asked for by name, never fallen back to.
func TestTLSIsTheDefault(t *testing.T) {
	s := &sink{}
	mailer, err := NewSMTP(SMTPConfig{Address: serve(t, s), From: "a@b.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := mailer.Send(t.Context(), notice); err == nil || errors.Is(err, ErrPermanent) || len(s.letters) != 0 {
		t.Errorf("sent in clear: %v, %d letters", err, len(s.letters))
	}
	for _, c := range []SMTPConfig{
		{Address: "localhost", From: "a@b.example"},
		{Address: "localhost:smtp", From: "a@b.example"},
		{Address: "localhost:25", From: "nobody"},
		{Address: "localhost:25", From: "a@b.example", TLS: "maybe"},
	} {
		if _, err := NewSMTP(c); err == nil {
			t.Errorf("taken: %+v", c)
		}
	}
}
