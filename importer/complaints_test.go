package importer

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

//go:embed testdata/complaints.yaml
var testMap string

// testRows has the defects of real files: mixed dates, bytes of another encoding, missing and spare cells, an
// open quote, a row twice, an operator that the register does not know. testMap is its map.
//
//go:embed testdata/complaints.csv
var testRows string

// A dry run that asks the API says of every row what the real run then does, by the same words and
// in the same order; the real run, done again, files nothing more.
func TestDryRunIsAsTheRealOne(t *testing.T) {
	k := &registry{}
	var first string
	for i, c := range []struct {
		dry  bool
		want [4]int
	}{{true, [4]int{12, 3, 1, 8}}, {false, [4]int{12, 3, 1, 8}}, {true, [4]int{12, 0, 4, 8}}, {false, [4]int{12, 0, 4, 8}}} {
		j, told := job(t, testMap, k.door(t, c.dry))
		j.Rejected = filepath.Join(t.TempDir(), "rejected.csv")
		counts, err := j.Complaints(t.Context(), write(t, "rows.csv", testRows))
		if err != nil || became(counts) != c.want || counts.DryRun != c.dry {
			t.Fatalf("run %d: %v, %+v\n%s", i, err, counts, told)
		}
		if strings.Contains(told.String(), "dempotency") {
			t.Errorf("run %d speaks of keys: %s", i, told)
		}
		switch text := readFile(t, j.Rejected); {
		case i == 0:
			first = text
			golden(t, "rejected.csv", text)
		case text != first:
			t.Errorf("run %d rejects otherwise:\n%s", i, text)
		}
		if want := map[bool]int{true: 0, false: 3}[i == 0]; len(k.filed) != want {
			t.Errorf("run %d: %d filed", i, len(k.filed))
		}
	}
	two := k.filed["complaints/2"]
	for field, want := range map[string]any{
		"dispute": "fee", "operator": "comcast", "eventOn": "2015-04-23", "subject": "Wrong \"bill\", twice and again",
		"text": "Wrong \"bill\", twice\nand again (Chicago)", "complainantName": "not told", "receivedOn": nil,
	} {
		if two[field] != want {
			t.Errorf("row 2: %s is %q, want %q", field, two[field], want)
		}
	}
	if four := k.filed["complaints/4"]; four == nil || four["eventOn"] != nil || four["dispute"] != "other" {
		t.Errorf("row 4: %v", four)
	}
}

// Without a door nobody is asked, so only what the file itself shows is known.
func TestDryRunAlone(t *testing.T) {
	j, told := job(t, testMap, nil)
	counts, err := j.Complaints(t.Context(), write(t, "rows.csv", testRows))
	if err != nil || became(counts) != [4]int{12, 4, 1, 7} || !counts.DryRun {
		t.Errorf("%v, %+v", err, counts)
	}
	for _, reason := range []string{
		"line 5: dispute: column Title: bytes that are not utf-8\n",
		"line 14: the id 1 stands on line 2 already, with other content\n",
		"line 8: the row has 3 cells, the head has 5\n",
	} {
		if !strings.Contains(told.String(), reason) {
			t.Errorf("%q is not among\n%s", reason, told)
		}
	}
}

// What is there already with another content is told so, and not lost.
func TestOtherContent(t *testing.T) {
	k := &registry{}
	for i, want := range []string{"", "line 2: the id 1 is there already, with other content\n"} {
		j, told := job(t, testMap, k.door(t, false))
		if _, err := j.Complaints(t.Context(), write(t, "rows.csv", fmt.Sprintf("Ticket,Title,Operator,Day,City\n1,Title %d,Comcast Inc.,22-Apr-15,x\n", i))); err != nil || told.String() != want {
			t.Errorf("%v: %s", err, told)
		}
	}
}

// Rejected rows are written as their file is: separator, encoding, order. Mended there and fed in
// again under the same map they go in; what is not mended is rejected as before.
func TestRejectedRowsAreMended(t *testing.T) {
	for name, c := range map[string]struct{ form, encoding, separator string }{
		"utf-8, comma":       {"", "utf-8", ","},
		"gb18030, semicolon": {"encoding: gb18030\ndelimiter: \";\"\n", "gb18030", ";"},
		"gbk, bar":           {"encoding: gbk\ndelimiter: \"|\"\n", "gbk", "|"},
		"utf-16le, tab":      {"encoding: utf-16le\ndelimiter: \"\\t\"\n", "utf-16le", "\t"},
	} {
		t.Run(name, func(t *testing.T) {
			charset, err := htmlindex.Get(c.encoding)
			if err != nil {
				t.Fatal(err)
			}
			written := func(text string) string {
				raw, err := charset.NewEncoder().String(strings.ReplaceAll(text, ",", c.separator))
				if err != nil {
					t.Fatal(err)
				}
				return raw
			}
			read := func(raw string) string {
				text, err := charset.NewDecoder().String(raw)
				if err != nil {
					t.Fatal(err)
				}
				return strings.ReplaceAll(text, c.separator, ",")
			}
			k := &registry{}
			rows := "Ticket,Title,Operator,Day,City\n"
			for i := 1; i <= 40; i++ {
				day := "2015-04-22"
				if i%4 == 0 {
					day = "gestern"
				}
				rows += fmt.Sprintf("%d,\"网络很慢\n第 %d 次\",Comcast Inc.,%s,大连\n", i, i, day)
			}
			m := c.form + testMap
			j, _ := job(t, m, k.door(t, false))
			j.Rejected = filepath.Join(t.TempDir(), "rejected.csv")
			counts, err := j.Complaints(t.Context(), write(t, "rows.csv", written(rows)))
			if err != nil || became(counts) != [4]int{40, 30, 0, 10} {
				t.Fatal(err, counts)
			}
			text := read(readFile(t, j.Rejected))
			at := 0
			for i := 4; i <= 40; i += 4 {
				next := strings.Index(text, fmt.Sprintf("\n%d-%d,", 2*i, 2*i+1))
				if next < at {
					t.Errorf("row %d stands before the one above it:\n%s", i, text)
				}
				at = next
			}
			again, _ := job(t, m, k.door(t, false))
			again.Rejected = filepath.Join(t.TempDir(), "rejected.csv")
			counts, err = again.Complaints(t.Context(), write(t, "rejected.csv", written(strings.Replace(text, "gestern,", "2015-04-22,", 9))))
			if err != nil || became(counts) != [4]int{10, 9, 0, 1} || len(k.filed) != 39 {
				t.Fatal(err, counts)
			}
			if text := read(readFile(t, again.Rejected)); strings.Count(text, lineMark) != 1 || strings.Count(text, "gestern") != 2 || !strings.Contains(text, "第 40 次") {
				t.Errorf("rejected once more:\n%s", text)
			}
		})
	}
}

// A row for an authority that is not the key's is that row's fault; a key that may file nothing ends
// the import.
func TestNotForThisKey(t *testing.T) {
	k := &registry{}
	m := strings.Replace(testMap, "fields:", "fields:\n  authority: {column: City, values: {a: ours, b: theirs}}", 1)
	rows := write(t, "rows.csv", "Ticket,Title,Operator,Day,City\n1,t,Comcast Inc.,22-Apr-15,a\n2,t,Comcast Inc.,22-Apr-15,b\n3,t,Comcast Inc.,22-Apr-15,a\n")
	j, told := job(t, m, k.door(t, false))
	if counts, err := j.Complaints(t.Context(), rows); err != nil || became(counts) != [4]int{3, 2, 0, 1} || !strings.Contains(told.String(), "line 3: not-for-you") {
		t.Errorf("%v, %+v\n%s", err, counts, told)
	}
	j, _ = job(t, testMap, (&registry{stranger: true}).door(t, false))
	if _, err := j.Complaints(t.Context(), rows); err == nil || !strings.Contains(err.Error(), "duban key create --role import") {
		t.Errorf("%v", err)
	}
}

// Rejected rows are not written over the file that is being read.
func TestRejectedOverTheSource(t *testing.T) {
	j, _ := job(t, testMap, nil)
	j.Rejected = write(t, "rows.csv", testRows)
	if _, err := j.Complaints(t.Context(), filepath.Join(filepath.Dir(j.Rejected), ".", "rows.csv")); err == nil || readFile(t, j.Rejected) != testRows {
		t.Errorf("%v", err)
	}
	dir := folder(t, testHistory)
	j, _ = job(t, testHistoryMap, nil)
	j.Rejected = dir
	if _, err := j.Inspections(t.Context(), dir); err == nil || readFile(t, filepath.Join(dir, "visits.csv")) != testHistory["visits.csv"] {
		t.Errorf("%v", err)
	}
}

// Stopped in the middle, then run again: every row is filed once.
func TestStopInTheMiddle(t *testing.T) {
	for _, at := range []int{1, 50, 299} {
		ctx, interrupt := context.WithCancel(t.Context())
		k := &registry{answer: func(_ http.ResponseWriter, posts int) bool {
			if posts == at {
				interrupt()
			}
			return false
		}}
		rows := "Ticket,Title,Operator,Day,City\n"
		for i := range 300 {
			rows += fmt.Sprintf("%d,Slow internet,Comcast Inc.,22-Apr-15,Atlanta\n", i+1)
		}
		path := write(t, "rows.csv", rows)
		j, _ := job(t, testMap, k.door(t, false))
		counts, err := j.Complaints(ctx, path)
		if err == nil || counts.Filed != len(k.filed) || counts.Filed < at || counts.Filed > at+j.AtOnce {
			t.Errorf("stopped at %d: %v, %+v, %d filed", at, err, counts, len(k.filed))
		}
		before := counts.Filed
		j, _ = job(t, testMap, k.door(t, false))
		if counts, err := j.Complaints(t.Context(), path); err != nil || became(counts) != [4]int{300, 300 - before, before, 0} {
			t.Errorf("run again: %v, %+v", err, counts)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := readFile(t, path); got != want {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", name, got, want)
	}
}
