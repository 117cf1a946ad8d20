package casefile_test

import (
	"reflect"
	"strings"

	"duban/law/casefile"
)

// copyField sets one field of a body, by its JSON name, from another body.
func copyField(to *casefile.Body, from casefile.Body, name string) {
	t := reflect.TypeOf(from)
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name {
			reflect.ValueOf(to).Elem().Field(i).Set(reflect.ValueOf(from).Field(i))
		}
	}
}
