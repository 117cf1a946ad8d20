package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/stretchr/testify/require"

	"duban/activities"
	"duban/api"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
)

// house is a whole installation without Temporal: the real register on SQLite, the real laws, the API
// over HTTP, and a desk that settles in the process.
type house struct {
	*testing.T
	register *register.Register
	desk     *desk
	office   *office.Office
	docket   *docket.Docket
	folder   string
	url      string
	log      *bytes.Buffer
	keys     map[string]string // by a name below
	checker  routers.Router
	nextKey  atomic.Int64
}

// opening is the legal time at which every test begins: a Monday.
var opening = time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Shanghai())

// The cast.
const (
	ministry, guangdong, liaoning = "miit", "gd", "ln"
	operator, otherOperator       = "telco", "other-telco"
)

func newHouse(t *testing.T) *house {
	t.Helper()
	folder := t.TempDir()
	return newHouseAt(t, folder, "sqlite:"+filepath.Join(folder, "register.db"), api.Options{})
}

// newHouseAt is an installation on that register, with those options as far as they are not its own.
func newHouseAt(t *testing.T, folder, url string, options api.Options) *house {
	t.Helper()
	ctx := t.Context()
	r, err := register.Open(ctx, register.Config{URL: url, Secret: []byte("a secret for tests only")})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.NoError(t, r.Migrate(ctx))
	require.NoError(t, r.SetClock(ctx, register.Clock{Mode: register.Stepped, AnchorLegal: opening}))
	library, err := regimes.Load()
	require.NoError(t, err)
	cal, err := regimes.Calendar()
	require.NoError(t, err)

	h := &house{T: t, register: r, desk: &desk{}, folder: folder, keys: map[string]string{}, log: &bytes.Buffer{}}
	laws, files, log := jurisdiction.NewRegulations(library), docket.New(r, cal), slog.New(slog.NewJSONHandler(h.log, nil))
	o := office.New(office.Options{Register: r, Docket: files, Regulations: laws, Calendar: cal, Desk: h.desk, Logger: log})
	h.desk.settle = activities.New(r, cal, o.Asker(), nobody{}, h.desk.linked)
	h.office, h.docket = o, files
	h.people(ctx)
	h.desk.plans = activities.NewPlanner(r, cal, activities.Pin(r, laws), h.desk.linked)
	options.Office, options.Docket, options.Parts, options.Dev, options.Logger = o, files, o.Parts(h.desk.up), true, log
	e, err := api.New(options)
	require.NoError(t, err)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	h.url = server.URL
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	require.NoError(t, err)
	doc.Servers = nil
	h.checker, err = legacy.NewRouter(doc)
	doc.OpenAPI = "3.0.3" // as the API does: the validator for 3.1 is slow
	require.NoError(t, err)
	return h
}

func (h *house) people(ctx context.Context) {
	for _, a := range []jurisdiction.Authority{
		{ID: ministry, Level: "ministry", Domain: "telecom", Code: "BU", Name: casefile.Text{Zh: "部", En: "Ministry"}},
		{ID: guangdong, Parent: ministry, Level: "province", Domain: "telecom", Code: "GD", Name: casefile.Text{Zh: "广东", En: "Guangdong"}},
		{ID: liaoning, Parent: ministry, Level: "province", Domain: "telecom", Code: "LN", Name: casefile.Text{Zh: "辽宁", En: "Liaoning"}},
	} {
		require.NoError(h, h.register.PutAuthority(ctx, a))
	}
	for _, o := range []string{operator, otherOperator} {
		require.NoError(h, h.register.PutOperator(ctx, register.Operator{ID: o, Name: "经营者" + o, Province: guangdong, Email: o + "@example.com"}))
	}
	for name, k := range map[string]register.KeySpec{
		"officer":        {Kind: register.OfficerKey, Owner: "li", Authority: guangdong, Role: casefile.RoleOfficer},
		"colleague":      {Kind: register.OfficerKey, Owner: "wang", Authority: guangdong, Role: casefile.RoleOfficer},
		"reviewer":       {Kind: register.OfficerKey, Owner: "zhou", Authority: guangdong, Role: casefile.RoleReviewer},
		"head":           {Kind: register.OfficerKey, Owner: "chen", Authority: guangdong, Role: casefile.RoleHead},
		"stranger":       {Kind: register.OfficerKey, Owner: "zhao", Authority: liaoning, Role: casefile.RoleOfficer},
		"superior":       {Kind: register.OfficerKey, Owner: "sun", Authority: ministry, Role: casefile.RoleOfficer},
		"operator":       {Kind: register.OperatorKey, Owner: operator},
		"other operator": {Kind: register.OperatorKey, Owner: otherOperator},
		"admin":          {Kind: register.AdminKey, Owner: "root"},
		"import":         {Kind: register.ImportKey, Owner: "old system", Authority: guangdong},
	} {
		if k.Kind == register.OfficerKey {
			require.NoError(h, h.register.PutOfficer(ctx, register.Officer{ID: k.Owner, Authority: k.Authority, Role: k.Role, Name: k.Owner}))
		}
		secret, err := h.register.CreateKey(ctx, k)
		require.NoError(h, err)
		h.keys[name] = secret
	}
}

type nobody struct{}

func (nobody) Moved(casefile.Kind, casefile.Class, string) {}
func (nobody) Refused(casefile.Kind, string)               {}
func (nobody) Faulted(casefile.Kind, bool)                 {}

// desk looks at once, and can be away as Temporal can.
type desk struct {
	settle *activities.Activities
	plans  *activities.Planner
	away   atomic.Bool
	failed atomic.Int64
	acted  atomic.Int64 // seq of the last act that was told
	looked func()       // told of a nudge, before it is seen to; nil: nobody
}

var errAway = errors.New("nobody at the desk")

func (d *desk) up(context.Context) error {
	if d.away.Load() {
		return errAway
	}
	return nil
}

func (d *desk) Look(_ casefile.Kind, id, _, _ string) {
	go func() {
		if d.looked != nil {
			d.looked()
		}
		if err := d.run(context.Background(), id); err != nil {
			d.failed.Add(1)
		}
	}()
}

func (d *desk) Acted(_ casefile.Kind, _ string, _ casefile.State, after activities.SettleResult) {
	d.acted.Store(int64(after.Seq))
}

// linked is how a case that sent a paper to another tells it; the test waits for what it expects.
func (d *desk) linked(kind casefile.Kind, id string) { d.Look(kind, id, "paper", "") }

func (d *desk) run(ctx context.Context, id string) error {
	if d.away.Load() {
		return errAway
	}
	for {
		out, err := d.settle.Settle(ctx, activities.SettleInput{Case: id})
		if err != nil || !out.More {
			return err
		}
	}
}

// request is one HTTP request; a body that is a string or bytes is sent as it is.
type request struct {
	method, path string
	as           string // a key of the cast
	body         any
	header       map[string]string
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	raw    []byte
	json   map[string]any
}

func (h *house) do(r request) reply {
	h.Helper()
	var body []byte
	switch b := r.body.(type) {
	case nil:
	case []byte:
		body = b
	case string:
		body = []byte(b)
	default:
		var err error
		body, err = json.Marshal(b)
		require.NoError(h, err)
	}
	req, err := http.NewRequestWithContext(h.Context(), r.method, h.url+r.path, bytes.NewReader(body))
	require.NoError(h, err)
	if r.method == http.MethodPost {
		req.Header.Set("Idempotency-Key", fmt.Sprintf("test-key-%d", h.nextKey.Add(1)))
	}
	if len(body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.as != "" {
		req.Header.Set("Authorization", "Bearer "+h.keys[r.as])
	}
	for k, v := range r.header {
		req.Header.Set(k, v)
		if v == "" {
			req.Header.Del(k)
		}
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(h, err)
	defer func() { require.NoError(h, res.Body.Close()) }()
	out := reply{status: res.StatusCode, header: res.Header}
	out.raw, err = io.ReadAll(res.Body)
	require.NoError(h, err)
	if len(out.raw) > 0 && out.raw[0] == '{' && !strings.HasPrefix(res.Header.Get("Content-Type"), "application/jsonl") {
		require.NoError(h, json.Unmarshal(out.raw, &out.json))
	}
	h.keepsContract(req, res, out.raw)
	return out
}

// keepsContract holds every answer of every test to openapi.yaml.
func (h *house) keepsContract(req *http.Request, res *http.Response, body []byte) {
	h.Helper()
	route, params, err := h.checker.FindRoute(req)
	if err != nil {
		return // no operation: an answer of Echo, looked at by the test itself
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 res.StatusCode, Header: res.Header, Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	in.SetBodyBytes(body)
	if res.StatusCode >= 400 && res.StatusCode != http.StatusInternalServerError {
		require.NotNil(h, route.Operation.Responses.Status(res.StatusCode), "%s %s: %d is not told: %s", req.Method, req.URL.Path, res.StatusCode, body)
	}
	require.NoError(h, openapi3filter.ValidateResponse(h.Context(), in), "%s %s: %s", req.Method, req.URL.Path, body)
}

// complaint is a filing as a citizen would send it.
func complaint() map[string]any {
	return map[string]any{
		"operator": operator, "dispute": "fee", "subject": "宽带多收费", "text": "三月多收了两个月的宽带费。",
		"eventOn": "2026-02-01", "askedOperatorOn": "2026-02-05", "complainantName": "张三", "complainantPhone": "13800000000",
	}
}

// filed files a complaint and waits until it is entered.
func (h *house) filed() (id, number, pin string) {
	h.Helper()
	r := h.do(request{method: "POST", path: "/v1/complaints", body: complaint(), header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, r.status, "%s", r.raw)
	require.NotNil(h, r.json["entry"], "%s", r.raw)
	return r.json["case"].(string), r.json["number"].(string), r.json["pin"].(string)
}

// act has an act made and expects its entry.
func (h *house) act(as, path string, body any) reply {
	h.Helper()
	r := h.do(request{method: "POST", path: path, as: as, body: body})
	require.Equal(h, 200, r.status, "%s: %s", path, r.raw)
	return r
}
