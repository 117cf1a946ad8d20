package docket_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/docket"
	"duban/law/casefile"
)

// readersTable is written by hand from the law: who reads the words of each move. The law itself is held
// against it in casefile; here the docket is.
const readersTable = "../law/casefile/testdata/readers.txt"

// table is the words of each cell: move → reader → when.
func table(t testing.TB) map[string]map[casefile.Reader][]string {
	t.Helper()
	raw, err := os.ReadFile(readersTable)
	require.NoError(t, err)
	out := map[string]map[casefile.Reader][]string{}
	for _, line := range strings.Split(string(raw), "\n") {
		cells := strings.Fields(line)
		if len(cells) == 0 || cells[0] == "#" {
			continue
		}
		require.Len(t, cells, 1+len(casefile.Readers()), line)
		out[cells[0]] = map[casefile.Reader][]string{}
		for i, who := range casefile.Readers() {
			out[cells[0]][who] = strings.Split(cells[1+i], ",")
		}
	}
	return out
}

// scene is a line of a ledger, or a paper that waits: whose paper it is, to whom its entry writes.
type scene struct {
	spec    casefile.Spec
	sender  casefile.Reader
	written casefile.Reader
	onFile  bool // a paper without effect
	waits   bool // a paper without an entry
	seq     int
	ref     string
}

// canary is what the move of a scene says, and nobody else.
func (s scene) canary() string { return "words of " + s.ref + "." }

// scenesOf are all scenes of a kind, each with a line of its own.
func scenesOf(k casefile.Kind) (out []scene) {
	add := func(s scene) {
		s.seq = len(out) + 1
		s.ref = fmt.Sprintf("%s-%d-%s", k, s.seq, s.spec.Name)
		out = append(out, s)
	}
	for _, s := range casefile.Specs(k) {
		add(scene{spec: s})
		for _, to := range casefile.Readers() {
			add(scene{spec: s, written: to})
		}
		if s.Class != casefile.Paper {
			continue
		}
		add(scene{spec: s, onFile: true})
		for _, by := range casefile.Readers() {
			if slices.Contains(s.Senders, string(by)) {
				add(scene{spec: s, sender: by})
				add(scene{spec: s, sender: by, onFile: true})
			}
		}
	}
	for _, s := range casefile.Specs(k) { // what waits has no place in the ledger, and stands behind all that has
		for _, by := range append(casefile.Readers(), "") {
			if s.Class == casefile.Paper && (by == "" || slices.Contains(s.Senders, string(by))) {
				add(scene{spec: s, sender: by, waits: true})
			}
		}
	}
	return out
}

// times are how a case may stand when somebody reads in it.
var times = []struct {
	name string
	set  func(c *casefile.Case)
}{
	{"plain", func(*casefile.Case) {}},
	{"once-asked", func(c *casefile.Case) { c.Complaint.ForwardedOn = day(2, 10) }},
	{"on-answer", func(c *casefile.Case) { c.Complaint.AnsweredOn = day(2, 20) }},
	{"once-copied", func(c *casefile.Case) { c.Appeal.Copied = true }},
	{"closed", func(c *casefile.Case) { c.State = closedState(c.Kind) }},
	{"replaced", func(c *casefile.Case) { // the operator was another one before
		c.Corrected = []casefile.Corrected{{Entry: 100_000, Facts: []string{"operator"}}}
	}},
	{"replaced, once-asked", func(c *casefile.Case) {
		c.Complaint.ForwardedOn = day(2, 10)
		c.Corrected = []casefile.Corrected{{Entry: 100_000, Facts: []string{"operator"}}}
	}},
}

func closedState(k casefile.Kind) casefile.State {
	for _, row := range casefile.Rows(k) {
		if row.Closed {
			return row.State
		}
	}
	return ""
}

// reads tells from the table alone whether somebody reads the words of a scene.
func (a asker) reads(s scene, when string, cells map[casefile.Reader][]string) bool {
	if a.sees != sees || a.who.Kind == access.Admin {
		return false // who runs the installation reads nobody's letters
	}
	if a.words {
		return true
	}
	if s.spec.Own || s.spec.Inside {
		return false
	}
	for _, p := range a.parts(s.spec.Kind) {
		another := p == casefile.ReaderOperator && strings.HasPrefix(when, "replaced")
		if s.waits {
			if s.sender == p {
				return true
			}
			continue
		}
		if s.sender == p && !another {
			return true
		}
		for _, cell := range cells[p] {
			open := false
			switch cell {
			case "with-entry":
				open = !another
			case "as-written":
				open = s.written == p && !another
			case "on-answer":
				open = (s.written == p || when == "on-answer") && !another
			case "once-asked":
				open = strings.HasSuffix(when, "once-asked")
			case "once-copied":
				open = when == "once-copied"
			}
			if open && !s.onFile {
				return true
			}
		}
	}
	return false
}

// What readers.txt says of each move holds in the docket itself: for everybody who may ask, in the ledger, in
// the papers and in every other part of the file, however the case stands. Each move says words that nobody
// else says; where they come to light is where they may.
func TestReadersMatrix(t *testing.T) {
	t.Parallel()
	h := open(t)
	want, cells := table(t), 0
	for _, k := range casefile.Kinds() {
		scenes, held, strange := scenesOf(k), h.cases(), h.file()
		for name, r := range held {
			h.play(r.Case, name, scenes)
		}
		for _, at := range times {
			if strings.HasSuffix(at.name, "once-asked") && k != casefile.Complaint || at.name == "on-answer" && k != casefile.Complaint || at.name == "once-copied" && k != casefile.Appeal {
				continue
			}
			for name, r := range held {
				c := as(name, plain(k, r.Case, h.regime(r.Case)))
				c.Seq = len(scenes)
				at.set(&c)
				h.stand(c)
			}
			for _, a := range askers(held, strange) {
				if !a.hangsOn(at.name) {
					continue
				}
				found := h.read(a, held[a.about].Case, a.about, scenes)
				for _, s := range scenes {
					ref := s.ref + a.about
					inLedger, inPapers := found.ledger[ref], found.papers[ref]
					ought := a.reads(s, at.name, want[s.spec.Key()])
					if !s.waits {
						cells++
						require.Equal(t, ought, inLedger, "ledger: %s, %s, %s, %+v", a.name, s.spec.Key(), at.name, s)
					}
					if s.spec.Class == casefile.Paper {
						cells++
						require.Equal(t, ought, inPapers, "paper: %s, %s, %s, %+v", a.name, s.spec.Key(), at.name, s)
					}
				}
			}
		}
	}
	t.Logf("%d cells", cells)
	require.GreaterOrEqual(t, cells, 20_000, "moves × scenes × readers × how the case stands")
}

// hangsOn tells whether what somebody reads can hang on how the case stands: staff read all words, and only an
// operator can have been another one before.
func (a asker) hangsOn(when string) bool {
	switch {
	case when == "plain":
		return true
	case strings.HasPrefix(when, "replaced"):
		return a.who.Kind == access.Operator
	}
	return a.sees == sees && !a.words
}

// plain is a case in which nothing has happened that opens anything.
func plain(k casefile.Kind, id, regime string) casefile.Case {
	c := casefile.Case{ID: id, Kind: k, State: openState(k), Regime: regime, Authority: bureau, Operator: telco, Officer: "li", Visible: true}
	switch k {
	case casefile.Complaint:
		c.Complaint = &casefile.ComplaintFile{}
	case casefile.Appeal:
		c.Appeal = &casefile.AppealFile{Applicant: "penalised"}
	case casefile.Enforcement:
		c.Enforcement = &casefile.EnforcementFile{}
	case casefile.Inspection:
		c.Inspection = &casefile.InspectionFile{}
	}
	return c
}

// openState is one in which a case is open, and that says nothing of what has happened.
func openState(k casefile.Kind) casefile.State {
	return map[casefile.Kind]casefile.State{
		casefile.Complaint: casefile.Received, casefile.Inspection: casefile.Filed, casefile.Enforcement: casefile.Filed, casefile.Appeal: casefile.Filed,
	}[k]
}

// play writes a ledger of all scenes.
func (h *house) play(id, name string, scenes []scene) {
	h.Helper()
	const at = "2026-03-02 01:00:00+00:00"
	for _, s := range scenes {
		ref, body := s.ref+name, h.json(casefile.Body{Text: s.in(name).canary(), Reasons: s.in(name).canary()})
		by := casefile.Actor{Officer: "li", Role: casefile.RoleOfficer, Authority: bureau}
		var entry any = s.seq
		if s.waits {
			entry = nil
		}
		if s.spec.Class == casefile.Paper {
			by = casefile.Actor{Sender: "post"}
			if s.sender != "" {
				by.Sender = string(s.sender)
			}
			h.exec(`INSERT INTO papers (id, case_id, class, name, sender, officer, role, authority, received, effective, body, hash, from_case, from_seq, stored_at, entry, entered_at)
				VALUES (?, ?, 'paper', ?, ?, '', '', '', ?, '', ?, '', '', 0, ?, ?, NULL)`, ref, id, s.spec.Name, by.Sender, at, body, at, entry)
		} else {
			h.exec("INSERT INTO acts (id, case_id, name, officer, role, authority, body, hash, created_at, entry) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?)",
				ref, id, s.spec.Name, by.Officer, by.Role, by.Authority, body, at, s.seq)
		}
		if s.waits {
			continue
		}
		e := casefile.Entry{Case: id, Seq: s.seq, Class: s.spec.Class, Move: s.spec.Name, Ref: ref, By: by, From: casefile.Filed, To: casefile.Filed, Cites: []string{"telecom-2001:1"}}
		if s.written != "" {
			e.Notices = []casefile.Notice{{Document: "letter", To: string(s.written)}}
		}
		if s.onFile {
			e.None = "case-closed"
		}
		h.exec("INSERT INTO entries (case_id, seq, class, move, ref, at, entered_at, from_state, to_state, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, 'filed', 'filed', ?, '', '')",
			id, s.seq, e.Class, e.Move, ref, at, at, h.json(e))
	}
}

// in is the scene as it stands in the case of that name.
func (s scene) in(name string) scene { s.ref += name; return s }

// found are the refs whose words somebody came upon.
type found struct{ ledger, papers map[string]bool }

// read reads all that the docket has of a case for somebody, and sees where words come to light.
func (h *house) read(a asker, id, name string, scenes []scene) found {
	h.Helper()
	ctx := h.Context()
	out := found{ledger: map[string]bool{}, papers: map[string]bool{}}
	row, c, err := h.docket.Find(ctx, a.who, access.ReadCase, id, "")
	require.Equal(h, a.sees, seen(h, err), a.name)
	if err != nil {
		return out
	}
	file, err := h.docket.File(ctx, a.who, row, c)
	require.NoError(h, err)
	list, _, err := h.docket.Papers(ctx, a.who, row, 0, 1000)
	require.NoError(h, err)
	require.NotContains(h, h.json(file)+h.json(list), "words of", "%s reads words where there are none to be", a.name)
	parts := a.parts(row.Kind)
	for after := 0; ; {
		page, next, err := h.docket.Ledger(ctx, a.who, row, c, after, 200)
		require.NoError(h, err)
		for _, e := range page {
			h.onlyHis(a, parts, e)
			out.ledger[e.Ref] = strings.Contains(h.json(e), "words of "+e.Ref+".")
			require.Equal(h, out.ledger[e.Ref], strings.Contains(h.json(e), "words of"), "%s: another's words in %s", a.name, e.Ref)
		}
		if after = next; next == 0 {
			break
		}
	}
	for _, s := range scenes {
		if s.spec.Class != casefile.Paper {
			continue
		}
		p, err := h.docket.Paper(ctx, a.who, row, c, s.in(name).ref)
		if errors.Is(err, access.ErrHidden) {
			continue
		}
		require.NoError(h, err)
		out.papers[p.ID] = strings.Contains(h.json(p), s.in(name).canary())
	}
	return out
}

// onlyHis holds that a line shows nobody outside how the authority prepared it, and no letter of another.
func (h *house) onlyHis(a asker, parts []casefile.Reader, e docket.Entry) {
	h.Helper()
	if a.words || a.who.Kind == access.Admin {
		return
	}
	spec, _ := casefile.SpecOf(kindOf(e), e.Move)
	require.False(h, spec.Own || spec.Inside, "%s sees the line of %s", a.name, e.Ref)
	require.Empty(h, e.Sends, e.Ref)
	for _, n := range e.Notices {
		require.Contains(h, parts, casefile.Reader(n.To), "%s sees a letter of another in %s", a.name, e.Ref)
	}
}

// kindOf is told by the ref of a scene.
func kindOf(e docket.Entry) casefile.Kind {
	kind, _, _ := strings.Cut(e.Ref, "-")
	return casefile.Kind(kind)
}
