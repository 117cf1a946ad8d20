package api_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/law/calendar"
	"duban/law/regimes"
)

// What the API counts is what the command counts, with the same steps.
func TestDeadlinesAsAsked(t *testing.T) {
	h := newHouse(t)
	days, err := regimes.Calendar()
	require.NoError(t, err)
	for what, v := range map[string]struct {
		asked calendar.Asked
		day   string
		says  string
	}{
		"before":   {calendar.Asked{Before: "2026-03-20", Term: "7wd", Roll: true}, "2026-03-11", "counting goes back from 2026-03-19"},
		"hours":    {calendar.Asked{From: "2026-03-02T10:20", Term: "4h", Roll: true}, "2026-03-02", "counting begins at 11:00"},
		"stopped":  {calendar.Asked{From: "2026-03-02", Term: "15d", Roll: true, Suspended: []string{"2026-03-05..2026-03-10", "2026-03-20..2026-03-20"}, Travel: 3}, "2026-03-27", "suspended in 2026-03-05…03-10"},
		"extended": {calendar.Asked{From: "2026-03-02", Term: "30d", Roll: true, Extended: []string{"30d"}, Cap: "45d"}, "2026-04-16", "with its extensions it has at most 45 natural days"},
	} {
		q := url.Values{"term": {v.asked.Term}, "suspended": v.asked.Suspended, "extended": v.asked.Extended}
		for name, text := range map[string]string{"from": v.asked.From, "before": v.asked.Before, "cap": v.asked.Cap} {
			if text != "" {
				q.Set(name, text)
			}
		}
		if v.asked.Travel > 0 {
			q.Set("travel", "3")
		}
		got := h.do(request{method: "GET", path: "/v1/deadline?" + q.Encode()})
		require.Equal(t, 200, got.status, "%s: %s", what, got.raw)
		require.Equal(t, v.day, got.json["day"], what)
		want, err := days.Answer(v.asked)
		require.NoError(t, err, what)
		why := got.json["why"].(map[string]any)
		for lang, lines := range map[string]any{"zh": why["zh"], "en": why["en"]} {
			var told []any
			for _, s := range want.Steps {
				told = append(told, s.Text(lang))
			}
			require.Equal(t, told, lines, what)
		}
		require.Contains(t, string(got.raw), v.says, what)
	}
	for lang, sentence := range map[string]string{"zh-CN": "不能有同一日", "en": "can't hold the same day"} {
		no := h.do(request{method: "GET", path: "/v1/deadline?from=2026-03-02&term=15d&suspended=2026-03-05..2026-03-10&suspended=2026-03-10..2026-03-11", header: map[string]string{"Accept-Language": lang}})
		require.Equal(t, 400, no.status, "%s", no.raw)
		require.Equal(t, "suspended", no.json["field"])
		require.Contains(t, no.json["detail"], sentence)
	}
}

func TestCalendarNamesItsNotices(t *testing.T) {
	h := newHouse(t)
	all := h.do(request{method: "GET", path: "/v1/calendar"})
	require.Equal(t, 200, all.status, "%s", all.raw)
	byYear := map[float64]map[string]any{}
	for _, x := range all.json["items"].([]any) {
		byYear[x.(map[string]any)["year"].(float64)] = x.(map[string]any)
	}
	require.Equal(t, false, byYear[2020]["provisional"])
	require.Equal(t, []any{
		map[string]any{"title": "国务院办公厅关于2020年部分节假日安排的通知", "address": "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm"},
		map[string]any{"title": "国务院办公厅关于延长2020年春节假期的通知", "address": "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm"},
	}, byYear[2020]["notices"])
	require.Contains(t, byYear[2026]["off"], map[string]any{"name": "春节", "from": "2026-02-15", "to": "2026-02-23"})
	require.Contains(t, byYear[2026]["work"], "2026-02-14")
	require.Equal(t, true, byYear[2027]["provisional"])

	year := h.do(request{method: "GET", path: "/v1/calendar/2026"}).json
	require.Equal(t, false, year["provisional"])
	require.Len(t, year["notices"], 1)
	require.Equal(t, true, h.do(request{method: "GET", path: "/v1/calendar/2031"}).json["provisional"])
}
