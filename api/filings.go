package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"duban/law/calendar"
	"duban/law/casefile"
)

// cover is what only the door reads of a filing's body.
type cover struct {
	Subject        string       `json:"subject"`
	ExternalSource string       `json:"externalSource"`
	ExternalID     string       `json:"externalId"`
	ReceivedOn     calendar.Day `json:"receivedOn"`

	ComplainantName    string `json:"complainantName"`
	ComplainantPhone   string `json:"complainantPhone"`
	ComplainantEmail   string `json:"complainantEmail"`
	ComplainantAddress string `json:"complainantAddress"`
	ApplicantName      string `json:"applicantName"`
	ApplicantPhone     string `json:"applicantPhone"`
	ApplicantEmail     string `json:"applicantEmail"`
	ApplicantAddress   string `json:"applicantAddress"`
}

// contact is the party's contact as an act puts it right, whole; nil where the act says nothing of it.
func (d cover) contact(s casefile.Spec) (*Person, error) {
	p, prefix := Person{Role: "complainant", Name: d.ComplainantName, Phone: d.ComplainantPhone, Email: d.ComplainantEmail, Address: d.ComplainantAddress}, "complainant"
	if s.Kind == casefile.Appeal {
		p, prefix = Person{Role: "applicant", Name: d.ApplicantName, Phone: d.ApplicantPhone, Email: d.ApplicantEmail, Address: d.ApplicantAddress}, "applicant"
	}
	switch {
	case !slices.Contains(s.Takes, "contact") || p == Person{Role: p.Role}:
		return nil, nil
	case p.Name == "":
		return nil, problem("missing-field").in(prefix + "Name")
	case p.Phone == "" && p.Email == "" && p.Address == "":
		return nil, problem("contact-needed").in(prefix + "Phone")
	}
	return &p, nil
}

// file serves the paper that opens a case of a kind.
func (a *API) file(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		var body casefile.Body
		var door cover
		if err := bodiesOf(c, &body, &door); err != nil {
			return err
		}
		who := callerOf(ctx)
		f := Filing{
			Owner: who.owner(), Key: c.Request().Header.Get("Idempotency-Key"), Kind: s.Kind, Subject: door.Subject,
			Operator: body.Operator, Body: body, By: casefile.Actor{Sender: s.Senders[0]},
		}
		if who.Kind == OfficerKey {
			f.By = who.actor()
			f.By.Sender = s.Senders[0]
		}
		fill := map[casefile.Kind]func(*Filing, caller, cover) error{
			casefile.Complaint: a.complaint(ctx), casefile.Appeal: a.appeal(c), casefile.Enforcement: ofOfficer, casefile.Inspection: a.inspection(ctx),
		}
		if err := fill[s.Kind](&f, who, door); err != nil {
			return err
		}
		receipt, err := a.take(ctx, f)
		if err != nil {
			return err
		}
		a.measures.paper(s.Kind, s.Name)
		if body.Imported == nil { // else it was entered with its receipt
			a.nudge(ctx, s.Kind, receipt.Case, s.Name, receipt.Paper)
		}
		return a.answerReceipt(c, receipt, http.StatusCreated)
	}
}

// take puts a filing into the register: an inspection that is no import with the ground on which
// it counts towards no cap.
func (a *API) take(ctx context.Context, f Filing) (Receipt, error) {
	if f.Kind == casefile.Inspection && f.Body.Imported == nil {
		return a.House.FileExempt(ctx, f, f.Body.Cause, f.Body.Text)
	}
	return a.House.File(ctx, f)
}

// complaint: anybody may file one. Only imports bring an id of another system and keep an
// earlier receipt; they are for the authority of their key and those below it, because who names
// an id that was imported before is given its receipt.
func (a *API) complaint(ctx context.Context) func(*Filing, caller, cover) error {
	return func(f *Filing, who caller, door cover) error {
		f.Authority, f.Body.Authority = f.Body.Authority, ""
		if f.Authority == "" && (who.Kind == OfficerKey || who.Kind == ImportKey) {
			f.Authority = who.Authority
		}
		if who.Kind == ImportKey {
			if err := a.imported(ctx, f, who, door); err != nil {
				return err
			}
		} else if door.ExternalSource != "" || door.ExternalID != "" || !door.ReceivedOn.IsZero() {
			return problem("officers-only-field").in("externalId")
		} else if door.ComplainantPhone == "" && door.ComplainantEmail == "" && door.ComplainantAddress == "" {
			return problem("contact-needed").in("complainantPhone")
		}
		f.Person = &Person{
			Role: "complainant", Name: door.ComplainantName, Phone: door.ComplainantPhone,
			Email: door.ComplainantEmail, Address: door.ComplainantAddress,
		}
		return nil
	}
}

// appeal: whoever may know of the contested case may contest it; in whose name follows from who
// asks, and an officer enters it for any applicant.
func (a *API) appeal(c echo.Context) func(*Filing, caller, cover) error {
	return func(f *Filing, who caller, door cover) error {
		line, _, err := a.find(c.Request().Context(), f.Body.ContestedCase, "")
		if errors.Is(err, ErrNotFound) {
			return problem("not-in-list").in("contestedCase")
		}
		if err != nil {
			return err
		}
		allowed := map[string]string{OperatorKey: "penalised", partyKey: "complainant", OfficerKey: f.Body.Applicant}
		if allowed[who.Kind] != f.Body.Applicant {
			return problem("wrong-sender").in("applicant")
		}
		f.Operator, f.Body.Authority = line.Operator, line.Authority // the respondent made the act
		if door.ApplicantName != "" {
			f.Person = &Person{
				Role: "applicant", Name: door.ApplicantName, Phone: door.ApplicantPhone,
				Email: door.ApplicantEmail, Address: door.ApplicantAddress,
			}
		}
		return nil
	}
}

// imported takes what only an import states.
func (a *API) imported(ctx context.Context, f *Filing, who caller, door cover) error {
	if (door.ExternalSource == "") != (door.ExternalID == "") {
		return problem("missing-field").in("externalId")
	}
	over, err := a.over(ctx, who.Authority, f.Authority)
	if err != nil {
		return err
	}
	if !over {
		return problem("not-for-you")
	}
	f.Source, f.SourceID, f.Received, f.By.Authority = door.ExternalSource, door.ExternalID, door.ReceivedOn, ""
	return nil
}

// inspection: officers file one by hand that counts towards no cap, with its cause and in words
// why; a planned one is opened by its plan, where it is counted (lifecycles §7). An import brings
// those that were over before this house, each with its own day and its id in the system that it
// comes from.
func (a *API) inspection(ctx context.Context) func(*Filing, caller, cover) error {
	return func(f *Filing, who caller, door cover) error {
		f.Authority = who.Authority
		switch {
		case who.Kind != ImportKey && (f.Body.Imported != nil || door.ExternalID != "" || !door.ReceivedOn.IsZero() || len(f.Body.Items) > 0 || f.Body.Cause == "re-inspection"):
			return problem("not-for-you")
		case who.Kind != ImportKey:
			return byHand(ctx, f.Body)
		case f.Body.Imported == nil || !*f.Body.Imported:
			return problem("missing-field").in("imported")
		case door.ExternalID == "":
			return problem("missing-field").in("externalId")
		case door.ReceivedOn.IsZero():
			return problem("missing-field").in("receivedOn")
		case f.Body.On.After(door.ReceivedOn): // which the house keeps from lying in the future
			return problem("day-in-future").in("on")
		}
		return a.imported(ctx, f, who, door)
	}
}

// byHand tells what an inspection outside every plan lacks.
func byHand(ctx context.Context, b casefile.Body) error {
	if _, err := planner(ctx); err != nil {
		return err
	}
	switch {
	case b.Cause == "":
		return problem("missing-field").in("cause")
	case b.Cause == "planned":
		return problem("planned-by-plan").in("cause")
	case strings.TrimSpace(b.Text) == "":
		return problem("missing-field").in("text")
	}
	return nil
}

// ofOfficer: officers open cases of their own authority.
func ofOfficer(f *Filing, who caller, _ cover) error {
	f.Authority = who.Authority
	return nil
}
