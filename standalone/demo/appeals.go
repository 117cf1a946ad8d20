package demo

// appealed is a fine contested before the ministry, up to the served decision.
func appealed(outcome string, with body) []Step {
	return []Step{
		{After: 5, By: operator, On: "appeal", Do: "filing", With: body{"applicant": "penalised", "text": "处罚过重，请求撤销。"}},
		act(2, ministry, "appeal", "accept", nil),
		act(2, ministry, "appeal", "send-copy", nil),
		act(3, officer, "enforcement", "answer-appeal", body{"contested": "{decision}", "text": "答复书及证据目录。"}),
		act(20, minister, "appeal", "decide", merge(body{"outcome": outcome, "reasons": "经审理作出决定。"}, with)),
		act(2, ministry, "appeal", "serve", served("reconsideration-decision")),
	}
}

// takenDown is the day after the outcome: three working days are given (penalties 48).
func takenDown() []Step {
	return []Step{act(1, officer, "enforcement", "withdraw-publication", reasons("原决定已变更、撤销或者确认违法。"))}
}

func refunded(amount int) []Step {
	return []Step{
		act(3, officer, "enforcement", "request-refund", body{"amount": amount}),
		act(6, officer, "enforcement", "refund-paid", body{
			"amount": amount, "on": "{today}", "sender": "bank", "evidence": "treasury-slip",
		}),
	}
}

var appealStories = []Story{
	{
		Name: "upheld", Title: "fine appealed and upheld", Dispute: "fee",
		Steps: then(fined("bill-detail", 8000*yuan), appealed("upheld", nil), []Step{act(4, officer, "enforcement", "payment", body{
			"amount": "{owed}", "on": "{today}", "sender": "bank", "evidence": "bank-slip",
		})}, verified(2, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed", "appeal": "closed"},
	},
	{
		Name: "revoked", Title: "fine paid, appealed and revoked (refund)", Dispute: "fee",
		Steps: then(fined("contract-terms", 4000*yuan), paid(3, 4000*yuan, "{today}"), appealed("revoked", nil), takenDown(), refunded(4000*yuan)),
		Ends:  map[string]string{"complaint": "closed", "enforcement": "closed", "appeal": "closed"},
	},
	{
		Name: "varied", Title: "fine paid, appealed and varied (excess refunded)", Dispute: "fee",
		Steps: then(fined("coverage-promise", 6000*yuan), paid(3, 6000*yuan, "{today}"), appealed("varied", body{"amount": 2000 * yuan}),
			takenDown(), []Step{published()}, refunded(4000*yuan), verified(2, true)),
		Ends: map[string]string{"complaint": "closed", "enforcement": "closed", "appeal": "closed"},
	},
	{
		Name: "unlawful", Title: "fine appealed and confirmed unlawful (the amount stands)", Dispute: "fee",
		Steps: then(fined("service-outage", 3000*yuan), paid(3, 3000*yuan, "{today}"), appealed("confirmed-unlawful", nil), takenDown(), verified(2, true)),
		Ends:  map[string]string{"complaint": "closed", "enforcement": "closed", "appeal": "closed"},
	},
}

// Stories is the whole programme.
func Stories() []Story {
	return append(append(append([]Story(nil), complaintStories...), enforcementStories...), appealStories...)
}
