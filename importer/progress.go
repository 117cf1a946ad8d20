package importer

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Tally counts what became of the rows, or in a dry run would become of them.
type Tally struct {
	DryRun bool `json:"dryRun,omitempty"`

	Rows     int `json:"rows"`
	Filed    int `json:"filed"`
	Existing int `json:"existing"`
	Rejected int `json:"rejected"`

	Seconds float64 `json:"seconds"`
	Rate    float64 `json:"rowsPerSecond"`
}

func (t Tally) String() string {
	became := "filed"
	if t.DryRun {
		became = "could be filed"
	}
	return fmt.Sprintf("%d rows: %d %s, %d there before, %d rejected; %.0f rows/s", t.Rows, t.Filed, became, t.Existing, t.Rejected, t.Rate)
}

// progress shows how far an import is: a bar on a screen, else a line now and then.
type progress struct {
	mu     sync.Mutex
	counts Tally
	began  time.Time
	told   time.Time
	now    func() time.Time
	out    io.Writer
	bar    *progressbar.ProgressBar // nil: lines
	read   func() int64             // bytes of the file, so far
}

const everyLine = 5 * time.Second

// progress shows progress through a file of size bytes.
func (j Job) progress(size int64, read func() int64) *progress {
	p := &progress{began: j.Now(), told: j.Now(), now: j.Now, out: j.Out, read: read}
	if j.Screen {
		p.bar = progressbar.NewOptions64(size, progressbar.OptionSetWriter(j.Out), progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	return p
}

// add counts a row.
func (p *progress) add(count func(t *Tally)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	count(&p.counts)
	p.measure()
	switch {
	case p.bar != nil:
		p.bar.Describe(fmt.Sprintf("%d rows, %.0f/s", p.counts.Rows, p.counts.Rate))
		if err := p.bar.Set64(p.read()); err != nil {
			p.bar = nil // the file grew, or the screen is gone: lines from here on
		}
	case p.now().Sub(p.told) >= everyLine:
		p.told = p.now()
		fmt.Fprintln(p.out, p.counts)
	}
}

func (p *progress) measure() {
	p.counts.Seconds = p.now().Sub(p.began).Seconds()
	if p.counts.Seconds > 0 {
		p.counts.Rate = float64(p.counts.Rows) / p.counts.Seconds
	}
}

// end takes the bar away and gives the counts.
func (p *progress) end() Tally {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.measure()
	if p.bar != nil {
		if err := p.bar.Finish(); err != nil {
			fmt.Fprintln(p.out)
		}
	}
	return p.counts
}
