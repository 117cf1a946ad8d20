package dispatch

import "duban/law/casefile"

// write is one line of the table below.
func write(titleZh, sentenceZh, titleEn, sentenceEn string) letter {
	return letter{title: casefile.Text{Zh: titleZh, En: titleEn}, sentence: casefile.Text{Zh: sentenceZh, En: sentenceEn}}
}

// letters is the text of every document that a move of a case sends out. A letter says what
// happened and where to read the document; what is decided stands in the document alone.
var letters = map[string]letter{
	// complaint
	"receipt":               write("收件回执", "您的申请已收到。", "Receipt", "We have received what you filed."),
	"acceptance-notice":     write("受理通知", "您的申诉已受理。", "Accepted", "Your complaint has been accepted."),
	"non-acceptance-notice": write("不予受理通知", "您的申诉不予受理，理由及救济途径见文书。", "Not accepted", "Your complaint has not been accepted; the document gives the reason and how to contest it."),
	"correction-notice":     write("补正通知", "您提交的材料需要补正，请在所涉日期前补齐。", "Please complete your filing", "Your filing has to be completed by the day named below."),
	"operator-first-notice": write("请先向经营者投诉", "请先向经营者投诉；对答复不满意或逾期未答复的，可再次向我们申诉。", "Please ask the operator first", "Please complain to the operator first. If it does not answer in time, or you are not content, come back to us."),
	"transfer-notice":       write("移送通知", "您的申诉已移送有权处理的机关。", "Transferred", "Your complaint has been transferred to the authority that may deal with it."),
	"transfer-letter":       write("移送函", "现将一件案件移送贵机关处理。", "Transfer", "We transfer a matter to you, who may deal with it."),
	"withdrawal-noted":      write("撤回确认", "您撤回申诉的申请已记录在案。", "Withdrawn", "Your withdrawal has been entered."),
	"preservation-notice":   write("保存计费数据通知", "因费用争议，请将有关原始计费数据至少保存至所涉日期。", "Keep the billing data", "Because of a dispute about fees, keep the original billing data at least until the day named below."),
	"forwarding-letter":     write("申诉转办函", "现将一件用户申诉转交你单位，请在所涉日期前回复。", "A complaint for your reply", "A user's complaint is forwarded to you; reply by the day named below."),
	"reply-received":        write("已收到回复", "经营者的回复已收到。", "The operator replied", "The operator's reply has been received."),
	"reply-copy":            write("经营者的回复", "经营者已作回复，请在所涉日期前反馈意见。", "The operator's reply", "The operator has replied; tell us by the day named below whether you are content."),
	"supervision-letter":    write("督办函", "该申诉已列为督办事项，请在所涉日期前回复。", "Supervised matter", "The complaint is now a supervised matter; reply by the day named below."),
	"facts-corrected":       write("登记事实更正", "案件登记的事实已更正，内容见文书。", "Facts put right", "What was entered of the case was wrong and has been put right; see the document."),
	"mediation-proposal":    write("征求调解意愿", "请在所涉日期前答复是否同意调解。", "Mediation proposed", "Tell us by the day named below whether you agree to mediation."),
	"remedy-notice":         write("其他救济途径", "除本程序外，您还可以依下列条款寻求解决。", "What else is open to you", "Beside this procedure, the clause below leaves another way open to you."),
	"mediation-result":      write("调解结果", "调解已经结束，结果见文书。", "Result of the mediation", "The mediation has ended; the document gives its result."),
	"answer":                write("申诉答复", "您的申诉已有答复，内容见文书。", "Answer to your complaint", "Your complaint has been answered; the document gives the answer."),

	// enforcement
	"rectification-order":        write("限期整改书", "现责令你单位限期整改，内容及期限见文书。", "Rectification order", "You are ordered to put matters right; the document gives what and by when."),
	"extension-granted":          write("准予延期", "整改期限予以延长，所涉日期为其末日；停止执行期间期限不计算。", "More time granted", "The time to put matters right is extended to the day named below. While the order is stayed it does not run, and no day is named."),
	"term-runs-on":               write("整改期限继续计算", "停止执行已终了，剩余的整改期限继续计算，至所涉日期止。", "The term runs on", "The stay is over; what was left of the time to put matters right runs on, until the day named below."),
	"extension-refused":          write("不予延期", "延长整改期限的申请未获批准。", "No more time", "Your application for more time has been refused."),
	"rectification-confirmed":    write("整改核查合格", "经核查，整改已完成。", "Rectification confirmed", "It has been verified that matters are put right."),
	"not-rectified":              write("逾期未整改", "经核查，经营者逾期未整改，请审批立案。", "Not rectified", "The operator was found not to have put matters right; the filing of a case awaits you."),
	"rectification-report":       write("收到整改报告", "经营者已提交整改报告，请安排核查。", "Rectification reported", "The operator reports that matters are put right; this is to be verified."),
	"not-yet-rectified":          write("尚未整改到位", "经核查，整改尚未完成；整改期限不变。", "Not put right yet", "It was found that matters are not put right yet; the time to do so runs on."),
	"no-violation-found":         write("未发现违法事实", "经调查，违法事实不能成立，案件终结。", "No violation found", "No violation was established; the matter is closed."),
	"penalty-notice":             write("行政处罚事先告知书", "现告知拟作出的行政处罚及陈述、申辩的权利，内容见文书。", "Notice of an intended penalty", "A penalty is intended; the document gives it, with your right to be heard."),
	"defence-received":           write("已收到陈述申辩", "当事人的陈述申辩已收到。", "Defence received", "The party's defence has been received."),
	"defence-in-time":            write("陈述申辩系按期提交", "当事人的陈述申辩已按期寄出，但到达时已作出后续行为，请依职权处理。", "The defence was in time", "A defence was sent in time but arrived after the next step was taken; see what has to be mended of our own motion."),
	"penalty-decision":           write("行政处罚决定书", "现送达行政处罚决定，内容及救济途径见文书。", "Penalty decision", "A penalty has been decided; the document gives it and how to contest it."),
	"no-penalty-decision":        write("不予行政处罚决定书", "决定不予行政处罚，内容见文书。", "Decision without penalty", "It has been decided not to impose a penalty; the document gives the reasons."),
	"education":                  write("教育提示", "虽不予处罚，请遵守有关规定，避免再次发生。", "Guidance", "No penalty is imposed; please keep to the rules from now on."),
	"hand-over-letter":           write("案件移送函", "现将一件案件移送贵机关处理。", "Hand-over", "We hand a case over to you, who are competent for it."),
	"correction-notice/operator": write("文书更正", "决定中的文字错误已更正，内容见文书。", "Correction of a decision", "A clerical error in the decision has been corrected; see the document."),
	"revocation":                 write("撤销决定", "原行政行为已撤销，内容见文书。", "Revocation", "The earlier act has been revoked; see the document."),
	"withdraw-publication":       write("撤回公开的处罚决定", "已公开的处罚决定被变更、撤销或确认违法，请在所涉日期前撤回公开并说明理由。", "Take down a published decision", "A decision that was published has been changed, annulled or found unlawful; take it down by the day named below, saying why."),
	"payment-overdue":            write("罚没款逾期", "罚款或者没收款已过缴纳期限。", "Payment overdue", "The time to pay what the decision imposes is over."),
	"payment-reported":           write("收到缴款告知", "经营者告知已缴款，请在所涉日期前与银行入账核对；银行入账后自动匹配。", "A payment is reported", "The operator says that it has paid; compare it with the bank's payments by the day named below. It is matched by itself when the bank's payment comes."),
	"payment-doubted":            write("存疑缴款", "银行报来的一笔缴款疑与已登记的缴款为同一凭证，未予计入，请在所涉日期前核对并作出处理。", "A payment is in doubt", "A payment from the bank looks like one that was entered before and has not been counted; decide on it by the day named below."),
	"payment-counted":            write("缴款已计入", "一笔存疑的缴款经核对已予计入，以银行入账日为准。", "Payment counted", "A payment that was in doubt has been counted, as of the bank's day."),
	"payment-dismissed":          write("缴款未计入", "一笔缴款经核对不予计入，理由见文书。", "Payment not counted", "A payment was found not to count in this case; the document gives the reasons."),
	"payment-not-found":          write("未查到所告知的缴款", "经核对，银行入账中没有您告知的缴款，请核实凭证。", "The payment you reported was not found", "The bank knows of no payment such as you reported; please check your slip."),
	"hearing-right":              write("听证告知", "对拟作出的行政处罚，您有权自收到告知书之日起五个工作日内要求听证。", "You may ask for a hearing", "You have the right to a hearing on the intended penalty: ask for it within five working days of receiving the notice."),
	"hearing-requested":          write("收到听证申请", "当事人要求听证，请在所涉日期前组织听证。", "A hearing is asked for", "The party asks for a hearing; hold it by the day named below."),
	"hearing-notice":             write("听证通知书", "听证定于所涉日期举行，时间、地点见文书；无正当理由不出席的，视为放弃。", "Notice of the hearing", "The hearing is held on the day named below; the document gives time and place. Who stays away without reason waives it."),
	"hearing-called":             write("听证已通知", "听证定于所涉日期举行。", "A hearing is called", "The hearing is held on the day named below."),
	"hearing-in-time":            write("听证申请系按期提交", "当事人的听证申请已按期寄出，但到达时已作出后续行为，请依职权处理。", "The hearing was asked for in time", "A hearing was asked for in time but the request arrived after the next step was taken; see what has to be mended of our own motion."),
	"suspension-begun":           write("责令停业整顿", "停业整顿自送达之日起执行，至所涉日期止。", "Business suspended", "The suspension runs from service of the decision to the day named below."),
	"licence-withdrawn":          write("许可证已收缴", "被吊销的许可证已收缴或者注销。", "Licence withdrawn", "The revoked licence has been taken in or cancelled."),
	"licence-to-return":          write("许可证应予发还", "吊销许可证的处罚已撤销，请办理发还或者恢复登记。", "A licence is to be returned", "The revocation was annulled; see that the licence is returned or entered again."),
	"refund-due":                 write("退款通知", "有应退还的款项，将依法办理退还。", "A refund is due", "Money is to be paid back; it will be refunded."),
	"refund-request":             write("退款申请", "请办理应退款项的退还。", "Request for a refund", "Please pay back the sum that the document names."),
	"refund-paid":                write("已退款", "应退款项已退还。", "Refund paid", "The money has been paid back."),
	"term-restored":              write("准予顺延期限", "因不可抗力或者其他正当理由耽误的期限予以顺延，至所涉日期止。", "Term restored", "The term that an obstacle kept you from is restored; it runs until the day named below."),
	"restoring-refused":          write("不予顺延期限", "顺延期限的申请未获批准。", "Term not restored", "Your application to restore a term has been refused."),

	// inspection
	"inspection-notice":    write("检查通知", "将对你单位进行检查，内容见文书。", "Notice of an inspection", "You will be inspected; the document says what for and by whom."),
	"inspection-cancelled": write("检查取消", "已通知的检查不再进行。", "Inspection cancelled", "The inspection that was announced will not take place."),
	"recusal-asked":        write("回避申请", "有人申请检查人员回避，请作出决定；决定前检查不停止。", "A recusal is asked for", "The recusal of an inspector is asked for; decide on it. The inspection goes on meanwhile."),
	"recusal-decided":      write("回避决定", "对回避申请已作出决定，内容见文书。", "Decision on a recusal", "The request for a recusal has been decided; see the document."),
	"missed-visit":         write("检查时无人接待", "检查组到场时无人接待，已记录在案。", "A visit met nobody", "The inspectors came and met nobody; it is on record."),
	"obstruction-noted":    write("妨碍检查", "检查受到妨碍，已记录在案，请处理。", "An obstruction", "An inspection was obstructed; it is on record and awaits you."),
	"inspector-report":     write("检查员情况反映", "检查员直接反映情况，请查看案卷。", "An inspector reports", "An inspector reports to you directly; see the file."),
	"urgent-letter":        write("紧急通报", "检查中发现紧急情况，现通报贵机关。", "Urgent", "An inspection has found what can't wait; we tell you of it."),
	"preservation-asked":   write("请求批准登记保存", "检查组请求先行登记保存证据，请审批。", "Preservation asked for", "The inspectors ask to preserve evidence by registration; it awaits your approval."),
	"preservation-list":    write("先行登记保存证据清单", "现送达先行登记保存的证据清单，将于所涉日期前处理。", "List of preserved evidence", "This is the list of what is preserved by registration; it will be dealt with by the day named below."),
	"preservation-handled": write("登记保存证据处理决定", "先行登记保存的证据已处理，内容见文书。", "Preserved evidence dealt with", "What was preserved has been dealt with; see the document."),
	"preliminary-report":   write("初步检查报告", "检查发现的问题见报告，请在所涉日期前提出意见。", "Preliminary report", "The report says what was found; comment by the day named below."),
	"improvement-notice":   write("改进通知", "请在所涉日期前改进通知所列问题；本通知不是处罚。", "Improvement notice", "Put right what the notice lists by the day named below. It is no penalty."),

	// reconsideration and suit
	"appeal-news":              write("收到复议或诉讼消息", "有行政行为被申请复议或提起诉讼，请查看案卷。", "An act is contested", "One of our acts is contested; see the file."),
	"appeal-outcome":           write("复议或诉讼结果", "对行政行为的复议或诉讼已有结果，请查看案卷。", "Outcome of a reconsideration or suit", "A contest of one of our acts has ended; see the file."),
	"order-annulled":           write("整改书已被撤销", "处罚决定所依据的整改书已被撤销，请依职权处理该决定。", "The order was annulled", "The order on which a decision rests was annulled; the decision is to be revoked of our own motion."),
	"warning-annulled":         write("警告已被撤销", "后续决定所依据的警告已被撤销，请依职权处理该决定。", "The warning was annulled", "The warning on which a later decision rests was annulled; that decision is to be revoked of our own motion."),
	"competent-body":           write("请向有权机关提出", "本机关不是受理该申请的机关；有权机关见文书，所涉日期为申请期限的末日。", "Please turn to the competent body", "We are not the body that may deal with this; the document names it, and the day named below is the last on which it takes your application."),
	"wrong-route":              write("请循法定途径提出", "对该行为不能以此途径提出；依所列条款应当采取的途径见文书，所涉日期为该途径期限的末日。", "Another way is open", "The act can't be contested in this way; the clause below names the way that is open, and the day named below is its last."),
	"notice-to-answer":         write("提出答复通知书", "现发送行政复议申请书副本，请在所涉日期前提出书面答复。", "Notice to answer", "A copy of the application for reconsideration is sent to you; answer by the day named below."),
	"answer-to-body":           write("行政复议答复书", "现提交行政复议答复及有关材料。", "Answer to the reconsideration body", "We submit our answer, with the materials."),
	"defence-to-court":         write("行政诉讼答辩状", "现提交答辩状及有关材料。", "Defence before the court", "We submit our defence, with the materials."),
	"appeal-accepted":          write("行政复议受理通知", "行政复议申请已受理。", "Application accepted", "The application for reconsideration has been accepted."),
	"appeal-not-accepted":      write("行政复议不予受理决定", "行政复议申请不予受理，理由及救济途径见文书。", "Application not accepted", "The application for reconsideration has not been accepted; the document gives the reason and how to contest it."),
	"appeal-correction-notice": write("行政复议补正通知", "请在所涉日期前补正行政复议申请材料。", "Please complete the application", "The application has to be completed by the day named below."),
	"appeal-abandoned":         write("视为放弃复议申请", "逾期未补正，视为放弃行政复议申请。", "Application taken as abandoned", "The application was not completed in time and is taken as abandoned."),
	"appeal-terminated":        write("行政复议终止", "行政复议已终止。", "Reconsideration ended", "The reconsideration has ended without a decision."),
	"stay":                     write("停止执行决定", "行政复议期间停止执行被申请的行政行为。", "Stay of execution", "Execution of the contested act is stayed during the reconsideration."),
	"review-extended":          write("延长审查期限通知", "行政复议审查期限延长至所涉日期。", "Review extended", "The time for the reconsideration is extended to the day named below."),
	"reconsideration-decision": write("行政复议决定书", "现送达行政复议决定，内容及救济途径见文书。", "Reconsideration decision", "The reconsideration has been decided; the document gives the decision and how to contest it."),

	// what operators owe of themselves
	"duty-reminder":    write("报告提醒", "请在所涉日期前履行下列义务；如已履行，请不必理会。", "A report is due", "Please meet the duty named below by the day named below; if you have done so, nothing is left to do."),
	"duty-improvement": write("改进通知", "请在所涉日期前改进履行下列义务的情况，要求见系统；本通知不是处罚。", "Improvement notice", "Improve how you meet the duty named below by the day named below; the system says what. It is no penalty."),
	"duty-undelivered": write("通知未送达", "就下列义务发给经营者的通知未能送达，请另行联系。", "A notice was not delivered", "A notice to the operator about the duty named below reached nobody; please reach it in another way."),

	// inspection, and the installation itself
	"inspection-approved": write("检查已批准", "检查已获批准。", "Inspection approved", "The inspection has been approved."),
	"inspection-report":   write("检查报告", "检查报告已作出，内容见文书。", "Inspection report", "The report of the inspection has been made; see the document."),
	"assignment":          write("案件分派", "一件案件已分派给您。", "A case for you", "A case has been assigned to you."),
	"reassignment":        write("案件改派", "一件由您承办的案件已改派给他人，您不再承办。", "A case is no longer yours", "A case that you had has been given to somebody else."),
	"task":                write("待办事项", "案件有待办事项，请查看案卷。", "Something to do", "A case awaits you; see the file."),
	"duty-overdue":        write("职责逾期", "本机关的一项法定职责已逾期。", "A duty is overdue", "A duty of the authority was not met by its day."),
	"reminder":            write("催办", "逾期的职责仍未履行，请尽快处理。", "Reminder", "An overdue duty is still not met; please see to it."),
}
