package regimes

import (
	"slices"

	"duban/law/casefile"
)

// checkPublication looks at the rules on publication one by one and in their order.
func (d *Document) checkPublication() {
	for i, p := range d.Publication {
		path := []string{"publication", itoa(i)}
		decision := p.Of == casefile.PenaltyDecision
		for n, code := range p.Sanctions {
			switch _, known := measures[code]; {
			case !decision:
				d.source.report(child(path, "sanctions"), "only a %s imposes sanctions", casefile.PenaltyDecision)
			case !known && code != "warning" && code != "fine":
				d.source.report(child(child(path, "sanctions"), itoa(n)), "no sanction is called %q", code)
			}
		}
		switch {
		case p.How == casefile.PublishNever && (!p.Within.IsZero() || !p.Least.IsZero() || !p.Most.IsZero() || p.Withdraw != nil):
			d.source.report(child(path, "how"), "what is never published has no times")
		case p.How == casefile.PublishMust && p.Within.IsZero():
			d.source.report(path, "the field \"within\" is missing: what must be published, must be by a day")
		case decision && p.How != casefile.PublishNever && p.How != "" && p.Withdraw == nil:
			d.source.report(path, "the field \"withdraw\" is missing: a decision may be changed or annulled")
		}
		if !p.Most.IsZero() && !p.Least.IsZero() && p.Most != p.Least && noLonger(p.Most, p.Least) {
			d.source.report(child(path, "least"), "the times are reversed: %s is longer than %s", p.Least, p.Most)
		}
		for _, before := range d.Publication[:i] {
			if before.Of == p.Of && before.covers(p) && before.meets(p) {
				d.source.report(path, "never reached: an earlier rule on %s fits whatever this one fits", p.Of)
				break
			}
		}
	}
}

// covers tells whether whatever the other rule fits, this one fits too.
func (p Publication) covers(o Publication) bool {
	return len(p.Sanctions) == 0 || len(o.Sanctions) > 0 &&
		!slices.ContainsFunc(o.Sanctions, func(s string) bool { return !slices.Contains(p.Sanctions, s) })
}

func (p Publication) meets(o Publication) bool {
	return p.Effective == nil || o.Effective == nil || p.Effective.meets(*o.Effective)
}

// publication: a regulation below another may publish and take down sooner and show less long. It
// may say must or never where it was open, and leaves out none of the rules it takes the place of.
func (l loosening) publication(all []Publication) {
	restated := map[string]bool{}
	for i, p := range all {
		path := []string{"publication", itoa(i)}
		restated[p.Of] = true
		at := slices.IndexFunc(l.above.regime.Publications, func(b casefile.Publication) bool {
			return b.Of == p.Of && slices.Equal(b.Sanctions, p.Sanctions)
		})
		if !p.on(l.day) {
			continue
		}
		if at < 0 {
			l.report(path, "%s has no such rule on %s", l.main.Extends, p.Of)
			continue
		}
		before, now := l.above.regime.Publications[at], p.composed()
		for _, looser := range []struct {
			is    bool
			field string
			what  words
		}{
			{before.How != casefile.PublishMay && now.How != before.How, "how", words{"是否公示不再可以裁量", "it is left to nobody"}},
			{now.How != casefile.PublishNever && !before.Within.IsZero() && (now.Within.IsZero() || !noLonger(now.Within, before.Within)), "within", words{"公示期限更长", "the time to publish is longer"}},
			{now.How != casefile.PublishNever && !before.Withdraw.Term.IsZero() && (now.Withdraw.Term.IsZero() || !noLonger(now.Withdraw.Term, before.Withdraw.Term)), "withdraw", words{"撤下期限更长", "the time to take it down is longer"}},
			{now.How != casefile.PublishNever && !before.Most.IsZero() && (now.Most.IsZero() || !noLonger(now.Most, before.Most)), "most", words{"展示时间更长", "it is shown longer"}},
			{!now.Least.IsZero() && (before.Least.IsZero() || !noLonger(now.Least, before.Least)), "least", words{"展示时间更长", "it is shown longer"}},
		} {
			if looser.is {
				l.report(child(path, looser.field), "%s, unlike %s: %s may only be shown sooner, less long, and taken down sooner", looser.what, before.Cite, p.Of)
			}
		}
	}
	for _, before := range l.above.regime.Publications {
		if restated[before.Of] && !slices.ContainsFunc(all, func(p Publication) bool {
			return p.Of == before.Of && slices.Equal(p.Sanctions, before.Sanctions) && p.on(l.day)
		}) {
			l.main.source.reportKey([]string{"publication"}, "it leaves out a rule of %s on %s %v: the list takes the place of all of them", before.Cite, before.Of, before.Sanctions)
		}
	}
}

// retention: a file may be kept longer, not less long.
func (l loosening) retention(k casefile.Kind, r Retention) {
	before, given := l.above.regime.Retention[k]
	if given && r.on(l.day) && r.Keep != 0 && (before.Permanent || int(r.Keep) < before.Years) {
		l.report([]string{"retention", string(k), "keep"}, "%dy is less long than %s has the file kept", r.Keep, before.Cite)
	}
}
