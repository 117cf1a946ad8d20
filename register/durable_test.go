package register

import (
	"fmt"
	"sync"
	"testing"

	"duban/register/postgrestest"
)

// A power cut among filings that all want the next number: whoever has a receipt finds the case under
// its number, nobody has another's, and no number is missing.
func TestReceiptsSurviveACrash(t *testing.T) {
	const clerks, each = 8, 20
	address, stop, err := postgrestest.Open(postgrestest.Durable())
	ok(t, err)
	t.Cleanup(func() { ok(t, stop()) })
	r := open(t, address, Config{})
	var mu sync.Mutex
	var told []Receipt
	var filing, filed sync.WaitGroup
	filed.Add(clerks * each) // so many, then the power is cut
	for clerk := range clerks {
		filing.Go(func() {
			for n := 0; ; n++ {
				in, err := r.File(t.Context(), aComplaint(fmt.Sprintf("%d-%d", clerk, n)))
				if err != nil && n < each {
					t.Error(err)
					filed.Add(n - each)
				}
				if err != nil {
					return
				}
				mu.Lock()
				told = append(told, in)
				mu.Unlock()
				if n < each {
					filed.Done()
				}
			}
		})
	}
	filed.Wait()
	ok(t, postgrestest.Crash(address))
	filing.Wait()
	waitFor(t, func() bool { return r.Ready(t.Context()) == nil })
	for _, in := range told {
		row, _, err := r.CaseByNumber(t.Context(), in.Number)
		if err != nil || row.ID != in.Case {
			t.Errorf("receipt %s, told before the crash: case %q, error %v", in.Number, row.ID, err)
		}
	}
	clean(t, r)
}
