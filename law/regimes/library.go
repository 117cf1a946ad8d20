package regimes

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"duban/law/calendar"
	"duban/law/casefile"
)

//go:embed *.yaml
var texts embed.FS

// ErrNotInForce is what At returns when no such regulation, or a law it stands on, is in force on
// that day.
var ErrNotInForce = errors.New("not in force")

// Library is the built-in documents. It never changes and may be used by many goroutines at once.
type Library struct {
	docs     []*Document
	editions map[string][]edition
}

// Bundle is one regime as it stands on some days. It must not be changed.
type Bundle struct {
	Text      []byte           // what the register keeps, and Parse reads
	Regime    *casefile.Regime // its Hash is the SHA-256 of Text, in hex
	Documents []*Document      // the main regulation first
	Effective Span             // the days on which this text is the one to pin
}

// Load reads and checks the built-in documents. Its error is a Problems.
func Load() (*Library, error) { return LoadWith(nil) }

// LoadWith reads and checks the built-in documents together with the given files (name → text),
// which take the place of the built-in ones of their ids. Its error is a Problems.
func LoadWith(files map[string][]byte) (*Library, error) {
	docs, problems := examine(together(files))
	if len(problems) > 0 {
		return nil, fmt.Errorf("load the regimes: %w", problems)
	}
	return shelve(docs)
}

// ReadFolder reads the regime files (*.yaml) of a folder for LoadWith: name → text. None for no
// folder; an error where it has no such file.
func ReadFolder(folder string) (map[string][]byte, error) {
	if folder == "" {
		return nil, nil
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err == nil && len(names) == 0 {
		err = errors.New("it holds no *.yaml")
	}
	files := map[string][]byte{}
	for _, name := range names {
		if err == nil {
			files[name], err = os.ReadFile(name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read the regimes of %s: %w", folder, err)
	}
	return files, nil
}

// shelve puts together every edition of every main regulation.
func shelve(docs []*Document) (*Library, error) {
	l := &Library{docs: docs, editions: map[string][]edition{}}
	s := newShelf(docs)
	for id := range s {
		list := s.editions(id)
		for i := range list {
			if err := list[i].bind(); err != nil {
				return nil, err
			}
		}
		if len(list) > 0 {
			l.editions[id] = list
		}
	}
	return l, nil
}

// builtIn gives the built-in texts, each with no fault noted yet.
func builtIn() []*source {
	var all []*source
	for _, s := range builtInOnce() {
		own := *s
		all = append(all, &own)
	}
	return all
}

// builtInOnce reads and decodes them once: they are sound, so that nobody prunes or changes them.
var builtInOnce = sync.OnceValue(func() []*source {
	names, err := fs.Glob(texts, "*.yaml")
	if err != nil {
		panic(fmt.Sprintf("list the built-in regimes: %v", err))
	}
	var all []*source
	for _, name := range names {
		text, err := texts.ReadFile(name)
		if err != nil {
			panic(fmt.Sprintf("read the built-in %s: %v", name, err))
		}
		all = append(all, single(name, text)...)
	}
	for _, s := range all {
		if d := s.decode(); d != nil && len(s.problems) == 0 {
			s.decoded = d
		}
	}
	return all
})

// Names lists the main regulations.
func (l *Library) Names() []string { return slices.Sorted(maps.Keys(l.editions)) }

// For is the regulation that an authority of a domain carries out on a day: one of its own that
// extends the domain's, if it has one, else the domain's. False if there is none.
func (l *Library) For(domain, authority string, day calendar.Day) (string, bool) {
	name, ok := l.Main(domain)
	for _, d := range l.docs {
		if ok && d.Extends == name && slices.Contains(d.Authorities, authority) && d.Effective.holds(day) {
			return d.ID, true
		}
	}
	return name, ok
}

// Main is the main regulation that the authorities of a domain carry out; false if there is none.
func (l *Library) Main(domain string) (string, bool) {
	for _, d := range l.docs {
		if d.Main() && d.Domain == domain && domain != "" {
			return d.ID, true
		}
	}
	return "", false
}

// Documents lists every document, the general laws included, by id and day.
func (l *Library) Documents() []*Document {
	return slices.SortedFunc(slices.Values(l.docs), func(a, b *Document) int {
		if c := strings.Compare(a.ID, b.ID); c != 0 {
			return c
		}
		return a.Effective.From.Compare(b.Effective.From)
	})
}

// At returns the main regulation of that name as in force on the day, put together with the laws
// it stands on. ErrNotInForce if there is none.
func (l *Library) At(name string, day calendar.Day) (*Bundle, error) {
	for _, e := range l.editions[name] {
		if !e.span().holds(day) {
			continue
		}
		if e.missing != "" {
			return nil, fmt.Errorf("regime %s on %s: it stands on %s: %w", name, day, e.missing, ErrNotInForce)
		}
		return e.bundle, nil
	}
	return nil, fmt.Errorf("regime %s on %s: %w", name, day, ErrNotInForce)
}

// edition is one run of days on which the same rules of a main regulation hold.
type edition struct {
	main     *Document
	standsOn []*Document
	from, to calendar.Day
	missing  string // a document that it stands on and that is not in force
	bundle   *Bundle
}

func (e edition) span() Span { return Span{From: e.from, To: e.to} }

// editions cuts the days of a main regulation wherever one of its texts or rules begins or ends.
func (s shelf) editions(id string) []edition {
	var list []edition
	for _, main := range s[id] {
		if !main.Main() || main.Effective.From.IsZero() {
			continue
		}
		cuts := s.cuts(main)
		for i, from := range cuts {
			e := edition{main: main, from: from, to: main.Effective.To}
			if i+1 < len(cuts) {
				e.to = cuts[i+1].AddDays(-1)
			}
			e.standsOn, e.missing = s.below(main, from)
			list = append(list, e)
		}
	}
	return list
}

// below is what a main regulation stands on, on that day: the one that it extends first, with what
// that one stands on. A document that is not in force is named as missing.
func (s shelf) below(main *Document, day calendar.Day) (docs []*Document, missing string) {
	ids := main.StandsOn
	if main.Extends != "" {
		parent := s.on(main.Extends, day)
		if parent == nil {
			return nil, main.Extends
		}
		docs, ids = append(docs, parent), parent.StandsOn
	}
	for _, id := range ids {
		d := s.on(id, day)
		if d == nil {
			return docs, id
		}
		docs = append(docs, d)
	}
	return docs, ""
}

// cuts are the days on which something begins or has just ended, within the main's own.
func (s shelf) cuts(main *Document) []calendar.Day {
	days := []calendar.Day{main.Effective.From}
	cut := func(span Span) {
		for _, day := range []calendar.Day{span.From, span.To.AddDays(1)} {
			if main.Effective.holds(day) && !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
	}
	ids := append([]string{main.ID}, main.StandsOn...)
	if main.Extends != "" {
		ids = append(ids, main.Extends)
		for _, parent := range s.laws(main.Extends) {
			ids = append(ids, parent.StandsOn...)
		}
	}
	for _, id := range ids {
		for _, d := range s.laws(id) {
			cut(d.Effective)
			for _, r := range d.rules() {
				if r.Effective != nil {
					cut(*r.Effective)
				}
			}
		}
	}
	slices.SortFunc(days, calendar.Day.Compare)
	return days
}

// laws are all texts of a law and of those that took its place.
func (s shelf) laws(id string) []*Document {
	var all []*Document
	for _, one := range s.line(id) {
		all = append(all, s[one]...)
	}
	return all
}

// bind writes the edition as one text and reads its regime back from that text, so that what is
// pinned is what is used.
func (e *edition) bind() error {
	if e.missing != "" {
		return nil
	}
	docs := append([]*Document{e.main}, e.standsOn...)
	var text strings.Builder
	fmt.Fprintf(&text, "regime: %s\ninForceFrom: %s\n", e.main.ID, e.from)
	for _, d := range docs {
		fmt.Fprintf(&text, "---\n%s", d.source.text)
	}
	r, err := Parse([]byte(text.String()))
	if err != nil {
		return err
	}
	e.bundle = &Bundle{Text: []byte(text.String()), Regime: r, Documents: docs, Effective: e.span()}
	return nil
}

// Parse reads a regime from the text of a Bundle, as the register keeps it: the same text gives
// the same regime, with the same hash. It checks form and citations, but not the names of the
// catalogue or whether anything is lacking: the text may be older than the code. Its error is a
// Problems.
func Parse(text []byte) (*casefile.Regime, error) {
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:])
	all := read("regime-"+hash[:12]+".yaml", text)
	head := all[0]
	day := head.header()
	var docs []*Document
	for _, s := range all[1:] {
		if d := s.decode(); d != nil {
			docs = append(docs, d)
		}
	}
	problems := faults(all)
	if len(docs) == 0 && len(problems) == 0 {
		head.report(nil, "no document follows")
		problems = faults(all)
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("parse regime %s: %w", hash, problems)
	}
	c := compose(docs[0], docs[1:], day)
	c.cites(docs, func(string) bool { return false })
	if err := faults(all).err(); err != nil {
		return nil, fmt.Errorf("parse regime %s: %w", hash, err)
	}
	c.regime.Hash = hash
	return c.regime, nil
}

// header reads the first document of a bundle: its name and the day for which it was composed.
func (s *source) header() (day calendar.Day) {
	tree, ok := s.tree.(map[string]any)
	if !ok {
		s.report(nil, "not the text of a regime")
		return day
	}
	for name := range tree {
		if name != "regime" && name != "inForceFrom" {
			s.reportKey([]string{name}, "unknown field %q", name)
		}
	}
	from, _ := tree["inForceFrom"].(string)
	day, err := calendar.ParseDay(from)
	if err != nil {
		s.report([]string{"inForceFrom"}, "%s", words{"日期有误", err.Error()})
	}
	return day
}

func itoa(n int) string { return strconv.Itoa(n) }
