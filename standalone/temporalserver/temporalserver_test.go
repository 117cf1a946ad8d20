package temporalserver_test

import (
	"maps"
	"net"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"

	"duban/register/postgrestest"
	"duban/standalone/temporalserver"
)

// onBoth runs a test on a fresh store of each kind.
func onBoth(t *testing.T, test func(t *testing.T, c temporalserver.Config)) {
	t.Run("sqlite", func(t *testing.T) {
		// SQLite takes the name for a URI, so a name that is none must do.
		test(t, temporalserver.Config{Dir: t.TempDir() + "/what? 100%", SearchAttributes: searchAttributes})
	})
	t.Run("postgresql", func(t *testing.T) {
		test(t, temporalserver.Config{DatabaseURL: postgrestest.Start(t), SearchAttributes: searchAttributes})
	})
}

func countRequest(query string) *workflowservice.CountWorkflowExecutionsRequest {
	return &workflowservice.CountWorkflowExecutionsRequest{Query: query}
}

func TestAWorkflowGoesOnAfterARestart(t *testing.T) {
	onBoth(t, func(t *testing.T, c temporalserver.Config) {
		server := start(t, c)
		y := connect(t, server.Address())
		if sum := y.sum("complaint/1", 0); sum != 0 {
			t.Errorf("a new tally has the sum %d", sum)
		}
		y.signal("complaint/1", addSignal, 5)
		if sum := y.sum("complaint/1", 5); sum != 5 {
			t.Errorf("after the signal the sum is %d, not 5", sum)
		}
		eventually(t, wantCount(y, "kind = 'complaint' AND due < '2026-03-01T00:00:00Z'", 1))
		y.disconnect()
		stop(t, server)

		// A search attribute more: the two before keep their columns and what is in them.
		c.SearchAttributes = maps.Clone(searchAttributes)
		c.SearchAttributes["authority"] = enumspb.INDEXED_VALUE_TYPE_KEYWORD
		server = start(t, c)
		y = connect(t, server.Address())
		y.signal("complaint/1", addSignal, 3)
		if sum := y.sum("complaint/1", 8); sum != 8 {
			t.Errorf("after the restart the sum is %d, not 8", sum)
		}
		eventually(t, wantCount(y, "kind = 'complaint' AND ExecutionStatus = 'Running'", 1))
		eventually(t, wantCount(y, "authority = 'ministry'", 0))
		if sum := y.result("complaint/1"); sum != 8 {
			t.Errorf("it ends with %d, not 8", sum)
		}
		y.disconnect()
		stop(t, server)
	})
}

func TestRetentionIsNinetyDaysAndFollowsTheConfig(t *testing.T) {
	onBoth(t, func(t *testing.T, c temporalserver.Config) {
		for _, want := range []time.Duration{0, 24 * time.Hour} {
			c.Retention = want
			server := start(t, c)
			y := connect(t, server.Address())
			answer, err := y.client.WorkflowService().DescribeNamespace(t.Context(),
				&workflowservice.DescribeNamespaceRequest{Namespace: "duban"})
			if err != nil {
				t.Fatal(err)
			}
			if want == 0 {
				want = 90 * 24 * time.Hour
			}
			if kept := answer.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration(); kept != want {
				t.Errorf("histories are kept %s, not %s", kept, want)
			}
			y.disconnect()
			stop(t, server)
		}
	})
}

func TestStartRefusesWhatCannotBeMeant(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	stop(t, start(t, temporalserver.Config{Dir: dir, SearchAttributes: searchAttributes}))

	for name, test := range map[string]struct {
		config temporalserver.Config
		says   string
	}{
		"no store":        {temporalserver.Config{}, "neither a data folder nor a database"},
		"every interface": {temporalserver.Config{Dir: dir, Host: "0.0.0.0"}, "loopback"},
		"a name as host":  {temporalserver.Config{Dir: dir, Host: "localhost"}, "loopback"},
		"a port in use":   {temporalserver.Config{Dir: dir, Port: taken.Addr().(*net.TCPAddr).Port}, "address already in use"},
		"not PostgreSQL":  {temporalserver.Config{DatabaseURL: "host=/tmp user=a"}, "not a postgres:// URL"},
		"another type": {temporalserver.Config{Dir: dir, SearchAttributes: map[string]enumspb.IndexedValueType{
			"due": enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		}}, "due is a Datetime already"},
		"more than there are columns": {temporalserver.Config{Dir: dir, SearchAttributes: map[string]enumspb.IndexedValueType{
			"a": enumspb.INDEXED_VALUE_TYPE_TEXT, "b": enumspb.INDEXED_VALUE_TYPE_TEXT,
			"c": enumspb.INDEXED_VALUE_TYPE_TEXT, "d": enumspb.INDEXED_VALUE_TYPE_TEXT,
		}}, "no column of type Text is left"},
	} {
		t.Run(name, func(t *testing.T) {
			server, err := temporalserver.Start(t.Context(), test.config)
			if err == nil {
				stop(t, server)
				t.Fatal("it starts")
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("the error is %q and does not say %q", err, test.says)
			}
		})
	}
}
