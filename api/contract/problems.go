package main

import "strings"

// anyOther is how base.yaml and the generator write that an operation may answer with a problem.
const anyOther = "        default: {$ref: '#/components/responses/Problem'}\n"

// problems writes, before each such line, the answers of components/responses that the operation above it may give.
// What an operation may answer follows from its address, its parameters and its body, as in package api they do: a
// test there holds every answer against this.
func problems(doc string) string {
	var out strings.Builder
	var path, operation string
	for line := range strings.Lines(doc) {
		switch strings.TrimSpace(line) {
		case "get:", "post:", "put:":
			operation = ""
		}
		if strings.HasPrefix(line, "  /") {
			path = line
		}
		operation += line
		if line == anyOther {
			for _, p := range problemsOf(path, operation) {
				out.WriteString("        " + p + "\n")
			}
		}
		out.WriteString(line)
	}
	return out.String()
}

func problemsOf(path, operation string) (all []string) {
	may := func(when bool, status, name string) {
		if when {
			all = append(all, `"`+status+`": {$ref: '#/components/responses/`+name+`'}`)
		}
	}
	has := func(what string) bool { return strings.Contains(operation, what) }
	public, party := has("security: []"), has("pin: []")
	changes := has("IdempotencyKey'") || has("operationId: Put") || has("operationId: StepClock")
	may(true, "400", "BadRequest")
	may(true, "401", "KeyNeeded")
	may(!public, "403", "NotForYou")
	may(strings.Contains(path, "{") || party || changes && !public || has("Filter'") || has("name: authority"), "404", "NotFound")
	may(has("text/csv"), "406", "UnknownFormat")
	may(changes, "409", "Refused")
	may(has("IfMatch'"), "412", "Stale")
	may(true, "413", "TooLarge")
	may(has("requestBody:"), "415", "NotJson")
	may(true, "422", "Unfit")   // of an operation without a body, where one is sent
	may(true, "429", "TooMany") // wrong keys and pins, whatever they are shown for
	may(!strings.Contains(path, "z:"), "503", "Unavailable")
	return all
}
