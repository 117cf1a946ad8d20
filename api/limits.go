package api

import (
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what the public may send. They are each process's own and forget at a restart. A zero rate
// bounds nothing.
type Limits struct {
	FilingsEach rate.Limit // from one address, a second
	BurstEach   int        // that an address may send at once
	FilingsAll  rate.Limit // from everybody, a second
	BurstAll    int
}

// PublicLimits are for a door that is open to the internet: an address files thirty at once and then two a
// minute, everybody together two hundred at once and then twenty a second.
var PublicLimits = Limits{FilingsEach: rate.Every(30 * time.Second), BurstEach: 30, FilingsAll: 20, BurstAll: 200}

// buckets are one token bucket an address, at most so many: of the rest the longest unused one goes.
type buckets struct {
	mu    sync.Mutex
	limit rate.Limit
	burst int
	by    map[string]*bucket
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// mostAddresses is how many addresses are remembered.
const mostAddresses = 10_000

func newBuckets(limit rate.Limit, burst int) *buckets {
	return &buckets{limit: limit, burst: burst, by: map[string]*bucket{}}
}

// of is the bucket of an address.
func (b *buckets) of(address string, now time.Time) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, ok := b.by[address]; ok {
		found.used = now
		return found.Limiter
	}
	if len(b.by) >= mostAddresses {
		b.forget()
	}
	made := &bucket{Limiter: rate.NewLimiter(b.limit, b.burst), used: now}
	b.by[address] = made
	return made.Limiter
}

// known is the bucket of an address that has one; else nil.
func (b *buckets) known(address string) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, ok := b.by[address]; ok {
		return found.Limiter
	}
	return nil
}

// forget drops the longest unused of a few: the order of a map is any.
func (b *buckets) forget() {
	oldest, tried := "", 0
	for address, x := range b.by {
		if oldest == "" || x.used.Before(b.by[oldest].used) {
			oldest = address
		}
		if tried++; tried == 20 {
			break
		}
	}
	delete(b.by, oldest)
}

// filings bounds what the public files.
type filings struct {
	each *buckets
	all  *rate.Limiter
}

func newFilings(l Limits) filings {
	f := filings{all: rate.NewLimiter(rate.Inf, 0)}
	if l.FilingsEach > 0 {
		f.each = newBuckets(l.FilingsEach, l.BurstEach)
	}
	if l.FilingsAll > 0 {
		f.all = rate.NewLimiter(l.FilingsAll, l.BurstAll)
	}
	return f
}

// take lets a filing from an address in, or says when to try again.
func (f filings) take(address string, now time.Time) error {
	if f.each != nil {
		if err := spend(f.each.of(address, now), now, "too-many-filings"); err != nil {
			return err
		}
	}
	return spend(f.all, now, "door-crowded")
}

// spend takes a token, or is a fault that tells when there will be one.
func spend(l *rate.Limiter, now time.Time, code string) error {
	r := l.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now)
	f := problem(code)
	f.retry = strconv.Itoa(int(math.Ceil(min(wait, time.Hour).Seconds())))
	return f
}
