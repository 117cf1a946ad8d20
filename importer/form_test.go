package importer

import "testing"

// A timestamp with an offset falls on the day that it then was in Shanghai, one without on its own.
func TestDays(t *testing.T) {
	f := &form{DateLayouts: []string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04", "02.01.2006"}}
	if err := f.check(); err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"2015-04-22T15:59:59Z": "2015-04-22", "2015-04-22T16:00:00Z": "2015-04-23", "2015-04-22T23:59:59.5+08:00": "2015-04-22",
		"2015-04-22T08:00:00-08:00": "2015-04-23", "2015-04-22 23:59": "2015-04-22", "22.04.2015": "2015-04-22", "2015-04-31 10:00": "", "soon": "",
	} {
		if got, err := f.day(cell); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v, want %q", cell, got, err, want)
		}
	}
	plain := &form{}
	if err := plain.check(); err != nil {
		t.Fatal(err)
	}
	if got, err := plain.day("2015-04-22T16:30:00Z"); err != nil || got != "2015-04-23" {
		t.Errorf("without layouts: %s, %v", got, err)
	}
}
