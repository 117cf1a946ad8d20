package demo

// The enforcement stories share their way up to the fork at which they part.

func opened(requirement, violation string) []Step {
	return []Step{act(1, officer, "complaint", "open-enforcement", merge(reasons("申诉反映的问题涉嫌违反服务标准。"), body{
		"violation": violation, "requirement": requirement, "periodFrom": "2026-01-05", "periodTo": "2026-01-25",
	}))}
}

func established() []Step {
	return []Step{
		act(1, officer, "enforcement", "assign", body{"officer": "{officer}"}),
		act(5, officer, "enforcement", "establish", merge(text("调取计费记录，询问值班人员。"), body{
			"officers": []string{"{officer}", "{second}"}, "breach": true, "harm": true,
		})),
	}
}

func ordered() []Step {
	return []Step{
		act(2, officer, "enforcement", "order", merge(reasons("属系统性差错，十五日足以修复。"), body{"term": "15d"})),
		act(2, officer, "enforcement", "serve", served("rectification-order")),
	}
}

// served is a personal service on the day of the step; {today} is filled in by the driver.
func served(document string) body {
	return body{"document": document, "method": "direct", "on": "{today}", "evidence": "proof-of-service"}
}

func verified(after int, rectified bool) []Step {
	return []Step{act(after, officer, "enforcement", "verify", merge(text("现场复查。"), body{
		"officers": []string{"{officer}", "{second}"}, "rectified": rectified,
	}))}
}

func filed() []Step {
	return []Step{
		act(2, head, "enforcement", "file", reasons("逾期未改，符合立案条件。")),
		act(3, officer, "enforcement", "investigate", merge(text("补充调查取证。"), body{"officers": []string{"{officer}", "{second}"}})),
		act(1, officer, "enforcement", "rule-out-other-law", merge(reasons("不属于电信条例第四十条所列行为。"), body{"otherLaw": false})),
	}
}

// noticed serves the notice of the intended penalty; sanction is warning or an amount of fen.
func noticed(fine int) []Step {
	return []Step{
		act(2, officer, "enforcement", "notify", merge(reasons("违反服务标准且逾期未改。"), sanction(fine))),
		act(2, officer, "enforcement", "serve", served("penalty-notice")),
	}
}

func sanction(fine int) body {
	if fine == 0 {
		return body{"sanction": "warning"}
	}
	return body{"sanction": "fine", "amount": fine}
}

func reviewed(after int) []Step {
	return []Step{act(after, reviewer, "enforcement", "review", merge(text("事实清楚，程序合法。"), body{"opinion": "agree"}))}
}

func decided(fine, answered int) []Step {
	b := merge(reasons("综合情节作出决定。"), sanction(fine))
	if fine > 0 {
		b["announceSurcharge"] = true
	}
	if answered > 0 {
		b["answered"] = answered
	}
	return []Step{
		act(2, head, "enforcement", "decide", b),
		act(2, officer, "enforcement", "serve", served("penalty-decision")),
		published(),
	}
}

// published is on the day of the service.
func published() Step {
	return act(0, officer, "enforcement", "publish", text("依法公开处罚决定。"))
}

// paid is money at the bank, on the day of the step or on an earlier day.
func paid(after, amount int, on string) []Step {
	return []Step{{After: after, By: officer, On: "enforcement", Do: "payment", With: body{
		"amount": amount, "on": on, "sender": "bank", "evidence": "bank-slip",
	}}}
}

func underway() []Step { return then(replied(), answeredAndClosed("founded")) }

// fined is the common way to a served fine after which the stories part.
func fined(requirement string, amount int) []Step {
	return then(underway(), opened(requirement, "service-standard"), established(), ordered(), verified(17, false), filed(),
		noticed(amount), reviewed(9), decided(amount, 0))
}

const yuan = 100 // fen

var enforcementStories = []Story{
	{
		Name: "complied", Title: "order complied with and verified", Dispute: "other",
		Steps: then(underway(), opened("fault-repair", "service-standard"), established(), ordered(), []Step{
			act(10, operator, "enforcement", "rectification-report", text("已完成整改，附报告。")),
		}, verified(3, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "rectified"},
	},
	{
		Name: "warned", Title: "not rectified → warning", Dispute: "other",
		Steps: then(underway(), opened("hotline", "service-standard"), established(), ordered(), verified(17, false), filed(),
			noticed(0), []Step{act(1, operator, "enforcement", "waiver", text("放弃陈述申辩。"))}, reviewed(1), decided(0, 0), verified(5, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed"},
	},
	{
		Name: "paid-in-time", Title: "not rectified → fine → paid in time", Dispute: "fee",
		Steps: then(fined("billing-accuracy", 5000*yuan), paid(6, 5000*yuan, "{today}"), verified(3, true)),
		Ends:  map[string]string{"complaint": "closed", "enforcement": "closed"},
	},
	{
		Name: "paid-late", Title: "fine paid late with surcharge", Dispute: "fee",
		// due 15 days after service; paid 20 days after the last day: 3 % of 10,000 yuan a day
		Steps: then(fined("tariff-notice", 10000*yuan), []Step{act(38, officer, "enforcement", "payment", body{
			"amount": "{owed}", "on": "{today}", "sender": "bank", "evidence": "bank-slip",
		})}, verified(3, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed"},
	},
	{
		Name: "no-penalty", Title: "no penalty after the defence", Dispute: "other",
		Steps: then(underway(), opened("install-time", "service-standard"), established(), ordered(), verified(17, false), filed(), noticed(3000*yuan), []Step{
			act(3, operator, "enforcement", "defence", merge(text("一、系首次；二、危害轻微并已改正。"), body{"points": 2})),
			act(3, head, "enforcement", "no-penalty", merge(body{"ground": "first-minor"}, reasons("首次违法且危害后果轻微并及时改正。"))),
		}),
		Ends: map[string]string{"complaint": "closed", "enforcement": "no-penalty"},
	},
	{
		Name: "from-withdrawn", Title: "an enforcement from a withdrawn complaint", Dispute: "other",
		Steps: then(forwarded(), []Step{act(2, complainant, "complaint", "withdrawal", text("不再追究。"))},
			opened("number-portability", "service-standard"), established(), ordered(), verified(10, true)),
		Ends: map[string]string{"complaint": "withdrawn", "enforcement": "rectified"},
	},
	{
		Name: "bank-date", Title: "payment whose bank date is before an entered lapse", Dispute: "fee",
		Steps: then(fined("international-roaming", 2000*yuan), []Step{act(20, officer, "enforcement", "payment", body{
			"amount": 2000 * yuan, "on": "{today-8}", "sender": "bank", "evidence": "bank-slip",
		})}, verified(3, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed"},
	},
	{
		Name: "obstruction", Title: "obstruction: order with warning, then corrected", Dispute: "other",
		Steps: then(underway(), opened("inspection-access", "obstruction"), established(), []Step{
			act(2, head, "enforcement", "file", reasons("拒绝提供资料，应予查处。")),
		}, noticed(0), reviewed(9), []Step{
			act(2, head, "enforcement", "decide", merge(reasons("责令改正并予以警告。"), body{"sanction": "warning", "term": "10d"})),
			act(2, officer, "enforcement", "serve", served("penalty-decision")),
			published(),
		}, verified(6, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed"},
	},
}
