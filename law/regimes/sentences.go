package regimes

import (
	"fmt"

	"duban/law/casefile"
)

// words is an argument of a sentence that is told in each language's own words.
type words struct{ Zh, En string }

func (w words) String() string { return w.En }

var classWords = map[casefile.Class]words{casefile.Paper: {"来文", "paper"}, casefile.Act: {"操作", "act"}, casefile.Lapse: {"期满", "lapse"}}

// inChinese is a sentence of the checkers, with the same arguments, in Chinese. A test holds that each has one.
func inChinese(format string, args []any) string {
	told := make([]any, len(args))
	for i, a := range args {
		if w, ok := a.(words); ok {
			a = w.Zh
		}
		told[i] = a
	}
	return fmt.Sprintf(sentences[format], told...)
}

// sentences are what the checkers of regimes, standards and holiday tables say of a file, in English and, by it, in
// Chinese. The names of fields, ids and codes stay as the files write them.
var sentences = map[string]string{
	// the file
	"not UTF-8":             "不是 UTF-8 编码",
	"longer than %d MB":     "超过 %d MB",
	"nested deeper than %d": "嵌套超过 %d 层",
	"not YAML: %s":          "不是有效的 YAML：%s",
	"empty":                 "文件为空",
	"%s is not used here":   "此处不使用 YAML 的 %s",
	"%s is no key here":     "%s 不能作为此处的键",
	"%q stands here twice":  "此处的键 %q 重复",
	"a second document: each stands in a file of its own": "文件中有第二份文档：每份文档单独一个文件",

	// its form
	"check the form: %v":       "检查格式：%v",
	"read the document: %v":    "读取文档：%v",
	"unknown field %q":         "未知字段 %q",
	"the field %q is missing":  "缺少字段 %q",
	"with %q, %q is missing":   "已有 %q，缺少 %q",
	"%q can't be a name here":  "%q 不能作为此处的名称",
	"%s":                       "%s", // words
	"not the text of a regime": "不是一部办法的文本",
	"no document follows":      "其后没有文档",

	// a document by itself
	"ends before it begins on %s":                                               "终止日早于起始日 %s",
	"never in force: %s itself is from %s":                                      "从未有效：%s 本身自 %s 起施行",
	"no kind of case is called %q":                                              "没有名为 %q 的案件种类",
	"no paper or act is called %q":                                              "没有名为 %q 的来文或者操作",
	"%s is a paper, and papers are never refused":                               "%s 是来文，来文一律接收，不得拒收",
	"%s takes no field %q that could be left out":                               "%s 没有可以省略的字段 %q",
	"no deadline is called %q":                                                  "没有名为 %q 的期限",
	"the field \"title\" is missing: the catalogue has none for %s":             "缺少字段 \"title\"：目录中没有 %s 的名称",
	"only complaint.answer runs from %s":                                        "只有 complaint.answer 可以自 %s 起算",
	"%s is counted backwards from its event: the field \"before\" is missing":   "%s 自事件日往前计算，缺少字段 \"before\"",
	"%s is counted forward":                                                     "%s 是往后计算的期限",
	"%s is no cap of a term of %s that can be extended":                         "%s 不能作为 %s 可延长期限的上限",
	"the bounds are reversed: %d is more than %d":                               "上下限颠倒：%d 大于 %d",
	"the bounds are reversed, or can't be compared: %s and %s":                  "上下限颠倒或者无法比较：%s 与 %s",
	"no act that can be contested is called %q":                                 "没有名为 %q 的可争议行为",
	"the code %q stands in this list twice":                                     "代码 %q 在本清单中重复",
	"no act called %q takes a ground":                                           "没有名为 %q 且须写明情形的操作",
	"the least fine is more than the greatest":                                  "罚款下限高于上限",
	"a least fine without a greatest":                                           "有罚款下限而无上限",
	"neither a warning nor a fine":                                              "既无警告也无罚款",
	"the sequence %q has no fine":                                               "程序 %q 没有罚款",
	"the multiples are reversed: %d is more than %d":                            "倍数颠倒：%d 大于 %d",
	"a multiple without a fine for those who earned less":                       "有倍数罚款，而没有所得较少者的罚款",
	"%s stands in this list twice":                                              "%s 在本清单中重复",
	"only a suspension has a term":                                              "只有停业整顿有期限",
	"what the clause always imposes is not for grave cases only":                "条款规定并处的，不得限于情节严重的情形",
	"half-yearly duties have a \"term\", and no others":                         "半年一次的报告义务须有 \"term\"，其他义务没有",
	"duties at once have \"grades\", and no others":                             "即时报告义务须有 \"grades\"，其他义务没有",
	"what has no day needs no \"grace\"":                                        "没有截止日的义务不需要 \"grace\"",
	"without a term nobody is reminded and nothing rolls":                       "没有期限，就没有提醒，也没有顺延",
	"told orally after it is written":                                           "口头报告晚于书面报告",
	"only a %s imposes sanctions":                                               "只有 %s 才有处罚",
	"no sanction is called %q":                                                  "没有名为 %q 的处罚",
	"what is never published has no times":                                      "不公示的，没有公示时间",
	"the field \"within\" is missing: what must be published, must be by a day": "缺少字段 \"within\"：应当公示的，须有公示期限",
	"the field \"withdraw\" is missing: a decision may be changed or annulled":  "缺少字段 \"withdraw\"：决定可能被变更或者撤销",
	"the times are reversed: %s is longer than %s":                              "时间颠倒：%s 长于 %s",
	"never reached: an earlier rule on %s fits whatever this one fits":          "永远用不到：前面关于 %s 的规则已涵盖本条的全部情形",

	// documents together
	"%s is in force twice: %s has a text from %s":                      "%s 同时有两个文本施行：%s 有自 %s 起的文本",
	"no document has the id %q":                                        "没有标识为 %q 的文件",
	"%s is no main regulation that stands by itself":                   "%s 不是独立的主办法",
	"the field \"title\" is missing: no document has the id %q":        "缺少字段 \"title\"：没有标识为 %q 的文件",
	"title and days of %s are those of its document":                   "%s 的名称和日期以其文件为准",
	"no rank is called %q":                                             "没有名为 %q 的效力位阶",
	"%s is unverified, so this rule is too: say \"unverified: true\"":  "%s 未经核实，本规则亦同：须注明 \"unverified: true\"",
	"%s has no clause %q":                                              "%s 没有条款 %q",
	"%s gives %s already, and %s stands on both":                       "%s 已规定 %s，而 %s 同时以两者为依据",
	"no authority for the %s %s":                                       "%s %s 没有依据",
	"no grounds for the act %s":                                        "操作 %s 没有可选情形",
	"no term %s":                                                       "缺少期限 %s",
	"no violations":                                                    "没有违法行为",
	"no surcharge":                                                     "没有加处罚款的规定",
	"no hearing: from which fine on there is a right to one":           "没有听证的规定：罚款达到多少可以要求听证",
	"without the kind enforcement, the act %s must be closed":          "没有 enforcement 这一案件种类，操作 %s 须关闭",
	"no rule on publication for %s, and the act %s is not closed":      "没有关于 %s 的公示规则，而操作 %s 没有关闭",
	"%s has no violation %q: a duty has a sanction clause or none":     "%s 没有违法行为 %q：报告义务要么有罚则，要么没有",
	"%s can't extend a term of %s: a term is extended in its own unit": "%s 不能延长 %s 的期限：延长须使用同一计算单位",
	"no bodies that hear a reconsideration":                            "没有规定行政复议机关",
	"%s is no clause of %s or of what it stands on, as in force on %s": "%s 不是 %s 或者其所依据文件在 %s 施行文本中的条款",

	// a regulation that extends another
	"%s is inherited from %s and can't be changed":                                                                      "%s 承自 %s，不得变更",
	"%s is counted from the other side of its event":                                                                    "%s 的计算方向相反",
	"%s gives the term at most %s with its extensions: it may have less, not more":                                      "%s 规定该期限连同延长最多 %s：只可更短，不可更长",
	"%s is no term of the authority's own: it stays at %s":                                                              "%s 不是机关自身的期限，仍为 %s",
	"%s is longer than the %s of %s, or can't be shown to be as short: the authority's own terms may only be shortened": "%s 长于 %[3]s 规定的 %[2]s，或者无法证明不长于它：机关自身的期限只可缩短",
	"a last day that moves on makes the term of %s longer":                                                              "末日顺延会使 %s 规定的期限变长",
	"the term of %s runs from receipt, which is earlier":                                                                "%s 规定的期限自收到之日起算，起算更早",
	"%d is less than the %d of %s: bounds may only grow narrower":                                                       "%d 小于 %[3]s 规定的 %[2]d：上下限只可收窄",
	"%d is more than the %d of %s: bounds may only grow narrower":                                                       "%d 大于 %[3]s 规定的 %[2]d：上下限只可收窄",
	"%s opens %s, and a regulation below it can't close it":                                                             "%s 允许 %s，下位规定不得关闭",
	"%s closes %s, and this opens it again":                                                                             "%s 已关闭 %s，本规定又予开放",
	"%s asks for %q, and this no longer does":                                                                           "%s 要求填写 %q，本规定不再要求",
	"%s tells of %s, and this no longer does":                                                                           "%s 要求告知 %s，本规定不再告知",
	"the grounds of %s are those of the law: they can't be changed":                                                     "%s 的情形由法律规定，不得变更",
	"%q is a further ground for %s: there may only be fewer":                                                            "%q 是 %s 新增的情形：只可减少",
	"the ground %q bars a complaint after %s by %s: it may not bar one sooner":                                          "情形 %q：依 %[3]s，超过 %[2]s 的申诉不予受理，不得提前",
	"the ground %q is for disputes of the kind %s by %s: it may not reach further":                                      "情形 %q：依 %[3]s 只适用于 %[2]s 类争议，不得扩大",
	"%s leaves against %s the way %q: a regulation below it neither opens nor closes one":                               "%s 规定对 %s 的救济途径为 %q：下位规定不得增减",
	"%s has no such violation, and a document of this rank can't make one (penalties-2021:16)":                          "%s 没有该违法行为，本位阶的文件不得设定（penalties-2021:16）",
	"%s, unlike %s: bounds may only grow narrower and requirements more":                                                "%s，与 %s 不同：幅度只可收窄，要求只可增加",
	"%s has no such rule on %s":                                                                                         "%s 没有关于 %s 的此项规则",
	"%s, unlike %s: %s may only be shown sooner, less long, and taken down sooner":                                      "%s，与 %s 不同：%s 只可更早公示、更短展示、更早撤下",
	"it leaves out a rule of %s on %s %v: the list takes the place of all of them":                                      "遗漏了 %s 关于 %s %v 的规则：本清单取代其全部规则",
	"%dy is less long than %s has the file kept":                                                                        "%dy 短于 %s 规定的案卷保存年限",

	// holiday tables
	"no table of holidays: %v":                                     "节假日表有误：%v",
	"%s is no year":                                                "%s 不是年份",
	"year must be given, as a number":                              "须以数字写明 year",
	"the place must be CN":                                         "place 须为 CN",
	"announced must be true or false":                              "announced 须为 true 或者 false",
	"a notice has an address and a title, or is its address alone": "通知须有 address 和 title，或者只写地址",
	"%q is no address of a notice":                                 "%q 不是通知的地址",
	"announced, but the notice is not named":                       "已公布，但没有写明通知",
	"must have the fields %s":                                      "须有字段 %s",
	"%s must be a list":                                            "%s 须为列表",
	"%q is no day, such as 2026-01-04":                             "%q 不是日期，日期写作 2026-01-04",

	// standards
	"ends before it begins": "终止日早于起始日",
	"what the installation wrote itself is unverified: say \"unverified: true\"": "本系统自拟的内容未经核实，须注明 \"unverified: true\"",
	"%q stands there twice": "%q 重复",
	"nobody is penalised by a text that was not read: an unverified requirement names no violation": "不得依未经核实的文本处罚：未核实的要求不得指向违法行为",
	"the standard names no regime of which this is a violation":                                     "标准没有写明该违法行为所属的办法",
	"%s knows no violation %q":                                   "%s 没有违法行为 %q",
	"there is no clause %s":                                      "没有条款 %s",
	"%s is unverified, so this is too: say \"unverified: true\"": "%s 未经核实，此处亦同：须注明 \"unverified: true\"",
	"%s is not in force on %s":                                   "%s 在 %s 不施行",
	"can't be read as a regime: %v":                              "不能作为办法读取：%v",
	"yes or no has neither bound nor points":                     "是非判定没有限值，也没有分值",
	"a measure has no points":                                    "测量没有分值",
	"a measure needs a unit":                                     "测量须有单位",
	"a measure needs one of atMost and atLeast":                  "测量须在 atMost 与 atLeast 中选一项",
	"a score has neither unit nor bound":                         "评分没有单位，也没有限值",
	"a score needs points, and pass not above them":              "评分须有分值，合格分不得高于分值",
}
