// Package standards holds the standards of service quality as data: what an inspector looks at,
// how each requirement is judged, and which violation a fault points to. The built-in ones are
// embedded YAML, strict, versioned and cited; an operator's own (tourism 9) have the same form and
// can be compared to them.
package standards

import (
	"duban/casefile"
	"duban/regimes"
)

// Standard is one version of a standard. A later version has the same ID and other days.
type Standard struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Title        casefile.Text `json:"title"`
	Effective    regimes.Span  `json:"effective"`
	Operators    []string      `json:"operators"`        // the types of operator that it binds (tourism 8)
	Source       string        `json:"source"`           // which text was read; "house" for requirements of our own
	Cite         string        `json:"cite,omitempty"`   // the clause that calls for the standard, as document:article
	Regime       string        `json:"regime,omitempty"` // the regulation whose violations its requirements may name
	Unverified   bool          `json:"unverified,omitempty"`
	Note         string        `json:"note,omitempty"`
	Requirements []Requirement `json:"requirements"`

	// Hash is the SHA-256 of the file, in hexadecimal: what a checklist is pinned to.
	Hash string `json:"-"`
}

// Requirement is one line of a checklist. Source and Unverified are the standard's where the file
// gives none.
type Requirement struct {
	Code       string        `json:"code"`
	Text       casefile.Text `json:"text"`
	Branch     string        `json:"branch"` // of the taxonomy, see Branches
	Weight     int64         `json:"weight"`
	Judge      Method        `json:"judge"`
	Source     string        `json:"source,omitempty"`
	Cite       string        `json:"cite,omitempty"`
	Unverified bool          `json:"unverified,omitempty"`
	Note       string        `json:"note,omitempty"`
	Violation  string        `json:"violation,omitempty"` // of Regime; a fault alone proves none, an officer decides
}

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

// Branch is a branch of the taxonomy of service quality (tourism 7). Group is the branch above it,
// "work" or "conditions".
type Branch struct {
	Code  string
	Group string
	Title casefile.Text
}

// Branches lists the taxonomy in the order of tourism 7: the quality of the work itself, then that
// of what the service stands on.
func Branches() []Branch {
	return []Branch{
		{"work.method", "work", casefile.Text{Zh: "服务方法", En: "method"}},
		{"work.skill", "work", casefile.Text{Zh: "服务技能", En: "skill"}},
		{"work.manner", "work", casefile.Text{Zh: "服务方式", En: "manner"}},
		{"work.procedure", "work", casefile.Text{Zh: "服务程序", En: "procedure"}},
		{"work.art", "work", casefile.Text{Zh: "服务艺术", En: "art"}},
		{"work.efficiency", "work", casefile.Text{Zh: "服务效率", En: "efficiency"}},
		{"conditions.facility", "conditions", casefile.Text{Zh: "设施", En: "facilities"}},
		{"conditions.equipment", "conditions", casefile.Text{Zh: "设备", En: "equipment"}},
		{"conditions.material", "conditions", casefile.Text{Zh: "材料", En: "materials"}},
		{"conditions.environment", "conditions", casefile.Text{Zh: "环境", En: "environment"}},
	}
}

// Groups lists the two upper branches of the taxonomy.
func Groups() []Branch {
	return []Branch{
		{"work", "", casefile.Text{Zh: "工作质量", En: "quality of work"}},
		{"conditions", "", casefile.Text{Zh: "管理质量", En: "quality of what it stands on"}},
	}
}

// unit is a measure's unit: what it measures, and how many of the smallest unit of that kind it is.
type unit struct {
	kind   string
	factor int64
	title  casefile.Text
}

var units = map[string]unit{
	"second":  {"time", 1, casefile.Text{Zh: "秒", En: "s"}},
	"minute":  {"time", 60, casefile.Text{Zh: "分钟", En: "min"}},
	"hour":    {"time", 3600, casefile.Text{Zh: "小时", En: "h"}},
	"day":     {"time", 86400, casefile.Text{Zh: "日", En: "d"}},
	"month":   {"months", 1, casefile.Text{Zh: "个月", En: "months"}},
	"percent": {"share", 1, casefile.Text{Zh: "%", En: "%"}},
	"celsius": {"temperature", 1, casefile.Text{Zh: "℃", En: "°C"}},
	"decibel": {"sound", 1, casefile.Text{Zh: "分贝", En: "dB"}},
	"lux":     {"light", 1, casefile.Text{Zh: "勒克斯", En: "lx"}},
	"count":   {"count", 1, casefile.Text{Zh: "次", En: "times"}},
	"person":  {"persons", 1, casefile.Text{Zh: "人", En: "persons"}},
}

// Asks says what the method asks for, in lang, as "≤ 48 h".
func (m Method) Asks(lang string) string {
	say := func(zh, en string) string { return casefile.Text{Zh: zh, En: en}.In(lang) }
	switch {
	case m.By == Measure && m.AtMost != nil:
		return "≤ " + m.AtMost.String() + " " + units[m.Unit].title.In(lang)
	case m.By == Measure && m.AtLeast != nil:
		return "≥ " + m.AtLeast.String() + " " + units[m.Unit].title.In(lang)
	case m.By == Score:
		return say("不低于 ", "at least ") + itoa(m.Pass) + say(" 分，满分 ", " points of ") + itoa(m.Points)
	}
	return say("是", "yes")
}
