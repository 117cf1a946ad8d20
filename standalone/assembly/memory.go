package assembly

import (
	"os"
	"runtime/debug"
)

// TuneMemory trades memory for time: the collector runs when the heap has grown fivefold, which
// is worth some per cent of throughput, and more eagerly towards a gigabyte. GOGC and GOMEMLIMIT
// in the environment prevail.
func TuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}
