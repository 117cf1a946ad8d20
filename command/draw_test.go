package command

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"duban/law/draw"
)

const exampleSeed = "5771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63"

func TestDrawRunAndVerify(t *testing.T) {
	made := run(t, "draw", "run", "../examples/draw-tourism.json", "--seed", exampleSeed)
	if made.status != exitOK {
		t.Fatalf("status %d, %s", made.status, made.err)
	}
	path := write(t, "draw.json", made.out)
	for _, lang := range []string{"zh", "en"} {
		got := run(t, "draw", "verify", path, "--lang", lang)
		if got.status != exitOK {
			t.Errorf("%s: status %d, %s", lang, got.status, got.err)
		}
		golden(t, "draw-verify-"+lang+".txt", got.out)
	}

	forged := write(t, "forged.json", strings.Replace(made.out, "\"off-12\",\n        \"off-14\"", "\"off-11\",\n        \"off-14\"", 1))
	if got := run(t, "draw", "verify", forged); got.status != exitFailed || !strings.Contains(got.out, "result[0].officers: other officers are drawn; recorded [off-11 off-14], repeated [off-12 off-14]") {
		t.Errorf("forged: status %d, %s%s", got.status, got.out, got.err)
	}
	got := run(t, "draw", "verify", forged, "--json")
	var said struct {
		Same        bool
		Differences []draw.Difference
	}
	if err := json.Unmarshal([]byte(got.out), &said); err != nil || got.status != exitFailed || said.Same || len(said.Differences) != 2 {
		t.Errorf("forged, --json: status %d, %s, %v", got.status, got.out, err)
	}
	for name, text := range map[string]string{
		"no JSON": "{", "another version": strings.Replace(made.out, `"version": 1`, `"version": 2`, 1), "more": made.out + "{}",
		"a field twice": strings.Replace(made.out, `"version": 1,`, `"version": 1, "version": 1,`, 1), "a hidden field": strings.Replace(made.out, `"version": 1,`, `"version": 1, "x": 1,`, 1),
	} {
		if got := run(t, "draw", "verify", write(t, "malformed.json", text)); got.status != exitFound || got.out != "" {
			t.Errorf("%s: status %d, %s", name, got.status, got.out)
		}
	}
	if got := run(t, "draw", "verify", "no-such-file.json"); got.status != exitFailed {
		t.Errorf("no file: status %d", got.status)
	}
}

func TestDrawRunTakesASeedOfItsOwn(t *testing.T) {
	one, other := run(t, "draw", "run", "../examples/draw-telecom.json"), run(t, "draw", "run", "../examples/draw-telecom.json")
	if one.status != exitOK || one.out == other.out {
		t.Errorf("status %d, %s; twice the same: %v", one.status, one.err, one.out == other.out)
	}
	if got := run(t, "draw", "verify", write(t, "draw.json", one.out)); got.status != exitOK {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
	if got := run(t, "draw", "run", "../examples/draw-tourism.json"); got.status != exitUsage || !strings.Contains(got.err, "--seed") {
		t.Errorf("committed, no seed: status %d, %s", got.status, got.err)
	}
	if got := run(t, "draw", "run", "../examples/draw-tourism.json", "--seed", strings.Repeat("0", 64)); got.status != exitFailed || !strings.Contains(got.err, "committed") {
		t.Errorf("another seed: status %d, %s", got.status, got.err)
	}
	text, err := os.ReadFile("../examples/draw-telecom.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, clause := range []string{"telecom-2001:99", "telecom-complaints-2016:8"} { // none; one that was not read in full
		if got := run(t, "draw", "run", write(t, "cites.json", strings.Replace(string(text), "telecom-2001:8", clause, 1))); got.status != exitFound || !strings.Contains(got.err, clause) {
			t.Errorf("%s: status %d, %s", clause, got.status, got.err)
		}
	}
	if got := run(t, "draw", "run", write(t, "bad.json", `{"colour": 1}`)); got.status != exitFound {
		t.Errorf("no input: status %d, %s", got.status, got.err)
	}
}

func TestDrawSeed(t *testing.T) {
	var said map[string]string
	got := run(t, "draw", "seed", "--json")
	if err := json.Unmarshal([]byte(got.out), &said); err != nil || said["commitment"] == "" || said["commitment"] != draw.Commitment(said["seed"]) {
		t.Errorf("status %d, %s, %v", got.status, got.out, err)
	}
}
