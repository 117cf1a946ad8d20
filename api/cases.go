package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/api/wire"
	"duban/docket"
	"duban/law/casefile"
	"duban/office"
)

// ListCases lists cases within what the caller may see.
func (a *API) ListCases(c echo.Context, p wire.ListCasesParams) error {
	q, err := a.caseQuery(p)
	if err != nil {
		return err
	}
	q.Kind = kindOf(c)
	name := "cases"
	if q.Kind != "" {
		name = string(q.Kind) + "s"
	} else {
		q.Kind = casefile.Kind(value(p.Kind))
	}
	return list(c, a, name, value(p.Cursor), p.Limit, func(after string, limit int) ([]docket.Line, string, error) {
		q.Cursor, q.Limit = after, limit
		return a.Office.Cases(c.Request().Context(), whoOf(c), q)
	})
}

// find is the case of a request that its caller may read, of the kind that the path speaks of.
func (a *API) find(c echo.Context, id string) (office.Case, casefile.Case, error) {
	return a.Docket.Find(c.Request().Context(), whoOf(c), access.ReadCase, id, kindOf(c))
}

// GetCase shows the file of one case.
func (a *API) GetCase(c echo.Context, id wire.CaseId) error {
	row, file, err := a.find(c, id)
	if err != nil {
		return err
	}
	out, err := a.Docket.File(c.Request().Context(), whoOf(c), row, file)
	if err != nil {
		return err
	}
	c.Response().Header().Set("ETag", etag(out.Seq))
	return c.JSON(http.StatusOK, out)
}

// GetLedger lists the entries of a case.
func (a *API) GetLedger(c echo.Context, id wire.CaseId, p wire.GetLedgerParams) error {
	row, file, err := a.find(c, id)
	if err != nil {
		return err
	}
	return list(c, a, row.Number+"-ledger", value(p.After), p.Limit, func(after, limit int) ([]docket.Entry, int, error) {
		return a.Docket.Ledger(c.Request().Context(), whoOf(c), row, file, after, limit)
	})
}

// GetEntry shows one entry of a case, with what its move says for those who read it.
func (a *API) GetEntry(c echo.Context, id wire.CaseId, seq int) error {
	row, _, err := a.find(c, id)
	if err != nil {
		return err
	}
	out, err := a.Docket.Entry(c.Request().Context(), whoOf(c), row.ID, seq)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, out)
}

// ListPersons shows the parties of a case, and keeps who opened them and why.
func (a *API) ListPersons(c echo.Context, id wire.CaseId, p wire.ListPersonsParams) error {
	ctx, who := c.Request().Context(), whoOf(c)
	row, _, err := a.Docket.Find(ctx, who, access.OpenPersons, id, "")
	if err != nil {
		return err
	}
	all, err := a.Docket.Persons(ctx, who, row, value(p.Purpose))
	if errors.Is(err, docket.ErrPurpose) {
		return problem("purpose-needed").at("purpose")
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"items": all})
}

// ListOpenings lists who opened personal data of a case.
func (a *API) ListOpenings(c echo.Context, id wire.CaseId, p wire.ListOpeningsParams) error {
	ctx, who := c.Request().Context(), whoOf(c)
	row, _, err := a.Docket.Find(ctx, who, access.ListOpenings, id, "")
	if err != nil {
		return err
	}
	return list(c, a, row.Number+"-openings", value(p.Cursor), p.Limit, numbered(func(after int64, limit int) ([]docket.Opening, int64, error) {
		return a.Docket.Openings(ctx, row, after, limit)
	}))
}

// ListPapers lists the papers of a case, without their content.
func (a *API) ListPapers(c echo.Context, id wire.CaseId, p wire.ListPapersParams) error {
	row, _, err := a.find(c, id)
	if err != nil {
		return err
	}
	return list(c, a, row.Number+"-papers", value(p.Cursor), p.Limit, numbered(func(after int64, limit int) ([]docket.Paper, int64, error) {
		return a.Docket.Papers(c.Request().Context(), whoOf(c), row, after, limit)
	}))
}

// GetPaper shows a paper, with its content for those who may read it.
func (a *API) GetPaper(c echo.Context, id wire.CaseId, paper wire.Id) error {
	row, file, err := a.find(c, id)
	if err != nil {
		return err
	}
	out, err := a.Docket.Paper(c.Request().Context(), whoOf(c), row, file, paper)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, out)
}

// GetChecklist shows the checklist of an inspection with what was found so far, or its lines as a file.
func (a *API) GetChecklist(c echo.Context, id wire.CaseId, _ wire.GetChecklistParams) error {
	ctx, who := c.Request().Context(), whoOf(c)
	row, file, err := a.Docket.Find(ctx, who, access.ReadCase, id, casefile.Inspection)
	if err != nil {
		return err
	}
	out, err := a.Docket.Checklist(ctx, who, row, file)
	if err != nil {
		return err
	}
	if formatOf(c) == formats[0] {
		return c.JSON(http.StatusOK, out)
	}
	return whole(c, a, row.Number+"-checklist", out.Items)
}

func limitOf(p *int) int {
	if p == nil {
		return 50
	}
	return *p
}

// value is what p points at, or nothing.
func value[T any](p *T) T {
	var none T
	if p == nil {
		return none
	}
	return *p
}
