package checklist

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Decimal is an exact number with up to six decimal places, held in millionths. It is written as a
// string, as "0.01".
type Decimal int64

const decimalOne = 1_000_000

var decimalForm = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$`)

// ParseDecimal reads "48", "-3" or "99.5": at most nine digits before the point, six behind it.
func ParseDecimal(s string) (Decimal, error) {
	if !decimalForm.MatchString(s) {
		return 0, fmt.Errorf("read %q: want a decimal number such as 48 or 0.01", s)
	}
	whole, places, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+places+strings.Repeat("0", 6-len(places)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read %q: %w", s, err)
	}
	return Decimal(n), nil
}

// String writes the number without needless zeros.
func (d Decimal) String() string {
	sign, n := "", int64(d)
	if n < 0 {
		sign, n = "-", -n
	}
	places := strings.TrimRight(fmt.Sprintf("%06d", n%decimalOne), "0")
	if places != "" {
		places = "." + places
	}
	return sign + itoa(n/decimalOne) + places
}

// MarshalJSON writes a string.
func (d Decimal) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads a string, as ParseDecimal does. A number is an error: it may have been
// rounded on its way.
func (d *Decimal) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("read decimal: %w", err)
	}
	n, err := ParseDecimal(s)
	if err != nil {
		return err
	}
	*d = n
	return nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
