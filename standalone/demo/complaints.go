package demo

func accepted() []Step {
	return []Step{
		act(1, officer, "complaint", "assign", body{"officer": "{officer}"}),
		act(1, officer, "complaint", "accept", nil),
	}
}

func forwarded() []Step {
	return then(accepted(), []Step{act(1, officer, "complaint", "forward", text("请于期限内书面回复并附证据。"))})
}

func replied() []Step {
	return then(forwarded(), []Step{act(4, operator, "complaint", "reply", text("经核实，系统多计流量，已退费。"))})
}

func answeredAndClosed(finding string) []Step {
	return []Step{
		act(2, officer, "complaint", "answer", merge(text("经调查，现将处理结果答复如下。"), body{"finding": finding})),
		act(1, officer, "complaint", "close", nil),
	}
}

var complaintStories = []Story{
	{
		Name: "operator-first", Title: "told operator first", Dispute: "fee",
		Steps: []Step{act(1, officer, "complaint", "tell-operator-first", reasons("尚未先向经营者投诉。"))},
		Ends:  map[string]string{"complaint": "operator-first"},
	},
	{
		Name: "returned", Title: "told operator first, came back, answered", Dispute: "other",
		Steps: then(
			[]Step{
				act(1, officer, "complaint", "tell-operator-first", reasons("尚未先向经营者投诉。")),
				act(20, complainant, "complaint", "return", text("经营者十五日内未答复。")),
			}, replied(), []Step{act(1, complainant, "complaint", "feedback", body{"satisfied": true})}, answeredAndClosed("founded")),
		Ends: map[string]string{"complaint": "closed"},
	},
	{
		Name: "time-bar", Title: "not accepted (time bar)", Dispute: "fee", EventOn: "2025-06-01",
		Steps: []Step{act(2, officer, "complaint", "decline", merge(body{"ground": "fee-time-bar"}, reasons("费用争议自发生之日起已逾五个月。")))},
		Ends:  map[string]string{"complaint": "not-accepted"},
	},
	{
		Name: "transferred", Title: "transferred", Dispute: "other",
		Steps: then([]Step{
			act(1, officer, "complaint", "transfer", merge(body{"authority": "jl-pca"}, reasons("争议发生地在吉林省。"))),
			act(1, neighbour, "transferred", "accept", nil),
			act(1, neighbour, "transferred", "inquire", nil),
			act(5, neighbour, "transferred", "answer", merge(text("现答复如下。"), body{"finding": "unfounded"})),
			act(1, neighbour, "transferred", "close", nil),
		}),
		Ends: map[string]string{"complaint": "transferred", "transferred": "closed"},
	},
	{
		Name: "withdrawn", Title: "withdrawn", Dispute: "other",
		Steps: then(forwarded(), []Step{act(2, complainant, "complaint", "withdrawal", text("已与经营者自行解决。"))}),
		Ends:  map[string]string{"complaint": "withdrawn"},
	},
	{
		Name: "answered", Title: "answered", Dispute: "fee",
		Steps: then(replied(), []Step{act(1, complainant, "complaint", "feedback", body{"satisfied": true})}, answeredAndClosed("founded")),
		Ends:  map[string]string{"complaint": "closed"},
	},
	{
		Name: "corrected", Title: "corrected filing, answered without feedback", Dispute: "other",
		Steps: then([]Step{
			act(1, officer, "complaint", "ask-correction", text("请补充合同复印件。")),
			act(4, complainant, "complaint", "correction", text("补充合同复印件。")),
		}, replied(), []Step{act(12, officer, "complaint", "assess", text("申诉人未反馈，依据在案材料评估。"))}, answeredAndClosed("partly-founded")),
		Ends: map[string]string{"complaint": "closed"},
	},
	{
		Name: "mediated", Title: "mediated", Dispute: "other",
		Steps: then(replied(), []Step{
			act(1, officer, "complaint", "propose-mediation", nil),
			act(1, complainant, "complaint", "consent", body{"agreed": true}),
			act(1, operator, "complaint", "consent", body{"agreed": true}),
			act(1, officer, "complaint", "open-mediation", nil),
			act(4, officer, "complaint", "end-mediation", body{"agreed": true}),
		}, answeredAndClosed("settled")),
		Ends: map[string]string{"complaint": "closed"},
	},
	{
		Name: "supervised", Title: "silence → supervised matter → answered late", Dispute: "other",
		Steps: then(forwarded(), []Step{
			act(14, officer, "complaint", "supervise", reasons("经营者逾期未回复。")),
			act(3, operator, "complaint", "reply", text("迟复致歉，已整改。")),
			act(2, complainant, "complaint", "feedback", body{"satisfied": false}),
			act(14, officer, "complaint", "answer", merge(text("现答复如下。"), body{"finding": "founded"})),
			act(1, officer, "complaint", "close", nil),
		}),
		Ends: map[string]string{"complaint": "closed"},
	},
}
