package api

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
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

// person is whom a filing names: a complaint its complainant, an appeal its applicant.
func (d cover) person(k casefile.Kind) office.Person {
	if k == casefile.Appeal {
		return office.Person{Name: d.ApplicantName, Phone: d.ApplicantPhone, Email: d.ApplicantEmail, Address: d.ApplicantAddress}
	}
	return office.Person{Name: d.ComplainantName, Phone: d.ComplainantPhone, Email: d.ComplainantEmail, Address: d.ComplainantAddress}
}

// contact is the party's contact as an act puts it right, whole; nil where the act says nothing of it.
func (d cover) contact(s casefile.Spec) *office.Person {
	p := d.person(s.Kind)
	if !slices.Contains(s.Takes, "contact") || p == (office.Person{}) {
		return nil
	}
	return &p
}

// file serves the paper that opens a case of a kind.
func (a *API) file(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		var body casefile.Body
		var door cover
		if err := bodiesOf(c, &body, &door); err != nil {
			return err
		}
		filing := office.Filing{
			Key: keyOf(c), Kind: s.Kind, Subject: door.Subject, Body: body, Person: door.person(s.Kind),
			Source: door.ExternalSource, SourceID: door.ExternalID, Received: door.ReceivedOn,
		}
		if c.QueryParam("dryRun") == "true" {
			return a.rehearse(c, filing)
		}
		receipt, err := a.Office.File(c.Request().Context(), whoOf(c), filing)
		if err != nil {
			return err
		}
		a.measures.paper(s.Kind, s.Name)
		return a.answerReceipt(c, receipt, http.StatusCreated)
	}
}

// rehearse answers an import what would become of a filing: its problem, the receipt of what is there
// already, or nothing where it could be filed.
func (a *API) rehearse(c echo.Context, f office.Filing) error {
	r, err := a.Office.Rehearse(c.Request().Context(), whoOf(c), f)
	if errors.Is(err, office.ErrNotFound) {
		return c.NoContent(http.StatusNoContent)
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, receiptView(r))
}
