package register

import (
	"strings"

	"duban/law/casefile"
)

// contents recomputes the keyed hashes of what papers and acts say, and ties what stands beside a
// paper to its entry. With another secret than the register's own, every one of them is broken.
func (r *Register) contents(rep *Report, f *file) error {
	for _, row := range f.acts {
		act, err := row.act()
		if err != nil {
			rep.count(f, 0, CheckContent, false, "act %s can't be read", row.ID)
			continue
		}
		hash, err := r.digest(ActIn{Case: act.Case, Name: act.Name, By: act.By, Body: act.Body}.content())
		if err != nil {
			return err
		}
		rep.count(f, 0, CheckContent, hash == row.Hash, "act %s is not what was asked for (or the secret is another)", row.ID)
	}
	for _, row := range f.papers {
		p, err := row.paper()
		if err != nil {
			rep.count(f, 0, CheckContent, false, "paper %s can't be read", row.ID)
			continue
		}
		hash, err := r.digest(contentOf(f, row, p))
		if err != nil {
			return err
		}
		rep.count(f, p.Entry, CheckContent, hash == row.Hash, "paper %s is not what was handed in (or the secret is another)", row.ID)
		if p.Entry > 0 && p.Entry <= len(f.entries) {
			e := f.entries[p.Entry-1]
			rep.count(f, p.Entry, CheckContent, e.Move == p.Name && e.Class == p.Class && e.By == p.By && micro(e.At).Equal(p.Received) && e.Effective == p.Effective,
				"paper %s has another name, sender or day than its entry", row.ID)
		}
	}
	number := numberOf("", f.row.Kind, f.row.Year, f.row.N)
	rep.count(f, 0, CheckRow, strings.HasSuffix(f.row.Number, number), "the number %s is not that of its counter, %s", f.row.Number, number)
	return nil
}

// contentOf is what the hash of a paper was made over when it came in.
func contentOf(f *file, row paperRow, p Paper) any {
	first := row.ID == f.row.Filing
	switch {
	case row.FromCase != "":
		send := casefile.Send{Case: p.Case, Paper: p.Name, Body: p.Body, Effective: p.Effective}
		if first {
			send.New = &casefile.NewCase{ID: p.Case, Kind: f.origin.Kind, Authority: f.origin.Authority, Operator: f.origin.Operator}
		}
		return send
	case !first:
		return PaperIn{Case: p.Case, Class: p.Class, Name: p.Name, By: p.By, Body: p.Body, Effective: p.Effective}.content()
	}
	filing := Filing{
		Kind: f.origin.Kind, Authority: f.origin.Authority, Operator: f.origin.Operator, Subject: f.row.Subject, By: p.By, Body: p.Body, Effective: p.Effective,
	}
	for i := range len(f.parties) {
		if party, ok := f.parties[personID(row.ID, i)]; ok {
			filing.Parties = append(filing.Parties, party)
		}
	}
	if f.row.ExtSource != nil && f.row.ExtID != nil {
		filing.External = &External{Source: *f.row.ExtSource, ID: *f.row.ExtID}
	}
	return filing.content()
}
