package regimes

import (
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// formWords tells what the schema asks of a value, for a fault that has no sentence of its own. A keyword that the
// schemas take up anew needs its line here: a test reads both.
func formWords(fault jsonschema.ErrorKind) words {
	w := words{En: fault.LocalizedString(message.NewPrinter(language.English))}
	if k, ok := fault.(*kind.Format); ok { // package calendar says it better
		w.En = k.Err.Error()
	}
	w.Zh = formInChinese(fault)
	return w
}

var typeNames = map[string]string{
	"object": "若干字段", "array": "列表", "string": "文字", "number": "数字", "integer": "整数", "boolean": "true 或者 false", "null": "空值",
}

var formats = map[string]string{
	"term": "期限写作数字加 d（日）、wd（工作日）、m（月）或 y（年），例如 15d", "day": "日期写作 2026-01-04，须实际存在",
	"keep": "保存年限写作数字加 y，最多 100y，例如 30y，或者 permanent",
}

func formInChinese(fault jsonschema.ErrorKind) string {
	switch k := fault.(type) {
	case *kind.Type:
		want := make([]string, len(k.Want))
		for i, name := range k.Want {
			want[i] = typeNames[name]
		}
		return "此处应为" + strings.Join(want, "或者") + "，而不是" + typeNames[k.Got]
	case *kind.Enum:
		want := make([]string, len(k.Want))
		for i, v := range k.Want {
			want[i] = fmt.Sprintf("%q", v)
		}
		return "只能是下列之一：" + strings.Join(want, "、")
	case *kind.Const:
		return fmt.Sprintf("只能是 %q", k.Want)
	case *kind.Format:
		return formats[k.Want]
	case *kind.Pattern:
		return fmt.Sprintf("%q 的写法不合要求（%s）", k.Got, k.Want)
	case *kind.MinLength:
		return fmt.Sprintf("过短：至少 %d 个字符", k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("过长：最多 %d 个字符", k.Want)
	case *kind.Minimum:
		return "不得小于 " + k.Want.RatString()
	case *kind.Maximum:
		return "不得大于 " + k.Want.RatString()
	case *kind.MinItems:
		return fmt.Sprintf("至少 %d 项", k.Want)
	case *kind.MinProperties:
		return fmt.Sprintf("至少 %d 个字段", k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf("第 %d 项与第 %d 项相同", k.Duplicates[0]+1, k.Duplicates[1]+1)
	}
	return ""
}
