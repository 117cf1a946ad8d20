package demo

import "fmt"

// The visits of the tourism year, as told. Each begins with the case that a plan has opened.

// crew is who makes a visit: the officer in charge, the other one, the head, and the unit.
type crew struct{ lead, other, head, unit string }

var (
	dalianHotel    = crew{"dalian", "star", "dalian-head", "hotel"}
	dalianAgency   = crew{"dalian", "dalian-second", "dalian-head", "agency"}
	shenyangDiner  = crew{"shenyang", "shenyang-second", "shenyang-head", "restaurant"}
	shenyangSights = crew{"shenyang", "shenyang-second", "shenyang-head", "sight"}
	provinceHotel  = crew{"star", "star-second", "bureau-head", "hotel"}
	provinceDiner  = crew{"bureau", "bureau-second", "bureau-head", "restaurant"}
)

func (c crew) both() []string { return []string{"{" + c.lead + "}", "{" + c.other + "}"} }

func (c crew) approve() []Step { return []Step{act(1, c.head, "inspection", "approve", nil)} }

func (c crew) appoint() []Step {
	return []Step{act(1, c.lead, "inspection", "appoint", body{"officers": c.both()})}
}

// start is the team at the door, its cards shown.
func (c crew) start(after int) []Step {
	return []Step{act(after, c.lead, "inspection", "start", body{"officers": c.both(), "on": "{today}", "shown": true})}
}

func (c crew) record(requirement string, breach bool, words string) []Step {
	return []Step{act(0, c.lead, "inspection", "record", merge(text(words), body{
		"officers": c.both(), "requirement": requirement, "breach": breach, "evidence": "photo-" + requirement,
	}))}
}

// listed is a finding on a line of the checklist: its value decides.
func (c crew) listed(requirement, value string) Step {
	return act(0, c.lead, "inspection", "record", merge(text("逐项检查。"), body{
		"officers": c.both(), "requirement": requirement, "value": value,
	}))
}

// sightList is what a team finds at a sight without fault, line by line of its standard.
func (c crew) sightList() []Step {
	var out []Step
	for _, x := range [][2]string{
		{"guest-questionnaire", "yes"},
		{"complaint-phone", "yes"},
		{"daily-check", "yes"},
		{"guide-knowledge", "8"},
		{"interpretation-art", "7"},
		{"capacity-control", "yes"},
		{"ticket-queue", "12"},
		{"safety-facility", "yes"},
		{"signs-bilingual", "yes"},
		{"toilet-cleanliness", "9"},
	} {
		out = append(out, c.listed(x[0], x[1]))
	}
	return then(out,
		refusedAs("lines-left", act(0, c.lead, "inspection", "report", text("检查报告。"))),
		[]Step{act(0, c.lead, "inspection", "record", merge(text("没有游乐设施。"), body{
			"officers": c.both(), "requirement": "rides-inspected", "notApplicable": true, "reasons": "没有游乐设施。",
		}))})
}

// heard is the preliminary report and what the unit says to it.
func (c crew) heard() []Step {
	return []Step{
		act(1, c.lead, "inspection", "preliminary", text("初步检查报告：存在问题，请提出意见。")),
		act(3, c.unit, "inspection", "comments", text("无异议，立即整改。")),
	}
}

func (c crew) report() []Step {
	return []Step{act(2, c.lead, "inspection", "report", text("检查报告。"))}
}

func (c crew) publish(after int, words string) []Step {
	return []Step{act(after, c.lead, "inspection", "publish", text(words))}
}

func (c crew) end() []Step { return []Step{act(1, c.lead, "inspection", "close", nil)} }

// fine is a visit that found nothing, from the report to the end.
func (c crew) fine() []Step {
	return then(c.record("service-5", false, "符合标准。"), c.report(), c.publish(3, "检查结果：符合标准。"), c.end())
}

// refusedAs is a step that must meet a refusal of that code.
func refusedAs(code string, s Step) []Step {
	s.Refused = code
	return []Step{s}
}

// on tells the steps of an inspection about another case.
func on(alias string, steps []Step) []Step {
	out := append([]Step(nil), steps...)
	for i := range out {
		out[i].On = alias
	}
	return out
}

var inspectionStories = map[string][]Story{
	"dalian periodic": {
		{
			Name: "hotel-improves", Title: "star hotel: improvement and re-inspection",
			Steps: then(dalianHotel.approve(),
				refusedAs("card-level", act(1, "dalian", "inspection", "appoint", body{"officers": []string{"{dalian}", "{dalian-second}"}})),
				dalianHotel.appoint(),
				[]Step{act(1, "dalian", "inspection", "announce", text("定于近日进行定期检查。"))},
				dalianHotel.start(4),
				dalianHotel.record("star-3.2", true, "客房卫生不符合标准。"),
				dalianHotel.record("star-5.1", true, "意见表未按期回收。"),
				dalianHotel.record("star-7.4", false, "投诉电话已标明。"),
				dalianHotel.heard(), dalianHotel.report(),
				[]Step{
					act(1, "dalian", "inspection", "improve", merge(text("请于十日内改进。"), body{"until": "{today+10}"})),
					act(8, "dalian", "inspection", "verify", merge(text("现场核实。"), body{
						"officers": dalianHotel.both(), "requirement": "star-3.2", "rectified": true, "evidence": "photo-after",
					})),
				},
				dalianHotel.publish(1, "检查结果：两项问题，一项已改进。"),
				[]Step{act(2, "dalian", "inspection", "re-inspect", text("意见表仍未回收。"))},
				on("re-inspection", then(dalianHotel.approve(), dalianHotel.appoint(), dalianHotel.start(3),
					dalianHotel.record("star-5.1", false, "已按期回收。"), dalianHotel.report(), dalianHotel.publish(2, "复查结果：已改进。"), dalianHotel.end())),
				dalianHotel.end()),
			Ends:  map[string]string{"inspection": "closed", "re-inspection": "closed"},
			Items: []string{"star-5.1"},
		},
		{
			Name: "agency-ordered", Title: "travel agency: an enforcement case by the city's own rules",
			Steps: then(dalianAgency.approve(), dalianAgency.appoint(), dalianAgency.start(2),
				dalianAgency.record("agency-filing", true, "服务网点未备案。"), dalianAgency.heard(), dalianAgency.report(),
				[]Step{act(1, "dalian", "inspection", "open-enforcement", merge(reasons("未按规定备案。"), body{
					"violation": "filing-faults", "requirement": "agency-filing", "periodFrom": "{today-60}", "periodTo": "{today}",
				}))},
				dalianAgency.publish(1, "检查结果：一项问题，已立册查处。"), dalianAgency.end(),
				[]Step{
					act(1, "dalian", "enforcement", "assign", body{"officer": "{dalian}"}),
					act(3, "dalian", "enforcement", "establish", merge(text("调取备案记录。"), body{"officers": dalianAgency.both(), "breach": true, "harm": false})),
				},
				refusedAs("term-out-of-bounds", act(1, "dalian", "enforcement", "order", merge(reasons("两日足以备案。"), body{"term": "2d"}))),
				[]Step{
					act(0, "dalian", "enforcement", "order", merge(reasons("十日足以备案。"), body{"term": "10d"})),
					act(1, "dalian", "enforcement", "serve", served("rectification-order")),
					act(5, "agency", "enforcement", "rectification-report", text("已补办备案。")),
					act(2, "dalian", "enforcement", "verify", merge(text("现场复查。"), body{"officers": dalianAgency.both(), "rectified": true})),
				}),
			Ends: map[string]string{"inspection": "closed", "enforcement": "rectified"},
		},
	},
	"province spot": {
		spotVisit("spot-1", "spot check: star hotel", provinceHotel, "抽查结果：符合标准。"),
		spotVisit("spot-2", "spot check: restaurant", provinceDiner, "抽查结果：符合标准。"),
	},
	"shenyang periodic": {
		{
			Name: "diner-away", Title: "restaurant: a missed visit, then evidence preserved and released in time",
			Steps: then(shenyangDiner.approve(), shenyangDiner.appoint(),
				[]Step{act(1, "shenyang", "inspection", "missed-visit", merge(text("停业盘点，无人接待。"), body{"officers": shenyangDiner.both(), "on": "{today}"}))},
				shenyangDiner.start(3),
				[]Step{
					act(0, "shenyang", "inspection", "ask-preservation", merge(text("进货票据可能灭失。"), body{"officers": shenyangDiner.both(), "evidence": "invoices"})),
					act(0, "shenyang-head", "inspection", "preserve", reasons("情况紧急，同意。")),
					act(5, "shenyang", "inspection", "handle-preserved", merge(reasons("票据真实，予以解除。"), body{"officers": shenyangDiner.both(), "outcome": "released"})),
				}, shenyangDiner.fine()),
			Ends: map[string]string{"inspection": "closed"},
		},
		{
			Name: "sight-cards", Title: "sight: an expired card, a team turned away without cards, a checklist line by line",
			Steps: then(shenyangSights.approve(),
				refusedAs("no-card", act(1, "shenyang", "inspection", "appoint", body{"officers": []string{"{shenyang}", "{shenyang-third}"}})),
				shenyangSights.appoint(),
				refusedAs("cards-not-shown", act(2, "shenyang", "inspection", "start", body{"officers": shenyangSights.both(), "on": "{today}", "shown": false})),
				[]Step{act(0, "shenyang", "inspection", "turned-away", merge(text("未携带证件，单位拒绝检查。"), body{"officers": shenyangSights.both(), "on": "{today}"}))},
				[]Step{act(0, "shenyang", "inspection", "set-checklist", nil)}, shenyangSights.start(1),
				refusedAs("bad-value", shenyangSights.listed("guide-knowledge", "11")),
				shenyangSights.sightList(), shenyangSights.report(), shenyangSights.publish(3, "检查结果：符合标准。"), shenyangSights.end()),
			Ends: map[string]string{"inspection": "closed"},
		},
	},
}

// spotVisit is a spot check that finds nothing.
func spotVisit(name, title string, team crew, words string) Story {
	return Story{
		Name: name, Title: title,
		Steps: then(team.approve(), team.appoint(), team.start(2), team.record("service-5", false, "符合标准。"), team.report(),
			team.publish(2, words), team.end()),
		Ends: map[string]string{"inspection": "closed"},
	}
}

// drawnVisit is a visit by those whom the lot has drawn; what is published names the draw.
func drawnVisit(n int, team crew, hash string) Story {
	return spotVisit(fmt.Sprintf("drawn-%d", n), fmt.Sprintf("drawn by lot, visit %d", n), team, "抽查结果：符合标准。双随机抽取记录散列值:"+hash)
}
