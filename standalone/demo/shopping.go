package demo

// forcedShopping is the tourism year's penalty, from the tourists' complaint to the end of what was
// imposed: a fine, the illegal income confiscated, the business suspended, and the hearing before it.
// The visit follows a complaint, so it takes no place under the yearly cap.
var forcedShopping = Story{
	Name: "forced-shopping", Title: "travel agency: forced shopping, a hearing, fine, confiscation and suspension",
	Steps: then(
		[]Step{act(1, "dalian", "inspection", "filing", merge(text("多名游客投诉被强制购物。"), body{"operator": "beihai-travel", "cause": "complaint"}))},
		dalianAgency.approve(), dalianAgency.appoint(), dalianAgency.start(1),
		dalianAgency.record("no-forced-shopping", true, "行程单安排四处购物店，导游收取回扣。"), dalianAgency.heard(), dalianAgency.report(),
		[]Step{act(1, "dalian", "inspection", "open-enforcement", merge(reasons("涉嫌安排购物牟利。"), body{
			"violation": "forced-shopping", "requirement": "no-forced-shopping", "periodFrom": "{today-45}", "periodTo": "{today-10}",
		}))},
		dalianAgency.publish(3, "检查结果：一项问题，已立册查处。"), dalianAgency.end(),
		[]Step{
			act(0, "dalian", "enforcement", "assign", body{"officer": "{dalian}"}),
			act(6, "dalian", "enforcement", "establish", merge(text("调取购物店回扣账目，询问游客和导游。"), body{
				"officers": dalianAgency.both(), "breach": true, "harm": true, "income": kickbacks,
			})),
			act(1, "dalian-head", "enforcement", "file", reasons("事实清楚，应予立案查处。")),
			act(2, "dalian", "enforcement", "notify", merge(reasons("以低价组团，安排购物获取回扣。"), threefold())),
			act(1, "dalian", "enforcement", "serve", served("penalty-notice")),
			act(4, "agency", "enforcement", "hearing-request", text("对回扣数额有异议，要求听证。")), // the third of five working days
		},
		refusedAs("hearing-too-near", act(1, "dalian", "enforcement", "call-hearing", body{"on": "{today+8}", "officer": "{dalian-chair}"})),
		[]Step{
			act(0, "dalian", "enforcement", "call-hearing", body{"on": "{today+9}", "officer": "{dalian-chair}"}),
			act(9, "dalian-chair", "enforcement", "hold-hearing", merge(text("双方质证，当事人提出两点意见。"), body{
				"outcome": "held", "signed": true, "points": 2, "evidence": "hearing-record",
			})),
			act(3, "dalian-reviewer", "enforcement", "review", merge(text("事实清楚，程序合法。"), body{"opinion": "agree"})),
			act(2, "dalian-head", "enforcement", "decide", merge(reasons("两点意见均不成立，经集体讨论决定。"), threefold(), body{
				"collective": true, "answered": 2, "announceSurcharge": true,
			})),
			act(1, "dalian", "enforcement", "serve", served("penalty-decision")),
			act(1, "dalian", "enforcement", "publish", text("依法公开处罚决定。")),
			act(6, "dalian", "enforcement", "payment", slip(60_000*yuan, "bank-slip-fine")),
			act(0, "dalian", "enforcement", "payment", slip(kickbacks, "bank-slip-confiscated")),
			act(27, "dalian", "enforcement", "verify", merge(text("停业整顿期满，现场复查。"), body{"officers": dalianAgency.both(), "rectified": true})),
		}),
	Ends: map[string]string{"inspection": "closed", "enforcement": "closed"},
}

const kickbacks = 12_000 * yuan // the illegal income

// threefold is what the notice says, and the decision after it.
func threefold() body {
	return merge(sanction(60_000*yuan), body{"also": []string{"confiscation", "suspension"}, "confiscated": kickbacks, "suspension": "1m"})
}

// slip is money at the bank today.
func slip(amount int, evidence string) body {
	return body{"amount": amount, "on": "{today}", "sender": "bank", "evidence": evidence}
}
