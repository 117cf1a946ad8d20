package checklist

// The ways to judge a requirement.
const (
	YesNo   = "yes-no"
	Measure = "measure" // a value with a unit, held against one bound
	Score   = "score"   // 0 to Points; met from Pass on
)

// Method is how a requirement is judged. Unit and one of AtMost and AtLeast belong to Measure,
// Points and Pass to Score.
type Method struct {
	By      string   `json:"by"`
	Unit    string   `json:"unit,omitempty"`
	AtMost  *Decimal `json:"atMost,omitempty"`
	AtLeast *Decimal `json:"atLeast,omitempty"`
	Points  int64    `json:"points,omitempty"`
	Pass    int64    `json:"pass,omitempty"`
}

// Unit is a measure's unit: what it measures, how many of the smallest unit of that kind it is, and
// what it is called.
type Unit struct {
	Kind   string
	Factor int64
	zh, en string
}

var units = map[string]Unit{
	"second":  {"time", 1, "秒", "s"},
	"minute":  {"time", 60, "分钟", "min"},
	"hour":    {"time", 3600, "小时", "h"},
	"day":     {"time", 86400, "日", "d"},
	"month":   {"months", 1, "个月", "months"},
	"percent": {"share", 1, "%", "%"},
	"celsius": {"temperature", 1, "℃", "°C"},
	"decibel": {"sound", 1, "分贝", "dB"},
	"lux":     {"light", 1, "勒克斯", "lx"},
	"count":   {"count", 1, "次", "times"},
	"person":  {"persons", 1, "人", "persons"},
}

// UnitOf is the unit of that code; the zero Unit where there is none.
func UnitOf(code string) Unit { return units[code] }

// belowZero tells whether a value can lie below zero: a temperature can, a time or a count can't,
// unless the bound itself does.
func (m Method) belowZero() bool {
	kind := units[m.Unit].Kind
	return kind == "temperature" || kind == "sound" || m.AtMost != nil && *m.AtMost < 0 || m.AtLeast != nil && *m.AtLeast < 0
}

// in chooses a language as the installation does: "zh", "zh-CN", or anything else for English.
func in(lang, zh, en string) string {
	if len(lang) >= 2 && lang[:2] == "zh" {
		return zh
	}
	return en
}

// Asks says what the method asks for, in lang, as "≤ 48 h".
func (m Method) Asks(lang string) string {
	unit := units[m.Unit]
	switch {
	case m.By == Measure && m.AtMost != nil:
		return "≤ " + m.AtMost.String() + " " + in(lang, unit.zh, unit.en)
	case m.By == Measure && m.AtLeast != nil:
		return "≥ " + m.AtLeast.String() + " " + in(lang, unit.zh, unit.en)
	case m.By == Score:
		return in(lang, "不低于 ", "at least ") + itoa(m.Pass) + in(lang, " 分，满分 ", " points of ") + itoa(m.Points)
	}
	return in(lang, "是", "yes")
}

// Takes says what a value must look like, in lang, as "a decimal number (h)".
func (m Method) Takes(lang string) string {
	unit := units[m.Unit]
	switch m.By {
	case Measure:
		if !m.belowZero() {
			return in(lang, "不小于零的十进制数("+unit.zh+")", "a decimal number from zero on ("+unit.en+")")
		}
		return in(lang, "十进制数("+unit.zh+")", "a decimal number ("+unit.en+")")
	case Score:
		return in(lang, "0 至 "+itoa(m.Points)+" 的整数", "whole points from 0 to "+itoa(m.Points))
	}
	return "yes / no"
}

// Branch is a branch of the taxonomy of service quality (tourism 7). Group is the branch above it,
// "work" or "conditions".
type Branch struct {
	Code   string
	Group  string
	zh, en string
}

// Title names the branch in lang.
func (b Branch) Title(lang string) string { return in(lang, b.zh, b.en) }

// Branches lists the taxonomy in the order of tourism 7: the quality of the work itself, then that
// of what the service stands on.
func Branches() []Branch {
	return []Branch{
		{"work.method", "work", "服务方法", "method"},
		{"work.skill", "work", "服务技能", "skill"},
		{"work.manner", "work", "服务方式", "manner"},
		{"work.procedure", "work", "服务程序", "procedure"},
		{"work.art", "work", "服务艺术", "art"},
		{"work.efficiency", "work", "服务效率", "efficiency"},
		{"conditions.facility", "conditions", "设施", "facilities"},
		{"conditions.equipment", "conditions", "设备", "equipment"},
		{"conditions.material", "conditions", "材料", "materials"},
		{"conditions.environment", "conditions", "环境", "environment"},
	}
}

// Groups lists the two upper branches of the taxonomy.
func Groups() []Branch {
	return []Branch{
		{"work", "", "工作质量", "quality of work"},
		{"conditions", "", "管理质量", "quality of what it stands on"},
	}
}
