package temporalserver_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"duban/standalone/temporalserver"
)

// childVariable holds the configuration of a server that this binary runs instead of the tests, to be killed.
const childVariable = "DUBAN_TEMPORALSERVER_CHILD"

func TestMain(m *testing.M) {
	if config := os.Getenv(childVariable); config != "" {
		if err := runChild(config); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func runChild(config string) error {
	var c temporalserver.Config
	if err := json.Unmarshal([]byte(config), &c); err != nil {
		return err
	}
	server, err := temporalserver.Start(context.Background(), c)
	if err != nil {
		return err
	}
	fmt.Println(server.Address())
	// Without a parent nobody would kill it.
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
		return server.Stop()
	}
	return nil
}

// child starts a server in a process of its own. It ends with kill, or with the test.
func child(t *testing.T, c temporalserver.Config) (lines *bufio.Reader, kill func()) {
	t.Helper()
	config, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(config))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	kill = func() {
		if killed {
			return
		}
		killed = true
		if err := cmd.Process.Kill(); err != nil {
			t.Errorf("kill the server: %v", err)
		}
		if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "signal: killed") {
			t.Errorf("the server was not killed: %v", err)
		}
		_ = in.Close() // after Wait closed it
	}
	t.Cleanup(kill)
	return bufio.NewReader(out), kill
}

func TestAWorkflowGoesOnAfterAKill(t *testing.T) {
	onBoth(t, func(t *testing.T, c temporalserver.Config) {
		lines, kill := child(t, c)
		address, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("read the child's address: %v", err)
		}
		y := connect(t, strings.TrimSpace(address))
		y.sum("complaint/1", 0)
		y.signal("complaint/1", addSignal, 5)
		kill()
		y.disconnect()

		server := start(t, c)
		y = connect(t, server.Address())
		y.signal("complaint/1", addSignal, 3)
		if sum := y.sum("complaint/1", 8); sum != 8 {
			t.Errorf("after the kill the sum is %d, not 8", sum)
		}
		if sum := y.result("complaint/1"); sum != 8 {
			t.Errorf("it ends with %d, not 8", sum)
		}
		y.disconnect()
		stop(t, server)
	})
}

func TestAKillDuringTheFirstStartLeavesNothingHalfMade(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	onBoth(t, func(t *testing.T, c temporalserver.Config) {
		for range 6 {
			_, kill := child(t, c)
			<-time.After(time.Duration(random.IntN(1200)) * time.Millisecond)
			kill()
		}
		server := start(t, c)
		y := connect(t, server.Address())
		y.sum("complaint/1", 0)
		y.disconnect()
		stop(t, server)
	})
}
