package draw

import (
	"math"
	"slices"
	"testing"
)

const exampleSeed = "5771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63"

// The numbers were made by another program, in another language, from the description alone.
func TestLotsAreAsDescribed(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want []int64
	}{
		{1000, []int64{655, 815, 686, 308, 711, 612}},
		// Of 2^64, 3·2^61 fits twice: a quarter of the numbers is thrown away, the first among them.
		{3 << 61, []int64{5867443365876731815, 2117369758949137686, 6917030248774804308, 2092676325553545855, 2364705993906487612, 2890768903916835239}},
	} {
		l, err := newLots(exampleSeed, "targets")
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for range c.want {
			got = append(got, l.below(c.n))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("below %d: %v, want %v", c.n, got, c.want)
		}
	}
}

func TestLotsFavourNobody(t *testing.T) {
	l, err := newLots(exampleSeed, "fair")
	if err != nil {
		t.Fatal(err)
	}
	const n, each = 7, 10_000
	var seen [n]int
	for range n * each {
		seen[l.below(n)]++
	}
	for i, k := range seen { // five standard deviations; the seed is fixed, so it holds or not for ever
		if math.Abs(float64(k-each)) > 5*math.Sqrt(each) {
			t.Errorf("%d came %d times of %d", i, k, n*each)
		}
	}
	for n := range int64(3) {
		if got := l.below(1); got != 0 {
			t.Errorf("below 1, %d: %d", n, got)
		}
	}
}

func TestASeedIs32Bytes(t *testing.T) {
	for _, seed := range []string{"", "5771", exampleSeed + "00", "Z771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63", "5771165B02A4E728EF3FF64E78DD2440AB97698FED8A3163EE32409CB7087E63"} {
		if _, err := newLots(seed, "targets"); err == nil || Commitment(seed) != "" {
			t.Errorf("%q is taken for a seed", seed)
		}
	}
	if a, b := NewSeed(), NewSeed(); a == b || !hexForm.MatchString(a) {
		t.Errorf("seeds %s, %s", a, b)
	}
}
