package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// told reads a text of three columns and says of each row what became of it; a row fits whose first
// cell is a number.
func told(t *testing.T, f *form, text string) (all []string) {
	t.Helper()
	if err := f.check(); err != nil {
		t.Fatal(err)
	}
	fits := func(row map[string]string) bool {
		return row["a"] != "" && strings.Trim(row["a"], "0123456789") == ""
	}
	from, err := openCSV(strings.NewReader(text), f, []string{"a"}, fits)
	if err != nil {
		t.Fatal(err)
	}
	for {
		r, err := from.next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.fault != nil {
			all = append(all, fmt.Sprintf("%s: %v", r.where(), r.fault))
			continue
		}
		all = append(all, fmt.Sprintf("%q", r.cells))
	}
}

// A damaged quote rejects the lines that it damaged, and the sound rows around it are read.
func TestDamagedQuotes(t *testing.T) {
	never := ": the quote that opens on line %d is never closed"
	behind := ": behind the closing quote of the cell that opens on line %d stands neither a separator nor the line's end"
	for name, c := range map[string]struct {
		loose bool
		rows  string
		want  []string
	}{
		"sound":                  {rows: "1,\"a, \"\"b\"\"\nc\",d\n2,e,f\n", want: []string{`["1" "a, \"b\"\nc" "d"]`, `["2" "e" "f"]`}},
		"never closed":           {rows: "1,\"a,b\n2,c,d\n3,e,f\n", want: []string{"line 2" + fmt.Sprintf(never, 2), `["2" "c" "d"]`, `["3" "e" "f"]`}},
		"closed by another's":    {rows: "1,\"a,b\n2,\"c\",d\n3,e,f\n", want: []string{"line 2" + fmt.Sprintf(behind, 2), `["2" "c" "d"]`, `["3" "e" "f"]`}},
		"at the file's end":      {rows: "1,a,b\n2,\"c,d", want: []string{`["1" "a" "b"]`, "line 3" + fmt.Sprintf(never, 3)}},
		"over a text of lines":   {rows: "1,\"a\nb\nc,d\n2,e,f\n", want: []string{"lines 2-4" + fmt.Sprintf(never, 2), `["2" "e" "f"]`}},
		"swallows whole rows":    {rows: "1,\"a,b\n2,c,d\n3,e\",f\n4,g,h\n", want: []string{"line 2: its quote closes only behind line 3, which is a row of its own", `["2" "c" "d"]`, "line 4: a quote stands inside a cell (looseQuotes in the map would take it as it stands)", `["4" "g" "h"]`}},
		"a cell is missing":      {rows: "1,\"a\nb\"\n2,c,d\n", want: []string{"lines 2-3: the row has 2 cells, the head has 3", `["2" "c" "d"]`}},
		"a quote within":         {rows: "1,a \"b\" c,d\n2,e,f\n", want: []string{"line 2: a quote stands inside a cell (looseQuotes in the map would take it as it stands)", `["2" "e" "f"]`}},
		"loose, within":          {loose: true, rows: "1,a \"b\" c,d\n2,\"say \"yes\", now\",f\n", want: []string{`["1" "a \"b\" c" "d"]`, "line 3: the row has 4 cells, the head has 3"}},
		"loose, swallows":        {loose: true, rows: "1,\"a,b\n2,\"c\",d\n3,e,f\n", want: []string{"line 2: its quote closes only behind line 3, which is a row of its own", `["2" "c" "d"]`, `["3" "e" "f"]`}},
		"empty lines, other end": {rows: "\r\n1,\"a\r\nb\",c\r\n\r\n2,d,e\r\n", want: []string{`["1" "a\nb" "c"]`, `["2" "d" "e"]`}},
		"an empty last cell":     {rows: "1,\"a\",\n2,b,", want: []string{`["1" "a" ""]`, `["2" "b" ""]`}},
	} {
		if got := told(t, &form{LooseQuotes: c.loose}, "a,b,c\n"+c.rows); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// A quote that is never closed in a file without end does not pull it into memory, and the rows
// behind it are read.
func TestEndlessFile(t *testing.T) {
	for name, begin := range map[string]string{"an open quote": "1,\"open,x\n", "an endless line": "1," + strings.Repeat("x", 9<<20) + ",y\n"} {
		from, err := openCSV(io.MultiReader(strings.NewReader("a,b,c\n"+begin), endless("2,b,c\n")), &form{Delimiter: ","}, nil, func(map[string]string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			r, err := from.next()
			if err != nil || (r.fault != nil) != (i == 0) || r.last != i+2 {
				t.Fatalf("%s, row %d: %v %v, %s", name, i, err, r.fault, r.where())
			}
		}
		if read := from.done(); read > 16<<20 {
			t.Errorf("%s: %d bytes were read", name, read)
		}
	}
}

// endless is a line again and again.
type endless string

func (e endless) Read(p []byte) (n int, err error) {
	for n+len(e) <= len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

// Whatever the text, each of its lines is part of one row or empty; and what is sound CSV is read as
// the standard library reads it.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{"1,\"a,b\n2,c,d\n", "1,a,b\n\n\"2\",\"c\n\"\"d\",e\r\n", "\"\"\"\"\n,,\n", "1,\"a\"b,c"} {
		f.Add(text, false)
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, loose bool) {
		m := &form{LooseQuotes: loose, Delimiter: ","}
		from, err := openCSV(strings.NewReader("a,b,c\n"+text), m, nil, func(map[string]string) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		var rows [][]string
		sound, line := true, 2
		for {
			r, err := from.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || r.first < line || r.last < r.first {
				t.Fatalf("%v: %s behind line %d", err, r.where(), line)
			}
			for skipped := range strings.SplitSeq(strings.Join(strings.SplitAfter(text, "\n")[line-2:r.first-2], ""), "\n") {
				if strings.Trim(skipped, "\r") != "" {
					t.Fatalf("line %q was read by nobody", skipped)
				}
			}
			line = r.last + 1
			sound = sound && r.fault == nil
			rows = append(rows, r.cells)
		}
		standard := csv.NewReader(strings.NewReader("a,b,c\n" + text))
		all, err := standard.ReadAll()
		if err != nil || loose || strings.Contains(text, "\r") {
			return // they differ on purpose in what is damaged, and in a carriage return alone
		}
		if !sound || !slices.EqualFunc(rows, all[1:], slices.Equal) {
			t.Errorf("read %q, the standard library %q", rows, all[1:])
		}
	})
}
