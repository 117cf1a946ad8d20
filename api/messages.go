package api

import (
	"net/http"

	"duban/casefile"
)

// message is a problem's status and what it says to people.
type message struct {
	status        int
	title, detail casefile.Text
}

func says(status int, titleZh, titleEn, zh, en string) message {
	return message{status, casefile.Text{Zh: titleZh, En: titleEn}, casefile.Text{Zh: zh, En: en}}
}

// messages are the problems of the door itself, by code. Refusals bring their own sentence.
var messages = map[string]message{
	"refused": says(http.StatusConflict, "依规不予办理", "refused",
		"案件目前不允许此操作。", "the case does not allow this now"),
	"not-found": says(http.StatusNotFound, "查无此项", "not found",
		"没有该内容,或者您无权查看。", "there is no such thing, or you may not know of it"),
	"method-not-allowed": says(http.StatusMethodNotAllowed, "方法不允许", "method not allowed",
		"此地址不支持该请求方法,可用方法见 Allow 响应头。", "this address does not take that method; the header Allow names those that it takes"),
	"bad-request": says(http.StatusBadRequest, "请求有误", "bad request",
		"请求无法理解。", "the request can't be understood"),
	"bad-json": says(http.StatusBadRequest, "不是有效的 JSON", "not JSON",
		"请求正文须是一个有效的 JSON 对象。", "the body must be one valid JSON object"),
	"bad-encoding": says(http.StatusBadRequest, "编码有误", "bad encoding",
		"请求须使用有效的 UTF-8 编码。", "the request must be valid UTF-8"),
	"bad-parameter": says(http.StatusBadRequest, "参数有误", "bad parameter",
		"参数或请求头的值不符合接口约定。", "the value of a parameter or header is not what the contract allows"),
	"unknown-parameter": says(http.StatusBadRequest, "未知参数", "unknown parameter",
		"接口没有这个查询参数。", "there is no such query parameter here"),
	"bad-filter": says(http.StatusBadRequest, "无法如此筛选", "bad filter",
		"筛选、排序或翻页标记不能这样组合。", "the list can't be filtered, sorted or continued so"),
	"idempotency-key-missing": says(http.StatusBadRequest, "缺少幂等键", "no idempotency key",
		"请在 Idempotency-Key 请求头中给出自拟的唯一值(8 至 128 个可见字符),重发时使用同一值。",
		"send a header Idempotency-Key with a value of your own (8 to 128 visible characters), and the same when you send the request again"),
	"idempotency-key-unfit": says(http.StatusBadRequest, "幂等键不合要求", "unfit idempotency key",
		"Idempotency-Key 须为 8 至 128 个可见 ASCII 字符。",
		"the header Idempotency-Key takes 8 to 128 visible ASCII characters"),
	"idempotency-key-reused": says(http.StatusUnprocessableEntity, "幂等键已被使用", "idempotency key reused",
		"该幂等键已用于另一请求,请换用新的值。", "this key belongs to another request already; use a new one"),
	"bad-if-match": says(http.StatusBadRequest, "If-Match 有误", "bad If-Match",
		"If-Match 须是您读到的 ETag,例如 \"12\"。", `If-Match must be the ETag that you saw, such as "12"`),
	"stale": says(http.StatusPreconditionFailed, "案卷已更新", "the case has moved",
		"案卷已更新,请重新读取后再办理。", "the case has moved since; read it again first"),
	"body-too-large": says(http.StatusRequestEntityTooLarge, "正文过大", "body too large",
		"请求正文不得超过 1 MiB。", "a body may have at most 1 MiB"),
	"unknown-format": says(http.StatusNotAcceptable, "格式不支持", "unknown format",
		"列表可为 JSON、CSV(format=csv)或 JSON Lines(format=jsonl)。", "a list comes as JSON, CSV (format=csv) or JSON Lines (format=jsonl)"),
	"not-json": says(http.StatusUnsupportedMediaType, "格式不支持", "unsupported media type",
		"请求正文须为 application/json。", "the body must be application/json"),
	"body-needed": says(http.StatusUnprocessableEntity, "缺少正文", "no body",
		"此请求须有 JSON 正文。", "this request needs a JSON body"),
	"body-not-allowed": says(http.StatusUnprocessableEntity, "不应有正文", "body not allowed",
		"此请求不接受正文。", "this request takes no body"),
	"unknown-field": says(http.StatusUnprocessableEntity, "未知字段", "unknown field",
		"该操作没有这个字段。", "there is no such field here"),
	"missing-field": says(http.StatusUnprocessableEntity, "缺少字段", "missing field",
		"缺少必填字段。", "a needed field is missing"),
	"wrong-type": says(http.StatusUnprocessableEntity, "类型有误", "wrong type",
		"字段的类型不对。", "the field is of another type"),
	"too-long": says(http.StatusUnprocessableEntity, "过长", "too long",
		"字段超过允许的长度。", "the field is longer than allowed"),
	"too-short": says(http.StatusUnprocessableEntity, "过短", "too short",
		"字段为空或过短。", "the field is empty or too short"),
	"bad-date": says(http.StatusUnprocessableEntity, "日期有误", "bad date",
		"日期须是 1901 至 2199 年间实际存在的日子,写作 2026-02-02;时间须带时区。",
		"a date must be a day that exists, of the years 1901 to 2199, written 2026-02-02; a time needs its offset"),
	"bad-format": says(http.StatusUnprocessableEntity, "格式有误", "bad format",
		"字段的写法不符合约定。", "the field is not written as the contract says"),
	"not-in-list": says(http.StatusUnprocessableEntity, "不在清单内", "not in the list",
		"字段的值不在允许的清单内。", "the value is not one of those allowed"),
	"out-of-range": says(http.StatusUnprocessableEntity, "超出范围", "out of range",
		"数值或项数超出允许的范围。", "the number, or the number of items, is outside what is allowed"),
	"invalid-field": says(http.StatusUnprocessableEntity, "字段无效", "invalid field",
		"字段不符合接口约定。", "the field is not what the contract allows"),
	"day-in-future": says(http.StatusUnprocessableEntity, "日期晚于今日", "day in the future",
		"该日期不能晚于今日。", "that day can't be later than today"),
	"evidence-needed": says(http.StatusUnprocessableEntity, "缺少凭据", "evidence needed",
		"写明生效日期须附凭据(evidence)。", "an effective day needs its evidence"),
	"officers-only-field": says(http.StatusUnprocessableEntity, "仅限工作人员填写", "for officers only",
		"此字段仅由工作人员填写。", "only officers may state this field"),
	"contact-needed": says(http.StatusUnprocessableEntity, "缺少联系方式", "contact needed",
		"请至少填写电话、电子邮箱、地址之一。", "give at least one of telephone, e-mail and address"),
	"too-many-pins": says(http.StatusTooManyRequests, "查询码错误次数过多", "too many wrong pins",
		"该收件号的查询码错误次数过多,请稍后再试。", "there were too many wrong pins for this receipt; try again later"),
	"wrong-sender": says(http.StatusForbidden, "来文人不符", "wrong sender",
		"您不能以该身份提交此来文。", "this paper is not yours to send"),
	"key-needed": says(http.StatusUnauthorized, "须有密钥", "key needed",
		"请以 Authorization: Bearer 出示密钥,或以收件号和查询码证明。", "show a key by Authorization: Bearer, or a receipt's number and pin"),
	"unknown-key": says(http.StatusUnauthorized, "密钥无效", "unknown key",
		"所出示的密钥无效或已停用。", "the key that was shown is unknown or revoked"),
	"not-for-you": says(http.StatusForbidden, "无权操作", "not for you",
		"您的身份不能进行此操作。", "this is not for callers of your kind"),
	"no-verdict-yet": says(http.StatusServiceUnavailable, "尚无结果", "no verdict yet",
		"操作已登记,尚无结果;请稍后以同一幂等键重发。", "the act is on record and has no verdict yet; send it again with the same key"),
	"register-unreachable": says(http.StatusServiceUnavailable, "登记册暂不可用", "register unreachable",
		"登记册暂时无法访问;请稍后以同一幂等键重发。", "the register can't be reached now; send the request again with the same key"),
	"clock-stands": says(http.StatusConflict, "时钟不能拨动", "the clock stands",
		"时钟不是手拨的,或目标时间已过。", "the clock is not stepped, or that instant has passed"),
	"internal": says(http.StatusInternalServerError, "内部错误", "internal error",
		"服务器出现错误,请凭请求编号反映。", "something is wrong here; ask back with the request's number"),
}
