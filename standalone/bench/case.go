package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"duban/activities"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
	"duban/standalone/assembly"
	"duban/workflows"
)

// The case: a complaint through its eight acts, at the typed client: each act settled, its workflow told.

type step struct {
	name string
	body casefile.Body
}

var (
	handler = casefile.Actor{Officer: "ln-wang", Role: casefile.RoleOfficer, Authority: "ln-pca"}
	life    = []step{
		{"assign", casefile.Body{Officer: "ln-wang"}},
		{"accept", casefile.Body{}},
		{"forward", casefile.Body{Text: "请书面回复。"}},
		{"inquire", casefile.Body{Text: "调阅计费记录。"}},
		{"propose-mediation", casefile.Body{}},
		{"inquire", casefile.Body{Text: "一方不同意调解。"}},
		{"answer", casefile.Body{Finding: "founded", Text: "现答复如下。"}},
		{"close", casefile.Body{}},
	}
)

type typed struct {
	in      *assembly.Assembly
	settle  *activities.Activities
	courier *workflows.Courier
	bundle  *regimes.Bundle
}

func (b typed) file(ctx context.Context, key string) (register.Receipt, error) {
	return b.in.Register.File(ctx, register.Filing{
		Owner: "bench", Key: key, Kind: casefile.Complaint, Authority: "ln-pca", Operator: "liaohai-telecom", Subject: "话费多计",
		Body: casefile.Body{Dispute: "other", Operator: "liaohai-telecom", Text: "账单有误。"}, By: casefile.Actor{Sender: "complainant"},
		Regime: register.RegimeText{Hash: b.bundle.Regime.Hash, Text: b.bundle.Text},
	})
}

// life runs one case and returns its workflow's id.
func (b typed) life(ctx context.Context, measure func(func() error) error) (string, error) {
	key := uuid.NewString()
	got, err := b.file(ctx, key)
	if err != nil {
		return "", err
	}
	b.courier.Look(casefile.Complaint, got.Case, workflows.PaperSignal, got.Paper)
	for n, s := range life {
		err := measure(func() error { return b.act(ctx, got.Case, fmt.Sprintf("%s/%d", key, n), s) })
		if err != nil {
			return "", fmt.Errorf("act %s: %w", s.name, err)
		}
	}
	return workflows.ID(casefile.Complaint, got.Case), nil
}

func (b typed) act(ctx context.Context, id, key string, s step) error {
	made, err := b.settle.Act(ctx, register.ActIn{Owner: "bench", Key: key, Case: id, Name: s.name, By: handler, Body: s.body})
	if err != nil {
		return err
	}
	if made.Entry == 0 {
		return errors.New("no entry was made")
	}
	b.courier.Acted(casefile.Complaint, id, made.State, made.After)
	return nil
}
