package dispatch

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
)

func TestLogTellsNoPerson(t *testing.T) {
	var out bytes.Buffer
	if err := (Log{Logger: slog.New(slog.NewTextHandler(&out, nil))}).Send(t.Context(), notice); err != nil {
		t.Fatal(err)
	}
	line := out.String()
	for _, want := range []string{"notice=k3v2notice", "case=LN-C-2026-000001", "document=acceptance-notice", "to=complainant"} {
		if !strings.Contains(line, want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
	if strings.Contains(line, "wang@") || strings.Contains(line, "王芳") {
		t.Errorf("personal data in %s", line)
	}
}

type kept struct{ ids []string }

func (k *kept) Send(_ context.Context, n Notice) error {
	k.ids = append(k.ids, n.ID)
	return nil
}

func TestWithoutAddressNoMail(t *testing.T) {
	var mail, other kept
	sinks := ByAddress{Mail: &mail, Other: &other}
	for _, n := range []Notice{{ID: "a", Email: "a@b.example"}, {ID: "b"}} {
		if err := sinks.Send(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if len(mail.ids) != 1 || mail.ids[0] != "a" || len(other.ids) != 1 || other.ids[0] != "b" {
		t.Errorf("mail %v, other %v", mail.ids, other.ids)
	}
}
