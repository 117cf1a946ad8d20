package api_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
	"duban/law/jurisdiction"
	"duban/register"
)

// inspectors gives the city three officers, one of them without a card that is good, and a head.
func (h *house) inspectors() {
	h.Helper()
	for _, id := range []string{"ma", "bai", "gao"} {
		require.NoError(h, h.register.PutOfficer(h.Context(), register.Officer{ID: id, Authority: "sz", Role: casefile.RoleOfficer, Name: id}))
		until := calendar.NewDay(2026, 12, 31)
		if id == "gao" {
			until = calendar.NewDay(2026, 3, 1)
		}
		require.NoError(h, h.register.PutCard(h.Context(), casefile.Card{
			Number: "c-" + id, Officer: id, Kind: casefile.InspectionCard, Level: "city", From: calendar.NewDay(2025, 1, 1), Until: until,
		}))
	}
	require.NoError(h, h.register.PutOfficer(h.Context(), register.Officer{ID: "tan", Authority: "sz", Role: casefile.RoleHead, Name: "tan"}))
	for name, k := range map[string]register.KeySpec{
		"city head": {Kind: register.OfficerKey, Owner: "tan", Authority: "sz", Role: casefile.RoleHead},
	} {
		secret, err := h.register.CreateKey(h.Context(), k)
		require.NoError(h, err)
		h.keys[name] = secret
	}
}

func aDraw() map[string]any {
	return map[string]any{
		"types": []string{"hotel"}, "want": 2, "cap": 1, "cites": []map[string]any{{"clause": "国办发〔2024〕54号", "unverified": true}},
	}
}

// A city commits to a seed, draws, opens what was drawn, carries it out and publishes: anyone can
// make the draw again.
func TestADrawOverHTTP(t *testing.T) {
	h := newHouse(t)
	h.city()
	h.inspectors()
	complaint := complaint()
	complaint["operator"], complaint["authority"] = "h2", "sz"
	r := h.do(request{method: "POST", path: "/v1/complaints", body: complaint})
	require.Equal(t, 201, r.status, "%s", r.raw)

	committed := h.do(request{method: "POST", path: "/v1/draws/commitments", as: "city", header: map[string]string{"Idempotency-Key": "a-seed-of-march"}})
	require.Equal(t, 201, committed.status, "%s", committed.raw)
	again := h.do(request{method: "POST", path: "/v1/draws/commitments", as: "city", header: map[string]string{"Idempotency-Key": "a-seed-of-march"}})
	require.Equal(t, committed.json, again.json)
	require.Equal(t, 403, h.post("city reviewer", "/v1/draws", aDraw()).status)

	body, key := aDraw(), map[string]string{"Idempotency-Key": "draw-of-march"}
	body["commitment"] = committed.json["commitment"]
	made := h.do(request{method: "POST", path: "/v1/draws", as: "city", body: body, header: key})
	require.Equal(t, 201, made.status, "%s", made.raw)
	id := made.json["id"].(string)
	require.Equal(t, id, h.do(request{method: "POST", path: "/v1/draws", as: "city", body: body, header: key}).json["id"])
	require.Equal(t, "bad-draw", h.post("city", "/v1/draws", body).json["code"], "a seed is drawn with once")
	body["want"] = 1
	require.Equal(t, "idempotency-key-reused", h.do(request{method: "POST", path: "/v1/draws", as: "city", body: body, header: key}).json["code"])

	get := request{method: "GET", path: "/v1/draws/" + id, as: "city"}
	record, err := draw.Read(h.do(get).raw)
	require.NoError(t, err)
	found, err := draw.Verify(record)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, draw.Commitment(record.Seed), committed.json["commitment"])
	require.Equal(t, made.json["hash"], record.Hash)
	require.Equal(t, []draw.Target{{ID: "h1"}, {ID: "h2", Complaints: 1}}, record.Targets)
	require.Len(t, record.Officers, 3)
	for _, v := range record.Result {
		require.Equal(t, []string{"bai", "ma"}, v.Officers, "gao's card has expired")
	}
	for _, as := range []string{"", "hotel", "stranger"} {
		require.Equal(t, 404, h.do(request{method: "GET", path: get.path, as: as}).status, as)
	}

	require.Equal(t, 404, h.post("stranger", get.path+"/open", nil).status)
	require.Equal(t, 403, h.post("superior", get.path+"/open", nil).status)
	require.Equal(t, "visits-to-come", h.post("city", get.path+"/publish", nil).json["code"])
	opened := h.post("city", get.path+"/open", nil)
	require.Equal(t, 200, opened.status, "%s", opened.raw)
	require.Equal(t, opened.json, h.post("city", get.path+"/open", nil).json, "none is opened twice")
	require.Len(t, h.items("city", "/v1/inspections"), 2)
	require.Equal(t, "visits-to-come", h.post("city", get.path+"/publish", nil).json["code"], "it would betray them")

	for _, v := range opened.json["items"].([]any) {
		visit := v.(map[string]any)
		require.Equal(t, "opened", visit["state"])
		at := "/v1/inspections/" + visit["case"].(string)
		h.settled(visit["case"].(string))
		h.act("city head", at+"/approve", nil)
		file := h.do(request{method: "GET", path: at, as: "city"})
		require.Equal(t, []any{"bai", "ma"}, file.json["inspection"].(map[string]any)["drawn"])
		refused := h.post("city", at+"/appoint", map[string]any{"officers": []string{"ma", "gao"}})
		require.Contains(t, []any{"no-card", "not-drawn"}, refused.json["code"])
		h.act("city", at+"/appoint", map[string]any{"officers": []string{"ma", "bai"}})
		h.act("city", at+"/start", map[string]any{"officers": []string{"ma", "bai"}, "on": "2026-03-02", "shown": true})
	}
	published := h.post("city", get.path+"/publish", nil)
	require.Equal(t, 200, published.status, "%s", published.raw)
	require.NotEmpty(t, published.json["published"])
	public := h.do(request{method: "GET", path: get.path})
	require.Equal(t, 200, public.status)
	require.Equal(t, string(h.do(get).raw), string(public.raw))

	// The next draw: both are at their cap, and the officers are on site.
	next := h.post("city", "/v1/draws", aDraw())
	require.Equal(t, 201, next.status, "%s", next.raw)
	second, err := draw.Read(h.do(request{method: "GET", path: "/v1/draws/" + next.json["id"].(string), as: "city"}).raw)
	require.NoError(t, err)
	require.Empty(t, second.Result)
	require.True(t, slices.ContainsFunc(second.Officers, func(o draw.Officer) bool { return o.ID == "ma" && o.Busy && o.Load == 2 }))
	require.Equal(t, calendar.NewDay(2026, 3, 2), second.Targets[0].Inspected)
	require.Len(t, h.items("city", "/v1/draws"), 2)
	require.Empty(t, h.items("stranger", "/v1/draws"))
	h.verified()
}

// The measures ask for a star inspector where a star hotel is checked (tourism 10): nobody else is drawn
// for it. The size of a team is the request's.
func TestAStarHotelIsDrawnForStarInspectors(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	require.NoError(t, h.register.PutAuthority(ctx, jurisdiction.Authority{ID: "lnta", Level: "province", Domain: "tourism", Code: "LT", Name: casefile.Text{Zh: "辽宁旅游", En: "Liaoning tourism"}}))
	require.NoError(t, h.register.PutOperator(ctx, register.Operator{ID: "grand", Name: "大饭店", Types: []string{"star-hotel"}, Province: "lnta"}))
	require.NoError(t, h.register.PutOperator(ctx, register.Operator{ID: "noodles", Name: "面馆", Types: []string{"restaurant"}, Province: "lnta"}))
	for who, level := range map[string]string{"xu": "province", "song": "province", "star-1": "national-star", "star-2": "national-star"} {
		require.NoError(t, h.register.PutOfficer(ctx, register.Officer{ID: who, Authority: "lnta", Role: casefile.RoleOfficer, Name: who}))
		require.NoError(t, h.register.PutCard(ctx, casefile.Card{
			Number: "c-" + who, Officer: who, Kind: casefile.InspectionCard, Level: level, From: calendar.NewDay(2025, 1, 1), Until: calendar.NewDay(2026, 12, 31),
		}))
	}
	secret, err := h.register.CreateKey(ctx, register.KeySpec{Kind: register.OfficerKey, Owner: "xu", Authority: "lnta", Role: casefile.RoleOfficer})
	require.NoError(t, err)
	h.keys["bureau"] = secret
	body := func(team any) map[string]any {
		b := aDraw()
		if b["types"] = []string{"star-hotel", "restaurant"}; team != nil {
			b["team"] = team
		}
		return b
	}
	drawn := func(team any) draw.Record {
		made := h.post("bureau", "/v1/draws", body(team))
		require.Equal(t, 201, made.status, "%s", made.raw)
		r, err := draw.Read(h.do(request{method: "GET", path: "/v1/draws/" + made.json["id"].(string), as: "bureau"}).raw)
		require.NoError(t, err)
		found, err := draw.Verify(r)
		require.NoError(t, err)
		require.Empty(t, found)
		return r
	}
	two := drawn(nil)
	require.Equal(t, int64(2), two.Team)
	require.Contains(t, two.Cites, draw.Cite{Clause: "liaoning-tourism-1991:10"})
	for _, v := range two.Result {
		if v.Target == "grand" {
			require.Equal(t, []string{"star-1", "star-2"}, v.Officers)
		}
		require.Len(t, v.Officers, 2)
	}
	three := drawn(3)
	require.Equal(t, int64(3), three.Team)
	for _, v := range three.Result {
		require.Equal(t, map[string]int{"grand": 0, "noodles": 3}[v.Target], len(v.Officers), "%+v", v)
	}
	for _, team := range []any{1, 0, 21, "2", 2.5} {
		require.Equal(t, 422, h.post("bureau", "/v1/draws", body(team)).status, "%v", team)
	}
	h.verified()
}

// What was drawn while there was still a place under the cap finds it taken.
func TestADrawKeepsTheYearlyCap(t *testing.T) {
	h := newHouse(t)
	h.city()
	h.inspectors()
	var ids []string
	for range 2 {
		made := h.post("city", "/v1/draws", aDraw())
		require.Equal(t, 201, made.status, "%s", made.raw)
		ids = append(ids, made.json["id"].(string))
	}
	for i, want := range []string{"opened", "capped"} {
		opened := h.post("city", "/v1/draws/"+ids[i]+"/open", nil)
		require.Equal(t, 200, opened.status)
		for _, v := range opened.json["items"].([]any) {
			visit := v.(map[string]any)
			require.Equal(t, []any{want, float64(i)}, []any{visit["state"], visit["had"]})
		}
	}
	require.Len(t, h.items("city", "/v1/inspections"), 2)
	h.verified()
}

// Who changes a row past the program is found, even where the record is made anew as a whole.
func TestATamperedDrawIsFound(t *testing.T) {
	h := newHouse(t)
	h.city()
	h.inspectors()
	made := h.post("city", "/v1/draws", aDraw())
	require.Equal(t, 201, made.status, "%s", made.raw)
	h.verified()
	text := string(h.do(request{method: "GET", path: "/v1/draws/" + made.json["id"].(string), as: "city"}).raw)
	record, err := draw.Read([]byte(text))
	require.NoError(t, err)
	forged, err := draw.Run(record.Input, strings.Repeat("ab", 32))
	require.NoError(t, err)
	whole, err := forged.Text()
	require.NoError(t, err)
	db, err := sql.Open("sqlite", filepath.Join(h.folder, "register.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for name, c := range map[string][]any{
		"the result":          {strings.Replace(text, `"target": "h1"`, `"target": "h2"`, 1), record.Hash},
		"the draw as a whole": {string(whole), forged.Hash},
	} {
		_, err := db.ExecContext(t.Context(), "UPDATE draws SET record = ?, hash = ?", c...)
		require.NoError(t, err)
		rep, err := h.register.Verify(t.Context(), nil)
		require.NoError(t, err)
		require.NotEmpty(t, rep.Violations, name)
		require.Equal(t, register.CheckDraw, rep.Violations[0].Check, name)
	}
}
