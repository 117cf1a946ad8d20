package dispatch

import (
	"fmt"
	"strings"

	"duban/law/casefile"
)

// letter is the text of one document in both languages.
type letter struct {
	title    casefile.Text
	sentence casefile.Text
}

// letterOf finds the text of a document; where one code stands for different documents, the
// recipient tells which.
func letterOf(document, to string) (letter, bool) {
	if l, ok := letters[document+"/"+to]; ok {
		return l, true
	}
	l, ok := letters[document]
	return l, ok
}

// compose writes the subject and the body of a letter. portal, where the document itself is to be
// read, may be empty.
func compose(n Notice, portal string) (subject, body string, err error) {
	l, ok := letterOf(n.Document, n.To)
	if !ok {
		return "", "", fmt.Errorf("compose notice %s: no letter is written for document %q", n.ID, n.Document)
	}
	p := phrases.english
	if strings.HasPrefix(n.Lang, "zh") {
		p = phrases.chinese
	}
	title, about := l.title.In(n.Lang), n.Number
	var b strings.Builder
	if n.Name != "" {
		fmt.Fprintf(&b, p.dear, n.Name)
	}
	fmt.Fprintf(&b, "%s\n\n", l.sentence.In(n.Lang))
	if n.Duty != (casefile.Text{}) {
		about = n.Duty.In(n.Lang)
		fmt.Fprintf(&b, p.duty, about)
	} else {
		fmt.Fprintf(&b, p.number, n.Number)
	}
	if !n.Due.IsZero() {
		fmt.Fprintf(&b, p.due, n.Due)
	}
	if n.Cite != "" {
		fmt.Fprintf(&b, p.cite, n.Cite)
	}
	if portal != "" {
		fmt.Fprintf(&b, p.portal, portal)
	}
	fmt.Fprintf(&b, p.foot, n.ID)
	return fmt.Sprintf(p.subject, title, about), b.String(), nil
}

type phrasing struct{ subject, dear, number, duty, due, cite, portal, foot string }

var phrases = struct{ chinese, english phrasing }{
	chinese: phrasing{
		subject: "【%s】%s", dear: "%s：\n\n", number: "案件编号：%s\n", duty: "义务：%s\n", due: "所涉日期：%s\n", cite: "依据：%s\n",
		portal: "文书及案件进展：%s\n", foot: "\n本邮件由系统自动发出，请勿直接回复。通知编号：%s\n",
	},
	english: phrasing{
		subject: "%s: %s", dear: "Dear %s,\n\n", number: "Case: %s\n", duty: "Duty: %s\n", due: "Day concerned: %s\n", cite: "Based on: %s\n",
		portal: "The document and the state of the case: %s\n", foot: "\nThis message was sent automatically; please do not reply to it. Notice: %s\n",
	},
}
