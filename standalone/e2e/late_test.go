package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/register/postgrestest"
	"duban/standalone/demo"
)

func TestLatePapersWhoseAnswerIsLostOnSQLite(t *testing.T) { latePapers(t, "") }

func TestLatePapersWhoseAnswerIsLostOnPostgreSQL(t *testing.T) { latePapers(t, postgrestest.Start(t)) }

// postedInTime is a reply that the operator posted within its term and the bureau has behind it.
var postedInTime = demo.Story{
	Name: "posted-in-time", Title: "reply posted in time", Dispute: "other",
	Steps: []demo.Step{
		{After: 1, By: "officer", On: "complaint", Do: "accept"},
		{After: 1, By: "officer", On: "complaint", Do: "forward", With: map[string]any{"text": "请于期限内书面回复。"}},
		{After: 20, By: "officer", On: "complaint", Do: "reply", With: map[string]any{
			"text": "经核实，已退费。", "sender": "operator", "effectiveOn": "{today-18}", "evidence": "postmark",
		}},
		{After: 1, By: "complainant", On: "complaint", Do: "feedback", With: map[string]any{"satisfied": true}},
		{After: 1, By: "officer", On: "complaint", Do: "answer", With: map[string]any{"text": "现答复如下。", "finding": "founded"}},
		{After: 1, By: "officer", On: "complaint", Do: "close"},
	},
	Ends: map[string]string{"complaint": "closed"},
}

// latePapers plays a payment that the bank had before the term of the fine had lapsed, and a reply
// that was posted before its term had. Each is killed behind its receipt, which nobody gets; sent
// again it stands in the ledger once, and sets the lapse aside.
func latePapers(t *testing.T, database string) {
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	all := demo.Stories()
	bank := slices.IndexFunc(all, func(s demo.Story) bool { return s.Name == "bank-date" })
	require.GreaterOrEqual(t, bank, 0)
	c := newChild(t, database)
	got, err := demo.Play(ctx, demo.Run{
		URL: losing(t, c, "payment", "reply"), Keys: c.keys(), Step: true, Stories: []demo.Story{all[bank], postedInTime},
		Report: func(int, int, string) {},
	})
	require.NoError(t, err)
	require.Equal(t, 2+1, c.kills, "the payment, and a reply in each story")
	for _, e := range got.Cases {
		require.True(t, e.Closed && e.AsTold && !e.Stuck, "%s %s ended in %s", e.Kind, e.Story, e.Outcome)
	}
	setAside(t, got, "enforcement", "payment", "payment")
	setAside(t, got, "complaint", "reply", "reply")
	once(t, got)
	require.Less(t, c.stop(), 10*time.Second)
	verify(ctx, t, c)
}

// setAside: one lapse of that deadline, one such paper that corrects it, and nothing else does.
func setAside(t *testing.T, r demo.Result, kind, paper, deadline string) {
	t.Helper()
	var corrects, lapses []int
	for _, c := range r.Cases {
		for _, l := range c.Ledger {
			switch {
			case c.Kind != kind:
			case l.Class == "lapse" && l.Move == deadline:
				lapses = append(lapses, l.Seq)
			case l.Move == paper:
				corrects = append(corrects, l.Corrects...)
			}
		}
	}
	require.Len(t, lapses, 1, "%s of %s", deadline, kind)
	require.Equal(t, lapses, corrects)
}

// losing stands before the program: behind the answer to the first paper of each case that has one
// of these names it kills the program, and the answer is lost.
func losing(t *testing.T, c *child, papers ...string) string {
	t.Helper()
	to, err := url.Parse(c.url)
	require.NoError(t, err)
	var mu sync.Mutex
	lost := map[string]bool{}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(res *http.Response) error {
		at := res.Request.URL.Path
		mu.Lock()
		defer mu.Unlock()
		if res.StatusCode != http.StatusAccepted || lost[at] || !slices.Contains(papers, path.Base(at)) {
			return nil
		}
		lost[at] = true
		c.kill()
		c.start()
		panic(http.ErrAbortHandler)
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}
