package regimes

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Show prints the regime for a reader, in lang ("zh…" or anything else for English).
func (b *Bundle) Show(w io.Writer, lang string) error {
	p := &page{lang: lang}
	main := b.Documents[0]
	p.line("%s  %s", main.Title.In(lang), main.ID)
	p.line("%s: %s", p.say("版本", "version"), b.Regime.Hash)
	p.line("%s: %s", p.say("适用于下列日期受理的案件", "pinned by cases filed"), p.span(b.Effective))
	p.city(main)
	p.head("依据", "Documents")
	var rows [][]string
	for _, d := range b.Documents {
		rows = append(rows, []string{d.ID, p.span(d.Effective), d.Title.In(lang)})
	}
	p.table(rows)
	p.rules(b.Regime, b.Documents)
	return p.print(w)
}

// Show prints one document for a reader, in lang.
func (d *Document) Show(w io.Writer, lang string) error {
	p := &page{lang: lang}
	p.line("%s  %s", d.Title.In(lang), d.ID)
	p.line("%s: %s", p.say("发布机关", "issued by"), d.Issuer.In(lang))
	p.line("%s: %s", p.say("施行", "in force"), p.span(d.Effective))
	p.line("%s: %s (%s)", p.say("来源", "source"), d.Source, d.CheckedOn)
	p.city(d)
	if d.Note != "" {
		p.line("%s: %s", p.say("说明", "note"), d.Note)
	}
	day := d.Effective.From
	if !d.Effective.To.IsZero() {
		day = d.Effective.To
	}
	for _, r := range d.rules() { // the latest rules: a document is shown as it stands in the end
		if r.Effective != nil && r.Effective.From.After(day) {
			day = r.Effective.From
		}
	}
	p.rules(compose(d, nil, day).regime, []*Document{d})
	return p.print(w)
}

// city tells what a regulation that extends another one is (tourism 17).
func (p *page) city(d *Document) {
	if d.Extends == "" {
		return
	}
	p.line("%s: %s", p.say("实施的办法", "carries out"), d.Extends)
	if f := d.FiledWith; f != nil {
		p.line("%s: %s (%s)", p.say("备案于", "filed with"), f.Level, f.On)
	}
	if len(d.Authorities) > 0 {
		p.line("%s: %s", p.say("适用机关", "authorities"), strings.Join(d.Authorities, " "))
	}
}

func (p *page) rules(r *casefile.Regime, docs []*Document) {
	notes := notesOf(docs)
	p.terms(r, notes)
	p.penalties(r, notes)
	p.competence(r, notes)
	p.grounds(r.Grounds)
	p.doors(r.Moves)
	p.head("条文", "Clauses")
	var rows [][]string
	for _, cite := range slices.SortedFunc(maps.Keys(r.Clauses), byArticle(docs)) {
		c := r.Clauses[cite]
		rows = append(rows, []string{cite, p.mark(c.Unverified), c.Title.In(p.lang)})
	}
	p.table(rows)
}

// terms are the kinds of case and how long things take.
func (p *page) terms(r *casefile.Regime, notes map[string]string) {
	if len(r.Kinds) > 0 {
		p.head("案件类型", "Kinds of case")
		p.table(rowsOf(r.Kinds, func(k casefile.Kind, cite string) []string { return []string{string(k), cite} }))
	}
	if len(r.Terms) > 0 {
		p.head("期限", "Terms")
		p.table(rowsOf(r.Terms, func(name string, t casefile.TermRule) []string {
			return []string{name, t.Term.String(), p.roll(t), p.limit(t.Cap), p.from(t.From), t.Cite, p.mark(t.Unverified), t.Title.In(p.lang), notes["terms "+name]}
		}))
		p.line("  %s", p.say("d 自然日、wd 工作日、m 月、y 年", "d natural days, wd working days, m months, y years"))
	}
	if len(r.Bounds) > 0 {
		p.head("期限幅度（日）", "Bounds of terms, in days")
		p.table(rowsOf(r.Bounds, func(name string, b casefile.Bound) []string {
			return []string{name, fmt.Sprintf("%d–%d", b.Min, b.Max), b.Cite, p.mark(b.Unverified), notes["bounds "+name]}
		}))
	}
}

// penalties are what is penalised, and what goes with it.
func (p *page) penalties(r *casefile.Regime, notes map[string]string) {
	if len(r.Violations) > 0 {
		p.head("违法行为", "Violations")
		p.table(rowsOf(r.Violations, func(code string, v casefile.Violation) []string {
			return []string{code, v.Cite, string(v.Sequence), p.sanctions(v), p.mark(v.Unverified), v.Title.In(p.lang), strings.Join(v.AppliesTo, " "), v.OtherLaw}
		}))
	}
	p.persons(r.Violations)
	p.hearing(r.Hearing, notes)
	if r.Surcharge.PerMille > 0 {
		p.head("加处罚款", "Surcharge")
		s := r.Surcharge
		p.table([][]string{{
			fmt.Sprintf("%d‰", s.PerMille), p.every(s.Every), fmt.Sprintf(p.say("最高 %d‰", "at most %d‰"), s.Cap), p.base(s.Base), s.Cite, p.say("停止计算依据 ", "stopped by ") + s.FreezeCite, p.mark(s.Unverified), notes["surcharge"],
		}})
	}
}

// competence is who hears, inspects, owes, appeals, publishes and keeps, and where.
func (p *page) competence(r *casefile.Regime, notes map[string]string) {
	if len(r.Bodies) > 0 {
		p.head("复议机关", "Bodies of reconsideration")
		var rows [][]string
		for i, b := range r.Bodies {
			rows = append(rows, []string{b.Level, b.Body, b.Cite, notes["bodies "+itoa(i)]})
		}
		p.table(rows)
	}
	if j := r.Joint; j.From > 0 {
		p.head("共同投诉", "Joint complaints")
		p.table([][]string{{fmt.Sprintf(p.say("%d 人以上，代表 %d–%d 人", "%d complainants or more, %d–%d representatives"), j.From, j.Min, j.Max), j.Cite, p.mark(j.Unverified), notes["joint"]}})
	}
	if len(r.Cards) > 0 {
		p.head("检查证级别", "Cards of inspectors")
		var rows [][]string
		for i, x := range r.Cards {
			rows = append(rows, []string{x.Type, x.Level, x.Cite, p.mark(x.Unverified), notes["cards "+itoa(i)]})
		}
		p.table(rows)
	}
	p.duties(r.Duties, notes)
	if len(r.Routes) > 0 {
		p.head("救济途径（未列明的，复议或者诉讼）", "Routes of appeal (either way, where an act is not named)")
		p.table(rowsOf(r.Routes, func(what string, x casefile.Route) []string {
			return []string{what, p.open(x.Open), x.Cite, p.mark(x.Unverified), notes["routes "+what]}
		}))
	}
	p.publications(r.Publications)
	p.retention(r.Retention, notes)
	if len(r.Places) > 0 {
		p.head("管辖连接点", "Places of jurisdiction")
		var rows [][]string
		for i, x := range r.Places {
			rows = append(rows, []string{x.Code, x.Cite, p.mark(x.Unverified), x.Title.In(p.lang), notes["places "+itoa(i)]})
		}
		p.table(rows)
	}
}

func (p *page) grounds(all map[string][]casefile.Ground) {
	if len(all) == 0 {
		return
	}
	p.head("法定理由", "Grounds")
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, g := range all[name] {
			rows = append(rows, []string{name, g.Code, g.Within.String(), g.Cite, p.mark(g.Unverified), g.Title.In(p.lang)})
		}
	}
	p.table(rows)
}

// doors lists the moves by their authority, the closed ones apart.
func (p *page) doors(moves map[string]casefile.Rule) {
	if len(moves) == 0 {
		return
	}
	var closed, open [][]string
	for _, name := range slices.Sorted(maps.Keys(moves)) {
		m := moves[name]
		title := ""
		if spec, ok := specOf(name); ok {
			title = spec.Title.In(p.lang)
		}
		row := []string{name, m.Cite, p.mark(m.Unverified), title, p.posted(name)}
		if m.Closed {
			closed = append(closed, row)
		} else {
			open = append(open, row)
		}
	}
	p.head("不允许的操作", "Closed acts")
	if len(closed) == 0 {
		p.line("  %s", p.say("无", "none"))
	}
	p.table(closed)
	p.head("收文和操作的依据", "Authority of papers and acts")
	p.table(open)
}

// posted tells of the papers that are judged by the day on which they were posted. That is the law's
// for every regulation (civil procedure 85), so the catalogue says it and no regime can take it away.
func (p *page) posted(move string) string {
	if spec, ok := specOf(move); ok && spec.ByDay {
		return p.say("以交邮或者签署之日为准", "counts from the day it was posted or signed")
	}
	return ""
}

func (p *page) duties(all []casefile.Duty, notes map[string]string) {
	if len(all) == 0 {
		return
	}
	p.head("经营者的报告义务", "Duties of operators")
	var rows [][]string
	for _, d := range all {
		when := string(d.Cadence)
		if !d.Term.IsZero() {
			when += " + " + d.Term.String()
		}
		if !d.Grace.IsZero() {
			when += p.say(" 系统停机宽限 ", " grace ") + d.Grace.String()
		}
		for _, g := range d.Grades {
			when += fmt.Sprintf(" %s %d/%dh", g.Code, g.Oral, g.Written)
		}
		sanction := d.Violation
		if sanction == "" {
			sanction = p.say("无罚则", "no sanction")
		}
		rows = append(rows, []string{d.Code, when, sanction, d.Cite, p.mark(d.Unverified), d.Title.In(p.lang), notes["duties "+d.Code]})
	}
	p.table(rows)
}

// publications lists how results and decisions are made known, in the order in which the rules are
// tried. Their notes stand with the document.
func (p *page) publications(all []casefile.Publication) {
	if len(all) == 0 {
		return
	}
	of := map[string]casefile.Text{
		casefile.InspectionResult: {Zh: "检查结果", En: "inspection result"}, casefile.PenaltyDecision: {Zh: "处罚决定", En: "penalty decision"},
	}
	how := map[string]casefile.Text{
		casefile.PublishMust: {Zh: "应当公布", En: "must"}, casefile.PublishMay: {Zh: "可以公布", En: "may"}, casefile.PublishNever: {Zh: "不予公布", En: "never"},
	}
	p.head("公布", "Publication")
	var rows [][]string
	for _, x := range all {
		row := []string{of[x.Of].In(p.lang), strings.Join(x.Sanctions, " "), how[x.How].In(p.lang)}
		for _, t := range []struct {
			zh, en string
			term   calendar.Term
		}{{"期限 ", "within ", x.Within}, {"至少 ", "at least ", x.Least}, {"至多 ", "at most ", x.Most}, {"撤回 ", "taken down within ", x.Withdraw.Term}} {
			cell := ""
			if !t.term.IsZero() {
				cell = p.say(t.zh, t.en) + t.term.String()
			}
			row = append(row, cell)
		}
		rows = append(rows, append(row, x.Cite, p.mark(x.Unverified)))
	}
	p.table(rows)
}

func (p *page) retention(all map[casefile.Kind]casefile.Retention, notes map[string]string) {
	if len(all) == 0 {
		return
	}
	p.head("案卷保管期限", "How long files are kept")
	p.table(rowsOf(all, func(k casefile.Kind, x casefile.Retention) []string {
		keep := fmt.Sprintf(p.say("%d 年", "%d years"), x.Years)
		if x.Permanent {
			keep = p.say("永久", "for ever")
		}
		return []string{string(k), keep, x.Cite, p.mark(x.Unverified), notes["retention "+string(k)]}
	}))
}

func (p *page) open(route string) string {
	return map[string]casefile.Text{
		casefile.RouteEither:               {Zh: "复议或者诉讼", En: "reconsideration or suit"},
		casefile.RouteReconsiderationFirst: {Zh: "复议前置", En: "reconsideration first, then suit"},
		casefile.RouteReconsiderationOnly:  {Zh: "复议终局", En: "reconsideration only, which is final"},
		casefile.RouteCourtOnly:            {Zh: "仅可诉讼", En: "suit only"},
	}[route].In(p.lang)
}

func (p *page) roll(t casefile.TermRule) string {
	switch {
	case t.Before && t.Roll:
		return p.say("倒推，提前", "backwards, rolls back")
	case t.Before:
		return p.say("倒推", "backwards")
	case t.Roll:
		return p.say("顺延", "rolls")
	}
	return p.say("不顺延", "no roll")
}

func (p *page) limit(most calendar.Term) string {
	if most.IsZero() {
		return ""
	}
	return p.say("连同延长最多 ", "extended to at most ") + most.String()
}

func (p *page) from(from string) string {
	if from == casefile.FromAcceptance {
		return p.say("自受理起", "from acceptance")
	}
	return ""
}

func (p *page) sanctions(v casefile.Violation) string {
	var all []string
	if v.Warning {
		all = append(all, p.say("警告", "warning"))
	}
	if v.FineMax > 0 {
		least := p.say("罚款不超过 ", "fine up to ")
		if v.FineMin > 0 {
			least = p.say("罚款 ", "fine ") + v.FineMin.Yuan() + "–"
		}
		all = append(all, least+v.FineMax.Yuan())
	}
	if m := v.Multiple; m.Max > 0 {
		all = append(all, fmt.Sprintf(p.say("违法所得 %s 以上的，%d–%d 倍", "%[2]d–%[3]d times the illegal income from %[1]s on"), m.From.Yuan(), m.Min, m.Max))
	}
	for _, m := range v.Also {
		text := p.measure(m)
		if v.Warning || v.FineMax > 0 {
			text = "+ " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, " / ")
}

// measure is one kind that the clause adds, with its bounds.
func (p *page) measure(m casefile.Measure) string {
	text := measures[m.What].In(p.lang)
	switch {
	case !m.Min.IsZero() && !m.Max.IsZero():
		text += " " + m.Min.String() + "–" + m.Max.String()
	case !m.Max.IsZero():
		text += p.say(" 不超过 ", " up to ") + m.Max.String()
	case !m.Min.IsZero():
		text += p.say(" 至少 ", " at least ") + m.Min.String()
	}
	if m.Must {
		text += p.say("（应当）", " (always)")
	}
	if m.Grave {
		text += p.say("（情节严重的）", " (in grave cases)")
	}
	return text
}

// persons lists what may fall on the persons responsible; no case is carried against them here.
func (p *page) persons(all map[string]casefile.Violation) {
	var rows [][]string
	for _, code := range slices.Sorted(maps.Keys(all)) {
		x := all[code].Persons
		if x.Cite == "" {
			continue
		}
		text := p.sanctions(casefile.Violation{FineMin: x.FineMin, FineMax: x.FineMax})
		for _, what := range x.Also {
			text += " / + " + onPersons[what].In(p.lang)
		}
		rows = append(rows, []string{code, x.Cite, text, p.mark(x.Unverified)})
	}
	if len(rows) > 0 {
		p.head("有关责任人员（不在本库办理）", "Persons responsible (no case is carried against them here)")
		p.table(rows)
	}
}

func (p *page) hearing(h casefile.HearingRule, notes map[string]string) {
	if h.Fine.From == 0 {
		return
	}
	p.head("听证权利", "Right to a hearing")
	var kinds []string
	for _, k := range h.Always.Kinds {
		kinds = append(kinds, measures[k].In(p.lang))
	}
	rows := [][]string{
		{p.say("罚款达到 ", "fine from ") + h.Fine.From.Yuan(), h.Fine.Cite, p.mark(h.Fine.Unverified), notes["hearing fineFrom"]},
		{p.say("没收达到 ", "confiscation from ") + h.Confiscation.From.Yuan(), h.Confiscation.Cite, p.mark(h.Confiscation.Unverified), notes["hearing confiscationFrom"]},
		{strings.Join(kinds, p.say("、", ", ")), h.Always.Cite, p.mark(h.Always.Unverified), notes["hearing always"]},
	}
	if c := h.Collective; c.Cite != "" {
		rows = append(rows, []string{p.say("由负责人集体讨论决定", "decided by the heads together"), c.Cite, p.mark(c.Unverified), notes["hearing collective"]})
	}
	p.table(rows)
}

// onPersons are what a clause may add for persons beside the fine.
var onPersons = map[string]casefile.Text{
	"card-suspension": {Zh: "暂扣导游证", En: "suspension of the guide's card"},
	"card-revocation": {Zh: "吊销导游证", En: "revocation of the guide's card"},
}

// measures are what a clause may add beside the fine.
var measures = map[string]casefile.Text{
	"public-criticism":   {Zh: "通报批评", En: "public criticism"},
	"confiscation":       {Zh: "没收违法所得", En: "confiscation of illegal income"},
	"suspension":         {Zh: "责令停业整顿", En: "suspension of business"},
	"licence-revocation": {Zh: "吊销许可证", En: "licence revocation"},
}

func (p *page) base(base string) string {
	if base == "unpaid" {
		return p.say("以未缴部分为基数", "of the unpaid part")
	}
	return p.say("以罚款全额为基数", "of the whole fine")
}

func (p *page) every(days int64) string {
	if days == 1 {
		return p.say("每日", "a day")
	}
	return fmt.Sprintf(p.say("每满 %d 日", "for each full %d days"), days)
}

// Notes are the notes of the rules, by section and name: "terms complaint.answer".
func (b *Bundle) Notes() map[string]string {
	notes := notesOf(b.Documents)
	maps.DeleteFunc(notes, func(_, note string) bool { return note == "" })
	return notes
}

// notesOf gathers the notes of the rules by section and name.
func notesOf(docs []*Document) map[string]string {
	notes := map[string]string{}
	for _, d := range slices.Backward(docs) { // the main regulation last: its rule prevails
		for _, r := range d.rules() {
			if len(r.path) < 3 {
				notes[strings.Join(r.path, " ")] = r.Note
			}
		}
	}
	return notes
}
