package register

import (
	"errors"
	"testing"

	"duban/law/jurisdiction"
)

// Neither one move nor two at once make an authority its own superior.
func TestAuthoritiesMakeNoCircle(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		put := func(id, parent string) error {
			return r.PutAuthority(t.Context(), jurisdiction.Authority{ID: id, Parent: parent, Level: "province", Domain: "telecom", Code: id})
		}
		ok(t, put("A", ""))
		ok(t, put("B", "A"))
		if err := put("A", "B"); !errors.Is(err, ErrParentBelow) {
			t.Errorf("under its own: %v", err)
		}
		ok(t, put("B", ""))
		moves := make(chan error, 2)
		go func() { moves <- put("A", "B") }()
		go func() { moves <- put("B", "A") }()
		one, two := <-moves, <-moves
		if one != nil {
			one, two = two, one
		}
		if one != nil || !errors.Is(two, ErrParentBelow) {
			t.Errorf("at once: %v; %v", one, two)
		}
	})
}
