package casefile

import (
	"slices"

	"duban/law/calendar"
)

// ServiceMethods are the ways in which a document is served (civil procedure 88 to 91, 95): handed over,
// left behind before witnesses, electronically, through another body, by post, by public announcement.
func ServiceMethods() []string {
	return []string{"direct", "left", "electronic", "entrusted", "post", "announcement"}
}

// served reads the day of a service from its proof, by act or by postal receipt (civil procedure
// 87): nothing is served before it was made, nor tomorrow. A public announcement is no service
// yet: its term starts here, and the lapse serves.
func (t *making) served(doc document, made calendar.Day) (calendar.Day, bool) {
	b := t.m.Body
	switch {
	case b.Document != string(doc):
		t.unserved("document", "other-document", "待送达的文书是 "+string(doc)+"。", "the document to be served now is another: "+string(doc))
	case t.m.Class == Act && !slices.Contains(ServiceMethods(), b.Method):
		t.refuseOther("method", "unknown-method", "civil-procedure-2023:88", "没有该送达方式", "there is no such way of service", ServiceMethods())
	case b.On.Before(made):
		t.unserved("on", "served-before-made", "送达日期不能早于文书作出之日。", "the day of service can't be earlier than that of the document")
	case b.Method == "announcement" && t.m.Class == Act:
		t.announce(b.On)
	default:
		t.setAside("service", b.On) // the proof came late, the service did not
		t.clear("met", "service")
		t.clear("moot", "announcement")
		t.cite("civil-procedure-2023:87")
		return b.On, true
	}
	return calendar.Day{}, false
}

func (t *making) unserved(field, code, zh, en string) {
	if t.m.Class == Paper {
		t.none(code)
		return
	}
	t.refuseField(field, code, "civil-procedure-2023:87", zh, en)
}

// announcement is 30 days from issue, by statute (civil procedure 95); a regime need not repeat it.
var announcement = TermRule{Term: calendar.Term{N: 30, Unit: calendar.NaturalDays}, Cite: "civil-procedure-2023:95"}

func (t *making) announce(on calendar.Day) {
	if _, running := t.armed("announcement"); running {
		t.refuseField("method", "announced-already", announcement.Cite, "公告期间尚未届满。", "the announcement is running already")
		return
	}
	rule, ok := t.law.Regime.Terms[string(t.c.Kind)+".announcement"]
	if !ok {
		rule = announcement
	}
	t.setAside("service", on)
	t.clear("met", "service")
	t.armRule("announcement", rule, on, 0)
}

func failedDelivery(t *making) {
	t.arm("task", t.today())
	t.notice("task", "officer")
}

func undeliveredDocument(t *making) {
	t.notice("task", "officer")
	if !t.c.Closed() {
		t.arm("task", t.today())
	}
}
