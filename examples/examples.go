// Package examples holds files that show the forms. None of them is law.
package examples

import _ "embed"

//go:embed dalian-tourism.yaml
var dalian string

// Dalian is a regime file of a city that inherits the province's measures: its name and its text,
// as regimes.LoadWith takes them.
func Dalian() (name string, text []byte) { return "dalian-tourism.yaml", []byte(dalian) }
