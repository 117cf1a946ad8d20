package regimes

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"duban/law/casefile"
)

// page is a text being laid out.
type page struct {
	lang string
	text strings.Builder
}

func (p *page) say(zh, en string) string { return casefile.Text{Zh: zh, En: en}.In(p.lang) }

func (p *page) line(format string, args ...any) { fmt.Fprintf(&p.text, format+"\n", args...) }

func (p *page) head(zh, en string) { p.line("\n%s", p.say(zh, en)) }

func (p *page) print(w io.Writer) error {
	if _, err := io.WriteString(w, p.text.String()); err != nil {
		return fmt.Errorf("print regime: %w", err)
	}
	return nil
}

func (p *page) span(s Span) string {
	if s.To.IsZero() {
		return p.say("自 "+s.From.String()+" 起", "from "+s.From.String())
	}
	return s.From.String() + p.say(" 至 ", " to ") + s.To.String()
}

func (p *page) mark(unverified bool) string {
	if unverified {
		return p.say("未核实", "unverified")
	}
	return ""
}

func rowsOf[K cmp.Ordered, V any](m map[K]V, row func(K, V) []string) [][]string {
	var rows [][]string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		rows = append(rows, row(k, m[k]))
	}
	return rows
}

// byArticle sorts clauses as the documents stand and by the number of the article, words last.
func byArticle(docs []*Document) func(a, b string) int {
	at := func(cite string) (doc, article int, word string) {
		id, word, _ := strings.Cut(cite, ":")
		doc = slices.IndexFunc(docs, func(d *Document) bool { return d.ID == id })
		article, err := strconv.Atoi(word)
		if err != nil {
			return doc, 1 << 30, word
		}
		return doc, article, ""
	}
	return func(a, b string) int {
		da, na, wa := at(a)
		db, nb, wb := at(b)
		return cmp.Or(cmp.Compare(da, db), cmp.Compare(na, nb), strings.Compare(wa, wb))
	}
}

// table lays rows out in columns; the last column runs on.
func (p *page) table(rows [][]string) {
	var width []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], columns(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if width[i] == 0 {
				continue
			}
			line.WriteString("  " + cell)
			line.WriteString(strings.Repeat(" ", width[i]-columns(cell)))
		}
		p.line("%s", strings.TrimRight(line.String(), " "))
	}
}

// columns is how wide a terminal shows the text: Chinese characters and their punctuation take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 && r <= 0xffe6 {
			n++
		}
	}
	return n
}
