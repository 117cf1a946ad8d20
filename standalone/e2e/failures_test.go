package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"duban/activities"
	"duban/dispatch"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/register"
	"duban/register/postgrestest"
	"duban/workflows"
)

// Temporal is away: papers are taken and entered, acts are made, once each. When it is back, the case's
// workflow is there by itself.
func TestTemporalUnreachable(t *testing.T) {
	address := freeAddress(t)
	p := assemble(t, sqliteURL(t), address)
	id := p.file("f-1")
	got := p.post("/v1/complaints/"+id+"/letter", "officer", "l-1", map[string]any{"text": "补充说明", "sender": "complainant"})
	require.Equal(t, http.StatusAccepted, got.Status, "%v", got.Body)
	for range 2 {
		got = p.post("/v1/complaints/"+id+"/accept", "officer", "a-1", map[string]any{})
		require.Equal(t, http.StatusOK, got.Status, "%v", got.Body)
	}
	require.Equal(t, []string{"filing", "letter", "accept"}, p.moves(id))
	other := p.file("f-2") // nobody acts on it: the sweep enters it
	require.Eventually(t, func() bool { return len(p.moves(other)) == 1 }, 30*time.Second, 50*time.Millisecond)
	ready := p.get("/readyz", "officer")
	require.Equal(t, http.StatusServiceUnavailable, ready.Status)
	require.Contains(t, fmt.Sprint(ready.Body), "temporal")

	startTemporal(t, address)
	c, err := client.NewLazyClient(client.Options{HostPort: address, Namespace: "duban", Logger: silent{}})
	require.NoError(t, err)
	defer c.Close()
	desk := workflows.NewDesk(c)
	for _, id := range []string{id, other} {
		require.Eventually(t, func() bool {
			open, err := desk.Open(t.Context(), casefile.Complaint, id)
			return err == nil && open
		}, time.Minute, 100*time.Millisecond)
	}
	require.Eventually(t, func() bool { return p.get("/readyz", "officer").Status == http.StatusOK }, 10*time.Second, 50*time.Millisecond)
	require.Equal(t, []string{"filing", "letter", "accept"}, p.moves(id))
	p.clean()
}

// The register is cut off again and again while acts are made; each is asked for with its own key
// until it is answered, and is made once.
func TestRegisterDownDuringActs(t *testing.T) {
	address := freeAddress(t)
	startTemporal(t, address)
	proxy, url := between(t, postgrestest.Start(t))
	p := assemble(t, url, address)
	id := p.file("f-1")
	p.settled()
	assign := func(n int) reply {
		return p.post("/v1/complaints/"+id+"/assign", "head", fmt.Sprint("assign-", n), map[string]any{"officer": []string{"ln-wang", "ln-li"}[n%2]})
	}
	proxy.cut()
	got := assign(0)
	require.Equal(t, http.StatusServiceUnavailable, got.Status, "%v", got.Body)
	require.NotEmpty(t, got.Retry)
	proxy.restore()
	r := rand.New(rand.NewPCG(*seed, 3))
	const acts = 25
	away := 0
	for n := range acts {
		var cut sync.WaitGroup
		wait := time.Duration(r.IntN(8000)) * time.Microsecond // anywhere in the act's way
		cut.Go(func() {
			<-time.After(wait)
			proxy.cut()
			<-time.After(40 * time.Millisecond)
			proxy.restore()
		})
		require.Eventually(t, func() bool {
			got := assign(n)
			if got.Status != http.StatusOK {
				away++
				require.GreaterOrEqual(t, got.Status, 500, "%v", got.Body)
			}
			return got.Status == http.StatusOK
		}, time.Minute, 10*time.Millisecond)
		cut.Wait()
	}
	t.Logf("seed %d: %d answers were 5xx while the register was away", *seed, away)
	require.Len(t, p.moves(id), 1+acts)
	p.clean()
}

// A mail server that takes the connection and never answers delays no case.
func TestMailServerThatNeverAnswers(t *testing.T) {
	address := freeAddress(t)
	startTemporal(t, address)
	stalled := make(stall, 1)
	p := assembleWith(t, sqliteURL(t), address, stalled)
	id := p.file("f-1")
	p.settled()
	<-stalled                                                            // the receipt of the filing is being sent, for ever
	_, err := p.register.Receive(context.Background(), register.PaperIn{ // no nudge: only the sweep finds it
		Owner: "test", Key: "paper-1", Case: id, Name: "letter", By: casefile.Actor{Sender: "complainant"}, Body: casefile.Body{Text: "来信"},
	})
	require.NoError(t, err)
	p.settled()
	require.Equal(t, []string{"filing", "letter"}, p.moves(id))
}

// stall is a notifier that never comes back before the end; it tells that it was called.
type stall chan struct{}

func (s stall) Send(ctx context.Context, _ dispatch.Notice) error {
	select {
	case s <- struct{}{}:
	default:
	}
	<-ctx.Done()
	return ctx.Err()
}

// A closing act and a signal in the same moment: both are entered, the act has its verdict, and
// the workflow ends.
func TestClosingActWhileASignalArrives(t *testing.T) {
	address := freeAddress(t)
	startTemporal(t, address)
	p := assemble(t, sqliteURL(t), address)
	for n := range 15 {
		id := p.file(fmt.Sprint("f-", n))
		require.Equal(t, http.StatusOK, p.post("/v1/complaints/"+id+"/assign", "officer", fmt.Sprint("s-", n), map[string]any{"officer": "ln-wang"}).Status)
		var wg sync.WaitGroup
		wg.Go(func() {
			got := p.post("/v1/complaints/"+id+"/tell-operator-first", "officer", fmt.Sprint("c-", n), map[string]any{"reasons": "未先向经营者投诉"})
			if got.Status != http.StatusOK {
				t.Errorf("closing act: %d %v", got.Status, got.Body)
			}
		})
		for i := range 3 {
			wg.Go(func() {
				got := p.post("/v1/complaints/"+id+"/letter", "officer", fmt.Sprintf("l-%d-%d", n, i), map[string]any{"text": "来信", "sender": "complainant"})
				if got.Status != http.StatusAccepted {
					t.Errorf("letter: %d %v", got.Status, got.Body)
				}
			})
		}
		wg.Wait()
		p.settled()
		require.Len(t, p.moves(id), 6)
		p.ended(id)
	}
	p.clean()
}

// ended waits until the case's workflow has ended.
func (p *parts) ended(id string) {
	p.t.Helper()
	c, err := client.Dial(client.Options{HostPort: p.temporal, Namespace: "duban", Logger: silent{}})
	require.NoError(p.t, err)
	defer c.Close()
	desk := workflows.NewDesk(c)
	require.Eventually(p.t, func() bool {
		open, err := desk.Open(context.Background(), casefile.Complaint, id)
		return err == nil && !open
	}, 10*time.Second, 20*time.Millisecond, "the workflow of a closed case stays open")
}

// An act on a closed case starts its workflow again, is refused with a reason, or made if the law
// allows it in any state, and the workflow ends again.
func TestActOnAClosedCase(t *testing.T) {
	address := freeAddress(t)
	startTemporal(t, address)
	p := assemble(t, sqliteURL(t), address)
	id := p.file("f-1")
	require.Equal(t, http.StatusOK, p.post("/v1/complaints/"+id+"/tell-operator-first", "officer", "c-1", map[string]any{"reasons": "未先向经营者投诉"}).Status)
	p.ended(id)
	got := p.post("/v1/complaints/"+id+"/accept", "officer", "a-1", map[string]any{})
	require.Equal(t, http.StatusConflict, got.Status)
	require.Equal(t, "wrong-state", got.Body["code"])
	got = p.post("/v1/complaints/"+id+"/open-enforcement", "officer", "e-1", map[string]any{
		"violation": "service-standard", "requirement": "billing", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "reasons": "涉嫌违反服务标准",
	})
	require.Equal(t, http.StatusOK, got.Status, "%v", got.Body)
	p.settled()
	p.ended(id)
	p.clean()
}

// The register has committed, Temporal knows nothing of it (the process died between the two),
// and no client comes back: the deadline fires all the same.
func TestDeadlineFiresAfterAKillBehindTheCommit(t *testing.T) {
	ctx := context.Background()
	c := newChild(t, "")
	p := &parts{t: t, url: c.url, keys: c.keys()}
	id := p.file("f-1")
	c.kill()
	commitWithoutTemporal(ctx, t, c, id)
	c.start()
	got := p.post("/dev/clock", "", "step", map[string]any{"toNextDue": true})
	require.Equal(t, http.StatusOK, got.Status, "%v", got.Body)
	require.Eventually(t, func() bool {
		got := p.get("/v1/cases/"+id+"/ledger", "admin")
		items := got.Body["items"].([]any)
		last := items[len(items)-1].(map[string]any)
		return last["class"] == "lapse"
	}, 20*time.Second, 50*time.Millisecond)
	require.Less(t, c.stop(), 10*time.Second)
	verify(ctx, t, c)
}

// commitWithoutTemporal does what Settle does when the process dies right behind its commit.
func commitWithoutTemporal(ctx context.Context, t *testing.T, c *child, id string) {
	t.Helper()
	r, err := c.open(ctx)
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	cal, err := regimes.Calendar()
	require.NoError(t, err)
	library, err := regimes.Load()
	require.NoError(t, err)
	a := activities.New(r, cal, activities.NewAsker(jurisdiction.NewRegulations(library)), nil, nil)
	by := casefile.Actor{Officer: "ln-wang", Role: casefile.RoleOfficer, Authority: "ln-pca"}
	for n, name := range []string{"accept", "forward"} {
		made, err := a.Act(ctx, register.ActIn{Owner: "nobody", Key: fmt.Sprint(n), Case: id, Name: name, By: by})
		require.NoError(t, err)
		require.Nil(t, made.Refusal)
	}
}

// A second process on the same data would fight over it, so it is sent away.
func TestSecondProcessIsSentAway(t *testing.T) {
	url := postgrestest.Start(t)
	c := newChild(t, url)
	raw, err := exec.Command(program, "--data", c.data, "--listen", freeAddress(t)).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(raw), "another process works on the data folder")
	raw, err = exec.Command(program, "--data", t.TempDir(), "--database", url, "--listen", freeAddress(t)).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(raw), "another process works on this database")
}
