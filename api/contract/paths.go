package main

import (
	"duban/law/casefile"
)

// kind writes every path of one kind of case: its list, its filing, and one per act and paper.
func (t *text) kind(k casefile.Kind) {
	t.line(1, "/v1/%ss:", k)
	t.line(2, "get:")
	t.operation("kinds", pascal("list", string(k)+"s"), "Cases of this kind that the caller may see")
	t.line(3, "description: Officers see those of their authority and of the authorities below it, an operator its own once it may know of them, administrators all.")
	t.line(3, "parameters:")
	for _, p := range []string{"State", "AuthorityFilter", "OfficerFilter", "OperatorFilter", "Turn", "Unassigned", "Overdue", "NumberPrefix", "FiledFrom", "FiledTo", "DueBefore", "KeepUntilBefore", "Open", "TextFilter", "PersonPhone", "PersonEmail", "PersonName", "Sort", "Cursor", "Limit", "Format"} {
		t.parameter(p)
	}
	t.line(3, "responses:")
	t.line(4, "%q: {description: One page, content: {application/json: {schema: {$ref: '#/components/schemas/CasePage'}}, text/csv: {schema: {$ref: '#/components/schemas/File'}}, application/jsonl: {schema: {$ref: '#/components/schemas/File'}}}}", "200")
	t.line(4, "default: {$ref: '#/components/responses/Problem'}")
	if filing, ok := casefile.SpecOf(k, "filing"); ok {
		t.filing(filing)
	}
	t.line(1, "/v1/%ss/{id}:", k)
	t.line(2, "get:")
	t.operation("kinds", pascal("get", string(k)), "The file of one case of this kind")
	t.line(3, "description: With its deadlines, how each was counted, and what the state allows now.")
	t.line(3, "parameters:")
	t.parameter("CaseId")
	t.line(3, "responses:")
	t.line(4, `"200":`)
	t.line(5, "description: The file; its ETag is the number of the last entry")
	t.line(5, "headers: {ETag: {schema: {type: string}}}")
	t.line(5, "content: {application/json: {schema: {$ref: '#/components/schemas/CaseFile'}}}")
	t.line(4, "default: {$ref: '#/components/responses/Problem'}")
	for _, s := range casefile.Specs(k) {
		switch {
		case s.Class == casefile.Act:
			t.act(s)
		case !s.Inside && s.Name != "filing":
			t.paper(s)
		}
	}
}

func (t *text) filing(s casefile.Spec) {
	t.line(2, "post:")
	t.operation("filings", pascal("file", string(s.Kind)), s.Title.Zh+" / "+s.Title.En)
	switch s.Kind {
	case casefile.Complaint:
		t.line(3, "description: Needs no key. The commit of this request is the filing; it works while Temporal is down.")
		t.line(3, "security: [{}, {key: []}]")
	case casefile.Appeal:
		t.line(3, "description: By the operator's key, by the receipt and pin of the complaint, or by an officer on the applicant's behalf.")
		t.line(3, "security: [{key: []}, {receipt: [], pin: []}]")
	default:
		t.line(3, "description: By officers, for their own authority.")
	}
	t.line(3, "parameters:")
	t.parameter("IdempotencyKey")
	t.parameter("Prefer")
	imports := s.Kind == casefile.Complaint || s.Kind == casefile.Inspection
	if imports {
		t.parameter("DryRun")
	}
	t.body(s)
	t.line(3, "responses:")
	if imports {
		t.line(4, `"200": {description: 'A dry run: it is there already; its receipt', content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}`)
	}
	t.line(4, `"201": {description: Filed; the receipt, content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}`)
	if imports {
		t.line(4, `"204": {description: 'A dry run: it could be filed'}`)
	}
	t.line(4, "default: {$ref: '#/components/responses/Problem'}")
}

func (t *text) act(s casefile.Spec) {
	t.line(1, "/v1/%ss/{id}/%s:", s.Kind, s.Name)
	t.line(2, "post:")
	t.operation("acts", pascal(string(s.Kind), s.Name), s.Title.Zh+" / "+s.Title.En)
	t.line(3, "description: 'For: %s.'", list(s.Roles))
	t.line(3, "parameters:")
	t.parameter("CaseId")
	t.parameter("IdempotencyKey")
	t.parameter("IfMatch")
	t.body(s)
	t.line(3, "responses:")
	t.line(4, `"200":`)
	t.line(5, "description: Done; the entry that it left")
	t.line(5, "headers: {ETag: {schema: {type: string}}}")
	t.line(5, "content: {application/json: {schema: {$ref: '#/components/schemas/ActAnswer'}}}")
	t.line(4, "default: {$ref: '#/components/responses/Problem'}")
}

func (t *text) paper(s casefile.Spec) {
	t.line(1, "/v1/%ss/{id}/%s:", s.Kind, s.Name)
	t.line(2, "post:")
	t.operation("papers", pascal(string(s.Kind), s.Name), s.Title.Zh+" / "+s.Title.En)
	t.line(3, "description: 'Of: %s. Never refused; officers may enter it on the sender''s behalf.'", list(s.Senders))
	t.line(3, "security: [{key: []}, {receipt: [], pin: []}]")
	t.line(3, "parameters:")
	t.parameter("CaseId")
	t.parameter("IdempotencyKey")
	t.parameter("Prefer")
	t.body(s)
	t.line(3, "responses:")
	t.line(4, `"200": {description: Entered within the time to wait, content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}`)
	t.line(4, `"202": {description: Received, content: {application/json: {schema: {$ref: '#/components/schemas/Receipt'}}}}`)
	t.line(4, "default: {$ref: '#/components/responses/Problem'}")
}

func (t *text) operation(tag, id, summary string) {
	t.line(3, "tags: [%s]", tag)
	t.line(3, "operationId: %s", id)
	t.line(3, "summary: %q", summary)
}

func (t *text) parameter(name string) {
	t.line(4, "- {$ref: '#/components/parameters/%s'}", name)
}

// body refers to the schema of a move's body; a move without needed fields may go without one.
func (t *text) body(s casefile.Spec) {
	required := ""
	if needed, _ := fieldsOf(s); len(needed) > 0 {
		required = "required: true, "
	}
	t.line(3, "requestBody: {%scontent: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}}", required, bodyName(s))
}

func bodyName(s casefile.Spec) string { return pascal(string(s.Kind), s.Name, "body") }
