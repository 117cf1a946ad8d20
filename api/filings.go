package api

import (
	"net/http"

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

// file serves the paper that opens a case of a kind.
func (a *API) file(s casefile.Spec) echo.HandlerFunc {
	return func(c echo.Context) error {
		var body casefile.Body
		var door cover
		if err := bodiesOf(c, &body, &door); err != nil {
			return err
		}
		receipt, err := a.Office.File(c.Request().Context(), whoOf(c), office.Filing{
			Key: keyOf(c), Kind: s.Kind, Subject: door.Subject, Body: body, Person: door.person(s.Kind),
			Source: door.ExternalSource, SourceID: door.ExternalID, Received: door.ReceivedOn,
		})
		if err != nil {
			return err
		}
		a.measures.paper(s.Kind, s.Name)
		return a.answerReceipt(c, receipt, http.StatusCreated)
	}
}
